"""The sections of an inventory: short forms spelled out, every record read and checked."""

from __future__ import annotations

import re
from typing import Any, Final

from stackaudit import __version__
from stackaudit.inventory import schema, sense, shape, short
from stackaudit.inventory.schema import Inventory, Record
from stackaudit.inventory.values import kind_of
from stackaudit.source.problems import Problem
from stackaudit.source.secrets import is_refused_key
from stackaudit.source.tree import Joined, Map, Seq, Source
from stackaudit.source.words import did_you_mean, make_id

FORMAT: Final = 1
"""The version of the inventory format that this release reads."""

RECORDS: Final[dict[str, type[Record]]] = {
    "teams": schema.Team,
    "tools": schema.Tool,
    "contracts": schema.Contract,
    "integrations": schema.Integration,
    "processes": schema.Process,
    "objectives": schema.Objective,
    "out_of_scope": schema.OutOfScope,
    "accepted": schema.Accepted,
    "observed": schema.Observed,
}
_NAMED: Final = ("teams", "tools", "processes", "objectives")
_OWN_KEY: Final = re.compile(r"(?:^|[\s{,\"'])x-", re.MULTILINE)


class Reading:
    """One pass over the sections of an inventory."""

    def __init__(self, problems: list[Problem], whole: bool) -> None:
        self.problems = problems
        self.whole = whole
        self.rest: Inventory | None = None
        self.dropped: set[str] = set()
        self.own = False
        """Whether the user has keys of their own anywhere: looked for once, not in every record."""

    def inventory(self, top: Map) -> Inventory | None:
        """Return the inventory, or None when it cannot be used; see also ``rest``."""
        if not self._version(top):
            return None
        values: dict[str, Any] = {"stackaudit": FORMAT}
        self.own = top.source.holds(_OWN_KEY)
        self._unknown_keys(top)
        company = top.get("company")
        if isinstance(company, Map):
            values["company"] = shape.read_record(
                schema.Company, self._values(company), company, self.problems, self.own
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
        for key, model in RECORDS.items():
            section = top.get(key)
            if section is not None:
                values[key] = self._section(key, model, top)
        for key in ("complete", "systems_of_record", "freshness"):
            if top.get(key) is not None:
                values[key] = shape.read_field(Inventory, key, top[key], top, self.problems)
        requirements = top.get("requirements")
        if isinstance(requirements, Map):
            values["requirements"] = shape.read_record(
                schema.Requirements,
                self._values(requirements),
                requirements,
                self.problems,
                self.own,
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
        shape.attach(inventory, top, self.own)
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
            message = (
                f"this is version {text} of the format, and "
                f"stackaudit {__version__} reads version {FORMAT}"
            )
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
            if key == "integrations" and ("from" not in node or len(node) == 1):
                node = self._short_mapping(node)
            elif key in _NAMED and len(node) == 1 and "name" not in node and "id" not in node:
                self._misplaced(key, node)
                continue
            if node is None:
                continue
            if node is not item:
                shorts.add(id(node))
            values.append(self._values(node) if key != "observed" else self._list(node))
            if key in _NAMED:
                short.give_id(values[-1])
            nodes.append(node)
        records = shape.read_records(model, values, nodes, self.problems, self.own)
        if len(records) < len(nodes):
            self._note_dropped(nodes, records)
        for record in records if shorts else ():
            if id(record.node) in shorts:
                record.__dict__["_short"] = True
        return tuple(records)

    def _list(self, node: Map) -> dict[str, Any]:
        """Return the values of an observed list, with those of its entries."""
        values = self._values(node)
        entries = node.get("entries")
        if isinstance(entries, Seq):
            values["entries"] = [self._values(e) if type(e) is Map else e for e in entries]
        return values

    def _note_dropped(self, nodes: list[Map], records: list[Any]) -> None:
        kept = {id(record.node) for record in records}
        self.dropped.update(
            make_id(node[name])
            for node in nodes
            for name in ("id", "name")
            if id(node) not in kept and isinstance(node.get(name), str)
        )

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

    def _short_mapping(self, node: Map) -> Map | None:
        """Return the integration of ``A -> B: objects``, or the mapping as it is."""
        arrows = [key for key in node if short.has_arrow(key)]
        if not arrows:
            if len(node) == 1 and "from" not in node and "to" not in node:
                key = next(iter(node))
                return self._line(key, node[key], node, node.at_of_key(key), node.at_of(key))
            return node
        key = arrows[0]
        if len(node) > 1:
            other = next(k for k in node if k != key)
            hint = "write `from:` and `to:` when an integration has more keys than its objects"
            message = f"`{other}` cannot stand beside the short form `{key}`"
            self.problems.append(node.source.problem("E036", node.at_of_key(other), message, hint))
            return None
        if isinstance(node[key], Map):
            hint = (
                "after the short form stand only objects: `A -> B: "
                "contact, order`; write `from:` and `to:` for more"
            )
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
        """Report an entry whose only key is its name, or anything else but `name`."""
        name = next(iter(node))
        what = key[:-1] if key != "processes" else "process"
        known = shape.keys_of(RECORDS[key])
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
        if self.own:
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
        if is_refused_key(key):
            return  # its value was taken out, which has been reported
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
