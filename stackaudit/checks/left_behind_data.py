"""The check `left-behind-data`."""

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
    fact,
    fact_at,
    fills,
    nouns,
    object_name,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.personal import personal_objects
from stackaudit.result import Category


@dataclass(frozen=True)
class LeftBehindData(Check):
    """A tool that is no longer in use and still stores personal data.

    What it finds:
    Retired tools (and retiring ones past their day) whose ``data`` says that they store personal
    data, or that state ``personal_data: yes``. Where the inventory does not say what a retired tool
    holds, but the catalogue takes such a tool to store personal data, the finding is possible.

    Why it matters:
    Nobody watches a tool that nobody uses: who has access, what leaks, what people asked to have
    deleted. It is a risk to check with counsel.

    What to do:
    Export what must be kept, have the rest deleted, ask the vendor to confirm it, and write ``data:
    none``.

    Example:
    A pop-up tool was switched off in August; the addresses it collected are still in its account.

    Known false positives:
    The data was deleted and the inventory still lists it; or it must be kept by law.
    """

    id: ClassVar[str] = "left-behind-data"
    title: ClassVar[str] = "Personal data left in a retired tool"
    category: ClassVar[Category] = "trust"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "retired tools"

    def run(self, stack: Stack) -> Outcome:
        """Look at what every retired tool is said to store."""
        findings: list[Finding] = []
        questions: list[Question] = []
        retired = [t for t in stack.tools if _retired(t)]
        for tool in sorted(retired, key=lambda t: t.id):
            stored = personal_objects(stack, [o for o in tool.roles if tool.has_role("store", o)])
            evidence = _still_there(stack, tool, stored)
            if evidence is not None:
                findings.append(self._left(stack, tool, stored, evidence))
            elif _unknown(tool):
                questions.append(self._ask(tool))
        return Outcome(len(retired), findings, questions)

    def _left(
        self, stack: Stack, tool: StackTool, stored: tuple[str, ...], evidence: Evidence
    ) -> Finding:
        what = nouns(stack, stored) if stored else "personal data"
        still = "may still store" if evidence.assumed else "still stores"
        return self.finding(
            tool.id,
            f"{tool.name} is no longer in use and {still} {what}: a risk to check with counsel.",
            severity="low" if stored and _hardly_personal(stack, tool, stored) else "medium",
            evidence=[fact(tool.record, "status", f"{tool.name} is {tool.status}."), evidence],
            subjects=[
                *tool_subjects([tool]),
                *(subject("object", o, object_name(stack, o)) for o in stored),
            ],
            harmless_if="The data has been deleted, or must be kept by law.",
            details={"objects": list(stored)},
            action=Action(
                id=f"delete-data:{tool.id}",
                text=f"Export what must be kept from {tool.name}, and have the rest deleted",
                effort="small",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )

    def _ask(self, tool: StackTool) -> Question:
        return self.question(
            f"left-behind:{tool.id}",
            f"Is any personal data still in {tool.name}, which is no longer in use?",
            subjects=tool_subjects([tool]),
            asked_of=usual_owner(tool),
            key=tool.id,
            fills=fills("tools", [tool], "data", "personal_data"),
        )


def _retired(tool: StackTool) -> bool:
    """Return whether a tool of production, in scope, was in use and is no longer."""
    return (
        tool.record is not None
        and not tool.out_of_scope
        and not tool.in_use
        and tool.status in ("retired", "retiring")
        and tool.record.environment in (None, "production")
    )


def _still_there(stack: Stack, tool: StackTool, stored: tuple[str, ...]) -> Evidence | None:
    """Return the fact that personal data is there, or None."""
    record = tool.record
    if record is None or record.personal_data is False:
        return None
    if stored and tool.data_declared:
        what = fact_at(record, ("data", stored[0]), f"{tool.name} stores {nouns(stack, stored)}.")
        if not _hardly_personal(stack, tool, stored):
            return what
        text = f"{what.text[:-1]}, which are hardly personal."
        return what.model_copy(update={"assumed": True, "text": text})
    if record.personal_data:
        return fact(record, "personal_data", f"{tool.name} holds personal data.")
    if stored:
        return assumed(
            f"Tools like {tool.name} store {nouns(stack, stored)}, by the catalogue; the inventory "
            "does not say what is left in it."
        )
    return None


def _hardly_personal(stack: Stack, tool: StackTool, stored: tuple[str, ...]) -> bool:
    """Return whether a tool stores only data that hardly tells of people, and says no more."""
    said = tool.record is not None and tool.record.personal_data
    return not said and not any(stack.catalogue.objects[o].personal for o in stored)


def _unknown(tool: StackTool) -> bool:
    """Return whether nothing is known of what a tool holds."""
    return (
        not tool.data_declared
        and not tool.capabilities
        and tool.record is not None
        and tool.record.personal_data is None
    )
