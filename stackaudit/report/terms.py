"""The register of tools as finance reads it: who is paid how much, until when, for how many."""

from __future__ import annotations

from markupsafe import Markup

from stackaudit.report.appendix import status_of
from stackaudit.report.context import Context
from stackaudit.report.safe import name
from stackaudit.report.tables import Table


def tools_with_terms(c: Context) -> Table:
    """Return the tools with cost, contract and seats."""
    w = c.w
    contracts = {tool: k for k in c.result.contracts for tool in k.tools}
    rows = []
    for t in c.result.tools:
        contract = contracts.get(t.id)
        notice: Markup | str = ""
        if contract:
            notice = c.day(contract.notice_day) or Markup(f"<i>{w('not-known')}</i>")
        rows.append(
            (
                name(t.name),
                name(t.vendor) if t.vendor else "",
                c.people(t.owner),
                status_of(c, t),
                c.cost(t),
                c.day(contract.ends) if contract else "",
                notice,
                t.seats_paid,
                t.seats_active,
                c.place(t.place),
            )
        )
    keys = (
        *("col.tool", "money.col.contract", "col.owner", "col.status", "money.col.cost"),
        *("money.col.ends", "money.col.notice", "audience.col.paid", "audience.col.active"),
    )
    return Table(
        "tools",
        w("audience.tools"),
        [w(k) for k in (*keys, "col.place")],
        rows,
        anchors=[c.tool_anchors[t.id] for t in c.result.tools],
        css="wide",
        numeric=frozenset({4, 7, 8}),
        note=c.rest_note(rows),
    )
