"""The heat table before and after: the same rows and columns in both, changed cells named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from stackaudit.report.both import Both
from stackaudit.report.heat import Cells, cells, shade
from stackaudit.report.safe import esc
from stackaudit.report.tables import Cell, Table

At = tuple[str, str]

PARTED: Final = 11
"""Letters from which on a word of a head may be parted."""


@dataclass(frozen=True)
class PairHeat:
    """Two heat tables on the same axes, and the cells that differ."""

    title: Markup
    reading: Markup
    before: Markup
    after: Markup
    table: Table
    warning: Markup | None


def pair_heat(b: Both) -> PairHeat | None:
    """Return both heat tables, or None where neither result has a capability to show."""
    w = b.w
    was, now = (cells(c) for c in b.contexts)
    known = was.known | now.known
    domains = [d for d in b.domains() if any(a == d for a, _ in known)]
    stages = [(s, n) for s, n in b.stages() if any(x == s for _, x in known)]
    if not domains or not (any(was.tools.values()) or any(now.tools.values())):
        return None
    marks = {at: _mark(b, was, now, at) for at in sorted(known)}
    changed = {at: mark for at, mark in marks.items() if mark}
    rows: list[tuple[Cell, ...]] = [
        (
            b.domain(domain),
            stage_name,
            _said(b, was, (domain, stage)),
            _said(b, now, (domain, stage)),
            _came(b, was, now, (domain, stage)),
        )
        for domain in domains
        for stage, stage_name in stages
        if (domain, stage) in changed
    ]
    labels = [w(f"cmp.col.{k}") for k in ("area", "stage", "before", "after", "tools")]
    before, after = b.days
    return PairHeat(
        title=w("cmp.heat.title", n=w.fact("heat-changed", len(changed)), of=w.number(len(known))),
        reading=w("cmp.heat.reading"),
        before=_table(b, "heat-before", w("cmp.at", day=before), domains, stages, was, {}),
        after=_table(b, "heat-after", w("cmp.at", day=after), domains, stages, now, changed),
        table=Table("heat-table", w("cmp.heat.table"), labels, rows),
        warning=w("cmp.heat.profile")
        if b.old.result.company.profile != b.new.result.company.profile
        else None,
    )


def _mark(b: Both, was: Cells, now: Cells, at: At) -> Markup | None:
    """Return in a word how a cell changed, or None."""
    w = b.w
    if at not in was.known or at not in now.known:
        return w("cmp.heat.only.after" if at in now.known else "cmp.heat.only.before")
    old = {b.tool_now(t) for t in was.tools.get(at, set())}
    new = now.tools.get(at, set())
    if len(new) != len(old):
        key = "more" if len(new) > len(old) else "fewer"
        return w(f"cmp.heat.{key}", n=abs(len(new) - len(old)))
    if old != new:
        return w("cmp.heat.others")
    for found_was, found_now in ((was.missing, now.missing), (was.maybe, now.maybe)):
        if found_was.get(at, 0) != found_now.get(at, 0):
            return w("cmp.heat.judged")
    return None


def _said(b: Both, found: Cells, at: At) -> Markup:
    if at not in found.known:
        return b.w("heat.na")
    words = b.w("heat.tools", n=len(found.tools.get(at, ())))
    for key, numbers in (("heat.missing", found.missing), ("heat.maybe", found.maybe)):
        if numbers.get(at):
            words += Markup(", ") + b.w(key, n=numbers[at])
    return words


def _came(b: Both, was: Cells, now: Cells, at: At) -> Markup:
    """Return which tools a cell gained and lost."""
    old = {b.tool_now(t) for t in was.tools.get(at, set())}
    new = now.tools.get(at, set())
    parts = []
    for key, tools in (("came", new - old), ("went", old - new)):
        if tools:
            names = b.w.listed(sorted(b.tool_name(t) for t in tools))
            parts.append(b.w(f"cmp.heat.{key}", names=names))
    return Markup("; ").join(parts)


def _soft(label: str) -> Markup:
    """Return a name whose long words may be parted: a column is narrow."""
    parts = []
    for word in label.split():
        half = (len(word) + 1) // 2 if len(word) > PARTED else len(word)
        rest = Markup("&shy;") + word[half:] if word[half:] else Markup("")
        parts.append(Markup(esc(word[:half])) + rest)
    return Markup(" ").join(parts)


def _table(
    b: Both,
    identity: str,
    caption: Markup,
    domains: list[str],
    stages: list[tuple[str, str]],
    found: Cells,
    changed: dict[At, Markup],
) -> Markup:
    w = b.w
    out = [
        f'<div class="scroll" role="region" aria-labelledby="{identity}-c" tabindex="0">',
        f'<table id="{identity}" class="heat pairheat">',
        f'<caption id="{identity}-c">{caption}</caption>',
        f'<thead><tr><th scope="col">{w("heat.area")}</th>',
    ]
    out += [f'<th scope="col">{_soft(label)}</th>' for _, label in stages]
    out.append("</tr></thead><tbody>")
    for domain in domains:
        out.append(f'<tr><th scope="row">{esc(b.domain(domain))}</th>')
        for stage, _ in stages:
            at = (domain, stage)
            mark = changed.get(at)
            said = Markup(f' <em class="mark">{mark}</em>') if mark else Markup("")
            css = " changed" if mark else ""
            if at not in found.known:
                dot = f'<span aria-hidden="true">·</span><span class="vh">{w("heat.na")}</span>'
                out.append(f'<td class="na{css}">{dot}{said}</td>')
                continue
            count = len(found.tools.get(at, ()))
            words = Markup(f"<b>{w.number(count)}</b>")
            if found.missing.get(at):
                words += Markup(f' <b class="miss">{w("heat.missing", n=found.missing[at])}</b>')
            if found.maybe.get(at):
                words += Markup(f' <i class="maybe">{w("heat.maybe", n=found.maybe[at])}</i>')
            out.append(f'<td class="h{shade(count)}{css}">{words}{said}</td>')
        out.append("</tr>")
    out.append("</tbody></table></div>")
    return Markup("".join(out))
