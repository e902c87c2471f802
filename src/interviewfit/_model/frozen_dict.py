"""A dictionary that nobody can change, so that a checked record stays checked."""

from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(dict[K, V]):
    """A dictionary that refuses every change, and is hashable if its values are.

    >>> beliefs = FrozenDict(pay=5.0)
    >>> beliefs["pay"], hash(beliefs) == hash(FrozenDict(pay=5.0))
    (5.0, True)
    """

    __slots__ = ()

    def _refuse(self, *_arguments: object, **_named: object) -> NoReturn:
        """Refuse a change, whatever it is.

        Args:
            _arguments, _named: Of the call that would change it.

        Raises:
            TypeError: Always.
        """
        message = "This mapping is read-only; attrs.evolve(record, ...) gives a copy"
        raise TypeError(f"{message} of the record with another one.")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]  # a dictionary has none
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenDict, (dict(self),)


def freeze(mapping: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A copy of a mapping that nobody can change."""
    return FrozenDict(mapping)


def freeze_columns(columns: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Columns by key, none of which can be written to or replaced."""
    from interviewfit._numeric.arrays import read_only

    return freeze({key: read_only(column) for key, column in columns.items()})
