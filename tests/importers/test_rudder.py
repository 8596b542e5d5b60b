"""RudderStack workspaces: the JSON of the control plane, the YAML of the command line tool."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.plan import new_inventory
from stackaudit.importers.rudder.definitions import DESTINATIONS, WAREHOUSES
from stackaudit.importers.rudder.importer import Rudder

CATALOGUE = load_catalogue()
SECRET = "sk_live_" + "a1B2c3D4" * 4


def destination(ident: str, kind: str, shown: str = "", **more: Any) -> dict[str, Any]:
    made = {
        "id": ident,
        "name": f"My {ident}",
        "enabled": True,
        "config": {"apiKey": SECRET},
        "destinationDefinition": {"name": kind, "displayName": shown},
    }
    return made | more


def source(ident: str, kind: str, *fed: dict[str, Any], **more: Any) -> dict[str, Any]:
    made = {
        "id": ident,
        "name": f"My {ident}",
        "enabled": True,
        "writeKey": SECRET,
        "sourceDefinition": {"name": kind, "displayName": kind},
        "destinations": list(fed),
    }
    return made | more


def parse(document: Any = None, **files: str) -> Found:
    given = {"workspaceConfig.json": json.dumps(document)} if document is not None else files
    bundle = Bundle(
        "space", tuple(SourceFile(n, t.encode()) for n, t in given.items()), folder=True
    )
    assert Rudder().recognises(bundle)
    return Rudder().parse(bundle, Setting(CATALOGUE))


def flows(found: Found) -> set[tuple[str, str, str, str]]:
    names = {t.key: t.name for t in found.tools} | {"unknown": "unknown"}
    return {
        (names[i.from_], names[i.to], i.facts["method"], str(i.facts.get("status", "live")))
        for i in found.integrations
    }


def test_sources_destinations_and_what_is_off() -> None:
    found = parse(
        {
            "sources": [
                source("web", "Javascript", destination("ga", "GA", "Google Analytics")),
                source("dw", "bigquery", destination("hs", "HS", enabled=False)),
                source("old", "Stripe", destination("am", "AM"), enabled=False),
                source("alone", "iOS"),
                source("gone", "Go", deleted=True),
            ]
        }
    )
    assert flows(found) == {
        ("My web", "RudderStack", "sdk-pixel", "live"),
        ("My alone", "RudderStack", "sdk-pixel", "live"),
        ("BigQuery", "RudderStack", "reverse-etl", "live"),
        ("Stripe", "RudderStack", "native-connector", "paused"),
        ("RudderStack", "Universal Analytics", "cdp", "live"),
        ("RudderStack", "HubSpot Marketing Hub", "cdp", "paused"),
        ("RudderStack", "Amplitude", "cdp", "paused"),
    }
    assert found.counts == {
        "sources": 4,
        "disabled sources": 1,
        "sources without a destination": 1,
        "destinations": 3,
        "disabled destinations": 1,
        "connections": 3,
        "deleted sources and destinations": 1,
    }


def test_one_destination_of_two_sources_is_one_and_its_own_code_is_said() -> None:
    shared = destination("sf", "SNOWFLAKE", transformations=[{"id": "t", "config": {"code": "x"}}])
    found = parse(
        {"sources": [source("web", "Javascript", shared), source("app", "Flutter", shared)]}
    )
    (flow,) = [i for i in found.integrations if i.from_ == "rudderstack"]
    assert flow.facts["method"] == "etl-elt"
    notes = "In RudderStack: My sf (from My web, My app, transformed by own code)"
    assert flow.facts["notes"] == notes
    assert found.counts["destinations"] == 1
    assert found.counts["transformations"] == 1


def test_the_dashboards_lists_say_who_is_connected() -> None:
    found = parse(
        {
            "metadata": {
                "sourceListStore": {"sources": [source("web", "Javascript")]},
                "destinationListStore": {
                    "destinations": [
                        destination("s", "SLACK"),
                        destination("x", "WEBHOOK"),
                        destination("free", "KLAVIYO"),
                    ]
                },
                "connectionsStore": {"connections": {"web": ["s", "x"]}},
            }
        }
    )
    assert flows(found) == {
        ("My web", "RudderStack", "sdk-pixel", "live"),
        ("RudderStack", "Slack", "cdp", "live"),
        ("RudderStack", "unknown", "cdp", "live"),
    }
    assert found.counts["destinations without a source"] == 1
    assert [n.kind for n in found.notices] == ["question"]


def test_one_source_alone_is_read() -> None:
    found = parse(
        {"metadata": {"version": 1}, "source": source("web", "Node", destination("s", "S3"))}
    )
    assert ("RudderStack", "Amazon S3", "etl-elt", "live") in flows(found)
    assert ("My web", "RudderStack", "rest-api", "live") in flows(found)


def test_the_yaml_of_the_command_line_tool_is_read() -> None:
    found = parse(
        **{
            "s.yaml": "version: rudder/v1\nkind: event-stream-source\n"
            "spec: {id: web, name: Shop, type: javascript}\n",
            "d.yaml": "version: rudder/v1\nkind: destination\n"
            "spec: {id: hs, display_name: Sales, type: hs, config: {token: '{{ .T }}'}}\n",
            "c.yaml": "version: rudder/v1\nkind: event-stream-connections\nspec:\n  connections:\n"
            "  - {id: c, source: '#event-stream-source:web', destination: '#destination:hs',"
            " enabled: false}\n",
            "x.yaml": "version: rudder/v1\nkind: [\n",
        }
    )
    assert flows(found) == {
        ("Shop", "RudderStack", "sdk-pixel", "live"),
        ("RudderStack", "HubSpot Marketing Hub", "cdp", "paused"),
    }
    assert found.counts["disabled connections"] == 1
    assert found.partial


def test_nothing_secret_is_taken(tmp_path: Path) -> None:
    found = parse(
        {"sources": [source("web", "Javascript", destination("d", "HS", name=f"x {SECRET}"))]}
    )
    draft = combine([found], CATALOGUE)
    text = "".join(new_inventory(draft, tmp_path / "i.yaml", CATALOGUE, "x").files.values())
    assert SECRET not in text + repr(found)
    assert found.dropped["settings or key of a source or destination"] == 2


def test_strange_shapes_are_said_and_nothing_at_all_is_a_failure() -> None:
    good = source("web", "Javascript", destination("s", "SLACK"))
    found = parse({"sources": [None, 7, good | {"destinations": [3]}, good]})
    assert found.partial
    assert found.counts["sources"] == 1
    with pytest.raises(ImportFailure, match="no source or destination"):
        parse({"sources": None, "metadata": {"sourceListStore": None, "sourceDefinition": 1}})


def test_definitions_lead_to_products_of_the_catalogue() -> None:
    assert {p for p in DESTINATIONS.values() if p} | WAREHOUSES <= set(CATALOGUE.products)
