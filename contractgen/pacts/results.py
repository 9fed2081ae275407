"""Which pacts were verified with which version of a provider, and so what may be deployed.

It is what a broker knows, as files in a folder: one for each result, and `deployments.json` for
what is deployed where. Nothing in them depends on a clock; a later result replaces an earlier one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from enum import StrEnum

from contractgen.core import Artifact, ContractgenError, ExitCode, Json
from contractgen.records import dataclass, field

DEPLOYMENTS = "deployments.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A pact as far as deploying goes: who with whom, and the digest of its interactions."""

    consumer: str
    provider: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Whether a pact holds for a version of the provider."""

    consumer: str
    provider: str
    digest: str
    provider_version: str
    success: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """A version that is deployed, and the digests of its pacts by provider."""

    version: str
    pacts: Mapping[str, str] = field(default_factory=dict)


Environment = Mapping[str, Deployed]
"""What is deployed in one environment, by application."""


class Verdict(StrEnum):
    """What is known of a pact and the versions that are to meet."""

    VERIFIED = "verified"
    FAILED = "failed"
    UNKNOWN = "not verified"
    ABSENT = "not deployed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A pact that an application takes part in, and whether it lets a version be deployed."""

    consumer: str
    provider: str
    provider_version: str
    verdict: Verdict

    def __str__(self) -> str:
        version = f" {self.provider_version}" if self.provider_version else ""
        return f"{self.consumer} with {self.provider}{version}: {self.verdict}"


def agreement(tree: Json) -> Agreement:
    """The agreement of a pact file, given as data."""
    pact = tree if isinstance(tree, dict) else {}
    interactions = json.dumps(
        [pact.get("interactions"), pact.get("messages")], sort_keys=True, ensure_ascii=False
    )
    return Agreement(
        consumer=_name(pact.get("consumer")),
        provider=_name(pact.get("provider")),
        digest=hashlib.sha256(interactions.encode()).hexdigest()[:16],
    )


def _name(participant: Json) -> str:
    return str(participant.get("name", "")) if isinstance(participant, dict) else ""


def artifact(result: Result) -> Artifact:
    """The file of a result."""
    parts = (result.consumer, result.provider, result.provider_version, result.digest)
    name = "--".join(re.sub(r"[^\w.]+", "-", part) for part in parts)
    return Artifact(f"{name}.json", _text(asdict(result)))


def parse_result(text: str, where: str) -> Result:
    """The result in a file; raises ContractgenError when it is none."""
    try:
        return Result(**json.loads(text))
    except (TypeError, ValueError) as error:
        raise _damaged("a result of a verification", where) from error


def parse_deployments(text: str, where: str) -> dict[str, dict[str, Deployed]]:
    """What is deployed, by environment and application; raises ContractgenError."""
    try:
        return {
            environment: {name: Deployed(**known) for name, known in applications.items()}
            for environment, applications in json.loads(text).items()
        }
    except (AttributeError, TypeError, ValueError) as error:
        raise _damaged("what is deployed", where) from error


def deployments_artifact(deployed: Mapping[str, Environment]) -> Artifact:
    """The file of what is deployed."""
    plain = {
        environment: {name: asdict(known) for name, known in applications.items()}
        for environment, applications in deployed.items()
    }
    return Artifact(DEPLOYMENTS, _text(plain))


def _text(content: object) -> str:
    return json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _damaged(what: str, where: str) -> ContractgenError:
    return ContractgenError(
        f"this is not {what}",
        code="results",
        where=where,
        next_step="remove the file and verify again",
        exit_code=ExitCode.SPEC,
    )


def reasons(
    application: str,
    version: str,
    *,
    agreements: Iterable[Agreement],
    results: Iterable[Result],
    there: Environment,
) -> Iterator[Reason]:
    """What speaks for and against deploying a version of an application to where `there` is.

    Its own pacts have to be verified with the providers that are there, and the pacts of the
    consumers that are there with this version.
    """
    known = {(it.consumer, it.provider, it.digest, it.provider_version): it for it in results}
    for own in agreements:
        if own.consumer == application:
            provider = there.get(own.provider)
            yield _reason(own, provider.version if provider else "", known)
    for name, deployed in sorted(there.items()):
        digest = deployed.pacts.get(application)
        if digest is not None and name != application:
            theirs = Agreement(consumer=name, provider=application, digest=digest)
            yield _reason(theirs, version, known)


def _reason(
    pact: Agreement, provider_version: str, known: Mapping[tuple[str, str, str, str], Result]
) -> Reason:
    found = known.get((pact.consumer, pact.provider, pact.digest, provider_version))
    verdict = Verdict.UNKNOWN if provider_version else Verdict.ABSENT
    if found is not None:
        verdict = Verdict.VERIFIED if found.success else Verdict.FAILED
    return Reason(
        consumer=pact.consumer,
        provider=pact.provider,
        provider_version=provider_version,
        verdict=verdict,
    )
