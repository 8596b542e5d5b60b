"""The values an inventory is made of: how each is written, and what it becomes.

Scalars arrive as text (the reader keeps them so). Each function here turns what was written into
its value, lets values through that are already made, and raises :func:`bad` otherwise. A key left
out is never seen here: its field stays ``None``, unknown.

One function reads a whole field, lists and mappings included: at 30,000 records a validator per
item is what validation would spend its time on.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, get_args

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from stackaudit.source.words import did_you_mean, listed, make_id

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
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_RANGE = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:-|–|to)\s*([0-9]+(?:\.[0-9]+)?)\Z")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?\Z")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_MINUTES: Final = {"m": 1, "h": 60, "d": 1440, "w": 10080}

Step = str | int
Flaw = tuple[tuple[Step, ...], str, str, str]
"""Path below the field, code, message, hint."""


def bad(code: str, message: str, hint: str = "", at: tuple[Step, ...] = ()) -> PydanticCustomError:
    """Return the error of one wrong value; its context carries ``flaws`` for the loader."""
    return _bad([(at, code, message, hint)])


def _bad(flaws: list[Flaw]) -> PydanticCustomError:
    return PydanticCustomError("flaws", "{message}", {"message": flaws[0][2], "flaws": flaws})


class Reads:
    """Marks a type as read by one function and described by one JSON Schema."""

    __slots__ = ("function", "schema")

    def __init__(self, function: Callable[[Any], Any], **schema: Any) -> None:
        self.function = function
        self.schema = schema

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.function)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self.schema)


def kind_of(value: Any) -> str:
    """Return what a value of the tree is, in words."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return "nothing" if value is None else "text"


def _text(value: Any, what: str) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float | Decimal):
        return str(value)
    raise bad("E020", f"{what} is expected here, not {kind_of(value)}")


def read_id(value: Any) -> str:
    """Return the id a text means; case, spaces and underscores are forgiven."""
    made = make_id(value if isinstance(value, str) else _text(value, "an id"))
    if not made:
        raise bad("E021", "this id has no letters or digits", "use lower-case words joined by `-`")
    return made


def read_text(value: Any) -> str:
    """Return a text that says something."""
    text = _text(value, "text")
    if not text:
        raise bad(
            "E022",
            "this text is empty",
            "write the text, or leave the key out when it is not known",
        )
    return text


def read_date(value: Any) -> date:
    """Return a day written as ``2026-11-01``."""
    if isinstance(value, date):
        return value
    text = _text(value, "a date")
    match = _DATE.match(text)
    if not match:
        raise bad(
            "E030", f"{text!r} is not a date", "write it as YEAR-MONTH-DAY, for instance 2026-11-01"
        )
    year, month, day = (int(part) for part in match.groups())
    if not 1 <= month <= 12:
        raise bad("E031", f"{text} is not a date", f"there is no month {month:02d}")
    days = calendar.monthrange(year, month)[1] if year else 0
    if not 1 <= day <= days:
        hint = (
            f"{calendar.month_name[month]} {year} has {days} days"
            if days
            else "years start at 0001"
        )
        raise bad("E031", f"{text} is not a date", hint)
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
    raise bad("E023", f"{text!r} is neither yes nor no", "write yes or no, or leave the key out")


def read_number(value: Any) -> Decimal:
    """Return a number that is not negative."""
    if isinstance(value, Decimal):
        return value
    text = _text(value, "a number")
    if not _NUMBER.match(text):
        raise bad(
            "E024", f"{text!r} is not a number", "write digits only, for instance 48000 or 0.92"
        )
    if len(text) > 30:
        raise bad(
            "E026", f"{text[:30]}… is beyond any amount this can be", "the largest is 1000000000000"
        )
    number = Decimal(text)
    if number < 0:
        raise bad("E025", f"{text} is negative", "amounts and counts start at 0")
    if number > 10**12:
        raise bad(
            "E026", f"{text} is beyond any amount this can be", "the largest is 1000000000000"
        )
    return number


def read_count(value: Any) -> int:
    """Return a whole number that is not negative."""
    number = read_number(value)
    if number != int(number):
        raise bad("E024", f"{value} is not a whole number", "write digits only, for instance 25")
    return int(number)


def read_rating(value: Any) -> int:
    """Return a rating from 1 to 5."""
    number = read_count(value)
    if not 1 <= number <= 5:
        raise bad("E037", f"{number} is not a rating", "ratings go from 1 (poor) to 5 (excellent)")
    return number


def read_rate(value: Any) -> Decimal:
    """Return an exchange rate, a number above zero."""
    number = read_number(value)
    if not number:
        raise bad(
            "E025",
            "a rate of 0 cannot be",
            "write what one unit is worth in the company's currency",
        )
    return number


def read_amount(value: Any) -> tuple[Decimal, Decimal]:
    """Return the low and high end of an amount, ``48000`` or ``40000-60000``."""
    if isinstance(value, tuple):
        return value[0], value[1]
    text = _text(value, "an amount")
    match = _RANGE.match(text)
    if match:
        low, high = read_number(match[1]), read_number(match[2])
        if high < low:
            raise bad(
                "E027", f"the range {text} runs backwards", f"write it as {match[2]}-{match[1]}"
            )
        return low, high
    if not _NUMBER.match(text):
        hint = (
            "write digits only (48000), a range (40000-60000), "
            "or {amount: 4000, per: month, currency: USD}"
        )
        raise bad("E024", f"{text!r} is not an amount", hint)
    number = read_number(text)
    return number, number


def read_currency(value: Any) -> str:
    """Return an ISO 4217 code, ``EUR``."""
    text = _text(value, "a currency").upper()
    if not _CURRENCY.match(text):
        raise bad(
            "E028",
            f"{text!r} is not a currency code",
            "use the three letters of ISO 4217, such as EUR or USD",
        )
    return text


def read_interval(value: Any) -> str:
    """Return how often data moves: a word, ``15m``, ``4h``, ``2d``, or a range ``15m-4h``."""
    if isinstance(value, str) and value in LATENCY_WORDS:
        return value
    text = _text(value, "an interval").lower().replace("_", "-").replace("–", "-")
    text = re.sub(r"\Abatch-", "", re.sub(r"\s*-\s*", "-", text).replace(" ", "-"))
    if not _INTERVAL.match(text):
        otherwise = f"use {listed(LATENCY_WORDS, 'or')}, or 15m, 4h, 2d, or a range 15m-4h"
        raise bad(
            "E029", f"{text!r} is not an interval", did_you_mean(text, LATENCY_WORDS, otherwise)
        )
    if "-" in text and text not in LATENCY_WORDS:
        low, high = text.split("-")
        if int(low[:-1]) * _MINUTES[low[-1]] > int(high[:-1]) * _MINUTES[high[-1]]:
            raise bad("E027", f"the range {text} runs backwards", f"write it as {high}-{low}")
    return text


def _several(read: Callable[[Any], str]) -> Callable[[Any], tuple[str, ...]]:
    """Return a reader of one value or a list of them; ``none`` gives the empty tuple."""

    def several(value: Any) -> tuple[str, ...]:
        if type(value) is str:
            made = read(value)
            return () if len(made) == 4 and made.lower() == NONE else (made,)
        if not isinstance(value, list | tuple):
            if isinstance(value, dict):
                raise bad("E035", "one value or a list is expected here, not a mapping")
            return (read(value),)
        try:
            return tuple(dict.fromkeys([read(item) for item in value]))
        except PydanticCustomError:
            raise _bad(list(_flaws(read, value))) from None

    return several


def _flaws(read: Callable[[Any], Any], values: Any) -> list[Flaw]:
    """Return every flaw of a list, or of the values of a mapping."""
    found: list[Flaw] = []
    for step, item in values.items() if isinstance(values, dict) else enumerate(values):
        try:
            read(item)
        except PydanticCustomError as error:
            found += inside(step, error)
    return found


def inside(step: Step, error: PydanticCustomError) -> list[Flaw]:
    """Return an error's flaws as seen from one level up."""
    return [
        ((step, *at), code, message, hint)
        for at, code, message, hint in (error.context or {})["flaws"]
    ]


read_ids = _several(read_id)
read_texts = _several(read_text)


def mapping_of(read: Callable[[Any], Any], what: str) -> Callable[[Any], dict[str, Any]]:
    """Return a reader of a mapping from ids to values; ``none`` gives the empty mapping."""

    def read_mapping(value: Any) -> dict[str, Any]:
        if isinstance(value, str) and value.strip().lower() == NONE:
            return {}
        if not isinstance(value, dict):
            raise bad("E035", f"a mapping ({what}) is expected here, not {kind_of(value)}")
        made: dict[str, Any] = {}
        flaws: list[Flaw] = []
        for key, item in value.items():
            try:
                name = "/".join(read_id(part) for part in key.split("/"))
                if name in made:
                    raise bad(
                        "E008",
                        f"`{key}` stands here twice, written in two ways",
                        "keep one of the two",
                    )
                made[name] = read(item)
            except PydanticCustomError as error:
                flaws += inside(key, error)
        if flaws:
            raise _bad(flaws)
        return made

    return read_mapping


def word(literal: Any) -> Reads:
    """Return a reader of a closed list of words (a ``Literal``); case and spaces are forgiven."""
    choices: tuple[str, ...] = get_args(literal)
    known = {choice: choice for choice in choices}

    def read_word(value: Any) -> str:
        if isinstance(value, str) and value in known:
            return value
        text = _text(value, "one word")
        made = make_id(text)
        if made not in known:
            options = listed(choices)
            near = did_you_mean(text, choices)
            raise bad(
                "E034", f"{text!r} is not {'one of ' if len(choices) > 1 else ''}{options}", near
            )
        return made

    return Reads(read_word, enum=list(choices))


def one_or_more(reads: Reads) -> Reads:
    """Return a reader of one value or a list of what another reader reads."""
    one = dict(reads.schema)
    return Reads(_several(reads.function), anyOf=[one, {"type": "array", "items": one}])


def read_strengths(strength: Reads) -> Callable[[Any], dict[str, str]]:
    """Return a reader of capability → strength; a plain list means primary in each."""
    weighted = mapping_of(strength.function, "capability: primary, secondary or unused")

    def read(value: Any) -> dict[str, str]:
        if isinstance(value, dict):
            return weighted(value)
        return dict.fromkeys(read_ids(value), "primary")

    return read


def read_channels(use: Reads) -> Callable[[Any], dict[str, str]]:
    """Return a reader of channel → ``all`` or ``transactional``; a list may mix both forms."""
    mapped = mapping_of(use.function, "channel: all or transactional")

    def read(value: Any) -> dict[str, str]:
        if isinstance(value, dict):
            return mapped(value)
        if isinstance(value, str):
            return dict.fromkeys(read_ids(value), "all")
        if not isinstance(value, list | tuple):
            raise bad(
                "E035", f"one channel or a list of them is expected here, not {kind_of(value)}"
            )
        made: dict[str, str] = {}
        flaws: list[Flaw] = []
        for n, item in enumerate(value):
            try:
                made |= mapped(item) if isinstance(item, dict) else {read_id(item): "all"}
            except PydanticCustomError as error:
                flaws += inside(n, error)
        if flaws:
            raise _bad(flaws)
        return made

    return read


_STRING: Final = {"type": "string"}
_ONE_OR_MORE: Final[list[dict[str, Any]]] = [_STRING, {"type": "array", "items": _STRING}]
_SCALAR: Final = ["string", "number", "boolean"]
# Editors see YAML's own types: an unquoted 1800 is a number to them, a text to the reader.
_NAMES: Final[list[dict[str, Any]]] = [
    {"type": _SCALAR},
    {"type": "array", "items": {"type": _SCALAR}},
]

Id = Annotated[str, Reads(read_id, type=["string", "number"])]
Name = Annotated[str, Reads(read_text, type=["string", "number"])]
Text = Annotated[str, Reads(read_text, type=_SCALAR)]
Day = Annotated[
    date, Reads(read_date, type="string", format="date", pattern=r"^\d{4}-\d{2}-\d{2}$")
]
YesNo = Annotated[bool, Reads(read_yes_no, enum=[True, False, "yes", "no"])]
Number = Annotated[Decimal, Reads(read_number, type="number", minimum=0)]
Rate = Annotated[Decimal, Reads(read_rate, type="number", exclusiveMinimum=0)]
Count = Annotated[int, Reads(read_count, type="integer", minimum=0)]
Rating = Annotated[int, Reads(read_rating, type="integer", minimum=1, maximum=5)]
Currency = Annotated[str, Reads(read_currency, type="string", pattern="^[A-Za-z]{3}$")]
Interval = Annotated[
    str,
    Reads(
        read_interval,
        anyOf=[{"enum": list(LATENCY_WORDS)}, {"type": "string", "pattern": INTERVAL_PATTERN}],
    ),
]
Amount = Annotated[
    tuple[Decimal, Decimal],
    Reads(
        read_amount,
        anyOf=[
            {"type": "number", "minimum": 0},
            {"type": "string", "pattern": r"^\d+(\.\d+)?\s*(-|–|to)\s*\d+(\.\d+)?$"},
        ],
    ),
]
Ids = Annotated[tuple[str, ...], Reads(read_ids, anyOf=_ONE_OR_MORE)]
Texts = Annotated[tuple[str, ...], Reads(read_texts, anyOf=_NAMES)]
