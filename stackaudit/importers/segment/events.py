"""What Segment's triggers and filters mean: data objects that flow, and a filter in words.

Triggers and filters are written in FQL, https://www.twilio.com/docs/segment/api/public-api/fql:
``type = "track" and event = "Order Completed"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

TYPES: Final = {
    "identify": "contact",
    "group": "account",
    "track": "behavioural-event",
    "page": "behavioural-event",
    "screen": "behavioural-event",
    "alias": "identity",
}
"""Calls of the Segment spec (https://segment.com/docs/connections/spec/) → what they carry."""
_WORDS: Final = (
    (re.compile(r"\baudiences?\b", re.IGNORECASE), "ad-audience"),
    (
        re.compile(r"\b(contacts?|prospects?|customers?|persons?|profiles?)\b", re.IGNORECASE),
        "contact",
    ),
    (re.compile(r"\bleads?\b", re.IGNORECASE), "lead"),
    (re.compile(r"\b(accounts?|compan(?:y|ies)|organi[sz]ations?)\b", re.IGNORECASE), "account"),
    (re.compile(r"\b(opportunit(?:y|ies)|deals?)\b", re.IGNORECASE), "opportunity"),
    (re.compile(r"\border (completed|refunded|updated|cancelled)\b", re.IGNORECASE), "order"),
    (re.compile(r"\b(conversions?|purchases?)\b", re.IGNORECASE), "conversion"),
    (re.compile(r"\b(tickets?|cases?)\b", re.IGNORECASE), "ticket"),
)
_TYPE: Final = re.compile(r'\btype\s*=\s*"(\w+)"')
_EVENT: Final = re.compile(r'\bevent\s*=\s*"([^"]*)"')


def objects_of(name: str, trigger: str) -> list[str]:
    """Return what a subscription sends: by the name of its action, else by its trigger."""
    named = [made for words, made in _WORDS if words.search(name)]
    if named:
        return named[:1]
    events = _EVENT.findall(trigger)
    if events and all(e.casefold().startswith("order ") for e in events):
        return ["order"]
    return list(dict.fromkeys(TYPES[t] for t in _TYPE.findall(trigger) if t in TYPES))


def in_words(filter_: Mapping[str, Any]) -> str:
    """Return a destination filter in words: its title, else what it does and to what."""
    title = filter_.get("title")
    if isinstance(title, str) and title.strip():
        return " ".join(title.split())
    condition = filter_.get("if")
    about = " ".join(condition.split()) if isinstance(condition, str) else ""
    if match := re.fullmatch(r'type\s*=\s*"(\w+)"', about):
        about = f"{match.group(1)} events"
    elif match := re.fullmatch(r'event\s*=\s*"([^"]+)"', about):
        about = f"the event {match.group(1)}"
    elif about.lower() in ("all", ""):
        about = "all events"
    else:
        about = f"events where {about[:120]}"
    return " and ".join(dict.fromkeys(_action(a, about) for a in _actions(filter_))) or about


def _actions(filter_: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    given = filter_.get("actions")
    return [a for a in given if isinstance(a, Mapping)] if isinstance(given, list) else []


def _action(action: Mapping[str, Any], about: str) -> str:
    what = str(action.get("type") or "").upper()
    if what == "DROP":
        return f"without {about}"
    if what == "SAMPLE":
        percent = action.get("percent")
        share = f"{percent * 100:g} %" if isinstance(percent, int | float) else "a sample"
        return f"{share} of {about}"
    if what == "DROP_PROPERTIES":
        return f"without some fields of {about}"
    if what == "ALLOW_PROPERTIES":
        return f"only some fields of {about}"
    return about
