"""Workflows of conditional requests: a tag stands for one version (RFC 9110, 8.8 and 13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contractgen.generate import answers
from contractgen.generate.calls import BODY
from contractgen.generate.expected import expected
from contractgen.generate.literal import Call, Code, Node, layout
from contractgen.generate.scene import Scene, flow_test
from contractgen.generate.stored import other_body
from contractgen.generate.views import FlowTest
from contractgen.model import Operation

_STALE = '"contractgen-stale"'
_NOT_MODIFIED = 304


def known(scene: Scene) -> Iterator[FlowTest]:
    """If-None-Match: what is known already is not sent again (RFC 9110, 13.1.2)."""
    reader = scene.main_read(scene.step)
    if reader is None or not answers.documents_header(reader, "ETag"):
        return
    if not answers.documents(reader, _NOT_MODIFIED):
        return
    lines = [*scene.opening, scene.own(before="made = "), *scene.unless_conflict()]
    lines += [*scene.made(), scene.other(reader, "ids", before="read = ")]
    lines.append('tag = read.header("ETag")')
    header: Mapping[str, Node] = {"If-None-Match": Code("tag")}
    lines.append(scene.other(reader, "ids", header=header, expect=(_NOT_MODIFIED,)))
    yield flow_test(
        "what_is_known_is_not_sent_again",
        "Who has the current version is told so.",
        lines,
        fixtures=("send: Send", *scene.fixtures),
    )


def guarded(scene: Scene, reader: Operation) -> Iterator[FlowTest]:
    """If-Match: the tag that was read is good once (RFC 9110, 13.1.1)."""
    if not answers.documents_header(reader, "ETag"):
        return
    fixtures = ("send: Send", *scene.fixtures)
    yield from _tagged_anew(scene, reader)
    if not answers.documents(scene.operation, 412):
        return
    refused = scene.own(header={"If-Match": _STALE}, expect=(412,))
    yield flow_test(
        "stale_tag_is_refused",
        "A change for another version than the current one is refused.",
        [*scene.opening, refused],
        fixtures=fixtures,
    )
    lines = [*scene.opening, scene.other(reader, scene.ids, before="read = ")]
    lines.append('tag = read.header("ETag")')
    lines.append(scene.own(header={"If-Match": Code("tag")}, expect=expected(scene.operation)))
    yield flow_test(
        "current_tag_is_accepted",
        "A change for the current version is made.",
        lines,
        fixtures=fixtures,
    )


def _tagged_anew(scene: Scene, reader: Operation) -> Iterator[FlowTest]:
    """A tag stands for one version (RFC 9110, 8.8.1)."""
    other = other_body(scene)
    if other is None:
        return
    lines = [*scene.opening, scene.other(reader, scene.ids, before="before = ")]
    lines.append(layout(Call("Case", (), {"body": other}), before="case = ", indent=BODY))
    lines += [scene.own(case=True), scene.other(reader, scene.ids, before="after = ")]
    lines.append(layout(Call("new_tag", (Code("before"), Code("after"))), indent=BODY))
    yield flow_test(
        "another_version_has_another_tag",
        "What was changed has another ETag than before.",
        lines,
        fixtures=("send: Send", *scene.fixtures),
    )
