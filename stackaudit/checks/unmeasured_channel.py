"""The check `unmeasured-channel`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Flow,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    assumed,
    broken_facts,
    broken_way,
    fact,
    fills,
    flow_state,
    known,
    mend_or_connect,
    names,
    need,
    no_path,
    nouns,
    open_fills,
    role_fact,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.capabilities import no_other_listed
from stackaudit.graph.consent import Sender, contacting
from stackaudit.graph.measuring import (
    COST,
    Results,
    measuring,
    meeting,
    of_undeclared_data,
    reached_by,
)
from stackaudit.result import Category

REPORT: Final = "metric-report"


@dataclass
class _Lack:
    """What is wrong with a channel, and where."""

    kind: str
    """``results``: they reach no measuring tool; ``outcome``: cost and outcome do not meet."""
    objects: tuple[str, ...]
    """The results, or the outcomes, that get nowhere."""
    targets: tuple[StackTool, ...]
    """The measuring tools that they should reach."""
    sources: tuple[StackTool, ...]
    evidence: list[Evidence]
    broken: list[Flow]
    scopes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class UnmeasuredChannel(Check):
    """A tool that contacts people or advertises, and whose results no other tool measures.

    What it finds:
    Per tool and channel: the results it is known to have (message results, ad costs and results,
    conversions, and what else the channel has) reach no measuring tool but itself. A measuring tool
    of an object is one with the role ``measure`` on it. What the tool only measures and gets from
    elsewhere counts where it has no results of its own. For paid channels also: ad cost and outcome
    (orders, opportunities, donations or subscriptions) meet in no one measuring tool. Where no
    result of the tool is known, or channel, results and integrations alike are only taken from the
    catalogue, it becomes a question. Channels that carry only transactional messages are not looked
    at. ``details["lacks"]`` is ``results`` or ``outcome``.

    Why it matters:
    A channel that only marks its own homework always looks good. Budget goes to what reports, not
    to what sells.

    What to do:
    Take the results to the tool that reports on all channels; for paid channels bring cost and
    sales together there.

    Example:
    The text messages of the American team: opens and clicks are read in the tool itself and nowhere
    else.

    Known false positives:
    Somebody copies the figures into a report by hand, and that is not listed as a flow.
    """

    id: ClassVar[str] = "unmeasured-channel"
    title: ClassVar[str] = "Channel whose results nobody measures"
    category: ClassVar[Category] = "gaps"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "channels of tools"

    def run(self, stack: Stack) -> Outcome:
        """Follow the results of every channel to the tools that measure."""
        senders = [
            s
            for s in contacting(stack)
            if not s.transactional and (s.tool.kind != "service" or s.tool.roles)
        ]
        if senders and not stack.integrations_listed:
            return Outcome(0, (), [self.ask_integrations(weight=len(senders))])
        examined = 0
        findings: list[Finding] = []
        questions: list[Question] = []
        results = Results(stack)
        for sender in senders:
            lack: _Lack | None = None
            unclear: list[str] = []
            for scope in range(len(stack.scopes)):
                if not sender.tool.scopes >> scope & 1:
                    continue
                found = _judge(stack, results, sender, scope)
                if isinstance(found, str):
                    unclear.append(found)
                elif found is not None:
                    if lack is None:
                        lack = found
                    if found.kind == lack.kind:
                        lack.scopes.append(stack.scopes[scope])
            if lack is not None:
                findings.append(self._unmeasured(stack, sender, lack))
            elif unclear:
                questions.append(self._ask(stack, sender, unclear[0]))
            examined += lack is not None or not unclear
        return Outcome(examined, findings, questions)

    def _ask(self, stack: Stack, sender: Sender, what: str) -> Question:
        tool, channel = sender.tool, stack.catalogue.channels[sender.channel]
        text = {
            "none": f"Which results of {tool.name} ({channel.name}) are known, and where are they "
            "read?",
            "assumed": f"Are the results of {tool.name} ({channel.name}) read anywhere but in "
            "the tool itself? Nothing is recorded of them.",
            "path": f"Do the results of {tool.name} ({channel.name}) reach a tool that measures "
            "them? Integrations of unknown content could carry them.",
            "use": f"Are the results of {tool.name} ({channel.name}) measured where they arrive? "
            "What the receiving tool is used for is not recorded.",
            "outcome": f"Where do the costs of {tool.name} ({channel.name}) meet what was sold? "
            "What the inventory records leaves it open.",
        }[what]
        return self.question(
            f"results:{tool.id}/{sender.channel}",
            text,
            subjects=tool_subjects([tool]),
            asked_of=usual_owner(tool),
            key=f"{tool.id}/{sender.channel}",
            fills=_fills(stack, sender, what),
        )

    def _unmeasured(self, stack: Stack, sender: Sender, lack: _Lack) -> Finding:
        tool, channel = sender.tool, stack.catalogue.channels[sender.channel]
        served = stack.scope_names(tool.scopes)
        scopes = [] if lack.scopes == served else lack.scopes
        where = f" in {names(scopes)}" if scopes else ""
        things = nouns(stack, lack.objects)
        broken = lack.broken
        because = f": {flow_state(stack, broken[0])}" if broken else ""
        if lack.kind == "results":
            text = (
                f"The results of {tool.name} ({channel.name}){where}, its {things}, have no "
                "recorded path to another tool that measures them"
            )
        else:
            text = (
                f"What {tool.name} ({channel.name}) costs and what it sells are recorded to meet "
                f"in no measuring tool{where}: where its costs are read, {things} are not"
            )
        a = lack.sources[0] if lack.sources else tool
        # Another sender reads its own results: nobody would send it these.
        b = next((t for t in lack.targets if _reads(t, lack.objects[0])), None)
        action = (
            mend_or_connect(stack, broken, tool, tool, things, owner=usual_owner(tool))
            if broken
            else mend_or_connect(stack, [], a, b, things, owner=usual_owner(b, a))
            if b is not None
            else Action(
                id=f"measure:{tool.id}",
                text=f"Decide where the results of {tool.name} are measured",
                effort="medium",
                owner=usual_owner(tool),
                tools=[tool.id],
            )
        )
        used = (
            assumed(f"{tool.name} uses the channel {channel.name}, by the catalogue.")
            if sender.assumed
            else fact(tool.record, "channels", f"{tool.name} uses the channel {channel.name}.")
        )
        details: dict[str, object] = {"lacks": lack.kind, "broken_path": [f.id for f in broken]}
        if b is not None and lack.sources:
            details["need"] = need(lack.objects[0], lack.scopes, lack.sources, lack.targets)
        return self.finding(
            f"{tool.id}/{sender.channel}",
            f"{text}{because}.",
            severity="high" if channel.paid else "medium",
            evidence=[used, *lack.evidence, *broken_facts(stack, broken)],
            subjects=[
                *tool_subjects([tool]),
                *(subject("object", o) for o in lack.objects),
                *(subject("integration", f.id) for f in broken),
                *(subject("scope", s) for s in scopes),
            ],
            scopes=scopes or stack.scopes_of(tool.scopes),
            harmless_if="Somebody reads the figures in the tool and reports them by hand, or an "
            "integration that carries them is not listed.",
            details=details,
            action=action,
        )


def _judge(stack: Stack, results: Results, sender: Sender, scope: int) -> _Lack | str | None:
    """Return what a channel lacks in a scope, None when nothing, or why it cannot be judged."""
    tool, channel = sender.tool, stack.catalogue.channels[sender.channel]
    candidates = [*channel.results, *([REPORT] if tool.has_role("capture", REPORT) else [])]
    own = [o for o in candidates if results.known(tool, o)]
    known = own or [o for o in channel.results if tool.has_role("measure", o)]
    if not known:
        return "none"
    doubts = [results.measured(tool, o, scope) for o in known]
    if "measured" not in doubts:
        for doubt in ("path", "use"):
            if doubt in doubts:
                return doubt
        if sender.assumed and tool.roles_assumed and not stack.integrations_known(tool):
            return "assumed"
        return _unread(stack, results, tool, known, scope)
    if channel.paid and COST in known:
        return _apart(stack, results, tool, scope)
    return None


def _unread(stack: Stack, results: Results, tool: StackTool, known: list[str], scope: int) -> _Lack:
    """Return the lack of a channel none of whose results reach a measuring tool."""
    evidence: list[Evidence] = []
    broken: list[Flow] = []
    for data_object in known:
        things = nouns(stack, data_object)
        others = measuring(stack, data_object, scope, tool)
        evidence += _kept(results, tool, data_object, things)
        if others:
            evidence.append(no_path(stack, [tool], others, data_object, scope))
            broken += broken_way(stack, [tool], others, data_object, scope)
        else:
            evidence.append(no_other_listed(stack, f"no other listed tool measures {things}"))
        evidence += _no_measure(stack, tool, data_object, scope)
    ends = sorted(
        measuring(stack, known[0], scope, tool),
        key=lambda t: (-len(stack.neighbours[t.index]), t.id),
    )
    return _Lack("results", tuple(known), tuple(ends), (tool,), evidence, broken)


def _apart(stack: Stack, results: Results, tool: StackTool, scope: int) -> _Lack | str | None:
    """Return the lack of a paid channel whose cost and outcome meet in no measuring tool."""
    found = meeting(stack, tool, scope)
    if found.state != "apart":
        return "outcome" if found.state == "open" else None
    others = [t for t in found.readers if t is not tool] or found.readers
    evidence = [
        *_kept(results, tool, COST, nouns(stack, COST)),
        *(
            role_fact(t, COST, f"{t.name} measures {nouns(stack, COST)}.")
            for t in others[:3]
            if COST in t.roles
        ),
    ]
    broken: list[Flow] = []
    for data_object, origins in found.origins.items():
        fed = reached_by(stack, origins, data_object, scope)
        away = [t for t in others if t not in fed]
        if away:
            evidence.append(no_path(stack, origins, away, data_object, scope))
        evidence += [
            fact(
                t.record,
                "data",
                f"{t.name} gets {nouns(stack, data_object)}; measuring them is not among what it "
                "is declared to do.",
            )
            for t in others
            if t in fed
        ]
        broken += broken_way(stack, origins, others, data_object, scope)
    sources = {t.id: t for origins in found.origins.values() for t in origins}
    return _Lack(
        "outcome",
        tuple(found.origins),
        tuple(others),
        tuple(sources.values()),
        evidence,
        broken,
    )


def _kept(results: Results, tool: StackTool, data_object: str, things: str) -> list[Evidence]:
    """Return the fact that a tool has some results; none where either of two facts will do."""
    if data_object not in tool.roles:
        return [known(f"An integration takes {things} from {tool.name}.")]
    if results.sent(tool, data_object):
        return []
    return [role_fact(tool, data_object, f"{tool.name} has {things}.")]


def _reads(tool: StackTool, data_object: str) -> bool:
    return tool.kind != "spreadsheet" and not tool.has_role("capture", data_object)


def _no_measure(stack: Stack, tool: StackTool, data_object: str, scope: int) -> list[Evidence]:
    """Return the assumption that tools which get the results do not measure them, if it is one."""
    unsure = [
        t
        for t in reached_by(stack, [tool], data_object, scope)
        if t is not tool and t.roles_assumed and not t.out_of_scope
    ]
    if not unsure:
        return []
    return [
        assumed(
            f"{names(unsure)} {'gets' if len(unsure) == 1 else 'get'} them; that they are not "
            "measured there is taken from the catalogue."
        )
    ]


def _fills(stack: Stack, sender: Sender, what: str) -> list[str]:
    """Return where the answer belongs to what is open about the results of a channel."""
    tool, channel = sender.tool, stack.catalogue.channels[sender.channel]
    if what == "none":
        return fills("tools", [tool], "data")
    if what == "assumed":
        return [*fills("tools", [tool], "data"), "integrations/new"]
    if what == "use":
        return fills("tools", of_undeclared_data(stack, tool, channel.results), "data")
    found = set(fills("tools", [tool], "data") if what == "outcome" else ())
    for data_object in [*channel.results, COST] if what == "outcome" else channel.results:
        for scope in range(len(stack.scopes)):
            targets = measuring(stack, data_object, scope, tool)
            found.update(open_fills(stack, [tool], targets, data_object, [scope]))
    return sorted(found - {"integrations/new"}) or ["integrations/new"]
