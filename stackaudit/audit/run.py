"""Run an audit from a resolved inventory to its result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from stackaudit import __version__
from stackaudit.audit.accept import accept
from stackaudit.audit.actions import merge_actions
from stackaudit.audit.answers import three_questions
from stackaudit.audit.claims import claim_savings
from stackaudit.audit.engine import changed_rules, run_checks
from stackaudit.audit.falls import blast_radius
from stackaudit.audit.funds import available_funds
from stackaudit.audit.leads import follow_leads, relate_contracts
from stackaudit.audit.observed import reconciliation
from stackaudit.audit.permission import sender_entries
from stackaudit.audit.quality import inventory_quality
from stackaudit.audit.registers import registers
from stackaudit.audit.repairs import repairs
from stackaudit.audit.scores import WEIGHTS, area_scores
from stackaudit.audit.summary import area_counts, summarise
from stackaudit.graph import build_stack
from stackaudit.registry import Registry, installed
from stackaudit.resolve import Resolved
from stackaudit.result import SEVERITIES, AuditResult, Finding, Note, Place, SourceFile


def audit(
    resolved: Resolved,
    as_of: date,
    as_of_from: Literal["inventory", "option", "today"] = "inventory",
    *,
    only: Sequence[str] | None = None,
    registry: Registry | None = None,
) -> AuditResult:
    """Return the audit of an inventory on a day.

    Parameters
    ----------
    resolved
        The inventory bound to its catalogue.
    as_of
        The day dates are compared with; it is an input, no clock is read.
    as_of_from
        Where the day comes from; kept in the result.
    only
        Ids of the checks to run; None runs all.
    registry
        The checks to choose from; what is installed when left out.
    """
    stack = build_stack(resolved, as_of)
    known = registry or installed()
    checks, raw, questions = run_checks(stack, known, only)
    order = {check.id: number for number, check in enumerate(checks)}
    accepted = accept(resolved.inventory.accepted, raw, as_of)
    findings = relate_contracts(stack, claim_savings(stack, follow_leads(known, accepted.findings)))
    ranked, findings = repairs(stack, findings)
    findings.sort(key=lambda f: _rank(f, order))
    parts = registers(stack)
    actions = merge_actions(stack, findings, questions)
    answers = three_questions(stack)
    checks = [
        check.model_copy(
            update={
                "accepted": sum(
                    1
                    for f in findings
                    if f.check == check.id and f.accepted and not f.accepted.lapsed
                )
            }
        )
        for check in checks
    ]
    weights = resolved.profile.weights if resolved.profile is not None else {}
    quality = inventory_quality(stack, parts.notes)
    scores = area_scores(
        checks,
        {r.check.id: r.check.severity for r in known.checks},
        findings,
        {**WEIGHTS, **weights},
        quality.completeness,
    )
    funds = available_funds(stack, findings)
    summary = summarise(stack, findings, actions, questions, checks, answers, parts, funds)
    return AuditResult(
        version=__version__,
        as_of=as_of,
        as_of_from=as_of_from,
        files=[SourceFile(name=f.name, sha256=f.sha256) for f in resolved.files],
        inventory_hash=resolved.content_hash,
        summary=summary,
        answers=answers,
        areas=area_counts(findings),
        findings=findings,
        actions=actions,
        questions=questions,
        checks=checks,
        accepted_unmatched=accepted.unmatched,
        accepted_lapsed=accepted.lapsed,
        notes=[
            *(
                Note(
                    code=p.code,
                    text=p.message,
                    place=Place(file=p.mark.file, line=p.mark.line, column=p.mark.column),
                )
                for p in resolved.problems
            ),
            *parts.notes,
        ],
        company=parts.company,
        tools=parts.tools,
        integrations=parts.integrations,
        shared=parts.shared,
        contracts=parts.contracts,
        capabilities=parts.capabilities,
        objects=parts.objects,
        demands=parts.demands,
        processes=parts.processes,
        journey=parts.journey,
        domains=parts.domains,
        stages=parts.stages,
        teams=parts.teams,
        spend=parts.spend,
        scores=scores,
        quality=quality,
        repairs=ranked,
        senders=sender_entries(stack),
        falls=blast_radius(stack),
        funds=funds,
        changed=changed_rules(stack, known),
        out_of_scope=parts.out_of_scope,
        observed=reconciliation(stack),
    )


def _rank(finding: Finding, order: dict[str, int]) -> tuple[int, bool, int, str]:
    """Gravest first, confirmed before possible, then in the order of the checks, then by key."""
    return (
        SEVERITIES.index(finding.severity),
        finding.confidence != "confirmed",
        order.get(finding.check, len(order)),
        finding.key,
    )
