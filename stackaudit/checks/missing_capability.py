"""The check `missing-capability`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from stackaudit.check import (
    Action,
    Check,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    could_be_this,
    fact,
    merge_scopes,
    names,
    subject,
    tool_subjects,
)
from stackaudit.graph.capabilities import no_other_listed, of_unknown_use
from stackaudit.result import Category

NONE = "no listed tool provides it"


@dataclass(frozen=True)
class MissingCapability(Check):
    """A capability that this kind of company is expected to have, and that no tool in use provides.

    What it finds:
    Per capability and scope: the profile (or the inventory's own ``requirements``) asks for it with
    *must* or *should*, and no tool or service in use provides it there, not even as a part that is
    bought but unused. Everything that is only *could* is summed up in one information line. A
    finding is confirmed only where the list of tools is stated to be complete.

    Why it matters:
    A campaign, a report or a legal duty that needs the capability is done by hand, by somebody
    outside marketing, or not at all.

    What to do:
    If a tool does it, list the tool, or the capability under that tool. If nobody needs it, say so
    under ``requirements: not_needed`` with the reason. Otherwise plan how to get it: often a tool
    you already pay for offers it.

    Example:
    An online retailer with a shop, an email tool and web analytics, but nothing that records
    consent.

    Known false positives:
    An agency or a corporate department does the work and is not listed; the profile does not fit
    the company.
    """

    id: ClassVar[str] = "missing-capability"
    title: ClassVar[str] = "Expected capability that no tool provides"
    category: ClassVar[Category] = "gaps"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "expected capabilities"

    def run(self, stack: Stack) -> Outcome:
        """Compare what is expected with what tools in use provide, scope by scope."""
        examined, findings, nice = 0, [], []
        for capability in stack.catalogue.capabilities.values():
            wanted, by = stack.expectation(capability.id)
            if wanted is None or wanted == "not-expected":
                continue
            examined += 1
            missing = {
                s: of_unknown_use(stack, s)
                for s in range(len(stack.scopes))
                if not stack.providers(capability.id, s, unused=True)
            }
            if wanted == "could":
                if len(missing) == len(stack.scopes):
                    nice.append(capability.id)
                continue
            same = {s: tuple(t.id for t in tools) for s, tools in missing.items()}
            for scope, scopes, unclear in merge_scopes(stack, missing, same):
                findings.append(
                    self._missing(stack, capability.id, wanted, by, scope, scopes, unclear)
                )
        if nice:
            findings.append(self._nice_to_have(stack, nice))
        questions = [] if stack.tools_complete or not findings else [self._is_it_all(findings)]
        return Outcome(examined, findings, questions)

    def _missing(
        self,
        stack: Stack,
        capability_id: str,
        wanted: Literal["must", "should"],
        by: str | None,
        scope: str,
        scopes: list[str],
        unclear: list[StackTool],
    ) -> Finding:
        capability = stack.catalogue.capabilities[capability_id]
        profile = stack.resolved.profile
        where = f" for {scope}" if scopes else ""
        asked = (
            fact(stack.inventory.requirements, wanted, f"The inventory requires it ({wanted}).")
            if by == "inventory"
            else fact(
                stack.inventory.company,
                "profile",
                f"The profile {profile.name if profile else ''} expects it ({wanted}).",
            )
        )
        evidence = [asked, no_other_listed(stack, NONE)]
        evidence += could_be_this(unclear)
        later = [
            t
            for t in stack.tools
            if capability_id in t.capabilities and not t.in_use and t.status == "planned"
        ]
        evidence += [
            fact(t.record, "status", f"{t.name} would provide it and is planned.") for t in later
        ]
        return self.finding(
            f"{capability_id}/{scope}",
            f"No {'tool in use' if stack.tools_complete else 'listed tool'} provides "
            f"{capability.name}{where}, which this kind of company "
            f"{'must' if wanted == 'must' else 'should'} have.",
            severity="high" if wanted == "must" else "medium",
            evidence=evidence,
            subjects=[subject("capability", capability_id, capability.name), *tool_subjects(later)],
            scopes=scopes,
            harmless_if="A tool, an agency or another department does it and is not listed, "
            "or the company does not need it.",
            details={"expected": wanted, "stages": list(capability.stages)},
            action=Action(
                id=f"add:{capability_id}",
                text=f"Decide how to get {capability.name}, or record that it is not needed",
                effort="large" if wanted == "must" else "medium",
            ),
        )

    def _nice_to_have(self, stack: Stack, missing: list[str]) -> Finding:
        known_as = [stack.catalogue.capabilities[c].name for c in missing]
        number = len(missing)
        return self.finding(
            "could/all",
            f"{number} further {'capability that is' if number == 1 else 'capabilities that are'} "
            "useful to some companies of this kind "
            f"{'has' if number == 1 else 'have'} no "
            f"{'' if stack.tools_complete else 'listed '}tool: {names(known_as, 8)}.",
            severity="info",
            evidence=[
                fact(stack.inventory.company, "profile", "The profile marks them as could."),
                no_other_listed(stack, NONE),
            ],
            subjects=[
                subject("capability", c, stack.catalogue.capabilities[c].name) for c in missing
            ],
            harmless_if="They are optional; nothing needs to be done.",
        )

    def _is_it_all(self, findings: list[Finding]) -> Question:
        return self.question(
            "complete:tools",
            "Are all marketing tools and services in the list? If so, add `complete: [tools]`.",
            weight=max(1, len(findings)),
            fills=["complete/tools"],
        )
