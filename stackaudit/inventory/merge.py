"""Several files of one folder, merged as if they were one."""

from __future__ import annotations

from typing import Any

from stackaudit.source.problems import Problem
from stackaudit.source.tree import Joined, Map, Seq


def merge(tops: list[Map], problems: list[Problem]) -> Map:
    """Return one mapping: lists are joined, mappings merged by key, the rest may not differ."""
    joined = Joined([top.source for top in tops])
    merged = tops[0]
    for top in tops[1:]:
        merged = _merge_maps(merged, top, joined, problems, "")
    return merged


def _base(node: Map | Seq, joined: Joined) -> int:
    return 0 if node.source is joined else joined.base_of(node.source)


def _merge_maps(one: Map, other: Map, joined: Joined, problems: list[Problem], path: str) -> Map:
    values: dict[str, Any] = {}
    positions: list[int] = []
    bases = _base(one, joined), _base(other, joined)
    for key in (*one, *(key for key in other if key not in one)):
        first, base = (one, bases[0]) if key in one else (other, bases[1])
        value = first[key]
        if key in one and key in other:
            value = _merge_values(one, other, key, joined, problems, path)
        values[key] = value
        positions += [first.at_of_key(key) + base, first.at_of(key) + base]
    return Map.made(values, joined, one.at + bases[0], positions)


def _merge_values(
    one: Map, other: Map, key: str, joined: Joined, problems: list[Problem], path: str
) -> Any:
    first, second = one[key], other[key]
    if isinstance(first, Map) and isinstance(second, Map):
        return _merge_maps(first, second, joined, problems, f"{path}{key}.")
    if isinstance(first, Seq) and isinstance(second, Seq):
        bases = _base(first, joined), _base(second, joined)
        positions = [first.at_of(n) + bases[0] for n in range(len(first))]
        positions += [second.at_of(n) + bases[1] for n in range(len(second))]
        return Seq.made([*first, *second], joined, first.at + bases[0], positions)
    if second is None or first == second:
        return first
    if first is None:
        return second
    place = one.mark_of(key)
    message = f"`{path}{key}` is stated differently in {place.file}, line {place.line}"
    problems.append(other.problem("E041", key, message, "say it in one place", also=(place,)))
    return first
