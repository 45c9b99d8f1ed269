"""Small frozen values, made quickly.

A search from the terminal makes its classes anew each time, and a frozen, slotted dataclass takes
0.7 ms to make, nearly all of it in compiling methods that most of them never run. The trees of a
query have two dozen classes: as dataclasses they cost more than the search itself. A search in a
running program makes some hundred values, and one that is a tuple takes a third of the time to
make of one with an attribute for each field. Values that users of the library handle (``Article``,
``Hit``) remain dataclasses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import itemgetter
from typing import Any, ClassVar, Self, TypeVar, dataclass_transform

_new = tuple.__new__
_Part = TypeVar("_Part", bound=Mapping[str, Any])


def counted(number: int, noun: str, /) -> str:
    """Return a number of things, as text.

    >>> counted(1, "entry"), counted(1200, "entry"), counted(0, "file")
    ('1 entry', '1,200 entries', '0 files')
    """
    if number != 1:
        noun = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun}"


class _Maker(type):
    """Takes a class's fields from its annotations, as ``dataclass`` does."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Maker:
        fields = tuple(body.get("__annotations__", ())) if bases != (tuple,) else ()
        defaults = {field: body.pop(field) for field in fields if field in body}
        body |= {"__slots__": (), "__match_args__": fields, "_defaults": defaults}
        body |= {field: property(itemgetter(at)) for at, field in enumerate(fields)}
        return super().__new__(mcs, name, bases, body)


@dataclass_transform(frozen_default=True)
class Value(tuple[Any, ...], metaclass=_Maker):
    """A frozen value; a subclass names its fields by annotations, defaults allowed.

    Unlike the tuple that it is inside, it equals only values of its own class, and is always true.

    >>> class Point(Value):
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(y=0, x=1)
    (Point(x=1, y=0), True)
    """

    __match_args__: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[dict[str, Any]]

    def __new__(cls, *values: Any, **named: Any) -> Self:
        """Return a value of these fields: those in order, those by name, and defaults."""
        if named or len(values) != len(cls.__match_args__):
            values = cls._complete(values, named)
        return _new(cls, values)

    @classmethod
    def _complete(cls, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        fields = cls.__match_args__
        given = {**cls._defaults, **dict(zip(fields, values, strict=False)), **named}
        if len(values) + len(named) > len(fields) or given.keys() != set(fields):
            raise TypeError(f"{cls.__name__} takes the fields {', '.join(fields)}")
        return tuple([given[field] for field in fields])

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = tuple.__hash__

    def __repr__(self) -> str:
        pairs = zip(self.__match_args__, self, strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


class Deferred(Mapping[str, _Part]):
    """Mappings by name, of which some are made when they are first asked for.

    >>> counts = Deferred({"year": {"2024": 3}, "day": lambda: {"2024-03-12": 3}})
    >>> counts["day"], counts == {"year": {"2024": 3}, "day": {"2024-03-12": 3}}
    ({'2024-03-12': 3}, True)
    """

    __slots__ = ("_parts",)

    def __init__(self, parts: Mapping[str, _Part | Callable[[], _Part]], /) -> None:
        self._parts = dict(parts)

    def __getitem__(self, name: str) -> _Part:
        part = self._parts[name]
        if not isinstance(part, Mapping):
            part = self._parts[name] = part()
        return part

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type[dict[str, _Part]], tuple[dict[str, _Part]]]:
        return dict, (dict(self),)
