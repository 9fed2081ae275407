"""One run of generated tests: its options, its target, and what it saw."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from contractgen.model import Kind, Operation, Place
from contractgen.testing.authentication import authenticated
from contractgen.testing.case import Case
from contractgen.testing.contract import Contract
from contractgen.testing.coverage import Coverage
from contractgen.testing.patience import Patience
from contractgen.testing.secret import Secrets
from contractgen.testing.sending import Channel, Sender
from contractgen.testing.settings import Options
from contractgen.testing.targets import NoAnswer, Target, open_target
from contractgen.testing.wire import on_the_wire

_NOT_FOUND = 404
_MOCK = "the built-in mock (a pass shows that contract and tests agree, nothing about a provider)"


@dataclass(slots=True)
class Run:
    """Opens the target once and hands out senders; one for each process of a run.

    Applications are imported with `folder` on the path.
    """

    options: Options
    folder: Path
    coverage: Coverage = field(default_factory=Coverage)
    _provider: Target | None = None
    _opened: bool = False
    _routes: dict[int, tuple[Target, bool, Options]] = field(default_factory=dict)

    def start(self, contracts: Iterable[Contract]) -> None:
        """Read the contracts and open the target; raises ContractgenError if one is not there."""
        for contract in contracts:
            if contract.api.kind is Kind.HTTP:
                self.coverage.know(contract)
        if not self._opened:
            self._provider = open_target(self.options, self.folder)
            self._opened = True
        if self._provider is not None:
            self._provider.check()

    @property
    def subject(self) -> str:
        """What is tested, in one line."""
        return subject(self.options)

    def sender(
        self,
        contract: Contract,
        *,
        skip: Callable[[str], NoReturn],
        noted: Callable[[Operation, Case], None],
    ) -> Sender:
        """Sends the requests of one test."""
        channel = self.channel(contract, skip=skip, noted=noted)
        if channel.target.memory:
            channel.target.memory.begin()
        return Sender(channel)

    def channel(
        self,
        contract: Contract,
        *,
        skip: Callable[[str], NoReturn],
        noted: Callable[[Operation, Case], None],
    ) -> Channel:
        """Where the requests of one test go."""
        self.start([contract])
        target, at_root, options = self._route(contract)
        return Channel(
            contract=contract,
            target=target,
            at_root=at_root,
            options=options,
            coverage=self.coverage,
            fresh=fresh,
            patience=Patience(),
            skip=skip,
            noted=noted,
        )

    def close(self) -> None:
        """End what was opened."""
        if self._provider is not None:
            self._provider.close()

    def _route(self, contract: Contract) -> tuple[Target, bool, Options]:
        key = id(contract.loaded)
        if key not in self._routes:
            if self._provider is None:
                self._routes[key] = _mocked(contract, self.options)
            else:
                at_root = serves_at_root(contract, self._provider, self.options.secrets)
                self._routes[key] = (self._provider, at_root, self.options)
        return self._routes[key]


def _mocked(contract: Contract, options: Options) -> tuple[Target, bool, Options]:
    """The mock takes one credential for every scheme, which is no secret."""
    from contractgen.mock import TOKEN  # noqa: PLC0415 - with the line below
    from contractgen.testing.targets.builtin import BuiltIn  # noqa: PLC0415 - a provider needs none

    accepted = {
        name: f"{TOKEN}:{TOKEN}" if scheme.is_basic else TOKEN
        for name, scheme in contract.api.security_schemes.items()
    }
    return BuiltIn(contract.api), False, replace(options, secrets=Secrets(accepted, public=True))


def subject(options: Options) -> str:
    """What a run with these options tests."""
    where = options.target or (f"{options.app} (in process)" if options.app else _MOCK)
    return f"{where}, profile {options.profile}"


def fresh(template: str) -> str:
    """Text that no test of any worker or run has used: see `Fresh`."""
    return template.replace("{uuid}", str(uuid.uuid4())).replace("{}", uuid.uuid4().hex[:12])


def serves_at_root(contract: Contract, target: Target, secrets: Mapping[str, str]) -> bool:
    """Tell whether a provider leaves the paths of the contract's servers away (OAS 3.2, 4.6).

    A target URL with a path stands for them. Otherwise it is so when the provider knows nothing
    below the path of a server and something at its root.
    """
    if urlsplit(target.url).path.strip("/"):
        return True
    probe = next(filter(_is_plain, contract.api.operations), None)
    prefix = contract.api.base_paths(probe)[0] if probe else ""
    if not prefix or probe is None:
        return False
    schemes = contract.api.security_schemes
    case = authenticated(Case(), probe, schemes=schemes, secrets=secrets)
    below = partial(_is_missing, target, probe, case)
    return below(prefix) and not below("")


def _is_plain(operation: Operation) -> bool:
    return operation.method == "GET" and not any(operation.placed(Place.PATH))


def _is_missing(target: Target, operation: Operation, case: Case, prefix: str) -> bool:
    try:
        answer = target.send(on_the_wire(operation, case, prefix=prefix))
    except NoAnswer:
        return True
    return answer.status == _NOT_FOUND
