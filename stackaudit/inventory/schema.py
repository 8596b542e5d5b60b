"""The inventory format, version 1, as models: every key, its meaning, its value.

``None`` means the key was left out: not known. An empty tuple or mapping, or the word ``none``,
means a stated no. Short forms (`A -> B: contact`, a bare tool name) are turned into these models
by :mod:`stackaudit.inventory.load`; :mod:`stackaudit.inventory.values` reads the single values.
"""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
)

from stackaudit.inventory.values import (
    Amount,
    Count,
    Currency,
    Day,
    Id,
    Ids,
    Interval,
    Name,
    Number,
    Rate,
    Rating,
    Reads,
    Text,
    Texts,
    YesNo,
    bad,
    mapping_of,
    one_or_more,
    read_channels,
    read_currency,
    read_ids,
    read_interval,
    read_rate,
    read_strengths,
    read_text,
    word,
)
from stackaudit.source.problems import Mark
from stackaudit.source.tree import Map
from stackaudit.source.words import make_id

ToolStatus = Literal["planned", "pilot", "live", "retiring", "retired"]
FlowStatus = Literal["planned", "live", "idle", "paused", "broken", "retired", "absent"]
Direction = Literal["one-way", "both-ways", "unknown"]
Kind = Literal["software", "service", "homegrown", "spreadsheet", "own-channel"]
Environment = Literal["production", "staging", "development"]
Known = Literal["complete", "partial", "none"]
Strength = Literal["primary", "secondary", "unused"]
Role = Literal["capture", "store", "activate", "measure"]
Function = Literal[
    "marketing", "sales", "service", "operations", "it", "data", "finance", "legal", "agency"
]
Size = Literal["small", "mid", "large"]
Per = Literal["year", "quarter", "month"]
Agreement = Literal["signed", "missing", "not-needed"]
Transfer = Literal["scc", "adequacy", "bcr", "not-needed", "none"]
Listing = Literal["tools", "integrations"]
ChannelUse = Literal["all", "transactional"]
Shows = Literal["logins", "spend", "website", "tags", "register", "other"]

_STRING = {"type": "string"}
_STRINGS = {"type": "array", "items": _STRING}
_ROLES = one_or_more(word(Role))
_STRENGTH = word(Strength)
_CHANNEL_USE = word(ChannelUse)

Strengths = Annotated[
    dict[str, Strength],
    Reads(
        read_strengths(_STRENGTH),
        anyOf=[
            _STRING,
            _STRINGS,
            {
                "type": "object",
                "additionalProperties": {"enum": ["primary", "secondary", "unused"]},
            },
        ],
    ),
]
Data = Annotated[
    dict[str, tuple[Role, ...]],
    Reads(
        mapping_of(_ROLES.function, "object: capture, store, activate or measure"),
        anyOf=[{"const": "none"}, {"type": "object", "additionalProperties": _ROLES.schema}],
    ),
]
ChannelUses = Annotated[
    dict[str, ChannelUse],
    Reads(
        read_channels(_CHANNEL_USE),
        anyOf=[
            _STRING,
            {"type": "object", "additionalProperties": _CHANNEL_USE.schema},
            {
                "type": "array",
                "items": {
                    "anyOf": [
                        _STRING,
                        {"type": "object", "additionalProperties": _CHANNEL_USE.schema},
                    ]
                },
            },
        ],
    ),
]
Rates = Annotated[
    dict[str, Rate],
    Reads(
        lambda value: {
            read_currency(key): rate
            for key, rate in mapping_of(read_rate, "currency: rate")(value).items()
        },
        type="object",
        additionalProperties={"type": "number", "exclusiveMinimum": 0},
    ),
]
Freshness = Annotated[
    dict[str, str],
    Reads(
        mapping_of(read_interval, "object: interval"),
        type="object",
        additionalProperties=_STRING,
    ),
]


def _read_reasons(value: Any) -> dict[str, str | None]:
    return (
        mapping_of(_reason, "capability: reason")(value)
        if isinstance(value, dict)
        else dict.fromkeys(read_ids(value))
    )


def _reason(value: Any) -> str | None:
    return None if value is None else read_text(value)


Reasons = Annotated[
    dict[str, str | None],
    Reads(
        _read_reasons,
        anyOf=[
            _STRING,
            _STRINGS,
            {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        ],
    ),
]


class Record(BaseModel):
    """A mapping of an inventory: knows where each of its keys was written."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    # Set by the loader in the instance's own dict, which pydantic leaves alone: a private attribute
    # would cost more than the validation of a small record.
    _node: ClassVar[Map | None] = None
    _extras: ClassVar[dict[str, Any] | None] = None

    @property
    def node(self) -> Map | None:
        """Return the mapping the record was read from; None when it was made by a program."""
        return self._node

    def where(self, key: str | None = None) -> Mark | None:
        """Return where the record, or the value of one of its keys, was written; None if made."""
        if self._node is None:
            return None
        return self._node.mark if key is None else self._node.mark_of(key.rstrip("_"))

    def line(self, key: str | None = None) -> str:
        """Return the source line of the record or of a key, secrets masked; "" if made."""
        mark = self.where(key)
        return "" if mark is None or self._node is None else self._node.source.line_at(mark)

    @property
    def extras(self) -> dict[str, Any]:
        """Return the ``x-`` keys of this record, untouched."""
        return dict(self._extras or {})


class Provenance(Record):
    """What every tool, integration, process and objective may say about itself."""

    source: Texts | None = Field(
        None, description="Where the fact comes from: a list, a page, a person's role."
    )
    reviewed: Day | None = Field(None, description="The day someone last confirmed this entry.")
    disputed: Text | None = Field(
        None,
        description="`yes`, or what the other source says: findings "
        "that rest on this entry are only possible, "
        "and it becomes a question.",
    )
    notes: Text | None = Field(None, description="Free text; shown in the registers of the report.")

    @property
    def is_disputed(self) -> bool:
        """Return whether another source says otherwise."""
        return self.disputed is not None and self.disputed.lower() not in ("no", "false")


class Scope(Record):
    """A brand, region or business unit of the company."""

    people_in: Texts | None = Field(
        None, description="Where the people of this scope are: regions or countries."
    )


def _scopes(value: Any) -> Any:
    if isinstance(value, dict):
        flawless = mapping_of(
            lambda scope: scope if scope is not None else {}, "scope: {people_in: ...}"
        )
        return flawless(value)
    return {scope: {} for scope in read_ids(value)}


Scopes = Annotated[
    dict[str, Scope],
    BeforeValidator(_scopes),
    WithJsonSchema(
        {
            "anyOf": [
                _STRING,
                _STRINGS,
                {
                    "type": "object",
                    "additionalProperties": {"anyOf": [{"def": "Scope"}, {"type": "null"}]},
                },
            ]
        }
    ),
]


class Company(Record):
    """The company whose stack this is, and what the audit compares it with."""

    name: Name = Field(description="The company's name; the only key that is required here.")
    profile: Text | None = Field(
        None,
        description="Which capabilities and flows are expected: a "
        "profile of the catalogue (b2b-saas, b2c-ecommerce, "
        "b2c-subscription-media, nonprofit, financial-services, "
        "agency-smb) or the path of your own.",
    )
    currency: Currency | None = Field(
        None, description="ISO 4217; money without a currency is in this one."
    )
    rates: Rates | None = Field(
        None,
        description="What one unit of another currency is worth "
        "in the company's currency; never fetched.",
    )
    as_of: Day | None = Field(
        None,
        description="The day the facts describe. Dates are compared with "
        "it, never with the clock; --as-of overrides it.",
    )
    scopes: Scopes | None = Field(
        None,
        description="Brands, regions or business units, where tools serve "
        "only some; a list, or a mapping with people_in.",
    )
    people_in: Texts | None = Field(
        None, description="Where the people are whose data is held: EU, US, UK ..."
    )
    rules: Ids | None = Field(
        None, description="Rules whose limits the audit compares with: gdpr, can-spam ..."
    )
    size: Annotated[Size, word(Size)] | None = Field(None, description="small, mid or large.")


class Team(Record):
    """A team that owns or uses tools."""

    id: Id = Field(description="The team's id, used as team:ID in owner.")
    name: Name | None = Field(None, description="The team's name.")
    function: Annotated[Function, word(Function)] | None = Field(
        None,
        description="marketing, sales, service, operations, it, data, finance, legal or agency.",
    )


class Cost(Record):
    """What something costs."""

    amount: Amount = Field(description="A number, or a range `40000-60000`.")
    per: Annotated[Per, word(Per)] = Field(
        "year", description="year, quarter or month; a year when left out."
    )
    currency: Currency | None = Field(
        None, description="ISO 4217; the company's currency when left out."
    )


def _cost(value: Any) -> Any:
    return value if isinstance(value, dict | Cost) else {"amount": value}


CostValue = Annotated[
    Cost,
    BeforeValidator(_cost),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": r"^\d+(\.\d+)?(\s*(-|–|to)\s*\d+(\.\d+)?)?$"},
                {"def": "Cost"},
            ]
        }
    ),
]


class Terms(Record):
    """How a contract ends."""

    ends: Day | None = Field(None, description="The last day of the current term.")
    notice_days: Count | None = Field(
        None, description="How many days before the end notice must be given."
    )
    auto_renews: YesNo | None = Field(
        None, description="Whether it renews by itself when nobody gives notice."
    )


class Contract(Terms):
    """A contract that covers several tools; its cost stands here and not on the tools."""

    id: Id = Field(description="The contract's id; tools name it under `contract`.")
    vendor: Text | None = Field(None, description="The vendor.")
    cost: CostValue | None = Field(
        None, description="What it costs, a year when nothing else is said."
    )
    owner: Texts | None = Field(
        None, description="Who answers for the contract; `none` when nobody does."
    )
    notes: Text | None = Field(None, description="Free text.")
    source: Texts | None = Field(None, description="Where the fact comes from.")


TermsOrId = Annotated[
    Annotated[Terms, Tag("terms")] | Annotated[Id, Tag("id")],
    Discriminator(lambda value: "terms" if isinstance(value, dict | Terms) else "id"),
]


class Seats(Record):
    """Seats of people."""

    paid: Count | None = Field(None, description="Seats paid for.")
    active: Count | None = Field(None, description="People who really log in.")
    price: Number | None = Field(
        None, description="Price of one seat a year, in the cost's currency."
    )


class Fit(Record):
    """The owners' own rating of a tool."""

    business: Rating | None = Field(
        None, description="1 (poor) to 5 (excellent): does it do what the business needs?"
    )
    technical: Rating | None = Field(
        None, description="1 (poor) to 5 (excellent): is it sound technically?"
    )


class Privacy(Record):
    """What is agreed about personal data."""

    dpa: Annotated[Agreement, word(Agreement)] | None = Field(
        None, description="Data processing agreement: signed, missing or not-needed."
    )
    hosted_in: Texts | None = Field(None, description="Region or country where the data is held.")
    transfer: Annotated[Transfer, word(Transfer)] | None = Field(
        None, description="What allows the transfer: scc, adequacy, bcr, not-needed, or none."
    )
    retention_days: Count | None = Field(None, description="How many days data is kept.")


class OverlapsOnPurpose(Record):
    """An overlap the company wants for now."""

    with_: Ids = Field(alias="with", description="The tools it overlaps with on purpose.")
    because: Text | None = Field(None, description="Why.")
    until: Day | None = Field(
        None, description="Until when; past it the overlap is reported as overdue."
    )


class Tool(Provenance):
    """A tool, service, website or spreadsheet of the stack."""

    id: Id = Field(description="The tool's id; made from the name when left out.")
    name: Name = Field(
        description="The tool's name, as people say it; the only key that is required."
    )
    product: Text | None = Field(
        None,
        description="Catalogue id or alias; found from the name "
        "when unambiguous; `none` = in no catalogue.",
    )
    instance: Text | None = Field(
        None, description="Names a second account of one product that is there on purpose."
    )
    kind: Annotated[Kind, word(Kind)] | None = Field(
        None,
        description="software, service (agency, data provider), "
        "homegrown, spreadsheet, own-channel (website, app).",
    )
    runs_inside: Id | None = Field(
        None, description="The tool it is an app of: shares its data, falls with it."
    )
    environment: Annotated[Environment, word(Environment)] | None = Field(
        None,
        description="production, staging or development; checks look "
        "at production, which is assumed when left out.",
    )
    status: Annotated[ToolStatus, word(ToolStatus)] | None = Field(
        None, description="planned, pilot, live, retiring or retired; live when left out."
    )
    retires_on: Day | None = Field(None, description="The last day of use of a retiring tool.")
    capabilities: Strengths | None = Field(
        None,
        description="What it is used for: replaces what the catalogue says. A "
        "list, or a mapping capability: primary, secondary or unused.",
    )
    scopes: Ids | None = Field(
        None,
        description="Which of the company's scopes it serves; the whole company when left out.",
    )
    data: Data | None = Field(
        None,
        description="What it does with each data object: capture, "
        "store, activate or measure, one or a list. "
        "Once written, it is all the tool does with data; `none` when it holds none.",
    )
    integrations_known: Annotated[Known, word(Known)] | None = Field(
        None,
        description="For this tool alone: are its integrations all listed? "
        "complete, partial, none (it exchanges nothing).",
    )
    channels: ChannelUses | None = Field(
        None,
        description="Where it contacts or targets people: email, sms, "
        "phone, push, in-app, chat, post, social, ads, web; "
        "`{email: transactional}` where only that; `none`.",
    )
    personal_data: YesNo | None = Field(
        None,
        description="Whether it holds personal data; derived from its data objects when left out.",
    )
    gated_by: Ids | None = Field(
        None,
        description="The consent tool that holds it back until "
        "consent is given; `none` when nothing does.",
    )
    owner: Texts | None = Field(
        None,
        description="Business owner: a name, a list, team:ID, role:WORD, `withheld`, or `none`.",
    )
    technical_owner: Texts | None = Field(
        None, description="Who keeps it running; same forms as owner."
    )
    team: Id | None = Field(None, description="The team it belongs to.")
    used_by: Ids | None = Field(None, description="The teams that use it.")
    cost: CostValue | None = Field(
        None, description="A year; a number, a range `40000-60000`, or {amount, per, currency}."
    )
    contract: TermsOrId | None = Field(
        None, description="Its terms, the id of one under `contracts`, or `none`."
    )
    seats: Seats | None = Field(None, description="Seats paid for and used.")
    fit: Fit | None = Field(None, description="The owners' own rating.")
    privacy: Privacy | None = Field(None, description="What is agreed about personal data.")
    overlaps_on_purpose: OverlapsOnPurpose | None = Field(
        None, description="An overlap that is wanted for now."
    )
    url: Text | None = Field(
        None, description="Where the tool is found; shown in the tool register."
    )


class Integration(Provenance):
    """A flow of data between two tools, or the stated fact that there is none."""

    id: Id | None = Field(None, description="Made from the ends (and the content) when left out.")
    from_: Ids = Field(alias="from", description="A tool, a list of tools, or `unknown`.")
    to: Ids = Field(description="A tool, a list of tools, or `unknown`.")
    direction: Annotated[Direction, word(Direction)] = Field(
        "one-way", description="one-way, both-ways or unknown; one-way when left out."
    )
    objects: Ids | None = Field(
        None, description="The data objects it carries; left out: not known."
    )
    only: Text | None = Field(None, description="A filter: what part of the objects passes.")
    method: Id | None = Field(
        None,
        description="native-connector, rest-api, ipaas, etl-elt, "
        "reverse-etl, sftp-file, manual-export ...",
    )
    every: Interval | None = Field(
        None,
        description="How often: real-time, near-real-time, hourly, "
        "daily, weekly, manual, 15m, 4h, 2d, or a range.",
    )
    via: Ids | None = Field(
        None, description="The tool or tools that carry it; `none` when it is direct."
    )
    match_on: Ids | None = Field(
        None,
        description="The identity key or keys that both ends share; `none` when there is none.",
    )
    field_owner: Text | None = Field(
        None, description="For two-way syncs: who wins a conflict; `none` = nobody."
    )
    gated_by: Ids | None = Field(
        None, description="The consent tool that holds it back until consent is given."
    )
    status: Annotated[FlowStatus, word(FlowStatus)] | None = Field(
        None,
        description="planned, live, idle, paused, broken, retired, or "
        "absent (stated not to exist); live when left out.",
    )
    owner: Texts | None = Field(None, description="Who answers for it; `none` when nobody does.")
    technical_owner: Texts | None = Field(None, description="Who keeps it running.")
    last_verified: Day | None = Field(None, description="The day it was last seen working.")

    _short: ClassVar[bool] = False

    @property
    def written_short(self) -> bool:
        """Return whether it was written as ``A -> B`` and not as a mapping."""
        return self._short


class Process(Provenance):
    """A marketing process of the company, as the capabilities it passes through."""

    id: Id = Field(description="Made from the name when left out.")
    name: Name = Field(description="The process's name.")
    carries: Id | None = Field(
        None, description="The data object that is handed from step to step."
    )
    steps: Texts | None = Field(None, description="Capabilities, or tool:ID, in order.")
    owner: Texts | None = Field(
        None, description="Who answers for the process; `none` when nobody does."
    )


class Objective(Provenance):
    """What marketing has promised, and what operations must have to deliver it."""

    id: Id = Field(description="Made from the name when left out.")
    name: Name = Field(description="The objective, in a sentence.")
    needs: Ids | None = Field(None, description="The capabilities it needs.")
    measured_by: Id | None = Field(
        None, description="The data object whose arrival in a measuring tool proves it."
    )
    sponsor: Texts | None = Field(None, description="Who sponsors it; `none` when nobody does.")
    operations_owner: Texts | None = Field(
        None, description="Who answers for it in operations; `none` when nobody does."
    )


class Requirements(Record):
    """Edits to the profile."""

    must: Ids = Field((), description="Capabilities the company must have.")
    should: Ids = Field((), description="Capabilities the company should have.")
    not_needed: Reasons = Field(
        default_factory=dict,
        description="Capabilities the company does not need; a mapping gives the reason for each.",
    )


class OutOfScope(Record):
    """Something left out of the audit on purpose."""

    tool: Text = Field(description="The tool left out; it need not be listed under tools.")
    because: Text | None = Field(None, description="Why it is left out.")


class Accepted(Record):
    """Findings the company lives with; they stay in the report, marked."""

    check: Text = Field(description="The check's id, or a glob.")
    key: Text | None = Field(None, description="The finding's key, or a glob.")
    tool: Text | None = Field(None, description="Instead of a key: findings about this tool.")
    integration: Text | None = Field(
        None, description="Instead of a key: findings about this integration."
    )
    object: Text | None = Field(
        None, description="Instead of a key: findings about this data object."
    )
    because: Text | None = Field(None, description="Why the company lives with it.")
    by: Text | None = Field(None, description="Who accepted it.")
    until: Day = Field(description="Until when; past it the finding counts again.")
    ticket: Text | None = Field(None, description="Where it is tracked.")


class Seen(Record):
    """One name on a list."""

    name: Name = Field(description="The name, as the list writes it.")
    tool: Id | None = Field(
        None,
        description="The tool of the inventory it is, where a person says so; found by its name "
        "when left out.",
    )
    evidence: Text | None = Field(
        None, description="What the list says of it: `12 payments`, `tag Consent (17)`."
    )
    cost: CostValue | None = Field(
        None, description="What it costs by this list, a year when nothing else is said."
    )
    ignore: Text | None = Field(
        None, description="Why it does not belong to the stack: `not marketing`."
    )


def _entry(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


def _entries(value: Any) -> Any:
    return () if isinstance(value, str) and value.strip().lower() == "none" else value


Entries = Annotated[
    tuple[
        Annotated[
            Seen,
            BeforeValidator(_entry),
            WithJsonSchema({"anyOf": [{"type": ["string", "number"]}, {"def": "Seen"}]}),
        ],
        ...,
    ],
    BeforeValidator(_entries),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": "none"},
                {
                    "type": "array",
                    "items": {"anyOf": [{"type": ["string", "number"]}, {"def": "Seen"}]},
                },
            ]
        }
    ),
]


class Observed(Record):
    """A list made by somebody else than the inventory: logins, payments, a scan of the website."""

    name: Name = Field(description="What the list is: Okta applications, Card payments 2026.")
    shows: Annotated[Shows, word(Shows)] | None = Field(
        None,
        description="What it is a list of: logins, spend, website (seen on its pages), tags (a "
        "tag manager), register, or other.",
    )
    as_of: Day | None = Field(None, description="The day the list was made.")
    complete: YesNo | None = Field(
        None,
        description="`yes` when it shows every tool that such a list can show: what is not on it "
        "is then not there.",
    )
    entries: Entries = Field(description="What is on it: names, or mappings with more about them.")

    @property
    def id(self) -> str:
        """Return the list's id, made from its name."""
        return make_id(self.name)


class RecordOf(BaseModel):
    """Where the record of a data object is kept: for the whole company, or scope by scope.

    An empty tuple is a stated ``none``; two tools are a stated conflict.
    """

    model_config = ConfigDict(frozen=True)

    everywhere: tuple[str, ...] | None = None
    by_scope: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def _record_of(value: Any) -> RecordOf:
    if isinstance(value, RecordOf):
        return value
    if isinstance(value, dict):
        return RecordOf.model_construct(
            everywhere=None, by_scope=mapping_of(read_ids, "scope: tool")(value)
        )
    if value is None:
        raise bad(
            "E022", "a tool is missing here", "write `none` when the object has no system of record"
        )
    return RecordOf.model_construct(everywhere=read_ids(value), by_scope={})


Records = Annotated[
    dict[str, RecordOf],
    Reads(
        mapping_of(_record_of, "object: tool"),
        type="object",
        additionalProperties={
            "anyOf": [
                _STRING,
                _STRINGS,
                {"type": "object", "additionalProperties": {"anyOf": [_STRING, _STRINGS]}},
            ]
        },
    ),
]


class Inventory(Record):
    """One company's marketing stack."""

    stackaudit: Literal[1] = Field(1, description="The version of the format.")
    company: Company = Field(description="The company whose stack this is.")
    complete: Annotated[tuple[Listing, ...], one_or_more(word(Listing))] | None = Field(
        None, description="Lists that are all there is: tools, integrations. Left out: not stated."
    )
    teams: tuple[Team, ...] = Field((), description="Teams that own or use tools.")
    systems_of_record: Records | None = Field(
        None,
        description="Per data object, or part of one (object/part): "
        "the tool that holds its record.",
    )
    freshness: Freshness | None = Field(None, description="Per data object: how old a copy may be.")
    tools: tuple[Tool, ...] = Field(
        (), description="The tools of the stack; a bare name is enough."
    )
    contracts: tuple[Contract, ...] = Field((), description="Contracts that cover several tools.")
    integrations: tuple[Integration, ...] | None = Field(
        None, description="Flows between tools: `A -> B: contact, order` or a mapping."
    )
    processes: tuple[Process, ...] = Field((), description="The company's marketing processes.")
    objectives: tuple[Objective, ...] = Field((), description="What marketing has promised.")
    requirements: Requirements | None = Field(
        None, description="Edits to what the profile expects."
    )
    out_of_scope: tuple[OutOfScope, ...] = Field((), description="What is left out of the audit.")
    accepted: tuple[Accepted, ...] = Field((), description="Findings the company lives with.")
    observed: tuple[Observed, ...] = Field(
        (),
        description="Lists of others to compare the tools with: logins, payments, what is seen on "
        "the website; `stackaudit reconcile` writes them.",
    )

    @property
    def as_of(self) -> date | None:
        """Return the day the facts describe, if stated."""
        return self.company.as_of
