"""The interface words, a file for each language, and how numbers, days and money are written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from copy import copy
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from markupsafe import Markup

from stackaudit.report.formats import Formats, formats
from stackaudit.report.safe import esc, visible
from stackaudit.result import Money

BASE: Final = "en"
"""The language that has every word; another one falls back to it."""

SHIPPED: Final = ("en", "de")
"""Languages that come with the package."""

Forms = str | dict[str, str]

_DAY: Final = re.compile(r"\b20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])\b")
_SLOT: Final = re.compile(r"\{(\w*)[^}]*\}")
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


class LanguageError(ValueError):
    """A language that has no words here: the message says why, ``hint`` what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Words:
    """The words of one language, and the numbers, days and money of one locale.

    Calling it with a key and values returns the sentence as safe HTML; :meth:`plain` returns it as
    text. A sentence with several forms takes the one for ``n``. A key that the language lacks is
    said in English; one that English lacks is a KeyError.

    Parameters
    ----------
    language
        A language that is shipped, as ``de``, or a file of words, as ``words/fr.json``.
    locale
        How numbers, days and money are written, as ``de-CH``; the usual one of the language.

    Raises :class:`LanguageError` and :class:`~stackaudit.report.formats.LocaleError`.
    """

    def __init__(self, language: str = BASE, locale: str | None = None) -> None:
        own = read_words(language)
        self._english = read_words(BASE)
        self._table = self._english | _fitting(language)
        things = own.get("things", {})
        self.things: dict[str, str] = things if isinstance(things, dict) else {}
        """Data objects as they are called in a sentence, in English and in this language."""
        self._terms: dict[str, Forms] = {}
        terms = own.get("terms", {})
        if isinstance(terms, dict):
            self._terms |= terms
        self.language = str(own["language"])
        self.formats: Formats = formats(locale or str(own["locale"]))
        self._months = str(self._table["months"]).split()
        self._facts: dict[str, Fact] = {}
        self._escaped: dict[str, Markup] = {}

    def fresh(self) -> Words:
        """Return the same words without the facts of a page drawn before."""
        made = copy(self)
        made._facts = {}  # noqa: SLF001 - a copy of itself
        return made

    @property
    def is_english(self) -> bool:
        """Tell whether these are the words the audit itself speaks."""
        return self.language == BASE

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
        shown = {k: self.number(v) if type(v) is int else v for k, v in values.items()}
        return self._form(key, values).format(**shown)

    def forms(self, prefix: str) -> dict[str, str | dict[str, str]]:
        """Return the sentences whose keys begin with `prefix`, unfilled, for the page's script."""
        size = len(prefix)
        return {k[size:]: v for k, v in self._table.items() if k.startswith(prefix)}

    def term(self, text: str) -> str | None:
        """Return a fixed text of the catalogue or a check in this language; None: not known."""
        found = self._terms.get(text)
        return found if isinstance(found, str) and "{" not in text else None

    def phrases(self) -> dict[str, Forms]:
        """Return the forms of English sentences with what to say instead."""
        return {text: shown for text, shown in self._terms.items() if "{" in text}

    def amount(self, low: float, high: float, currency: str | None) -> str:
        """Return an amount or a range in a currency."""
        return self.formats.amount(low, high, _SIGNS.get(currency or "", currency or ""))

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
        return self.formats.number(value)

    def share(self, percent: float) -> str:
        """Return a percentage, given in percent."""
        return self.formats.share(percent)

    def day(self, value: date) -> str:
        """Return a day as ``31 Jan 2027``."""
        return self.formats.date(value, self._months)

    def month(self, value: date) -> str:
        """Return the name of the month of a day."""
        return self._months[value.month - 1]

    def money(self, value: Money, currency: str | None) -> str:
        """Return an amount or a range with its currency."""
        return self.amount(value.low, value.high, currency)

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
        return self("list-comma").join(items[:-1]) + self("list-and") + items[-1]


@cache
def _fitting(language: str) -> dict[str, Forms]:
    """Return the words that can stand for the English ones: with no other values in them."""
    english = read_words(BASE)
    return {
        key: entry
        for key, entry in read_words(language).items()
        if key in english
        and (isinstance(entry, str) or "other" in entry)
        and slots(entry) <= slots(english[key])
    }


def slots(entry: Forms) -> set[str]:
    """Return the names of the values that a sentence takes, over all of its forms."""
    texts = [entry] if isinstance(entry, str) else entry.values()
    return {name for text in texts for name in _SLOT.findall(text)}


@cache
def read_words(language: str) -> dict[str, Forms]:
    """Return the words of a language that is shipped, or of a file; the caller leaves them alone.

    Raises :class:`LanguageError` for one that is not there or cannot be read.
    """
    shipped = f"shipped are {' and '.join(SHIPPED)}; for another one name its file of words"
    if not language.endswith(".json"):
        if language not in SHIPPED:
            raise LanguageError(f"there are no words in the language {language!r}", shipped)
        text = files("stackaudit.report").joinpath("words", f"{language}.json").read_text("utf-8")
    else:
        try:
            text = Path(language).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LanguageError(f"the words in {language} cannot be read", shipped) from error
    try:
        table = json.loads(text)
    except ValueError as error:
        raise LanguageError(f"{language} is no JSON: {error}", shipped) from error
    head = table if isinstance(table, dict) else {}
    lacking = [k for k in ("language", "locale") if not isinstance(head.get(k), str)]
    if lacking:
        raise LanguageError(
            f"{language} does not say its {lacking[0]!r}",
            'as in "language": "fr", "locale": "fr-FR"',
        )
    wrong = [k for k, v in head.items() if not _is_words(v)]
    if wrong:
        raise LanguageError(
            f"{language}: {wrong[0]!r} is neither a sentence nor forms of one",
            'as in "tools": {"one": "{n} tool", "other": "{n} tools"}',
        )
    checked: dict[str, Forms] = head
    return checked


def _is_words(value: object) -> bool:
    """Tell whether a value is a text, or texts by name, which for terms may have forms again."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_words(inner) for key, inner in value.items())
    return isinstance(value, str)
