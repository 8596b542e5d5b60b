"""The interface words, a file for each language, and how numbers, days and money are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from typing import Final

from markupsafe import Markup

from stackaudit.report.safe import esc, visible
from stackaudit.result import Money

_DAY: Final = re.compile(r"\b20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])\b")
_SIGNS: Final = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}


class Fact:
    """A counted number that prose and tables share: it carries its name and value into the page."""

    __slots__ = ("key", "text", "value")

    def __init__(self, key: str, value: float, text: str) -> None:
        self.key, self.value, self.text = key, value, text

    def __html__(self) -> Markup:
        return Markup(
            f'<span data-fact="{self.key}" data-value="{self.value:.15g}">{esc(self.text)}</span>'
        )

    def __str__(self) -> str:
        return self.text


class Words:
    """The words of one language.

    Calling it with a key and values returns the sentence as safe HTML; :meth:`plain` returns it as
    text. A sentence with several forms takes the one for ``n``. A missing key is a KeyError.
    """

    def __init__(self, language: str = "en") -> None:
        text = files("stackaudit.report").joinpath("words", f"{language}.json").read_text("utf-8")
        self.language = language
        self._table: dict[str, str | dict[str, str]] = json.loads(text)
        self._months = str(self._table["months"]).split()
        self._facts: dict[str, Fact] = {}
        self._escaped: dict[str, Markup] = {}

    def _form(self, key: str, values: dict[str, object]) -> str:
        entry = self._table[key]
        if isinstance(entry, str):
            return entry
        n = values.get("n")
        count = n.value if isinstance(n, Fact) else n
        if count == 0 and "zero" in entry:
            return entry["zero"]
        return entry["one"] if count == 1 else entry["other"]

    def __call__(self, key: str, **values: object) -> Markup:
        text = self._form(key, values)
        form = self._escaped.get(text)
        if form is None:
            form = self._escaped[text] = Markup(esc(text))
        if not values:
            return form
        return form.format(
            **{
                k: visible(v) if type(v) is str else self.number(v) if type(v) is int else v
                for k, v in values.items()
            }
        )

    def plain(self, key: str, **values: object) -> str:
        """Return the sentence as text, for attributes and pictures."""
        return self._form(key, values).format(**values)

    def has(self, key: str) -> bool:
        """Tell whether there are words for `key`."""
        return key in self._table

    def fact(self, key: str, value: float, text: str | None = None) -> Fact:
        """Return `value` under the name `key`; the same name with another value is a ValueError."""
        made = Fact(key, value, self.number(value) if text is None else text)
        known = self._facts.setdefault(key, made)
        if known.value != value:
            raise ValueError(f"{key} is {known.value:g} in one place and {value:g} in another")
        return made

    def number(self, value: float) -> str:
        """Return a number with its thousands apart."""
        return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"

    def day(self, value: date) -> str:
        """Return a day as ``31 Jan 2027``."""
        return f"{value.day}\u00a0{self._months[value.month - 1]}\u00a0{value.year}"

    def month(self, value: date) -> str:
        """Return the name of the month of a day."""
        return self._months[value.month - 1]

    def money(self, value: Money, currency: str | None) -> str:
        """Return an amount or a range with its currency."""
        sign = _SIGNS.get(currency or "", f"{currency}\u00a0" if currency else "")
        low, high = self.number(round(value.low)), self.number(round(value.high))
        return f"{sign}{high}" if low == high else f"{sign}{low}–{high}"

    def signed(self, text: str, currency: str | None) -> str:
        """Return `text` with the sign of the currency for its code, and days in words."""
        text = _DAY.sub(lambda m: self.day(date.fromisoformat(m.group())), text)
        sign = _SIGNS.get(currency or "")
        return text.replace(f"{currency} ", sign) if sign else text

    def listed(self, parts: Iterable[object], *, limit: int = 0) -> Markup:
        """Return `a, b and c`; past `limit` items, `a, b and 5 more`."""
        items = [Markup(esc(p)) for p in parts]
        if limit and len(items) > limit:
            items = [*items[: limit - 1], self("and-more", n=len(items) - limit + 1)]
        if len(items) < 2:
            return items[0] if items else Markup("")
        return Markup(", ").join(items[:-1]) + self("list-and") + items[-1]
