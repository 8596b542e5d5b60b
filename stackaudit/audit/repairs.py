"""Root causes and repairs: the integrations that settle most of what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from stackaudit.graph import Stack
from stackaudit.graph.repair import Candidate, FlowNeed, candidates, cheapest, cover
from stackaudit.phrases import names
from stackaudit.result import Finding, Repair

MOST_NEEDS: Final = 400
"""Past so many needs the ranking looks at the gravest only; each still names its own action."""


def repairs(stack: Stack, findings: Sequence[Finding]) -> tuple[list[Repair], list[Finding]]:
    """Return the ranked repairs, and the findings with the cheapest that settles each alone.

    The cheapest stands under ``details.cheapest_repair``, in words.
    """
    wanted = _needs(stack, findings)
    options = candidates(stack, wanted)
    single = cheapest(options)
    objects = {n.id: n.data_object for n in wanted}
    named = [
        f.model_copy(
            update={
                "details": {
                    **f.details,
                    "cheapest_repair": _text(stack, single[f.id], [objects[f.id]]),
                }
            }
        )
        if f.id in single
        else f
        for f in findings
    ]
    return _ranked(stack, wanted, options), named


def _ranked(stack: Stack, wanted: Sequence[FlowNeed], options: Sequence[Candidate]) -> list[Repair]:
    """Return new or mended integrations in the order in which they settle most findings.

    Open findings that say which flow is lacking (``details.need``) count; confirmed ones go first.
    """
    chosen = cover(options, [n.id for n in wanted])
    left = {n.id for n in wanted}
    objects = {n.id: n.data_object for n in wanted}
    done = 0
    ranked: list[Repair] = []
    for rank, candidate in enumerate(chosen, 1):
        settled = sorted(candidate.settles & left)
        left -= candidate.settles
        done += len(settled)
        carried = sorted({objects[i] for i in settled})
        ranked.append(
            Repair(
                rank=rank,
                kind="repair" if candidate.kind == "repair" else "connect",
                source=stack.tools[candidate.source].id,
                target=stack.tools[candidate.target].id,
                integration=stack.flows[candidate.flow].id if candidate.flow is not None else None,
                objects=carried,
                settles=settled,
                settled_so_far=done,
                of=len(wanted),
                text=_text(stack, candidate, carried),
            )
        )
    return ranked


def _needs(stack: Stack, findings: Sequence[Finding]) -> list[FlowNeed]:
    scopes = {name: number for number, name in enumerate(stack.scopes)}
    needs = []
    for finding in findings:
        need: Mapping[str, Any] | None = finding.details.get("need")
        if need is None or (finding.accepted is not None and not finding.accepted.lapsed):
            continue
        needs.append(
            FlowNeed(
                id=finding.id,
                data_object=str(need["object"]),
                scopes=tuple(scopes[s] for s in need["scopes"] if s in scopes),
                sources=tuple(stack.index[t] for t in need["sources"]),
                targets=tuple(stack.index[t] for t in need["targets"]),
            )
        )
    sure = {f.id for f in findings if f.confidence == "confirmed"}
    needs.sort(key=lambda n: n.id not in sure)
    return needs[:MOST_NEEDS]


def _text(stack: Stack, candidate: Candidate, objects: Sequence[str]) -> str:
    source, target = stack.tools[candidate.source].name, stack.tools[candidate.target].name
    if candidate.kind == "repair":
        return f"Repair the integration {source} → {target}"
    known = stack.catalogue.objects
    things = names([known[o].noun if o in known else o for o in objects], len(objects))
    return f"Connect {source} to {target} for {things}"
