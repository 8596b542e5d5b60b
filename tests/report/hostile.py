"""A result in which every free text is hostile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from stackaudit.result import AuditResult

DATA = Path(__file__).parent / "data"
PAYLOADS: list[str] = [
    json.loads(line)
    for line in (DATA / "xss_payloads.jsonl").read_text("utf-8").splitlines()
    if line
]
STRANGE: dict[str, str] = json.loads((DATA / "unicode_strings.json").read_text("utf-8"))
# A lone half of a surrogate pair cannot be in a result: no JSON text and no YAML text holds it.
WRITABLE = {k: v for k, v in STRANGE.items() if not any("\ud800" <= ch <= "\udfff" for ch in v)}


def _mark(value: Any, payload: str, where: tuple[str, ...], keep: set[tuple[str, ...]]) -> Any:
    if isinstance(value, dict):
        return {
            _mark(k, payload, (*where, "#key"), keep) if (*where, "#map") in keep else k: _mark(
                v, payload, (*where, k), keep
            )
            for k, v in value.items()
        }
    if isinstance(value, list):
        return [_mark(v, payload, (*where, "[]"), keep) for v in value]
    if isinstance(value, str) and where not in keep:
        return value + payload
    return value


def planted(result: AuditResult, payload: str) -> AuditResult:
    """Return the result with `payload` behind every text that the schema leaves free.

    Which texts are free is found by trying: a text that the schema refuses to see changed (a word
    of a list, a date) is left alone. A new text field is planted without a change here.
    """
    plain = result.model_dump(mode="json")
    keep: set[tuple[str, ...]] = set()
    for _ in range(20):
        try:
            return AuditResult.model_validate_json(json.dumps(_mark(plain, payload, (), keep)))
        except ValidationError as error:
            keep |= {
                tuple("[]" if isinstance(x, int) else str(x) for x in e["loc"])
                for e in error.errors()
            }
    raise AssertionError("the result could not be planted")


def fields(result: AuditResult, payload: str) -> set[tuple[str, ...]]:
    """Return the places, without positions, where the payload is in the result."""
    found: set[tuple[str, ...]] = set()

    def walk(value: Any, where: tuple[str, ...]) -> None:
        if isinstance(value, dict):
            for k, v in value.items():
                walk(v, (*where, k))
        elif isinstance(value, list):
            for v in value:
                walk(v, (*where, "[]"))
        elif isinstance(value, str) and payload in value:
            found.add(where)

    walk(result.model_dump(mode="json"), ())
    return found
