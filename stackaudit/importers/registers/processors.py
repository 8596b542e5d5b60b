"""Lists of subprocessors: who processes personal data for a company, what for, and where.

Article 28(2) and (4) GDPR: another processor is engaged to process personal data. So a list that
calls itself one of subprocessors states that each of them holds personal data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from stackaudit.importers.model import Found, Place
from stackaudit.importers.registers.tidy import word_set
from stackaudit.importers.spreadsheet.headers import Table, fold, meaning

PROCESSORS: Final = re.compile(r"sub-?[\s_]?processors?\b|unterauftrags(?:ver)?\w*", re.IGNORECASE)
_COUNTRY: Final = word_set("country countries location locations land standort region regions")
_PLACES: Final = re.compile(
    r"(?:entity |processing |data |server |hosting )?(?:country|countries|locations?|regions?)"
    r"(?: of (?:the )?(?:data |personal data )?processing)?"
)
_PURPOSES: Final = frozenset(
    (
        "purpose",
        "business purpose",
        "used for",
        "use case",
        "main purpose",
        "usage purpose",
        "what for",
        "zweck",
        "einsatzzweck",
        "verwendungszweck",
        "purpose of processing",
        "processing purpose",
        "nature of processing",
        "services provided",
        "processing activities",
        "description of processing",
    )
)
"""Keys whose words are kept as they are: what a tool is for says more than a category."""
_NAMES: Final = (
    "subprocessor",
    "sub processor",
    "subprocessor name",
    "sub processor name",
    "name of subprocessor",
    "third party",
    "entity",
    "entity name",
    "vendor",
    "vendor name",
    "company",
    "supplier",
    "provider",
)
"""Headers of the column that names a subprocessor, the best first."""


def prepare(table: Table, processors: bool) -> None:
    """Let purposes be notes and, in a list of subprocessors, countries where data is processed."""
    for column in table.columns if not table.saved else ():
        head = fold(column.header)
        if head in _PURPOSES:
            column.key = "notes"
        elif processors and (head in _COUNTRY or _PLACES.fullmatch(head)):
            column.key, column.why = "privacy.hosted_in", "in a list of subprocessors"


def names_of(heads: list[str]) -> list[str]:
    """Return headers of which one names the tools, as far as one can be told to."""
    if any(meaning("tools", head)[0] in ("name", "~name") for head in heads):
        return heads
    each = [fold(head) for head in heads]
    best = next((each.index(name) for name in _NAMES if name in each), None)
    return heads if best is None else ["tool" if n == best else h for n, h in enumerate(heads)]


def mark(found: Found, keys: Iterable[str], place: Place) -> None:
    """State of subprocessors that they hold personal data, and say how the list was read."""
    wanted = set(keys)
    for tool in found.tools:
        if tool.key in wanted:
            tool.facts.setdefault("personal_data", True)
    found.note(
        "it is a list of subprocessors: each processes personal data, and its country is read as "
        "where that is done; a vendor's seat may be elsewhere than its servers",
        place,
    )
