"""Contradictions inside an inventory: what every single record allows and all together do not.

What needs the catalogue, or the tool that a reference means, is checked by
:mod:`stackaudit.resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from stackaudit.inventory.schema import Contract, Integration, Inventory, Record, Tool
from stackaudit.source.problems import Mark, Problem
from stackaudit.source.words import listed, make_id

MANUAL: Final = "manual-export"
_AUTOMATIC: Final = re.compile(r"real-time|near-real-time|hourly|(?:\d+[mh])(?:-\d+[mhdw])?")
_ABOUT: Final = ("key", "tool", "integration", "object")


def check(inventory: Inventory, problems: list[Problem]) -> None:
    """Add the problems that only show when records are seen together."""
    _ids(inventory, problems)
    _money(inventory, problems)
    for tool in inventory.tools:
        _tool(tool, problems)
    _contract_costs(inventory, problems)
    for integration in inventory.integrations or ():
        _integration(integration, problems)
    _requirements(inventory, problems)
    for accepted in inventory.accepted:
        if accepted.node is not None and not any(
            getattr(accepted, key) is not None for key in _ABOUT
        ):
            hint = "write `key:` as the report shows it, or `tool:`, `integration:` or `object:`"
            message = "this acceptance does not say which finding it is about"
            problems.append(accepted.node.problem("E033", None, message, hint))
    _observed(inventory, problems)
    _days(inventory, problems)


def _add(
    problems: list[Problem],
    record: Record,
    key: str | None,
    code: str,
    message: str,
    hint: str,
    *also: Mark | None,
) -> None:
    node = record.node
    if node is not None:
        problems.append(
            node.problem(code, key, message, hint, tuple(mark for mark in also if mark))
        )


def _ids(inventory: Inventory, problems: list[Problem]) -> None:
    """No two tools, integrations, teams, contracts, processes or objectives share an id."""
    stated = [record for record in inventory.integrations or () if record.id is not None]
    groups: tuple[Iterable[Any], ...] = (
        (*inventory.tools, *stated),
        inventory.teams,
        inventory.contracts,
        inventory.processes,
        inventory.objectives,
    )
    for group in groups:
        first: dict[str, Record] = {}
        for record in group:
            if record.id not in first:
                first[record.id] = record
                continue
            other = first[record.id]
            place = other.where(_id_key(other))
            where = f"; the first is in {_line_of(place, record)}" if place else ""
            message = f"the id `{record.id}` is there twice{where}"
            hint = "give one of them another `id`"
            if isinstance(record, Tool) and isinstance(other, Tool):
                hint += "; a second account of one product on purpose also gets an `instance`"
            _add(problems, record, _id_key(record), "E040", message, hint, place)


def _id_key(record: Record) -> str:
    node = record.node
    return "id" if node is None or "id" in node else "name"


def _line_of(place: Mark, record: Record) -> str:
    own = record.where()
    if own is not None and own.file != place.file:
        return f"{place.file}, line {place.line}"
    return f"line {place.line}"


def _tool(tool: Tool, problems: list[Problem]) -> None:
    if tool.retires_on is not None and tool.status not in ("retiring", "retired"):
        said = f"is `{tool.status}`" if tool.status else "has no `status`, which counts as live"
        hint = "write `status: retiring`, or take `retires_on` out"
        message = f"`{tool.id}` {said}, and has a day it retires on"
        also = tool.where("status") if tool.status else None
        _add(problems, tool, "retires_on", "W021", message, hint, also)
    seats = tool.seats
    if (
        seats is not None
        and seats.paid is not None
        and seats.active is not None
        and seats.active > seats.paid
    ):
        message = f"{seats.active} people are active on {seats.paid} paid seats"
        _add(problems, seats, "active", "W020", message, "check both numbers", seats.where("paid"))


def _contract_costs(inventory: Inventory, problems: list[Problem]) -> None:
    priced: dict[str, Contract] = {c.id: c for c in inventory.contracts if c.cost is not None}
    for tool in inventory.tools:
        contract = priced.get(tool.contract) if isinstance(tool.contract, str) else None
        if contract is not None and tool.cost is not None:
            message = f"the cost of `{tool.id}` stands here and in its contract `{contract.id}`"
            hint = "leave it in one of the two places; a cost here would be counted twice"
            _add(problems, tool, "cost", "E044", message, hint, contract.where("cost"))


def _money(inventory: Inventory, problems: list[Problem]) -> None:
    """Warn of money in a currency that cannot be turned into the company's."""
    company = inventory.company
    rates = company.rates or {}
    warned: set[str] = set()
    costs = [tool.cost for tool in inventory.tools]
    costs += [contract.cost for contract in inventory.contracts]
    for cost in costs:
        if cost is None or cost.currency is None:
            continue
        currency = cost.currency
        if currency == company.currency or currency in rates or currency in warned:
            continue
        warned.add(currency)
        message = f"costs in {currency} cannot be added up: the company has no rate for it"
        hint = (
            f"write `company: rates: {{{currency}: ...}}`, what "
            f"one {currency} is worth in {company.currency}"
        )
        if company.currency is None:
            message = f"costs in {currency} cannot be added up: the company has no currency"
            hint = f"write `company: currency: {currency}`, or another and a rate"
        _add(problems, cost, "currency", "W014", message, hint)


def _integration(record: Integration, problems: list[Problem]) -> None:
    if not record.from_ or not record.to:
        key = "from" if not record.from_ else "to"
        hint = "name the tool, or write `unknown`"
        _add(
            problems,
            record,
            key,
            "E046",
            "an integration has two ends, and one is stated to be none",
            hint,
        )
    elif record.from_ == ("unknown",) and record.to == ("unknown",):
        _add(
            problems,
            record,
            None,
            "E046",
            "both ends are unknown",
            "name at least one tool, or take the entry out",
        )
    every = record.every
    if record.method == MANUAL and every is not None and _AUTOMATIC.fullmatch(every):
        line = record.where("method")
        message = f"`every: {every}` cannot be done by hand, and `method: {MANUAL}`" + (
            f" in line {line.line} says that it is" if line else " says that it is"
        )
        _add(problems, record, "every", "W010", message, "change one of the two", line)


def _requirements(inventory: Inventory, problems: list[Problem]) -> None:
    wanted = inventory.requirements
    node = wanted.node if wanted is not None else None
    if wanted is None or node is None:
        return
    lists = {"must": wanted.must, "should": wanted.should, "not_needed": tuple(wanted.not_needed)}
    where: dict[str, list[str]] = {}
    for key, names in lists.items():
        for name in names:
            where.setdefault(name, []).append(key)
    for name, keys in sorted(where.items()):
        if len(keys) > 1:
            message = f"`{name}` stands under {listed((f'`{key}`' for key in keys), 'and')}"
            problems.append(
                node.problem(
                    "E048", keys[-1], message, "leave it in one of them", (node.mark_of(keys[0]),)
                )
            )


def _observed(inventory: Inventory, problems: list[Problem]) -> None:
    """No two lists have one name, and nothing is a tool of the stack and none of it."""
    first: dict[str, Record] = {}
    for shown in inventory.observed:
        other = first.setdefault(make_id(shown.name), shown)
        place = other.where("name")
        if other is not shown and place is not None:
            message = f"the list `{shown.name}` is there twice; the first is in "
            message += _line_of(place, shown)
            hint = "give one of them another `name`, or put their entries together"
            _add(problems, shown, "name", "E040", message, hint, place)
        for entry in shown.entries:
            if entry.tool is not None and entry.ignore is not None:
                message = f"`{entry.name}` is stated to be `{entry.tool}`, and to be ignored"
                hint = "leave one of the two"
                _add(problems, entry, "ignore", "E048", message, hint, entry.where("tool"))


def _days(inventory: Inventory, problems: list[Problem]) -> None:
    """Warn of a look back that lies ahead of the day the facts describe."""
    as_of = inventory.company.as_of
    if as_of is None:
        return
    records: tuple[Any, ...] = (
        *inventory.tools,
        *(inventory.integrations or ()),
        *inventory.processes,
        *inventory.objectives,
    )
    for record in records:
        for key in ("reviewed", "last_verified"):
            day = getattr(record, key, None)
            if day is not None and day > as_of:
                message = f"`{key}` is {day}, after {as_of}, the day the inventory describes"
                also = inventory.company.where("as_of")
                _add(problems, record, key, "W019", message, "check both days", also)
