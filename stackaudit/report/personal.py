"""Data about people: where it is held, and how it moves."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.appendix import flow_name
from stackaudit.report.context import Context
from stackaudit.report.matrix import ObjectMatrix, object_matrices
from stackaudit.report.safe import name
from stackaudit.report.tables import Table
from stackaudit.result import FlowEntry, ObjectEntry


@dataclass(frozen=True)
class Personal:
    """The objects that are about people, and the integrations that carry them."""

    title: Markup
    reading: Markup
    objects: list[ObjectMatrix]
    table: Table
    flows: Table


def about_people(thing: ObjectEntry) -> bool:
    """Tell whether an object is about persons, be it under a pseudonym."""
    return thing.personal in ("yes", "pseudonymous")


def personal(c: Context) -> Personal | None:
    """Return the section, or None where no tool handles data about people."""
    held = [
        o
        for o in c.result.objects
        if about_people(o) and (o.captured_by or o.stored_by or o.activated_by or o.measured_by)
    ]
    if not held:
        return None
    ids = {o.id for o in held}
    carrying = [f for f in c.result.integrations if _carried(f, ids)]
    unknown = [f for f in c.result.integrations if f.objects is None]
    pictures, table = object_matrices(c, lambda o: o.id in ids)
    return Personal(
        title=c.w(
            "personal.title",
            n=c.count("personal-objects", len(held)),
            flows=c.w("integrations", n=c.count("personal-flows", len(carrying))),
        ),
        reading=c.w("personal.reading"),
        objects=pictures,
        table=table,
        flows=_flows(c, [*carrying, *unknown], ids),
    )


def _carried(flow: FlowEntry, ids: set[str]) -> list[str]:
    """Return the objects about people a flow is declared to carry; a part counts for its whole."""
    return [o for o in flow.objects or () if o.partition("/")[0] in ids]


def _flows(c: Context, flows: list[FlowEntry], ids: set[str]) -> Table:
    w = c.w
    unknown = Markup(f"<i>{w('not-known')}</i>")
    rows = [
        (
            flow_name(c, f),
            unknown
            if f.objects is None
            else w.listed(name(c.object_name(o)) for o in _carried(f, ids)),
            f.method_name or f.method or unknown,
            f.every or unknown,
            _gate(c, f),
            c.w(f"status.{f.status}") if w.has(f"status.{f.status}") else f.status,
            c.people(f.owner),
            c.place(f.place),
        )
        for f in flows
    ]
    keys = (
        *("col.integration", "personal.col.carries", "col.method", "col.every"),
        *("personal.col.gate", "col.status", "col.owner", "col.place"),
    )
    return Table(
        "integrations",
        w("personal.flows"),
        [w(k) for k in keys],
        rows,
        anchors=[c.flow_anchors[f.id] for f in flows],
        css="wide",
        note=c.rest_note(rows),
    )


def _gate(c: Context, flow: FlowEntry) -> Markup:
    if flow.gated_by is None:
        return Markup(f"<i>{c.w('not-stated')}</i>")
    return c.tool_list(flow.gated_by) or c.w("stated-none")


def tools_with_personal_data(c: Context) -> Table:
    """Return the tools with the data about people that each handles."""
    w = c.w
    people = {o.id for o in c.result.objects if about_people(o)}
    said = {None: Markup(f"<i>{w('not-stated')}</i>"), True: w("yes"), False: w("no")}
    rows = []
    for t in c.result.tools:
        held = [
            f"{c.object_name(h.object)} ({', '.join(w.plain(f'role.{r}') for r in h.roles)})"
            + (f" ({w.plain('assumed')})" if h.assumed else "")
            for h in t.data
            if h.object.partition("/")[0] in people
        ]
        rows.append(
            (
                name(t.name),
                name(t.vendor) if t.vendor else "",
                said[t.personal_data],
                ", ".join(held),
                c.scopes(t.scopes) or w("everywhere"),
                c.people(t.owner),
                c.place(t.place),
            )
        )
    keys = (
        *("col.tool", "money.col.contract", "personal.col.stated", "personal.col.held"),
        *("trust.col.scope", "col.owner", "col.place"),
    )
    return Table(
        "tools",
        w("personal.tools"),
        [w(k) for k in keys],
        rows,
        anchors=[c.tool_anchors[t.id] for t in c.result.tools],
        css="wide",
        note=c.rest_note(rows),
    )
