"""The check `nominal-capability`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    assumed,
    capability_name,
    could_be_this,
    fact,
    fact_at,
    fills,
    merge_scopes,
    names,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.capabilities import no_other_listed, of_unknown_use
from stackaudit.result import Category

Why = Literal["pilot", "retiring", "unused", "nobody", "real", "unknown"]


@dataclass(frozen=True)
class NominalCapability(Check):
    """An expected capability that the company has in name only.

    What it finds:
    Per capability and scope: the profile (or ``requirements``) asks for it with *must* or *should*,
    and every tool that provides it there is a pilot, is being retired, has it as a part that is
    ``unused``, or is bought for people who do not log in (paid seats, none active, no live flow,
    and the capability is one that people use). Where a pilot or a retiring tool still does the
    work, it weighs one step less. ``details["nominal"]`` names each provider's reason.

    Why it matters:
    On the map of the stack the box is ticked. In daily work nobody does it, or nobody will in a few
    months.

    What to do:
    Put the tool into use and say so, plan its successor, or record that the capability is not
    needed.

    Example:
    Text messages are part of the email tool's contract and were never switched on.

    Known false positives:
    The pilot has in truth gone live, or the successor of a retiring tool is decided and not listed.
    """

    id: ClassVar[str] = "nominal-capability"
    title: ClassVar[str] = "Expected capability in name only"
    category: ClassVar[Category] = "gaps"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "expected capabilities with a provider"

    def run(self, stack: Stack) -> Outcome:
        """Look at all providers of every must and should, scope by scope."""
        examined = 0
        findings: list[Finding] = []
        unclear: dict[str, Question] = {}
        busy = _busy(stack)
        for capability in stack.catalogue.capabilities:
            wanted, by = stack.expectation(capability)
            if wanted not in ("must", "should"):
                continue
            nominal: dict[int, dict[str, Why]] = {}
            providers: dict[int, list[StackTool]] = {}
            looked = False
            for scope in range(len(stack.scopes)):
                there = stack.providers(capability, scope, unused=True)
                looked = looked or bool(there)
                reasons = {t.id: _why(stack, t, capability, busy) for t in there}
                if not there or "real" in reasons.values():
                    continue
                asked = [t for t in there if reasons[t.id] == "unknown"]
                if asked:
                    for tool in asked:
                        unclear[f"{tool.id}/{capability}"] = self._ask(stack, tool, capability)
                    continue
                nominal[scope] = reasons
                providers[scope] = there
            examined += looked
            same = {s: tuple(sorted(reasons.items())) for s, reasons in nominal.items()}
            for scope_name, scopes, found in merge_scopes(stack, nominal, same):
                number = stack.scopes.index(scope_name) if scopes else 0
                findings.append(
                    self._nominal(
                        stack, capability, wanted, by, found, providers[number], scope_name, scopes
                    )
                )
        return Outcome(examined, findings, [unclear[k] for k in sorted(unclear)])

    def _ask(self, stack: Stack, tool: StackTool, capability: str) -> Question:
        return self.question(
            f"active:{tool.id}",
            f"How many people log in to {tool.name}? Seats are paid for, and nothing else shows "
            f"that it is used for {capability_name(stack, capability)}.",
            subjects=tool_subjects([tool]),
            asked_of=usual_owner(tool),
            key=f"{capability}/{(stack.scopes_of(tool.scopes) or ['all'])[0]}",
            fills=fills("tools", [tool], "seats.active"),
        )

    def _nominal(
        self,
        stack: Stack,
        capability: str,
        wanted: str,
        by: str | None,
        reasons: dict[str, Why],
        tools: list[StackTool],
        scope: str,
        scopes: list[str],
    ) -> Finding:
        name = capability_name(stack, capability)
        working = any(w in ("pilot", "retiring") for w in reasons.values())
        where = f" for {scope}" if scopes else ""
        profile = stack.resolved.profile
        asked = (
            fact(stack.inventory.requirements, wanted, f"The inventory requires it ({wanted}).")
            if by == "inventory"
            else fact(
                stack.inventory.company,
                "profile",
                f"The profile {profile.name if profile else ''} expects it ({wanted}).",
            )
        )
        evidence = [asked]
        for tool in tools:
            evidence += _facts(stack, tool, capability, reasons[tool.id])
        evidence.append(no_other_listed(stack, "no other listed tool provides it"))
        could = of_unknown_use(stack, stack.scopes.index(scope) if scopes else None)
        evidence += could_be_this(could)
        later = [t for t in stack.tools if t.status == "planned" and capability in t.capabilities]
        evidence += [
            fact(t.record, "status", f"{t.name} would provide it and is planned.") for t in later
        ]
        said = names([_said(t, reasons[t.id]) for t in tools])
        grave: Severity = {"must": "high", "should": "medium"}[wanted]  # type: ignore[assignment]
        if working:
            grave = "medium" if grave == "high" else "low"
        return self.finding(
            f"{capability}/{scope}",
            f"{name} has no tool that stays{where}: {said}."
            if working
            else f"{name} is there in name only{where}: {said}.",
            severity=grave,
            evidence=evidence,
            subjects=[subject("capability", capability, name), *tool_subjects([*tools, *later])],
            scopes=scopes,
            harmless_if="The pilot has gone live, the successor is decided, or nobody needs it.",
            details={"expected": wanted, "nominal": dict(sorted(reasons.items()))},
            action=Action(
                id=f"add:{capability}",
                text=f"Put {name} to work with a tool that stays, or record that it is not needed",
                effort="medium",
                owner=usual_owner(*tools),
                tools=[t.id for t in tools],
            ),
        )


def _busy(stack: Stack) -> frozenset[int]:
    """Return the tools that a live flow ends at or is carried by."""
    ends = {e for f in stack.flows if f.live for e in (*f.ends, *f.via)}
    return frozenset(ends)


def _why(stack: Stack, tool: StackTool, capability: str, busy: frozenset[int]) -> Why:
    """Return why a tool provides a capability in name only, or that it really does."""
    if tool.capabilities[capability] == "unused":
        return "unused"
    if tool.status == "pilot":
        return "pilot"
    if tool.status == "retiring":
        return "retiring"
    seats = tool.record.seats if tool.record is not None else None
    entry = stack.catalogue.capabilities.get(capability)
    if seats is None or not seats.paid or tool.index in busy:
        return "real"
    if entry is None or entry.used_by == "machines" or tool.kind == "service":
        return "real"
    if seats.active is None:
        return "unknown"
    return "nobody" if seats.active == 0 else "real"


def _said(tool: StackTool, why: Why) -> str:
    if why == "unused":
        return f"{tool.name} has it and does not use it"
    if why == "pilot":
        return f"{tool.name} is a pilot"
    if why == "retiring":
        until = tool.record.retires_on if tool.record is not None else None
        return f"{tool.name} is being retired" + (f" by {until.isoformat()}" if until else "")
    return f"{tool.name} is paid for and nobody logs in"


def _facts(stack: Stack, tool: StackTool, capability: str, why: Why) -> list[Evidence]:
    if why == "unused":
        text = f"{tool.name} has it as a part that is not used."
        return [fact_at(tool.record, ("capabilities", capability), text)]
    name = capability_name(stack, capability)
    has = (
        assumed(f"{tool.name} provides {name}, by the catalogue; the inventory does not say.")
        if tool.capabilities_assumed
        else fact(tool.record, "capabilities", f"{tool.name} provides {name}.")
    )
    if why in ("pilot", "retiring"):
        return [has, fact(tool.record, "status", f"{_said(tool, why)}.")]
    seats = tool.record.seats if tool.record is not None else None
    none = f"no integration of {tool.name} is recorded"
    idle = (
        fact(
            stack.inventory if stack.integrations_complete else tool.record,
            "complete" if stack.integrations_complete else "integrations_known",
            f"Its integrations are stated to be known, and {none}.",
        )
        if stack.integrations_known(tool)
        else assumed(f"{none.capitalize()}; its integrations are not stated to be all listed.")
    )
    return [
        has,
        fact(
            seats,
            "active",
            f"{tool.name} has {seats.paid if seats else 0} paid seats, none active.",
        ),
        idle,
    ]
