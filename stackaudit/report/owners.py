"""Ownership: who answers for which tool, and which hubs nobody answers for."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.tables import Table
from stackaudit.result import ToolEntry

HUBS = 12
"""Tools in the table of hubs."""


@dataclass(frozen=True)
class Owners:
    """Who answers for what."""

    title: Markup
    reading: Markup
    hubs: Table
    without: Markup | str
    unknown: Markup | str


def degree(tool: ToolEntry) -> int:
    """Return on how many live integrations a tool takes part, as an end or a carrier."""
    return tool.sends_to + tool.receives_from + tool.carries


def owners(c: Context) -> Owners | None:
    """Return the section, or None where the inventory says nothing of owners."""
    named = [t for t in c.in_use if t.owner]
    none = [t for t in c.in_use if t.owner is not None and not t.owner]
    unknown = [t for t in c.in_use if t.owner is None]
    if not named and not none:
        return None
    title = c.w("owners.title", n=c.count("owned", len(named)), tools=c.tools_in_use())
    parts = []
    if none:
        parts.append(c.w("owners.none", n=c.count("stated-unowned", len(none))))
    if unknown:
        parts.append(c.w("owners.nobody", n=c.count("owner-unknown", len(unknown))))
    reading = Markup(" ").join(parts)
    hubs = sorted((t for t in c.in_use if degree(t)), key=lambda t: (-degree(t), t.id))[:HUBS]
    rows = [
        (
            c.tool(t.id),
            c.people(t.owner),
            c.team_name(t.team) if t.team else "",
            t.sends_to,
            t.receives_from,
            t.carries or "",
        )
        for t in hubs
    ]
    labels = [
        c.w(f"owners.col.{k}") for k in ("tool", "owner", "team", "sends", "receives", "carries")
    ]
    table = Table("hub-table", c.w("owners.hubs"), labels, rows, numeric=frozenset({3, 4, 5}))
    return Owners(
        title,
        reading,
        table,
        c.tool_list(t.id for t in none),
        c.tool_list((t.id for t in unknown), limit=30),
    )
