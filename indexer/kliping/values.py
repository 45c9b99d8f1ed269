"""Small frozen values, made quickly.

A search from the terminal makes its classes anew each time, and a frozen, slotted dataclass takes
0.7 ms to make, nearly all of it in compiling methods that most of them never run. The trees of a
query have two dozen classes: as dataclasses they cost more than the search itself. Values that
users of the library handle (``Article``, ``Hit``) remain dataclasses.
"""

from __future__ import annotations

from typing import Any, ClassVar, dataclass_transform

_set = object.__setattr__


class _Maker(type):
    """Takes a class's fields from its annotations, as ``dataclass`` does."""

    def __new__(mcs, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> _Maker:
        fields = tuple(body.get("__annotations__", ())) if bases else ()
        defaults = {field: body.pop(field) for field in fields if field in body}
        body |= {"__slots__": fields, "__match_args__": fields, "_defaults": defaults}
        return super().__new__(mcs, name, bases, body)


@dataclass_transform(frozen_default=True)
class Value(metaclass=_Maker):
    """A frozen value; a subclass names its fields by annotations, defaults allowed.

    >>> class Point(Value):
    ...     x: int
    ...     y: int = 0
    >>> Point(1), Point(1) == Point(y=0, x=1)
    (Point(x=1, y=0), True)
    """

    __slots__: ClassVar[tuple[str, ...]]
    __match_args__: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[dict[str, Any]]

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = self.__match_args__
        if len(values) != len(fields):
            values = self._complete(values, named)
        for field, value in zip(fields, values, strict=True):
            _set(self, field, value)

    def _complete(self, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """Return a value for every field: those in order, those by name, and defaults."""
        fields = self.__match_args__
        given = {**self._defaults, **dict(zip(fields, values, strict=False)), **named}
        if len(values) > len(fields) or given.keys() != set(fields):
            raise TypeError(f"{type(self).__name__} takes the fields {', '.join(fields)}")
        return tuple(given[field] for field in fields)

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, field) for field in self.__match_args__)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), *self._values()))

    def __repr__(self) -> str:
        pairs = zip(self.__match_args__, self._values(), strict=True)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in pairs)})"

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return type(self), self._values()

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be deleted")
