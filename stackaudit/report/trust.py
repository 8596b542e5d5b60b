"""Trust: how what people agreed to reaches the tools that contact them, agreements, transfers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import name, prose
from stackaudit.report.tables import Table
from stackaudit.result import SenderEntry, Served

REACH = ("consent-not-propagated", "late-suppression")
"""Checks whose findings the table of senders says already."""

_WORST: tuple[Served, ...] = ("no", "broken", "manual", "late", "unknown", "automatic")


@dataclass(frozen=True)
class Trust:
    """Consent reach, and what else is to be checked with counsel."""

    title: Markup
    reading: Markup | None
    senders: Table | None
    risks: Table | None
    risk_title: Markup | None


def trust(c: Context) -> Trust | None:
    """Return the section, or None where nobody is contacted and nothing is to be checked."""
    senders = c.result.senders
    risks = [f for f in c.open if f.category == "trust" and f.check not in REACH]
    if not senders and not risks:
        return None
    table = _risks(c) if risks else None
    risk_title = c.w("trust.risks", n=c.count("trust-risks", len(risks))) if risks else None
    if not senders:
        return Trust(risk_title or Markup(""), None, None, table, None)
    states: dict[str, set[Served]] = {}
    for s in senders:
        if s.transactional:
            continue  # an answer to an order needs no permission to be sent
        states.setdefault(s.tool, set()).add(s.served)
    reached = sum(v == {"automatic"} for v in states.values())
    unknown = sum("unknown" in v and v <= {"unknown", "automatic"} for v in states.values())
    title = c.w(
        "trust.title.none"
        if not states
        else "trust.title.nothing"
        if unknown == len(states)
        else "trust.title.unknown"
        if unknown
        else "trust.title",
        reached=c.count("senders-reached", reached),
        of=c.count("senders", len(states)),
        unknown=c.count("senders-unknown", unknown),
    )
    return Trust(title, c.w("trust.reading"), _senders(c, senders), table, risk_title)


def _senders(c: Context, senders: Sequence[SenderEntry]) -> Table:
    """Return a row for each sender and channel; scopes reached in the same way are one row."""
    rank = {s: i for i, s in enumerate(_WORST)}
    same: dict[tuple[object, ...], tuple[SenderEntry, dict[str, set[str]]]] = {}
    for s in senders:
        key = (
            *(s.tool, s.object, s.transactional, s.assumed, tuple(s.record)),
            *(s.record_declared, s.served, s.gated_by, s.delay_minutes),
            *((p.source, p.target, p.over) for p in s.path),
        )
        same.setdefault(key, (s, {}))[1].setdefault(s.channel_name, set()).add(s.scope)
    merged: list[tuple[SenderEntry, list[str], list[str]]] = []
    for s, by_channel in same.values():
        alike: dict[tuple[str, ...], list[str]] = {}
        for channel, where in sorted(by_channel.items()):
            alike.setdefault(tuple(sorted(where)), []).append(channel)
        merged += [(s, names, list(where)) for where, names in alike.items()]
    order = sorted(
        merged,
        key=lambda x: (x[0].transactional, rank[x[0].served], x[0].tool, x[1], x[2]),
    )
    rows = [
        (
            c.tool(s.tool),
            _channel(c, s, channels),
            _how(c, s),
            _delay(c, s),
            c.w("everywhere") if "all" in scopes else c.scopes(scopes),
            c.tool_list(s.record) if s.record else Markup(f"<i>{c.w('not-known')}</i>"),
        )
        for s, channels, scopes in order
    ]
    labels = [
        c.w(f"trust.col.{k}") for k in ("sender", "channel", "how", "delay", "scope", "record")
    ]
    return Table("sender-table", c.w("trust.senders"), labels, rows, note=c.rest_note(rows))


def _channel(c: Context, s: SenderEntry, channels: Sequence[str]) -> Markup:
    out = c.w.listed(name(n) for n in channels)
    if s.assumed:
        out += Markup(f' <span class="assumed">{c.w("assumed")}</span>')
    if s.transactional:
        out += Markup(f' <small class="sub">{c.w("trust.transactional")}</small>')
    return out


def _how(c: Context, s: SenderEntry) -> Markup:
    if s.gated_by:
        return c.w("trust.gated", tool=name(c.tool_name(s.gated_by)))
    if s.served == "no" and s.transactional:
        return Markup(f"<i>{c.w('trust.how.needless')}</i>")
    if s.served == "no":
        return Markup(f'<strong class="none">{c.w("trust.how.no")}</strong>')
    if s.path:
        # Names, not links: two links in a line are too close to be touched apart.
        ends = [s.path[0].source, *(step.target for step in s.path)]
        out = Markup(" → ").join(name(c.tool_name(end)) for end in ends)
        if s.served != "automatic":
            out += Markup(f' <small class="sub">{c.w(f"served.{s.served}")}</small>')
        return out
    if s.tool in s.record and s.served == "automatic":
        return c.w("trust.how.itself")
    return c.w(f"served.{s.served}")


def _delay(c: Context, s: SenderEntry) -> Markup | str:
    if s.delay_minutes is not None:
        return c.duration(s.delay_minutes)
    if s.served == "no" or s.gated_by or s.tool in s.record:
        return "–"
    return Markup(f"<i>{c.w('not-known')}</i>")


def _risks(c: Context) -> Table:
    rows = [
        (
            c.finding_link(f.id),
            c.severity(f.severity, f.confidence),
            prose(f.action.text) if f.action else "",
            c.people([f.action.owner] if f.action.owner else None) if f.action else "",
        )
        for f in c.open
        if f.category == "trust" and f.check not in REACH
    ]
    labels = [c.w(f"trust.col.{k}") for k in ("risk", "severity", "do", "who")]
    return Table("risk-table", c.w("trust.risk-table"), labels, rows, note=c.rest_note(rows))
