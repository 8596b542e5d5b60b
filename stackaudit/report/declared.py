"""Declared and observed: the tools of the inventory beside the lists of others."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import name
from stackaudit.report.tables import Cell, Table
from stackaudit.result import ObservedList, ObservedRow, Reconciliation

COLUMNS = 5
"""Lists that get a column each; more are named in one."""

ASIDE = ("unrecognised", "ignored")
"""Names that stand in a table of their own, folded."""


@dataclass(frozen=True)
class Declared:
    """Which lists show what, and what only the inventory has."""

    title: Markup
    reading: Markup
    table: Table
    aside: Table
    aside_title: Markup


def declared(c: Context) -> Declared | None:
    """Return the part of the report, or None where the inventory has no lists of others."""
    seen = c.result.observed
    if seen is None:
        return None
    w = c.w
    missing = sum(r.state == "only-observed" for r in seen.rows)
    aside = [r for r in seen.rows if r.state in ASIDE]
    return Declared(
        title=w("declared.title", n=c.count("observed-only", missing)),
        reading=w("declared.reading", lists=w.listed(_about(c, one) for one in seen.lists)),
        table=_table(c, seen),
        aside=_aside(c, aside),
        aside_title=w("declared.aside", n=len(aside)),
    )


def _about(c: Context, one: ObservedList) -> Markup:
    """Return a list in words: its name, its day, and whether it is all there is."""
    day = c.day(one.as_of) or c.w("not-stated")
    whole = "declared.list.complete" if one.complete else "declared.list"
    return c.w(whole, list=name(one.name), day=day, n=one.names)


def _table(c: Context, seen: Reconciliation) -> Table:
    w = c.w
    rows = [r for r in seen.rows if r.state not in ASIDE]
    wide = len(seen.lists) <= COLUMNS
    columns: list[Markup | str] = [w("declared.col.name"), w("declared.col.state")]
    columns += [name(one.name) for one in seen.lists] if wide else [w("declared.col.lists")]
    return Table(
        "declared",
        w("declared.table"),
        columns,
        [
            (
                c.tool(r.tool) if r.tool is not None else name(r.name),
                _state(c, r),
                *(
                    [_cell(c, r, one) for one in seen.lists]
                    if wide
                    else [w.listed(name(n) for n in dict.fromkeys(s.seen_in for s in r.seen))]
                ),
            )
            for r in rows
        ],
        note=c.rest_note(rows),
    )


def _state(c: Context, row: ObservedRow) -> Markup:
    if row.state == "likely":
        return c.w("declared.likely", tools=c.tool_list(row.maybe, limit=3))
    return c.w(f"declared.{row.state}")


def _cell(c: Context, row: ObservedRow, one: ObservedList) -> Cell:
    """Return how a list shows a tool: its own name for it, or whether it is on it."""
    names = dict.fromkeys(s.name for s in row.seen if s.seen_in == one.name)
    if not names:
        return c.w("no") if one.complete else ""
    others = [n for n in names if n.casefold() != row.name.casefold()]
    return c.w.listed((name(n) for n in others), limit=2) if others else c.w("yes")


def _aside(c: Context, rows: list[ObservedRow]) -> Table:
    w = c.w
    return Table(
        "declared-aside",
        w("declared.aside.table"),
        [w("declared.col.name"), w("declared.col.lists"), w("declared.col.why")],
        [
            (
                name(r.name),
                w.listed(name(n) for n in dict.fromkeys(s.seen_in for s in r.seen)),
                c.reason(r.because)
                if r.state == "ignored"
                else w("declared.like", names=w.listed(name(n) for n in r.like))
                if r.like
                else w("declared.unrecognised"),
            )
            for r in rows
        ],
        note=c.rest_note(rows),
    )
