"""What tests compare: what was sent with what is read, and the body that has the most."""

from __future__ import annotations

from collections.abc import Iterator

from contractgen.generate.calls import BODY, MEMBER
from contractgen.generate.cases import live_pointers, masked
from contractgen.generate.fields import readable
from contractgen.generate.literal import Call, Code, Node, layout
from contractgen.generate.scene import Scene
from contractgen.generate.views import FlowTest
from contractgen.model import Operation

CHANGES = frozenset({"PUT", "PATCH"})
"""The methods that change what is there."""


def fields(scene: Scene) -> tuple[str, ...]:
    """The fields that come back as they were sent."""
    reader = _reader(scene)
    return readable(scene.operation, reader)[1] if reader else ()


def fields_member(scene: Scene, tests: tuple[FlowTest, ...]) -> Iterator[str]:
    """The class attribute with the fields that are compared, where a test compares them."""
    if any("self.fields" in line for test in tests for line in test.lines):
        yield layout(fields(scene), before="fields = ", indent=MEMBER)


def same_fields(scene: Scene, sent: str) -> str:
    """The statement that compares what was read with what was sent."""
    reader = _reader(scene)
    assert reader is not None
    at, _, hidden = readable(scene.operation, reader)
    named: dict[str, Node] = {"at": at} if at else {}
    if hidden:
        named["hidden"] = hidden
    arguments = (Code(sent), Code("read"), Code("self.fields"))
    return layout(Call("same_fields", arguments, named), indent=BODY)


def kept_fields(after: str, fields: Node, at: str, *, but: bool = False) -> str:
    """The statement that compares what was read before and after, `but` for what was changed."""
    named: dict[str, Node] = {"but": Code("changed")} if but else {}
    named |= {"at": at} if at else {}
    arguments = (Code("before"), Code(after), fields)
    return layout(Call("kept_fields", arguments, named), indent=BODY)


def other_body(scene: Scene) -> object:
    """A valid body with as much as possible that is not the smallest one; None without any."""
    body = scene.request.body
    if body is None:
        return None
    rows = scene.plan.accepted_bodies(scene.request).rows
    live = live_pointers(scene.request.needs)
    smallest = masked(body.value, live)
    others = [row.sent for row in rows if masked(row.sent, live) != smallest]
    return max(others, key=lambda sent: len(sent) if isinstance(sent, dict) else 0, default=None)


def _reader(scene: Scene) -> Operation | None:
    if scene.operation.method in CHANGES:
        return scene.reader_of_same()
    return scene.main_read(scene.step)
