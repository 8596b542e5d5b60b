"""The cases of the checks: a YAML file each, written from the definition and not from the code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from stackaudit.check import Check, Outcome
from stackaudit.checks import built_in
from stackaudit.testing import DAY, make_stack

HERE = Path(__file__).parent
CHECKS: dict[str, Check] = {check.id: check() for check in built_in()}


@dataclass(frozen=True)
class Case:
    """An inventory on a day, and what one check must say of it."""

    check: str
    name: str
    inventory: str
    as_of: date
    expect: dict[str, Any]

    @property
    def id(self) -> str:
        return f"{self.check}: {self.name}"

    def run(self) -> Outcome:
        return CHECKS[self.check].run(make_stack(self.inventory, self.as_of))

    @property
    def kinds(self) -> set[str]:
        """Return what the case shows: found, possible, unknown, a decoy, or not applicable."""
        found = self.expect.get("found", [])
        kinds = {
            {"confirmed": "found", "possible": "possible"}[entry["confidence"]] for entry in found
        }
        if self.expect.get("unknown"):
            kinds.add("unknown")
        if self.expect.get("status") == "not-applicable":
            kinds.add("not-applicable")
        elif not found and not self.expect.get("unknown"):
            kinds.add("decoy")
        return kinds


@lru_cache
def cases() -> tuple[Case, ...]:
    """Return the cases of all files, in the order of the files."""
    return tuple(
        Case(
            path.stem,
            entry["name"],
            entry["inventory"],
            entry.get("as_of", DAY),
            entry["expect"],
        )
        for path in sorted(HERE.glob("*.yaml"))
        for entry in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    )
