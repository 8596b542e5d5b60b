"""Answers into an inventory: find the place, write what is new, list what contradicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from stackaudit.answering.document import Document, file_of, read_documents
from stackaudit.answering.outcome import Answered
from stackaudit.answering.records import (
    Additions,
    Found,
    add_to_mapping,
    add_to_record,
    answers_in,
    find_record,
    inline,
)
from stackaudit.answering.sheet import Answer, flow
from stackaudit.interview import NEW, RECORDS, quoted, split
from stackaudit.inventory import schema, short
from stackaudit.inventory.shape import keys_of, nested, read_field
from stackaudit.opening import open_inventory
from stackaudit.resolve import Resolved
from stackaudit.source.problems import InputError, Mark, Problem, has_errors
from stackaudit.source.tree import Map
from stackaudit.source.words import did_you_mean, make_id


def answer_inventory(
    answers: Sequence[Answer], path: Path, catalogue: Path | None = None
) -> Answered:
    """Return what the inventory at a path becomes with the answers; nothing is written.

    Raises :class:`~stackaudit.source.problems.InputError` when the inventory is invalid as it is,
    an answer has no place, or the inventory would be invalid with the answers: the problems then
    point at the sheet.
    """
    resolved = open_inventory(path, catalogue)
    ids = _flow_ids(resolved)
    outcome, documents = _Merging(resolved, path, ids, {}).run(answers)
    new = _checked(documents, path, catalogue)
    kept = _lost_ids(ids, new, answers)
    if kept:
        outcome, documents = _Merging(resolved, path, ids, kept).run(answers)
        _checked(documents, path, catalogue)
    for document in documents.values():
        text, _ = document.result()
        if text != document.text:
            outcome.files[file_of(path, document.name)] = document.byte_mark + text
    return outcome


def _flow_ids(resolved: Resolved) -> dict[str, Mark]:
    """Return id → place of every integration."""
    from stackaudit.graph import build_stack  # networkx, which who only edits never needs

    # No fact of a day is asked for: any day will do.
    flows = build_stack(resolved, resolved.inventory.company.as_of or date.min).flows
    found: dict[str, Mark] = {}
    for each in flows:
        place = each.record.where() if each.record is not None else None
        if place is not None:
            found[each.id] = place
    return found


def _lost_ids(ids: Mapping[str, Mark], new: Resolved, answers: Sequence[Answer]) -> dict[str, str]:
    """Return answered integrations whose made id would change with the answer: they keep it."""
    answered = {split(a.fill)[1] for a in answers if a.fill.startswith("integrations/")}
    lost = (set(ids) & answered) - set(_flow_ids(new))
    return {identity: identity for identity in sorted(lost) if make_id(identity) == identity}


def _checked(documents: Mapping[str, Document], path: Path, catalogue: Path | None) -> Resolved:
    """Return the inventory as it would be; its problems are said where the answers stand."""
    made = {name: document.result() for name, document in documents.items()}
    changed = {n: text for n, (text, _) in made.items() if text != documents[n].text}
    try:
        return open_inventory(path, catalogue, instead=changed)
    except InputError as error:
        raise InputError(
            [_at_answer(p, made[p.mark.file]) if p.mark.file in made else p for p in error.problems]
        ) from None


def _at_answer(problem: Problem, made: tuple[str, list[tuple[int, int, Answer]]]) -> Problem:
    text, spans = made
    lines = text.splitlines(keepends=True)
    at = sum(len(line) for line in lines[: problem.mark.line - 1]) + problem.mark.column - 1
    for start, end, answer in spans:
        if start <= at <= end:
            return answer.problem(problem.code, problem.message, problem.hint)
    return problem


class _Merging:
    """One pass of the answers over the files."""

    def __init__(
        self, resolved: Resolved, path: Path, ids: Mapping[str, Mark], keep: Mapping[str, str]
    ) -> None:
        self.resolved = resolved
        self.ids = ids
        self.keep = keep
        self.documents = read_documents(resolved, path)
        self.out = Answered()
        self.problems: list[Problem] = []
        self.records: dict[Mark, tuple[Found, Additions]] = {}
        self.mentioned: dict[str, Additions] = {}
        self.sections: dict[str, Additions] = {}
        self.complete: dict[str, Answer] = {}

    def run(self, answers: Sequence[Answer]) -> tuple[Answered, dict[str, Document]]:
        new = []
        for answer in answers:
            section, identity, key = split(answer.fill)
            if answer.fill == NEW:
                new.append(answer)
            elif section == "complete":
                self._complete(answer, identity)
            elif section in RECORDS:
                self._record(answer, section, identity, key)
            elif section in ("systems_of_record", "freshness") and identity:
                self._check(answer, schema.Inventory, section, {identity: answer.value})
                self.sections.setdefault(section, {})[identity] = answer
            elif section == "company" and key:
                self._check(answer, schema.Company, key, answer.value)
                self.sections.setdefault("company", {})[key] = answer
            else:
                self._unknown(answer, f"`{answer.fill}` is no place of an inventory", "")
        if has_errors(self.problems):
            raise InputError(self.problems)
        self._write()
        for answer in new:
            self._new(answer)
        if has_errors(self.problems):
            raise InputError(self.problems)
        return self.out, self.documents

    # ---------------------------------------------------------------- sorting the answers

    def _unknown(self, answer: Answer, message: str, hint: str) -> None:
        self.problems.append(answer.problem("E222", message, hint, key=True))

    def _record(self, answer: Answer, section: str, identity: str, key: str) -> None:
        model = RECORDS[section]
        outer, _, inner = key.partition(".")
        holder = nested(model).get(outer) if inner else model
        if not key or holder is None or (inner or outer) not in keys_of(holder):
            known = keys_of(model)
            message = f"`{key}` is no key of `{section}`"
            self._unknown(answer, message, did_you_mean(outer, known))
            return
        self._check(answer, holder, inner or outer, answer.value)
        if section == "tools":
            identity = self.resolved.tool_id(identity) or identity
        if section == "tools" and identity in self.resolved.mentioned:
            self._put(self.mentioned.setdefault(identity, {}), outer, inner, answer)
            return
        place, names = self._place(section, identity)
        if place is None:
            message = f"there is no `{identity}` under `{section}`"
            hint = did_you_mean(identity, names, "make a new sheet: the inventory has changed")
            self._unknown(answer, message, hint)
            return
        if place not in self.records:
            found = find_record(self.documents[place.file], section, place)
            if found is None:
                self._unknown(answer, f"`{identity}` was not found in {place}", "")
                return
            self.records[place] = (found, {})
        self._put(self.records[place][1], outer, inner, answer)

    def _put(self, additions: Additions, outer: str, inner: str, answer: Answer) -> None:
        """Note an answer for a key; two places of a sheet may mean one key, and must agree."""
        inside = additions.setdefault(outer, {}) if inner else additions
        key = inner or outer
        earlier = inside.get(key) if isinstance(inside, dict) else inside
        if earlier is None:
            inside[key] = answer
        elif isinstance(earlier, Answer) and earlier.shown == answer.shown:
            self.out.same += 1
        else:
            first = answers_in({key: earlier})[0]
            message = f"this contradicts the answer in line {first.mark.line}: both mean one key"
            problem = answer.problem("E048", message, "keep one of the two")
            self.problems.append(replace(problem, also=(first.mark,)))

    def _place(self, section: str, identity: str) -> tuple[Mark | None, list[str]]:
        if section == "integrations":
            return self.ids.get(identity), sorted(self.ids)
        if section == "seen":
            seen = {
                f"{shown.id}/{make_id(entry.name)}": entry
                for shown in self.resolved.inventory.observed
                for entry in shown.entries
            }
            entry = seen.get(identity)
            return (entry.where() if entry is not None else None), sorted(seen)
        records: Sequence[Any] = getattr(self.resolved.inventory, section)
        by_id = {record.id: record for record in records}
        found = by_id.get(identity)
        return (found.where() if found is not None else None), sorted(by_id)

    def _check(self, answer: Answer, model: type[schema.Record], key: str, value: Any) -> None:
        """Check one value by itself, so that what is wrong with it is said in the sheet."""
        at, key_at = answer.answers.at_of(answer.fill), answer.answers.at_of_key(answer.fill)
        if isinstance(value, dict) and not isinstance(value, Map):
            value = Map.made(value, answer.answers.source, at, [key_at, at])
        node = Map.made({key: value}, answer.answers.source, at, [key_at, at])
        name = next((n for n, info in model.model_fields.items() if (info.alias or n) == key), key)
        read_field(model, name, value, node, self.problems)

    # ---------------------------------------------------------------- writing

    def _write(self) -> None:
        for place, (found, additions) in self.records.items():
            document = self.documents[place.file]
            wanted = self._kept_id(found, place, additions)
            for tool in add_to_record(document, found, wanted, self._node(found, place), self.out):
                self._list(tool, None, {})
        for tool_id, additions in self.mentioned.items():
            first = answers_in(additions)[0]
            self._list(self.resolved.tools[tool_id].name, first, additions)
        for section, additions in self.sections.items():
            self._section(section, additions)
        self._listings()

    def _section(self, section: str, additions: Additions) -> None:
        """Write keys into a section that is a mapping, or write the section."""
        where = section.replace("_", " ")
        new: dict[str, Additions] = {}
        for key, answer in additions.items():
            document = self._home(section, key)
            holder = document.section(section)
            if isinstance(holder, yaml.MappingNode):
                add_to_mapping(document, holder, {key: answer}, where, self.out)
            elif holder is None or document.empty(holder):
                new.setdefault(document.name, {})[key] = answer
            else:
                self.out.conflict(document, answer, holder)
        for name, mine in new.items():
            document = self.documents[name]
            holder, text = document.section(section), inline(mine)
            if holder is None:
                document.add_section(f"{section}: {text}", answers_in(mine)[0])
            else:
                document.replace(holder, text, answers_in(mine)[0])
            for key, value in mine.items():
                self.out.change(document, f"{where}: {key}: {inline(value)}")

    def _listings(self) -> None:
        """Write which lists are complete."""
        if not self.complete:
            return
        stated = self.resolved.inventory.complete or ()
        document = self._home("complete", "")
        node = document.section("complete")
        first = next(iter(self.complete.values()))
        text = f"[{', '.join((*stated, *self.complete))}]"
        if isinstance(node, yaml.SequenceNode):
            for listing, answer in self.complete.items():
                document.add_item(node, listing, answer)
        elif node is None:
            document.add_section(f"complete: {text}", first)
        elif stated or document.empty(node):
            document.replace(node, text, first)
        else:  # `complete: none`
            for answer in self.complete.values():
                self.out.conflict(document, answer, node)
            return
        for listing in self.complete:
            self.out.change(document, f"the list of {listing} is complete")

    def _kept_id(self, found: Found, place: Mark, additions: Additions) -> Additions:
        """Return the additions, with the id an integration had where it would get another."""
        mine = [i for i, mark in self.ids.items() if mark == place and i in self.keep]
        if found.section != "integrations" or len(mine) != 1 or not additions:
            return additions
        return {"id": mine[0], **additions}

    def _node(self, found: Found, place: Mark) -> Map | None:
        """Return the integration as it was read, for short forms."""
        if found.section != "integrations":
            return None
        for record in self.resolved.inventory.integrations or ():
            if record.where() == place:
                return record.node
        return None

    def _list(self, name: str, answer: Answer | None, additions: Additions) -> None:
        """Add a tool that was only mentioned to the list of tools."""
        mentioned = self.resolved.tool_id(name)
        if answer is None and (mentioned is None or mentioned not in self.resolved.mentioned):
            return
        if answer is None and mentioned in self.mentioned:
            return  # it is listed with its own answers
        if mentioned is not None:
            name = self.resolved.tools[mentioned].name
        document = self._home("tools", "")
        items = document.items("tools")
        text = quoted(name)
        if additions:
            text = inline({"name": name, **additions})
        section = document.section("tools")
        if items is not None:
            document.add_item(items, text, answer)
        elif section is not None:  # `tools:` with nothing after it
            document.replace(section, f"[{text}]", answer)
        else:
            document.add_section(f"tools:{document.newline}  - {text}", answer)
        self.out.change(document, f"{name} added to the tools: it was only mentioned")

    def _home(self, section: str, key: str) -> Document:
        """Return the file a section is in: the one with the key, with the section, the main one."""
        known = list(self.documents.values())
        having = [d for d in known if d.section(section) is not None]
        for document in having:
            holder = document.section(section)
            if key and isinstance(holder, yaml.MappingNode) and document.pair(holder, key):
                return document
        if having:
            return having[0]
        return next((d for d in known if d.section("company") is not None), known[0])

    def _complete(self, answer: Answer, listing: str) -> None:
        if listing not in ("tools", "integrations"):
            message = f"`complete` is about tools and integrations, not `{listing}`"
            self._unknown(answer, message, "")
            return
        word = str(answer.value).strip().lower()
        stated = self.resolved.inventory.complete or ()
        if word in ("no", "false"):
            if listing in stated:
                document = self._home("complete", "")
                node = document.section("complete")
                assert node is not None
                self.out.conflict(document, answer, node)
            else:
                self.out.notes.append(
                    f"the list of {listing} is not complete: add what is missing, and answer yes"
                )
            return
        if word not in ("yes", "true"):
            self.problems.append(
                answer.problem("E023", f"{flow(answer.value)} is neither yes nor no", "write `yes`")
            )
            return
        if listing in stated:
            self.out.same += 1
            return
        self.complete[listing] = answer

    # ---------------------------------------------------------------- new integrations

    def _new(self, answer: Answer) -> None:
        value = answer.value
        document = self._home("integrations", "")
        node = document.section("integrations")
        if isinstance(value, str) and value.strip().lower() == "none":
            self._none(document, node, answer)
            return
        known = {_said(self.resolved, r.node) for r in self.resolved.inventory.integrations or ()}
        lines = []
        for entry in _entries(value):
            made = self._line(answer, entry)
            if made is None:
                continue
            said = _said(self.resolved, made)
            if said in known:
                self.out.same += 1
                continue
            known.add(said)
            lines.append(_written(entry))
        if not lines or self.problems:
            return
        if (
            node is not None
            and not isinstance(node, yaml.SequenceNode)
            and not document.empty(node)
        ):
            self.out.conflict(document, answer, node)
            return
        for line in lines:
            self.out.change(document, f"new integration {line}")
        if isinstance(node, yaml.SequenceNode):
            for line in lines:
                text = line if not node.flow_style or ": " not in line else f"{{{line}}}"
                document.add_item(node, text, answer)
            return
        rows = [f"  - {line}" for line in lines]
        if node is None:
            document.add_section(document.newline.join(["integrations:", *rows]), answer)
        else:
            document.replace(node, document.newline.join(["", *rows]), answer)

    def _none(self, document: Document, node: yaml.Node | None, answer: Answer) -> None:
        if self.resolved.inventory.integrations is None:
            if node is None:
                document.add_section("integrations: none", answer)
            else:
                document.replace(node, "none", answer)
            self.out.change(document, "there are no integrations")
        elif self.resolved.inventory.integrations:
            self.out.notes.append(
                "no integration is missing: answer `complete/integrations: yes` to say so"
            )
        else:
            self.out.same += 1

    def _line(self, answer: Answer, entry: Any) -> Map | None:
        """Return a new integration as it is read; what is wrong with it goes to the problems."""
        at = answer.answers.at_of(answer.fill)
        if isinstance(entry, Map) and "from" in entry:
            return entry
        text, objects = (entry, None) if isinstance(entry, str) else next(iter(entry.items()))
        made = short.integration_from_line(text, objects, answer.answers, at, at)
        if isinstance(made, Problem):
            self.problems.append(made)
            return None
        return made


def _entries(value: Any) -> list[Any]:
    """Return new integrations one by one."""
    found: list[Any] = []
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, Map) and "from" not in entry:
            found += [Map.made({k: v}, entry.source, entry.at, []) for k, v in entry.items()]
        else:
            found.append(entry)
    return found


def _written(entry: Any) -> str:
    if isinstance(entry, str):
        return quoted(entry)
    if "from" in entry:
        return flow(entry)
    text, objects = next(iter(entry.items()))
    return f"{quoted(text)}: {flow(objects)}" if objects is not None else quoted(text)


def _said(resolved: Resolved, node: Map | None) -> tuple[Any, ...]:
    """Return what an integration says, to know it again."""
    if node is None:
        return ()

    def ids(value: Any) -> tuple[str, ...]:
        each = value if isinstance(value, list) else [value]
        return tuple(sorted(resolved.tool_id(str(v)) or make_id(str(v)) for v in each))

    objects = node.get("objects")
    if isinstance(objects, str):
        objects = [part for part in objects.split(",") if part.strip()]
    content = None if objects is None else tuple(sorted(make_id(str(o)) for o in objects))
    return ids(node.get("from")), ids(node.get("to")), node.get("direction", "one-way"), content
