"""Breaks that no single change explains."""

from __future__ import annotations

from contractgen.core import Level
from contractgen.diff.rulebook import RULES


@RULES.elsewhere(level=Level.ERROR)
def value_refused() -> None:
    """A value that was accepted is refused, although no change does that by itself.

    Where branches exclude each other (`oneOf`, `not`, `if`), a branch that accepts more can make
    the whole accept less. Such schemas are compared as a whole, too.

    ```diff breaks request
     oneOf:
     - type: integer
    -  maximum: 5
    +  maximum: 20
     - type: integer
       minimum: 10
       multipleOf: 10
    ```

    ```diff allowed request
     oneOf:
     - type: integer
    -  maximum: 5
    +  maximum: 7
     - type: integer
       minimum: 10
       multipleOf: 10
    ```
    """
