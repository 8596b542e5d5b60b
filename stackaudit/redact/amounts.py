"""Amounts of money inside sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stackaudit.result import Money, Part

WITHHELD: Final = "(amount withheld)"

_NUMBER: Final = r"\d[\d,.\u202f\u00a0']*\d|\d"
_RANGE: Final = rf"(?:{_NUMBER})(?:\s?[kKmM]\b)?(?:\s?[–-]\s?(?:{_NUMBER})(?:\s?[kKmM]\b)?)?"
_SIGNS: Final = (
    r"EUR|USD|GBP|CHF|CAD|AUD|NZD|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|SGD|HKD|[€$£¥]"
)


class Amounts:
    """The amounts of a result, and how to take them out of text.

    Gone is what has a currency at its side, what is grouped in thousands, what is the price of
    something in so many words, and every amount the result itself holds, however it is written.
    """

    def __init__(self, currency: str | None, parts: Iterator[Part]) -> None:
        self.values = {
            number
            for part in parts
            if isinstance(part, Money)
            for number in (part.low, part.high)
            if number >= 100
        }
        sign = f"(?:{_SIGNS}{f'|{re.escape(currency)}' if currency else ''})"
        written = sorted({text for value in self.values for text in _ways(value)}, key=_longest)
        known = "|".join(map(re.escape, written)) or "(?!)"
        self._pattern = re.compile(
            rf"{sign}\s?{_RANGE}"
            rf"|\b{_RANGE}\s?{sign}(?!\w)"
            rf"|(?<![\w.,])\d{{1,3}}(?:[,'\u202f\u00a0]\d{{3}})+(?:\.\d+)?(?!\w)"
            rf"|(?<=costs about ){_RANGE}|(?<=compared is ){_RANGE}"
            rf"|(?<![\w.,])(?:{known})(?![\w])"
        )

    def hidden(self, text: str) -> str:
        """Return the text without amounts."""
        return self._pattern.sub(self._gone, text) if any(c.isdigit() for c in text) else text

    @staticmethod
    def _gone(match: re.Match[str]) -> str:
        # A full stop behind the number ends the sentence, not the number.
        end = match.group()[-1]
        return WITHHELD + (end if end in ".," else "")

    def is_one(self, value: object) -> bool:
        """Tell whether a number of a check's details is, or may be, money."""
        if isinstance(value, bool):
            return False
        return isinstance(value, float) or (isinstance(value, int) and value in self.values)


def _longest(text: str) -> tuple[int, str]:
    return -len(text), text


def _ways(value: float) -> set[str]:
    """Return the ways an amount may be written in a sentence."""
    whole = round(value)
    plain = {str(whole), f"{whole:,}", f"{value:.2f}", f"{value:,.2f}", f"{value:g}"}
    return plain | {f"{whole:,}".replace(",", mark) for mark in (".", " ", "'", "\u202f")}
