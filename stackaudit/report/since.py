"""Since last time: what an audit report says of the comparison with the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.compare.model import Comparison, State
from stackaudit.report import changes
from stackaudit.report.both import Since
from stackaudit.report.context import Context
from stackaudit.report.tables import Table

SAID: Final[tuple[State, ...]] = (
    "resolved",
    "new",
    "reclassified",
    "accepted",
    "not-judged",
    "open",
)
"""States in the order of the sentence; one that no finding is in is left out."""


@dataclass(frozen=True)
class LastTime:
    """What changed since an earlier audit."""

    line: Markup
    table: Table
    fresh: frozenset[str]


def last_time(c: Context, comparison: Comparison | None) -> LastTime | None:
    """Return what changed since last time, or None where the report was given no earlier audit."""
    if comparison is None:
        return None
    # What an author left out of the report is not told here either.
    kept = [x for x in comparison.changes if x.severity is None or x.id in c.findings]
    comparison = comparison.model_copy(update={"changes": kept})
    b, w = Since(comparison, c), c.w
    counts = {
        state: sum(changes.grave(x) != "info" for x in comparison.of(state)) for state in SAID
    }
    parts = [
        w(f"since.{s}", n=c.count(f"since-{s}", n)) for s, n in counts.items() if n or s == "open"
    ]
    line = w("since.line", day=b.days[0], what=w.listed(parts))
    if comparison.rules:
        line += Markup(" ") + w("since.rules", n=len(comparison.rules))
    return LastTime(
        line=line,
        table=changes.all_changes(b, changes.TOLD, "since", w("since.table", day=b.days[0])),
        fresh=frozenset(x.id for x in comparison.of("new")),
    )
