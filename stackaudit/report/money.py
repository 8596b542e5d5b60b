"""Money and renewals: what is known to be spent, and the contracts of the next year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import name
from stackaudit.report.svg import Svg, fit, width
from stackaudit.report.tables import Table
from stackaudit.result import ContractEntry, Money

STRIP = 25
"""Contracts drawn in the strip of the next twelve months; the table has all."""


@dataclass(frozen=True)
class Spending:
    """Cost by area and the contracts of the next twelve months."""

    title: Markup
    reading: Markup
    bars: Markup | None
    bars_title: Markup
    bar_table: Table | None
    strip: Markup | None
    contracts: Table
    soon: Markup | None


def spending(c: Context) -> Spending | None:
    """Return the section, or None where neither a cost nor a contract is known."""
    s, w = c.result.spend, c.w
    contracts = sorted(c.result.contracts, key=lambda k: (k.ends or date.max, k.id))
    costly = s.total is not None and s.total.high > 0
    if not costly and not contracts:
        return None
    total = c.money(s.total)
    if s.total and costly:
        title = w(
            "money.title",
            total=w.fact("spend-total", s.total.high, total),
            known=c.count("cost-known", s.known_for),
            of=c.count("cost-of", s.of),
        )
    elif "costs" in c.result.redacted and s.known_for:
        title = w(
            "money.title.withheld",
            known=c.count("cost-known", s.known_for),
            of=c.count("cost-of", s.of),
        )
    else:
        title = w("money.title.unknown", n=c.count("contracts", len(contracts)))
    order = sorted(s.by_domain.items(), key=lambda x: (-x[1].high, x[0]))
    bar_table = None
    if order and costly:
        rows = [(name(c.domains.get(d, d)), c.money(m)) for d, m in order]
        bar_table = Table(
            "spend-table",
            w("money.by-area"),
            [w("money.col.area"), w("money.col.cost")],
            rows,
            numeric=frozenset({1}),
        )
    year = _year(c, contracts)
    labels = [
        w(f"money.col.{k}")
        for k in ("contract", "tools", "cost", "ends", "notice", "renews", "decides")
    ]
    about = _redundancies(c)
    hidden = "costs" in c.result.redacted
    rows2 = [
        (
            name(k.vendor or k.id),
            c.tool_list(k.tools),
            c.money(k.cost) if k.cost or not hidden else Markup(f"<i>{w('withheld')}</i>"),
            c.day(k.ends),
            c.day(k.notice_day) if k.notice_day else w("not-known"),
            w("not-known") if k.auto_renews is None else w("yes") if k.auto_renews else w("no"),
            _decides(c, k, about),
        )
        for k in contracts
    ]
    table = Table("contract-table", w("money.contracts"), labels, rows2, numeric=frozenset({2}))
    reading = (
        w("money.reading", basis=s.total.basis)
        if costly and s.total and s.total.basis
        else Markup("")
    )
    return Spending(
        title,
        reading,
        _bars(c, order) if costly else None,
        _bars_title(c, order),
        bar_table,
        year,
        table,
        _soon(c, contracts),
    )


def _soon(c: Context, contracts: list[ContractEntry]) -> Markup | None:
    due = [
        k
        for k in contracts
        if k.notice_day
        and k.auto_renews is not False
        and 0 <= (k.notice_day - c.result.as_of).days <= 90
    ]
    if not due:
        return None
    return c.w(
        "money.soon",
        n=c.count("notice-soon", len(due)),
        names=c.w.listed(c.tool_list(k.tools) for k in due),
    )


def _redundancies(c: Context) -> dict[str, dict[str, int]]:
    """Return tool → the open findings of redundancy about it, each with its place among all."""
    about: dict[str, dict[str, int]] = {}
    for place, finding in enumerate(c.open):
        if finding.check != "renewal-deadline" and finding.category == "redundancies":
            for subject in finding.subjects:
                if subject.kind == "tool":
                    about.setdefault(subject.id, {})[finding.id] = place
    return about


def _decides(c: Context, contract: ContractEntry, about: dict[str, dict[str, int]]) -> Markup:
    found: dict[str, int] = {}
    for tool in contract.tools:
        found.update(about.get(tool, {}))
    return c.finding_links(sorted(found, key=lambda f: found[f]))


def _bars_title(c: Context, order: list[tuple[str, Money]]) -> Markup:
    """Return which area costs most, where there are several to compare."""
    if len(order) < 2 or order[0][1].high <= 0:
        return c.w("money.bars")
    domain, most = order[0]
    return c.w("money.bars.title", area=name(c.domains.get(domain, domain)), money=c.money(most))


def _bars(c: Context, order: list[tuple[str, Money]]) -> Markup | None:
    if not order:
        return None
    top = max(m.high for _, m in order) or 1.0
    left, bar, step = 216.0, 330.0, 27.0
    svg = Svg(left + bar + 110, step * len(order) + 4, c.w.plain("money.bars"), "pic bars")
    for i, (domain, money) in enumerate(order):
        y = i * step + 4
        label = c.domains.get(domain, domain)
        svg.text(left - 10, y + 14, fit(label, 12.5, left - 14), "lab end", title=label)
        long = bar * money.high / top
        svg.rect(left, y, long, 18, "b")
        if money.low < money.high:
            svg.rect(left + bar * money.low / top, y, long - bar * money.low / top, 18, "b range")
        svg.text(left + long + 6, y + 14, c.money(money), "val")
    return svg.done()


def _year(c: Context, contracts: list[ContractEntry]) -> Markup | None:
    """Draw the next twelve months: notice days as open diamonds, ends as filled bars."""
    start = c.result.as_of
    stop = date(start.year + 1, start.month, min(start.day, 28))
    shown = [
        k
        for k in contracts
        if (k.ends and start <= k.ends <= stop) or (k.notice_day and start <= k.notice_day <= stop)
    ][:STRIP]
    if not shown:
        return None
    left, wide, step, top = 170.0, 800.0, 30.0, 26.0
    days = (stop - start).days
    high = top + step * len(shown) + 8
    svg = Svg(left + wide + 24, high, c.w.plain("money.strip"), "pic year")

    def x(day: date) -> float:
        return left + wide * min(max((day - start).days, 0), days) / days

    month = start.replace(day=1)
    while month <= stop:
        if month >= start:
            svg.line(x(month), top - 6, x(month), high, "tick")
            if x(month) < left + wide - 30:
                svg.text(
                    x(month) + 4,
                    top - 10,
                    f"{c.w.month(month)} {month.year % 100:02d}"
                    if month.month == 1 or month == start
                    else c.w.month(month),
                    "ax",
                )
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    for i, contract in enumerate(shown):
        y = top + i * step + 15
        label = ", ".join(c.tool_name(t) for t in contract.tools) or contract.id
        svg.text(left - 12, y + 4, fit(label, 12.5, left - 20), "lab end", title=label)
        svg.line(left, y, left + wide, y, "rail")
        ends = contract.ends
        notice = contract.notice_day
        if ends and notice and notice < ends:
            svg.line(x(notice), y, x(ends), y, "span")
        if ends and start <= ends <= stop:
            svg.rect(
                x(ends) - 3,
                y - 8,
                6,
                16,
                "end" if contract.auto_renews is not False else "end off",
                title=f"{c.w.plain('money.ends')} {c.day(ends)}",
            )
        bar = x(ends) if ends and start <= ends <= stop else None
        if notice and start <= notice <= stop:
            svg.raw(f'<path d="M{x(notice):.1f} {y - 8:.1f}l8 8-8 8-8-8z" class="notice"/>')
            text = c.w.plain("money.notice-by", day=c.day(notice))
            svg.text(_beside(text, x(notice) + 12, bar, left + wide), y - 5, text, "note")
        elif ends and notice and notice < start:
            text = c.w.plain("money.notice-past", day=c.day(notice))
            svg.text(_beside(text, left + 4, bar, left + wide), y - 5, text, "note past")
        elif notice is None and bar is not None:
            text = c.w.plain("money.notice-unknown")
            svg.text(_beside(text, bar + 8, None, left + wide), y - 5, text, "note")
    return svg.done()


def _beside(text: str, start: float, bar: float | None, end: float) -> float:
    """Return where a text beside a mark begins: across no bar, and inside the picture."""
    room = width(text, 11)
    right = bar + 8 if bar is not None and start - 4 < bar < start + room + 4 else start
    return right if right + room <= end else start - 24 - room
