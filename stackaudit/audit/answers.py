"""The three questions that marketing operations must be able to answer."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal

from stackaudit.graph import Stack, StackTool
from stackaudit.graph.demands import Demand, step_end
from stackaudit.result import Answer

REVIEW_DAYS: Final = 365
"""A review counts as recent for twelve months."""

OUTCOMES: Final = {
    "manual": "by hand only",
    "broken": "over a broken integration",
    "unknown": "not known",
    "no": "no path",
}


def three_questions(stack: Stack) -> list[Answer]:
    """Return the answers, each with its numbers and the list behind every "no"."""
    return [_activities(stack), _technologies(stack), _integrated(stack)]


def _verdict(done: int, of: int) -> Literal["yes", "partly", "no", "unknown"]:
    if of == 0:
        return "unknown"
    return "yes" if done == of else "partly" if done else "no"


def _recent(day: date | None, stack: Stack) -> bool:
    return day is not None and timedelta(0) <= stack.as_of - day <= timedelta(days=REVIEW_DAYS)


def _reviewed(tool: StackTool, stack: Stack) -> bool:
    return tool.record is not None and _recent(tool.record.reviewed, stack)


def _activities(stack: Stack) -> Answer:
    question = "Have our activities and processes been analysed?"
    required = [
        c
        for c in stack.catalogue.capabilities.values()
        if stack.expectation(c.id)[0] in ("must", "should")
    ]
    analysed = [
        c for c in required if any(_reviewed(t, stack) for t in stack.providers(c.id, unused=True))
    ]
    processes = stack.inventory.processes
    looked_at = [p for p in processes if _recent(p.reviewed, stack)]
    done, of = len(analysed) + len(looked_at), len(required) + len(processes)
    dated = any(p.reviewed is not None for p in processes) or any(
        t.record is not None and t.record.reviewed is not None for t in stack.subjects
    )
    missing = [f"process: {p.name}" for p in processes if p not in looked_at]
    missing += [c.name for c in required if c not in analysed]
    if of == 0 or not dated:
        return Answer(
            id="activities-analysed",
            question=question,
            answer="unknown",
            done=done,
            of=of,
            text="Not known: the inventory records no review of a process or of a tool.",
            missing=missing,
            note="Write the day of the last review under `reviewed`.",
        )
    return Answer(
        id="activities-analysed",
        question=question,
        answer=_verdict(done, of),
        done=done,
        of=of,
        text=(
            f"{done} of {of} expected capabilities and declared processes "
            "were reviewed in the last 12 months."
        ),
        missing=missing,
        note="A capability counts as reviewed when a tool that provides it was.",
    )


def _technologies(stack: Stack) -> Answer:
    question = "Have our technologies been examined recently?"
    tools = [t for t in stack.subjects if not t.mentioned_only]
    examined = [t for t in tools if _reviewed(t, stack)]
    seen = {t.id for t in examined}
    missing = [t.name for t in tools if t.id not in seen]
    if not tools or not any(t.record is not None and t.record.reviewed for t in tools):
        return Answer(
            id="technologies-examined",
            question=question,
            answer="unknown",
            done=0,
            of=len(tools),
            text=f"Not known: no review date is recorded for any of the {len(tools)} tools in use.",
            missing=missing,
            note="Write the day of the last review under `reviewed`.",
        )
    return Answer(
        id="technologies-examined",
        question=question,
        answer=_verdict(len(examined), len(tools)),
        done=len(examined),
        of=len(tools),
        text=f"{len(examined)} of {len(tools)} tools in use were reviewed in the last 12 months.",
        missing=missing,
    )


def _integrated(stack: Stack) -> Answer:
    question = "Do our technologies give integrated support for all we do?"
    if not stack.integrations_listed:
        return Answer(
            id="support-integrated",
            question=question,
            answer="unknown",
            done=0,
            of=0,
            text="Not known: no integration is recorded.",
            note="List the integrations, even roughly: `A -> B` is enough.",
        )
    demands = stack.demands
    works = [d for d in demands if d.serving.outcome in ("automatic", "maybe-automatic")]
    served = [d for d in works if not d.serving.taken_for_granted]
    steps_missing = _missing_steps(stack)
    of = len(demands) + len(steps_missing)
    missing = [_line(stack, d) for d in demands if d not in served] + steps_missing
    unknown = len(works) - len(served)
    unknown += sum(1 for d in demands if d.serving.outcome == "unknown")
    text = f"{len(served)} of {of} needed flows of data are served automatically"
    text += f"; for {unknown} it is not known." if unknown else "."
    return Answer(
        id="support-integrated",
        question=question,
        answer="unknown"
        if not served and not stack.integrations_complete
        else _verdict(len(served), of),
        done=len(served),
        of=of,
        unknown=unknown,
        text=text if of else "Not known: no needed flow has both its ends in the stack.",
        missing=missing,
        note=""
        if stack.integrations_complete
        else "The list of integrations is not stated to be complete.",
    )


def _line(stack: Stack, demand: Demand) -> str:
    scope = "" if stack.scopes == ("all",) else f" ({stack.scopes[demand.scope]})"
    names = stack.catalogue.capabilities
    source = names[demand.source.name].name if demand.source.name in names else demand.source.name
    target = names[demand.target.name].name if demand.target.name in names else demand.target.name
    thing = stack.catalogue.objects[demand.data_object].name
    how = (
        f"taken for granted: {demand.serving.same_tool.name} is assumed to do both"
        if demand.serving.same_tool is not None
        else OUTCOMES[demand.serving.outcome]
    )
    return f"{thing}: {source} to {target}{scope}, {how}"


def _missing_steps(stack: Stack) -> list[str]:
    """Return the hand-overs of declared processes of which one step has no tool, scope by scope.

    A process is judged in scopes where at least one step of the hand-over exists.
    """
    lines = []
    for process in stack.inventory.processes:
        steps = process.steps or ()
        if process.carries is None:
            continue
        for first, second in pairwise(steps):
            for scope, name in enumerate(stack.scopes):
                ends = [step_end(stack, step, scope) for step in (first, second)]
                if bool(ends[0].tools) != bool(ends[1].tools):
                    lacking = ends[1].name if ends[0].tools else ends[0].name
                    where = "" if name == "all" else f" ({name})"
                    lines.append(f"{process.name}: no tool for the step {lacking}{where}")
    return lines
