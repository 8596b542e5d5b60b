"""Checks as another package would bring them, good and bad; loaded through entry points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Check,
    Outcome,
    Question,
    Severity,
    Stack,
    assumed,
    fact,
    known,
    subject,
)
from stackaudit.result import Category


@dataclass(frozen=True)
class Named(Check):
    """A tool whose name is longer than wanted.

    What it finds:
    Long names.

    Why it matters:
    They do not fit.

    What to do:
    Shorten them.

    Example:
    A very long name.

    Known false positives:
    None.
    """

    longest: int = 3

    id: ClassVar[str] = "long-name"
    title: ClassVar[str] = "Long name"
    category: ClassVar[Category] = "gaps"
    severity: ClassVar[Severity] = "low"

    def run(self, stack: Stack) -> Outcome:
        findings = [
            self.finding(
                tool.id,
                f"{tool.name} is a long name.",
                evidence=[fact(tool.record, "name", "It is long.")],
                subjects=[subject("tool", tool.id, tool.name)],
            )
            for tool in stack.subjects
            if len(tool.name) > self.longest
        ]
        return Outcome(len(stack.subjects), findings)


class Raises(Named):
    """A check that fails."""

    id: ClassVar[str] = "raises"

    def run(self, stack: Stack) -> Outcome:
        raise ZeroDivisionError("no such thing")


class SameKeys(Named):
    """A check with two findings of one key."""

    id: ClassVar[str] = "same-keys"

    def run(self, stack: Stack) -> Outcome:
        one = self.finding("x", "It is so.", evidence=[known("So it is.")], subjects=[])
        return Outcome(2, [one, one])


class NoEvidence(Named):
    """A check whose finding rests on nothing."""

    id: ClassVar[str] = "no-evidence"

    def run(self, stack: Stack) -> Outcome:
        return Outcome(1, [self.finding("x", "It is so.", evidence=[], subjects=[])])


class Stolen(Named):
    """A check that reports in another's name."""

    id: ClassVar[str] = "stolen"

    def run(self, stack: Stack) -> Outcome:
        other = Named().finding("x", "It is so.", evidence=[known("So it is.")], subjects=[])
        return Outcome(1, [other])


class Perhaps(Named):
    """A check that finds something possible and asks about the rest."""

    id: ClassVar[str] = "perhaps"

    def run(self, stack: Stack) -> Outcome:
        return Outcome(
            1,
            [self.finding("x", "It may be so.", evidence=[assumed("It may.")], subjects=[])],
            [self.question("why", "Why is it so?", weight=3)],
        )


class Asks(Named):
    """A check that can only ask."""

    id: ClassVar[str] = "asks"

    def run(self, stack: Stack) -> Outcome:
        return Outcome(0, (), [Question(id="why", text="Why is it so?", settles=["asks"])])


class Idle(Named):
    """A check that has nothing to look at."""

    id: ClassVar[str] = "idle"

    def run(self, stack: Stack) -> Outcome:
        return Outcome(0)


class OverlappingTools(Named):
    """A check with the id of a built-in one."""

    id: ClassVar[str] = "overlapping-tools"


def several() -> list[type[Check]]:
    """Return two checks, as an entry point may."""
    return [Named, Perhaps]


def broken() -> list[type[Check]]:
    """Fail, as an entry point may."""
    raise RuntimeError("licence missing")


NO_CHECK = 42
