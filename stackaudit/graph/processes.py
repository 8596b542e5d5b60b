"""Processes, step by step: which steps have a tool, and how each hand-over is served."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from stackaudit.graph.demands import End, Serving, serve, step_end
from stackaudit.inventory.schema import Process
from stackaudit.source.words import make_id

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack


@dataclass(frozen=True, slots=True)
class HandOver:
    """One hand-over of a process in one scope: the number of its first step, and how it goes."""

    number: int
    source: End
    target: End
    scope: int
    serving: Serving


@dataclass(frozen=True, slots=True)
class ProcessState:
    """A process of the company, or a default one of its profile, as the stack supports it."""

    id: str
    name: str
    carries: str | None
    steps: tuple[str, ...] | None
    """Capabilities, or ``tool:ID``; None when the inventory does not say."""
    record: Process | None
    """The inventory's entry; None for a default process of the profile."""
    missing: tuple[int, ...]
    """Numbers of the steps that no tool or service in use provides in any scope."""
    hand_overs: tuple[HandOver, ...]
    """In the order of the steps, then the scopes; only where both steps have a tool."""


def process_states(stack: Stack) -> list[ProcessState]:
    """Return the declared processes, then the profile's defaults that the inventory does not name.

    A default process counts when some of its steps has a tool and none is stated to be not needed.
    """
    found = []
    for process in stack.inventory.processes:
        known = process.steps
        steps = None if known is None else tuple(_step(s) for s in known)
        found.append(_state(stack, process.id, process.name, process.carries, steps, process))
    declared = {state.id for state in found}
    profile = stack.resolved.profile
    for default in profile.processes if profile is not None else ():
        if default.id in declared or any(
            stack.expectation(s)[0] == "not-expected" for s in default.steps
        ):
            continue
        state = _state(stack, default.id, default.name, default.carries, default.steps, None)
        if len(state.missing) < len(default.steps):
            found.append(state)
    return found


def _step(step: str) -> str:
    return step if step.startswith("tool:") else make_id(step)


def _state(
    stack: Stack,
    identity: str,
    name: str,
    carries: str | None,
    steps: tuple[str, ...] | None,
    record: Process | None,
) -> ProcessState:
    missing = tuple(n for n, step in enumerate(steps or ()) if not _exists(stack, step))
    hand_overs = []
    for number, (first, second) in enumerate(pairwise(steps or ())) if carries else ():
        if first == second:
            continue
        for scope in range(len(stack.scopes)):
            source, target = step_end(stack, first, scope), step_end(stack, second, scope)
            if source.tools and target.tools and carries is not None:
                serving = serve(stack, source, target, carries, scope)
                hand_overs.append(HandOver(number, source, target, scope, serving))
    return ProcessState(identity, name, carries, steps, record, missing, tuple(hand_overs))


def _exists(stack: Stack, step: str) -> bool:
    """Return whether a tool or service in use is or provides a step, in whatever scope."""
    if step.startswith("tool:"):
        tool = stack.tool(step.removeprefix("tool:").strip())
        return tool is not None and tool.in_use
    return bool(stack.providers(step))
