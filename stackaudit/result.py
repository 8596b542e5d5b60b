"""The audit result: the published, versioned contract between the audit and all that shows it.

Everything a report says is in here; a report is drawn from this alone. The models are the source
of the JSON Schema (``stackaudit schema --result``). Lists are sorted, days are ISO dates, money is
a range a year in the company's currency, and places are a file name with line and column, counted
from 1. Unknown is ``null``; a stated "none" is an empty list or the word ``none``.
"""

from datetime import date
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

FORMAT: Final = 1
"""Version of the result's format; raised when a reader of the old one would misread the new."""

Severity = Literal["info", "low", "medium", "high"]
Confidence = Literal["confirmed", "possible"]
Category = Literal["gaps", "redundancies", "silos", "resilience", "spend", "trust"]
CheckStatus = Literal["pass", "fail", "unknown", "not-applicable", "error"]
SubjectKind = Literal[
    "tool",
    "integration",
    "object",
    "capability",
    "contract",
    "scope",
    "product",
    "process",
    "objective",
    "person",
]
Effort = Literal["small", "medium", "large"]
When = Literal["now", "next", "later"]
Withheld = Literal["people", "costs", "vendors"]
Served = Literal["automatic", "manual", "late", "broken", "unknown", "no"]
"""How a needed flow is served. `late` is automatic too: later than its limit in the worst case."""
Seen = Literal[
    "both", "only-declared", "only-observed", "retired", "likely", "unrecognised", "ignored"
]
"""Whether a tool is declared and observed: in the inventory, on lists of others."""
Reached = Literal["automatic", "manual", "broken", "unknown", "no"]
"""How permission reaches a tool; rules on how late it may come are those of `late-suppression`."""

SEVERITIES: Final[tuple[Severity, ...]] = ("high", "medium", "low", "info")
"""Severities, the gravest first."""
CATEGORIES: Final[tuple[Category, ...]] = (
    "gaps",
    "redundancies",
    "silos",
    "resilience",
    "spend",
    "trust",
)


class Part(BaseModel):
    """A part of the result: closed, frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(Part):
    """Where in the inventory a fact is written."""

    file: str
    line: int
    column: int = 1


class Money(Part):
    """An amount a year, as a range, in the company's currency."""

    low: float
    high: float
    basis: str = Field("", description="The formula or fact the amount comes from, in words.")


class Evidence(Part):
    """One fact a finding rests on."""

    text: str = Field(description="The fact, in a sentence.")
    place: Place | None = Field(
        None,
        description="Where it is written; null when it comes from the catalogue or from absence.",
    )
    quote: str = Field("", description="The words of the inventory at that place.")
    assumed: bool = Field(
        False,
        description="True when the fact is assumed: catalogue default or undeclared completeness.",
    )


class Step(Part):
    """One hop of a path: from tool to tool, over an integration, a suite or a host."""

    source: str
    target: str
    over: str = Field(description="Integration id, `suite:ID`, or `host:ID`.")
    automatic: bool | None = None


class Subject(Part):
    """What a finding is about."""

    kind: SubjectKind
    id: str
    name: str = ""


class Action(Part):
    """Something a person can do; findings that name the same action id are settled together."""

    id: str
    text: str = Field(description="What to do, beginning with the verb.")
    effort: Effort
    settles: list[str] = Field(default_factory=list, description="Ids of findings it settles.")
    saving: Money | None = None
    saving_from: date | None = Field(None, description="From when the saving counts.")
    deadline: date | None = None
    deadline_why: str = ""
    owner: str | None = Field(None, description="Who would do it; null when nobody is known.")
    severity: Severity = "info"
    confidence: Confidence = "confirmed"
    when: When = "later"
    tools: list[str] = Field(default_factory=list)
    depends_on: list[str] = Field(
        default_factory=list, description="Ids of actions to do before it."
    )


class Acceptance(Part):
    """A finding the company lives with."""

    because: str | None = None
    by: str | None = None
    until: date
    ticket: str | None = None
    lapsed: bool = False
    place: Place | None = None


class Finding(Part):
    """One "yes, here" of a check."""

    id: str = Field(description="`CHECK:KEY`, the same next quarter for the same problem.")
    check: str
    key: str
    category: Category
    severity: Severity
    confidence: Confidence
    sentence: str = Field(description="The finding in one plain sentence, naming its subject.")
    subjects: list[Subject]
    scopes: list[str] = Field(
        default_factory=list, description="Scopes it holds in; empty: the whole company."
    )
    evidence: list[Evidence]
    path: list[Step] = Field(default_factory=list)
    money: Money | None = Field(
        None, description="Money at stake a year; null when unknown or none."
    )
    saving: Money | None = Field(
        None, description="What settling it can save a year; claimed once over all findings."
    )
    harmless_if: str = Field("", description="What would make it harmless.")
    details: dict[str, Any] = Field(
        default_factory=dict, description="Facts particular to the check, documented on its page."
    )
    action: Action | None = None
    led_by: str | None = Field(None, description="Id of the finding that is the cause of this one.")
    leads: list[str] = Field(
        default_factory=list, description="Ids of findings that follow from this one."
    )
    related: list[str] = Field(
        default_factory=list, description="Ids of findings decided by or together with this one."
    )
    accepted: Acceptance | None = None


class Question(Part):
    """What could not be judged, as a question to a person."""

    id: str
    text: str
    subjects: list[Subject] = Field(default_factory=list)
    asked_of: str | None = Field(None, description="Who is likely to know.")
    settles: list[str] = Field(
        default_factory=list, description="`CHECK:KEY` (or `CHECK`) that the answer decides."
    )
    weight: int = Field(
        1, description="How many judgements hang on it; questions are ranked by it."
    )
    fills: list[str] = Field(
        default_factory=list,
        description="Where the answer belongs in the inventory: `tools/ID/KEY`, "
        "`integrations/ID/KEY`, `contracts/ID/KEY`, `complete/LIST`, `systems_of_record/OBJECT`, "
        "`freshness/OBJECT` or `integrations/new`.",
    )


class CheckResult(Part):
    """What one check looked at and found."""

    id: str
    title: str
    category: Category
    status: CheckStatus
    examined: int = Field(description="How many things it looked at.")
    confirmed: int = 0
    possible: int = 0
    unknown: int = 0
    accepted: int = 0
    examined_what: str = Field(
        "", description="What the things are: tools, integrations, flows ..."
    )
    thresholds: dict[str, float | int | str] = Field(default_factory=dict)
    summary: str = Field("", description="What the check finds, one sentence of its page.")
    why: str = Field("", description="Why it matters.")
    false_positives: str = ""
    error: str = Field("", description="What went wrong, when the status is `error`.")
    origin: str = Field("stackaudit", description="The package the check comes from.")


class Provided(Part):
    """A capability of a tool."""

    capability: str
    strength: Literal["primary", "secondary", "unused"]
    assumed: bool


class Handled(Part):
    """What a tool does with a data object."""

    object: str
    roles: list[Literal["capture", "store", "activate", "measure"]]
    assumed: bool


class ContractEntry(Part):
    """A contract, of one tool or several."""

    id: str
    vendor: str | None = None
    tools: list[str]
    cost: Money | None = None
    ends: date | None = None
    notice_days: int | None = None
    notice_day: date | None = Field(None, description="The last day notice can be given.")
    auto_renews: bool | None = None
    place: Place | None = None


class ToolEntry(Part):
    """A tool as the audit sees it."""

    id: str
    name: str
    product: str | None = None
    product_name: str | None = None
    product_how: Literal["declared", "name", "alias", "none", "unknown", "ambiguous"] = "unknown"
    vendor: str | None = None
    suite: str | None = None
    kind: str = "software"
    status: str
    in_use: bool
    mentioned_only: bool = Field(
        False, description="Named in an integration but not listed under tools."
    )
    environment: str = "production"
    runs_inside: str | None = None
    gated_by: list[str] = Field(
        default_factory=list, description="Tools that hold it back until there is permission."
    )
    scopes: list[str] = Field(default_factory=list, description="Empty: the whole company.")
    domain: str | None = Field(None, description="Domain of its first capability.")
    column: str = Field(
        description=(
            "Stage of the data flow: "
            "attract, capture, integrate, record, engage, measure, or other."
        )
    )
    capabilities: list[Provided]
    data: list[Handled]
    channels: list[str] | None = None
    personal_data: bool | None = None
    owner: list[str] | None = None
    technical_owner: list[str] | None = None
    team: str | None = None
    used_by: list[str] | None = None
    cost: Money | None = None
    contract: str | None = None
    seats_paid: int | None = None
    seats_active: int | None = None
    sends_to: int = 0
    receives_from: int = 0
    carries: int = Field(0, description="Live integrations it is the carrier of.")
    island: int | None = Field(
        None, description="Number of the group of connected tools it is in; 0 is the largest."
    )
    known: list[str] = Field(
        default_factory=list,
        description="Inventory keys that are filled in, for the completeness grid.",
    )
    source: list[str] = Field(default_factory=list)
    notes: str | None = None
    url: str | None = None
    place: Place | None = None


class FlowEntry(Part):
    """An integration as the audit sees it: one edge."""

    id: str
    source: str | None = Field(description="Tool id; null when unknown.")
    target: str | None
    direction: Literal["one-way", "both-ways", "unknown"]
    objects: list[str] | None
    method: str | None = None
    method_name: str | None = None
    automatic: bool | None = None
    every: str | None = None
    via: list[str] | None = None
    scopes: list[str] = Field(default_factory=list)
    status: str
    live: bool = Field(description="Carries data today between tools in use.")
    only: str | None = None
    gated_by: list[str] | None = None
    owner: list[str] | None = None
    last_verified: date | None = None
    source_of_fact: list[str] = Field(default_factory=list)
    notes: str | None = None
    place: Place | None = None


class Shared(Part):
    """Tools of one suite that keep some objects in one database: each has what the others have."""

    suite: str
    objects: list[str]
    tools: list[str]


class Provider(Part):
    """A tool that provides a capability."""

    tool: str
    strength: Literal["primary", "secondary", "unused"]
    assumed: bool


class CapabilityEntry(Part):
    """A capability: expected or not, and who provides it."""

    id: str
    name: str
    domain: str
    definition: str
    stages: list[str]
    expected: Literal["must", "should", "could", "not-expected"] | None
    expected_by: Literal["profile", "inventory"] | None = None
    not_needed_because: str | None = None
    plurality: Literal["singleton", "few", "many"]
    providers: list[Provider]
    missing_in: list[str] = Field(
        default_factory=list, description="Scopes without a provider; `all` for the whole company."
    )


class ObjectEntry(Part):
    """A data object: who holds it, and where its record is."""

    id: str
    name: str
    definition: str
    personal: Literal["yes", "pseudonymous", "low", "no"]
    needs_record: bool
    record: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Scope (or `all`) → record tools; an empty list: stated that there is none.",
    )
    captured_by: list[str] = Field(default_factory=list)
    stored_by: list[str] = Field(default_factory=list)
    activated_by: list[str] = Field(default_factory=list)
    measured_by: list[str] = Field(default_factory=list)
    flows: list[str] = Field(
        default_factory=list, description="Ids of live integrations declared to carry it."
    )
    maybe_flows: list[str] = Field(
        default_factory=list,
        description="Live integrations whose content is unknown and that may carry it.",
    )


class Demand(Part):
    """A flow that is needed, and whether it is served today."""

    id: str
    kind: Literal["expected", "hand-over"]
    source: str = Field(description="Capability id, or `tool:ID`.")
    target: str
    object: str
    scope: str
    strength: Literal["must", "should", "could"]
    why: str = ""
    process: str | None = None
    limit_minutes: int | None = None
    delay_minutes: int | None = Field(
        None, description="Worst case on the freshest automated path; null when not known."
    )
    served: Served
    inside: str | None = Field(None, description="The one tool that is both ends, if there is one.")
    path: list[Step] = Field(default_factory=list)


class ProcessEntry(Part):
    """A process and its hand-overs."""

    id: str
    name: str
    carries: str | None
    steps: list[str]
    declared: bool
    owner: list[str] | None = None
    reviewed: date | None = None
    demands: list[str] = Field(default_factory=list)
    place: Place | None = None


class JourneyStage(Part):
    """A stage of the customer journey in the profile."""

    id: str
    name: str
    carries: str | None = Field(None, description="Object handed to the next stage.")


class Answer(Part):
    """The answer to one of the three questions of marketing operations."""

    id: Literal["activities-analysed", "technologies-examined", "support-integrated"]
    question: str
    answer: Literal["yes", "partly", "no", "unknown"]
    done: int
    of: int
    unknown: int = Field(0, description="How many of the rest are not known rather than not done.")
    text: str = Field(description="The answer in a sentence with its numbers.")
    missing: list[str] = Field(
        default_factory=list, description="What stands behind every 'no', in words."
    )
    note: str = ""


class Tile(Part):
    """One number of the first screen, with its unit and coverage."""

    id: str
    value: float | int | None
    unit: str = Field(
        "", description="What `value` counts: tools, findings, flows, questions, or `EUR a year`."
    )
    text: str = Field(description="The value as shown.")
    label: str
    coverage: str = ""
    tone: Literal["bad", "warn", "good", "neutral"] = "neutral"


class Summary(Part):
    """The answer: what the first screen and the terminal say."""

    headline: str
    so_what: list[str]
    good: str
    completeness: str
    tiles: list[Tile]
    first_actions: list[str] = Field(description="Action ids, at most five.")


class AreaCount(Part):
    """Findings of one area."""

    category: Category
    high: int = 0
    medium: int = 0
    low: int = 0
    info: int = 0
    possible: int = Field(0, description="How many of all of these are only possible.")
    accepted: int = 0


class AreaScore(Part):
    """The share of what was examined in an area that is sound; null where too little is known."""

    category: Category
    low: int | None = Field(description="With all possible findings counted as true.")
    high: int | None = Field(description="With confirmed findings only.")
    examined: int = 0
    unknown: int = Field(0, description="Questions open in this area.")
    weights: dict[str, float] = Field(default_factory=dict, description="Check → weight.")
    formula: str = ""
    why: str = Field("", description="Why there is no score.")


class Coverage(Part):
    """How many tools one key of the inventory is filled in for."""

    key: str
    known: int
    of: int
    weight: float


class Quality(Part):
    """How complete and consistent the inventory is."""

    completeness: int | None = Field(description="Percent, weighted by use; null without tools.")
    coverage: list[Coverage] = Field(default_factory=list)
    contradictions: int = 0
    disputed: int = 0
    formula: str = ""


class Repair(Part):
    """An integration that is worth building or mending, and the findings it settles."""

    rank: int
    kind: Literal["connect", "repair"]
    source: str = Field(description="Tool id.")
    target: str
    integration: str | None = Field(None, description="The integration to mend.")
    objects: list[str]
    settles: list[str] = Field(
        description="Ids of the findings it settles that none before it does."
    )
    settled_so_far: int
    of: int
    text: str


class SenderEntry(Part):
    """A tool that contacts or targets people, and how permission reaches it in one scope."""

    tool: str
    channel: str
    channel_name: str
    scope: str
    assumed: bool = Field(description="The channel is assumed from what the tool is used for.")
    transactional: bool
    object: str = Field(description="The object permission travels as: consent or preference.")
    record: list[str] = Field(description="Tools that hold the record of permission.")
    record_declared: bool
    served: Reached
    gated_by: str | None = None
    delay_minutes: int | None = Field(
        None, description="Worst case on the freshest automated path; null when not known."
    )
    path: list[Step] = Field(default_factory=list)


class Fall(Part):
    """What falls when one element of the stack is lost."""

    kind: Literal["tool", "vendor", "integration", "person"]
    id: str
    name: str
    falls: list[str] = Field(
        description="Ids of needed flows that are served today and then are not."
    )
    must: int = Field(description="How many of them are musts.")
    between: int = Field(description="How many of them it is no end of: it only stands in between.")
    keeps: list[str] = Field(default_factory=list, description="For a person: tools kept alone.")


class FundsStep(Part):
    """From a day on, what is saved a year."""

    from_day: date | None = Field(description="Null: the day the contract can end is not known.")
    low: float
    high: float
    findings: list[str]


class Funds(Part):
    """What better operations free for campaigns: savings of confirmed findings, claimed once."""

    low: float
    high: float
    steps: list[FundsStep] = Field(default_factory=list, description="Cumulative, by day.")
    possible_high: float = Field(0, description="More, if possible findings are true.")
    formula: str = ""


class Spend(Part):
    """What is known of the yearly cost."""

    total: Money | None
    known_for: int
    of: int = Field(description="Tools in use that could have a cost.")
    by_domain: dict[str, Money] = Field(default_factory=dict)
    unconverted: list[str] = Field(
        default_factory=list, description="Tools whose cost is in a currency without a rate."
    )


class Company(Part):
    """Whose stack it is and what it was compared with."""

    name: str
    profile: str | None
    profile_name: str | None = None
    currency: str | None
    scopes: list[str] = Field(default_factory=list)
    complete: list[str] | None = None
    size: str | None = None


class SourceFile(Part):
    """A file the audit read."""

    name: str
    sha256: str


class Left(Part):
    """Something left out of the audit, or an acceptance that matches nothing."""

    name: str
    because: str | None = None
    place: Place | None = None


class Note(Part):
    """A contradiction or a warning of the inventory: said, not judged."""

    code: str
    text: str
    place: Place | None = None


class Named(Part):
    """An id with its name, for the words of the report."""

    id: str
    name: str
    definition: str = ""


class ObservedList(Part):
    """A list of others that the tools were compared with."""

    name: str
    shows: Literal["logins", "spend", "website", "tags", "register", "other"] | None = None
    as_of: date | None = None
    complete: bool | None = Field(None, description="Stated to show all it can; null: not stated.")
    names: int = Field(description="How many names are on it.")
    place: Place | None = None


class Sight(Part):
    """A name on a list of others."""

    seen_in: str = Field(description="Name of the list.")
    name: str = Field(description="As the list writes it.")
    evidence: str = Field("", description="What the list says of it.")


class ObservedRow(Part):
    """A tool, product or name, and which lists show it."""

    key: str = Field(description="Tool id, product id, or the name without spaces and case.")
    name: str
    state: Seen
    tool: str | None = Field(None, description="Tool id; null where no tool of the inventory is.")
    product: str | None = Field(None, description="Product id of a tool that is not declared.")
    seen: list[Sight] = Field(default_factory=list)
    maybe: list[str] = Field(default_factory=list, description="Ids of tools it may be.")
    like: list[str] = Field(default_factory=list, description="Names of products it may be.")
    because: str | None = Field(None, description="Why it is ignored.")


class Reconciliation(Part):
    """The tools that are declared beside those that are observed."""

    lists: list[ObservedList]
    rows: list[ObservedRow]


class AuditResult(Part):
    """All that an audit says."""

    stackaudit_result: int = Field(FORMAT, description="Version of this format.")
    version: str = Field(description="Version of stackaudit that made it.")
    company: Company
    as_of: date
    as_of_from: Literal["inventory", "option", "today"]
    files: list[SourceFile]
    inventory_hash: str
    summary: Summary
    answers: list[Answer]
    areas: list[AreaCount]
    findings: list[Finding]
    actions: list[Action]
    questions: list[Question]
    checks: list[CheckResult]
    tools: list[ToolEntry]
    integrations: list[FlowEntry]
    shared: list[Shared] = Field(
        default_factory=list, description="What tools of one suite share without an integration."
    )
    contracts: list[ContractEntry]
    capabilities: list[CapabilityEntry]
    objects: list[ObjectEntry]
    demands: list[Demand]
    processes: list[ProcessEntry]
    journey: list[JourneyStage]
    domains: list[Named]
    stages: list[Named]
    teams: list[Named] = Field(default_factory=list)
    spend: Spend
    scores: list[AreaScore] = Field(default_factory=list)
    quality: Quality | None = None
    repairs: list[Repair] = Field(
        default_factory=list, description="In order: these integrations settle so many findings."
    )
    senders: list[SenderEntry] = Field(default_factory=list, description="Consent reach.")
    falls: list[Fall] = Field(default_factory=list, description="Blast radius, the widest first.")
    funds: Funds | None = None
    changed: list[str] = Field(
        default_factory=list, description="Thresholds and weights that a profile changes."
    )
    out_of_scope: list[Left] = Field(default_factory=list)
    accepted_unmatched: list[Left] = Field(default_factory=list)
    accepted_lapsed: list[Left] = Field(default_factory=list)
    observed: Reconciliation | None = Field(
        None, description="Declared beside observed; not there where the inventory has no lists."
    )
    notes: list[Note] = Field(default_factory=list, description="Contradictions and warnings.")
    redacted: list[Withheld] = Field(
        default_factory=list,
        description="What is left out of this copy: of these, null is withheld and not unknown.",
    )

    def to_json(self) -> str:
        """Return the result as JSON text; the same result gives the same bytes.

        Two-space indent, keys in the order of the schema, a final newline.
        """
        absent = {"observed"} if self.observed is None else None
        return self.model_dump_json(indent=2, exclude=absent) + "\n"


def result_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of :class:`AuditResult`."""
    schema = AuditResult.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "stackaudit audit result",
        **schema,
    }
