"""Header fields that need no description in a contract (IANA HTTP field name registry)."""

from __future__ import annotations

_OF_BOTH = """
    cache-control connection content-length content-md5 date pragma upgrade via warning
"""

OF_REQUESTS = frozenset(
    f"""
    {_OF_BOTH} accept accept-charset accept-datetime accept-encoding accept-language authorization
    content-type cookie expect forwarded from host if-match if-modified-since if-none-match
    if-range if-unmodified-since max-forwards origin proxy-authorization range referer te user-agent
    """.split()
)
"""Fields that any client may send."""

OF_RESPONSES = frozenset(
    f"""
    {_OF_BOTH} accept-patch accept-ranges access-control-allow-origin age allow alt-svc
    content-disposition content-encoding content-language content-location content-range etag
    expires last-modified link location p3p proxy-authenticate public-key-pins refresh retry-after
    server set-cookie status strict-transport-security trailer transfer-encoding tsv vary
    www-authenticate x-frame-options
    """.split()
)
"""Fields that any server may send."""
