"""Path strips: the flows the company needs, step by step, and where they break."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.safe import name
from stackaudit.report.tables import Table
from stackaudit.result import Demand, ProcessEntry, Served

_ORDER: Final[tuple[Served, ...]] = ("broken", "no", "manual", "late", "unknown", "automatic")
SHOWN: Final = 24
"""Strips drawn; all needed flows are in the table."""


@dataclass(frozen=True)
class Stop:
    """A box of a strip, and the link that leads to it from the one before."""

    label: Markup | str
    tools: Markup | str
    link: str
    word: Markup | str
    missing: bool = False


@dataclass(frozen=True)
class Strip:
    """One needed flow or one process."""

    title: Markup | str
    note: Markup
    state: str
    stops: list[Stop]


@dataclass(frozen=True)
class Strips:
    """The needed flows."""

    title: Markup
    processes: list[Strip]
    broken: list[Strip]
    more: int
    table: Table


def strips(c: Context) -> Strips | None:
    """Return the needed flows, or None where none is known."""
    demands = [d for d in c.result.demands if d.strength in ("must", "should")]
    if not demands:
        return None
    by_state = {s: sum(d.served == s for d in demands) for s in _ORDER}
    # The answer also counts hand-overs whose step has no tool: the title says its numbers.
    answer = next((a for a in c.result.answers if a.id == "support-integrated" and a.of), None)
    auto, of = (answer.done, answer.of) if answer else (by_state["automatic"], len(demands))
    unknown = min(by_state["unknown"], of - auto)
    title = c.w(
        "strips.title.unknown" if unknown else "strips.title",
        auto=c.count("flows-automatic", auto),
        of=c.count("flows-needed", of),
        n=c.count("flows-not", of - auto - unknown),
        unknown=c.w("strips.unknown", n=c.count("flows-unknown", unknown)),
    )
    order = {s: i for i, s in enumerate(_ORDER)}
    ranked = sorted(demands, key=lambda d: (order[d.served], d.strength != "must", d.id))
    in_process = {i for p in c.result.processes for i in p.demands}
    wrong = [d for d in ranked if d.served != "automatic" and d.id not in in_process]
    by_id = {d.id: d for d in c.result.demands}
    drawn = _merged(c, wrong)
    processes = [
        _process(c, p, by_id) for p in c.result.processes if any(i in by_id for i in p.demands)
    ]
    labels = [
        c.w(f"strips.col.{k}") for k in ("flow", "object", "scope", "strength", "state", "path")
    ]
    alike: dict[tuple[object, ...], tuple[Demand, list[str]]] = {}
    for d in ranked:
        same = (d.source, d.target, d.object, d.strength, d.served, str(_path_text(c, d)))
        alike.setdefault(same, (d, []))[1].append(d.scope)
    rows = [
        (
            c.w("strips.from-to", a=c.end_name(d.source), b=c.end_name(d.target)),
            c.object_name(d.object),
            c.w("everywhere") if "all" in scopes else c.scopes(sorted(scopes)),
            c.w(f"expected.{d.strength}"),
            c.w(f"served.{d.served}"),
            _path_text(c, d),
        )
        for d, scopes in alike.values()
    ]
    table = Table("flow-demands", c.w("strips.table"), labels, rows, note=c.rest_note(rows))
    return Strips(title, processes, drawn[:SHOWN], max(0, len(drawn) - SHOWN), table)


def _merged(c: Context, demands: list[Demand]) -> list[Strip]:
    """Return a strip for each flow; scopes in which it looks the same share one."""
    same: dict[tuple[object, ...], tuple[Strip, list[str]]] = {}
    for d in demands:
        strip = _strip(c, d)
        key = (strip.title, strip.note, strip.state, *strip.stops)
        same.setdefault(key, (strip, []))[1].append(d.scope)
    return [
        strip
        if "all" in scopes
        else replace(strip, note=strip.note + Markup(" · ") + name(c.scopes(sorted(scopes))))
        for strip, scopes in same.values()
    ]


def _path_text(c: Context, d: Demand) -> Markup:
    if not d.path:
        return Markup("")
    return Markup(" → ").join(
        name(c.tool_name(t)) for t in (d.path[0].source, *(s.target for s in d.path))
    )


def _providers(c: Context, end: str, scope: str) -> Markup | str:
    if end.startswith("tool:"):
        return ""
    capability = c.capabilities.get(end)
    if capability is None:
        return ""
    ids = [
        p.tool
        for p in capability.providers
        if p.strength != "unused"
        and p.tool in c.tools
        and c.tools[p.tool].in_use
        and (scope == "all" or not c.tools[p.tool].scopes or scope in c.tools[p.tool].scopes)
    ]
    return c.tool_list(ids, limit=3) if ids else c.w("no-tool")


def _strip(c: Context, d: Demand) -> Strip:
    title = c.w(
        "strips.name",
        object=c.object_name(d.object),
        a=c.end_name(d.source),
        b=c.end_name(d.target),
    )
    note = c.w(f"expected.{d.strength}") + (
        Markup(" · ") + c.w("plain", text=d.why) if d.why else Markup("")
    )
    stops = [Stop(c.end_name(d.source), _providers(c, d.source, d.scope), "", "")]
    if d.path and d.served in ("automatic", "manual", "late", "broken", "unknown"):
        stops = [Stop(c.tool(d.path[0].source), "", "", "")]
        for step in d.path:
            link = "hand" if step.automatic is False else "auto"
            if (d.served == "broken" and step is d.path[-1]) or _down(c, step.over):
                link = "broken"
            elif d.served == "late" and step is d.path[-1]:
                link = "late"
            stops.append(Stop(c.tool(step.target), "", link, c.w(f"link.{link}")))
    else:
        link = {
            "no": "missing",
            "broken": "broken",
            "unknown": "unknown",
            "manual": "hand",
            "late": "late",
            "automatic": "auto",
        }[d.served]
        stops.append(
            Stop(c.end_name(d.target), _providers(c, d.target, d.scope), link, c.w(f"link.{link}"))
        )
    return Strip(title, note, d.served, stops)


def _down(c: Context, over: str) -> bool:
    flow = c.flows.get(over)
    return flow is not None and flow.status in ("broken", "paused")


def _process(c: Context, process: ProcessEntry, by_id: dict[str, Demand]) -> Strip:
    hops = [by_id[i] for i in process.demands if i in by_id]
    order = {s: i for i, s in enumerate(_ORDER)}
    stops = []
    worst: Served = "automatic"
    for n, step in enumerate(process.steps):
        tools = _providers(c, step, "all")
        missing = not step.startswith("tool:") and tools == c.w("no-tool")
        link, word = "", Markup("")
        if n:
            between = [d for d in hops if d.source == process.steps[n - 1] and d.target == step]
            if between:
                state = min((d.served for d in between), key=order.__getitem__)
                worst = min(worst, state, key=order.__getitem__)
                link = {"no": "missing", "manual": "hand", "automatic": "auto"}.get(state, state)
            else:
                link = "unknown"
            word = c.w(f"link.{link}")
        stops.append(Stop(c.end_name(step), tools, link, word, missing))
    owner = c.w("strips.owner", owner=c.people(process.owner))
    note = (
        owner
        if not process.carries
        else c.w("strips.carries", object=c.object_name(process.carries)) + Markup(" · ") + owner
    )
    return Strip(c.w("plain", text=process.name), note, worst, stops)
