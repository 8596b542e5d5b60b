"""Money as people type it: ``12.000 €``, ``$18 per u/m``, ``40-60k``, ``Quote``.

Nothing is guessed: a cell that is not surely an amount says why, and becomes a question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from stackaudit.importers.spreadsheet.words import unknown

Style = Literal["comma", "point"]
Per = Literal["year", "quarter", "month"]

CODES: Final = frozenset(
    [
        "EUR",
        "USD",
        "GBP",
        "CHF",
        "SEK",
        "NOK",
        "DKK",
        "PLN",
        "CZK",
        "HUF",
        "RON",
        "BGN",
        "ISK",
        "CAD",
        "AUD",
        "NZD",
        "JPY",
        "CNY",
        "INR",
        "SGD",
        "HKD",
        "ZAR",
        "BRL",
        "MXN",
        "ILS",
        "TRY",
        "AED",
        "SAR",
        "KRW",
        "THB",
        "MYR",
        "IDR",
        "PHP",
        "TWD",
        "UAH",
        "ARS",
        "CLP",
        "COP",
        "EGP",
        "NGN",
        "KES",
    ]
)
_SIGNS: Final = (
    ("us$", "USD"), ("ca$", "CAD"), ("au$", "AUD"), ("nz$", "NZD"), ("hk$", "HKD"), ("sg$", "SGD"),
    ("a$", "AUD"), ("c$", "CAD"), ("s$", "SGD"), ("r$", "BRL"), ("$", "USD"), ("€", "EUR"),
    ("£", "GBP"), ("zł", "PLN"), ("kč", "CZK"), ("₹", "INR"), ("₪", "ILS"), ("₩", "KRW"),
    ("sfr", "CHF"), ("fr.", "CHF"), ("euros", "EUR"), ("euro", "EUR"), ("dollars", "USD"),
    ("pounds", "GBP"),
)  # fmt: skip
_NO_AMOUNT: Final = re.compile(
    r"(quote|call( us)?|contact( us| sales)?|(up)?on request|by request|auf anfrage|nach aufwand"
    r"|custom"
    r"|custom pricing|individual|individuell|varies|variable|usage[- ]based|pay as you go|payg"
    r"|nutzungsabh\w+|enterprise|negotiated|ask( sales)?|siehe vertrag|see contract|freemium"
    r"|included.*|incl\. in .*|inklusive.*|inkl\..*|in .* enthalten|enthalten.*|part of .*"
    r"|bundled.*)[!.]*"
)
_FREE: Final = re.compile(
    r"(free|gratis|kostenlos|kostenfrei|free (plan|tier|version|of charge)|no cost|0|-?0[.,]00"
    r"|nil|zero)"
)
_FILLERS: Final = re.compile(
    r"\b(ca|circa|approx|approximately|about|etwa|rund|around|est|estimate|estimated|geschätzt"
    r"|vat|mwst"
    r"|ust|excl|exkl|incl|inkl|plus|zzgl|net|netto|gross|brutto|list|price|listenpreis|billed|paid"
    r"|cost|costs|kosten|total|flat|fee|in|the|of|und|and|each|tax|only|currently|aktuell|budget)\b"
)
_UNIT_SEAT: Final = re.compile(
    r"\bpupm\b|(?:(?:per|pro|je|/|a)\s*)(?:named\s+|active\s+)?(?:users?|seats?|nutzer|benutzer"
    r"|user:?innen"
    r"|licen[cs]es?|lizenz(?:en)?|agents?|editors?|members?|people|persons?|employees?"
    r"|mitarbeiter(?:in)?"
    r"|kopf|platz|u)(?=\b|/|$)"
)
_UNIT_OTHER: Final = re.compile(
    r"(?:(?:per|pro|je|/|for)\s*)(?:\d[\d.,]*\s*[km]?\s*)?(?:devices?|screens?|projects?"
    r"|locations?|apps?"
    r"|connections?|resources?|hosts?|events?|contacts?|kontakte?|emails?|mails?|sms|messages?"
    r"|nodes?"
    r"|domains?|sites?|stores?|servers?|credits?|gb|tb|k|1000|transactions?|orders?|calls?|hours?"
    r"|days?|weeks?|stunden?|tage?|wochen?|profiles?|mtus?|mau|requests?|instances?|workspaces?)\b"
)
_PER: Final[tuple[tuple[Per, re.Pattern[str]], ...]] = (
    (
        "year",
        re.compile(
            r"\bp\.\s?a\.?|\bpa\b|\bper annum\b|\bannual(?:ly)?\b|\byearly\b|\bjährlich\b"
            r"|\bjaehrlich\b|\bacv\b"
            r"|(?:per|pro|im|a|/)\s*(?:year|yr|y|jahr|annum|j)\b|\byr\b"
        ),
    ),
    (
        "quarter",
        re.compile(
            r"\bquarterly\b|\bquartalsweise\b|(?:per|pro|im|a|/)\s*(?:quarter|qtr|q|quartal)\b"
        ),
    ),
    (
        "month",
        re.compile(
            r"\bp\.\s?m\.?|\bmonthly\b|\bmonatlich\b|\bmtl\b\.?|(?:per|pro|im|a|/"
            r"|-)\s*(?:months?|mos?|mth|mon"
            r"|monat|m)\b|\bmrr\b"
        ),
    ),
)
_ONCE: Final = re.compile(r"\b(one[- ]?(?:off|time)|once|einmalig|setup|lifetime)\b")
_BOUND: Final = re.compile(
    r"[<>≥≤]|\d\s*\+|\b(from|ab|over|über|mehr als|more than|at least|mindestens"
    r"|up to|bis zu|max|min|under|unter|less than|starting)\b"
)
_NUMBER: Final = re.compile(
    r"(?<![\w.,])(-?)(\d{1,3}(?:[ '’.,]\d{3})+(?:[.,]\d{1,4})?|\d+(?:[.,]\d+)?)"
    r"(?:,-{1,2}|,–|\.-{1,2}|\.–)?"
    r"\s?(k|tsd\.?|tausend|thousand|mio\.?|mn|million(?:en|s)?|m(?![\w/]))?(?![\w])"
)
_MULTIPLE: Final = {
    "k": 1000,
    "tsd": 1000,
    "tau": 1000,
    "tho": 1000,
    "mio": 10**6,
    "mn": 10**6,
    "mil": 10**6,
    "m": 10**6,
}


@dataclass(frozen=True, slots=True)
class Money:
    """What a cell says about money."""

    low: Decimal | None = None
    """None: the cell holds no amount that can be taken; ``why`` says why."""
    high: Decimal | None = None
    currency: str | None = None
    per: Per | None = None
    per_seat: bool = False
    why: str = ""
    """Why no amount was taken; empty for a cell that only says that it is not known."""

    @property
    def amount(self) -> str:
        """Return the amount as an inventory has it: ``48000``, ``40000-60000``."""
        assert self.low is not None
        assert self.high is not None
        low, high = plain(self.low), plain(self.high)
        return low if low == high else f"{low}-{high}"


def plain(number: Decimal) -> str:
    """Return a number by its digits alone."""
    number = round(number, 4)
    return str(int(number)) if number == int(number) else f"{number.normalize():f}"


def style_of(texts: Iterable[str]) -> Style | None:
    """Return how a column's cells write decimals, where one of them shows it and none denies it."""
    comma = point = False
    for text in texts:
        for match in re.findall(r"\d[\d.,]*\d", text):
            if re.search(r"\.\d{3},\d|\.\d{3}\.\d{3}\b|(?<![\d.])\d+,\d{1,2}\Z", match):
                comma = True
            if re.search(r",\d{3}\.\d|,\d{3},\d{3}\b|(?<![\d,])\d+\.\d{1,2}\Z", match):
                point = True
    return None if comma == point else "comma" if comma else "point"


def currency_of(text: str) -> str | None:
    """Return the currency a text names by code or sign, or None."""
    folded = unicodedata.normalize("NFKC", text)
    for code in re.findall(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])", folded):
        if code.upper() in CODES and (code.isupper() or len(folded.split()) <= 2):
            return str(code).upper()
    glued = re.search(r"(?<![A-Za-z])([A-Z]{3})(?=\d)|(?<=\d)([A-Z]{3})(?![A-Za-z])", folded)
    if glued and (glued[1] or glued[2]) in CODES:
        return str(glued[1] or glued[2])
    lower = folded.casefold()
    return next((code for sign, code in _SIGNS if sign in lower), None)


def period_of(text: str) -> Per | None:
    """Return the period a text names, or None."""
    lower = unicodedata.normalize("NFKC", text).casefold()
    return next((per for per, pattern in _PER if pattern.search(lower)), None)


def read_money(value: object, style: Style | None = None) -> Money:
    """Return what a cell says; ``style`` is how the column writes decimals."""
    if isinstance(value, bool):
        return Money(why="it holds a tick, not an amount")
    if isinstance(value, int | float):
        if not -1e12 <= value <= 1e12:  # NaN too
            return Money(why=f"{value:g} is beyond any amount")
        number = Decimal(str(value))
        return Money(why="the amount is negative") if number < 0 else Money(number, number)
    written = " ".join(unicodedata.normalize("NFKC", str(value)).split())
    if unknown(written):
        return Money()
    currency = currency_of(written)
    text = written.casefold()
    inside = " ".join(re.findall(r"\(([^)]*)\)", text))
    text = re.sub(r"\([^)]*\)", " ", text).strip()
    if _FREE.fullmatch(text):
        return Money(Decimal(0), Decimal(0), currency, "year")
    if not text or _NO_AMOUNT.fullmatch(text):
        return Money(why=f"it says {written!r}")
    for sign, _ in _SIGNS:
        text = text.replace(sign, " ")
    text = re.sub(rf"(?<![a-z])({'|'.join(CODES).lower()})(?![a-z])", " ", text)
    text = " ".join(text.split())
    if "kr" in text.split() or "¥" in text:
        return Money(why=f"{written!r} may be one of several currencies")
    if _ONCE.search(text) or _ONCE.search(inside):
        return Money(why=f"{written!r} is paid once")
    return _amount(text, written, currency, style, inside)


def _amount(
    text: str, written: str, currency: str | None, style: Style | None, inside: str
) -> Money:
    text = re.sub(r"(?:per\s+|/\s*)?\bu/m\b", "/user /month", text)
    text = re.sub(r"(?:per\s+|/\s*)?\bu/y\b", "/user /year", text)
    text = text.replace("pupm", "/user /month")
    seat = (
        _UNIT_SEAT.search(text) is not None or re.search(r"\bper (user|seat)\b", inside) is not None
    )
    text = _UNIT_SEAT.sub(" ", text)
    if _UNIT_OTHER.search(text):
        return Money(why=f"{written!r} depends on something that is counted")
    per = period_of(text) or period_of(inside)
    for _, pattern in _PER:
        text = pattern.sub(" ", text)
    bound = _BOUND.search(text)
    if bound:
        return Money(why=f"{written!r} is only a limit")
    numbers = list(_NUMBER.finditer(text))
    rest = _NUMBER.sub(" ", text)
    between = (
        re.fullmatch(r"\s*(?:-|–|—|to|bis)?\s*", text[numbers[0].end() : numbers[-1].start()])
        if len(numbers) == 2
        else None
    )
    if len(numbers) == 2 and between is not None:
        rest = re.sub(r"-|–|—|\bto\b|\bbis\b", " ", rest, count=1)
    elif len(numbers) != 1:
        why = "holds no amount" if not numbers else "holds several numbers"
        return Money(why=f"{written!r} {why}")
    left = re.sub(r"[~≈*.:,+/=\s-]|\d+\s?%", "", _FILLERS.sub(" ", rest))
    if left:
        return Money(why=f"{written!r} is more than an amount")
    each: list[Decimal] = []
    for match in numbers:
        if match[1] and match is numbers[0]:
            return Money(why=f"{written!r} is negative")
        number = _number(match[2], style, currency)
        if number is None:
            return Money(why=f"{written!r}: is it {_both(match[2])}?")
        each.append(number * _MULTIPLE.get((match[3] or "")[:3].rstrip("."), 1))
    if len(each) == 2 and numbers[1][3] and not numbers[0][3]:
        each[0] *= _MULTIPLE[numbers[1][3][:3].rstrip(".")]
    if each[-1] > 10**12:
        return Money(why=f"{written!r} is beyond any amount")
    if each[-1] < each[0]:
        return Money(why=f"{written!r} runs backwards")
    return Money(each[0], each[-1], currency, per, seat)


def _number(text: str, style: Style | None, currency: str | None) -> Decimal | None:
    """Return a number; None where its point or comma may mean two things."""
    text = re.sub(r"[ '’]", "", text)
    points, commas = text.count("."), text.count(",")
    if points and commas:
        decimal = max(text.rfind("."), text.rfind(","))
        whole = re.sub(r"[.,]", "", text[:decimal])
        return Decimal(f"{whole}.{text[decimal + 1 :]}")
    if points + commas == 0:
        return Decimal(text)
    if points + commas > 1:
        return Decimal(re.sub(r"[.,]", "", text))
    sign = "." if points else ","
    whole, part = text.split(sign)
    if len(part) != 3 or whole == "0" or len(whole) > 3:
        return Decimal(f"{whole}.{part}")
    if sign == ",":  # three decimals are never written, thousands often
        return Decimal(whole + part) if style != "comma" else None
    if style == "comma" or (
        style is None and currency in ("EUR", "CHF", "DKK", "BRL", "TRY", "IDR")
    ):
        return Decimal(whole + part)
    return None


def _both(text: str) -> str:
    digits = re.sub(r"[^\d]", "", text)
    return f"{int(digits):,} or {re.sub(',', '.', text)}"
