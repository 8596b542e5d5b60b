"""The check `missing-processing-agreement`."""

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
    fact,
    fills,
    names,
    nouns,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.personal import Personal, personal_data
from stackaudit.result import Category


@dataclass(frozen=True)
class MissingProcessingAgreement(Check):
    """A vendor's tool that holds personal data without a data processing agreement.

    What it finds:
    Tools and services of vendors with ``dpa: missing`` that hold personal data: stated with
    ``personal_data``, or by what their ``data`` says they do with it, or because an integration
    brings it there. Where only the catalogue takes the tool to hold personal data, the finding is
    possible. An agreement that is left out is a question; what the company made itself needs none.

    Why it matters:
    Handing personal data to a vendor without an agreement is a risk to check with counsel, and the
    first thing that a customer's security review asks for.

    What to do:
    Most vendors publish an agreement that can be signed in minutes. Sign it, file it, write ``dpa:
    signed``.

    Example:
    The social media tool reads messages of customers, and no agreement was ever signed.

    Known false positives:
    The agreement is part of the terms of service: then it is ``signed``.
    """

    id: ClassVar[str] = "missing-processing-agreement"
    title: ClassVar[str] = "Personal data with a vendor, no processing agreement"
    category: ClassVar[Category] = "trust"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "vendor tools with personal data"

    def run(self, stack: Stack) -> Outcome:
        """Read the agreement of every vendor tool that holds personal data."""
        findings: list[Finding] = []
        questions: list[Question] = []
        silent: list[StackTool] = []
        examined = 0
        for tool in stack.subjects:
            if tool.record is None or tool.kind not in ("software", "service"):
                continue
            agreed = tool.record.privacy.dpa if tool.record.privacy is not None else None
            if agreed in ("signed", "not-needed"):
                examined += 1
                continue
            personal = personal_data(stack, tool)
            if personal.holds is None and agreed == "missing":
                questions.append(self._ask_data(tool))
            if not personal.holds or personal.evidence is None:
                continue
            if agreed is None:
                silent.append(tool)
                continue
            examined += 1
            findings.append(self._missing(stack, tool, personal, personal.evidence))
        if silent:
            questions.append(self._ask(silent))
        return Outcome(examined, findings, questions)

    def _missing(
        self, stack: Stack, tool: StackTool, personal: Personal, evidence: Evidence
    ) -> Finding:
        record = tool.record
        assert record is not None
        what = nouns(stack, personal.objects[:3]) if personal.objects else "personal data"
        return self.finding(
            tool.id,
            f"{tool.name} handles {what}, and no data processing agreement is signed: a risk "
            "to check "
            "with counsel.",
            severity="medium" if evidence.assumed else "high",
            evidence=[
                fact(
                    record.privacy,
                    "dpa",
                    f"The inventory states that the agreement with {tool.name} is missing.",
                    assumed=record.is_disputed,
                ),
                evidence,
            ],
            subjects=tool_subjects([tool]),
            scopes=stack.scopes_of(tool.scopes),
            harmless_if="The agreement is part of the terms of service that were accepted.",
            details={"objects": list(personal.objects)},
            action=Action(
                id=f"dpa:{tool.id}",
                text=f"Sign a data processing agreement for {tool.name}",
                effort="small",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )

    def _ask(self, tools: list[StackTool]) -> Question:
        return self.question(
            "dpa",
            f"Is a data processing agreement signed for {names(tools, 4)}?",
            subjects=tool_subjects(tools),
            weight=len(tools),
            fills=fills("tools", tools, "privacy.dpa"),
        )

    def _ask_data(self, tool: StackTool) -> Question:
        return self.question(
            f"personal-data:{tool.id}",
            f"Does {tool.name} hold personal data? No processing agreement is signed for it.",
            subjects=tool_subjects([tool]),
            asked_of=usual_owner(tool),
            key=tool.id,
            fills=fills("tools", [tool], "personal_data"),
        )
