"""Keys into one entry of an inventory: a mapping, or a short form that becomes one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from stackaudit.answering.document import Document, same
from stackaudit.answering.outcome import Answered
from stackaudit.answering.sheet import Answer, flow
from stackaudit.interview import quoted
from stackaudit.inventory.short import has_arrow
from stackaudit.source.problems import Mark
from stackaudit.source.tree import Map
from stackaudit.source.words import listed

Additions: TypeAlias = dict[str, Any]
"""Key → an answer, a text of our own, or the keys of a mapping inside."""

OPEN = frozenset({"from", "to", "direction"})
"""Keys whose value `unknown` an answer may replace: it says that nothing is known."""


@dataclass(frozen=True)
class Found:
    """An entry of a section: its node, and the list it stands in."""

    section: str
    node: yaml.Node
    items: yaml.SequenceNode

    @property
    def inline(self) -> bool:
        """Return whether it has to stay on its line."""
        return bool(self.items.flow_style) or bool(getattr(self.node, "flow_style", False))


def find_record(document: Document, section: str, place: Mark) -> Found | None:
    """Return the entry of a section that starts at a place."""
    for items, node in _entries(document, section):
        if (node.start_mark.line + 1, node.start_mark.column + 1) == (place.line, place.column):
            return Found(section, node, items)
    return None


def _entries(document: Document, section: str) -> Iterator[tuple[yaml.SequenceNode, yaml.Node]]:
    """Yield the entries of a section with the list they stand in; of `seen`, those of all lists."""
    if section != "seen":
        items = document.items(section)
        yield from ((items, node) for node in (items.value if items is not None else ()))  # type: ignore[misc]
        return
    for _, shown in _entries(document, "observed"):
        pair = document.pair(shown, "entries") if isinstance(shown, yaml.MappingNode) else None
        if pair is not None and isinstance(pair[1], yaml.SequenceNode):
            yield from ((pair[1], node) for node in pair[1].value)


def add_to_record(
    document: Document, found: Found, additions: Additions, read: Map | None, out: Answered
) -> list[str]:
    """Write keys into an entry; returns tools that have to be listed for it.

    ``read`` is the integration as it was read: what a short form says, spelled out.
    """
    node = found.node
    if found.section == "integrations" and read is not None and _is_short(node):
        return _integration(document, found, additions, read, out)
    if isinstance(node, yaml.ScalarNode):  # a tool that is just its name
        raw = document.raw(node) if "\n" not in document.raw(node) else quoted(node.value)
        what = _say(document, node.value, additions, out)
        if found.inline:
            text = ", ".join([f"name: {raw}", *what])
            document.replace(node, f"{{{text}}}", _first(additions))
            return []
        start = int(node.start_mark.index)
        document.insert(start, "name: ", None)
        _lines(document, node, additions)
        return []
    if isinstance(node, yaml.MappingNode):
        add_to_mapping(document, node, additions, _name(node, document), out)
    return []


def add_to_mapping(
    document: Document, node: yaml.MappingNode, additions: Additions, where: str, out: Answered
) -> None:
    """Write keys into a mapping; one that says something else is a conflict."""
    for key, value in additions.items():
        pair = document.pair(node, key)
        if pair is None:
            document.add_key(node, key, inline(value), _answer(value))
            out.change(document, f"{where}: {key.replace('_', ' ')}: {inline(value)}")
            continue
        there = pair[1]
        inside = value if isinstance(value, dict) else None
        if (
            isinstance(value, Answer)
            and isinstance(value.value, dict)
            and not same(value.value, there)
        ):
            inside = {k: Part(value, v) for k, v in value.value.items()}
        if document.empty(there):
            document.replace(there, inline(value), _answer(value))
            out.change(document, f"{where}: {key.replace('_', ' ')}: {inline(value)}")
        elif isinstance(there, yaml.MappingNode) and inside is not None:
            add_to_mapping(document, there, inside, f"{where}: {key.replace('_', ' ')}", out)
        elif isinstance(value, dict):
            for answer in answers_in(value):
                out.conflict(document, answer, there)
        elif isinstance(value, str):
            continue
        elif same(_value(value), there):
            out.same += 1
        elif key in OPEN and isinstance(there, yaml.ScalarNode) and there.value == "unknown":
            document.replace(there, inline(value), _answer(value))
            out.change(document, f"{where}: {key}: {inline(value)}")
        else:
            out.conflict(document, _answer(value) or value, there)


@dataclass(frozen=True)
class Part:
    """One key of an answer that is a mapping."""

    answer: Answer
    value: Any


def _integration(
    document: Document, found: Found, additions: Additions, read: Map, out: Answered
) -> list[str]:
    """Write keys into ``A -> B: objects``: in its own form while that can hold them."""
    node = found.node
    name = f"{read['from']} -> {read['to']}"
    wanted = _new_to_short(document, found, additions, read, out)
    if not wanted:
        return []
    value = wanted.get("objects")
    holds = node.value[0][1] if isinstance(node, yaml.MappingNode) else None
    if list(wanted) == ["objects"] and value is not None:
        out.change(document, f"{name}: objects: {inline(value)}")
        if holds is not None:
            document.replace(holds, inline(value), _answer(value))
        elif found.items.flow_style:
            raw = document.raw(node)
            document.replace(node, f"{{{raw}: {inline(value)}}}", _answer(value))
        else:
            document.insert(document.end(node), f": {inline(value)}", _answer(value))
        return []
    _spelled_out(document, found, wanted, read, out)
    return [str(read["from"]), str(read["to"])]


def _spelled_out(
    document: Document, found: Found, wanted: Additions, read: Map, out: Answered
) -> None:
    """Write a short form as a mapping, with the keys that are new."""
    node, name = found.node, f"{read['from']} -> {read['to']}"
    first = _first(wanted)
    said = {key: quoted(str(read[key])) for key in ("from", "to")}
    if read.get("direction", "one-way") != "one-way":
        said["direction"] = read["direction"]
    if "id" in wanted:
        said["id"] = wanted.pop("id")
    for key in sorted(OPEN & wanted.keys()):
        said[key] = inline(wanted.pop(key))
        out.change(document, f"{name}: {key}: {said[key]}")
    head = [f"{key}: {said[key]}" for key in ("id", "from", "to", "direction") if key in said]
    new = _say(document, name, wanted, out)
    if found.inline:
        if read.get("objects") is not None:
            head.append(f"objects: {flow(read['objects'])}")
        document.replace(node, f"{{{', '.join([*head, *new])}}}", first)
        return
    arrow = node
    if isinstance(node, yaml.MappingNode):
        arrow, holds = node.value[0]
        if document.empty(holds):
            # What is left of `A -> B:` is its colon, which goes with the key.
            document.drop_colon(holds)
        else:
            head.append("objects")
            if isinstance(holds, yaml.ScalarNode) and "," in holds.value:
                document.replace(holds, flow(read["objects"]), None)
    between = f"{document.newline}{' ' * node.start_mark.column}"
    document.replace(arrow, between.join(head), first)
    _lines(document, node, wanted)


def _new_to_short(
    document: Document, found: Found, additions: Additions, read: Map, out: Answered
) -> Additions:
    """Return the keys that a short form does not say yet; contradictions are noted."""
    wanted: Additions = {}
    for key, value in additions.items():
        there = read.get(key)
        if there is None or (key in OPEN and there == "unknown") or isinstance(value, str):
            wanted[key] = value
        elif key == "direction" and there == "one-way":
            out.conflict(document, value, found.node)
        elif isinstance(value, Answer) and _alike(value.value, there):
            out.same += 1
        else:
            for answer in answers_in({key: value}):
                out.conflict(document, answer, found.node)
    if all(isinstance(value, str) for value in wanted.values()):
        return {}  # an id alone is no answer
    return wanted


def _alike(value: Any, there: Any) -> bool:
    made = yaml.compose(flow(there), Loader=yaml.CSafeLoader)
    return made is not None and same(value, made)


def _lines(document: Document, node: yaml.Node, additions: Additions) -> None:
    """Write keys below a short form that has become the first key of a mapping."""
    for key, value in additions.items():
        text = f"{quoted(key)}: {inline(value)}"
        document.add_line(document.end(node), node.start_mark.column, text, _answer(value))


def _say(document: Document, where: str, additions: Additions, out: Answered) -> list[str]:
    """Note every key as a change, and return them as they are written."""
    written = []
    for key, value in additions.items():
        written.append(f"{quoted(key)}: {inline(value)}")
        out.change(document, f"{where}: {key.replace('_', ' ')}: {inline(value)}")
    return written


def _is_short(node: yaml.Node) -> bool:
    if isinstance(node, yaml.ScalarNode):
        return True
    return (
        isinstance(node, yaml.MappingNode)
        and len(node.value) == 1
        and has_arrow(node.value[0][0].value)
    )


def _name(node: yaml.MappingNode, document: Document) -> str:
    """Return what people call an entry."""
    for key in ("name", "id", "vendor"):
        pair = document.pair(node, key)
        if pair is not None and isinstance(pair[1], yaml.ScalarNode):
            return str(pair[1].value)
    ends = [pair for key in ("from", "to") if (pair := document.pair(node, key)) is not None]
    return " -> ".join(
        listed([n.value for n in v.value], "and") if isinstance(v, yaml.SequenceNode) else v.value
        for _, v in ends
    )


def answers_in(additions: Additions) -> list[Answer]:
    """Return the answers of additions, at any depth."""
    found: list[Answer] = []
    for value in additions.values():
        if isinstance(value, dict):
            found += answers_in(value)
        elif (answer := _answer(value)) is not None:
            found.append(answer)
    return found


def _first(additions: Additions) -> Answer | None:
    return next(iter(answers_in(additions)), None)


def _answer(value: Any) -> Answer | None:
    if isinstance(value, Part):
        return value.answer
    if isinstance(value, dict):
        return _first(value)
    return value if isinstance(value, Answer) else None


def _value(value: Any) -> Any:
    return value.value if isinstance(value, Answer | Part) else value


def inline(value: Any) -> str:
    """Return additions as YAML on one line."""
    if isinstance(value, Answer | Part):
        return flow(value.value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)}: {inline(v)}" for k, v in value.items()) + "}"
    return quoted(value)
