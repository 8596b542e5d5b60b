"""Silos: who exchanges nothing, what is held there, and the bridge that would end it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import prose
from stackaudit.report.tables import Table

SILO_CHECKS = (
    "trapped-data",
    "blind-tool",
    "disconnected-island",
    "manual-bridge",
    "broken-integration",
    "no-system-of-record",
)

FIRST = 20
"""Silos that are not folded away, the gravest first."""


@dataclass(frozen=True)
class Silos:
    """The sentence of the section, how to read it, and the table of silos."""

    title: Markup
    reading: Markup
    table: Table
    more: Table | None


def silos(c: Context) -> Silos | None:
    """Return the silos, or None for an inventory without tools."""
    if not c.in_use:
        return None
    none = len(c.unconnected)
    values = {"n": c.count("unconnected", none), "tools": c.tools_in_use()}
    if not c.result.integrations:
        title = c.w("silos.title.nothing-recorded", tools=c.tools_in_use())
        reading = c.w("silos.reading.nothing-recorded")
    else:
        mine = [f for f in c.problems if f.category == "silos"]
        sure = sum(f.confidence == "confirmed" for f in mine)
        if sure:
            found = c.w("silos.found", n=c.count("area-silos-confirmed", sure))
        else:
            found = c.w("silos.possible", n=c.count("area-silos-possible", len(mine)))
        title = c.w(
            "silos.title" if c.complete("integrations") else "silos.title.recorded",
            found=found,
            **values,
        )
        reading = (
            c.w("silos.reading") if c.complete("integrations") else c.w("silos.reading.incomplete")
        )
    rows = []
    for finding in c.of(*SILO_CHECKS):
        if finding.led_by in c.findings:
            continue
        held = [c.object_name(s.id) for s in finding.subjects if s.kind == "object"]
        held += [
            c.object_name(s.id)
            for i in finding.leads
            if i in c.findings
            for s in c.findings[i].subjects
            if s.kind == "object"
        ]
        rows.append(
            (
                c.finding_link(finding.id),
                c.w(f"confidence.{finding.confidence}"),
                ", ".join(dict.fromkeys(held)),
                prose(finding.action.text) if finding.action else "",
                c.w(f"size.{finding.action.effort}") if finding.action else "",
            )
        )
    labels = [c.w(f"silos.col.{k}") for k in ("silo", "confidence", "data", "bridge", "effort")]
    table = Table("silo-table", c.w("silos.table"), labels, rows[:FIRST])
    more = None
    if rest := rows[FIRST:]:
        caption = c.w("silos.more", n=len(rest))
        more = Table("silo-rest", caption, labels, rest, note=c.rest_note(rest))
    return Silos(title, reading, table, more)
