"""Files to inventory: read, merge, check, and name every problem at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from stackaudit import __version__
from stackaudit.inventory import schema, sense, shape, short
from stackaudit.inventory.schema import Inventory, Record
from stackaudit.inventory.values import kind_of
from stackaudit.source.problems import Mark, Problem, has_errors, in_file_order
from stackaudit.source.tree import DEFAULT_LIMITS, Joined, Limits, Map, Node, Seq, Source, read_tree
from stackaudit.source.words import did_you_mean, make_id

FORMAT: Final = 1
"""The version of the inventory format that this release reads."""

_RECORDS: Final[dict[str, type[Record]]] = {
    "teams": schema.Team,
    "tools": schema.Tool,
    "contracts": schema.Contract,
    "integrations": schema.Integration,
    "processes": schema.Process,
    "objectives": schema.Objective,
    "out_of_scope": schema.OutOfScope,
    "accepted": schema.Accepted,
}
_NAMED: Final = ("teams", "tools", "processes", "objectives")
_CATALOGUE_FILES: Final = ("catalogue.yaml", "catalogue.yml")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read, and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Loaded:
    """What reading an inventory gave; ``inventory`` is None when an error leaves nothing to use."""

    inventory: Inventory | None
    problems: tuple[Problem, ...]
    files: tuple[InputFile, ...]
    path: Path
    rest: Inventory | None = field(default=None, repr=False, compare=False)
    """What is left when wrong records are dropped: for finding further problems, never to be used."""
    dropped: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
    """Ids and names of what was dropped, so that references to it are not called unknown."""
    tree: Node = field(default=None, repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """Return whether the inventory can be used: read, and without an error."""
        return self.inventory is not None and not has_errors(self.problems)

    @cached_property
    def content_hash(self) -> str:
        """Return the SHA-256 of what was said, whatever the order of keys, line ends and files' marks."""
        text = json.dumps(self.tree, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load_inventory(path: Path | str, limits: Limits = DEFAULT_LIMITS) -> Loaded:
    """Return the inventory of a file, or of a folder whose ``*.yaml`` and ``*.yml`` files are merged.

    Files are named in problems relative to the folder (or by their bare name), so that the result
    does not depend on where the inventory lies. Raises nothing: what the system says of a file that
    cannot be read is a problem like any other.
    """
    path = Path(path)
    problems: list[Problem] = []
    files: list[InputFile] = []
    tops: list[Map] = []
    for name, file in _files(path, problems):
        data = _bytes(name, file, limits, problems)
        if data is None:
            continue
        files.append(InputFile(name, hashlib.sha256(data).hexdigest()))
        top = _top(data, name, limits, problems)
        if top is not None:
            tops.append(top)
    return _loaded(tops, problems, tuple(files), path)


def parse_inventory(
    text: str | bytes, name: str = "inventory.yaml", limits: Limits = DEFAULT_LIMITS
) -> Loaded:
    """Return the inventory of a text; otherwise like :func:`load_inventory`."""
    problems: list[Problem] = []
    top = _top(text, name, limits, problems)
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    file = InputFile(name, hashlib.sha256(data).hexdigest())
    return _loaded([top] if top is not None else [], problems, (file,), Path(name))


def _loaded(
    tops: list[Map], problems: list[Problem], files: tuple[InputFile, ...], path: Path
) -> Loaded:
    # A file that could not be read may hold anything: what the others lack is then not said.
    whole = not has_errors(
        p for p in problems if p.code not in ("E008", "E009", "E010", "E015", "E016")
    )
    inventory = rest = None
    dropped: frozenset[str] = frozenset()
    tree: Node = None
    if tops:
        top = _merge(tops, problems) if len(tops) > 1 else tops[0]
        tree = top
        reading = _Reading(problems, whole)
        inventory = reading.inventory(top)
        if whole:
            rest, dropped = reading.rest, frozenset(reading.dropped)
    return Loaded(inventory, tuple(in_file_order(problems)), files, path, rest, dropped, tree)


def _files(path: Path, problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Yield name and path of each file of the inventory, sorted by name."""
    try:
        if path.is_dir():
            found = sorted(
                (file.name, file)
                for file in path.iterdir()
                if file.suffix.lower() in (".yaml", ".yml")
                and not file.name.startswith(".")
                and file.name.lower() not in _CATALOGUE_FILES
                and file.is_file()
            )
            if not found:
                hint = "an inventory folder holds one or more *.yaml files; `stackaudit init` writes a first one"
                problems.append(_no_place("E001", path, "the folder holds no YAML file", hint))
            yield from found
            return
        if path.exists():
            yield path.name, path
            return
        parent = path.parent
        near = sorted(f.name for f in parent.iterdir()) if parent.is_dir() else []
        hint = did_you_mean(
            path.name, near, "check the path; `stackaudit init` writes a first inventory"
        )
        problems.append(_no_place("E001", path, "there is no such file or folder", hint))
    except OSError as error:
        problems.append(_no_place("E001", path, f"this cannot be read: {_os_words(error)}", ""))


def _bytes(name: str, file: Path, limits: Limits, problems: list[Problem]) -> bytes | None:
    try:
        if not file.is_file():
            problems.append(
                _no_place("E001", file, "this is not a file", "name a YAML file or a folder")
            )
            return None
        with file.open("rb") as stream:
            # One byte more than allowed is enough to know that it is too much.
            return stream.read(limits.bytes + 1)
    except OSError as error:
        problems.append(
            Problem("E001", f"the file cannot be read: {_os_words(error)}", Mark(name, 1, 1))
        )
        return None


def _os_words(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()


def _no_place(code: str, path: Path, message: str, hint: str) -> Problem:
    return Problem(code, message, Mark(path.name or str(path), 1, 1), hint)


def _top(data: bytes | str, name: str, limits: Limits, problems: list[Problem]) -> Map | None:
    """Return the mapping a file consists of."""
    tree, found = read_tree(data, name, limits)
    problems += found
    if tree is None:
        if not found:
            hint = "write at least `stackaudit: 1` and `company: {name: ...}`"
            problems.append(Problem("E005", "the file is empty", Mark(name, 1, 1), hint))
        return None
    if not isinstance(tree, Map):
        hint = "start with `stackaudit: 1`, `company:` and `tools:`"
        message = f"an inventory is a mapping of sections, not {kind_of(tree)}"
        if isinstance(tree, Seq):
            problems.append(tree.problem("E039", None, message, hint))
        else:
            problems.append(Problem("E039", message, Mark(name, 1, 1), hint))
        return None
    if "stackaudit-catalogue" in tree:
        hint = "name it catalogue.yaml beside the inventory, or give it with --catalogue"
        at = tree.at_of_key("stackaudit-catalogue")
        problems.append(
            tree.source.problem("E039", at, "this is a catalogue file, not an inventory", hint)
        )
        return None
    return tree


# --- several files ------------------------------------------------------------------------------


def _merge(tops: list[Map], problems: list[Problem]) -> Map:
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


# --- sections -----------------------------------------------------------------------------------


class _Reading:
    """One pass over the sections of an inventory."""

    def __init__(self, problems: list[Problem], whole: bool) -> None:
        self.problems = problems
        self.whole = whole
        self.rest: Inventory | None = None
        self.dropped: set[str] = set()

    def inventory(self, top: Map) -> Inventory | None:
        if not self._version(top):
            return None
        values: dict[str, Any] = {"stackaudit": FORMAT}
        self._unknown_keys(top)
        company = top.get("company")
        if isinstance(company, Map):
            values["company"] = shape.read_record(
                schema.Company, self._values(company), company, self.problems
            )
        elif company is not None:
            hint = "write `company: {name: ...}`"
            message = f"the company is a mapping, not {kind_of(company)}"
            self.problems.append(top.problem("E035", "company", message, hint))
        elif self.whole:
            hint = "write `company: {name: ...}`"
            self.problems.append(
                top.problem("E033", None, "the inventory needs `company` with its `name`", hint)
            )
        for key, model in _RECORDS.items():
            section = top.get(key)
            if section is not None:
                values[key] = self._section(key, model, top)
        for key in ("complete", "systems_of_record", "freshness"):
            if top.get(key) is not None:
                values[key] = shape.read_field(Inventory, key, top[key], top, self.problems)
        requirements = top.get("requirements")
        if isinstance(requirements, Map):
            values["requirements"] = shape.read_record(
                schema.Requirements, self._values(requirements), requirements, self.problems
            )
        elif requirements is not None:
            hint = "write `requirements: {must: [...], should: [...], not_needed: {...}}`"
            message = f"requirements are a mapping, not {kind_of(requirements)}"
            self.problems.append(top.problem("E035", "requirements", message, hint))
        known_company = values.get("company")
        if known_company is None:
            # The rest can still be judged; a nameless stand-in never leaves this function.
            values["company"] = schema.Company.model_construct(name="")
        inventory = Inventory.model_construct(**values)
        shape.attach(inventory, top)
        sense.check(inventory, self.problems)
        self.rest = inventory
        return inventory if known_company is not None else None

    def _version(self, top: Map) -> bool:
        version = top.get("stackaudit")
        if version is None:
            if self.whole:
                hint = f"write `stackaudit: {FORMAT}` as the first line"
                self.problems.append(
                    top.problem("E033", None, "the inventory does not say its format version", hint)
                )
            return True
        text = version.strip() if isinstance(version, str) else ""
        if text == str(FORMAT):
            return True
        if text.isascii() and text.isdigit() and int(text[:9]) > FORMAT:
            message = f"this is version {text} of the format, and stackaudit {__version__} reads version {FORMAT}"
            hint = f"version {text} is read by later releases only: upgrade stackaudit"
        else:
            message = f"{text or kind_of(version)!r} is not a version of the format"
            hint = f"write `stackaudit: {FORMAT}`"
        self.problems.append(top.problem("E038", "stackaudit", message, hint))
        return False

    def _unknown_keys(self, top: Map) -> None:
        known = shape.keys_of(Inventory)
        for key, value in top.items():
            if key in known:
                if value is None:
                    self._empty(top, key)
            elif not key.startswith("x-"):
                hint = did_you_mean(
                    key,
                    known,
                    f"known sections: {', '.join(known)}; keys of your own start with `x-`",
                )
                at = top.at_of_key(key)
                self.problems.append(
                    top.source.problem(
                        "E032", at, f"`{key}` is not a section of an inventory", hint
                    )
                )

    def _section(self, key: str, model: type[Record], top: Map) -> tuple[Record, ...]:
        items = top[key]
        if isinstance(items, str) and items.strip().lower() == "none":
            return ()
        if not isinstance(items, Seq):
            hint = f"start every entry under `{key}:` with `- `"
            message = f"`{key}` is a list, not {kind_of(items)}"
            self.problems.append(top.problem("E035", key, message, hint))
            return ()
        values: list[dict[str, Any]] = []
        nodes: list[Map] = []
        shorts: set[int] = set()
        for n, item in enumerate(items):
            node = item if type(item) is Map else self._short(key, items, n)
            if node is None or node.at in node.source.broken:
                continue
            if key == "integrations":
                if len(node) == 1 or "from" not in node:
                    node = self._short_mapping(node, items, n)
                    if node is None:
                        continue
                if type(item) is not Map or "from" not in item:
                    shorts.add(id(node))
                values.append(self._values(node))
            elif key in _NAMED:
                if "name" not in node and "id" not in node and len(node) == 1:
                    self._misplaced(key, node)
                    continue
                values.append(
                    short.with_id(node)
                    if None not in node.values()
                    else short.with_id(self._known(node))
                )
                self._drop_own(values[-1])
            else:
                values.append(self._values(node))
            nodes.append(node)
        records = shape.read_records(model, values, nodes, self.problems)
        if len(records) < len(nodes):
            kept = {id(record.node) for record in records}
            self.dropped.update(
                make_id(node[name])
                for node in nodes
                for name in ("id", "name")
                if id(node) not in kept and isinstance(node.get(name), str)
            )
        if shorts:
            for record in records:
                if id(record.node) in shorts:
                    record.__dict__["_short"] = True
        return tuple(records)

    def _short(self, key: str, items: Seq, n: int) -> Map | None:
        item = items[n]
        if item is None:
            self.problems.append(
                items.problem(
                    "E022", n, "this list item is empty", "delete the line, or fill it in"
                )
            )
            return None
        if isinstance(item, str):
            if not item.strip():
                self.problems.append(
                    items.problem("E022", n, "this list item is empty", "delete it, or fill it in")
                )
                return None
            if key == "tools":
                if short.has_arrow(item):
                    hint = "move the line to `integrations:`"
                    self.problems.append(
                        items.problem("E036", n, f"{item!r} is an integration, not a tool", hint)
                    )
                    return None
                return short.tool_from_name(item, items, n)
            if key == "integrations":
                return self._line(item, None, items, items.at_of(n), 0)
            if key in ("teams", "processes", "objectives"):
                return short.tool_from_name(item, items, n)
            if key == "out_of_scope":
                at = items.at_of(n)
                return Map.made({"tool": item}, items.source, at, [at, at])
        message = f"an entry of `{key}` is a mapping, not {kind_of(item)}"
        self.problems.append(
            items.problem("E035", n, message, "write its keys below each other: `- key: value`")
        )
        return None

    def _short_mapping(self, node: Map, items: Seq, n: int) -> Map | None:
        """Return the integration of ``A -> B: objects``, or the mapping as it is."""
        arrows = [key for key in node if short.has_arrow(key)]
        if not arrows:
            if len(node) == 1 and "from" not in node and "to" not in node:
                key = next(iter(node))
                made = self._line(key, node[key], node, node.at_of_key(key), node.at_of(key))
                return made
            return node
        key = arrows[0]
        if len(node) > 1:
            other = next(k for k in node if k != key)
            hint = "write `from:` and `to:` when an integration has more keys than its objects"
            message = f"`{other}` cannot stand beside the short form `{key}`"
            self.problems.append(node.source.problem("E036", node.at_of_key(other), message, hint))
            return None
        if isinstance(node[key], Map):
            hint = "after the short form stand only objects: `A -> B: contact, order`; write `from:` and `to:` for more"
            self.problems.append(node.problem("E036", key, "a mapping cannot stand here", hint))
            return None
        if node[key] is None:
            self._empty(node, key)
        return self._line(key, node[key], node, node.at_of_key(key), node.at_of(key))

    def _line(
        self, text: str, objects: Any, holder: Seq | Map, at: int, objects_at: int
    ) -> Map | None:
        made = short.integration_from_line(text, objects, holder, at, objects_at)
        if isinstance(made, Problem):
            self.problems.append(made)
            return None
        return made

    def _misplaced(self, key: str, node: Map) -> None:
        name = next(iter(node))
        what = key[:-1] if key != "processes" else "process"
        known = shape.keys_of(_RECORDS[key])
        if name in known:
            self.problems.append(
                node.problem("E033", None, f"a {what} needs `name`", "write `name: ...`")
            )
            return
        hint = did_you_mean(name, known, f"write `- name: {name}` and the {what}'s keys below it")
        message = f"`{name}` is not a key of a {what}"
        self.problems.append(node.source.problem("E032", node.at_of_key(name), message, hint))

    def _values(self, node: Map) -> dict[str, Any]:
        """Return the values of a record without empty ones and without the user's own keys."""
        values = self._known(node) if None in node.values() else dict(node)
        self._drop_own(values)
        return values

    def _known(self, node: Map) -> dict[str, Any]:
        for key, value in node.items():
            if value is None:
                self._empty(node, key)
        return {key: value for key, value in node.items() if value is not None}

    def _empty(self, node: Map, key: str) -> None:
        """Warn of a key without a value, unless it says `null` in so many letters."""
        source: Source = node.source
        at = node.at_of(key)
        if (
            isinstance(source, Joined)
            or source.text[at : at + 4].lower() == "null"
            or source.text[at : at + 1] == "~"
        ):
            return
        if any(
            p.code in ("E016", "E010") and p.mark.line == source.mark(at).line
            for p in self.problems
        ):
            return
        hint = "leave the key out when it is not known; write `none` when the answer is no"
        at = node.at_of_key(key)
        self.problems.append(
            source.problem("W004", at, f"`{key}` has no value and is read as not known", hint)
        )

    def _drop_own(self, values: dict[str, Any]) -> None:
        own = [
            key
            for key, value in values.items()
            if key[:2] == "x-" or (type(value) is Map and _has_own(value))
        ]
        for key in own:
            if key[:2] == "x-":
                del values[key]
            else:
                values[key] = _without_own(values[key])


def _has_own(node: Map) -> bool:
    return any(
        key[:2] == "x-" or (type(value) is Map and _has_own(value)) for key, value in node.items()
    )


def _without_own(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_own(item) for key, item in value.items() if not key.startswith("x-")}
    return value
