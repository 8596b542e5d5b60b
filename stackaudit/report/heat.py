"""Gaps and redundancies: where each area is served, and which tools do the same job."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import esc, prose
from stackaudit.report.stackmap import gap_state
from stackaudit.result import Finding

OVERLAP_CHECKS = ("duplicate-product", "overlapping-tools", "shadowed-by-suite")

OVERLAPS = 24
"""Overlaps with all their facts; the others are in the register of findings."""


@dataclass(frozen=True)
class Overlap:
    """Tools that do the same job, as a block of facts."""

    finding: Finding
    anchor: str
    rows: list[tuple[Markup, Markup | str]]


@dataclass(frozen=True)
class Coverage:
    """Gaps and redundancies."""

    title: Markup
    heat: Markup
    overlaps: list[Overlap]
    overlap_title: Markup | None
    more: int
    pairs_title: Markup
    """The title of the overlaps alone, for a view without the table of gaps."""


def coverage(c: Context) -> Coverage | None:
    """Return the heat table and the overlaps, or None where there are neither."""
    heat = _heat(c)
    found = c.of(*OVERLAP_CHECKS)
    overlaps = [Overlap(f, c.finding_anchors[f.id], _facts(c, f)) for f in found[:OVERLAPS]]
    if not heat and not overlaps:
        return None
    counted = [f for f in found if f.severity != "info"]
    confirmed = sum(f.confidence == "confirmed" for f in counted)
    possible = len(counted) - confirmed
    gaps = list(gap_state(c).values())
    title = c.w(
        "heat.title",
        gaps=_said(
            c,
            "heat.gaps",
            "capabilities-missing",
            gaps.count("confirmed"),
            "capabilities-maybe-missing",
            gaps.count("possible"),
        ),
        overlaps=_said(
            c, "heat.pairs", "overlaps-confirmed", confirmed, "overlaps-possible", possible
        ),
    )
    pairs = _said(c, "heat.pairs", "overlaps-confirmed", confirmed, "overlaps-possible", possible)
    more = len(found) - len(overlaps)
    heading = c.w("heat.overlaps") if overlaps else None
    return Coverage(title, heat, overlaps, heading, more, c.w("audience.pairs", what=pairs))


def _said(c: Context, key: str, sure: str, confirmed: int, maybe: str, possible: int) -> Markup:
    if confirmed or not possible:
        return c.w(key, n=c.count(sure, confirmed))
    return c.w(f"{key}.possible", n=c.count(maybe, possible))


@dataclass(frozen=True)
class Cells:
    """What serves each area in each stage; a pair that is not `known` is one nobody expects."""

    tools: dict[tuple[str, str], set[str]]
    missing: dict[tuple[str, str], int]
    maybe: dict[tuple[str, str], int]
    known: set[tuple[str, str]]


def cells(c: Context) -> Cells:
    """Return the heat table's cells, by area and stage."""
    gaps = gap_state(c)
    tools: dict[tuple[str, str], set[str]] = {}
    missing: dict[tuple[str, str], int] = {}
    maybe: dict[tuple[str, str], int] = {}
    known: set[tuple[str, str]] = set()
    for cap in c.result.capabilities:
        for stage in cap.stages:
            at = (cap.domain, stage)
            known.add(at)
            tools.setdefault(at, set()).update(
                p.tool
                for p in cap.providers
                if p.strength != "unused" and p.tool in c.tools and c.tools[p.tool].in_use
            )
            if gaps.get(cap.id) == "confirmed":
                missing[at] = missing.get(at, 0) + 1
            elif gaps.get(cap.id) == "possible":
                maybe[at] = maybe.get(at, 0) + 1
    return Cells(tools, missing, maybe, known)


def shade(count: int, fullest: int = 4) -> int:
    """Return how dark a cell with so many tools is, from 0 to 3, by thirds of the fullest cell."""
    return min(3, -(-3 * count // fullest))


def _heat(c: Context) -> Markup:
    found = cells(c)
    tools, missing, maybe, known = found.tools, found.missing, found.maybe, found.known
    domains = [d for d in c.result.domains if any((d.id, s.id) in known for s in c.result.stages)]
    stages = [s for s in c.result.stages if any((d.id, s.id) in known for d in domains)]
    if not any(tools.values()) and not missing and not maybe:
        return Markup("")
    w = c.w
    fullest = max(4, *(len(t) for t in tools.values()))
    out = [
        '<div class="scroll" role="region" aria-labelledby="heat-c" tabindex="0">',
        f'<table id="heat" class="heat"><caption id="heat-c">{w("heat.caption")}</caption>',
        f'<thead><tr><th scope="col">{w("heat.area")}</th>',
    ]
    out += [f'<th scope="col">{esc(s.name)}</th>' for s in stages]
    out.append("</tr></thead><tbody>")
    for area in domains:
        out.append(f'<tr><th scope="row">{esc(area.name)}</th>')
        for step in stages:
            at = (area.id, step.id)
            count = len(tools.get(at, ()))
            if at not in known:
                out.append('<td class="na"><span aria-hidden="true">·</span>')
                out.append(f'<span class="vh">{w("heat.na")}</span></td>')
                continue
            words = w("heat.tools", n=count)
            if missing.get(at):
                words += Markup(f' <b class="miss">{w("heat.missing", n=missing[at])}</b>')
            if maybe.get(at):
                words += Markup(f' <i class="maybe">{w("heat.maybe", n=maybe[at])}</i>')
            out.append(f'<td class="h{shade(count, fullest)}">{words}</td>')
        out.append("</tr>")
    out.append("</tbody></table></div>")
    return Markup("".join(out))


def _facts(c: Context, finding: Finding) -> list[tuple[Markup, Markup | str]]:
    w = c.w
    tools = [s.id for s in finding.subjects if s.kind == "tool" and s.id in c.tools]
    rows: list[tuple[Markup, Markup | str]] = []
    shared = [s.id for s in finding.subjects if s.kind == "capability"]
    if shared:
        rows.append((w("overlap.shared"), w.listed(c.capability_name(x) for x in shared)))
    only = finding.details.get("only_here")
    if isinstance(only, dict):
        for tool, alone in sorted(only.items()):
            if isinstance(alone, list):
                what = (
                    w.listed(c.capability_name(str(x)) for x in alone)
                    if alone
                    else w("overlap.nothing-alone")
                )
                rows.append((w("overlap.only", tool=c.tool(str(tool))), what))
    used = [
        (t, w.listed(c.team_name(x) for x in c.tools[t].used_by or ()))
        for t in tools
        if c.tools[t].used_by is not None and c.tools[t].used_by
    ]
    if used:
        rows.append(
            (
                w("overlap.used-by"),
                Markup("; ").join(c.tool(t) + Markup(": ") + who for t, who in used),
            )
        )
    costs = [(t, c.money(c.tools[t].cost)) for t in tools if c.tools[t].cost]
    if costs:
        text = Markup("; ").join(c.tool(t) + ": " + m for t, m in costs)
        if len(costs) < len(tools):
            text += w("overlap.cost-known", n=len(costs), of=len(tools))
        rows.append((w("overlap.cost"), text))
    elif "costs" in c.result.redacted and any("cost" in c.tools[t].known for t in tools):
        rows.append((w("overlap.cost"), w("withheld")))
    if finding.saving and finding.saving.high > 0:
        money = c.money(finding.saving.model_copy(update={"low": finding.saving.high}))
        rows.append((w("overlap.saving"), w("money.up-to", money=money) + c.basis(finding.saving)))
    if finding.harmless_if:
        rows.append((w("overlap.ask"), prose(finding.harmless_if)))
    return rows
