"""Airbyte, Fivetran, Hightouch and Segment by their APIs: connections as flows, counted."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import Bundle, Found, ImportFailure, SourceFile
from stackaudit.importers.registry import installed
from stackaudit.importers.text import inventory_text
from tests.importers.services import ENVIRONMENT, PERSON, SECRET, TOKEN, Recorded, flows, parsed

AIR = "api.airbyte.com/v1"
FIVE = "api.fivetran.com/v1"
HIGH = "api.hightouch.com/api/v1"
SEG = "eu1.api.segmentapis.com"
JSON = dict[str, Any]


def by_offset(*entries: JSON) -> Callable[[httpx.Request], httpx.Response]:
    """Return an answer in pages of ``limit`` from ``offset``, as Airbyte and Hightouch give it."""

    def answer(request: httpx.Request) -> httpx.Response:
        limit, offset = (int(request.url.params[k]) for k in ("limit", "offset"))
        page = entries[offset : offset + limit]
        more = offset + limit < len(entries)
        following = f"https://evil.test/?offset={offset + limit}" if more else ""
        return httpx.Response(200, json={"data": page, "next": following, "hasMore": more})

    return answer


def by_cursor(name: str, pages: list[list[JSON]]) -> Callable[[httpx.Request], httpx.Response]:
    """Return an answer of Fivetran (``cursor``) or Segment (``pagination[cursor]``)."""

    def answer(request: httpx.Request) -> httpx.Response:
        params = request.url.params
        number = int(params.get("cursor", params.get("pagination[cursor]", "0")))
        following = str(number + 1) if number + 1 < len(pages) else None
        data: JSON = {name: pages[number], "next_cursor": following}
        data["pagination"] = {"current": str(number), "next": following}
        return httpx.Response(200, json={"code": "Success", "data": data})

    return answer


# ---------------------------------------------------------------- Airbyte


def air_end(kind: str, number: int, type_: str, name: str) -> JSON:
    """Return a source or destination of Airbyte, with what must not be taken."""
    return {
        f"{kind}Id": f"{kind}-{number}",
        "name": name,
        f"{kind}Type": type_,
        "workspaceId": "w-1",
        "createdAt": 1700000000,
        "configuration": {"client_secret": SECRET, "username": PERSON},
    }


def air_connection(number: int, source: int, to: int, *streams: str, **others: Any) -> JSON:
    """Return a connection of Airbyte."""
    return {
        "connectionId": f"connection-{number}",
        "name": f"connection {number}",
        "sourceId": f"source-{source}",
        "destinationId": f"destination-{to}",
        "workspaceId": "w-1",
        "status": "active",
        "schedule": {"scheduleType": "basic", "basicTiming": "Every 24 HOURS"},
        "configurations": {
            "streams": [{"name": s, "syncMode": "incremental_append"} for s in streams]
        },
        **others,
    }


CRON = {"scheduleType": "cron", "cronExpression": "0 */15 * * * ? UTC"}
AIRBYTE = {
    "workspaces": [{"workspaceId": "w-1", "name": "Northwind", "notifications": {"to": PERSON}}],
    "sources": [
        air_end("source", 1, "salesforce", "Salesforce production"),
        air_end("source", 2, "facebook-marketing", "Facebook DE"),
        air_end("source", 3, "facebook-marketing", "Facebook UK"),
        air_end("source", 4, "postgres", "Shop database"),
        air_end("source", 5, "faker", "try it"),
        air_end("source", 6, "hubspot", "HubSpot, not used"),
        air_end("source", 7, "price-spider", f"Price spider {PERSON}"),
    ],
    "destinations": [
        air_end("destination", 1, "bigquery", "Warehouse"),
        air_end("destination", 2, "s3", "Lake"),
    ],
    "connections": [
        air_connection(1, 1, 1, "Contact", "Opportunity", "Account", "ApexClass"),
        air_connection(2, 2, 1, "ads_insights", "campaigns", schedule=CRON),
        air_connection(3, 3, 1, "ads_insights", "ad_sets", status="inactive"),
        air_connection(4, 4, 1, "orders", schedule={"scheduleType": "manual"}),
        air_connection(5, 5, 1, "users"),
        air_connection(6, 7, 2, "prices", status="deprecated", schedule=None),
        air_connection(7, 99, 1, "gone"),
        air_connection(8, 1, 1, "Lead", schedule=CRON),
    ],
}


def airbyte(**others: Any) -> Recorded:
    """Return an Airbyte that answers."""
    lists = {**AIRBYTE, **others}
    return Recorded({f"{AIR}/{name}": by_offset(*entries) for name, entries in lists.items()})


def test_connections_of_airbyte_are_flows_with_what_it_says_about_them() -> None:
    found = parsed(airbyte().fetch("airbyte:api.airbyte.com"), "airbyte")
    assert found.counts == {
        "connections": 8,
        "paused": 1,
        "deprecated": 1,
        "sources": 7,
        "destinations": 2,
    }
    etl = {"method": "etl-elt", "via": "service"}
    assert flows(found) == {
        "Salesforce Sales Cloud -> BigQuery": {
            **etl,
            "objects": ["account", "contact", "lead", "opportunity"],
            "every": "15m-1d",
            "status": "live",
        },
        "Meta Ads -> BigQuery": {
            **etl,
            "objects": ["ad-performance", "campaign"],
            "every": "15m",
            "status": "live",
        },
        "Shop database -> BigQuery": {
            **etl,
            "objects": ["order"],
            "every": "manual",
            "status": "live",
        },
        "Price spider -> Lake": {**etl, "status": "retired"},
    }


def test_what_nobody_knows_is_taken_as_it_is_called_and_asked_about() -> None:
    found = parsed(airbyte().fetch("airbyte:"), "airbyte")
    asked = [n.text for n in found.notices if n.kind == "question"]
    assert asked == [
        (
            "which systems are these (Airbyte type price-spider): Price spider? "
            "Taken as they are called"
        ),
        "which systems are these (Amazon S3): Lake? Taken as they are called",
        "which systems are these (PostgreSQL): Shop database? Taken as they are called",
    ]
    left = [str(n.text) for n in found.notices if n.kind == "left-out"]
    assert left == [
        "the source of a connection is in no list",
        "sample data and logs of its own: try it",
    ]
    assert any("without a connection: HubSpot, not used" in n.text for n in found.notices)


def test_three_pages_of_airbyte_are_read_by_offset_and_its_next_address_is_not() -> None:
    many = [air_connection(n, 1, 1, "Contact") for n in range(250)]
    service = airbyte(connections=many)
    found = parsed(service.fetch("airbyte:"), "airbyte")
    assert found.counts["connections"] == 250
    pages = [r for r in service.asked if r.url.path.endswith("/connections")]
    assert [r.url.params["offset"] for r in pages] == ["0", "100", "200"]
    assert {r.headers["host"] for r in service.asked} == {"api.airbyte.com"}
    assert "reading https://api.airbyte.com/v1/connections page 3" in service.shown


def test_an_id_and_a_secret_become_a_token_that_reads() -> None:
    login: list[JSON] = []

    def token(request: httpx.Request) -> httpx.Response:
        login.append(json.loads(request.content))
        return httpx.Response(200, json={"access_token": TOKEN})

    service = airbyte()
    service.answers[f"{AIR}/applications/token"] = token
    pair = {"AIRBYTE_CLIENT_ID": "id-1", "AIRBYTE_CLIENT_SECRET": SECRET}
    service.fetch("airbyte:", pair)
    assert login == [
        {"client_id": "id-1", "client_secret": SECRET, "grant-type": "client_credentials"}
    ]
    assert service.asked[0].method == "POST"
    assert {r.headers["authorization"] for r in service.asked[1:]} == {f"Bearer {TOKEN}"}
    assert SECRET not in repr(service.shown)


@pytest.mark.parametrize("environment", [{}, {"AIRBYTE_CLIENT_ID": "id-1"}])
def test_without_a_token_every_variable_that_would_do_is_named(environment: JSON) -> None:
    with pytest.raises(ImportFailure, match="AIRBYTE_TOKEN is not set, nor AIRBYTE_CLIENT_ID"):
        airbyte().fetch("airbyte:", environment)


def test_a_log_in_that_is_sent_elsewhere_is_not_followed() -> None:
    service = airbyte()
    service.answers[f"{AIR}/applications/token"] = lambda _: httpx.Response(
        307, headers={"location": "https://evil.test/"}
    )
    with pytest.raises(ImportFailure, match="sends the log-in elsewhere") as failure:
        service.fetch("airbyte:", {"AIRBYTE_CLIENT_ID": "i", "AIRBYTE_CLIENT_SECRET": SECRET})
    assert len(service.asked) == 1
    assert SECRET not in str(failure.value)


def test_a_host_of_ones_own_is_asked_where_the_user_vouches_for_it() -> None:
    own = "airbyte.northwind.example"
    lists = {f"{own}/api/public/v1/{n}": by_offset(*e) for n, e in AIRBYTE.items()}
    with pytest.raises(ImportFailure, match="no host of airbyte"):
        Recorded(lists).fetch(f"airbyte:{own}")
    found = parsed(Recorded(lists).fetch(f"airbyte:{own}", allowed=(own,)), "airbyte")
    assert found.source == own
    assert len(found.integrations) == 4


# ---------------------------------------------------------------- Fivetran


def five(own: str, service: str, schema: str, **others: Any) -> JSON:
    """Return a connection of Fivetran."""
    return {
        "id": own,
        "service": service,
        "schema": schema,
        "group_id": "sales_group",
        "paused": False,
        "sync_frequency": 360,
        "connected_by": "jane_doe",
        "config": {"api_key": SECRET, "email": PERSON},
        "status": {"setup_state": "connected", "sync_state": "scheduled", "tasks": []},
        **others,
    }


GROUPS = [{"id": "sales_group", "name": "Warehouse"}, {"id": "old_group", "name": "Old"}]
DESTINATIONS = [
    {
        "id": "sales_group",
        "service": "snowflake",
        "group_id": "sales_group",
        "config": {"k": SECRET},
    }
]
PAGES = [
    [five("a", "google_ads", "google_ads"), five("b", "facebook_ads", "fb", paused=True)],
    [five("c", "hubspot", "hubspot", status={"setup_state": "broken"}, paused=False)],
    [
        five("d", "google_sheets", "sheets.orders", sync_frequency="60"),
        five("e", "stripe", "stripe", status={"setup_state": "incomplete"}),
        five("f", "fivetran_log", "log"),
        five("g", "postgres_rds", "app_db", schedule_type="manual"),
    ],
]


def fivetran() -> Recorded:
    """Return a Fivetran that answers."""
    return Recorded(
        {
            f"{FIVE}/groups": by_cursor("items", [GROUPS[:1], GROUPS[1:]]),
            f"{FIVE}/destinations": by_cursor("items", [DESTINATIONS]),
            f"{FIVE}/groups/sales_group/connections": by_cursor("items", PAGES),
            f"{FIVE}/groups/old_group/connections": by_cursor(
                "items", [[five("h", "klaviyo", "klaviyo", group_id="old_group")]]
            ),
        }
    )


def test_connections_of_fivetran_load_into_the_destination_of_their_group() -> None:
    service = fivetran()
    found = parsed(service.fetch("fivetran:"), "fivetran")
    assert found.counts == {"connections": 8, "paused": 1, "broken": 1, "destinations": 1}
    etl = {"method": "etl-elt", "via": "service"}
    assert flows(found) == {
        "Google Ads -> Snowflake": {**etl, "every": "6h", "status": "live"},
        "Meta Ads -> Snowflake": {**etl, "every": "6h", "status": "paused"},
        "HubSpot Marketing Hub -> Snowflake": {**etl, "every": "6h", "status": "broken"},
        "Google Sheets -> Snowflake": {
            **etl,
            "objects": ["order"],
            "every": "hourly",
            "status": "live",
        },
        "app_db -> Snowflake": {**etl, "every": "manual", "status": "live"},
        "Klaviyo -> unknown": {**etl, "every": "6h", "status": "live"},
    }
    assert any("never set up to their end: stripe" in n.text for n in found.notices)
    pair = base64.b64encode(f"{TOKEN}:{SECRET}".encode()).decode()
    assert {r.headers["authorization"] for r in service.asked} == {f"Basic {pair}"}


def test_a_group_that_may_not_be_read_is_said_and_the_others_are_kept() -> None:
    service = fivetran()
    service.answers[f"{FIVE}/groups/old_group/connections"] = lambda _: httpx.Response(403)
    found = parsed(service.fetch("fivetran:"), "fivetran")
    assert found.partial
    assert len(found.integrations) == 5
    assert any("old_group/connections does not allow" in n.text for n in found.notices)


def test_fivetran_has_one_host_and_nothing_is_sent_to_another() -> None:
    service = fivetran()
    with pytest.raises(ImportFailure, match="no account of fivetran"):
        service.fetch("fivetran:evil.test")
    assert service.asked == []


# ---------------------------------------------------------------- Hightouch

INTERVAL = {
    "type": "interval",
    "schedule": {"interval": {"unit": "hour", "quantity": 6}},
}
HIGHTOUCH: dict[str, list[JSON]] = {
    "sources": [
        {"id": "1", "name": "DWH", "type": "snowflake", "configuration": {"password": SECRET}},
        {"id": "2", "name": "Sample", "type": "sample-data"},
    ],
    "models": [
        {"id": "10", "name": "Contacts", "sourceId": "1", "primaryKey": "email",
         "queryType": "raw_sql", "raw": {"sql": f"select '{PERSON}'"}},
        {"id": "11", "name": "Churn scores", "sourceId": "1", "primaryKey": "id"},
        {"id": "12", "name": "Try", "sourceId": "2", "primaryKey": "id"},
    ],
    "destinations": [
        {"id": "20", "name": "Braze EU", "type": "braze", "syncs": ["30", "31"]},
        {"id": "21", "name": "CRM", "type": "salesforce", "syncs": ["32"]},
        {"id": "22", "name": "Loyalty server", "type": "http-request", "syncs": ["33"]},
    ],
    "syncs": [
        {"id": "30", "slug": "contacts-to-braze", "modelId": "10", "destinationId": "20",
         "primaryKey": "email", "disabled": False, "schedule": INTERVAL, "status": "success",
         "configuration": {"apiKey": SECRET}},
        {"id": "31", "slug": "scores-to-braze", "modelId": "11", "destinationId": "20",
         "primaryKey": "id", "disabled": True, "schedule": None, "status": "disabled"},
        {"id": "32", "slug": "contacts-to-crm", "modelId": "10", "destinationId": "21",
         "primaryKey": "email", "disabled": False, "status": "failed",
         "schedule": {"type": "cron", "schedule": {"expression": "0 6 * * 1"}}},
        {"id": "33", "slug": "scores-to-loyalty", "modelId": "11", "destinationId": "22",
         "primaryKey": "id", "disabled": True, "schedule": {"type": "manual", "schedule": {}}},
        {"id": "34", "slug": "try", "modelId": "12", "destinationId": "20", "disabled": False},
        {"id": "35", "slug": "lost", "modelId": "77", "destinationId": "20", "disabled": False},
    ],
}  # fmt: skip


def hightouch() -> Recorded:
    """Return a Hightouch that answers."""
    return Recorded({f"{HIGH}/{name}": by_offset(*e) for name, e in HIGHTOUCH.items()})


def test_syncs_of_hightouch_go_from_the_warehouse_to_their_destination() -> None:
    found = parsed(hightouch().fetch("hightouch:"), "hightouch")
    assert found.counts == {"syncs": 6, "disabled": 2, "models": 3, "destinations": 3}
    back = {"method": "reverse-etl", "via": "service"}
    assert flows(found) == {
        "Snowflake -> Braze": {
            **back,
            "objects": ["contact"],
            "every": "6h",
            "status": "live",
            "match_on": ["email"],
        },
        "Snowflake -> Salesforce Sales Cloud": {
            **back,
            "objects": ["contact"],
            "every": "weekly",
            "status": "live",
            "match_on": ["email"],
        },
        "Snowflake -> Loyalty server": {**back, "every": "manual", "status": "paused"},
    }
    assert any("syncs whose last run failed: 1" in n.text for n in found.notices)
    assert any("the model of a sync is in no list" in n.text for n in found.notices)


# ---------------------------------------------------------------- Segment

META = {"id": "m", "name": "Javascript", "slug": "javascript", "categories": ["Website"]}


def segment(**answers: Any) -> Recorded:
    """Return a Segment that answers."""
    source = {"id": "s1", "slug": "web", "name": "Web", "enabled": True, "writeKeys": [SECRET],
              "metadata": META, "workspaceId": "w"}  # fmt: skip
    ends: list[JSON] = [
        {"id": "d1", "name": None, "enabled": True, "sourceId": "s1",
         "settings": {"apiKey": SECRET}, "metadata": {**META, "name": "Amplitude",
                                                      "slug": "amplitude"}},
        {"id": "d2", "name": "Old", "enabled": False, "sourceId": "s1",
         "metadata": {**META, "name": "Braze", "slug": "braze"}},
    ]  # fmt: skip
    subscription = {"id": "x1", "name": "Track", "actionSlug": "logEvent", "actionId": "a1",
                    "destinationId": "d1", "enabled": True, "trigger": 'type = "track"',
                    "settings": {"token": SECRET}}  # fmt: skip
    workspace = {"id": "w", "slug": "northwind", "name": "Northwind"}
    return Recorded(
        {
            f"{SEG}/": {"data": {"workspace": workspace}},
            f"{SEG}/sources": by_cursor("sources", [[source], [], []]),
            f"{SEG}/destinations": by_cursor("destinations", [ends[:1], ends[1:]]),
            f"{SEG}/warehouses": by_cursor("warehouses", [[]]),
            f"{SEG}/destinations/d1/subscriptions": by_cursor("subscriptions", [[subscription]]),
            f"{SEG}/destinations/d2/subscriptions": lambda _: httpx.Response(403),
            **answers,
        }
    )


def test_a_workspace_of_segment_is_fetched_as_the_documents_its_importer_reads() -> None:
    service = segment()
    bundle = service.fetch("segment:eu")
    assert [f.name for f in bundle.files] == [
        "workspace.json",
        "sources.json",
        "destinations.json",
        "warehouses.json",
        "destinations/d1/subscriptions.json",
        "stackaudit.json",
    ]
    ends = json.loads(bundle.files[2].data)["data"]["destinations"]
    assert [(e["id"], e["enabled"], e["metadata"]["slug"]) for e in ends] == [
        ("d1", True, "amplitude"),
        ("d2", False, "braze"),
    ]
    assert SECRET not in b"".join(f.data for f in bundle.files).decode()
    found = parsed(bundle, "segment")
    assert "northwind" in found.title
    assert {"Amplitude", "Braze"} <= {t.name for t in found.tools}


def test_segment_is_asked_in_its_regions_only() -> None:
    service = segment()
    with pytest.raises(ImportFailure, match="no region of Segment"):
        service.fetch("segment:evil.test")
    assert service.asked == []


def test_a_saved_workspace_of_segment_is_recognised_as_a_whole_and_says_what_is_missing() -> None:
    bundle = segment().fetch("segment:eu")
    saved = Bundle("segment-eu", bundle.files, folder=True)
    importer = installed().recognise(saved)
    assert importer is not None
    assert importer.id == "segment"
    found = parsed(saved, "segment")
    assert found.partial
    assert any("destinations/d2/subscriptions does not allow" in n.text for n in found.notices)
    assert found.dropped["connection settings"] == 2


# ---------------------------------------------------------------- all


@pytest.mark.parametrize(
    ("service", "source", "kind"),
    [
        (airbyte, "airbyte:", "airbyte"),
        (fivetran, "fivetran:", "fivetran"),
        (hightouch, "hightouch:", "hightouch"),
        (segment, "segment:eu", "segment"),
    ],
)
def test_secrets_and_people_are_nowhere(
    service: Callable[[], Recorded], source: str, kind: str
) -> None:
    recorded = service()
    bundle = recorded.fetch(source)
    found = parsed(bundle, kind)
    draft = combine([found], load_catalogue(None))
    told = inventory_text(draft, "Northwind", None, None) + repr(found) + repr(recorded.shown)
    told += repr(draft.questions) + b"".join(f.data for f in bundle.files).decode()
    hidden = (TOKEN, SECRET, PERSON, "jane")
    assert not [s for s in hidden if s in told]


def untouched(kind: str, lists: dict[str, Any]) -> Found:
    """Return what is found in answers that somebody saved whole, secrets included."""
    files = tuple(SourceFile(f"{n}.json", json.dumps(e).encode()) for n, e in lists.items())
    bundle = Bundle("saved", files, folder=True)
    importer = installed().recognise(bundle)
    assert importer is not None
    assert importer.id == kind
    return parsed(bundle, kind)


def test_answers_that_were_saved_whole_are_recognised_and_say_the_same() -> None:
    air = untouched("airbyte", {n: {"data": e} for n, e in AIRBYTE.items()})
    assert flows(air) == flows(parsed(airbyte().fetch("airbyte:"), "airbyte"))
    high = untouched("hightouch", {n: {"data": e} for n, e in HIGHTOUCH.items()})
    assert flows(high) == flows(parsed(hightouch().fetch("hightouch:"), "hightouch"))
    lists = {
        "groups": {"data": {"items": GROUPS}},
        "destinations": {"data": {"items": DESTINATIONS}},
        "page-1": {"data": {"items": PAGES[0]}},
        "pages-2-3": [{"data": {"items": p}} for p in PAGES[1:]],
    }
    whole = untouched("fivetran", lists)
    assert len(whole.integrations) == 5
    for found in (air, high, whole):
        told = repr(found) + inventory_text(
            combine([found], load_catalogue(None)), "Northwind", None, None
        )
        assert SECRET not in told
        assert PERSON not in told


@pytest.mark.parametrize("kind", ["airbyte", "fivetran", "hightouch"])
def test_a_document_that_is_broken_off_is_said_and_the_others_are_read(kind: str) -> None:
    made = {"airbyte": airbyte, "fivetran": fivetran, "hightouch": hightouch}[kind]().fetch(
        f"{kind}:"
    )
    first = SourceFile("more.json", made.files[0].data[:-5])
    found = parsed(Bundle(made.name, (*made.files, first), folder=True), kind)
    assert found.partial
    assert any("more.json is no whole JSON document" in n.text for n in found.notices)
    assert len(found.integrations) >= 3


@pytest.mark.parametrize("kind", ["airbyte", "fivetran", "hightouch"])
@pytest.mark.parametrize(
    "text", ["[]", "{}", "[null, 3, [4]]", '{"data": null}', '{"data": [{"id": 1}]}', "7"]
)
def test_strange_documents_are_an_empty_find_or_a_failure_in_words(kind: str, text: str) -> None:
    bundle = Bundle("x.json", (SourceFile("x.json", text.encode()),))
    assert said(bundle, kind) in (
        (0, ""),
        (0, f"there is no connection of {kind.title()} in it"),
        (0, f"there is no sync of {kind.title()} in it"),
    )


def said(bundle: Bundle, kind: str) -> tuple[int, str]:
    """Return how many flows are found, and why there are none."""
    try:
        return len(parsed(bundle, kind).integrations), ""
    except ImportFailure as failure:
        return 0, str(failure)


def test_the_environment_holds_a_variable_for_every_service() -> None:
    needed = {name for service in installed().services for name in service.variables}
    assert needed <= set(ENVIRONMENT)
