"""What a run of generated tests can be told, and by whom: flag, environment, file, default."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch

from contractgen.core import ContractgenError, ExitCode
from contractgen.testing.profiles import PROFILES, Profile
from contractgen.testing.secret import Secrets, normalized

_VARIABLES = {
    "target": "CONTRACTGEN_TARGET",
    "app": "CONTRACTGEN_APP",
    "profile": "CONTRACTGEN_PROFILE",
    "wait_for": "CONTRACTGEN_WAIT_FOR",
    "pact_results": "CONTRACTGEN_PACT_RESULTS",
    "provider_version": "CONTRACTGEN_PROVIDER_VERSION",
}
_SECRET = "CONTRACTGEN_AUTH_"  # noqa: S105 - the beginning of a name
_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`[tool.contractgen.testing]`.

    `target` is the URL of a provider and `app` an application to import (`module:app`); with
    neither, the built-in mock answers. `protected_hosts` (patterns as `*.example.com`) get GET,
    HEAD and OPTIONS only. `timeout` is in seconds and for one request. `pact_results` is the folder
    where the results of pacts are kept, "" for none, and `provider_version` what was verified (the
    commit that is checked out, where it is empty). `secrets` maps security
    schemes to their credentials; a file cannot hold it.
    """

    target: str = ""
    app: str = ""
    profile: str = "pr"
    wait_for: str = ""
    protected_hosts: tuple[str, ...] = ()
    timeout: int | float = 30
    pact_results: str = ""
    provider_version: str = ""
    secrets: Secrets = field(default_factory=Secrets)

    @property
    def chosen(self) -> Profile:
        """The profile that `profile` names."""
        return PROFILES[self.profile]

    def protects(self, host: str) -> bool:
        """Tell whether requests that could change something are kept from `host`."""
        return any(fnmatch(host.lower(), pattern.lower()) for pattern in self.protected_hosts)


def settled(
    file: Options, environment: Mapping[str, str], flags: Mapping[str, str], auth: Iterable[str]
) -> Options:
    """The options that hold: a flag before a variable of the environment before the file.

    `auth` are the values of `--contract-auth`, each `scheme=credential`. Raises ContractgenError
    for what cannot be.
    """
    variables = {name: environment.get(key, "") for name, key in _VARIABLES.items()}
    options = _over(_over(file, variables), flags)
    by_flag = _flag_secrets(auth)
    flagged = {normalized(scheme) for scheme in by_flag}
    by_variable = {
        scheme: value
        for scheme, value in _environment_secrets(environment).items()
        if normalized(scheme) not in flagged
    }
    options = replace(options, secrets=Secrets(by_variable | by_flag))
    if options.profile not in PROFILES:
        raise _wrong(
            f"there is no profile {options.profile!r}", f"use one of {', '.join(PROFILES)}"
        )
    if options.target and not re.match(r"https?://[^/]", options.target):
        raise _wrong(
            f"the target {options.target!r} is not a URL", "write it like http://localhost:8000"
        )
    return options


def refuse_secrets(section: Mapping[str, object], path: str) -> None:
    """Raise ContractgenError where a file holds credentials."""
    for key in section:
        if key in {"auth", "secrets"}:
            raise ContractgenError(
                f"[testing] {key}: credentials do not belong into a file",
                code="configuration",
                where=path,
                next_step=f"set {_SECRET}<SCHEME> in the environment, or give --contract-auth",
            )


def _over(options: Options, given: Mapping[str, str]) -> Options:
    """Options with what is given and not empty; a target rules an app out, and vice versa."""
    target, app = given.get("target", ""), given.get("app", "")
    if target and app:
        raise _wrong("both a target and an app are given", "give one of them")
    if target or app:
        options = replace(options, target=target, app=app)
    return replace(
        options,
        profile=given.get("profile") or options.profile,
        wait_for=given.get("wait_for") or options.wait_for,
        pact_results=given.get("pact_results") or options.pact_results,
        provider_version=given.get("provider_version") or options.provider_version,
    )


def _environment_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        key.removeprefix(_SECRET): value
        for key, value in environment.items()
        if key.startswith(_SECRET)
    }


def _flag_secrets(given: Iterable[str]) -> dict[str, str]:
    secrets = {}
    for item in given:
        scheme, separator, value = item.partition("=")
        if not separator or not scheme:
            raise _wrong(
                "--contract-auth takes SCHEME=CREDENTIAL",
                "write --contract-auth bearerAuth=TOKEN",
            )
        secrets[scheme] = value
    return secrets


def waiting(text: str) -> tuple[str, float]:
    """The URL and the seconds that `--wait-for URL[:seconds]` means (60 by default)."""
    match = re.fullmatch(r"(https?://(?:\[[^\]]+\]|[^/:]+)(?::\d+)?(?:/.*?)?)(?::(\d+))?", text)
    if match is None:
        raise _wrong(
            f"cannot wait for {text!r}", "write --wait-for http://localhost:8000/health:60"
        )
    return match[1], float(match[2] or _SECONDS)


def _wrong(what: str, next_step: str) -> ContractgenError:
    return ContractgenError(
        what, code="configuration", next_step=next_step, exit_code=ExitCode.USAGE
    )
