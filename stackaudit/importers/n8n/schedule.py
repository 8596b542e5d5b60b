"""How often a workflow of n8n runs, as an inventory says it: from its trigger nodes.

Parameters that stand at n8n's default are left out of an export; the defaults are those of the
public node descriptions (Schedule Trigger, Cron, Interval, and the poll times of polling triggers).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

MINUTES: Final = {"m": 1, "h": 60, "d": 1440}
WORDS: Final = {"hourly": 60, "daily": 1440, "weekly": 10080, "monthly": 43200, "real-time": 0}


def every(node_type: str, parameters: Mapping[str, Any]) -> str:
    """Return how often a trigger of time runs; empty where it is not said."""
    kind = node_type.rpartition(".")[2]
    if kind == "interval":
        return _span(parameters.get("interval", 1), str(parameters.get("unit", "seconds")))
    if kind == "cron":
        return _fastest(_item(i) for i in _list(parameters.get("triggerTimes"), "item"))
    if kind == "scheduleTrigger":
        rules = _list(parameters.get("rule"), "interval") or [{}]
        return _fastest(_rule(r) for r in rules)
    return ""


def polled(parameters: Mapping[str, Any]) -> str:
    """Return how often a polling trigger looks: its poll times, or n8n's default of a minute."""
    items = _list(parameters.get("pollTimes"), "item")
    return _fastest(_item(i, "everyMinute") for i in items) or "1m"


def of_cron(expression: str) -> str:
    """Return how often a cron expression of five or six fields fires."""
    fields = expression.split()
    if len(fields) == 6:
        fields = fields[1:]  # n8n allows seconds in front
    if len(fields) != 5:
        return ""
    minute, hour, day, month, weekday = fields
    if month not in ("*", "?"):
        return ""
    if (step := _step(minute)) and hour in ("*", "*/1"):
        return _short(step)
    times = len(minute.split(","))
    if hour in ("*", "*/1"):
        return _short(60 // times) if times > 1 else "hourly"
    if step := _step(hour):
        return _short(step * 60)
    if day not in ("*", "?"):
        return "monthly" if re.fullmatch(r"\d+", day) else ""
    if weekday not in ("*", "?"):
        return "weekly" if re.fullmatch(r"\w+", weekday) else "daily"
    hours = len(hour.split(","))
    return _short(1440 // hours) if hours > 1 else "daily"


def _step(field: str) -> int:
    match = re.fullmatch(r"(?:\*|0|\d+-\d+)/(\d+)", field)
    if match:
        return int(match.group(1))
    return 1 if field == "*" else 0


def _rule(rule: Any) -> str:
    given = rule if isinstance(rule, Mapping) else {}
    unit = str(given.get("field", "days"))
    if unit == "cronExpression":
        return of_cron(str(given.get("expression", "")))
    default = {"seconds": 30, "minutes": 5}.get(unit, 1)
    return _span(given.get(f"{unit}Interval", default), unit)


def _item(item: Any, default: str = "everyDay") -> str:
    given = item if isinstance(item, Mapping) else {}
    mode = str(given.get("mode", default))
    if mode == "custom":
        return of_cron(str(given.get("cronExpression", "")))
    if mode == "everyX":
        return _span(given.get("value", 2), str(given.get("unit", "hours")))
    return {
        "everyMinute": "1m",
        "everyHour": "hourly",
        "everyDay": "daily",
        "everyWeek": "weekly",
        "everyMonth": "monthly",
    }.get(mode, "")


def _span(number: Any, unit: str) -> str:
    try:
        count = int(float(str(number)))
    except (ValueError, OverflowError):
        return ""
    if count < 1:
        return ""
    if unit == "seconds":
        return "real-time" if count <= 60 else _short(count // 60)
    minutes = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10080, "months": 43200}.get(unit)
    return _short(count * minutes) if minutes else ""


def _short(minutes: int) -> str:
    for word, size in WORDS.items():
        if size == minutes:
            return word
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def minutes(word: str) -> float:
    """Return how long a word means, in minutes, to compare two; by hand is the slowest."""
    if word in WORDS:
        return WORDS[word]
    match = re.fullmatch(r"(\d+)([mhd])", word)
    return int(match.group(1)) * MINUTES[match.group(2)] if match else float("inf")


def _fastest(words: Any) -> str:
    return min((w for w in words if w), key=minutes, default="")


def _list(value: Any, key: str) -> list[Any]:
    inner = value.get(key) if isinstance(value, Mapping) else None
    return inner if isinstance(inner, list) else []
