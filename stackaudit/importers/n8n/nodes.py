"""What a node of n8n is: which product, reading or writing, and of what.

The table ``nodes.csv`` holds facts of n8n's public node descriptions: the name of each node type,
the resource and operation it has when an export does not say (a value at its default is left out),
and since which version; the product is ours. A type is ``n8n-nodes-base.hubspot``; its trigger
``n8n-nodes-base.hubspotTrigger``; as the tool of an AI agent ``n8n-nodes-base.hubspotTool``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

Way = Literal["reads", "writes", "receives", "none"]
"""``receives``: data goes in and comes back changed, as with a language model."""

LANGCHAIN: Final = "@n8n/n8n-nodes-langchain"
BASE: Final = "n8n-nodes-base"
_READS: Final = re.compile(
    r"^(get|list|search|find|read|lookup|download|count|query|select|fetch|export|retrieve|check"
    r"|info|history|status|report|enrich|members?$|replies|me$|load|email(Finder|Verifier)|domain"
    r"|me(ta|dia)Url|stats|statistics|is[A-Z]|availability|scrape|extract)",
)
_CHANGES: Final = re.compile(r"=?\s*(insert|update|delete|merge|upsert|replace)\b", re.IGNORECASE)
_READERS: Final = frozenset(
    (
        "airtop",
        "jinaAi",
        "peekalink",
        "hackerNews",
        "brandfetch",
        "clearbit",
        "hunter",
        "uplead",
        "openWeatherMap",
        "marketstack",
        "coinGecko",
        "mailcheck",
        "dropcontact",
        "humanticAi",
    )
)
"""Nodes that only ever fetch, whatever their operation is called."""
_WRITERS: Final = frozenset(("emailSend", "facebookGraphApi"))
TASKS: Final = frozenset(
    (
        "trello",
        "asana",
        "clickUp",
        "jira",
        "linear",
        "mondayCom",
        "todoist",
        "taiga",
        "wekan",
        "googleTasks",
        "microsoftToDo",
    )
)
CONTENT: Final = frozenset(
    ("wordpress", "ghost", "webflow", "strapi", "contentful", "storyblok", "medium", "cockpit")
)
POSTS: Final = frozenset(("twitter", "linkedIn", "facebookGraphApi", "facebook", "reddit"))
FORMS: Final = frozenset(
    ("typeform", "jotForm", "formstack", "wufoo", "formIo", "koBoToolbox", "form")
)
SUPPORT: Final = frozenset(
    ("intercom", "zendesk", "freshdesk", "helpScout", "drift", "zammad", "freshservice")
)
TICKETS: Final = frozenset(("zendesk", "freshdesk", "zammad", "freshservice"))
MEETINGS: Final = frozenset(("calendly", "cal", "acuityScheduling"))
PEOPLE: Final = SUPPORT | {"customerIo", "iterable", "vero", "segment", "keap"}
"""Nodes whose "user" is a person the company talks to, not a colleague."""
SILENT: Final = frozenset(
    (
        *("slack", "telegram", "discord", "mattermost", "microsoftTeams", "whatsApp", "gmail"),
        *("googleSheets", "googleDrive", "googleDocs", "notion", "baserow", "nocoDb", "twilio"),
        *("microsoftExcel", "microsoftOutlook", "googleChat", "rocketchat", "line", "box"),
        *("airtable", "dropbox", "zoom"),
    )
)
"""Nodes whose resources are places for anything: a row, a message, a file."""
_WORDS: Final = (
    (
        r"\b(opened|clicked|bounced|replied|delivered|emails? (open|click|sent))\b",
        "message-engagement",
    ),
    (r"ecommerce ?order|sales ?order|purchase ?order|\borders?\b|\bsales?\b", "order"),
    (r"\b(carts?|checkouts?)\b", "cart"),
    (r"\binvoices?\b", "invoice"),
    (r"\b(charges?|payments?|payouts?|refunds?)\b", "payment"),
    (r"\bsubscriptions?\b", "subscription"),
    (r"\b(tickets?|cases?)\b", "ticket"),
    (r"\b(conversations?|convo)\b", "conversation"),
    (r"\bleads?\b", "lead"),
    (r"\bcontact ?lists?|\b(user ?)?lists?\b|\b(segments?|audiences?)\b", "segment"),
    (r"\b(compan(y|ies)|organi[sz]ations?|accounts?)\b", "account"),
    (r"\b(contacts?|persons?|people|prospects?|customers?|subscribers?|members?)\b", "contact"),
    (r"\b(un)?subscribe[ds]?\b", "contact"),
    (r"\b(deals?|opportunit(y|ies))\b", "opportunity"),
    (r"\bproducts?\b|\binventory\b", "product"),
    (r"\bcampaigns?\b", "campaign"),
    (r"\b(engagements?|activit(y|ies)|calls?|meetings?|notes?|tasks?)\b", "activity"),
    (r"\b(forms?|submissions?|responses?)\b", "form-submission"),
    (r"\b(quotes?|proposals?|estimates?)\b", "quote"),
    (r"\breviews?\b", "review"),
    (r"\bsurveys?\b", "survey-response"),
)


@dataclass(frozen=True, slots=True)
class NodeType:
    """A row of the table."""

    node: str
    name: str
    product: str | None
    role: str
    """``tool``; ``receives``; ``store`` of vectors; ``flow``: no tool, data passes through."""
    defaults: str
    since: float
    before: str
    polls: bool


@cache
def _table() -> dict[tuple[str, str], NodeType]:
    text = resources.files(__package__).joinpath("nodes.csv").read_text("utf-8")
    return {
        (row["package"], row["node"].casefold()): NodeType(
            row["node"],
            row["name"],
            row["product"] or None,
            row["role"],
            row["defaults"],
            float(row["since"] or 0),
            row["before"],
            bool(row["polls"]),
        )
        for row in csv.DictReader(text.splitlines())
    }


def node_type(written: str) -> tuple[NodeType | None, bool]:
    """Return the row of a type as exports write it, and whether it is a trigger.

    ``n8n-nodes-base.hubspotTrigger`` and ``…hubspotTool`` are the row ``hubspot``.
    """
    package, _, name = written.rpartition(".")
    trigger = name.endswith("Trigger") and name != "Trigger"
    for known in (name, name.removesuffix("Trigger"), name.removesuffix("Tool")):
        row = _table().get((package, known.casefold()))
        if row is not None:
            return row, trigger
    return None, trigger


def resource_and_operation(
    row: NodeType, parameters: Mapping[str, Any], version: float
) -> tuple[str, str]:
    """Return what a node works on and what it does there; defaults where the export is silent."""
    written = row.before if row.before and version < row.since else row.defaults
    pairs = [p.partition(":")[::2] for p in written.split()]
    resource = parameters.get("resource")
    if not isinstance(resource, str):
        resource = pairs[0][0] if pairs else ""
    operation = parameters.get("operation")
    if not isinstance(operation, str):
        operation = dict(pairs).get(resource, "")
    return resource, operation


def way(row: NodeType, operation: str, parameters: Mapping[str, Any]) -> Way:
    """Return whether an operation reads from its tool or writes into it."""
    if row.role == "flow":
        return "none"
    if row.role == "receives":
        return "receives"
    if row.role == "store":
        return "writes" if str(parameters.get("mode", "")).startswith("insert") else "reads"
    if row.node in _READERS:
        return "reads"
    if row.node in _WRITERS:
        return "writes"
    if operation in ("executeQuery", "query", "aggregate", "execute"):
        asked = parameters.get("query") or parameters.get("sqlQuery") or ""
        return "writes" if _CHANGES.match(str(asked)) else "reads"
    if operation.startswith(("getOrCreate", "createOrGet")):
        return "writes"
    return "reads" if _READS.match(operation) else "writes"


def object_of(row: NodeType, words: str) -> str | None:
    """Return the data object that a resource, an event or a topic is about, where it is one."""
    node = row.node
    if node in TASKS:
        return "project-task"
    if node in POSTS:
        return "social-post"
    if node in FORMS:
        return "form-submission"
    if node in MEETINGS:
        return "activity"
    fixed = {"facebookLeadAds": "lead", "surveyMonkey": "survey-response", "gong": "call"}
    fixed |= {"googleAnalytics": "metric-report", "googleAds": "ad-performance"}
    fixed |= {"postHog": "behavioural-event", "eventbrite": "marketing-event", "hunter": "contact"}
    if node in fixed:
        return fixed[node]
    if node in SILENT:
        return None
    text = re.sub(r"(?<=[a-z])(?=[A-Z])|[._/:-]", " ", words)
    if node == "segment":
        return {"identify": "contact", "group": "account"}.get(text.lower(), "behavioural-event")
    if node == "stripe" and re.search(r"checkout", text, re.IGNORECASE):
        return "payment"
    for pattern, made in _WORDS:
        if re.search(pattern, text, re.IGNORECASE):
            return made
    if node in CONTENT:
        return "content-asset"
    if node in TICKETS:
        return "ticket"
    people = node in PEOPLE and re.search(r"\busers?\b", text, re.IGNORECASE)
    return "contact" if people else None
