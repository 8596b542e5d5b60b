"""What a YAML text becomes: mappings, lists and texts that know where they were written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from stackaudit.source.problems import Mark, Problem
from stackaudit.source.text import Source

Node: TypeAlias = "Map | Seq | str | None"


class Map(dict[str, Any]):
    """A mapping as written: a dict that knows where it, its keys and its values stand.

    Read-only once built: positions follow the order of insertion.
    """

    __slots__ = ("_at", "_places", "_positions", "source")

    source: Source
    _at: int
    _positions: list[int]
    _places: dict[str, int]

    @classmethod
    def made(cls, values: dict[str, Any], source: Source, at: int, positions: list[int]) -> Map:
        """Return a mapping that was not written as one; ``positions``: key, value, key, value."""
        made = cls(values)
        made.source, made._at, made._positions = source, at, positions
        return made

    @property
    def at(self) -> int:
        """The position of the mapping's first character."""
        return self._at

    @property
    def mark(self) -> Mark:
        """Where the mapping starts."""
        return self.source.mark(self._at)

    def at_of(self, key: str) -> int:
        """Return the position of a key's value; of the mapping when it has no such key."""
        place = self._place(key)
        return self._at if place is None else self._positions[2 * place + 1]

    def at_of_key(self, key: str) -> int:
        """Return the position of a key; of the mapping when it has no such key."""
        place = self._place(key)
        return self._at if place is None else self._positions[2 * place]

    def _place(self, key: str) -> int | None:
        """Return how many keys stand before it; large mappings remember."""
        if len(self) <= 50:
            return next((n for n, known in enumerate(self) if known == key), None)
        try:
            places = self._places
        except AttributeError:
            places = self._places = {}
        if len(places) != len(self):
            places.clear()
            places.update((known, n) for n, known in enumerate(self))
        return places.get(key)

    def mark_of(self, key: str) -> Mark:
        """Return where the value of a key stands."""
        return self.source.mark(self.at_of(key))

    def key_mark_of(self, key: str) -> Mark:
        """Return where a key stands."""
        return self.source.mark(self.at_of_key(key))

    def problem(
        self, code: str, key: str | None, message: str, hint: str = "", also: tuple[Mark, ...] = ()
    ) -> Problem:
        """Return a problem at the value of a key, or at the mapping itself (``None``)."""
        at = self._at if key is None else self.at_of(key)
        return self.source.problem(code, at, message, hint, also)


class Seq(list[Any]):
    """A list as written, knowing where it and its items stand. Read-only once built."""

    __slots__ = ("_at", "_positions", "source")

    source: Source
    _at: int
    _positions: list[int]

    @property
    def at(self) -> int:
        """The position of the list's first character."""
        return self._at

    @classmethod
    def made(cls, items: Iterable[Any], source: Source, at: int, positions: list[int]) -> Seq:
        """Return a list that was not written as one, with a position for every item."""
        made = cls(items)
        made.source, made._at, made._positions = source, at, positions
        return made

    @property
    def mark(self) -> Mark:
        """Where the list starts."""
        return self.source.mark(self._at)

    def at_of(self, index: int) -> int:
        """Return the position of an item; of the list when there is no such item."""
        return self._positions[index] if 0 <= index < len(self._positions) else self._at

    def mark_of(self, index: int) -> Mark:
        """Return where an item stands."""
        return self.source.mark(self.at_of(index))

    def problem(
        self,
        code: str,
        index: int | None,
        message: str,
        hint: str = "",
        also: tuple[Mark, ...] = (),
    ) -> Problem:
        """Return a problem at an item, or at the list itself (``None``)."""
        at = self._at if index is None else self.at_of(index)
        return self.source.problem(code, at, message, hint, also)
