"""What a user can say about the mock; everything has a default that is right for most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN = "contractgen"  # noqa: S105 - it protects nothing: the mock serves made-up data
"""The one credential that the mock accepts, wherever a contract asks for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The section `[mock]` of the settings.

    `prefix` is where the mock's own endpoints stand. `resources` and `operations` correct what was
    inferred: `resources.Customer = {id = "number"}`,
    `operations.closeAccount = {role = "action", resource = "Account", set = {status = "closed"}}`.
    """

    seed: int = 0
    token: str = TOKEN
    stateless: bool = False
    max_body: int = 8 * 1024 * 1024
    prefix: str = "/__mock"
    resources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    operations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
