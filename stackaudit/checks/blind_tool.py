"""The check `blind-tool`."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from typing import ClassVar

from stackaudit.check import (
    Check,
    Evidence,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    broken_facts,
    broken_way,
    flow_name,
    holder_words,
    judged_objects,
    mend_or_connect,
    names,
    need,
    no_path,
    nouns,
    object_name,
    open_fills,
    record_or_holder,
    role_fact,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.demands import CONSENT_OBJECTS, End, gate_of
from stackaudit.graph.views import WILD, reach
from stackaudit.result import Category


@dataclass
class _Blind:
    tool: StackTool
    record: list[StackTool]
    record_fact: Evidence
    scope: int
    scopes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class BlindTool(Check):
    """A tool that acts on data without being fed from its system of record.

    What it finds:
    Per data object with a record (or that needs one) and scope: a tool that activates the object
    and that no path, of any length, reaches from the record. Where it is fed in some of its scopes
    only, the finding names the others. Without a declared record its likeliest holder stands
    in, and the finding is possible.

    Why it matters:
    The tool acts on what it happens to have: it writes to people who left, misses new customers,
    and targets with last year's segments.

    What to do:
    Feed the tool from the record, or from a tool that the record already feeds.

    Example:
    An SMS tool sends to a list that was uploaded once; the CRM never updates it.

    Known false positives:
    The tool is meant to work on its own data only; then its ``data`` should not say ``activate``.
    """

    id: ClassVar[str] = "blind-tool"
    title: ClassVar[str] = "Tool that acts without the record's data"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "tools that act on an object with a record"

    def run(self, stack: Stack) -> Outcome:
        """Walk forward from every record; who acts on the object and is not met is blind."""
        if not stack.integrations_listed:
            so = "silos cannot be judged"
            return Outcome(0, (), [self.ask_integrations(so, weight=len(stack.subjects))])
        examined = 0
        blind: dict[tuple[str, str], _Blind] = {}
        unclear: dict[tuple[str, str], Question] = {}
        for data_object in judged_objects(stack):
            for scope, scope_name in enumerate(stack.scopes):
                found = record_or_holder(stack, data_object, scope)
                if found is None:
                    continue
                record, record_fact = found
                actors = [
                    t
                    for t in stack.with_role("activate", data_object, scope)
                    if t not in record and (t.kind != "service" or t.data_declared)
                ]
                examined += len(actors)
                fed = reach(
                    stack.view(data_object, scope).out, [t.index for t in record], stack.automatic
                )
                perhaps: Container[int] | None = None
                for tool in actors:
                    if tool.index in fed or _held_back(stack, data_object, record, tool):
                        continue
                    key = (tool.id, data_object)
                    if perhaps is None:
                        perhaps = _perhaps_fed(stack, data_object, scope, record)
                    if tool.index in perhaps:
                        examined -= 1
                        unclear[key] = self._ask(stack, data_object, tool, record)
                        continue
                    case = blind.setdefault(key, _Blind(tool, record, record_fact, scope))
                    case.scopes.append(scope_name)
        findings = [self._blind(stack, o, case) for (_t, o), case in sorted(blind.items())]
        return Outcome(
            examined, findings, [q for k, q in sorted(unclear.items()) if k not in blind]
        )

    def _ask(
        self, stack: Stack, data_object: str, tool: StackTool, record: list[StackTool]
    ) -> Question:
        return self.question(
            f"feeds:{tool.id}/{data_object}",
            f"Does {tool.name} get {nouns(stack, data_object)} from {names(record)}? "
            "An integration of unknown content could bring them.",
            subjects=tool_subjects([tool]),
            asked_of=usual_owner(tool, *record),
            key=f"{tool.id}/{data_object}",
            fills=open_fills(stack, record, [tool], data_object),
        )

    def _blind(self, stack: Stack, data_object: str, case: _Blind) -> Finding:
        things = nouns(stack, data_object)
        tool, record = case.tool, case.record
        broken = broken_way(stack, record, [tool], data_object, case.scope)
        served = [s for s in stack.scope_names(tool.scopes) if s not in case.scopes]
        scopes = case.scopes if served else stack.scopes_of(tool.scopes)
        where = f" for {names(case.scopes)}" if served else ""
        source = holder_words(record, case.record_fact)
        text = (
            f"{tool.name} acts on {things} and does not get them from {source}: "
            f"the integration {flow_name(stack, broken[0])} is {broken[0].status}."
            if broken
            else f"{tool.name} acts on {things}, "
            f"and no recorded path brings them{where} from {source}."
        )
        if served:
            text += f" It is fed for {names(served)} only."
        return self.finding(
            f"{tool.id}/{data_object}",
            text,
            evidence=[
                role_fact(tool, data_object, f"{tool.name} acts on {things}."),
                case.record_fact,
                *broken_facts(stack, broken),
                no_path(stack, record, [tool], data_object, case.scope),
            ],
            subjects=[
                *tool_subjects([tool]),
                *tool_subjects(record),
                subject("object", data_object, object_name(stack, data_object)),
                *(subject("integration", f.id) for f in broken),
                *(subject("scope", s) for s in scopes),
            ],
            scopes=scopes,
            harmless_if="The tool is meant to act on its own data only, "
            "or an integration that feeds it is not listed.",
            details={
                "broken_path": [f.id for f in broken],
                "fed_in": served,
                "need": need(data_object, case.scopes, record, [tool]),
            },
            action=mend_or_connect(
                stack, broken, record[0], tool, things, owner=usual_owner(tool, *record)
            ),
        )


def _held_back(stack: Stack, data_object: str, record: list[StackTool], tool: StackTool) -> bool:
    """Return whether the tool is gated by the record of permission itself."""
    if data_object not in CONSENT_OBJECTS:
        return False
    return gate_of(stack, End("record", tuple(record)), End("tool", (tool,))) is not None


def _perhaps_fed(
    stack: Stack, data_object: str, scope: int, record: list[StackTool]
) -> Container[int]:
    """Return what may be fed over integrations of unknown content, direction or end."""
    view = stack.view(data_object, scope, "widest")
    from_anywhere = [
        n for n, arcs in view.into.items() if n != WILD and any(p == WILD for p, _flow in arcs)
    ]
    return reach(view.out, [*(t.index for t in record), *from_anywhere], stack.automatic)
