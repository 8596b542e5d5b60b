"""The check `team-wall`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar, Final

from stackaudit.check import (
    Check,
    Evidence,
    Finding,
    Flow,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    assumed,
    broken_facts,
    fact,
    fills,
    flow_name,
    flow_state,
    mend_or_connect,
    names,
    nouns,
    object_name,
    once,
    open_fills,
    role_fact,
    sentence,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.functions import (
    NEUTRAL,
    Level,
    SharedObject,
    functions_of_tools,
    joined,
    joined_at_best,
    joined_by_hand,
    shared_object,
)
from stackaudit.result import Category

WORDS: Final = {"it": "IT", "agency": "agencies"}


@dataclass(frozen=True)
class TeamWall(Check):
    """Two functions that work with the same data and hardly exchange it.

    What it finds:
    Per pair of functions (marketing, sales, service, finance ...) and data object that tools of
    both handle: no integration joins their tools, only work by hand does, or all depends on a
    single automated integration (information). Ways lead through tools of the two functions and of
    IT, data and operations; direction does not count, and all parts of the company count together.
    A tool that both functions use is no wall. Tools without a team leave it open where they could
    change the answer. ``details["joined_by"]`` is ``nothing``, ``by-hand`` or ``single``.

    Why it matters:
    Each function sees its own half of the customer. Marketing advertises to people with an open
    complaint; service does not know what was promised.

    What to do:
    Agree on what the other function needs, and connect the two tools that hold it.

    Example:
    Marketing and customer service both keep contacts, and their tools exchange none.

    Known false positives:
    The functions need nothing of each other's data, or they meet in a tool that is not listed.
    """

    id: ClassVar[str] = "team-wall"
    title: ClassVar[str] = "Wall between two functions"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "pairs of functions with an object in common"

    def run(self, stack: Stack) -> Outcome:
        """Count the ways between the tools of every two functions, object by object."""
        home, users = functions_of_tools(stack)
        if not home:
            return Outcome(0)
        pairs: list[tuple[str, str, str, SharedObject]] = []
        for data_object in sorted({o for t in stack.subjects for o in t.roles}):
            found = shared_object(stack, data_object, home, users)
            walled = sorted(f for f in found.tools if f not in NEUTRAL)
            pairs += [(one, other, data_object, found) for one, other in combinations(walled, 2)]
        if pairs and not stack.integrations_listed:
            return Outcome(0, (), [self.ask_integrations(weight=len(pairs))])
        findings: list[Finding] = []
        unclear: list[Question] = []
        examined = 0
        for one, other, data_object, found in pairs:
            level, bridge = joined(found, one, other)
            if level == "enough":
                examined += 1
                continue
            if joined_at_best(found, one, other, level) != level:
                unclear += self._ask(stack, one, other, data_object, found)
                continue
            examined += 1
            findings.append(self._wall(stack, one, other, data_object, found, level, bridge))
        return Outcome(examined, findings, once(unclear))

    def _ask(
        self, stack: Stack, one: str, other: str, data_object: str, found: SharedObject
    ) -> list[Question]:
        key = f"{one}/{other}/{data_object}"
        if found.nobody:
            return [
                self.question(
                    f"team:{t.id}",
                    f"Which team does {t.name} belong to?",
                    subjects=tool_subjects([t]),
                    asked_of=usual_owner(t),
                    key=key,
                    fills=fills("tools", [t], "team"),
                )
                for t in found.nobody
            ]
        tools = [*found.tools[one], *found.tools[other]]
        return [
            self.question(
                f"wall:{key}",
                f"Do {_name(one)} and {_name(other)} exchange {nouns(stack, data_object)} by "
                "themselves? Integrations of unknown content or method could carry them.",
                subjects=tool_subjects(tools),
                asked_of=usual_owner(*tools),
                key=key,
                fills=[*open_fills(stack, tools, tools, data_object), *_methods(stack, tools)],
            )
        ]

    def _wall(
        self,
        stack: Stack,
        one: str,
        other: str,
        data_object: str,
        found: SharedObject,
        level: Level,
        bridge: int | None,
    ) -> Finding:
        things = nouns(stack, data_object)
        ours, theirs = _resting(found.tools[one]), _resting(found.tools[other])
        both = (
            f"{_name(one)} ({names(found.tools[one], 4)}) and {_name(other)} "
            f"({names(found.tools[other], 4)}) both handle {things}"
        )
        flow = stack.flows[bridge] if bridge is not None else None
        hand = joined_by_hand(stack, found, one, other) if level == "by-hand" else []
        broken = _broken(stack, found, one, other, data_object) if level != "single" else []
        if broken:
            text = f"{both}, and {flow_state(stack, broken[0])}."
        elif level == "nothing":
            text = f"{both}, and no integration is recorded that takes them from one to the other."
        elif level == "by-hand":
            text = f"{both}, and they are exchanged by hand only."
        else:
            via = flow_name(stack, flow) if flow is not None else "one integration"
            text = f"{both}, and a single automated integration joins them: {via}."
        personal = stack.catalogue.objects.get(data_object)
        matters = personal is not None and (personal.personal or personal.needs_record)
        grave: Severity = "info" if level == "single" else "medium" if matters else "low"
        a, b = _best(stack, ours), _best(stack, theirs)
        return self.finding(
            f"{one}/{other}/{data_object}",
            sentence(text),
            severity=grave,
            evidence=[
                *(_belongs(t, one) for t in ours[:3]),
                *(_belongs(t, other) for t in theirs[:3]),
                role_fact(ours[0], data_object, f"{ours[0].name} handles {things}."),
                role_fact(theirs[0], data_object, f"{theirs[0].name} handles {things}."),
                *(
                    fact(
                        f.record, "method", f"The integration {flow_name(stack, f)} works by hand."
                    )
                    for f in hand
                ),
                *(
                    [fact(flow.record, "objects", f"{flow_name(stack, flow)} carries {things}.")]
                    if flow is not None
                    else []
                ),
                *broken_facts(stack, broken),
                _nothing_else(
                    stack,
                    [*found.tools[one]],
                    [*found.tools[other]],
                    things,
                    "other " if broken or level != "nothing" else "",
                ),
            ],
            subjects=[
                *tool_subjects([*found.tools[one], *found.tools[other]]),
                subject("object", data_object, object_name(stack, data_object)),
                *([subject("integration", flow.id)] if flow is not None else []),
                *(subject("integration", f.id) for f in (*hand, *broken)),
            ],
            harmless_if="The two functions need nothing of each other's data."
            if level != "single"
            else "One well-kept integration is enough.",
            details={
                "functions": [one, other],
                "joined_by": level,
                "broken_path": [f.id for f in broken],
                "tools": {
                    one: [t.id for t in found.tools[one]],
                    other: [t.id for t in found.tools[other]],
                },
            },
            action=None
            if level == "single"
            else mend_or_connect(stack, broken, a, b, things, owner=usual_owner(b, a)),
        )


def _methods(stack: Stack, tools: list[StackTool]) -> list[str]:
    """Return where it belongs whether the integrations of some tools run by themselves."""
    ends = {t.index for t in tools}
    open_ = [
        f for f in stack.flows if f.live and f.automatic is None and not ends.isdisjoint(f.ends)
    ]
    return fills("integrations", [f for f in open_ if f.kind == "integration"], "method")


def _resting(tools: list[StackTool]) -> list[StackTool]:
    """Return the tools whose data is declared, else all: what holds for all holds for these."""
    return [t for t in tools if not t.roles_assumed] or tools


def _best(stack: Stack, tools: list[StackTool]) -> StackTool:
    return min(tools, key=lambda t: (-len(stack.neighbours[t.index]), t.id))


def _belongs(tool: StackTool, function: str) -> Evidence:
    record = tool.record
    key = "team" if record is not None and record.team is not None else "owner"
    return fact(record, key, f"{tool.name} belongs to {_name(function)}.")


def _name(function: str) -> str:
    return WORDS.get(function, function)


def _broken(
    stack: Stack, found: SharedObject, one: str, other: str, data_object: str
) -> list[Flow]:
    """Return the broken and paused integrations that would join the tools of two functions."""
    ours, theirs = ({t.index for t in found.tools[f]} for f in (one, other))
    return sorted(
        (
            f
            for f in stack.flows
            if f.repairable
            and f.automatic
            and data_object in (f.objects or ())
            and ours.intersection(f.ends)
            and theirs.intersection(f.ends)
        ),
        key=lambda f: f.id,
    )


def _nothing_else(
    stack: Stack, ours: list[StackTool], theirs: list[StackTool], things: str, other: str
) -> Evidence:
    """Return "there is no other way" as evidence: stated where the lists are complete."""
    text = f"no {other}integration joins {names(ours, 4)} with {names(theirs, 4)} for {things}"
    if all(stack.integrations_known(t) for t in (*ours, *theirs)):
        if stack.integrations_complete:
            return fact(
                stack.inventory,
                "complete",
                f"The list of integrations is stated to be complete, and {text}.",
            )
        return fact(
            ours[0].record,
            "integrations_known",
            f"The integrations of these tools are stated to be known, and {text}.",
        )
    return assumed(f"{sentence(text)}; the list of integrations is not stated to be complete.")
