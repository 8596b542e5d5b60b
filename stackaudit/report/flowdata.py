"""What the flow map's script knows: the integrations, tools, findings and losses, by number.

Numbers stand for what the page shows already: a tool is the number on its box, an object its place
in the list to choose from. Nothing is here that the tables of the report do not say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from stackaudit.report.context import Context
from stackaudit.report.matrix import best, state
from stackaudit.report.safe import visible
from stackaudit.result import CATEGORIES, FlowEntry, ToolEntry

HOW: Final = ("auto", "hand", "unknown", "broken", "planned", "idle")
"""How an integration works, as numbers; those up to `unknown` carry data today."""
_BACK: Final = 8
_OPEN: Final = 16
"""Added to how it works: it goes both ways; which way it goes is not known."""
_PERMISSION: Final = ("consent", "preference")
"""Objects whose arrival a gate may replace, as for needed flows."""


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: objects, scopes, and what findings are about."""

    objects: list[tuple[int, str]]
    scopes: list[tuple[int, str]]
    areas: list[tuple[int, str]]


class FlowData:
    """The numbers of one flow map, as it is drawn."""

    def __init__(self, c: Context, index: Mapping[str, int], pairs: Mapping[Any, Any]) -> None:
        self.c = c
        self.index = index
        flows = {f.id: f for fs in pairs.values() for f in fs}
        whole = {o.partition("/")[0] for f in flows.values() for o in f.objects or ()}
        parts = {o for f in flows.values() for o in f.objects or ()} - whole
        by_name = lambda o: (c.object_name(o), o)  # noqa: E731 -- used twice, right here
        self.objects = [*sorted(whole, key=by_name), *sorted(parts, key=by_name)]
        self.whole = len(whole)
        self.number = {o: i for i, o in enumerate(self.objects)}
        self.scopes = c.result.company.scopes
        self.all = (1 << max(1, len(self.scopes))) - 1
        self.flows = list(flows.values())
        self.flow_number = {f.id: i for i, f in enumerate(self.flows)}

    def mask(self, scopes: Sequence[str]) -> int:
        """Return scopes as bits; none are the whole company."""
        found = sum(1 << self.scopes.index(s) for s in set(scopes) if s in self.scopes)
        return found or self.all

    def by_tool(self) -> Markup:
        """Return the data of a map with a box for every tool."""
        names, needs, falls = self._falls()
        return self._json(
            {
                "tools": [self._tool(self.c.tools[t]) for t in self.index],
                "flows": [self._flow(f) for f in self.flows],
                "shared": self._shared(),
                "hosts": self._hosts(),
                "gates": self._gates(),
                "permission": [self.number[o] for o in _PERMISSION if o in self.number],
                "checks": self._findings(),
                "names": names,
                "needs": needs,
                "falls": falls,
            }
        )

    def by_area(self, edges: Mapping[tuple[str, str], list[FlowEntry]]) -> Markup:
        """Return the data of a map of areas: for every line, what it carries where."""
        made = []
        for (a, b), flows in sorted(edges.items()):
            merged: dict[int, set[str]] = {}
            for flow in flows:
                merged.setdefault(self.mask(flow.scopes), set()).update(flow.objects or ())
            for mask, objects in sorted(merged.items()):
                numbers = sorted(self.number[o] for o in objects)
                made.append([self.index[a], self.index[b], numbers, HOW.index(best(flows)), mask])
        return self._json({"flows": made})

    def _json(self, data: dict[str, Any]) -> Markup:
        words = self.c.w.forms("flow.say.")
        parts = [self.number.get(o.partition("/")[0], 0) for o in self.objects[self.whole :]]
        how = [self.c.w.plain(f"matrix.{k}") for k in (*HOW[:5], "broken")]
        named = {
            "all": self.all,
            "how": how,
            "scopes": [visible(s) for s in self.scopes],
            "parts": parts,
        }
        words["and"], words["more"] = self.c.w.plain("list-and"), self.c.w.forms("and-more")[""]
        words["content"] = self.c.w.plain("content-unknown")
        whole = {**named, **{k: v for k, v in data.items() if v}, "words": words}
        return htmlsafe_json_dumps(whole, separators=(",", ":"))

    def _tool(self, tool: ToolEntry) -> list[int]:
        """Return where a tool is and what it is not: 1 out of use, 2 nothing surely passes it."""
        vague = tool.kind == "service" and "data" not in tool.known
        return [self.mask(tool.scopes), (0 if tool.in_use else 1) + (2 if vague else 0)]

    def _flow(self, flow: FlowEntry) -> list[Any]:
        """Return an integration: ends, objects, how it works, scopes, carriers."""
        kind = "idle" if flow.status == "idle" else state(flow)
        how = HOW.index(kind)
        how += {"both-ways": _BACK, "unknown": _OPEN}.get(flow.direction, 0)
        objects = None if flow.objects is None else [self.number[o] for o in flow.objects]
        ends = [self.index[flow.source or ""], self.index[flow.target or ""]]
        via = [self.index[v] for v in flow.via or () if v in self.index]
        made = [*ends, objects, how]
        mask = self.mask(flow.scopes)
        return [*made, mask, via] if via else [*made, mask] if mask != self.all else made

    def _shared(self) -> list[list[Any]]:
        """Return what tools of one database share: from, to, objects, and 1 if only that way."""
        apart: dict[tuple[str, str], list[list[str] | None]] = {}
        for flow in self.c.result.integrations:
            if flow.status == "absent" and flow.source and flow.target:
                apart.setdefault((flow.source, flow.target), []).append(flow.objects)
                if flow.direction != "one-way":
                    apart.setdefault((flow.target, flow.source), []).append(flow.objects)
        made: list[list[Any]] = []
        for part in self.c.result.shared:
            objects = [o for o in part.objects if o in self.number]

            def kept(a: str, b: str, objects: list[str] = objects) -> list[int]:
                stated = apart.get((a, b), ())
                gone = {o for s in stated for o in (objects if s is None else s)}
                return [self.number[o] for o in objects if o not in gone]

            for a, b in combinations([t for t in part.tools if t in self.index], 2):
                out, back = kept(a, b), kept(b, a)
                if out == back:
                    made += [[self.index[a], self.index[b], out]] if out else []
                else:
                    made += [[self.index[a], self.index[b], out, 1]] if out else []
                    made += [[self.index[b], self.index[a], back, 1]] if back else []
        return made

    def _hosts(self) -> list[list[int]]:
        return [
            [self.index[host], self.index[t.id]]
            for t in self.c.in_use
            if (host := t.runs_inside or "") in self.index and t.id in self.index
            if self.c.tools[host].in_use
        ]

    def _gates(self) -> list[list[int]]:
        """Return gates and whom they hold back: tools, and where the flows they gate end."""
        pairs = {(g, t.id) for t in self.c.result.tools for g in t.gated_by}
        for flow in self.c.live:
            for end in {flow.target, *(flow.via or ())}:
                pairs |= {(g, end) for g in flow.gated_by or () if end}
        known = self.index
        return sorted([known[g], known[t]] for g, t in pairs if g in known and t in known)

    def _findings(self) -> list[list[Any]]:
        """Return open findings by check: its area, its anchor, what each is about and is called.

        A finding is the end of its anchor and the tools and integrations it names; those that name
        none are left out.
        """
        checks: dict[str, list[Any]] = {}
        for f in self.c.open:
            about: dict[str, list[str]] = {"tool": [], "integration": []}
            for s in f.subjects:
                about.setdefault(s.kind, []).append(s.id)
            tools = sorted({self.index[i] for i in about["tool"] if i in self.index})
            flows = sorted(
                {self.flow_number[i] for i in about["integration"] if i in self.flow_number}
            )
            if tools or flows:
                check = self.c.check_anchors.get(f.check, f"check-{f.check}")
                entry = [CATEGORIES.index(f.category), check.removeprefix("check-"), []]
                end = self.c.finding_anchors[f.id].removeprefix(f"f-{entry[1]}-")
                made = [end, tools, flows] if flows else [end, tools]
                checks.setdefault(f.check, entry)[2].append(made)
        return [checks[k] for k in sorted(checks)]

    def _falls(self) -> tuple[list[str], list[list[int]], dict[int, list[int]]]:
        """Return names of ends, needed flows, and for each tool the ones that fall, by scope.

        A needed flow is its object, its two ends, whether it is a must, and its process.
        """
        c = self.c
        said: dict[str, tuple[str, str, str, str, bool, str]] = {}
        process = {p.id: p.name for p in c.result.processes}
        for d in c.result.demands:
            ends = (c.end_name(d.source), c.end_name(d.target))
            said[d.id] = (
                d.object,
                *ends,
                d.scope,
                d.strength == "must",
                process.get(d.process or "", ""),
            )
        record = c.w.plain("flow.record")
        for s in c.result.senders:
            key = f"consent:{s.tool}/{s.channel}/{s.scope}"
            said[key] = (s.object, record, c.tool_name(s.tool), s.scope, True, "")
        names: dict[str, int] = {}
        numbers: dict[tuple[int, ...], int] = {}
        falls: dict[int, list[int]] = {}
        for fall in c.result.falls:
            if fall.kind != "tool" or fall.id not in self.index:
                continue
            found: dict[int, int] = {}
            for i in fall.falls:
                obj, a, b, scope, must, of = said.get(i, ("", i, "", "", False, ""))
                of_ = [of] if of else []
                a_, b_, *of_n = (names.setdefault(visible(n), len(names)) for n in (a, b, *of_))
                need = (self.number.get(obj, -1), a_, b_, int(must), *of_n)
                number = numbers.setdefault(need, len(numbers))
                bit = 1 << self.scopes.index(scope) if scope in self.scopes else self.all
                found[number] = found.get(number, 0) | bit
            flat = [n for pair in sorted(found.items()) for n in pair]
            falls[self.index[fall.id]] = flat
        return list(names), [list(need) for need in numbers], falls

    def choices(self, *, tools: bool) -> Choices:
        """Return what there is to choose from; findings only where tools have boxes of their own.

        An area of which no finding names a tool or an integration is left out.
        """
        c = self.c
        objects = [(i, c.object_name(o)) for i, o in enumerate(self.objects[: self.whole])]
        scopes = [(1 << i, s) for i, s in enumerate(self.scopes)] if len(self.scopes) > 1 else []
        found = {entry[0] for entry in self._findings()} if tools else set()
        areas = [(i, c.w.plain(f"area.{k}")) for i, k in enumerate(CATEGORIES) if i in found]
        return Choices(objects, scopes, areas)
