"""The values an inventory is made of: how each is written, and what it becomes.

Scalars arrive as text (the reader keeps them so); each type here turns text into its value or
raises :class:`pydantic_core.PydanticCustomError` whose type is the problem's code and whose
context may hold a ``hint``. A key left out is never seen here: its field stays ``None``, unknown.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from stackaudit.source.words import make_id

NONE: Final = "none"

LATENCY_WORDS: Final = (
    "real-time",
    "near-real-time",
    "hourly",
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "yearly",
    "manual",
)
"""Words for how often data moves; their minutes stand in the catalogue."""

_STEP = r"[1-9]\d{0,5}[mhdw]"
INTERVAL_PATTERN: Final = rf"^(?:{'|'.join(LATENCY_WORDS)}|{_STEP}(?:\s*-\s*{_STEP})?)$"
_INTERVAL = re.compile(INTERVAL_PATTERN)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\Z")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")


def _bad(code: str, message: str, hint: str = "") -> PydanticCustomError:
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})  # type: ignore[arg-type]


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        kind = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else "this"
        raise _bad("E020", f"{what} is expected here, not {kind}")
    return value.strip()


def read_id(value: Any) -> str:
    """Return the id a text means; case, spaces and underscores are forgiven."""
    made = make_id(_text(value, "an id"))
    if not made:
        raise _bad("E021", "this id has no letters or digits", "use lower-case words joined by '-'")
    return made


def read_name(value: Any) -> str:
    """Return a text that says something."""
    text = _text(value, "text")
    if not text:
        raise _bad("E022", "this text is empty", "write the text, or leave the key out when it is not known")
    return text


def read_date(value: Any) -> date:
    """Return a day written as ``2026-11-01``."""
    text = _text(value, "a date")
    match = _DATE.match(text)
    if not match:
        raise _bad("E030", f"{text!r} is not a date", "write it as YEAR-MONTH-DAY, for instance 2026-11-01")
    year, month, day = (int(part) for part in match.groups())
    if not 1 <= month <= 12:
        raise _bad("E031", f"{text} is not a date", f"there is no month {month:02d}")
    days = calendar.monthrange(year, month)[1] if year else 0
    if not 1 <= day <= days:
        hint = f"{calendar.month_name[month]} {year} has {days} days" if days else "years start at 0001"
        raise _bad("E031", f"{text} is not a date", hint)
    return date(year, month, day)


def read_yes_no(value: Any) -> bool:
    """Return what ``yes``, ``no``, ``true`` or ``false`` says."""
    if isinstance(value, bool):
        return value
    text = _text(value, "yes or no").lower()
    if text in ("yes", "true"):
        return True
    if text in ("no", "false"):
        return False
    raise _bad("E023", f"{text!r} is neither yes nor no", "write yes or no, or leave the key out")


def read_number(value: Any) -> Decimal:
    """Return a number that is not negative."""
    text = _text(value, "a number")
    if not _NUMBER.match(text):
        raise _bad("E024", f"{text!r} is not a number", "write digits only, for instance 48000 or 0.92")
    try:
        number = Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits only what Decimal reads
        raise _bad("E024", f"{text!r} is not a number") from None
    if number < 0:
        raise _bad("E025", f"{text} is negative", "amounts and counts start at 0")
    if number > 10**12:
        raise _bad("E026", f"{text} is beyond any amount this can be", "the largest is 1,000,000,000,000")
    return number


def read_count(value: Any) -> int:
    """Return a whole number that is not negative."""
    number = read_number(value)
    if number != int(number):
        raise _bad("E024", f"{value} is not a whole number", "write digits only, for instance 25")
    return int(number)


def read_amount(value: Any) -> tuple[Decimal, Decimal]:
    """Return the low and high end of an amount, ``48000`` or ``40000-60000``."""
    text = _text(value, "an amount")
    match = _RANGE.match(text)
    if match:
        low, high = read_number(match[1]), read_number(match[2])
        if high < low:
            raise _bad("E027", f"the range {text} runs backwards", f"write it as {match[2]}-{match[1]}")
        return low, high
    if not _NUMBER.match(text):
        hint = "write digits only (48000), a range (40000-60000), or {amount: 4000, per: month, currency: USD}"
        raise _bad("E024", f"{text!r} is not an amount", hint)
    number = read_number(text)
    return number, number


def read_currency(value: Any) -> str:
    """Return an ISO 4217 code, ``EUR``."""
    text = _text(value, "a currency").upper()
    if not _CURRENCY.match(text):
        raise _bad("E028", f"{text!r} is not a currency code", "use the three letters of ISO 4217, such as EUR or USD")
    return text


def read_interval(value: Any) -> str:
    """Return how often data moves: a word, ``15m``, ``4h``, ``2d``, or a range ``15m-4h``."""
    text = _text(value, "an interval").lower().replace("_", "-")
    if " " in text and "-" not in text:
        text = text.replace(" ", "-")
    text = re.sub(r"\Abatch-", "", text)
    if not _INTERVAL.match(text):
        words = ", ".join(LATENCY_WORDS)
        raise _bad("E029", f"{text!r} is not an interval", f"use {words}, or 15m, 4h, 2d, or a range 15m-4h")
    return re.sub(r"\s*-\s*(?=\d)", "-", text)


def one_or_list(value: Any) -> Any:
    """Return a list for one value or a list, the empty list for a stated ``none``."""
    if isinstance(value, str):
        return [] if value.strip().lower() == NONE else [value]
    return value


def read_strengths(value: Any) -> Any:
    """Return capability → strength; a plain list means primary in each."""
    if isinstance(value, str):
        value = one_or_list(value)
    if isinstance(value, list):
        return {item: "primary" if isinstance(item, str) else item for item in map(_hashable, value)}
    return value


def _hashable(value: Any) -> str:
    return _text(value, "the name of a capability")


def read_channels(value: Any) -> Any:
    """Return channel → use (``all`` or ``transactional``); ``none`` gives the empty mapping."""
    if isinstance(value, str):
        value = one_or_list(value)
    if not isinstance(value, list):
        return value
    uses: dict[str, Any] = {}
    for item in value:
        if isinstance(item, Mapping):
            uses.update(item)
        else:
            uses[_text(item, "a channel")] = "all"
    return uses


def read_word(value: Any) -> str:
    """Return a word of a closed list, forgiving case, spaces and underscores."""
    return make_id(_text(value, "a word")) or str(value)


def _schema(**parts: Any) -> WithJsonSchema:
    return WithJsonSchema(parts)


Id = Annotated[str, BeforeValidator(read_id), _schema(type="string", minLength=1)]
Name = Annotated[str, BeforeValidator(read_name), _schema(type=["string", "number"])]
Text = Annotated[str, BeforeValidator(read_name), _schema(type=["string", "number", "boolean"])]
Day = Annotated[date, BeforeValidator(read_date), _schema(type="string", format="date", pattern=r"^\d{4}-\d{2}-\d{2}$")]
YesNo = Annotated[bool, BeforeValidator(read_yes_no), _schema(enum=[True, False, "yes", "no"])]
Number = Annotated[Decimal, BeforeValidator(read_number), _schema(type="number", minimum=0)]
Count = Annotated[int, BeforeValidator(read_count), _schema(type="integer", minimum=0)]
Currency = Annotated[str, BeforeValidator(read_currency), _schema(type="string", pattern="^[A-Z]{3}$")]
Interval = Annotated[
    str, BeforeValidator(read_interval), _schema(type="string", pattern=INTERVAL_PATTERN, examples=list(LATENCY_WORDS))
]
Amount = Annotated[
    tuple[Decimal, Decimal],
    BeforeValidator(read_amount),
    _schema(anyOf=[{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^\d+(\.\d+)?\s*-\s*\d+(\.\d+)?$"}]),
]
Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(one_or_list),
    _schema(anyOf=[{"type": "string"}, {"type": "array", "items": {"type": "string"}}]),
]
Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(one_or_list),
    _schema(anyOf=[{"type": "string"}, {"type": "array", "items": {"type": "string"}}]),
]
