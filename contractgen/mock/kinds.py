"""Which operations are about the same resource: by their paths, their schemas and their links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from contractgen.mock.shape import ONE, properties
from contractgen.mock.success import documents
from contractgen.mock.view import LISTING, PARAMETER, SEARCHES, View, components
from contractgen.model import Link
from contractgen.model.naming import plain
from contractgen.model.paging import pager
from contractgen.schema import Schema

Steps = tuple[str, ...]

_STARTED = 202
_PUTS = frozenset({"PUT", "PATCH"})
_WRITES = frozenset({"PUT", "PATCH", "DELETE", "POST"})


@dataclass(slots=True, eq=False)
class Kind:
    """A resource while it is being found: the operations on one of it, and on all of it."""

    noun: str
    items: list[View] = field(default_factory=list)
    lists: list[View] = field(default_factory=list)
    creates: list[View] = field(default_factory=list)
    actions: list[View] = field(default_factory=list)
    single: bool = False
    name: str = ""

    @property
    def shown(self) -> View | None:
        """Where the resource is seen best: as it is read, else written, created or listed.

        What has nothing of what is listed is a receipt: it is not seen there.
        """
        ranked = sorted(self.items, key=lambda each: each.operation.method != "GET")
        views = [each for each in (*ranked, *self.creates, *self.lists) if each.body]
        if not views or views[0].operation.method == "GET":
            return views[0] if views else None
        listed = next((properties(each.body) for each in self.lists if each.body), {})
        alike = (
            each for each in views if each.body and properties(each.body).keys() & listed.keys()
        )
        return next(alike, views[0])

    @property
    def body(self) -> Schema | None:
        return self.shown.body if self.shown else None

    @property
    def component(self) -> str:
        """The name of the schema of the resource, or ""."""
        return self.shown.component if self.shown else ""

    @property
    def parameter(self) -> str:
        """The path parameter that holds the id, or ""."""
        return next((each.parameters[-1] for each in self.items if each.is_item), "")


@dataclass(slots=True)
class Kinds:
    """All resources of a contract, in the order of their first item path."""

    found: list[Kind] = field(default_factory=list)
    by_item: dict[Steps, Kind] = field(default_factory=dict)
    by_operation: dict[str, Kind] = field(default_factory=dict)
    by_component: dict[str, list[Kind]] = field(default_factory=dict)

    def above(self, steps: Steps) -> Kind | None:
        """The resource whose item path these steps are."""
        return self.by_item.get(steps)


def kinds(views: Sequence[View]) -> Kinds:
    """Group operations by the resource that they are about; some are about none."""
    known = Kinds()
    for each in views:
        if each.is_item:
            _add_item(known, each)
    _merge(known)
    literal = [each for each in views if not each.is_item]
    rest = [each for each in literal if not _add_collection(known, each)]
    rest = [each for path in _by_path(rest) if not _add_bare(known, path) for each in path]
    for each in rest:
        if not _add_start(known, each):
            _add_action(known, each)
    _name(known)
    return known


def links(each: View) -> Iterator[Link]:
    """The links of an operation's answers."""
    for message in each.operation.responses.values():
        yield from message.links


def linked_value(link: Link, parameter: str) -> str:
    """Where a link takes the value of a parameter from."""
    value = link.parameters.get(parameter, link.parameters.get(f"path.{parameter}"))
    return value if isinstance(value, str) else ""


def _add_item(known: Kinds, each: View) -> None:
    kind = known.by_item.get(each.steps)
    if kind is None:
        kind = known.by_item[each.steps] = Kind(each.noun)
        known.found.append(kind)
    kind.items.append(each)


def _merge(known: Kinds) -> None:
    """Make one of the resources with the same noun that look the same, or are never seen."""
    kept: list[Kind] = []
    for steps, kind in known.by_item.items():
        alike = [other for other in kept if other.noun == kind.noun]
        same = next((other for other in alike if _looks_like(other, kind)), None)
        if kind.body is None and len(alike) == 1:
            same = alike[0]
        if same:
            same.items += kind.items
            known.by_item[steps] = same
        else:
            kept.append(kind)
    known.found = kept
    for kind in known.found:
        known.by_component.setdefault(kind.component, []).append(kind)
        known.by_operation.update({each.operation.id: kind for each in kind.items})


def _looks_like(one: Kind, other: Kind) -> bool:
    """Tell whether two resources have the same schema, or schemas with the same properties."""
    if one.component and one.component == other.component:
        return True
    return _same_properties(one.body, other.body)


def _same_properties(one: Schema | None, other: Schema | None) -> bool:
    if one is None or other is None:
        return False
    return properties(one).keys() == properties(other).keys() != set()


def _add_collection(known: Kinds, each: View) -> bool:
    kind = _linked(known, each) or known.above((*each.steps, PARAMETER)) or _alike(known, each)
    if kind is None or (each.operation.method == "POST" and kind is _acts_on(known, each)):
        return False
    reads = each.operation.method in LISTING or each.steps[-1].lower() in SEARCHES
    if each.is_list and reads:
        kind.lists.append(each)
    elif each.operation.method == "POST" and not each.is_list:
        kind.creates.append(each)
    elif (
        each.operation.method in {"DELETE", "PUT", "PATCH"}
        and known.above((*each.steps, PARAMETER)) is kind
    ):
        kind.lists.append(each)
    else:
        return False
    return True


def _linked(known: Kinds, each: View) -> Kind | None:
    """The resource that the answer's links lead to by an id in the body, for a POST."""
    if each.operation.method != "POST":
        return None
    for link in links(each):
        kind = known.by_operation.get(link.target)
        if kind and linked_value(link, kind.parameter).startswith("$response.body#"):
            return kind
    return None


def _alike(known: Kinds, each: View) -> Kind | None:
    """The one resource with the schema of a body, when the noun or being a list speaks for it."""
    if not each.component:
        return None
    same = known.by_component.get(each.component, [])
    close = [kind for kind in same if kind.noun == each.noun] or (same if each.is_list else [])
    return close[0] if len(close) == 1 else None


def _add_start(known: Kinds, each: View) -> bool:
    """A POST under another name that shows what is new: `POST /reports` answers a `Job`.

    It makes what nothing else makes.
    """
    same = known.by_component.get(each.component, []) if each.component else []
    if each.operation.method != "POST" or each.is_list or len(same) != 1:
        return False
    if each.steps[-1:] == (PARAMETER,) or not (_is_started(each) or _is_located(each)):
        return False
    if same[0].creates or _acts_on(known, each):
        return False
    same[0].creates.append(each)
    return True


def _is_started(each: View) -> bool:
    return documents(each.operation, _STARTED)


def _is_located(each: View) -> bool:
    answered = (message for code, message in each.operation.responses.items() if code[:1] == "2")
    return any(name.lower() == "location" for message in answered for name in message.headers)


def _acts_on(known: Kinds, each: View) -> Kind | None:
    """The resource that stands right above and that the answer shows or leaves out."""
    kind = known.above(each.steps[:-1])
    if kind is None or known.above((*each.steps, PARAMETER)):
        return None
    if each.body is None:
        return kind
    wanted = kind.component
    if wanted and wanted in components(each.body):
        return kind
    if each.is_list:
        return None
    has_id = any(plain(name) == plain(kind.parameter) for name in properties(each.body))
    return kind if has_id or _same_properties(each.body, kind.body) else None


def _add_action(known: Kinds, each: View) -> None:
    kind = _acts_on(known, each)
    if kind and each.operation.method in {"POST", "PUT", "PATCH"}:
        kind.actions.append(each)


def _by_path(views: list[View]) -> list[list[View]]:
    paths: dict[Steps, list[View]] = {}
    for each in views:
        paths.setdefault(each.steps, []).append(each)
    return list(paths.values())


def _add_bare(known: Kinds, views: list[View]) -> bool:
    """A path without an item path: a list that is added to or paged, or one thing of its owner."""
    methods = {each.operation.method: each for each in views}
    read = methods.get("GET")
    if read is None or not read.body:
        return False
    kind = Kind(read.noun)
    if read.is_list and "POST" in methods and not methods["POST"].is_list:
        kind.lists.append(read)
        kind.creates.append(methods["POST"])
        kind.lists += [each for each in views if each.envelope[-1:] == (ONE,) and _puts(each)]
    elif read.is_list and pager(read.operation).moves and properties(read.body):
        kind.lists.append(read)
    elif not read.is_list and _WRITES & methods.keys():
        kind.single = True
        kind.items += views
    elif read.envelope and _PUTS & methods.keys() and "POST" not in methods:
        kind.single = True  # what is put there is the whole, list and all
        kind.items += [each.whole() for each in views]
    else:
        return False
    known.found.append(kind)
    return True


def _puts(each: View) -> bool:
    return each.operation.method == "PUT"


def _name(known: Kinds) -> None:
    """Names a person recognizes: the component, else the noun; told apart by numbers."""
    taken: set[str] = set()
    for kind in known.found:
        name = kind.component or kind.noun.capitalize() or "Resource"
        numbered = [name, *(f"{name}{number}" for number in range(2, len(known.found) + 2))]
        kind.name = next(each for each in numbered if each not in taken)
        taken.add(kind.name)
