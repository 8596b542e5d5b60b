"""The check `unguarded-sync-loop`."""

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
    assumed,
    fact,
    fills,
    flow_name,
    join_ids,
    names,
    nouns,
    object_name,
    sentence,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.loops import Loop, Owner, loops_of
from stackaudit.result import Category, Step


@dataclass(frozen=True)
class UnguardedSyncLoop(Check):
    """Tools that write one data object back and forth, and nobody has said which one wins.

    What it finds:
    A loop of two to four automated integrations that carry one object, such as one both-ways
    integration, with ``field_owner: none``; or a loop of three or more whose field owner is not on
    it. An owner on the loop guards it. Where an integration does not say who wins, or whether it
    runs by itself, the finding is possible. The shortest loops are shown, each integration in one
    of them.

    Why it matters:
    Corrections are overwritten by old values, and each tool sends the other's changes back as new
    ones.

    What to do:
    Decide which tool wins for the object, set it so in the integration, and write it under
    ``field_owner``.

    Example:
    The help desk and the profile store both change contacts; yesterday's address comes back every
    night.

    Known false positives:
    The tools write different fields: say so with ``field_owner`` or ``only``.
    """

    id: ClassVar[str] = "unguarded-sync-loop"
    title: ClassVar[str] = "Tools that overwrite each other"
    category: ClassVar[Category] = "resilience"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "loops of integrations"

    def run(self, stack: Stack) -> Outcome:
        """Look for loops, object by object."""
        findings: list[Finding] = []
        examined = 0
        for data_object in stack.carried_objects:
            found = loops_of(stack, data_object)
            examined += len(found.loops) + found.guarded
            findings += [self._loop(stack, loop, found.complete) for loop in found.loops]
        return Outcome(examined, findings, self._unclear(stack))

    def _loop(self, stack: Stack, loop: Loop, complete: bool) -> Finding:
        tools = [stack.tools[i] for i in loop.tools]
        things = nouns(stack, loop.data_object)
        flows = list({f.index: f for f in loop.flows}.values())
        pairs = zip(loop.flows, loop.owners, strict=True)
        stated = any(o == "none" for o in loop.owners)
        who = (
            f"{names(tools)} {'' if stated else 'may '}overwrite each other's {things}"
            if len(tools) == 2
            else f"{things} go round from {' to '.join(t.name for t in (*tools, tools[0]))}"
        )
        wins = {
            "none": "and no tool is set to win",
            "elsewhere": "and the tool that wins is not among them",
        }
        unknown = "and it is not recorded which one wins"
        reason = next((wins[o] for o in loop.owners if o in wins), unknown)
        evidence = [
            e
            for flow, owner in {f.index: (f, o) for f, o in pairs}.values()
            for e in _facts(stack, loop, flow, owner)
        ]
        needs_record = stack.catalogue.objects[loop.data_object].needs_record
        return self.finding(
            f"{loop.data_object}/{join_ids(t.id for t in tools)}",
            f"{sentence(who)}, {reason}.",
            severity="medium" if stated and needs_record else "low",
            evidence=evidence,
            subjects=[
                *tool_subjects(tools),
                subject("object", loop.data_object, object_name(stack, loop.data_object)),
                *(subject("integration", f.id) for f in flows),
            ],
            path=[
                Step(
                    source=tools[n].id,
                    target=tools[(n + 1) % len(tools)].id,
                    over=flow.id,
                    automatic=flow.automatic,
                )
                for n, flow in enumerate(loop.flows)
            ],
            harmless_if="They write different fields, or one of them never changes what it "
            "received.",
            details={"flows": [f.id for f in flows], "search_complete": complete},
            action=Action(
                id=f"field-owner:{'+'.join(sorted(f.id for f in flows))}",
                text=f"Decide which of {names(tools)} wins for {things}, and set it so",
                effort="small",
                owner=usual_owner(*tools),
                tools=sorted(t.id for t in tools),
            ),
        )

    def _unclear(self, stack: Stack) -> list[Question]:
        """Ask what both-ways integrations carry for which it is stated that nobody wins."""
        return [
            self.question(
                f"content:{flow.id}",
                f"What does the integration {flow_name(stack, flow)} carry? No tool is set to "
                "win on it.",
                subjects=[subject("integration", flow.id)],
                asked_of=usual_owner(*(stack.tools[e] for e in flow.ends)),
                key=flow.id,
                fills=fills("integrations", [flow], "objects"),
            )
            for flow in stack.unsure_flows
            if flow.objects is None
            and flow.direction == "both-ways"
            and flow.automatic is not False
            and flow.record is not None
            and flow.record.field_owner == "none"
        ]


def _facts(stack: Stack, loop: Loop, flow: Flow, owner: Owner) -> list[Evidence]:
    name = flow_name(stack, flow)
    things = nouns(stack, loop.data_object)
    facts = [fact(flow.record, "objects", f"The integration {name} carries {things}.")]
    if flow.automatic is None:
        facts.append(assumed(f"Whether the integration {name} runs by itself is not recorded."))
    if owner == "unknown":
        facts.append(assumed(f"Which tool wins on the integration {name} is not recorded."))
    else:
        text = (
            f"On the integration {name} no tool is set to win."
            if owner == "none"
            else f"The tool that wins on the integration {name} is not on the loop."
        )
        facts.append(fact(flow.record, "field_owner", text))
    return facts
