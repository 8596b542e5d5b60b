"""What a check is: one question asked of a stack. All that a check file imports is here.

A check is a frozen dataclass. Its docstring is its documentation page: one sentence, then the parts
*Why it matters*, *What to do*, *Example* and *Known false positives*. Its fields are its
thresholds. ``run`` is pure: it reads the stack and returns what it looked at, what it found and
what it could not judge. The engine derives the status; a check that looked at nothing cannot pass.
"""

from __future__ import annotations

import dataclasses
import inspect
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from stackaudit.graph import Flow, Stack, StackTool
from stackaudit.graph.facts import assumed, fact, fact_at, known, place_of
from stackaudit.graph.needs import judged_objects
from stackaudit.graph.repair import broken_way
from stackaudit.graph.usage import on_purpose
from stackaudit.phrases import (
    ALL_INTEGRATIONS,
    broken_facts,
    capability_name,
    contract_fills,
    could_be_this,
    each_once,
    fills,
    flow_name,
    flow_state,
    for_what,
    holder_words,
    in_charge,
    join_ids,
    mend_or_connect,
    names,
    need,
    no_path,
    no_paths,
    nouns,
    object_name,
    open_fills,
    record_or_holder,
    role_fact,
    sentence,
    steps,
    subject,
    tool_subjects,
    unused_parts,
    usual_owner,
)
from stackaudit.result import (
    Action,
    Category,
    Evidence,
    Finding,
    Money,
    Question,
    Severity,
    Step,
    Subject,
)

__all__ = [
    "ALL_INTEGRATIONS",
    "Action",
    "Category",
    "Check",
    "Evidence",
    "Finding",
    "Flow",
    "Money",
    "Outcome",
    "Question",
    "Severity",
    "Stack",
    "StackTool",
    "Step",
    "Subject",
    "assumed",
    "broken_facts",
    "broken_way",
    "capability_name",
    "contract_fills",
    "could_be_this",
    "each_once",
    "fact",
    "fact_at",
    "fills",
    "flow_name",
    "flow_state",
    "for_what",
    "holder_words",
    "in_charge",
    "join_ids",
    "judged_objects",
    "known",
    "mend_or_connect",
    "merge_scopes",
    "names",
    "need",
    "no_path",
    "no_paths",
    "nouns",
    "object_name",
    "on_purpose",
    "once",
    "open_fills",
    "place_of",
    "record_or_holder",
    "role_fact",
    "sentence",
    "steps",
    "subject",
    "tool_subjects",
    "unused_parts",
    "usual_owner",
]


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """What a check did: how many things it looked at, what it found, what it could not judge."""

    examined: int
    findings: Sequence[Finding] = ()
    unknown: Sequence[Question] = ()


@dataclasses.dataclass(frozen=True)
class Check(ABC):
    """Base of all checks."""

    id: ClassVar[str]
    """Kebab-case, the file's name; says the bad thing: "accept **overlapping-tools**"."""
    title: ClassVar[str]
    category: ClassVar[Category]
    severity: ClassVar[Severity]
    """How grave a finding is at most, unless the finding says otherwise."""
    examined_what: ClassVar[str] = "things"
    """What is counted as examined, in the plural."""
    leads: ClassVar[bool] = False
    """Whether findings of other checks that follow from its integration are listed under it."""

    @abstractmethod
    def run(self, stack: Stack) -> Outcome:
        """Return what the check finds in a stack; reads only, asks no clock, touches no file."""

    def thresholds(self) -> dict[str, float | int | str]:
        """Return the thresholds that are in force, by name."""
        return {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}

    def finding(
        self,
        key: str,
        sentence: str,
        *,
        evidence: Iterable[Evidence],
        subjects: Iterable[Subject],
        severity: Severity | None = None,
        scopes: Iterable[str] = (),
        path: Iterable[Step] = (),
        money: Money | None = None,
        saving: Money | None = None,
        harmless_if: str = "",
        details: Mapping[str, Any] | None = None,
        action: Action | None = None,
    ) -> Finding:
        """Return a finding of this check; it is `possible` when any fact it rests on is assumed."""
        facts = list(evidence)
        identity = f"{self.id}:{key}"
        confidence = "possible" if any(e.assumed for e in facts) else "confirmed"
        grave = severity or self.severity
        return Finding(
            id=identity,
            check=self.id,
            key=key,
            category=self.category,
            severity=grave,
            confidence=confidence,  # type: ignore[arg-type]
            sentence=sentence,
            subjects=list(subjects),
            scopes=list(scopes),
            evidence=facts,
            path=list(path),
            money=money,
            saving=saving,
            harmless_if=harmless_if,
            details=dict(details or {}),
            action=None
            if action is None
            else action.model_copy(
                update={
                    "settles": [identity],
                    "severity": grave,
                    "confidence": confidence,
                    "saving": saving,
                }
            ),
        )

    def question(
        self,
        about: str,
        text: str,
        *,
        subjects: Iterable[Subject] = (),
        asked_of: str | None = None,
        key: str | None = None,
        weight: int = 1,
        fills: Iterable[str] = (),
    ) -> Question:
        """Return what this check would need to know; questions with one `about` are asked once.

        `fills` says where the answer belongs in the inventory (see `Question.fills`).
        """
        settles = self.id if key is None else f"{self.id}:{key}"
        return Question(
            id=about,
            text=text,
            subjects=list(subjects),
            asked_of=asked_of,
            settles=[settles],
            weight=weight,
            fills=list(fills),
        )

    def ask_integrations(
        self, so: str = "", *, key: str | None = None, weight: int = 1
    ) -> Question:
        """Return the question of an inventory without integrations; `so` says what that prevents.

        All checks ask it together.
        """
        none = "Which tools exchange data, and what? No integration is recorded"
        text = f"{none}, so {so}." if so else f"{none}."
        return self.question("integrations", text, key=key, weight=weight, fills=ALL_INTEGRATIONS)

    def ask_method(self, stack: Stack, flow: Flow, keys: Collection[str]) -> Question:
        """Return the question whether an integration runs by itself, on which some keys hang."""
        ends = [stack.tools[e] for e in flow.ends]
        return self.question(
            f"method:{flow.id}",
            f"How does the integration {flow_name(stack, flow)} work: by itself, or by hand?",
            subjects=[*tool_subjects(ends), subject("integration", flow.id)],
            asked_of=usual_owner(*ends),
            weight=len(keys),
            fills=fills("integrations", [flow], "method"),
        ).model_copy(update={"settles": [f"{self.id}:{key}" for key in sorted(keys)]})

    @classmethod
    def page(cls) -> dict[str, str]:
        """Return the parts of the documentation page: ``summary`` and one entry per heading."""
        text = inspect.cleandoc(cls.__doc__ or "")
        parts: dict[str, list[str]] = {"summary": []}
        current = "summary"
        for line in text.splitlines():
            head = line.strip().rstrip(":")
            if line.strip().endswith(":") and head in PAGE_PARTS:
                current = head
                parts[current] = []
            else:
                parts[current].append(line)
        return {name: inspect.cleandoc("\n".join(lines)).strip() for name, lines in parts.items()}


PAGE_PARTS = ("What it finds", "Why it matters", "What to do", "Example", "Known false positives")
"""Headings of a check's docstring, in order, each on a line of its own with a colon."""


def once(questions: Iterable[Question]) -> list[Question]:
    """Return every question once, ordered by id, what its answers settle joined."""
    merged: dict[str, Question] = {}
    for question in questions:
        asked = merged.get(question.id)
        if asked is None:
            merged[question.id] = question
            continue
        subjects = {(s.kind, s.id): s for s in (*asked.subjects, *question.subjects)}
        merged[question.id] = asked.model_copy(
            update={
                "settles": sorted({*asked.settles, *question.settles}),
                "subjects": [subjects[k] for k in sorted(subjects)],
                "weight": asked.weight + question.weight,
            }
        )
    return [merged[i] for i in sorted(merged)]


Found = TypeVar("Found")


def merge_scopes(
    stack: Stack, found: Mapping[int, Found], same: Mapping[int, object]
) -> list[tuple[str, list[str], Found]]:
    """Return (scope for the key, scopes for the finding, what was found), equal findings merged.

    A finding that is equal in every scope of the company is one, with the scope ``all``.

    Parameters
    ----------
    found
        Scope number → what was found there.
    same
        Scope number → a value that is equal where the findings are.
    """
    if not found:
        return []
    first = min(found)
    if len(found) == len(stack.scopes) and all(same[s] == same[first] for s in found):
        return [("all", [], found[first])]
    return [(stack.scopes[s], [stack.scopes[s]], found[s]) for s in sorted(found)]
