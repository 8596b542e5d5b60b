"""What is declared beside what is observed: the lists of others and the rows of both together."""

from __future__ import annotations

from stackaudit.graph import Stack
from stackaudit.graph.facts import place_of
from stackaudit.resolve.observed import Row
from stackaudit.result import ObservedList, ObservedRow, Reconciliation, Sight


def reconciliation(stack: Stack) -> Reconciliation | None:
    """Return tools and lists side by side; None where the inventory has no lists."""
    lists = stack.inventory.observed
    if not lists:
        return None
    return Reconciliation(
        lists=[
            ObservedList(
                name=shown.name,
                shows=shown.shows,
                as_of=shown.as_of,
                complete=shown.complete,
                names=len(shown.entries),
                place=place_of(shown),
            )
            for shown in lists
        ],
        rows=[_row(row) for row in stack.observed],
    )


def _row(row: Row) -> ObservedRow:
    reasons = [s.ignored for s in row.sightings if s.ignored]
    return ObservedRow(
        key=row.key,
        name=row.name,
        state=row.state,
        tool=row.tool,
        product=row.product.id if row.product is not None else None,
        seen=[
            Sight(seen_in=s.shown.name, name=s.entry.name, evidence=s.entry.evidence or "")
            for s in row.sightings
        ],
        maybe=list(row.maybe),
        like=list(row.like[:3]),
        because=reasons[0] if reasons else None,
    )
