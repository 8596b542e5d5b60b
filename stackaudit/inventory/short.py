"""Short forms: a tool that is just its name, an integration that is one line."""

from __future__ import annotations

import re
from typing import Any, Final

from stackaudit.source.problems import Problem
from stackaudit.source.tree import Map, Seq
from stackaudit.source.words import make_id

_ARROW: Final = re.compile(
    r"\s*(?P<both><-+>|<=+>|↔|⇄|⇔|⟷)\s*|\s*(?P<one>-+>|=+>|→|⇒|➔|➜|⟶)\s*|\s*(?P<back><-+|<=+|←|⇐)\s*|\s+(?P<plain>--|—|–)\s+"
)
_COLON: Final = re.compile(r":\s+")
_DIRECTIONS: Final = {"both": "both-ways", "one": "one-way", "plain": "unknown"}
_HINT: Final = (
    "write `A -> B`, `A <-> B` or `A -- B`, with `: object, "
    "object` after it, or a mapping with `from` and `to`"
)


def has_arrow(text: str) -> bool:
    """Return whether a text is meant as the short form of an integration."""
    return _ARROW.search(text) is not None


def tool_from_name(name: str, items: Seq, index: int) -> Map:
    """Return the tool that a bare name stands for."""
    at = items.at_of(index)
    return Map.made({"name": name}, items.source, at, [at, at])


def integration_from_line(
    text: str, objects: Any, items: Seq | Map, at: int, objects_at: int
) -> Map | Problem:
    """Return the integration that ``A -> B`` (and the objects after its colon) stands for.

    ``at`` and ``objects_at`` are the positions of the two parts; ``objects`` is None where nothing
    is said. Returns the problem when the line is no integration.
    """
    source = items.source
    arrows = list(_ARROW.finditer(text))
    if not arrows:
        return source.problem("E036", at, f"{text!r} is not an integration", _HINT)
    arrow = arrows[0]
    if arrow.lastgroup == "back":
        left, right = text[: arrow.start()].strip(), text[arrow.end() :].strip()
        hint = f"turn it round: `{right} -> {left}`" if left and right else _HINT
        return source.problem("E036", at, f"arrows point from left to right: {text!r}", hint)
    if len(arrows) > 1:
        hint = "write one line for each step"
        return source.problem("E036", at, f"{text!r} has more than one arrow", hint)
    left, right = text[: arrow.start()].strip(), text[arrow.end() :].strip()
    if not left or not right:
        return source.problem("E036", at, f"{text!r} lacks one of its two tools", _HINT)
    if objects is None and (colon := _COLON.search(right)):
        # In quotes YAML sees no mapping: the objects stand in the text itself.
        right, objects = right[: colon.start()].rstrip(), right[colon.end() :]
        objects_at = at
    # In quotes the text starts one character later than the value.
    first = at + (1 if source.text[at : at + 1] in ("'", '"') else 0)
    to_at = first + arrow.end()
    values: dict[str, Any] = {"from": left, "to": right}
    positions = [at, at, to_at, to_at]
    values["direction"] = _DIRECTIONS[arrow.lastgroup or "one"]
    positions += [first + arrow.start(), first + arrow.start()]
    if objects is not None:
        if isinstance(objects, str) and "," in objects:
            objects = [part.strip() for part in objects.split(",") if part.strip()]
        values["objects"] = objects
        positions += [objects_at, objects_at]
    return Map.made(values, source, at, positions)


def give_id(values: dict[str, Any]) -> None:
    """Give a record an id made from its name when it has none."""
    name = values.get("name")
    if "id" not in values and isinstance(name, str) and name.strip():
        values["id"] = make_id(name)
