"""How a country writes numbers, money and days, whatever language the words are in.

The facts are those of the Unicode CLDR (release 45: numbers, currencies, gregorian dates). The
places most often asked for are here; Babel knows all others and is loaded for those alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

NB: Final = "\u00a0"


class LocaleError(ValueError):
    """A locale that is not known here: the message says why, ``hint`` what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Formats:
    """The forms of one locale.

    `money` and `percent` are patterns with ``{sign}`` and ``{n}``; `day` is one with ``{d}``,
    ``{dd}``, ``{m}``, ``{mm}``, ``{month}``, ``{y}`` and ``{yy}``.
    """

    locale: str
    decimal: str
    group: str
    day: str
    money: str
    percent: str
    money_group: str | None = None
    second: int = 3
    """Digits of every group but the last: 2 in India, as in 12,34,567."""

    def number(self, value: float) -> str:
        """Return a number with its thousands apart; a fraction to one place."""
        return self._apart(value, self.group)

    def amount(self, low: float, high: float, sign: str) -> str:
        """Return an amount or a range of them, rounded, with the sign of the currency once."""
        apart = self.group if self.money_group is None else self.money_group
        ends = dict.fromkeys(self._apart(round(v), apart) for v in (low, high))
        number = "–".join(ends)
        if not sign:
            return number
        text = self.money.format(sign=sign, n=number)
        # CLDR parts letters from digits where the pattern itself does not: `EUR 12`, but `€12`.
        beside = text.replace(f"{sign}{number}", f"{sign}{NB}{number}")
        return beside if sign[-1].isalpha() else text

    def share(self, percent: float) -> str:
        """Return a percentage."""
        return self.percent.format(n=self.number(percent))

    def date(self, day: date, months: list[str]) -> str:
        """Return a day, its month named as the language of the words does."""
        return self.day.format(
            d=day.day,
            dd=f"{day.day:02d}",
            m=day.month,
            mm=f"{day.month:02d}",
            month=months[day.month - 1],
            y=day.year,
            yy=f"{day.year % 100:02d}",
        )

    def _apart(self, value: float, group: str) -> str:
        text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
        if self.second != 3:
            whole, dot, rest = text.replace(",", "").partition(".")
            head = re.sub(rf"(?<=\d)(?=(\d{{{self.second}}})+$)", ",", whole[:-3])
            text = f"{head},{whole[-3:]}{dot}{rest}" if head.strip("-") else whole + dot + rest
        return text.translate({ord(","): group, ord("."): self.decimal})


_ENGLISH: Final = f"{{d}}{NB}{{month}}{NB}{{y}}"
_GERMAN: Final = f"{{d}}.{NB}{{month}}{NB}{{y}}"
_AFTER: Final = f"{{n}}{NB}{{sign}}"
_BEFORE: Final = f"{{sign}}{NB}{{n}}"

KNOWN: Final = {
    made.locale: made
    for made in (
        Formats("en-GB", ".", ",", _ENGLISH, "{sign}{n}", "{n}%"),
        Formats("en-IE", ".", ",", _ENGLISH, "{sign}{n}", "{n}%"),
        Formats("en-US", ".", ",", f"{{month}}{NB}{{d}}, {{y}}", "{sign}{n}", "{n}%"),
        Formats("de-DE", ",", ".", _GERMAN, _AFTER, f"{{n}}{NB}%"),
        Formats("de-AT", ",", NB, _GERMAN, _BEFORE, f"{{n}}{NB}%", money_group="."),
        Formats("de-CH", ".", "’", _GERMAN, _BEFORE, "{n}%"),
    )
}
"""Locales that need nothing installed."""


def formats(locale: str) -> Formats:
    """Return the forms of a locale, as ``de-CH`` or ``de_CH``.

    Raises :class:`LocaleError` for one that is neither here nor known to Babel, and where Babel
    would be needed and is not installed.
    """
    wanted = locale.strip().replace("_", "-").lower()
    found = next((f for name, f in KNOWN.items() if name.lower() == wanted), None)
    return found or _from_babel(locale)


def _from_babel(name: str) -> Formats:
    here = ", ".join(sorted(KNOWN))
    try:
        from babel import Locale, UnknownLocaleError
    except ImportError as error:
        raise LocaleError(
            f"locale {name!r} needs Babel, which is not installed",
            f"pip install 'stackaudit[i18n]', or choose one of: {here}",
        ) from error
    try:
        known = Locale.parse(name.strip().replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise LocaleError(
            f"there is no locale {name!r}", f"write it as de-CH or fr-FR; without Babel: {here}"
        ) from error
    signs: dict[str, Any] = known.number_symbols.get("latn", known.number_symbols)
    number = r"[#0,.]+"
    return Formats(
        str(known).replace("_", "-"),
        str(signs["decimal"]),
        str(signs["group"]),
        _day(str(known.date_formats["medium"].pattern)),
        re.sub(number, "{n}", _positive(known.currency_formats["standard"])).replace("¤", "{sign}"),
        re.sub(number, "{n}", _positive(known.percent_formats[None])),
        second=known.decimal_formats[None].grouping[1],
    )


def _positive(pattern: object) -> str:
    """Return the part of a number pattern that is for numbers above zero, without its marks."""
    text = str(getattr(pattern, "pattern", pattern)).split(";")[0]
    return re.sub("[\u200e\u200f\u061c{}]", "", text)


def _day(pattern: str) -> str:
    """Return CLDR's pattern of a day as one of ours; what it quotes stays as it is."""
    fields = {"d": "{d}", "dd": "{dd}", "M": "{m}", "L": "{m}", "MM": "{mm}", "LL": "{mm}"}
    fields |= {"yy": "{yy}"} | dict.fromkeys(("MMM", "LLL", "MMMM", "LLLL"), "{month}")
    made = ""
    for match in re.finditer(r"'([^']*)'|(([A-Za-z])\3*)|([^A-Za-z']+)", pattern):
        quoted, field, _, other = match.groups()
        if field:
            made += fields.get(field, "{y}" if field[0] in "yu" else "")
        else:
            made += (quoted or other or "'").replace("{", "").replace("}", "").replace(" ", NB)
    return made
