"""What a row of tools says about money, seats and the end of a contract."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from stackaudit.importers.model import FoundTool
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.grid import shown
from stackaudit.importers.spreadsheet.headers import Column, at
from stackaudit.importers.spreadsheet.money import Money, plain
from stackaudit.importers.spreadsheet.rows import Reader, Row, price_of_a_year
from stackaudit.source.words import make_id


def money_of(
    reader: Reader,
    costs: Sequence[Column],
    number: int,
    row: Row,
    tool: FoundTool,
    facts: dict[str, Any],
    notes: list[str],
) -> None:
    """Take cost and seats of a row.

    ``costs`` are its columns of money, the first that says one counts.
    """
    seats: dict[str, Any] = {
        "paid": reader.count(number, row, "seats.paid", "seats"),
        "active": reader.count(number, row, "seats.active", "active users"),
    }
    column = reader.table.column("seats.users")
    users = reader.text(number, row, "seats.users")
    if column is not None and re.search(r"\d", users):
        count = reader.count(number, row, "seats.users", "users")
        if count is not None and reader.table.column("seats.paid") is None:
            seats["paid"] = count
            reader.say_once(
                f"column {column.title!r} is read as seats paid for: if it means people who log "
                "in, map it to seats.active",
                reader.place(reader.table.header_row, column),
            )
        elif count is not None:
            notes.append(f"{column.title}: {count}")
    assigned = reader.table.column("seats.assigned")
    if assigned is not None and reader.text(number, row, "seats.assigned"):
        notes.append(f"{assigned.title}: {reader.text(number, row, 'seats.assigned')}")
    if _joint_cost(reader, costs, number, row):
        facts["seats"] = {k: v for k, v in seats.items() if v is not None}
        return
    cost, price = reader.cost(number, row, costs)
    facts["cost"] = cost
    if price is not None:
        _price(reader, number, tool, price, seats, notes, cost)
    facts["seats"] = {k: v for k, v in seats.items() if v is not None}


def _price(
    reader: Reader,
    number: int,
    tool: FoundTool,
    price: Money,
    seats: dict[str, Any],
    notes: list[str],
    cost: Any,
) -> None:
    """Take the price of a seat where the seats and the period are known; else ask."""
    year, place = price_of_a_year(price), reader.place(number)
    currency = price.currency or ""
    stated = cost.get("currency") if isinstance(cost, dict) else None
    base = stated or reader.own_currency
    amount = f"{price.amount} {currency}".strip()
    if year is None:
        notes.append(f"Price of a seat: {amount}")
        reader.found.ask(f"{tool.name}: is {amount} a seat the price of a month or a year?", place)
        return
    paid = seats.get("paid")
    if not paid or (currency and base and currency != base):
        notes.append(f"Price of a seat: {amount} a {price.per}")
        why = "how many seats are paid for?" if not paid else "what is it in the cost's currency?"
        reader.found.ask(f"{tool.name}: a seat costs {amount} a {price.per}; {why}", place)
        return
    seats["price"] = year
    if cost is None:
        whole = plain(int(paid) * Decimal(year))
        reader.found.ask(
            f"{tool.name}: {paid} seats at {year} {currency} a year would come to {whole}; "
            f"is that its cost? Only the price of a seat was taken",
            place,
        )


def _joint_cost(reader: Reader, costs: Sequence[Column], number: int, row: Row) -> bool:
    """Tell whether the cost cell of a row is merged with those of other rows, and ask once."""
    joined = reader.table.sheet.joined
    for column in costs:
        mine = joined.get((number, column.index), (number, column.index))
        block = [
            r for (r, c), a in joined.items() if a == mine and c == column.index and r != mine[0]
        ]
        if not block:
            continue
        if number == mine[0]:
            rows = [number, *sorted(block)]
            reader.found.ask(
                f"one cost ({shown(at(row, column.index))}) stands for rows {rows[0]} to "
                f"{rows[-1]}: is it one contract over these tools? It was given to none",
                reader.place(number, column),
            )
        return True
    return False


def terms_of(
    reader: Reader, number: int, row: Row, facts: dict[str, Any], known: Collection[str]
) -> str:
    """Take the terms of a row; return the id of the contract it names, or ""."""
    ends = reader.day(number, row, "contract.ends")
    renews = reader.day(number, row, "contract.renews") if ends is None else None
    column = reader.table.column("contract.renews")
    if ends is None and renews is not None and column is not None:
        ends = renews
        reader.say_once(
            f"column {column.title!r} is read as the end of the current term",
            reader.place(reader.table.header_row, column),
        )
    terms = {
        "ends": ends,
        "notice_days": reader.notice(number, row, "contract.notice_days"),
        "auto_renews": reader.yes_no(number, row, "contract.auto_renews", "auto-renewal"),
    }
    terms = {k: v for k, v in terms.items() if v is not None}
    named, reference = reader.text(number, row, "contract"), ""
    if named and words.stated_none(named):
        facts["contract"] = "none"
    elif named and words.yes_no(named) is None and make_id(named):
        reference = make_id(named)
        if reference in known:
            return reference
    if terms and facts.get("contract") is None:
        facts["contract"] = terms
    return reference
