"""Funds: what better operations free for campaigns, from when, and how it was counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import prose
from stackaudit.report.tables import Table
from stackaudit.result import Money


@dataclass(frozen=True)
class Freed:
    """The savings that are sure, step by step, and those that may come on top."""

    title: Markup
    steps: Table | None
    formula: Markup
    possible: Markup | None


SETTLED = 8
"""Findings named in a step; the others are counted, and stand in the register."""


def _by(c: Context, findings: Sequence[str]) -> Markup:
    """Return links to the findings of a step."""
    links = [Markup(str(c.finding_link(i)).replace(".</a>", "</a>")) for i in findings[:SETTLED]]
    more = len(findings) - len(links)
    if more:
        links.append(Markup(f'<a href="#findings">{c.w("funds.more", n=more)}</a>'))
    return Markup("; ").join(links)


def funds(c: Context) -> Freed | None:
    """Return what is freed, or None where no saving is known."""
    f = c.result.funds
    if f is None or (f.high <= 0 and f.possible_high <= 0):
        return None
    more = None
    if f.possible_high > 0:
        amount = c.money(Money(low=f.possible_high, high=f.possible_high, basis=""))
        more = c.w("funds.possible", money=c.w.fact("funds-possible", f.possible_high, amount))
    if f.high <= 0:
        return Freed(c.w("funds.title.none"), None, prose(f.formula), more)
    total = c.w.fact("funds", f.high, c.money(Money(low=f.high, high=f.high, basis="")))
    first = next((s.from_day for s in f.steps if s.from_day), None)
    if first is None:
        title = c.w("funds.title.undated", money=total)
    elif len(f.steps) == 1:
        title = c.w("funds.title.one", money=total, day=c.day(first))
    else:
        title = c.w("funds.title", money=total, day=c.day(first))
    rows = [
        (
            c.day(s.from_day) if s.from_day else Markup(f"<i>{c.w('funds.undated')}</i>"),
            c.money(Money(low=s.low, high=s.high, basis="")),
            _by(c, s.findings),
        )
        for s in f.steps
    ]
    labels = [c.w(f"funds.col.{k}") for k in ("from", "saved", "by")]
    table = Table("funds-table", c.w("funds.table"), labels, rows, numeric=frozenset({1}))
    return Freed(title, table, prose(f.formula), more)
