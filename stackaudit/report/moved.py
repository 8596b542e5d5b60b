"""Money before and after: what moved the known cost, and what came of the savings promised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.report.both import Both
from stackaudit.report.context import Context
from stackaudit.report.safe import name, prose
from stackaudit.report.tables import Cell, Table
from stackaudit.result import Finding, Money

WAYS: Final = ("came", "dearer", "cheaper", "went", "known", "unknown")
"""How a cost moved; the last two are no change of cost, only of what is known."""


@dataclass(frozen=True)
class Moved:
    """The money of both results."""

    title: Markup
    reading: list[Markup]
    table: Table | None
    promised_title: Markup | None
    promised: Table | None
    not_comparable: Markup | None


@dataclass(frozen=True)
class _Step:
    way: str
    name: Markup
    was: Money | None
    now: Money | None
    low: float
    high: float


def moved(b: Both) -> Moved | None:
    """Return what became of the money, or None where neither result knows any."""
    totals = [c.result.spend.total for c in b.contexts]
    if not any(totals) and b.old.result.funds is None:
        return None
    w = b.w
    if not b.same_currency:
        was, now = (c.currency or w.plain("cmp.unknown") for c in b.contexts)
        text = w("cmp.money.currency", was=was, now=now)
        return Moved(text, [], None, None, None, text)
    title, reading, table = _cost(b)
    promised_title, promised = _promised(b)
    return Moved(title, reading, table, promised_title, promised, None)


def cost_itself(b: Both) -> tuple[float, float]:
    """Return how far cost moved, without costs that only one of the results knows."""
    real = [s for s in _steps(b) if s.way not in ("known", "unknown")]
    return sum(s.low for s in real), sum(s.high for s in real)


def _cost(b: Both) -> tuple[Markup, list[Markup], Table | None]:
    w = b.w
    was, now = (c.result.spend.total for c in b.contexts)
    if was is None or now is None:
        return w("cmp.money.missing.after" if was else "cmp.money.missing.before"), [], None
    steps = _steps(b)
    real = [s for s in steps if s.way not in ("known", "unknown")]
    low, high = sum(s.low for s in real), sum(s.high for s in real)
    values = {
        "was": w.fact("spend-before", was.high, b.money(was.low, was.high)),
        "now": w.fact("spend-after", now.high, b.money(now.low, now.high)),
    }
    if round(low) == round(high) == 0:
        title = w("cmp.money.title.same", **values)
    else:
        key = "more" if low + high > 0 else "less"
        least, most = sorted((abs(low), abs(high)))
        step = b.money(least, most)
        title = w(f"cmp.money.title.{key}", step=w.fact("spend-moved", abs(high), step), **values)
    known = [s for s in steps if s.way == "known"]
    unknown = [s for s in steps if s.way == "unknown"]
    reading = []
    if known:
        amount = b.money(sum(s.low for s in known), sum(s.high for s in known))
        reading.append(w("cmp.money.known", n=len(known), money=amount))
    if unknown:
        amount = b.money(-sum(s.low for s in unknown), -sum(s.high for s in unknown))
        reading.append(w("cmp.money.unknown", n=len(unknown), money=amount))
    rest = now.high - was.high - sum(s.high for s in steps)
    if abs(rest) >= 1:
        reading.append(w("cmp.money.rest", step=b.money_step(rest)))
    spends = [c.result.spend for c in b.contexts]
    reading.append(
        w(
            "cmp.money.coverage",
            was=spends[0].known_for,
            was_of=spends[0].of,
            now=spends[1].known_for,
            now_of=spends[1].of,
        )
    )
    rows: list[tuple[Cell, ...]] = [
        (
            s.name,
            w(f"cmp.money.way.{s.way}"),
            b.money(s.was.low, s.was.high) if s.was else "",
            b.money(s.now.low, s.now.high) if s.now else "",
            w("cmp.money.no-change") if s.way in ("known", "unknown") else spread(b, s.low, s.high),
        )
        for s in sorted(steps, key=lambda s: (WAYS.index(s.way), -abs(s.high), s.name))
    ]
    labels = [w(f"cmp.col.{k}") for k in ("cost", "how", "before", "after", "change")]
    note = w("cmp.rest", n=len(rows))
    numeric = frozenset({2, 3, 4})
    table = Table("moved-table", w("cmp.money.table"), labels, rows, numeric=numeric, note=note)
    return title, reading, table or None


def spread(b: Both, low: float, high: float) -> str | Markup:
    """Return how far an amount moved, as a range where its ends moved apart."""
    return b.span(low, high, b.money_step)


def _steps(b: Both) -> list[_Step]:
    """Return every cost that differs; one that a result does not know is no rise and no fall."""
    old, new = (_costs(c, b) for c in b.contexts)
    present_old = {b.tool_now(t.id) for t in b.old.in_use}
    present_new = {t.id for t in b.new.in_use}
    steps = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was and now and (was.low, was.high) == (now.low, now.high):
            continue
        low = (now.low if now else 0) - (was.low if was else 0)
        high = (now.high if now else 0) - (was.high if was else 0)
        kind, identity = key
        if was and now:
            way = "dearer" if low + high > 0 else "cheaper"
        elif now:
            there = identity in present_old if kind == "tool" else _tools(b.old, identity)
            way = "known" if there else "came"
        else:
            there = identity in present_new if kind == "tool" else _tools(b.new, identity)
            way = "unknown" if there else "went"
        steps.append(_Step(way, _named(b, kind, identity), was, now, low, high))
    return steps


def _costs(c: Context, b: Both) -> dict[tuple[str, str], Money]:
    """Return the known costs that the total counts: of tools, and of contracts that cover them.

    A company's own channels, and tools only mentioned, are not in the total.
    """
    old = c is b.old
    counted = {t.id: t for t in c.in_use if t.kind != "own-channel" and not t.mentioned_only}
    found = {
        ("tool", b.tool_now(t.id) if old else t.id): t.cost
        for t in counted.values()
        if t.cost is not None
    }
    for contract in c.result.contracts:
        users = [t for t in contract.tools if t in counted]
        if contract.cost is not None and users and not any(counted[t].cost for t in users):
            found["contract", contract.id] = contract.cost
    return found


def _tools(c: Context, contract: str) -> bool:
    """Tell whether a contract, or one of its tools, is there: then its cost is only not known."""
    in_use = {t.id for t in c.in_use}
    return any(k.id == contract and in_use.intersection(k.tools) for k in c.result.contracts)


def _named(b: Both, kind: str, identity: str) -> Markup:
    if kind == "tool":
        return name(b.tool_name(identity))
    return b.w("cmp.of.contract", name=name(b.contract_name(identity)))


def _promised(b: Both) -> tuple[Markup | None, Table | None]:
    """Return what the older result promised, and what came of it, finding by finding."""
    w = b.w
    funds = b.old.result.funds
    if funds is None or not funds.steps or funds.high <= 0:
        return None, None
    states = {c.id: c for c in b.comparison.changes}
    rows: list[tuple[Cell, ...]] = []
    sums: dict[str, float] = {}
    came: dict[str, float] = {}
    for step in funds.steps:
        for identity in step.findings:
            finding = b.old.findings.get(identity)
            if finding is None or finding.saving is None:
                continue
            change = states.get(identity)
            state = change.state if change else "open"
            sums[state] = sums.get(state, 0) + finding.saving.high
            due = w.day(step.from_day) if step.from_day else w("funds.undated")
            rows.append(
                (
                    prose(finding.sentence),
                    b.money(finding.saving.low, finding.saving.high),
                    due,
                    w(f"cmp.{state}"),
                    _came(b, finding),
                )
            )
            if state == "resolved":
                came.update(_known_steps(b, finding))
    if not rows:
        return None, None
    settled = sums.get("resolved", 0)
    title = w(
        "cmp.promised.title",
        money=w.fact("promised", funds.high, b.money(funds.high, funds.high)),
        settled=w.fact("promised-settled", settled, b.money(settled, settled)),
    )
    if came:
        title += w("cmp.promised.moved", step=b.money_step(sum(came.values())))
    labels = [w(f"cmp.promised.col.{k}") for k in ("finding", "promised", "from", "state", "came")]
    return title, Table(
        "promised-table", w("cmp.promised.table"), labels, rows, numeric=frozenset({1})
    )


def _known_steps(b: Both, finding: Finding) -> dict[str, float]:
    """Return tool → how far its cost moved, of a finding's tools whose cost both results know."""
    moves: dict[str, float] = {}
    for subject in finding.subjects:
        was = b.old.tools.get(subject.id) if subject.kind == "tool" else None
        if was is None or was.cost is None:
            continue
        now = b.new.tools.get(b.tool_now(was.id))
        if now is None or not now.in_use:
            moves[was.id] = -was.cost.high
        elif now.cost is not None:
            moves[was.id] = now.cost.high - was.cost.high
    return moves


def _came(b: Both, finding: Finding) -> Markup:
    """Return how the known cost of a finding's tools moved."""
    parts = []
    for subject in finding.subjects:
        was = b.old.tools.get(subject.id) if subject.kind == "tool" else None
        if was is None:
            continue
        now = b.new.tools.get(b.tool_now(was.id))
        label = name(was.name)
        if now is None or not now.in_use:
            amount = b.money_step(-was.cost.high) if was.cost else b.w.plain("cmp.unknown")
            parts.append(b.w("cmp.promised.gone", tool=label, step=amount))
        elif was.cost is None or now.cost is None:
            parts.append(b.w("cmp.promised.unknown", tool=label))
        else:
            low, high = now.cost.low - was.cost.low, now.cost.high - was.cost.high
            parts.append(b.w("cmp.promised.step", tool=label, step=spread(b, low, high)))
    return Markup("; ").join(parts)
