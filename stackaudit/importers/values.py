"""Values of found facts: as an inventory writes them, allowed, valid, and free of secrets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from stackaudit.importers.model import Found, Place
from stackaudit.inventory import schema
from stackaudit.inventory.shape import keys_of, read_field
from stackaudit.source.problems import Problem
from stackaudit.source.secrets import masked
from stackaudit.source.tree import Map, Source

TOOL_KEYS: Final = frozenset(keys_of(schema.Tool)) - {"id", "name", "product", "source"}
INTEGRATION_KEYS: Final = frozenset(keys_of(schema.Integration)) - {"id", "from", "to", "source"}
CONTRACT_KEYS: Final = frozenset(keys_of(schema.Contract)) - {"id", "source"}
PEOPLE: Final = frozenset(("owner", "technical_owner"))
"""Keys that name people: an address there is known, and not to be shown."""

_ADDRESS: Final = re.compile(r"<?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b>?")
_URL_SECRETS: Final = re.compile(r"(?<=://)[^/@\s]+@|[?#]\S*")


def written(value: Any) -> Any:
    """Return a value in the form in which the reader of inventories has it: texts, lists, maps.

    Booleans become ``yes`` and ``no``, days ``2027-03-01``, numbers their shortest text; None and
    what is empty inside a list or mapping is left out.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        each = {str(k): written(v) for k, v in value.items()}
        return {k: v for k, v in each.items() if v is not None and v != ""}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [w for w in map(written, items) if w is not None and w != ""]
    return None if value is None else one_line(str(value))


def one_line(text: str) -> str:
    """Return a text on one line, without characters that may not stand in an inventory."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def clean(
    facts: Mapping[str, Any], model: type[schema.Record], found: Found, place: Place
) -> dict[str, Any]:
    """Return the facts that an inventory may hold, written; the others are said or counted.

    Keys are allow-listed; what looks like a secret is dropped; addresses of people are dropped,
    and where a person was named only by one, the person is ``withheld``.
    """
    allowed = {
        schema.Tool: TOOL_KEYS,
        schema.Integration: INTEGRATION_KEYS,
        schema.Contract: CONTRACT_KEYS,
    }[model]
    kept: dict[str, Any] = {}
    for key, raw in facts.items():
        if key not in allowed:
            found.dropped[f"unknown key {key}"] += 1
            continue
        value = _private(key, written(raw), found.dropped)
        if value is None or value in ("", [], {}):
            continue
        problem = flaw(model, key, value)
        if problem is not None:
            found.left_out(f"{key}: {problem.message}", place, problem.hint)
            continue
        kept[key] = value
    return kept


def text_without_secrets(text: str, dropped: Counter[str]) -> str:
    """Return a text without addresses of people and without what looks like a secret."""
    shown, kind = masked(text)
    if kind:
        dropped["secret"] += 1
        text = shown
    without = _ADDRESS.sub("", text)
    if without != text:
        dropped["e-mail address"] += len(_ADDRESS.findall(text))
        text = " ".join(without.split()).strip(" ,;()<>")
    return text


def _private(key: str, value: Any, dropped: Counter[str]) -> Any:
    if isinstance(value, dict):
        return {k: p for k, v in value.items() if (p := _private(k, v, dropped)) is not None}
    if isinstance(value, list):
        each = [p for v in value if (p := _private(key, v, dropped)) is not None]
        return list(dict.fromkeys(each)) if all(isinstance(e, str) for e in each) else each
    if not isinstance(value, str):
        return value
    if key == "url":
        without = _URL_SECRETS.sub("", value)
        if without != value and masked(value)[1]:
            dropped["secret"] += 1
        value = without
    shown, kind = masked(value)
    if kind:
        dropped["secret"] += 1
        if shown.strip(" •") == "":
            return None
        value = shown
    if "@" in value and _ADDRESS.search(value):
        dropped["e-mail address"] += len(_ADDRESS.findall(value))
        value = " ".join(_ADDRESS.sub("", value).split()).strip(" ,;()<>")
        return value or ("withheld" if key in PEOPLE else None)
    return value


def flaw(model: type[schema.Record], key: str, value: Any) -> Problem | None:
    """Return what is wrong with the value of a key by itself, or None."""
    return _read(model, key, value)[1]


def meant(model: type[schema.Record], key: str, value: Any) -> Any:
    """Return what the written value of a key means to the reader of inventories; None: nothing."""
    read, problem = _read(model, key, value)
    return None if problem is not None else read


def _read(model: type[schema.Record], key: str, value: Any) -> tuple[Any, Problem | None]:
    name = next((n for n, info in model.model_fields.items() if (info.alias or n) == key), key)
    source = Source("import", "")
    node = Map.made({key: _made(value, source)}, source, 0, [0, 0])
    problems: list[Problem] = []
    read = read_field(model, name, node[key], node, problems)
    return read, next((p for p in problems if p.level == "error"), None)


def _made(value: Any, source: Source) -> Any:
    if isinstance(value, dict):
        made = {k: _made(v, source) for k, v in value.items()}
        return Map.made(made, source, 0, [0] * (2 * len(made)))
    if isinstance(value, list):
        return [_made(v, source) for v in value]
    return value
