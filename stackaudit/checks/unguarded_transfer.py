"""The check `unguarded-transfer`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from stackaudit.catalogue.match import find_region
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
    known,
    names,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.personal import personal_data
from stackaudit.result import Category


@dataclass
class _Asked:
    """Tools about which something is not known."""

    people: list[StackTool] = field(default_factory=list)
    host: list[StackTool] = field(default_factory=list)
    means: list[StackTool] = field(default_factory=list)
    law: list[tuple[StackTool, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class UnguardedTransfer(Check):
    """Personal data held in a country for which a transfer mechanism is needed, and there is none.

    What it finds:
    A tool with personal data of people of one region (``people_in`` of the company, or of the
    scopes the tool serves) that is ``hosted_in`` another for which the catalogue says that a
    mechanism is needed, with ``transfer: none``. A mechanism or host that is left out is a
    question, and so is data that is hosted in several regions, the people's own among them.

    Why it matters:
    Moving data about Europeans, for one, out of Europe without a legal basis is a risk to check
    with counsel; authorities have fined for little else.

    What to do:
    Sign the vendor's standard contractual clauses, check whether the vendor is certified, or move
    the data to a host in the region.

    Example:
    European newsletter contacts are held in the United States, and no clauses were signed.

    Known false positives:
    The vendor is certified under an adequacy decision: write ``transfer: adequacy``.
    """

    id: ClassVar[str] = "unguarded-transfer"
    title: ClassVar[str] = "Personal data abroad without a transfer mechanism"
    category: ClassVar[Category] = "trust"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "tools with personal data whose host is known"

    def run(self, stack: Stack) -> Outcome:
        """Compare where people are with where the data about them is hosted."""
        findings: list[Finding] = []
        asked = _Asked()
        examined = 0
        for tool in stack.subjects:
            if tool.record is None or tool.kind == "own-channel":
                continue
            privacy = tool.record.privacy
            means = privacy.transfer if privacy is not None else None
            if means not in (None, "none"):
                examined += 1
                continue
            personal = personal_data(stack, tool)
            if not personal.holds or personal.evidence is None:
                continue
            people = _people(stack, tool)
            hosts = _regions(stack, privacy.hosted_in if privacy is not None else None)
            if not people:
                asked.people.append(tool)
            elif not hosts:
                if any(home in stack.catalogue.transfers for home in people):
                    asked.host.append(tool)
            else:
                examined += 1
                finding = self._judge(stack, tool, people, hosts, personal.evidence, asked)
                if finding is not None:
                    findings.append(finding)
        return Outcome(examined, findings, self._questions(stack, asked))

    def _judge(
        self,
        stack: Stack,
        tool: StackTool,
        people: dict[str, Evidence],
        hosts: list[str],
        personal: Evidence,
        asked: _Asked,
    ) -> Finding | None:
        stated = tool.record is not None and tool.record.privacy is not None
        none_stated = stated and tool.record.privacy.transfer == "none"  # type: ignore[union-attr]
        needed = []
        for home in sorted(people):
            for host in hosts:
                answer = stack.catalogue.transfer_needed(home, host)
                if answer == "unknown" and home in stack.catalogue.transfers:
                    asked.law.append((tool, home, host))
                elif answer == "yes" and home in hosts:
                    asked.means.append(tool)  # which people's data is where is not known
                elif answer == "yes":
                    needed.append((home, host))
        if not needed:
            return None
        if not none_stated:
            asked.means.append(tool)
            return None
        return self._unguarded(stack, tool, needed, people, personal)

    def _unguarded(
        self,
        stack: Stack,
        tool: StackTool,
        needed: list[tuple[str, str]],
        people: dict[str, Evidence],
        personal: Evidence,
    ) -> Finding:
        record = tool.record
        assert record is not None
        doubt = record.is_disputed
        homes = [_region_name(stack, r) for r in dict.fromkeys(home for home, _ in needed)]
        away = [_region_name(stack, r) for r in dict.fromkeys(host for _, host in needed)]
        laws = dict.fromkeys(home for home, _ in needed)
        return self.finding(
            tool.id,
            f"{tool.name} holds personal data of people in {names(homes)} in {names(away)}, "
            "and no transfer "
            "mechanism is in place: a risk to check with counsel.",
            severity="medium" if personal.assumed else "high",
            evidence=[
                *(people[home] for home in laws),
                fact(
                    record.privacy,
                    "hosted_in",
                    f"Its data is hosted in {names(away)}.",
                    assumed=doubt,
                ),
                fact(
                    record.privacy,
                    "transfer",
                    "The inventory states that there is no transfer mechanism.",
                    assumed=doubt,
                ),
                personal,
                *(
                    known(
                        f"From {_region_name(stack, home)} to {names(away)} a mechanism is needed "
                        f"({stack.catalogue.transfers[home].source}; as of "
                        f"{stack.catalogue.transfers[home].version})."
                    )
                    for home in laws
                ),
            ],
            subjects=tool_subjects([tool]),
            harmless_if="The vendor is certified, clauses are part of its terms, or only "
            "totals are held.",
            details={
                "people_in": list(laws),
                "hosted_in": list(dict.fromkeys(host for _, host in needed)),
            },
            action=Action(
                id=f"transfer:{tool.id}",
                text=f"Put a transfer mechanism in place for {tool.name}, or move its data",
                effort="medium",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )

    def _questions(self, stack: Stack, asked: _Asked) -> list[Question]:
        questions = []
        if asked.people:
            questions.append(
                self.question(
                    "people-in",
                    "Where are the people whose data the company holds (`people_in`)?",
                    weight=len(asked.people),
                    fills=["company/people_in"],
                )
            )
        for about, text, tools in (
            ("hosted-in", "Where is the personal data hosted that is held by {}?", asked.host),
            (
                "transfer",
                "Which mechanism covers the transfer of personal data to {}?",
                asked.means,
            ),
        ):
            each = list({t.id: t for t in tools}.values())
            if each:
                questions.append(
                    self.question(
                        about,
                        text.format(names(each, 8)),
                        subjects=tool_subjects(each),
                        weight=len(each),
                        fills=fills("tools", each, f"privacy.{about.replace('-', '_')}"),
                    )
                )
        for tool, home, host in asked.law:
            questions.append(
                self.question(
                    f"transfer:{tool.id}",
                    f"Is a mechanism needed for data of people in {_region_name(stack, home)} that "
                    f"{tool.name} holds in {_region_name(stack, host)}? The catalogue cannot say.",
                    subjects=tool_subjects([tool]),
                    asked_of=usual_owner(tool),
                    key=tool.id,
                    fills=fills("tools", [tool], "privacy.transfer"),
                )
            )
        return questions


def _people(stack: Stack, tool: StackTool) -> dict[str, Evidence]:
    """Return region → the fact that people are there, for the scopes a tool serves."""
    company = stack.inventory.company
    found: dict[str, Evidence] = {}
    for number, name in enumerate(stack.scopes):
        if not tool.scopes >> number & 1:
            continue
        scope = (company.scopes or {}).get(name)
        record = scope if scope is not None and scope.people_in is not None else company
        for region in _regions(stack, record.people_in):
            where = f"{company.name}" if record is company else f"The part {name}"
            text = f"{where} holds data of people in {_region_name(stack, region)}."
            found.setdefault(region, fact(record, "people_in", text))
    return found


def _regions(stack: Stack, places: tuple[str, ...] | None) -> list[str]:
    found = (find_region(stack.catalogue, place) for place in places or ())
    return list(dict.fromkeys(region for region in found if region is not None))


def _region_name(stack: Stack, region: str) -> str:
    entry = stack.catalogue.regions.get(region)
    name = entry.name if entry is not None else region
    return f"the {name}" if name.startswith(("European Union", "United")) else name
