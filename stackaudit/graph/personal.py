"""Personal data: which tools hold it, and how that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stackaudit.graph.facts import assumed, fact, fact_at
from stackaudit.graph.model import StackTool
from stackaudit.result import Evidence

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

_VERBS: Final = {
    "store": "stores",
    "capture": "captures",
    "activate": "acts on",
    "measure": "measures",
}


@dataclass(frozen=True, slots=True)
class Personal:
    """Whether a tool holds personal data, and the fact that says so."""

    holds: bool | None
    """None: nothing is known of the data it handles."""
    objects: tuple[str, ...] = ()
    """The data objects it follows from, the most personal first; empty where it is stated."""
    evidence: Evidence | None = None
    """Set where `holds` is true; assumed where only the catalogue says so, or for objects that are
    hardly personal (`low`)."""


def personal_data(stack: Stack, tool: StackTool) -> Personal:
    """Return whether a tool holds personal data.

    The tool's own ``personal_data`` goes first, then its declared ``data`` and what integrations
    declare to bring it or to take from it, then what the catalogue assumes.
    """
    record = tool.record
    if record is not None and record.personal_data is not None:
        if not record.personal_data:
            return Personal(False)
        return Personal(
            True, (), fact(record, "personal_data", f"{tool.name} holds personal data.")
        )
    own = personal_objects(stack, tool.roles)
    if tool.data_declared and own:
        return Personal(True, own, _declared(stack, tool, own[0]))
    brought = stack.arrivals.get(tool.index, {})
    arriving = personal_objects(stack, brought)
    if arriving and _surely(stack, arriving[0]):
        flow = brought[arriving[0]]
        text = f"The integration {flow.id} brings {_noun(stack, arriving[0])} to {tool.name}."
        return Personal(True, arriving, fact(flow.record, "objects", text))
    taken = {} if tool.data_declared else stack.departures.get(tool.index, {})
    leaving = personal_objects(stack, taken)
    # What only passes on what happens on a page, as a tag manager does, need not hold it.
    if leaving and stack.catalogue.objects[leaving[0]].personal_data == "yes":
        text = f"An integration takes {_noun(stack, leaving[0])} from {tool.name}."
        return Personal(True, leaving, fact(taken[leaving[0]].record, "objects", text))
    if own:
        doing = min(tool.roles[own[0]], key=list(_VERBS).index)
        return Personal(
            True,
            own,
            assumed(
                f"{tool.name} {_VERBS[doing]} {_noun(stack, own[0])}, by the catalogue; "
                "the inventory does not say what it does with data."
            ),
        )
    if arriving:
        flow = brought[arriving[0]]
        text = (
            f"The integration {flow.id} brings {_noun(stack, arriving[0])} to {tool.name}, "
            "which are hardly personal."
        )
        return Personal(True, arriving, fact(flow.record, "objects", text, assumed=True))
    if tool.data_declared or tool.capabilities:
        return Personal(False)
    return Personal(None)


def personal_objects(stack: Stack, objects: Iterable[str]) -> tuple[str, ...]:
    """Return which of some data objects are personal data, the most personal first."""
    order = {"yes": 0, "pseudonymous": 1, "low": 2}
    known = stack.catalogue.objects
    found = [o for o in objects if o in known and known[o].personal_data in order]
    return tuple(sorted(found, key=lambda o: (order[known[o].personal_data], known[o].order)))


def _surely(stack: Stack, data_object: str) -> bool:
    return stack.catalogue.objects[data_object].personal


def _declared(stack: Stack, tool: StackTool, data_object: str) -> Evidence:
    roles = tool.roles[data_object]
    verb = next(_VERBS[r] for r in _VERBS if r in roles) if roles else "handles"
    what = fact_at(
        tool.record, ("data", data_object), f"{tool.name} {verb} {_noun(stack, data_object)}."
    )
    if _surely(stack, data_object):
        return what
    text = f"{what.text[:-1]}, which are hardly personal."
    return what.model_copy(update={"assumed": True, "text": text})


def _noun(stack: Stack, data_object: str) -> str:
    return stack.catalogue.objects[data_object].noun
