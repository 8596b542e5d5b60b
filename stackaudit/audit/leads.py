"""One cause, one lead finding; and what a contract's notice day decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from stackaudit.graph import Stack
from stackaudit.registry import Registry
from stackaudit.result import Finding

MISSING_FLOW: Final = "missing-flow"


def follow_leads(registry: Registry, findings: Sequence[Finding]) -> list[Finding]:
    """List findings that follow from a broken integration under the finding about it.

    A check whose ``leads`` is true leads for the integrations it names; other findings say under
    ``broken_path`` which integrations would settle them. A finding may also say under ``follows``
    which findings, by id, are its cause: the first that was found and stands by itself leads it,
    or else what leads the first that was found. A missing expected flow leads the silo findings
    that say the same of the same tools. Each keeps its key and can be found.
    """
    leading = {r.check.id for r in registry.checks if r.check.leads}
    lead_of = {
        s.id: f.id
        for f in findings
        if f.check in leading
        for s in f.subjects
        if s.kind == "integration"
    }
    causes = {f.id: _cause(f, leading, lead_of) for f in findings}
    follows = {f.id: tuple(f.details.get("follows") or ()) for f in findings}
    causes |= _same_need(findings, causes)
    alone = {i for i, cause in causes.items() if cause is None}
    leaders = {i for i in alone if not any(c in causes for c in follows[i])}
    led: dict[str, list[str]] = {}
    marked: list[Finding] = []
    for finding in findings:
        lead = causes[finding.id]
        if lead is None:
            lead = next((i for i in follows[finding.id] if i in leaders), None)
            lead = lead or _root(finding.id, causes, follows)
        if lead is None:
            marked.append(finding)
            continue
        led.setdefault(lead, []).append(finding.id)
        marked.append(finding.model_copy(update={"led_by": lead}))
    return [f.model_copy(update={"leads": sorted(led[f.id])}) if f.id in led else f for f in marked]


def _cause(finding: Finding, leading: set[str], lead_of: Mapping[str, str]) -> str | None:
    """Return the finding about the broken integration that a finding follows from."""
    if finding.check in leading:
        return None
    broken = finding.details.get("broken_path") or ()
    return next((lead_of[i] for i in broken if i in lead_of), None)


def _same_need(
    findings: Sequence[Finding], causes: Mapping[str, str | None]
) -> dict[str, str | None]:
    """Return silo finding → the gap that says the same of the same tools, which leads it.

    An expected flow that is missing, and a tool at its end that is therefore trapped or blind, are
    one cause: the same object lacks a way between the same tools in a scope of both.
    """
    gaps: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.check == MISSING_FLOW and finding.details.get("need") and not _settled(finding):
            gaps.setdefault(finding.details["need"]["object"], []).append(finding)
    led: dict[str, str | None] = {}
    for finding in findings:
        need = finding.details.get("need")
        if finding.category != "silos" or not need or causes[finding.id] is not None:
            continue
        for gap in gaps.get(need["object"], ()):
            other = gap.details["need"]
            sure = gap.confidence == "confirmed" or finding.confidence == "possible"
            if (
                sure
                and causes[gap.id] is None
                and all(
                    set(need[part]) & set(other[part]) for part in ("sources", "targets", "scopes")
                )
            ):
                led[finding.id] = gap.id
                break
    return led


def _settled(finding: Finding) -> bool:
    return finding.accepted is not None and not finding.accepted.lapsed


def _root(
    start: str, causes: Mapping[str, str | None], follows: Mapping[str, Sequence[str]]
) -> str | None:
    """Return what leads the first found cause of a finding, as far up as there is one."""
    seen = {start}
    at = start
    while True:
        up = causes[at] or next((i for i in follows[at] if i in causes and i not in seen), None)
        if up is None:
            return at if at != start else None
        seen.add(up)
        at = up


def relate_contracts(stack: Stack, findings: Sequence[Finding]) -> list[Finding]:
    """Name under each finding about a contract the findings about its tools that it decides."""
    about: dict[str, set[str]] = {}
    for finding in findings:
        if finding.category in ("redundancies", "resilience"):
            for subject in finding.subjects:
                if subject.kind == "tool":
                    about.setdefault(subject.id, set()).add(finding.id)
    tools = {c.id: [stack.tools[i].id for i in c.tools] for c in stack.contracts}
    related: list[Finding] = []
    for finding in findings:
        contracts = [s.id for s in finding.subjects if s.kind == "contract"]
        decided = sorted({f for c in contracts for t in tools.get(c, ()) for f in about.get(t, ())})
        related.append(finding.model_copy(update={"related": decided}) if decided else finding)
    return related
