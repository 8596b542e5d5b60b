"""A draft merged into an inventory that is there: nothing that a person wrote is changed.

What is new is added where it belongs, in the file's own style; every other byte stays. Merging the
same source again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from stackaudit.answering.document import Document, file_of, read_documents
from stackaudit.answering.outcome import Answered
from stackaudit.answering.records import Found as Record
from stackaudit.answering.records import add_to_record, find_record
from stackaudit.answering.sheet import Answer
from stackaudit.answering.sheet import flow as inline
from stackaudit.importers.combine import Draft, Entry
from stackaudit.importers.text import block, record
from stackaudit.inventory import schema
from stackaudit.resolve import Resolved
from stackaudit.source.text import Source
from stackaudit.source.tree import Map

_NOWHERE: Final = Map.made({}, Source("import", ""), 0, [])


@dataclass
class Merged:
    """What merging comes to."""

    files: dict[Path, str] = field(default_factory=dict)
    """New texts of the files that change."""
    changes: list[str] = field(default_factory=list)
    """What is added, in words."""


def merge(draft: Draft, path: Path, there: Resolved) -> Merged:
    """Return the inventory's files with the draft merged in; nothing is written.

    Raises :class:`~stackaudit.source.problems.InputError` for a file that cannot be edited.
    """
    return _Merging(draft, path, there).run()


class _Merging:
    def __init__(self, draft: Draft, path: Path, there: Resolved) -> None:
        self.draft = draft
        self.path = path
        self.there = there
        self.documents = read_documents(there, path)
        self.out = Answered()
        self.changes: list[str] = []
        self.new: dict[str, list[dict[str, Any]]] = {}

    def run(self) -> Merged:
        known = {team.id for team in self.there.inventory.teams}
        for team, name in sorted(self.draft.teams.items()):
            if team not in known:
                self.new.setdefault("teams", []).append({"id": team, "name": name})
                self.changes.append(f"new team {name}")
        for tool in self.draft.tools:
            self._entry("tools", tool, None if tool.id in self.there.mentioned else tool.existing)
        for contract in self.draft.contracts:
            self._entry("contracts", contract, contract.existing)
        for flow in self.draft.flows:
            self._entry("integrations", flow, flow.existing)
        for section, items in self.new.items():
            self._write(section, items)
        merged = Merged(changes=self.changes)
        for document in self.documents.values():
            text, _ = document.result()
            if text != document.text:
                file = file_of(self.path, document.name)
                merged.files[file] = document.byte_mark + text
        return merged

    def _entry(self, section: str, entry: Entry, existing: schema.Record | None) -> None:
        if existing is not None:
            self._add(section, entry, existing)
            return
        clashes = [c for c in self.draft.clashes if c.what == entry.name]
        self.new.setdefault(section, []).append(record(entry, clashes))
        self.changes.append(f"new {section.removesuffix('s')} {entry.name}")

    # ---------------------------------------------------------------- new items

    def _write(self, section: str, items: list[dict[str, Any]]) -> None:
        """Write new items at the end of their section, or the section."""
        document = home(self.documents, section)
        node = document.section(section)
        if isinstance(node, yaml.SequenceNode) and node.value:
            for keys in items:
                column = node.start_mark.column
                text = inline(keys) if node.flow_style else block(keys, column)
                document.add_item(node, text.replace("\n", document.newline), None)
            return
        lines = [f"  - {block(keys, 2)}" for keys in items]
        text = "\n".join(["", *lines]).replace("\n", document.newline)
        if node is None:
            gap = "" if document.root is None or document.root.flow_style else document.newline
            document.add_section(f"{gap}{section}:{text}", None)
        else:  # nothing, `[]` or `none` stands there
            document.replace(node, text, None)

    # ---------------------------------------------------------------- more about what is there

    def _add(self, section: str, entry: Entry, existing: schema.Record) -> None:
        place, node = existing.where(), existing.node
        if place is None or node is None or not entry.facts:
            return
        additions: dict[str, Any] = {}
        for key, fact in entry.facts.items():
            stated = node.get(key)
            if stated is None:
                additions[key] = _said(fact.value)
            elif isinstance(stated, dict) and isinstance(fact.value, dict):
                more = {k: _said(v) for k, v in fact.value.items() if stated.get(k) is None}
                if more:
                    additions[key] = more
        if not additions:
            return
        found = find_record(self.documents[place.file], section, place)
        if found is None:
            return
        said = ", ".join(f"{k}: {_plain(v)}" for k, v in additions.items())
        self.changes.append(f"{entry.name}: {said}")
        self._source(self.documents[place.file], found, node.get("source"), entry, additions)
        add_to_record(self.documents[place.file], found, additions, node, self.out)

    @staticmethod
    def _source(
        document: Document, found: Record, stated: Any, entry: Entry, additions: dict[str, Any]
    ) -> None:
        """Let an item say where its new facts come from, beside what it says already."""
        known = stated if isinstance(stated, list) else [stated] if stated else []
        new = [
            full
            for label, full in zip(entry.seen_by, entry.sources, strict=True)
            if not any(str(k).startswith(label) for k in known)
        ]
        if not new:
            return
        if not known:
            additions["source"] = _said(new[0] if len(new) == 1 else new)
        elif isinstance(found.node, yaml.MappingNode):
            pair = document.pair(found.node, "source")
            if pair is not None:
                document.replace(pair[1], inline([*known, *new]), None)


def home(documents: dict[str, Document], section: str) -> Document:
    """Return the file a section is in, or else the main one."""
    known = list(documents.values())
    having = [d for d in known if d.section(section) is not None]
    main = [d for d in known if d.section("company") is not None]
    return (having or main or known)[-1 if having else 0]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {v}" for k, v in value.items()) + "}"
    return inline(value.value) if isinstance(value, Answer) else str(value)


def _said(value: Any) -> Answer:
    """Return a value as something to be written into a record."""
    return Answer("", value, _NOWHERE)
