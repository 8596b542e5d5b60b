"""The check `sole-keeper`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Flow,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    fills,
    flow_name,
    names,
    subject,
    tool_subjects,
)
from stackaudit.graph.keepers import (
    Critical,
    critical_things,
    keeper_fact,
    keeper_of,
    sole_keeper,
)
from stackaudit.result import Category, Subject


@dataclass(frozen=True)
class SoleKeeper(Check):
    """Three or more critical tools or flows that only one person is named for.

    What it finds:
    A person who is the only one named as keeper (the technical owner, else the owner) of three or
    more critical tools or integrations: those that a required flow runs over, or that alone provide
    what the company must have. Teams and roles are no persons, and where two are named neither is
    alone. Small companies are left in peace.

    Why it matters:
    While that person is on holiday, ill or gone, nobody is named who knows how it works.

    What to do:
    Name a deputy for each, and have the two of them write down how it runs.

    Example:
    The shop's connector, the opt-out sync and the profile store are all kept by one engineer.

    Known false positives:
    A team stands behind the person and is not named: write ``team:ID``, or both names.
    """

    at_least: int = 3

    id: ClassVar[str] = "sole-keeper"
    title: ClassVar[str] = "Critical things that one person keeps alone"
    category: ClassVar[Category] = "resilience"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "critical tools and integrations with a keeper"

    def run(self, stack: Stack) -> Outcome:
        """Count the critical things per person who is named alone."""
        if _small(stack):
            return Outcome(0)
        kept: dict[str, list[Critical]] = {}
        silent: list[Critical] = []
        examined = 0
        for critical in critical_things(stack):
            record = critical.thing.record
            if keeper_of(record) is None:
                silent.append(critical)
                continue
            examined += 1
            person = sole_keeper(record)
            if person is not None:
                kept.setdefault(person, []).append(critical)
        findings = [
            self._alone(stack, person, things)
            for person, things in sorted(kept.items())
            if len(things) >= self.at_least
        ]
        findings.sort(key=lambda f: (-int(f.details["count"]), f.key))
        questions = [self._ask(stack, silent)] if len(silent) >= self.at_least else []
        return Outcome(examined, findings, questions)

    def _alone(self, stack: Stack, person: str, things: list[Critical]) -> Finding:
        sure = [c for c in things if not c.assumed]
        resting = sure if len(sure) >= self.at_least else [*sure, *(c for c in things if c.assumed)]
        words = [_name(stack, c) for c in things]
        tools = [c.thing for c in things if isinstance(c.thing, StackTool)]
        return self.finding(
            person,
            f"{len(things)} critical tools and integrations have {person} as the only one "
            "named to look "
            f"after them: {names(words, 5)}.",
            evidence=_facts(stack, person, resting[: self.at_least]),
            subjects=[
                subject("person", person, person),
                *tool_subjects(tools),
                *_flow_subjects(things),
            ],
            harmless_if="Others can step in and are not named.",
            details={"count": len(things), "keeps": sorted(c.thing.id for c in things)},
            action=Action(
                id=f"deputy:{person}",
                text=f"Name a deputy for what {person} looks after alone",
                effort="small",
                owner=person,
                tools=sorted(t.id for t in tools),
            ),
        )

    def _ask(self, stack: Stack, silent: list[Critical]) -> Question:
        words = [_name(stack, c) for c in silent]
        return self.question(
            "keepers",
            f"Who looks after {names(words, 6)}? Needed flows and capabilities depend on them.",
            subjects=[
                *tool_subjects(c.thing for c in silent if isinstance(c.thing, StackTool)),
                *_flow_subjects(silent),
            ],
            weight=len(silent),
            fills=[
                *fills(
                    "tools", (c.thing for c in silent if isinstance(c.thing, StackTool)), "owner"
                ),
                *fills(
                    "integrations", (c.thing for c in silent if isinstance(c.thing, Flow)), "owner"
                ),
            ],
        )


def _small(stack: Stack) -> bool:
    """Return whether the company is small: by its own word, else by its profile."""
    size = stack.inventory.company.size
    profile = stack.resolved.profile
    return size == "small" or (size is None and profile is not None and profile.size == "small")


def _name(stack: Stack, critical: Critical) -> str:
    thing = critical.thing
    return thing.name if isinstance(thing, StackTool) else flow_name(stack, thing)


def _flow_subjects(things: list[Critical]) -> list[Subject]:
    return [
        subject("integration", c.thing.id) for c in things if not isinstance(c.thing, StackTool)
    ]


def _facts(stack: Stack, person: str, things: list[Critical]) -> list[Evidence]:
    facts: dict[str, Evidence] = {}
    for critical in things:
        record = critical.thing.record
        if record is not None:
            kept = keeper_fact(record, person, _name(stack, critical))
            facts[kept.text] = kept
        facts.update({e.text: e for e in critical.why})
    return list(facts.values())
