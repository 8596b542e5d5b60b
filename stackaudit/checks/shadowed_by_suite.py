"""The check `shadowed-by-suite`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

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
    fact,
    fills,
    known,
    names,
    on_purpose,
    tool_subjects,
    usual_owner,
)
from stackaudit.inventory.schema import Contract
from stackaudit.result import Category


@dataclass(frozen=True)
class ShadowedBySuite(Check):
    """A paid point tool whose whole job a broader suite in the stack offers too.

    What it finds:
    A tool with a cost, all of whose capabilities another listed tool offers in the same scopes,
    where that other tool belongs to a suite of the catalogue and offers more besides, used or not.
    Never where the overlap is declared on purpose, and never for channels of which a company needs
    many (ad platforms).

    Why it matters:
    The suite is paid for already; the point tool adds a bill, a contract and an integration.

    What to do:
    Compare the two for what is really used. Keep the point tool where it is clearly better, and say
    so with ``overlaps_on_purpose``; otherwise move its work into the suite before its contract
    renews.

    Example:
    A survey tool beside a service suite whose survey module is licensed but unused.

    Known false positives:
    The suite's module is not in the edition that was bought: list the tool's real ``capabilities``.
    """

    id: ClassVar[str] = "shadowed-by-suite"
    title: ClassVar[str] = "Point tool whose job a suite in the stack offers"
    category: ClassVar[Category] = "redundancies"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "point tools that a suite covers or could cover"

    def run(self, stack: Stack) -> Outcome:
        """Compare every point tool with every tool of a suite."""
        suites = [
            (t, t.capabilities.keys())
            for t in stack.subjects
            if t.suite is not None and t.suite in stack.catalogue.suites and not t.mentioned_only
        ]
        findings: list[Finding] = []
        questions: list[Question] = []
        examined = 0
        offering: dict[
            frozenset[str], list[StackTool]
        ] = {}  # work → tools of suites that offer all of it, and more
        for tool in stack.subjects:
            if tool.kind in ("service", "own-channel") or not tool.working or not suites:
                continue
            if any(_plurality(stack, c) == "many" for c in tool.working):
                continue
            work = frozenset(tool.working)
            if work not in offering:
                offering[work] = [s for s, offered in suites if work < offered]
            suite = next((s for s in offering[work] if _covers(stack, s, tool)), None)
            paid = _paid(stack, tool)
            examined += suite is None or paid is not None
            if suite is None:
                continue
            if paid is None:
                questions.append(
                    self.question(
                        f"cost:{tool.id}",
                        f"What does {tool.name} cost a year? {suite.name} offers all that it does.",
                        subjects=tool_subjects([tool]),
                        asked_of=usual_owner(tool),
                        key=tool.id,
                        fills=fills("tools", [tool], "cost"),
                    )
                )
            elif paid.text:
                findings.append(self._shadowed(stack, tool, suite, paid))
        return Outcome(examined, findings, questions)

    def _shadowed(self, stack: Stack, tool: StackTool, suite: StackTool, paid: Evidence) -> Finding:
        what = names([capability_name(stack, c) for c in tool.working])
        idle = [c for c in tool.working if suite.capabilities[c] == "unused"]
        return self.finding(
            tool.id,
            f"{suite.name}, which is in the stack anyway, "
            f"offers all that {tool.name} is used for: {what}.",
            evidence=[
                _uses(tool, f"{tool.name} is used for {what}."),
                _uses(suite, f"{suite.name} offers {what}."),
                paid,
                known(
                    f"{suite.name} belongs to the suite "
                    f"{stack.catalogue.suites[suite.suite or ''].name}."
                ),
            ],
            subjects=tool_subjects([tool, suite]),
            harmless_if=f"{tool.name} does the job clearly better, "
            f"or {suite.name}'s part is not in the edition bought.",
            details={
                "suite_tool": suite.id,
                "takes_over": sorted(tool.working),
                "unused_there": sorted(idle),
                "flows": sorted(f.id for f in stack.touching[tool.index] if f.live),
                "claims": [tool.id],
                "keeps": 0,
            },
            action=Action(
                id=f"retire:{tool.id}",
                text=f"Test whether {suite.name} can take over from {tool.name}, "
                "and retire it if so",
                effort="medium",
                owner=usual_owner(tool, suite),
                tools=sorted([tool.id, suite.id]),
            ),
        )


def _paid(stack: Stack, tool: StackTool) -> Evidence | None:
    """Return the fact that a tool is paid for, without text when it is free; None: not known."""
    record = tool.record
    if record is not None and record.cost is not None:
        costs = record.cost.amount[1] > 0
        return fact(record, "cost", f"{tool.name} is paid for." if costs else "")
    for contract in stack.contracts:
        terms = contract.record
        if isinstance(terms, Contract) and terms.cost is not None and tool.index in contract.tools:
            return fact(record, "contract", f"{tool.name} is paid for under {contract.id}.")
    return None


def _covers(stack: Stack, suite: StackTool, tool: StackTool) -> bool:
    """Return whether a suite's tool, which offers all a point tool does, does so where it works."""
    if suite is tool or suite.suite == tool.suite:
        return False
    if tool.scopes & ~suite.scopes:
        return False
    return on_purpose(stack, tool, suite) != "silent"


def _plurality(stack: Stack, capability: str) -> str:
    entry = stack.catalogue.capabilities.get(capability)
    return entry.plurality if entry is not None else "few"


def _uses(tool: StackTool, text: str) -> Evidence:
    if tool.capabilities_assumed:
        return assumed(f"{text[:-1]}, by the catalogue.")
    return fact(tool.record, "capabilities", text)
