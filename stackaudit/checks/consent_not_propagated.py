"""The check `consent-not-propagated`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

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
    fact,
    flow_name,
    flow_state,
    known,
    names,
    no_path,
    nouns,
    open_fills,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.consent import Reach, Way, record_fact, sender_fact
from stackaudit.graph.impact import WORKING
from stackaudit.graph.personal import personal_data
from stackaudit.result import Category

_DOES = {
    "email": "contacts people by email",
    "sms": "contacts people by text message",
    "phone": "contacts people by phone",
    "push": "contacts people by push notification",
    "in-app": "contacts people inside an app",
    "chat": "contacts people by chat",
    "post": "contacts people by post",
    "ads": "targets people with advertising",
    "web": "adapts a website to people",
}
_GRAVE = frozenset({"email", "sms", "phone", "push", "post", "ads"})


@dataclass(frozen=True)
class ConsentNotPropagated(Check):
    """A tool that contacts or targets people and is not told who agreed and who opted out.

    What it finds:
    Per tool and channel: the tool holds personal data and has no path from the consent record
    (advertising, web), or from the preference or the consent record (email, SMS, phone, push,
    in-app, chat, post). A tool that runs only after consent (``gated_by``) is told, and so is one
    that all its personal data reaches through such a gate. Where nothing is said of the gate of an
    advertising or web tool (``gated_by: none`` would), it may be there: the finding is possible.
    Channels that are only transactional are listed and never found; organic social posts go to
    nobody in particular. Where no record of permission is known, it is a question.

    Why it matters:
    People who opted out are written to again: a risk to check with counsel, and the surest way to
    lose them.

    What to do:
    Connect the record of consent or preferences to the tool; or have the tool hold back until
    consent is given.

    Example:
    Opt-outs made on the website are kept in the consent tool; the SMS tool is never told.

    Known false positives:
    The tool keeps its own opt-outs and nobody else contacts these people; or lists are cleaned by
    hand.
    """

    id: ClassVar[str] = "consent-not-propagated"
    title: ClassVar[str] = "Tool that is not told who opted out"
    category: ClassVar[Category] = "trust"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "tools and channels that contact or target people"

    def run(self, stack: Stack) -> Outcome:
        """Read how permission reaches every sender; one wrong scope is enough."""
        by_sender: dict[tuple[str, str], list[Reach]] = {}
        for reach in stack.consent_reach:
            if not reach.sender.transactional:
                by_sender.setdefault((reach.sender.tool.id, reach.sender.channel), []).append(reach)
        findings: list[Finding] = []
        questions: list[Question] = []
        homeless: dict[str, list[StackTool]] = {}
        unlisted = 0
        examined = 0
        for key, reaches in sorted(by_sender.items()):
            wrong = [r for r in reaches if r.serving.outcome in ("no", "broken")]
            unclear = [r for r in reaches if r.serving.outcome == "unknown"]
            if not stack.integrations_listed and not _without_record(wrong):
                unlisted += bool(wrong)
                wrong = []
            examined += bool(wrong) or any(r.serving.outcome in WORKING for r in reaches)
            if wrong:
                findings.append(self._untold(stack, "/".join(key), wrong))
            elif unclear and all(w.how == "unknown" for w in unclear[0].ways):
                needs = " and ".join(sorted(w.data_object for w in unclear[0].ways))
                homeless.setdefault(needs, []).append(unclear[0].sender.tool)
            elif unclear:
                questions.append(self._ask(stack, "/".join(key), unclear[0]))
        questions += [self._ask_record(needs, tools) for needs, tools in sorted(homeless.items())]
        if unlisted:
            questions.append(self.ask_integrations(weight=unlisted))
        return Outcome(examined, findings, questions)

    def _untold(self, stack: Stack, key: str, reaches: list[Reach]) -> Finding:
        reach = reaches[0]
        sender = reach.sender
        tool = sender.tool
        broken = reach.serving.broken
        scopes = (
            [] if len(reaches) == len(stack.scopes) else [stack.scopes[r.scope] for r in reaches]
        )
        where = f" in {names(scopes)}" if scopes else ""
        what = _permission(reach)
        why = _why(stack, reach, broken)
        personal = personal_data(stack, tool).evidence
        action, text = _repair(stack, reach, broken)
        return self.finding(
            key,
            f"{tool.name} {_does(stack, sender.channel)}{where}, and {what} "
            f"{why}: a risk "
            "to check with counsel.",
            severity="high" if sender.channel in _GRAVE else "medium",
            evidence=[
                sender_fact(stack, sender),
                *([personal] if personal is not None else []),
                *(e for way in reach.ways for e in _way_facts(stack, tool, way, reach.scope)),
                *_no_gate(reach),
                *broken_facts(stack, broken),
            ],
            subjects=[
                *tool_subjects([tool, *(t for w in reach.ways for t in w.record)]),
                *(subject("integration", f.id) for f in broken),
                *(subject("scope", s) for s in scopes),
            ],
            scopes=scopes,
            harmless_if="The tool is the only one that contacts these people and keeps its own "
            "opt-outs, "
            "or its lists are cleaned in another way.",
            details={
                "channel": sender.channel,
                "needs": [w.data_object for w in reach.ways],
                "broken_path": [f.id for f in broken],
            },
            action=Action(
                id=action,
                text=text,
                effort="small" if broken else "medium",
                owner=usual_owner(tool, *reach.record),
                tools=sorted({tool.id, *(t.id for t in reach.record)}),
            ),
        )

    def _ask(self, stack: Stack, key: str, reach: Reach) -> Question:
        tool = reach.sender.tool
        record = names(reach.record) or "where they are kept"
        return self.question(
            f"permission:{key}",
            f"Do opt-outs get from {record} to {tool.name}? An integration of unknown content "
            "could "
            "carry them."
            if reach.record
            else f"How does {tool.name} learn who has opted out?",
            subjects=tool_subjects([tool, *reach.record]),
            asked_of=usual_owner(tool, *reach.record),
            key=key,
            fills=sorted({f for way in reach.ways for f in _fills(stack, reach, way)}),
        )

    def _ask_record(self, needs: str, tools: list[StackTool]) -> Question:
        about = {"consent": "who has given consent", "consent and preference": "who has opted out"}
        each = list({t.id: t for t in tools}.values())
        return self.question(
            f"record:{needs.replace(' and ', '+')}",
            f"Which tool holds the record of {about.get(needs, needs)}? "
            f"{names(each, 5)} "
            f"{'contacts or targets' if len(each) == 1 else 'contact or target'} people.",
            subjects=tool_subjects(each),
            weight=len(each),
            fills=[f"systems_of_record/{name}" for name in needs.split(" and ")],
        )


def _fills(stack: Stack, reach: Reach, way: Way) -> list[str]:
    """Return where it belongs how one kind of permission gets to a sender."""
    if not way.record:
        return [f"systems_of_record/{way.data_object}"]
    return open_fills(stack, way.record, [reach.sender.tool], way.data_object, [reach.scope])


def _without_record(reaches: list[Reach]) -> bool:
    """Return whether it is stated that there is no record, so that no path could matter."""
    return any(all(w.how == "none" for w in r.ways) for r in reaches)


def _does(stack: Stack, channel: str) -> str:
    return _DOES.get(channel, f"contacts people ({stack.catalogue.channels[channel].name})")


def _permission(reach: Reach) -> str:
    needs = {w.data_object for w in reach.ways}
    return "consent" if needs == {"consent"} else "what people agreed to or opted out of"


def _why(stack: Stack, reach: Reach, broken: tuple[Flow, ...]) -> str:
    """Return the rest of the sentence: why permission does not get there."""
    if broken:
        flow = broken[0]
        return f"does not reach it, as {flow_state(stack, flow)}"
    record = list({t.id: t for w in reach.ways for t in w.record}.values())
    if not record:
        return "has no record that could tell it"
    return f"has no recorded path to it from {names(record)}"


def _repair(stack: Stack, reach: Reach, broken: tuple[Flow, ...]) -> tuple[str, str]:
    tool = reach.sender.tool
    if broken:
        name = flow_name(stack, broken[0])
        return f"repair:{broken[0].id}", f"Repair the integration {name}"
    record = next((t for w in reach.ways for t in w.record if t is not tool), None)
    if record is None:
        thing = nouns(stack, reach.data_object)
        return f"record:{reach.data_object}", f"Decide which tool holds the record of {thing}"
    things = nouns(stack, [w.data_object for w in reach.ways if record in w.record])
    return f"connect:{record.id}>{tool.id}", f"Connect {record.name} to {tool.name} for {things}"


def _way_facts(stack: Stack, tool: StackTool, way: Way, scope: int) -> list[Evidence]:
    """Return why one kind of permission does not get to a tool.

    Where nothing at all brings it, no matter where the record is, that alone is the fact.
    """
    thing = nouns(stack, way.data_object)
    nowhere = way.from_nowhere and (way.how != "declared" or stack.integrations_known(tool))
    if nowhere and (way.how != "none" or stack.integrations_known(tool)):
        return [*_held(way, thing), _nothing_comes(stack, tool, thing)]
    record = record_fact(stack, way, scope)
    if way.how == "none" or way.serving.broken:
        return [record]
    return [record, no_path(stack, way.record, [tool], way.data_object, scope)]


def _no_gate(reach: Reach) -> list[Evidence]:
    """Return that nothing holds a tool back that only consent allows to run, such as a tag.

    What is not said of it is an assumption: the gate may be there. Messages need more than a gate,
    and where there is no record nothing can ask it.
    """
    needs = {w.data_object for w in reach.ways}
    if needs != {"consent"} or all(w.how == "none" for w in reach.ways):
        return []
    if reach.ungated is not None:
        return [reach.ungated]
    text = f"Whether something holds {reach.sender.tool.name} back until consent is given is"
    return [assumed(f"{text} not recorded.")]


def _held(way: Way, thing: str) -> list[Evidence]:
    """Return where the record is, which does not matter to the finding but to the reader."""
    if not way.record:
        return []
    word = "keeps the record of" if way.how == "declared" else "stores"
    return [known(f"{names(way.record)} {word} {thing}.")]


def _nothing_comes(stack: Stack, tool: StackTool, thing: str) -> Evidence:
    """Return that nothing brings a kind of permission to a tool, wherever its record is."""
    text = f"No integration brings {thing} to {tool.name}, wherever their record is."
    if tool.record is not None and tool.record.integrations_known in ("complete", "none"):
        return fact(tool.record, "integrations_known", text)
    if stack.integrations_known(tool):
        return fact(stack.inventory, "complete", text)
    return assumed(f"{text[:-1]}; the list of integrations is not stated to be complete.")
