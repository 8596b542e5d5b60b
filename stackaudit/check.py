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
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from stackaudit.graph import Flow, Stack, StackTool
from stackaudit.graph.facts import assumed, fact, fact_at, known, place_of
from stackaudit.graph.model import ContractFact
from stackaudit.graph.views import Hop, trace
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
    SubjectKind,
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
    "fact",
    "fact_at",
    "fills",
    "flow_name",
    "for_what",
    "holder_words",
    "join_ids",
    "judged_objects",
    "known",
    "merge_scopes",
    "names",
    "need",
    "no_path",
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


def subject(kind: SubjectKind, identity: str, name: str = "") -> Subject:
    """Return a subject."""
    return Subject(kind=kind, id=identity, name=name)


def tool_subjects(tools: Iterable[StackTool]) -> list[Subject]:
    """Return tools as subjects, ordered by id, each once."""
    by_id = {tool.id: tool for tool in tools}
    return [Subject(kind="tool", id=i, name=by_id[i].name) for i in sorted(by_id)]


def join_ids(ids: Iterable[str]) -> str:
    """Return the set form of a key: ids sorted and joined by ``+``."""
    return "+".join(sorted(set(ids)))


def names(things: Iterable[StackTool | str], limit: int = 6) -> str:
    """Return names as English: ``A``, ``A and B``, ``A, B and C``; past `limit` "and N more"."""
    words = [thing if isinstance(thing, str) else thing.name for thing in things]
    if len(words) > limit:
        words = [*words[: limit - 1], f"{len(words) - limit + 1} more"]
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def steps(stack: Stack, hops: Sequence[Hop]) -> list[Step]:
    """Return a path as steps of the result."""
    return [
        Step(source=a.id, target=b.id, over=over, automatic=automatic)
        for a, b, over, automatic in stack.to_steps(hops)
    ]


def capability_name(stack: Stack, capability: str) -> str:
    """Return the name of a capability."""
    entry = stack.catalogue.capabilities.get(capability)
    return entry.name if entry is not None else capability


def on_purpose(stack: Stack, one: StackTool, other: StackTool) -> str:
    """Return ``silent`` where an overlap is on purpose, ``overdue`` past its date, else nothing."""
    state = ""
    for a, b in ((one, other), (other, one)):
        purpose = a.record.overlaps_on_purpose if a.record is not None else None
        if purpose is None or b.id not in {
            t.id for ref in purpose.with_ if (t := stack.tool(ref)) is not None
        }:
            continue
        if purpose.until is None or stack.as_of <= purpose.until:
            return "silent"
        state = "overdue"
    return state


def role_fact(tool: StackTool, data_object: str, text: str) -> Evidence:
    """Return what a tool does with an object as evidence: declared under ``data``, else assumed."""
    if tool.roles_assumed:
        return assumed(
            f"{text[:-1]}, by the catalogue; the inventory does not say what it does with data."
        )
    return fact_at(tool.record, ("data", data_object), text)


def record_or_holder(
    stack: Stack, data_object: str, scope: int
) -> tuple[list[StackTool], Evidence] | None:
    """Return where the record of an object is, and the fact that says so.

    Where the inventory names no record that is in use, the best-connected holder stands in and the
    fact is assumed; None when no tool stores the object.
    """
    record = stack.record(data_object, scope)
    thing = nouns(stack, data_object)
    if record.declared:
        tools = [stack.tools[i] for i in record.tools]
        text = f"The record of {thing} is {names(tools)}."
        stated = fact_at(stack.inventory, ("systems_of_record", record.key or data_object), text)
        doubted = [tool for tool in tools if tool.disputed]
        if doubted:
            text = f"{text} Another source disputes what is said of {names(doubted)}."
            stated = stated.model_copy(update={"text": text, "assumed": True})
        return tools, stated
    holder = stack.best_holder(data_object, scope)
    if holder is None:
        return None
    return [holder], assumed(
        f"No system of record is declared for {thing}; "
        f"{holder.name}, its best-connected holder, is taken for it."
    )


def judged_objects(stack: Stack) -> list[str]:
    """Return the objects whose record silos are judged by: those that need or have one."""
    declared = {data_object for data_object, _scope in stack.records}
    needed = {o.id for o in stack.catalogue.objects.values() if o.needs_record}
    return sorted(declared | needed)


def broken_way(
    stack: Stack,
    sources: Iterable[StackTool],
    targets: Iterable[StackTool],
    data_object: str,
    scope: int,
) -> list[Flow]:
    """Return the broken or paused integrations whose repair would give a path, if any would."""
    reached = stack.mended_from([t.index for t in sources], data_object, scope)
    ends = sorted(t.index for t in targets if t.index in reached)
    if not ends:
        return []
    hops = trace(reached, ends[0], len(stack.tools))
    return [stack.flows[h.flow] for h in hops if h.flow >= 0 and stack.flows[h.flow].repairable]


def object_name(stack: Stack, data_object: str) -> str:
    """Return the name of a data object."""
    entry = stack.catalogue.objects.get(data_object)
    return entry.name if entry is not None else data_object


def nouns(stack: Stack, data_objects: Iterable[str] | str) -> str:
    """Return data objects as they are called in a sentence: ``contacts and orders``."""
    ids = [data_objects] if isinstance(data_objects, str) else list(data_objects)
    known_objects = stack.catalogue.objects
    return names([known_objects[o].noun if o in known_objects else o for o in ids], 4)


def sentence(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def for_what(why: str) -> str:
    """Return a reason of the catalogue as it stands inside a sentence; `SMS` keeps its capitals."""
    return why if why[1:2].isupper() else why[:1].lower() + why[1:]


def flow_name(stack: Stack, flow: Flow) -> str:
    """Return an integration as people call it: ``Shopify → Klaviyo``."""
    a, b = (stack.tools[e].name if e is not None else "unknown" for e in (flow.source, flow.target))
    arrow = {"one-way": "→", "both-ways": "↔"}.get(flow.direction, "–")
    return f"{a} {arrow} {b}"


def broken_facts(stack: Stack, flows: Iterable[Flow]) -> list[Evidence]:
    """Return the state of broken or paused integrations as evidence."""
    return [
        fact(f.record, "status", f"The integration {flow_name(stack, f)} is {f.status}.")
        for f in flows
    ]


def holder_words(record: Sequence[StackTool], evidence: Evidence) -> str:
    """Return the record in a sentence, with how it is known."""
    if evidence.assumed:
        return f"{names(record)}, the best-connected tool that stores them"
    return f"{names(record)}, which {'holds' if len(record) == 1 else 'hold'} their record"


def need(
    data_object: str,
    scopes: Iterable[str],
    sources: Iterable[StackTool],
    targets: Iterable[StackTool],
) -> dict[str, Any]:
    """Return the flow whose absence is the finding, for `details["need"]`: repairs settle it."""
    return {
        "object": data_object,
        "scopes": sorted(scopes),
        "sources": sorted({t.id for t in sources}),
        "targets": sorted({t.id for t in targets}),
    }


def no_path(
    stack: Stack,
    sources: Iterable[StackTool],
    targets: Iterable[StackTool],
    data_object: str,
    scope: int,
    *,
    other: bool = False,
) -> Evidence:
    """Return "there is no path" as evidence: stated where the lists are complete, else assumed.

    With `other` it says that there is no path but the one by hand.
    """
    from_, to = list(sources), list(targets)
    thing = nouns(stack, data_object)
    if not stack.absence_is_stated(
        [t.index for t in from_], [t.index for t in to], data_object, scope
    ):
        what = "No other recorded path takes" if other else "No recorded path takes"
        return assumed(
            f"{what} {thing} from {names(from_)} to {names(to)}; "
            "the list of integrations is not stated to be complete."
        )
    absent = (
        f"{'no other path' if other else 'none'} takes {thing} from {names(from_)} to {names(to)}"
    )
    if stack.integrations_complete:
        return fact(
            stack.inventory,
            "complete",
            f"The list of integrations is stated to be complete, and {absent}.",
        )
    stated = next(
        (t for t in (*to, *from_) if t.record is not None and t.record.integrations_known), None
    )
    if stated is not None:
        return fact(
            stated.record,
            "integrations_known",
            f"The integrations of {stated.name} are stated to be known, and {absent}.",
        )
    return known(f"The inventory states that no {thing} passes from {names(from_)} to {names(to)}.")


def usual_owner(*tools: StackTool | None) -> str | None:
    """Return who is likely to know or act: the first stated technical owner, owner or team."""
    for tool in tools:
        record = tool.record if tool is not None else None
        if record is None:
            continue
        for people in (record.owner, record.technical_owner):
            if people and people != ("withheld",):
                return ", ".join(people)
        if record.team is not None:
            return f"team:{record.team}"
    return None


def fills(kind: str, things: Iterable[StackTool | Flow], *keys: str) -> list[str]:
    """Return where the answer to a question about tools or integrations belongs."""
    return [f"{kind}/{thing.id}/{key}" for thing in things for key in keys]


def contract_fills(stack: Stack, contract: ContractFact, *keys: str) -> list[str]:
    """Return where the terms of a contract belong: under `contracts`, or on its tool."""
    if contract.of_contracts:
        return [f"contracts/{contract.id}/{key}" for key in keys]
    return [f"tools/{stack.tools[i].id}/contract.{key}" for i in contract.tools for key in keys]


ALL_INTEGRATIONS = ("integrations/new", "complete/integrations")
"""Where the answer belongs to "which tools exchange data, and what?"."""


def open_fills(
    stack: Stack,
    sources: Iterable[StackTool],
    targets: Iterable[StackTool],
    data_object: str,
    scopes: Iterable[int] | None = None,
) -> list[str]:
    """Return the unknown facts that decide whether an object gets from some tools to others.

    They are the content, direction or ends of the integrations that lie on a path at the widest,
    and what a service on it does with data; a new integration where nothing of that is open.
    """
    from_, to = [t.index for t in sources], [t.index for t in targets]
    found: set[str] = set()
    for scope in range(len(stack.scopes)) if scopes is None else scopes:
        found |= stack.open_between(from_, to, data_object, scope)
    return sorted(found) or ["integrations/new"]


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
