"""The check `trapped-data`."""

from __future__ import annotations

from collections.abc import Iterable
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
    sentence,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.views import WILD, reach
from stackaudit.result import Category


@dataclass
class _Trap:
    tool: StackTool
    record: list[StackTool]
    record_fact: Evidence
    scope: int
    scopes: list[str] = field(default_factory=list)


class _Perhaps:
    """Which tools integrations of unknown content, direction or end may connect to the record."""

    def __init__(self, stack: Stack, data_object: str, scope: int, record: list[StackTool]) -> None:
        self.stack, self.object = stack, data_object
        view = stack.view(data_object, scope, "widest")
        starts = [t.index for t in record]
        to_anywhere = [n for n, _flow in view.into.get(WILD, ())]
        from_anywhere = [
            n for n, arcs in view.into.items() if n != WILD and any(p == WILD for p, _flow in arcs)
        ]
        self.feeding = reach(view.into, [*starts, *to_anywhere], stack.automatic)
        self.fed = reach(view.out, [*starts, *from_anywhere], stack.automatic)
        self.open_ended = WILD in reach(view.into, starts, stack.automatic)

    def connected(self, tool: StackTool) -> bool:
        """Return whether the data may reach the record, or come from it where it is only stored."""
        if tool.index in self.feeding:
            return True
        if tool.has_role("capture", self.object):
            return self.open_ended and _sends(self.stack, tool)
        return tool.index in self.fed


@dataclass(frozen=True)
class TrappedData(Check):
    """A tool that takes in or keeps data which never gets to its system of record.

    What it finds:
    Per data object with a record (or that needs one) and scope: a tool that captures the object, or
    stores it without being fed from the record, and has no path, of any length, to the record. A
    copy whose every source also reaches the record is no finding; tools that only act on or measure
    the object are none either. Without a declared record its likeliest holder stands in, and
    the finding is possible.

    Why it matters:
    What customers told one tool is unknown to all others: no segment, no report and no opt-out list
    built on the record includes it.

    What to do:
    Connect the tool to the record, or to a tool that already feeds it; or capture elsewhere.

    Example:
    A webinar tool holds registrations that never reach the CRM.

    Known false positives:
    The data is moved by an integration that is not listed.
    """

    id: ClassVar[str] = "trapped-data"
    title: ClassVar[str] = "Data that never reaches its record"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "tools that capture or store an object with a record"

    def run(self, stack: Stack) -> Outcome:
        """Walk back from every record; who captures or stores and is not met is trapped."""
        if not stack.integrations_listed:
            so = "silos cannot be judged"
            return Outcome(0, (), [self.ask_integrations(so, weight=len(stack.subjects))])
        examined = 0
        traps: dict[tuple[str, str], _Trap] = {}
        unclear: dict[tuple[str, str], Question] = {}
        for data_object in judged_objects(stack):
            for scope, scope_name in enumerate(stack.scopes):
                found = record_or_holder(stack, data_object, scope)
                if found is None:
                    continue
                record, record_fact = found
                holders = [t for t in _holders(stack, data_object, scope) if t not in record]
                examined += len(holders)
                lost = self._lost(stack, data_object, scope, record, holders)
                perhaps = _Perhaps(stack, data_object, scope, record) if lost else None
                for tool in lost:
                    key = (tool.id, data_object)
                    if perhaps is not None and perhaps.connected(tool):
                        examined -= 1
                        unclear[key] = self._ask(stack, data_object, tool, record)
                        continue
                    trap = traps.setdefault(key, _Trap(tool, record, record_fact, scope))
                    trap.scopes.append(scope_name)
        findings = [self._trapped(stack, o, trap) for (_t, o), trap in sorted(traps.items())]
        return Outcome(
            examined, findings, [q for k, q in sorted(unclear.items()) if k not in traps]
        )

    def _lost(
        self,
        stack: Stack,
        data_object: str,
        scope: int,
        record: list[StackTool],
        holders: list[StackTool],
    ) -> list[StackTool]:
        """Return the tools without a path to the record that have no excuse."""
        view = stack.view(data_object, scope)
        starts = [t.index for t in record]
        into = reach(view.into, starts, stack.automatic)
        fed = reach(view.out, starts, stack.automatic)
        lost = []
        for tool in holders:
            if tool.index in into:
                continue
            if not tool.has_role("capture", data_object):
                if tool.index in fed:
                    continue
                behind = reach(view.into, [tool.index], stack.automatic)
                sources = _sources(stack, data_object, behind, tool)
                if sources and all(s in into for s in sources):
                    continue
            lost.append(tool)
        return lost

    def _ask(
        self, stack: Stack, data_object: str, tool: StackTool, record: list[StackTool]
    ) -> Question:
        things = nouns(stack, data_object)
        asks = (
            f"Do {things} from {tool.name} reach {names(record)}?"
            if tool.has_role("capture", data_object)
            else f"Does {tool.name} exchange {things} with {names(record)}?"
        )
        return self.question(
            f"carries:{tool.id}/{data_object}",
            f"{asks} An integration of unknown content could carry them.",
            subjects=tool_subjects([tool]),
            asked_of=usual_owner(tool, *record),
            key=f"{tool.id}/{data_object}",
            fills=open_fills(stack, [tool, *record], [tool, *record], data_object),
        )

    def _trapped(self, stack: Stack, data_object: str, trap: _Trap) -> Finding:
        things = nouns(stack, data_object)
        tool, record = trap.tool, trap.record
        captures = tool.has_role("capture", data_object)
        broken = broken_way(stack, [tool], record, data_object, trap.scope)
        scopes = [] if len(trap.scopes) == len(stack.scopes) else trap.scopes
        where = f" in {names(list(scopes))}" if scopes else ""
        verb = "captures" if captures else "stores"
        goal = holder_words(record, trap.record_fact)
        text = (
            f"the {things} that {tool.name} {verb}{where} do not reach {goal}: "
            f"the integration {flow_name(stack, broken[0])} is {broken[0].status}."
            if broken
            else f"the {things} that {tool.name} {verb}{where} have no recorded path to {goal}."
        )
        return self.finding(
            f"{tool.id}/{data_object}",
            sentence(text),
            severity="high" if captures else "medium",
            evidence=[
                role_fact(tool, data_object, f"{tool.name} {verb} {things}."),
                trap.record_fact,
                *broken_facts(stack, broken),
                no_path(stack, [tool], record, data_object, trap.scope),
            ],
            subjects=[
                *tool_subjects([tool]),
                *tool_subjects(record),
                subject("object", data_object, object_name(stack, data_object)),
                *(subject("integration", f.id) for f in broken),
                *(subject("scope", s) for s in scopes),
            ],
            scopes=scopes,
            harmless_if="The data is not needed anywhere else, "
            "or an integration that carries it is not listed.",
            details={
                "broken_path": [f.id for f in broken],
                "need": need(data_object, trap.scopes, [tool], record),
            },
            action=mend_or_connect(
                stack, broken, tool, record[0], things, owner=usual_owner(tool, *record)
            ),
        )


def _holders(stack: Stack, data_object: str, scope: int) -> list[StackTool]:
    tools = {
        t.id: t
        for role in ("capture", "store")
        for t in stack.with_role(role, data_object, scope)
        if t.kind != "service" or t.data_declared
    }
    return [tools[i] for i in sorted(tools)]


def _sources(stack: Stack, data_object: str, behind: Iterable[int], tool: StackTool) -> list[int]:
    """Return where a tool's copy is from: who captures the object behind it, else all of them."""
    others = [n for n in behind if n != tool.index and 0 <= n < len(stack.tools)]
    captors = [n for n in others if stack.tools[n].has_role("capture", data_object)]
    return captors or others


def _sends(stack: Stack, tool: StackTool) -> bool:
    """Return whether some live flow of a tool has unknown content, direction or an unknown end."""
    return any(
        f.live and (f.objects is None or f.direction == "unknown" or len(f.ends) == 1)
        for f in stack.touching[tool.index]
    )
