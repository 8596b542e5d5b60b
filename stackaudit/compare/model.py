"""What a comparison says: the contract of ``stackaudit compare --format json``."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from pydantic import Field

from stackaudit.result import Category, Confidence, Part, Severity

COMPARISON_FORMAT: Final = 1
"""Version of the comparison's format; raised when a reader of the old one would misread the new."""

State = Literal["new", "reclassified", "not-judged", "open", "accepted", "resolved"]
Reason = Literal["fact changed", "rule changed", "time passed", "no longer judged", "not explained"]

STATES: Final[tuple[State, ...]] = (
    "new",
    "reclassified",
    "not-judged",
    "resolved",
    "accepted",
    "open",
)
"""States of a finding, those that ask for attention first."""


class NotComparableError(ValueError):
    """Two results that say nothing about each other; the message says why."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Fact(Part):
    """One fact of the inventory that differs between the two results."""

    kind: Literal[
        "company",
        "tool",
        "integration",
        "contract",
        "capability",
        "object",
        "process",
        "out-of-scope",
    ]
    id: str
    name: str
    key: str = Field(description="The key that differs; empty: the whole entry came or went.")
    before: str | None = Field(description="As a word; null: not recorded.")
    after: str | None

    @property
    def text(self) -> str:
        """Return the fact in words: ``Klaviyo: owner was not recorded, is Mia Chen``."""
        if not self.key:
            what = "" if self.kind in ("tool", "company", "contract") else f"{self.kind} "
            verb = "is no longer listed" if self.after is None else "is new on the list"
            if self.kind == "out-of-scope":
                verb = "is no longer out of scope" if self.after is None else "is now out of scope"
                what = ""
            return f"{what}{self.name} {verb}"
        was, now = (value or "not recorded" for value in (self.before, self.after))
        return f"{self.name}: {self.key.replace('_', ' ')} was {was}, is {now}"


class Change(Part):
    """One finding in the light of both results."""

    id: str = Field(description="`CHECK:KEY`, the same in both results.")
    check: str
    category: Category
    state: State
    sentence: str = Field(description="As the newer result says it; of the older when it is gone.")
    severity: Severity | None = Field(description="In the newer result; null when it is gone.")
    confidence: Confidence | None
    was_severity: Severity | None = Field(description="In the older result; null when it is new.")
    was_confidence: Confidence | None
    differs: list[str] = Field(
        default_factory=list, description="What is classified otherwise, in words."
    )
    reason: Reason | None = Field(None, description="Why; null where nothing changed.")
    facts: list[Fact] = Field(
        default_factory=list, description="Facts about what the finding is about that differ."
    )
    rules: list[str] = Field(default_factory=list, description="Rules that differ, in words.")
    note: str = Field("", description="What else there is to say, in a sentence.")


class Measure(Part):
    """One number of the audit before and after; null where a result does not know it."""

    id: str
    label: str
    unit: Literal["count", "percent", "money"] = "count"
    before: float | None
    after: float | None
    before_high: float | None = Field(None, description="Upper end, where it is a range.")
    after_high: float | None = None
    before_of: int | None = Field(None, description="Of how many, where it is a share.")
    after_of: int | None = None
    comparable: bool = True
    why_not: str = Field("", description="Why the two are not to be compared.")


class Comparison(Part):
    """All that two audit results of one company say about each other."""

    stackaudit_comparison: int = COMPARISON_FORMAT
    company: str
    currency: str | None
    old_day: date
    new_day: date
    old_version: str
    new_version: str
    same_inventory: bool = Field(description="Whether the inventory is the same, byte for byte.")
    rules: list[str] = Field(description="Rules that differ between the two audits, in words.")
    headline: str
    counts: dict[State, int]
    measures: list[Measure]
    changes: list[Change]
    facts: list[Fact] = Field(description="Every fact of the inventory that differs.")

    def of(self, state: State) -> list[Change]:
        """Return the findings in a state."""
        return [change for change in self.changes if change.state == state]

    def to_json(self) -> str:
        """Return the comparison as JSON text; the same results give the same bytes."""
        return self.model_dump_json(indent=2) + "\n"
