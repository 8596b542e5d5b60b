"""The customer journey: consecutive stages, and whether what one hands on gets to the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from stackaudit.graph.capabilities import serving_stage, stage_end
from stackaudit.graph.demands import End, Serving, serve
from stackaudit.graph.model import StackTool

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack


@dataclass(frozen=True)
class StagePair:
    """Two consecutive stages, and what must get from the tools of one to those of the other."""

    first: str
    second: str
    carries: str


@dataclass(frozen=True)
class Passage:
    """How two consecutive stages hang together in a scope; no serving where one has no tool."""

    unserved: tuple[str, ...]
    source: End
    target: End
    scope: int
    serving: Serving | None


def stage_pairs(stack: Stack) -> list[StagePair]:
    """Return consecutive stages that apply to this company, with what the first hands on."""
    profile = stack.resolved.profile
    stages = profile.journey if profile is not None else ()
    kept = [s for s in stages if _applies(stack, s.stage)]
    return [
        StagePair(one.stage, other.stage, one.carries)
        for one, other in pairwise(kept)
        if one.carries
    ]


def _applies(stack: Stack, stage: str) -> bool:
    """Return whether anything of a stage is expected; a company that needs none of it has none."""
    return any(
        stage in c.stages and stack.expectation(c.id)[0] in ("must", "should", "could")
        for c in stack.catalogue.capabilities.values()
    )


def passage(stack: Stack, pair: StagePair, scope: int) -> Passage:
    """Return how what one stage hands on gets to the next in a scope."""
    source = stage_end(stack, pair.first, scope)
    target = stage_end(stack, pair.second, scope)
    unserved = tuple(s for s in (pair.first, pair.second) if not serving_stage(stack, s, scope))
    if unserved or not source.tools or not target.tools:
        return Passage(unserved, source, target, scope, None)
    return Passage((), source, target, scope, serve(stack, source, target, pair.carries, scope))


def wanted_in(stack: Stack, stages: tuple[str, ...]) -> list[str]:
    """Return the musts and shoulds of stages, which a tool for them would provide."""
    return [
        c.id
        for c in stack.catalogue.capabilities.values()
        if set(stages) & set(c.stages) and stack.expectation(c.id)[0] in ("must", "should")
    ]


def tools_of(ends: Iterable[End]) -> list[StackTool]:
    """Return the tools of ends, each once, ordered by id."""
    tools = {t.id: t for end in ends for t in end.tools}
    return [tools[i] for i in sorted(tools)]
