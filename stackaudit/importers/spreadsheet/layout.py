"""The workbook that goes out and comes back: its sheets and columns, what each means, its lists.

The importer of spreadsheets reads the headers here as it reads any other; a test holds the two
together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from stackaudit.catalogue.model import Catalogue
from stackaudit.inventory import schema
from stackaudit.inventory.values import LATENCY_WORDS

Form = Literal["text", "number", "day", "reference"]

COMPANY: Final = "Company & lists"
CHECKLIST: Final = "Checklist"
MARK: Final = "Workbook of stackaudit"
"""Stands in the sheet of the company; the cell beside it holds the version of the layout."""
VERSION: Final = 1
SEPARATOR: Final = "; "


@dataclass(frozen=True, slots=True)
class Field:
    """One column."""

    header: str
    key: str
    """As the vocabulary of headers has it."""
    says: str
    """The comment on its header."""
    width: int = 14
    choices: str | None = None
    """The list of :func:`lists` it is chosen from."""
    several: bool = False
    """It may hold several, with ``;`` between them, so that its list is only help."""
    form: Form = "text"


_ID: Final = (
    "Leave it as it is: it tells which entry of the inventory the row is. New rows have none."
)
_OWNER: Final = (
    "Names with ; between them, or team:ID, or role:WORD. Empty: not known. none: nobody."
)
_DAY: Final = "YEAR-MONTH-DAY. Empty: not known."

TOOLS: Final[tuple[Field, ...]] = (
    Field("Id", "id", _ID, 16, form="reference"),
    Field("Tool", "name", "As people say it. One row for a tool.", 28),
    Field(
        "Catalogue product",
        "product",
        "Which product of the catalogue it is; found from the name "
        "where that is clear. none: it is in no catalogue.",
        22,
    ),
    Field("Status", "status", "Empty: it is in use.", 10, "tool status"),
    Field(
        "Capabilities",
        "capabilities",
        "What you use it for, where that is less or other than what "
        "such a tool can do. Several with ; between them; (secondary) or (unused) behind one.",
        30,
        "capability",
        several=True,
    ),
    Field("Owner", "owner", f"Who answers for it in the business. {_OWNER}", 22),
    Field("Technical owner", "technical_owner", f"Who keeps it running. {_OWNER}", 18),
    Field("Team", "team", "The team it belongs to: an id of the sheet Teams.", 14, "team"),
    Field(
        "Used by", "used_by", "Teams that use it, with ; between them.", 20, "team", several=True
    ),
    Field(
        "Cost",
        "cost",
        "A number, or a range as 40000-60000. Empty: not known. 0: it is free.",
        12,
        form="number",
    ),
    Field("Cost per", "cost_per", "What the cost is for. Empty: a year.", 9, "per"),
    Field("Currency", "currency", "Three letters, EUR. Empty: the company's.", 9),
    Field(
        "Contract",
        "contract",
        "The id of a contract of the sheet Contracts, where one covers "
        "several tools. none: there is no contract.",
        16,
    ),
    Field(
        "Contract ends",
        "contract.ends",
        f"The last day of the current term. {_DAY}",
        13,
        form="day",
    ),
    Field(
        "Notice days",
        "contract.notice_days",
        "How many days before the end notice must be given.",
        9,
        form="number",
    ),
    Field(
        "Auto-renews",
        "contract.auto_renews",
        "Does it renew by itself when nobody gives notice?",
        9,
        "yes or no",
    ),
    Field("Seats paid", "seats.paid", "Seats you pay for.", 9, form="number"),
    Field("Active users", "seats.active", "People who really log in.", 9, form="number"),
    Field(
        "Price per seat a year",
        "seats.price",
        "Of one seat, for a year, in the cost's currency.",
        11,
        form="number",
    ),
    Field("Personal data", "personal_data", "Does it hold personal data?", 9, "yes or no"),
    Field(
        "DPA",
        "privacy.dpa",
        "Data processing agreement (AVV). missing only where you know that there is none.",
        11,
        "agreement",
    ),
    Field(
        "Hosted in",
        "privacy.hosted_in",
        "Region or country where the data is held: EU, US, DE.",
        12,
        "region",
        several=True,
    ),
    Field(
        "Transfer",
        "privacy.transfer",
        "What allows the transfer out of the region of the people.",
        11,
        "transfer",
    ),
    Field(
        "Retention days", "privacy.retention_days", "How many days data is kept.", 10, form="number"
    ),
    Field(
        "Data objects",
        "data",
        "What it does with data, as `contact: store, activate; order: "
        "store`. Once written, that is all it does. none: it holds none.",
        26,
    ),
    Field(
        "Channels",
        "channels",
        "Where it contacts people: email; sms; (transactional) behind one "
        "that is only for that. none: nowhere.",
        16,
        "channel",
        several=True,
    ),
    Field(
        "Gated by",
        "gated_by",
        "The consent tool that holds it back until consent is given. none: nothing does.",
        16,
    ),
    Field(
        "Integrations known",
        "integrations_known",
        "Are all integrations of this tool on the sheet Integrations? none: it exchanges nothing.",
        12,
        "known",
    ),
    Field(
        "Kind",
        "kind",
        "service is an agency or data provider, own-channel a website or app.",
        12,
        "kind",
    ),
    Field(
        "Instance",
        "instance",
        "Names a second account of one product that is there on purpose.",
        12,
    ),
    Field("Runs inside", "runs_inside", "The tool it is an app of.", 14),
    Field("Environment", "environment", "Empty: production.", 12, "environment"),
    Field(
        "Scopes",
        "scopes",
        "Brands, regions or units it serves. Empty: the whole company.",
        14,
        several=True,
    ),
    Field("Retires on", "retires_on", f"The last day of use. {_DAY}", 12, form="day"),
    Field(
        "Business fit",
        "fit.business",
        "The owner's rating: 1 (poor) to 5 (excellent).",
        8,
        "rating",
        form="number",
    ),
    Field(
        "Technical fit",
        "fit.technical",
        "The owner's rating: 1 (poor) to 5 (excellent).",
        8,
        "rating",
        form="number",
    ),
    Field("URL", "url", "Where the tool is found.", 22),
    Field("Notes", "notes", "Free text; it is shown in the report.", 40),
    Field(
        "Reviewed", "reviewed", f"The day someone last confirmed the row. {_DAY}", 12, form="day"
    ),
    Field("Disputed", "disputed", "yes, or what another source says.", 16),
)

INTEGRATIONS: Final[tuple[Field, ...]] = (
    Field("Id", "id", _ID, 22, form="reference"),
    Field("From", "from", "The tool that sends: as on the sheet Tools, or unknown.", 24),
    Field("To", "to", "The tool that receives: as on the sheet Tools, or unknown.", 24),
    Field("Direction", "direction", "Empty: one-way.", 11, "direction"),
    Field(
        "Objects",
        "objects",
        "Which data it carries, with ; between them. Empty: not known.",
        26,
        "object",
        several=True,
    ),
    Field("Only", "only", "What part of it passes, where not all does.", 18),
    Field("Method", "method", "How the data moves.", 16, "method"),
    Field(
        "How often", "every", "A word of the list, or 15m, 4h, 2d.", 13, "interval", several=True
    ),
    Field("Via", "via", "The tool that carries it (Zapier, Segment). none: it is direct.", 16),
    Field("Match on", "match_on", "The key both ends share: email. none: there is none.", 14),
    Field("Who wins", "field_owner", "For two-way syncs: who wins a conflict. none: nobody.", 14),
    Field(
        "Gated by", "gated_by", "The consent tool that holds it back until consent is given.", 16
    ),
    Field(
        "Status",
        "status",
        "Empty: it works. absent: you know that there is none.",
        10,
        "integration status",
    ),
    Field("Owner", "owner", _OWNER, 20),
    Field("Technical owner", "technical_owner", _OWNER, 18),
    Field(
        "Last verified",
        "last_verified",
        f"The day it was last seen working. {_DAY}",
        12,
        form="day",
    ),
    Field("Notes", "notes", "Free text.", 36),
    Field("Reviewed", "reviewed", _DAY, 12, form="day"),
    Field("Disputed", "disputed", "yes, or what another source says.", 16),
)

CONTRACTS: Final[tuple[Field, ...]] = (
    Field(
        "Contract id", "id", "A short name; rows of the sheet Tools name it.", 20, form="reference"
    ),
    Field("Vendor", "vendor", "The vendor.", 24),
    Field(
        "Cost",
        "cost",
        "Of the whole contract; leave the cost of its tools empty.",
        12,
        form="number",
    ),
    Field("Cost per", "cost_per", "Empty: a year.", 9, "per"),
    Field("Currency", "currency", "Empty: the company's.", 9),
    Field("Ends", "ends", f"The last day of the current term. {_DAY}", 12, form="day"),
    Field(
        "Notice days",
        "notice_days",
        "How many days before the end notice must be given.",
        9,
        form="number",
    ),
    Field(
        "Auto-renews",
        "auto_renews",
        "Does it renew by itself when nobody gives notice?",
        9,
        "yes or no",
    ),
    Field("Owner", "owner", _OWNER, 22),
    Field("Notes", "notes", "Free text.", 40),
)

TEAMS: Final[tuple[Field, ...]] = (
    Field("Team id", "id", "A short name; other sheets name it.", 20, form="reference"),
    Field("Team", "name", "The team's name.", 30),
)

SHEETS: Final[dict[str, tuple[Field, ...]]] = {
    "Tools": TOOLS,
    "Integrations": INTEGRATIONS,
    "Contracts": CONTRACTS,
    "Teams": TEAMS,
}


def lists(catalogue: Catalogue, teams: list[str]) -> dict[str, list[str]]:
    """Return the lists that cells are chosen from, by name."""
    return {
        "tool status": list(get_args(schema.ToolStatus)),
        "integration status": list(get_args(schema.FlowStatus)),
        "kind": list(get_args(schema.Kind)),
        "environment": list(get_args(schema.Environment)),
        "direction": list(get_args(schema.Direction)),
        "yes or no": ["yes", "no"],
        "per": list(get_args(schema.Per)),
        "agreement": list(get_args(schema.Agreement)),
        "transfer": list(get_args(schema.Transfer)),
        "known": list(get_args(schema.Known)),
        "rating": ["1", "2", "3", "4", "5"],
        "interval": list(LATENCY_WORDS),
        "method": sorted(m for m in catalogue.methods if m not in ("none", "sso-only")),
        "object": list(catalogue.objects),
        "channel": list(catalogue.channels),
        "region": list(catalogue.regions),
        "capability": sorted(catalogue.capabilities),
        "team": teams,
    }
