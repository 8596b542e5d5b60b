"""Findings the company lives with: marked, never hidden; lapsed and unmatched ones are reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase

from stackaudit.graph.facts import place_of
from stackaudit.inventory.schema import Accepted
from stackaudit.result import Acceptance, Finding, Left
from stackaudit.source.words import make_id


@dataclass(frozen=True, slots=True)
class Acceptances:
    """Findings with their acceptances, and the acceptances that lapsed or match nothing."""

    findings: list[Finding]
    lapsed: list[Left]
    unmatched: list[Left]


def accept(entries: Sequence[Accepted], findings: Iterable[Finding], as_of: date) -> Acceptances:
    """Mark every finding that an entry names; past its date the entry counts as lapsed."""
    marked: list[Finding] = []
    used: set[int] = set()
    for finding in findings:
        best: Acceptance | None = None
        for number, entry in enumerate(entries):
            if not matches(entry, finding):
                continue
            used.add(number)
            lapsed = entry.until < as_of
            if best is None or (best.lapsed and not lapsed):
                best = Acceptance(
                    because=entry.because,
                    by=entry.by,
                    until=entry.until,
                    ticket=entry.ticket,
                    lapsed=lapsed,
                    place=place_of(entry),
                )
        marked.append(finding if best is None else finding.model_copy(update={"accepted": best}))
    return Acceptances(
        marked,
        [_left(e) for n, e in enumerate(entries) if n in used and e.until < as_of],
        [_left(e) for n, e in enumerate(entries) if n not in used],
    )


def matches(entry: Accepted, finding: Finding) -> bool:
    """Return whether an entry names a finding: check, key, tool, integration or object (globs)."""
    if not fnmatchcase(finding.check, entry.check):
        return False
    if entry.key is not None and not fnmatchcase(finding.key, entry.key):
        return False
    for kind, wanted in (
        ("tool", entry.tool),
        ("integration", entry.integration),
        ("object", entry.object),
    ):
        if wanted is None:
            continue
        ids = [s.id for s in finding.subjects if s.kind == kind]
        if not any(fnmatchcase(i, wanted) or i == make_id(wanted) for i in ids):
            return False
    return True


def _left(entry: Accepted) -> Left:
    about = next(
        (
            f"{word} {value}"
            for word, value in (
                ("key", entry.key),
                ("tool", entry.tool),
                ("integration", entry.integration),
                ("object", entry.object),
            )
            if value
        ),
        "everything",
    )
    return Left(name=f"{entry.check}, {about}", because=entry.because, place=place_of(entry))
