"""A finance export: many payments to a vendor. What they sum to is asked about, never decided."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from stackaudit.catalogue.match import folded
from stackaudit.importers.model import FoundTool
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.headers import Table
from stackaudit.importers.spreadsheet.money import plain, read_money
from stackaudit.importers.spreadsheet.rows import Reader, Row, known_name

_SHOWN: Final = 12


@dataclass(slots=True)
class _Payments:
    name: str
    number: int
    sums: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    days: list[str] = field(default_factory=list)
    count: int = 0


def is_finance(table: Table) -> bool:
    """Tell whether a list is one of payments: money with a day or an account, and no terms."""
    if table.kind != "tools" or not table.all("cost"):
        return False
    terms = ("contract.ends", "contract.renews", "contract.notice_days", "owner", "seats.paid")
    booked = table.column("invoice.date") or table.column("invoice.number")
    booked = booked or table.column("invoice.centre")
    return booked is not None and not any(table.column(key) for key in terms)


def read_payments(reader: Reader) -> None:
    """Read payments: vendors that are known become tools without a cost, with a question."""
    table, found = reader.table, reader.found
    name = table.column("vendor") or table.column("name")
    cost = table.all("cost")[0]
    sums: dict[str, _Payments] = {}
    for number, row in table.rows:
        text = reader.text(number, row, name.key or "vendor") if name else ""
        if not text or words.key(text) in words.TOTALS:
            continue
        payments = sums.setdefault(folded(text), _Payments(text, number))
        _add(reader, payments, number, row)
    found.counts["payments"] = sum(p.count for p in sums.values())
    found.counts["vendors"] = len(sums)
    strangers = []
    for payments in sums.values():
        said = _said(payments)
        if not known_name(reader.catalogue, payments.name):
            strangers.append(payments)
            place = reader.place(payments.number)
            key = f"payments#{payments.number}"
            found.strangers.append(FoundTool(key, payments.name, place, evidence=said))
            continue
        place = reader.place(payments.number)
        tool = FoundTool(f"payments#{payments.number}", payments.name, place, confidence="likely")
        tool.evidence = said
        found.tools.append(tool)
        found.ask(
            f"{payments.name}: {said}; is that what it costs a year? No cost was taken", place
        )
    strangers.sort(key=lambda p: (-max(p.sums.values(), default=Decimal(0)), p.name))
    if strangers:
        named = "; ".join(f"{p.name} ({_said(p)})" for p in strangers[:_SHOWN])
        more = f"; and {len(strangers) - _SHOWN} more" if len(strangers) > _SHOWN else ""
        found.left_out(
            f"vendors in no catalogue, which may be anything ({len(strangers)}): {named}{more}",
            hint="list those that are tools in a list of their own",
        )
    if cost.per is None:
        found.note("the amounts are read as single payments, not as costs of a year")
    reader.finish()


def _add(reader: Reader, payments: _Payments, number: int, row: Row) -> None:
    column = reader.table.all("cost")[0]
    value = reader.value(number, row, column)
    if isinstance(value, int | float) and not isinstance(value, bool):
        amount, currency = Decimal(str(value)), None
    else:
        text = str(value or "").strip()
        minus = text.startswith(("-", "–", "(")) or text.endswith("-")
        plain_text = text.strip("()–- ")
        if not plain_text:
            return
        money = read_money(plain_text, reader.options.style or reader.style(column))
        if money.low is None:
            if money.why:
                reader.found.ask(f"no payment was read: {money.why}", reader.place(number, column))
            return
        amount, currency = (-money.low if minus else money.low), money.currency
    currency = currency or reader.currency(number, row) or column.currency or ""
    payments.sums[currency] += amount
    payments.count += 1
    if reader.table.column("invoice.date") is not None:
        day = reader.day(number, row, "invoice.date")
        if day:
            payments.days.append(day)


def _said(payments: _Payments) -> str:
    each = [f"{plain(s)} {c}".strip() for c, s in sorted(payments.sums.items())]
    days = f" from {min(payments.days)} to {max(payments.days)}" if payments.days else ""
    number = "1 payment" if payments.count == 1 else f"{payments.count} payments"
    return f"{number}{days} of {' and '.join(each) or 'nothing readable'} together"
