"""What the readers of rows share: cells by key, values by words, problems with their place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stackaudit.catalogue.match import find_product, folded
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.model import Found, Place
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.dates import Order, notice_days, order_of, read_day
from stackaudit.importers.spreadsheet.grid import Value, shown
from stackaudit.importers.spreadsheet.headers import Column, Table, at, fold
from stackaudit.importers.spreadsheet.money import Money, Per, Style, plain, read_money, style_of
from stackaudit.importers.spreadsheet.vocabulary import GERMAN, OBJECTS
from stackaudit.source.words import make_id

Row = Sequence[Value]

FILLED_DOWN = frozenset(
    (
        "vendor",
        "category",
        "owner",
        "technical_owner",
        "team",
        "status",
        "contract",
        "contract.ends",
        "contract.renews",
        "from",
        "used_by",
        "method",
    )
)
"""Keys of which a merged cell speaks for each of its rows; of money and seats it does not."""


@dataclass(slots=True)
class Options:
    """What the user said about all lists, in a mapping."""

    style: Style | None = None
    order: Order | None = None
    currency: str | None = None
    per: Per | None = None


@dataclass(slots=True)
class Reader:
    """Reads the rows of one table into what was found."""

    found: Found
    catalogue: Catalogue
    table: Table
    file: str
    options: Options
    own_currency: str | None = None
    """The company's currency, where it is known."""
    titles: bool = True
    """A row with nothing but the name of what tools do is a title over rows."""
    strict: bool = False
    """The list is the workbook of an export: people are parted by ``;`` alone."""
    _styles: dict[int, Style | None] = field(default_factory=dict)
    _orders: dict[int, Order | None] = field(default_factory=dict)
    _said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _places: dict[str, Place] = field(default_factory=dict)
    _keys: tuple[int, dict[str, str], dict[str, str]] | None = None

    # ---------------------------------------------------------------- places and cells

    def place(self, number: int, column: Column | None = None) -> Place:
        """Return where a row, or a cell of it, is found."""
        sheet = f"sheet {self.table.sheet.name}, " if self.table.sheet.name else ""
        line = "column" if self.table.turned else "row"
        title = f", {'row' if self.table.turned else 'column'} {column.title}" if column else ""
        return Place(self.file, f"{sheet}{line} {number}{title}")

    def value(self, number: int, row: Row, column: Column) -> Value:
        """Return a cell; where it is part of a merged one that speaks for each row, that one's."""
        anchor = self.table.sheet.joined.get((number, column.index))
        value = at(row, column.index)
        if value is None and anchor is not None and column.key in FILLED_DOWN:
            above = next((r for n, r in self.table.rows if n == anchor[0]), ())
            return at(above, anchor[1])
        return value

    def text(self, number: int, row: Row, key: str) -> str:
        """Return the text of the first column of a key; "" where the cell says nothing."""
        column = self.table.column(key)
        if column is None:
            return ""
        value = self.value(number, row, column)
        text = str(value).strip() if isinstance(value, str) else shown(value)
        return "" if words.unknown(text) else text

    def people(self, number: int, row: Row, key: str) -> str | list[str] | None:
        """Return whom a cell names: one, several, or ``none`` where it says so."""
        text = self.text(number, row, key)
        if words.stated_none(text):
            return "none"
        named = words.people(text, self.strict)
        return named[0] if len(named) == 1 else named or None

    def listed(self, number: int, row: Row, key: str) -> list[str] | str:
        """Return the parts of a cell that lists several, or ``none`` where it says so."""
        text = self.text(number, row, key)
        return "none" if text and words.stated_none(text) else words.several(text)

    def word(
        self, number: int, row: Row, key: str, table: Mapping[str, str], what: str
    ) -> str | None:
        """Return the inventory's word for a cell; one that is not known is asked about."""
        text = self.text(number, row, key)
        if not text:
            return None
        found = words.word(table, text)
        if found is None:
            known = ", ".join(dict.fromkeys(table.values()))
            self.found.ask(
                f"{what} {text!r} is none of {known}; it was left out",
                self.place(number, self.table.column(key)),
            )
        return found

    def yes_no(self, number: int, row: Row, key: str, what: str) -> bool | None:
        """Return what a cell says; what is neither yes nor no is asked about."""
        text = self.text(number, row, key)
        if not text:
            return None
        said = words.yes_no(text)
        if said is None:
            place = self.place(number, self.table.column(key))
            self.found.ask(f"{what}: {text!r} is neither yes nor no; it was left out", place)
        return said

    def count(self, number: int, row: Row, key: str, what: str) -> int | None:
        """Return a whole number."""
        column = self.table.column(key)
        value = self.value(number, row, column) if column else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            if value >= 0 and value == int(value):
                return int(value)
        elif isinstance(value, str) and words.unknown(value):
            return None
        elif isinstance(value, str):
            digits = re.fullmatch(
                r"(\d{1,3}(?:[.,' ]\d{3})+|\d+)(?:\s*(?:users?|seats?|nutzer|lizenzen"
                r"|licen[cs]es|x|stk\.?|people|employees))?",
                value.strip().casefold(),
            )
            if digits:
                return int(re.sub(r"\D", "", digits[1]))
        if value is not None and not isinstance(value, bool):
            self.found.ask(
                f"{what}: {shown(value)!r} is no whole number; it was left out",
                self.place(number, column),
            )
        return None

    # ---------------------------------------------------------------- money and days

    def money(self, number: int, row: Row, column: Column) -> Money:
        """Return what a cell says about money, in the style of its column; problems are said."""
        value = self.value(number, row, column)
        if value is None:
            return Money()
        money = read_money(value, self.style(column))
        if money.why:
            self.found.ask(f"no cost was taken: {money.why}", self.place(number, column))
        return money

    def style(self, column: Column) -> Style | None:
        """Return how the cells of a column write decimals, as far as they show it."""
        if column.index not in self._styles:
            cells = [v for v in self.table.cells(column) if isinstance(v, str)]
            self._styles[column.index] = self.options.style or style_of(cells) or self._language()
        return self._styles[column.index]

    def _language(self) -> Style | None:
        heads = {w for c in self.table.columns for w in fold(c.header).split()}
        return "comma" if len(heads & GERMAN) >= 2 else None

    def day(self, number: int, row: Row, key: str) -> str | None:
        """Return a day as ``2027-03-31``; problems, and what a month was taken for, are said."""
        column = self.table.column(key)
        if column is None:
            return None
        if column.index not in self._orders:
            cells = [v for v in self.table.cells(column) if isinstance(v, str)]
            self._orders[column.index] = self.options.order or order_of(cells)
        value = self.value(number, row, column)
        if value is None:
            return None
        day = read_day(value, self._orders[column.index])
        if day.why:
            self.found.ask(f"no day was taken: {day.why}", self.place(number, column))
        if day.meant:
            self.say_once(f"column {column.title!r}: {day.meant}", self.place(number, column))
        return day.day.isoformat() if day.day else None

    def notice(self, number: int, row: Row, key: str) -> int | None:
        """Return a notice period in days."""
        column = self.table.column(key)
        if column is None:
            return None
        value = self.value(number, row, column)
        if value is None:
            return None
        days, said = notice_days(value, column.header)
        if said and days is None:
            self.found.ask(f"no notice period was taken: {said}", self.place(number, column))
        elif said:
            self.say_once(f"column {column.title!r}: {said}", self.place(number, column))
        return days

    def cost(self, number: int, row: Row, columns: Sequence[Column]) -> tuple[Any, Money | None]:
        """Return the cost as an inventory has it, and the price of a seat where that is stated."""
        seat: Money | None = None
        for column in columns:
            money = self.money(number, row, column)
            if money.low is None:
                continue
            currency = money.currency or self.currency(number, row) or column.currency
            per = money.per or self._per(number, row) or column.per or self.options.per
            paid = self.text(number, row, "cost_per")
            if re.search(r"\b(one[- ]?(off|time)|once|einmalig)\b", paid.casefold()):
                self.found.ask(
                    f"no cost was taken: {money.amount} is paid once", self.place(number, column)
                )
                continue
            if money.per_seat or column.key == "seats.price":
                seat = Money(money.low, money.high, currency or self.options.currency, per)
                continue
            if per is None:
                per = "year"
                self.say_once(
                    f"column {column.title!r} names no period: its amounts are read as a year's",
                    self.place(number, column),
                )
            currency = currency or self.options.currency
            if per == "year" and currency is None:
                return money.amount, seat
            cost: dict[str, Any] = {"amount": money.amount, "currency": currency}
            if per != "year":
                cost = {"amount": money.amount, "per": per, "currency": currency}
            return {k: v for k, v in cost.items() if v}, seat
        return None, seat

    def currency(self, number: int, row: Row) -> str | None:
        """Return the currency that the row's own column names."""
        from stackaudit.importers.spreadsheet.money import currency_of

        text = self.text(number, row, "currency")
        return currency_of(text) if text else None

    def _per(self, number: int, row: Row) -> Per | None:
        text = self.text(number, row, "cost_per").casefold()
        if not text:
            return None
        tables: tuple[tuple[Per, str], ...] = (
            ("quarter", r"quarter|quartal|vierteljähr"),
            ("month", r"month|monat|mtl|/mo"),
            ("year", r"year|annual|jahr|jähr|p\.?a\.?|12"),
        )
        return next((per for per, pattern in tables if re.search(pattern, text)), None)

    # ---------------------------------------------------------------- references

    def tool_keys(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the keys of the tools found so far: by their ids, and by their names."""
        if self._keys is None or self._keys[0] != len(self.found.tools):
            own = {make_id(t.id): t.key for t in self.found.tools if t.id}
            names = {folded(t.name): t.key for t in self.found.tools}
            self._keys = len(self.found.tools), own, names
        return self._keys[1:]

    def objects(self, number: int, row: Row, key: str) -> tuple[list[str], list[str]]:
        """Return the data objects a cell names, and the words that are none."""
        known: list[str] = []
        strange: list[str] = []
        for part in words.several(self.text(number, row, key)):
            made = object_of(self.catalogue, part)
            (known if made else strange).append(made or part)
        return list(dict.fromkeys(known)), strange

    # ---------------------------------------------------------------- saying

    def say_once(self, text: str, place: Place) -> None:
        """Say something that holds for many cells of a column once, with how many."""
        head = text.split(":", maxsplit=1)[0]
        self._said[head].append(text)
        self._places.setdefault(head, place)

    def finish(self) -> None:
        """Say what was gathered."""
        for head, texts in self._said.items():
            more = f" ({len(texts)} cells in all)" if len(texts) > 1 else ""
            self.found.note(texts[0] + more, self._places[head])
        self._said.clear()


def object_of(catalogue: Catalogue, text: str) -> str | None:
    """Return the data object that a word means: an id, a name, or its plural."""
    made = make_id(text)
    if "/" in text and (base := make_id(text.partition("/")[0])) in catalogue.objects:
        return "/".join((base, make_id(text.partition("/")[2])))
    forms = {made, made.removesuffix("s"), made.removesuffix("en")}
    forms |= {f"{made[:-3]}y"} if made.endswith("ies") else set()
    for name, entry in catalogue.objects.items():
        own = {name, make_id(entry.noun), *(make_id(p) for p in entry.name.split("/"))}
        if forms & own:
            return name
    return OBJECTS.get(made)


def known_name(catalogue: Catalogue, name: str) -> bool:
    """Tell whether the catalogue knows a name, if only as one that may mean several products."""
    return find_product(catalogue, name).kind != "none"


def price_of_a_year(money: Money) -> str | None:
    """Return the price of a seat for a year, or None where its period is not stated."""
    times = {"year": 1, "quarter": 4, "month": 12}
    if money.low is None or money.per is None or money.low != money.high:
        return None
    return plain(money.low * times[money.per])


def constant(values: Sequence[Any]) -> bool:
    """Tell whether all values are the same."""
    return len(Counter(map(repr, values))) <= 1
