"""The contract as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.core import Level
from contractgen.diff.change import Change, Scene
from contractgen.diff.rulebook import RULES
from contractgen.diff.telling import On
from contractgen.model import Api


@RULES.rule(On.API, level=Level.INFO)
def version(old: Api, new: Api, scene: Scene) -> Iterator[Change]:
    """The version of the contract changed.

    Whether the new version says enough of what changed is a matter of `--check-version`.

    ```diff breaks document info
    -info: {title: Pets, version: 1.2.0}
    +info: {title: Pets, version: 1.3.0}
    ```

    ```diff allowed document
    -info: {title: Pets, version: 1.2.0}
    +info: {title: All pets, version: 1.2.0}
    ```
    """
    del scene
    if old.version != new.version:
        fell = _numbers(new.version) < _numbers(old.version)
        yield Change(
            message=f"the version was {old.version}, now it is {new.version}",
            at=new.location.child("info", "version"),
            origin=old.location.child("info", "version"),
            aliases=("api-version-decreased",) if fell else (),
            values=(old.version, new.version),
        )


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.removeprefix("v").partition("-")[0].split(".")
    return tuple(int(part) for part in parts if part.isdigit())
