"""The appendices: registers, checks, what was accepted or left out, words and method."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import esc, name, prose, safe_href
from stackaudit.report.tables import Cell, Table
from stackaudit.result import FlowEntry, Left, ToolEntry


@dataclass(frozen=True)
class Appendix:
    """Everything behind the report, as tables."""

    title: Markup
    tools: Table
    integrations: Table
    checks: Table
    accepted: Table
    unmatched: Table
    out_of_scope: Table
    notes: Table
    glossary: Table
    files: Table
    method: list[Markup]


def appendix(c: Context) -> Appendix:
    """Return the appendices."""
    r, w = c.result, c.w
    return Appendix(
        title=w("appendix.title", n=c.count("checks-run", len(r.checks))),
        tools=_tools(c),
        integrations=_integrations(c),
        checks=_checks(c),
        accepted=_accepted(c),
        unmatched=_left(c, "unmatched", [*r.accepted_lapsed], [*r.accepted_unmatched]),
        out_of_scope=_left(c, "scope", r.out_of_scope, []),
        notes=Table(
            "notes",
            w("appendix.notes"),
            [w("col.note"), w("col.code"), w("col.place")],
            [(prose(n.text), n.code, _place(c, n.place)) for n in r.notes if n.code != "redacted"],
        ),
        glossary=_glossary(c),
        files=Table(
            "files",
            w("appendix.files"),
            [w("col.file"), w("col.sha")],
            [(name(f.name), Markup(f'<code class="hash">{esc(f.sha256)}</code>')) for f in r.files],
        ),
        method=[
            w("method.result" if c.named else "method.result.unnamed", version=r.version),
            w(f"method.day.{r.as_of_from}", day=c.day(r.as_of)),
            *([] if w.is_english else [w("language.note")]),
            w("method.unknown"),
            w("method.possible"),
            w("method.severity"),
            w("method.effort"),
            w("method.matrix"),
            w("method.hash", hash=Markup(f'<code class="hash">{esc(r.inventory_hash)}</code>')),
        ],
    )


def _place(c: Context, place: object) -> Markup:
    text = c.place(place)  # type: ignore[arg-type]
    return Markup(f"<cite>{esc(text)}</cite>") if text else Markup("")


def _unknown(c: Context) -> Markup:
    return Markup(f"<i>{c.w('not-known')}</i>")


def _tools(c: Context) -> Table:
    w = c.w
    labels = [
        w(f"col.{k}")
        for k in (
            "tool",
            "product",
            "capabilities",
            "data",
            "owner",
            "team",
            "status",
            "cost",
            "links",
            "place",
        )
    ]
    rows: list[tuple[Cell, ...]] = []
    for t in c.result.tools:
        label = name(t.name)
        href = safe_href(t.url) if t.url else None
        if href:
            label += Markup(f' <a class="ext" href="{esc(href)}" rel="noreferrer">{w("site")}</a>')
        if t.notes:
            label += Markup(f'<small class="sub">{esc(t.notes)}</small>')
        product = t.product_name or t.product or ""
        rows.append(
            (
                label,
                w("same-name")
                if product == t.name
                else product
                or w("no-product.ambiguous" if t.product_how == "ambiguous" else "no-product"),
                ", ".join(
                    c.capability_name(p.capability)
                    + (f" ({w('unused')})" if p.strength == "unused" else "")
                    for p in t.capabilities
                ),
                ", ".join(
                    f"{c.object_name(h.object)} ({', '.join(str(w(f'role.{r}')) for r in h.roles)})"
                    for h in t.data
                ),
                c.people(t.owner),
                c.team_name(t.team) if t.team else "",
                status_of(c, t),
                c.cost(t),
                t.sends_to + t.receives_from + t.carries,
                _place(c, t.place),
            )
        )
    return Table(
        "tools",
        w("appendix.tools"),
        labels,
        rows,
        anchors=[c.tool_anchors[t.id] for t in c.result.tools],
        css="wide",
        numeric=frozenset({7, 8}),
        note=c.rest_note(rows),
    )


def status_of(c: Context, t: ToolEntry) -> str:
    """Return the status of a tool in words, with its environment and scopes."""
    words = [
        t.status if c.w.has(f"status.{t.status}") is False else c.w.plain(f"status.{t.status}")
    ]
    if t.mentioned_only:
        words.append(c.w.plain("mentioned-only"))
    if t.environment != "production":
        words.append(t.environment)
    if t.scopes:
        words.append(c.scopes(t.scopes))
    return ", ".join(words)


def _integrations(c: Context) -> Table:
    w = c.w
    labels = [
        w(f"col.{k}")
        for k in (
            "integration",
            "carries",
            "method",
            "every",
            "via",
            "status",
            "owner",
            "verified",
            "place",
        )
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            flow_name(c, f),
            _unknown(c) if f.objects is None else ", ".join(c.object_name(o) for o in f.objects),
            f.method_name or f.method or _unknown(c),
            f.every or _unknown(c),
            c.tool_list(f.via) if f.via else "",
            c.w(f"status.{f.status}") if w.has(f"status.{f.status}") else f.status,
            c.people(f.owner),
            c.day(f.last_verified),
            _place(c, f.place),
        )
        for f in c.result.integrations
    ]
    return Table(
        "integrations",
        w("appendix.integrations"),
        labels,
        rows,
        anchors=[c.flow_anchors[f.id] for f in c.result.integrations],
        css="wide",
        note=c.rest_note(rows),
    )


def flow_name(c: Context, f: FlowEntry) -> Markup:
    """Return an integration as its two ends with an arrow."""
    arrow = {"one-way": "→", "both-ways": "↔", "unknown": "–"}[f.direction]
    ends = [name(c.tool_name(e)) if e else c.w("not-known") for e in (f.source, f.target)]
    return ends[0] + Markup(f" {arrow} ") + ends[1]


def _checks(c: Context) -> Table:
    w = c.w
    labels = [
        w(f"col.{k}")
        for k in (
            "check",
            "result",
            "examined",
            "confirmed",
            "possible",
            "unknown",
            "accepted",
            "thresholds",
        )
    ]
    rows: list[tuple[Cell, ...]] = []
    for k in c.result.checks:
        label = Markup(f"{esc(k.title)} <code>{esc(k.id)}</code>")
        if k.summary:
            label += Markup(f'<small class="sub">{esc(k.summary)}</small>')
        if k.origin != "stackaudit":
            label += Markup(f'<small class="sub">{w("check.origin", origin=k.origin)}</small>')
        state = Markup(f'<span class="st {k.status}">{w(f"check.{k.status}")}</span>')
        if k.error:
            state += Markup(f'<small class="sub">{esc(k.error)}</small>')
        rows.append(
            (
                label,
                state,
                f"{c.w.number(k.examined)} {k.examined_what}".strip(),
                k.confirmed or "",
                k.possible or "",
                k.unknown or "",
                k.accepted or "",
                ", ".join(f"{n.replace('_', ' ')}: {v}" for n, v in sorted(k.thresholds.items())),
            )
        )
    return Table(
        "checks",
        w("appendix.checks"),
        labels,
        rows,
        anchors=[c.check_anchors[k.id] for k in c.result.checks],
        numeric=frozenset({3, 4, 5, 6}),
    )


def _accepted(c: Context) -> Table:
    w = c.w
    labels = [w(f"col.{k}") for k in ("finding", "because", "by", "until", "ticket", "place")]
    rows: list[tuple[Cell, ...]] = []
    ids = []
    for f in c.accepted:
        a = f.accepted
        if a is None:
            continue
        facts = Markup("").join(
            Markup(f"<li>{esc(e.text)} <cite>{esc(c.place(e.place))}</cite></li>")
            for e in f.evidence
        )
        said = c.severity(f.severity) + Markup(f' {esc(f.sentence)}<ul class="facts">{facts}</ul>')
        rows.append(
            (
                said,
                c.reason(a.because),
                name(a.by) if a.by else "",
                c.day(a.until),
                c.reason(a.ticket) if a.ticket else "",
                _place(c, a.place),
            )
        )
        ids.append(c.finding_anchors[f.id])
    return Table("accepted", w("appendix.accepted"), labels, rows, anchors=ids)


def _left(c: Context, key: str, first: list[Left], second: list[Left]) -> Table:
    w = c.w
    rows: list[tuple[Cell, ...]] = [
        (name(x.name), c.reason(x.because), _place(c, x.place)) for x in [*first, *second]
    ]
    labels: list[Markup | str] = [w(f"col.{key}"), w("col.because"), w("col.place")]
    if key == "unmatched":
        labels.insert(1, w("col.what"))
        rows = [
            (r[0], w("lapsed") if i < len(first) else w("matches-nothing"), *r[1:])
            for i, r in enumerate(rows)
        ]
    return Table(f"left-{key}", w(f"appendix.{key}"), labels, rows)


def _glossary(c: Context) -> Table:
    w = c.w
    rows: list[tuple[Cell, ...]] = [
        (w(f"glossary.{k}"), w(f"glossary.{k}.is"))
        for k in (
            "gap",
            "overlap",
            "silo",
            "record",
            "carrier",
            "confirmed",
            "possible",
            "capability",
            "object",
        )
    ]
    used = {
        o.id
        for o in c.result.objects
        if o.captured_by or o.stored_by or o.activated_by or o.measured_by or o.flows
    }
    rows += [(name(o.name), o.definition) for o in c.result.objects if o.id in used]
    rows += [(name(k.name), k.definition) for k in c.result.capabilities if k.missing_in]
    return Table("glossary", w("appendix.glossary"), [w("col.word"), w("col.meaning")], rows)
