"""The rules about a comparison as a whole, and about what was written down to be accepted."""

from __future__ import annotations

from contractgen.core import Level
from contractgen.rules import Rulebook

RULES = Rulebook("policy")


@RULES.elsewhere()
def contract_removed() -> None:
    """A contract is no longer there.

    The file of a contract is missing in the newer version of a folder or revision,
    and no other file there has its title. Everybody who uses the API breaks.
    """


@RULES.elsewhere(level=Level.INFO)
def contract_added() -> None:
    """A contract is new.

    A folder or revision has a contract that the older version does not have, neither
    at this path nor with this title.
    """


@RULES.elsewhere()
def version_not_raised() -> None:
    """The changes call for a higher version than `info.version` has.

    This is said with `--check-version` only. A break calls for a new major version (while that is
    0, a new minor one), anything else for a new minor version (semver.org). Where the versions are
    not of that form, a break calls for another version than before.
    """


@RULES.elsewhere(level=Level.WARNING)
def expired_acceptance() -> None:
    """An accepted change is accepted no longer.

    The date in `expires` of an entry of the baseline has passed, so its finding counts again.
    Repair the contract, or accept it anew: `contractgen accept FINGERPRINT --reason ... --until
    DATE`.
    """


@RULES.elsewhere(level=Level.WARNING)
def stale_acceptance() -> None:
    """An entry of the baseline accepts nothing.

    What it accepted is no longer found: the version that is compared with has caught up, or the
    change was taken back. Delete the entry, lest it accepts the same change a second time.
    """


@RULES.elsewhere(level=Level.WARNING)
def invalid_ignore() -> None:
    """An `x-contractgen-ignore` cannot be followed.

    It is a list of mappings with `rule` (the id of a rule, or `id@request`, `id@response`,
    `id@message` for one side) and `reason`; `until` may hold a date. One that names no rule there
    is, or gives no reason, ignores nothing.
    """
