"""The check `disconnected-island`."""

from __future__ import annotations

from collections.abc import Sequence
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
    assumed,
    broken_facts,
    fact,
    fills,
    flow_name,
    join_ids,
    names,
    need,
    nouns,
    record_or_holder,
    role_fact,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.result import Category


@dataclass(frozen=True)
class DisconnectedIsland(Check):
    """Tools that exchange nothing with the rest of the stack.

    What it finds:
    Two or more tools with flows among themselves and none to the rest; or a single tool that
    exchanges nothing though it captures, stores or acts on an object that another tool also
    handles. Carriers, services, and tools for office, planning or design work are never found.
    Where nothing personal, no revenue and nothing required is on the island, it is information. A
    finding is confirmed only where the lists of integrations are stated to be complete.

    Why it matters:
    What such a tool knows stays there: customers are asked twice, and its results are in no report.

    What to do:
    Connect it to the tool that holds the record of its data, or retire it.

    Example:
    A survey tool whose answers are read in the tool itself and nowhere else.

    Known false positives:
    Its integrations exist and are not listed.
    """

    id: ClassVar[str] = "disconnected-island"
    title: ClassVar[str] = "Tools cut off from the rest"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "groups of connected tools"

    def run(self, stack: Stack) -> Outcome:
        """Look at every group of connected tools but the largest."""
        if not stack.integrations_listed:
            so = "silos cannot be judged"
            return Outcome(0, (), [self.ask_integrations(so, weight=len(stack.subjects))])
        findings: list[Finding] = []
        questions: list[Question] = []
        examined = 0
        can = {t.index for t in stack.subjects if _can_be_island(stack, t)}
        # The rest is where most tools are that could be cut off; `groups` settles what is equal.
        rest = max(
            (g for g in stack.groups if len(g) > 1 and can.intersection(g)),
            key=lambda g: len(can.intersection(g)),
            default=None,
        )
        for group in stack.groups:
            tools = [stack.tools[i] for i in group]
            judged = [t for t in tools if t.index in can]
            if not judged:
                continue
            if group is rest:
                examined += 1
                continue
            beside = [t for t in tools if t not in judged]
            if any(t.out_of_scope for t in beside) and len(judged) < 2:
                examined += 1
                continue
            if len(judged) == 1 and not _shared_objects(stack, judged[0], beside):
                if not judged[0].roles and judged[0].roles_assumed:
                    questions.append(self._what_data(judged[0]))
                else:
                    examined += 1
                continue
            open_ended = [
                f for i in group for f in stack.touching[i] if f.live and len(f.ends) == 1
            ]
            if open_ended:
                questions.append(self._other_end(stack, judged, open_ended))
                continue
            examined += 1
            findings.append(self._island(stack, judged, beside))
        return Outcome(examined, findings, questions)

    def _what_data(self, tool: StackTool) -> Question:
        return self.question(
            f"data:{tool.id}",
            f"What data does {tool.name} hold, and does it exchange any with other tools?",
            subjects=tool_subjects([tool]),
            asked_of=usual_owner(tool),
            key=tool.id,
            fills=[*fills("tools", [tool], "data", "integrations_known"), "integrations/new"],
        )

    def _other_end(
        self, stack: Stack, tools: Sequence[StackTool], flows: Sequence[Flow]
    ) -> Question:
        return self.question(
            f"end:{join_ids(f.id for f in flows)}",
            "What is at the other end of the integration "
            f"{names([flow_name(stack, f) for f in flows])} of {names(tools)}?",
            subjects=[*tool_subjects(tools), *(subject("integration", f.id) for f in flows)],
            asked_of=usual_owner(*tools),
            key=join_ids(t.id for t in tools),
            fills=[
                *fills("integrations", [f for f in flows if f.source is None], "from"),
                *fills("integrations", [f for f in flows if f.target is None], "to"),
            ],
        )

    def _island(
        self, stack: Stack, tools: Sequence[StackTool], beside: Sequence[StackTool]
    ) -> Finding:
        single = len(tools) == 1
        inside = {t.index for t in (*tools, *beside)}
        broken = sorted(
            (f for i in inside for f in stack.touching[i] if f.repairable and set(f.ends) - inside),
            key=lambda f: f.id,
        )
        objects = sorted({o for t in tools for o in t.roles})
        matters = [o for o in objects if _matters(stack, o)] or _required(stack, tools)
        shared = sorted({o for t in tools for o in _shared_objects(stack, t, beside)}) or objects
        evidence: list[Evidence] = [_alone(stack, t) for t in tools]
        if single:
            evidence.append(
                role_fact(tools[0], shared[0], f"{tools[0].name} handles {nouns(stack, shared)}.")
            )
        evidence += broken_facts(stack, broken)
        but = f" but {names(beside)}" if beside else ""
        text = (
            f"No exchange of data with another tool{but} is recorded for {tools[0].name}, "
            f"though other tools handle {nouns(stack, shared)} too."
            if single
            else f"No exchange of data with the rest of the stack is recorded for {names(tools)}, "
            "which exchange data with each other."
        )
        if broken:
            text += f" The integration {flow_name(stack, broken[0])} is {broken[0].status}."
        return self.finding(
            join_ids(t.id for t in tools),
            text,
            severity="medium" if matters else "info",
            evidence=evidence,
            subjects=[*tool_subjects(tools), *(subject("integration", f.id) for f in broken)],
            harmless_if="Its integrations exist and are not listed, "
            "or nobody needs its data elsewhere.",
            details={
                "objects": objects,
                "broken_path": [f.id for f in broken],
                **_need(stack, tools, shared),
            },
            action=Action(
                id=f"repair:{broken[0].id}"
                if broken
                else f"integrate:{join_ids(t.id for t in tools)}",
                text=f"Repair the integration {flow_name(stack, broken[0])}"
                if broken
                else f"Connect {names(tools)} to the rest of the stack, "
                "or confirm that nothing is exchanged",
                effort="small" if broken else "medium",
                owner=usual_owner(*tools),
                tools=[t.id for t in tools],
            ),
        )


def _can_be_island(stack: Stack, tool: StackTool) -> bool:
    """Return whether a tool can be cut off at all: no carrier or service, no office or design."""
    if tool.kind == "service" or tool.index in stack.carriers:
        return False
    known = [
        stack.catalogue.capabilities[c] for c in tool.working if c in stack.catalogue.capabilities
    ]
    return not (known and all(c.office or c.domain == "data-integration" for c in known))


def _shared_objects(stack: Stack, tool: StackTool, beside: Sequence[StackTool]) -> list[str]:
    """Return the objects a tool captures, stores or acts on that others handle too, save some."""
    return sorted(
        o
        for o, roles in tool.roles.items()
        if roles & {"capture", "store", "activate"}
        and sum(n for mask, n in stack.handled_in[o].items() if mask & tool.scopes)
        > 1 + sum(t.subject and o in t.roles and bool(t.scopes & tool.scopes) for t in beside)
    )


def _matters(stack: Stack, data_object: str) -> bool:
    """Return whether an object is personal or revenue data."""
    entry = stack.catalogue.objects.get(data_object)
    return entry is not None and (entry.personal or entry.needs_record)


def _required(stack: Stack, tools: Sequence[StackTool]) -> list[str]:
    """Return the musts that only these tools provide."""
    inside = {t.id for t in tools}
    return sorted(
        c
        for t in tools
        for c in t.working
        if stack.expectation(c)[0] == "must" and all(p.id in inside for p in stack.providers(c))
    )


def _alone(stack: Stack, tool: StackTool) -> Evidence:
    text = f"No integration of {tool.name} with the rest of the stack is recorded"
    if stack.integrations_known(tool):
        if tool.record is not None and tool.record.integrations_known is not None:
            return fact(
                tool.record,
                "integrations_known",
                f"{text}, and its integrations are stated to be known.",
            )
        return fact(
            stack.inventory,
            "complete",
            f"{text}, and the list of integrations is stated to be complete."
            + (" Another source disputes what is said of it." if tool.disputed else ""),
            assumed=tool.disputed,
        )
    return assumed(f"{text}; the list of integrations is not stated to be complete.")


def _need(stack: Stack, tools: Sequence[StackTool], objects: Sequence[str]) -> dict[str, object]:
    """Return the flow that would end it: its first object recorded elsewhere, to that record."""
    for data_object in objects:
        for scope, name in enumerate(stack.scopes):
            found = record_or_holder(stack, data_object, scope)
            if found is None or any(t in tools for t in found[0]):
                continue
            here = [t for t in tools if t.scopes >> scope & 1 and data_object in t.roles]
            if here:
                return {"need": need(data_object, [name], here, found[0])}
    return {}
