"""A result in which an author's judgement counts: other severities, findings left out.

What rests on the findings is counted again by the functions that counted it at first: headline,
tiles, areas, scores, actions, repairs, funds. What the checks did (`checks`) stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from stackaudit.audit.actions import merge_actions
from stackaudit.audit.funds import add_up
from stackaudit.audit.headline import headline
from stackaudit.audit.scores import scored
from stackaudit.audit.summary import (
    area_counts,
    findings_tile,
    open_findings,
    saving_tile,
    so_what,
)
from stackaudit.result import (
    SEVERITIES,
    AuditResult,
    Finding,
    Funds,
    Repair,
    Severity,
    Summary,
    Tile,
)


def overridden(
    result: AuditResult, severities: Mapping[str, Severity], hidden: Collection[str]
) -> AuditResult:
    """Return the result with some findings of another severity and without some others.

    Parameters
    ----------
    severities
        Finding id → the severity it is to count with.
    hidden
        Ids of findings that are to be left out. What followed from one stands by itself; a saving
        it claimed is not claimed by another.

    Without any change the same result is returned.
    """
    if not (severities or hidden):
        return result
    gone = frozenset(hidden)
    findings = [
        _changed(f, severities.get(f.id), gone) for f in result.findings if f.id not in gone
    ]
    order = {check.id: number for number, check in enumerate(result.checks)}
    findings.sort(
        key=lambda f: (
            SEVERITIES.index(f.severity),
            f.confidence != "confirmed",
            order.get(f.check, len(order)),
            f.key,
        )
    )
    actions = merge_actions(result, findings, result.questions)
    funds = _funds(result, findings)
    return result.model_copy(
        update={
            "findings": findings,
            "actions": actions,
            "areas": area_counts(findings),
            "scores": [
                scored(s, result.checks, findings) if s.weights and not s.why else s
                for s in result.scores
            ],
            "repairs": _repairs(result.repairs, gone),
            "funds": funds,
            "summary": _summary(result, findings, [a.id for a in actions[:5]], funds),
        }
    )


def _changed(finding: Finding, severity: Severity | None, gone: frozenset[str]) -> Finding:
    """Return a finding with its new severity, and without what is said of those that are gone."""
    update: dict[str, object] = {
        "leads": [i for i in finding.leads if i not in gone],
        "related": [i for i in finding.related if i not in gone],
        "led_by": None if finding.led_by in gone else finding.led_by,
    }
    if severity is not None:
        update["severity"] = severity
    if finding.action is not None:
        update["action"] = finding.action.model_copy(
            update={
                "settles": [i for i in finding.action.settles if i not in gone],
                "severity": severity or finding.action.severity,
            }
        )
    return finding.model_copy(update=update)


def _funds(result: AuditResult, findings: Sequence[Finding]) -> Funds | None:
    if result.funds is None:
        return None
    days = {i: step.from_day for step in result.funds.steps for i in step.findings}
    return add_up(findings, lambda finding: days.get(finding.id))


def _repairs(repairs: Sequence[Repair], gone: frozenset[str]) -> list[Repair]:
    """Return the repairs that still settle something, counted and ranked again."""
    left: list[Repair] = []
    lost = len({i for repair in repairs for i in repair.settles} & gone)
    done = 0
    for repair in repairs:
        settles = [i for i in repair.settles if i not in gone]
        if not settles:
            continue
        done += len(settles)
        left.append(
            repair.model_copy(
                update={
                    "rank": len(left) + 1,
                    "settles": settles,
                    "settled_so_far": done,
                    "of": repair.of - lost,
                }
            )
        )
    return left


def _summary(
    result: AuditResult, findings: Sequence[Finding], first: list[str], funds: Funds | None
) -> Summary:
    live = open_findings(findings)
    sure = [f for f in live if f.confidence == "confirmed"]
    integrated = next(a for a in result.answers if a.id == "support-integrated")
    tiles: list[Tile] = []
    for tile in result.summary.tiles:
        if tile.id == "findings":
            tiles.append(findings_tile(sure, live))
        elif tile.id == "saving" and funds != result.funds:
            if funds is not None and funds.high:
                tiles.append(saving_tile(funds, result.company.currency or ""))
        else:
            tiles.append(tile)
    tools = next((t.value for t in result.summary.tiles if t.id == "tools"), None)
    return result.summary.model_copy(
        update={
            "headline": headline(
                result.company.name, int(tools or 0), sure, live, result.questions, integrated
            ),
            "so_what": so_what(sure, live, result.answers),
            "tiles": tiles,
            "first_actions": first,
        }
    )
