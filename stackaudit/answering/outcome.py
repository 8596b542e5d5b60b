"""What answers come to: what changes, what contradicts, what is said already."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from stackaudit.answering.document import Document
from stackaudit.answering.sheet import Answer
from stackaudit.source.problems import Mark


@dataclass(frozen=True)
class Change:
    """One thing that is written into a file."""

    file: str
    text: str


@dataclass(frozen=True)
class Conflict:
    """One answer that contradicts what the inventory says; nothing is changed for it."""

    answer: Answer
    stated: str
    """What the inventory says, as written."""
    place: Mark


@dataclass
class Answered:
    """What the answers of a sheet come to."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    same: int = 0
    """Answers that the inventory says already."""
    notes: list[str] = field(default_factory=list)
    """Answers that change nothing, and why."""
    files: dict[Path, str] = field(default_factory=dict)
    """New texts of the files that change."""

    def change(self, document: Document, text: str) -> None:
        """Note that something is written, once."""
        change = Change(document.name, text)
        if change not in self.changes:
            self.changes.append(change)

    def conflict(self, document: Document, answer: Answer, node: yaml.Node) -> None:
        """Note that an answer contradicts what stands in a file."""
        mark = Mark(document.name, node.start_mark.line + 1, node.start_mark.column + 1)
        stated = " ".join(document.raw(node).split())
        self.conflicts.append(Conflict(answer, stated, mark))
