"""Repairs: the integrations worth building or mending first, and what each settles."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import prose
from stackaudit.report.tables import Table
from stackaudit.report.unknowns import bar
from stackaudit.result import Repair

FIRST = 8
"""Repairs shown; the others, and which findings each settles, are folded."""


@dataclass(frozen=True)
class Repairs:
    """The ranked repairs."""

    title: Markup
    first: Table
    settled: Table


def repairs(c: Context) -> Repairs | None:
    """Return the repairs, or None where no integration would settle anything."""
    found = c.result.repairs
    if not found:
        return None
    first = found[:FIRST]
    title = c.w(
        "repairs.title",
        n=c.count("repairs-first", len(first)),
        settled=c.count("repairs-settled", first[-1].settled_so_far),
        of=c.count("repairs-of", first[-1].of),
    )
    labels = [c.w(f"repairs.col.{k}") for k in ("integration", "kind", "settles", "sum", "share")]
    rows = [
        (
            prose(r.text),
            c.w(f"repairs.kind.{r.kind}"),
            len(r.settles),
            c.w("repairs.so-far", settled=r.settled_so_far, of=r.of),
            bar(r.settled_so_far, r.of),
        )
        for r in first
    ]
    shown = Table("repairs", c.w("repairs.table"), labels, rows, numeric=frozenset({2, 3}))
    every = [(r.rank, prose(r.text), r.settled_so_far, _settled(c, r)) for r in found]
    labels = [c.w(f"repairs.col.{k}") for k in ("rank", "integration", "sum", "findings")]
    settled = Table(
        "repairs-all",
        c.w("repairs.all", n=len(found)),
        labels,
        every,
        numeric=frozenset({2}),
        note=c.rest_note(every),
    )
    return Repairs(title, shown, settled)


def _settled(c: Context, repair: Repair) -> Markup:
    return c.finding_links(repair.settles)
