"""Dataclasses that cost little before they are used.

They have the interface of `dataclasses`, and its functions take them. That module imports `inspect`
with a compiler, which takes longer than checking a small contract, and compiles six methods for
each class when it is defined, whether a value is made or not. Here `__init__` reads the fields for
the first values and is compiled for more; the other methods need no text of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from types import MemberDescriptorType
from typing import Any, TypeVar, dataclass_transform

Class = TypeVar("Class", bound=type)
Value = TypeVar("Value")
Method = Callable[..., Any]

_MISSING: Any = object()
_FEW = 50
"""So many values are made before `__init__` is compiled: it takes as long as making them."""

_put = object.__setattr__


class Field:
    """A field of a record, as `dataclasses.Field` has it; what is not there is missing."""

    __slots__ = ("default", "factory", "init", "kw_only", "name", "repr", "type")

    def __init__(
        self,
        *,
        default: object = _MISSING,
        factory: Callable[[], object] | None = None,
        init: bool = True,
        repr: bool = True,  # noqa: A002 - its name in the standard library
        kw_only: bool | None = None,
    ) -> None:
        self.name = ""
        self.type: object = None
        self.default = default
        self.factory = factory
        self.init = init
        self.repr = repr
        self.kw_only = kw_only

    @property
    def is_required(self) -> bool:
        """Whether a value has to be given."""
        return self.init and self.default is _MISSING and self.factory is None


def field(
    *,
    default: Value = _MISSING,
    default_factory: Callable[[], Value] | None = None,
    init: bool = True,
    repr: bool = True,  # noqa: A002 - its name in the standard library
    kw_only: bool | None = None,
) -> Value:
    """What `dataclasses.field` says of a field, for a record."""
    made: Any = Field(
        default=default, factory=default_factory, init=init, repr=repr, kw_only=kw_only
    )
    return made  # type: ignore[no-any-return] # the type of the field, until the class is made


@dataclass_transform(field_specifiers=(field,))
def dataclass(
    *, eq: bool = True, frozen: bool = False, kw_only: bool = False, slots: bool = False
) -> Callable[[Class], Class]:
    """A dataclass with these options, which mean what they mean in the standard library."""

    def made(cls: Class) -> Class:
        known = _fields_of(cls, kw_only=kw_only)
        own = cls.__dict__
        methods = {
            name: method
            for name, method in _methods(known, eq=eq, frozen=frozen)
            if own.get(name) is None  # what the class defines itself stays
        }
        finished: Class = _slotted(cls, known, methods) if slots else _extended(cls, methods)
        if "__init__" not in own:
            finished.__init__ = _unused_init(finished)  # type: ignore[misc]
        return finished

    return made


def fields(record: object) -> tuple[Field, ...]:
    """The fields of a record or of its class, in order."""
    known: Mapping[str, Field] = record.__record_fields__  # type: ignore[attr-defined]
    return tuple(known.values())


def replace(record: Value, /, **changes: object) -> Value:
    """A record like this one, but for these fields; TypeError for a field that it has not."""
    for each in fields(record):
        if each.init and each.name not in changes:
            changes[each.name] = getattr(record, each.name)
    return record.__class__(**changes)


def _fields_of(cls: type, *, kw_only: bool) -> dict[str, Field]:
    """The fields that a class inherits and those that it declares."""
    known: dict[str, Field] = {}
    for base in reversed(cls.__mro__[1:]):
        known |= base.__dict__.get("__record_fields__", {})
    for name, declared in cls.__annotations__.items():
        if not str(declared).startswith("ClassVar"):
            known[name] = _field_of(cls.__dict__.get(name, _MISSING), kw_only=kw_only)
            known[name].name, known[name].type = name, declared
    return known


def _field_of(value: object, *, kw_only: bool) -> Field:
    made = value if isinstance(value, Field) else Field(default=value)
    if made.kw_only is None:
        made.kw_only = kw_only
    return made


def _slotted(cls: Class, known: Mapping[str, Field], methods: Mapping[str, object]) -> Class:
    """The class once more, with slots for the fields that are its own."""
    inherited = {name for base in cls.__mro__[1:-1] for name in base.__dict__.get("__slots__", ())}
    dropped = {*known, "__dict__", "__weakref__"}
    own = {name: value for name, value in cls.__dict__.items() if name not in dropped}
    slots = tuple(name for name in known if name not in inherited)
    names = {"__qualname__": cls.__qualname__, "__slots__": slots}
    made: Class = type(cls)(cls.__name__, cls.__bases__, {**own, **names, **methods})
    return made


def _extended(cls: Class, methods: Mapping[str, object]) -> Class:
    for name, value in cls.__dict__.copy().items():
        if isinstance(value, Field):
            if value.default is _MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, value.default)
    for name, method in methods.items():
        setattr(cls, name, method)
    return cls


def _methods(known: Mapping[str, Field], *, eq: bool, frozen: bool) -> Iterator[tuple[str, object]]:
    yield "__record_fields__", known
    yield "__dataclass_fields__", _STANDARD_FIELDS
    yield "__dataclass_params__", _STANDARD_PARAMS
    by_place = (name for name, each in known.items() if each.init and not each.kw_only)
    yield "__match_args__", tuple(by_place)
    yield "__repr__", _show
    if eq:
        values = attrgetter(*known) if known else type
        yield "__eq__", _comparing(values)
        yield "__hash__", _hashing(values) if frozen else None
    if frozen:
        yield "__setattr__", _refuse_to_set
        yield "__delattr__", _refuse_to_delete
        yield "__getstate__", _state
        yield "__setstate__", _restore


class _Standard:
    """What `dataclasses` knows of a class, made when it asks."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, _record: object, cls: type) -> object:
        import dataclasses  # noqa: PLC0415 - which is what this is about; who asks has imported it

        described = [(each.name, each.type, _described(each)) for each in fields(cls)]
        no_methods = dict.fromkeys(("init", "repr", "eq"), False)
        made = dataclasses.make_dataclass(
            cls.__name__,
            described,
            frozen=cls.__setattr__ is _refuse_to_set,  # type: ignore[comparison-overlap]
            **no_methods,  # type: ignore[arg-type]
        )
        setattr(cls, self.name, getattr(made, self.name))
        return getattr(cls, self.name)


_STANDARD_FIELDS = _Standard("__dataclass_fields__")
_STANDARD_PARAMS = _Standard("__dataclass_params__")


def _described(own: Field) -> object:
    """A field as the standard library describes it."""
    import dataclasses  # noqa: PLC0415 - as above

    return dataclasses.field(  # type: ignore[call-overload]
        default=dataclasses.MISSING if own.default is _MISSING else own.default,
        default_factory=own.factory or dataclasses.MISSING,
        init=own.init,
        repr=own.repr,
        kw_only=own.kw_only,
    )


def _unused_init(cls: type) -> Method:
    """An `__init__` that nobody has called; called, it puts one that works in its place."""

    def init(self: object, /, *values: object, **named: object) -> None:
        cls.__init__ = working = _reading_init(cls, fields(cls))  # type: ignore[misc]
        working(self, *values, **named)

    return init


def _reading_init(cls: type, known: tuple[Field, ...]) -> Method:
    """An `__init__` that reads the fields, and that compiles itself when it has done so often.

    It leaves a wrong call to what it compiles, which refuses it in the words of the language.
    """
    places = [each.name for each in known if each.init and not each.kw_only]
    accepted = frozenset(each.name for each in known if each.init)
    required = frozenset(each.name for each in known if each.is_required)
    complete = _completing(cls, known)
    made = 0

    def init(self: object, /, *values: object, **named: object) -> None:
        nonlocal made
        made += 1
        given = dict(zip(places, values, strict=False)) | named
        is_right = len(given) == len(values) + len(named) and required <= given.keys() <= accepted
        if is_right and made <= _FEW:
            complete(self, given)
        else:
            cls.__init__ = compiled = _compiled_init(cls, known)  # type: ignore[misc]
            compiled(self, *values, **named)

    return init


def _completing(cls: type, known: tuple[Field, ...]) -> Method:
    """What sets the fields of a record to what was given and to their defaults."""
    defaults = {each.name: each.default for each in known if each.default is not _MISSING}
    factories = [(each.name, each.factory) for each in known if each.factory]
    finish = getattr(cls, "__post_init__", None)

    def complete(self: object, given: Mapping[str, object]) -> None:
        for name, value in {**defaults, **given}.items():
            _put(self, name, value)
        for name, make in factories:
            if name not in given:
                _put(self, name, make())
        if finish:
            finish(self)

    return complete


def _compiled_init(cls: type, known: tuple[Field, ...]) -> Method:
    """What the standard library would have compiled."""
    values = {f"__{each.name}": each.factory or each.default for each in known}
    own = [each for each in known if each.init]
    by_place = [_parameter(each) for each in own if not each.kw_only]
    by_name = [_parameter(each) for each in own if each.kw_only]
    parameters = ["self", *by_place, *(["*", *by_name] if by_name else [])]
    slots = {f"__put_{name}__": slot.__set__ for name, slot in _slots(cls, known)}
    lines = [
        *_lines(known, slots),
        *(["self.__post_init__()"] if hasattr(cls, "__post_init__") else []),
    ]
    text = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"])
    made: dict[str, Method] = {}
    given = {**values, **slots, "__put__": _put, "__none__": _MISSING}
    exec(text, given, made)  # noqa: S102 - as there
    init = made["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _slots(cls: type, known: tuple[Field, ...]) -> Iterator[tuple[str, MemberDescriptorType]]:
    """The fields that have a slot: it sets them in half the time that `object` takes."""
    for each in known:
        slot = getattr(cls, each.name, None)
        if isinstance(slot, MemberDescriptorType):
            yield each.name, slot


def _lines(known: tuple[Field, ...], slots: Mapping[str, object]) -> Iterator[str]:
    for each in known:
        value, slot = _value(each), f"__put_{each.name}__"
        if value:
            yield (
                f"{slot}(self, {value})"
                if slot in slots
                else f"__put__(self, {each.name!r}, {value})"
            )


def _parameter(own: Field) -> str:
    if own.factory:
        return f"{own.name}=__none__"
    return own.name if own.default is _MISSING else f"{own.name}=__{own.name}"


def _value(own: Field) -> str:
    """What a field is set to; nothing for one that `__post_init__` sets."""
    if own.factory:
        made = f"__{own.name}()"
        return f"{made} if {own.name} is __none__ else {own.name}" if own.init else made
    if own.init:
        return own.name
    return "" if own.default is _MISSING else f"__{own.name}"


def _show(self: object) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _comparing(values: Method) -> Method:
    def equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return equal


def _hashing(values: Method) -> Method:
    def hashed(self: object) -> int:
        return hash(values(self))

    return hashed


def _state(self: object) -> list[object]:
    return [getattr(self, each.name) for each in fields(self)]


def _restore(self: object, state: list[object]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        _put(self, each.name, value)


def _refuse_to_set(_self: object, name: str, _value: object) -> None:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - as above

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: object, name: str) -> None:
    from dataclasses import FrozenInstanceError  # noqa: PLC0415 - as above

    raise FrozenInstanceError(f"cannot delete field {name!r}")
