"""The check `undeclared-personal-data`."""

from __future__ import annotations

from collections.abc import Iterator
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
    fact,
    fills,
    flow_name,
    nouns,
    object_name,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.personal import personal_objects
from stackaudit.result import Category


@dataclass(frozen=True)
class UndeclaredPersonalData(Check):
    """Personal data that arrives at a tool which is said to hold none.

    What it finds:
    A live integration brings personal data to a tool with ``personal_data: no``. An integration
    whose content or direction is not recorded, from a tool that is known to hold personal data,
    makes the finding possible; so do data objects that are hardly personal (accounts, campaigns).

    Why it matters:
    The tool is missing in the record of processing, has no agreement and no retention rule, and is
    forgotten when somebody asks for their data to be deleted: a risk to check with counsel.

    What to do:
    Correct the entry of the tool, or send it totals instead of data about people.

    Example:
    A dashboard tool "without personal data" receives every order with the buyer's address.

    Known false positives:
    Only totals are sent; then name what is sent (`metric-report`).
    """

    id: ClassVar[str] = "undeclared-personal-data"
    title: ClassVar[str] = "Personal data where none is declared"
    category: ClassVar[Category] = "trust"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "tools that are said to hold no personal data"

    def run(self, stack: Stack) -> Outcome:
        """Look at what arrives at every tool that is said to hold no personal data."""
        clean = [
            t for t in stack.subjects if t.record is not None and t.record.personal_data is False
        ]
        wanted = {t.index for t in clean}
        inflows: dict[int, list[tuple[int | None, Flow]]] = {}
        for flow in stack.flows:
            if flow.kind == "integration" and flow.live:
                for source, target in _ways(flow):
                    if target in wanted:
                        inflows.setdefault(target, []).append((source, flow))
        findings: list[Finding] = []
        questions: list[Question] = []
        for tool in clean:
            found: dict[str, tuple[Flow, list[Evidence]]] = {}
            unclear: list[Flow] = []
            for source, flow in inflows.get(tool.index, ()):
                arriving = _arriving(stack, tool, source, flow)
                if arriving is None:
                    unclear.append(flow)
                    continue
                for data_object, evidence in arriving:
                    known = found.get(data_object)
                    if known is None or (_doubtful(known[1]) and not _doubtful(evidence)):
                        found[data_object] = (flow, evidence)
            findings += [self._undeclared(stack, tool, o, *found[o]) for o in sorted(found)]
            if unclear and not found:
                questions.append(self._ask(stack, tool, unclear))
        return Outcome(len(clean), findings, questions)

    def _undeclared(
        self, stack: Stack, tool: StackTool, data_object: str, flow: Flow, evidence: list[Evidence]
    ) -> Finding:
        things = nouns(stack, data_object)
        sure = not _doubtful(evidence)
        return self.finding(
            f"{tool.id}/{data_object}",
            f"{tool.name} is said to hold no personal data, but the integration "
            f"{flow_name(stack, flow)} {'brings' if sure else 'may bring'} {things} there.",
            severity="medium" if sure else "low",
            evidence=[
                fact(
                    tool.record,
                    "personal_data",
                    f"The inventory states that {tool.name} holds no personal data.",
                ),
                *evidence,
            ],
            subjects=[
                *tool_subjects([tool]),
                subject("object", data_object, object_name(stack, data_object)),
                subject("integration", flow.id),
            ],
            harmless_if="Only totals are sent, or nothing that tells who a person is.",
            details={"integration": flow.id},
            action=Action(
                id=f"declare-personal-data:{tool.id}",
                text=f"Correct what is recorded of personal data in {tool.name}, or send it "
                "totals only",
                effort="small",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )

    def _ask(self, stack: Stack, tool: StackTool, flows: list[Flow]) -> Question:
        first = flow_name(stack, flows[0])
        return self.question(
            f"content:{tool.id}",
            f"Does the integration {first} bring personal data to {tool.name}? Its content is "
            "not recorded.",
            subjects=[*tool_subjects([tool]), *(subject("integration", f.id) for f in flows)],
            asked_of=usual_owner(tool),
            key=tool.id,
            fills=fills("integrations", flows, "objects"),
        )


def _ways(flow: Flow) -> Iterator[tuple[int | None, int]]:
    """Yield (source, target) for each way that data goes, or may go."""
    if flow.target is not None:
        yield flow.source, flow.target
    if flow.source is not None and flow.direction != "one-way":
        yield flow.target, flow.source


def _doubtful(evidence: list[Evidence]) -> bool:
    return any(e.assumed for e in evidence)


def _arriving(
    stack: Stack, tool: StackTool, source: int | None, flow: Flow
) -> list[tuple[str, list[Evidence]]] | None:
    """Return the personal data that a flow brings; None where nothing is known about it."""
    name = flow_name(stack, flow)
    if flow.objects is not None:
        found = []
        for data_object in personal_objects(stack, flow.objects):
            things = nouns(stack, data_object)
            low = not stack.catalogue.objects[data_object].personal
            hardly = ", which are hardly personal" if low else ""
            text = f"The integration {name} carries {things}{hardly}."
            facts = [fact(flow.record, "objects", text, assumed=low)]
            if flow.direction == "unknown":
                facts.append(assumed(f"Which way the integration {name} goes is not recorded."))
            found.append((data_object, facts))
        return found
    sender = stack.tools[source] if source is not None else None
    if sender is None:
        return None
    held = {*(sender.roles if sender.data_declared else ()), *stack.arrivals.get(sender.index, ())}
    sure = [
        o
        for o in personal_objects(stack, held)
        if stack.catalogue.objects[o].personal and (not tool.data_declared or o in tool.roles)
    ]
    if not sure:
        return [] if sender.data_declared or tool.data_declared else None
    text = f"What the integration {name} carries is not recorded, and {sender.name} holds {{}}."
    return [(o, [assumed(text.format(nouns(stack, o)))]) for o in sure]
