"""Segment workspaces: Git sync in HCL, the Public API in JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.plan import new_inventory
from stackaudit.importers.segment.hcl import HclProblem, blocks
from stackaudit.importers.segment.ids import kind_of
from stackaudit.importers.segment.importer import Segment

CATALOGUE = load_catalogue()
SECRET = "sk_live_" + "a1B2c3D4" * 4


def source(ident: str, name: str, kind: str, *, on: bool = True, env: str = "") -> str:
    labels = f'[{{ key = "environment", value = "{env}" }}]' if env else "null"
    return f'''
resource "segment_source" "id-{ident}" {{
  enabled  = {str(on).lower()}
  labels   = {labels}
  metadata = {{ id = "{kind}" }}
  name     = {json.dumps(name) if name else "null"}
  settings = "{{\\"website_url\\":\\"https://www.example.com/x?token={SECRET}\\",\\"apiKey\\":\\"{SECRET}\\"}}"
  slug     = "{ident}"
}}
'''


def destination(
    ident: str, name: str | None, kind: str, fed_by: str = "web", *, on: bool = True
) -> str:
    return f'''
resource "segment_destination" "id-{ident}" {{
  enabled = {str(on).lower()}
  metadata = {{
    contacts = [{{ email = "jane@example.com" }}, ]
    id       = "{kind}"
  }}
  name     = {json.dumps(name)}
  settings = jsonencode({{ apiKey = "{SECRET}", "nested" = {{ list = [1, 2.5, null] }} }})
  source_id = "{fed_by}"
}}
'''


def subscription(ident: str, of: str, name: str, trigger: str, *, on: bool = True) -> str:
    return f'''
resource "segment_destination_subscription" "id-{of}_{ident}" {{
  destination_id = "{of}"
  enabled        = {str(on).lower()}
  name           = "{name}"
  settings       = "{{}}"
  trigger        = {json.dumps(trigger)}
}}
'''


JS, IOS, STRIPE, BIGQUERY = "IqDTy1TpoU", "UBrsG9RVzw", "1bow82lmk", "78PbvP2yv8"
HUBSPOT, MIXPANEL, PIXEL = (
    "54521fd725e721e32a72eec1",
    "615c7438d93d9b61b1e9e192",
    "5661eb58e954a874ca44cc07",
)
WEBHOOK, NOBODY = "614a3c7d791c91c41bae7599", "000000000000000000000000"
WAREHOUSE = """
resource "segment_warehouse" "id-w1" {
  enabled  = false
  metadata = { id = "CCIl4HLQPz" }
  name     = "Events"
  settings = "{\\"password\\":\\"hunter2\\"}"
}
"""
FILTER = """
resource "segment_destination_filter" "id-1" {
  actions        = [{ type = "DROP", fields = null, percent = null }]
  destination_id = "d1"
  enabled        = true
  if             = "type = \\"page\\""
  title          = null
}
"""


def parse(*texts: str, **files: str) -> Found:
    given = [SourceFile(f"{n}.tf", t.encode()) for n, t in enumerate(texts)]
    given += [SourceFile(name, text.encode()) for name, text in files.items()]
    bundle = Bundle("workspace", tuple(given), folder=True)
    assert Segment().recognises(bundle)
    return Segment().parse(bundle, Setting(CATALOGUE))


def flows(found: Found) -> set[tuple[str, str, str]]:
    names = {t.key: t.name for t in found.tools} | {"unknown": "unknown"}
    return {
        (names[i.from_], names[i.to], str(i.facts.get("status", "live")))
        for i in found.integrations
    }


def questions(found: Found) -> list[str]:
    return [n.text for n in found.notices if n.kind == "question"]


def test_sources_go_into_segment_and_segment_into_destinations() -> None:
    found = parse(
        source("web", "Shop", JS),
        source("pay", "Payments", STRIPE, on=False),
        source("bq", "Models", BIGQUERY),
        destination("d1", "HubSpot", HUBSPOT),
        destination("d2", "Pixel", PIXEL, on=False),
        WAREHOUSE,
    )
    assert flows(found) == {
        ("Shop", "Twilio Segment", "live"),
        ("Stripe", "Twilio Segment", "paused"),
        ("BigQuery", "Twilio Segment", "live"),
        ("Twilio Segment", "HubSpot Marketing Hub", "live"),
        ("Twilio Segment", "Meta Ads", "paused"),
        ("Twilio Segment", "Snowflake", "paused"),
    }
    methods = {i.facts["method"] for i in found.integrations if i.to == "segment"}
    assert methods == {"sdk-pixel", "native-connector", "reverse-etl"}
    assert found.counts["sources"] == 3
    assert found.counts["disabled sources"] == 1
    assert found.counts["destinations"] == 2
    assert found.counts["disabled destinations"] == 1
    assert found.counts["disabled warehouses"] == 1


def test_a_library_is_the_companys_own_channel_even_when_it_is_named_like_a_product() -> None:
    found = parse(source("web", "Webflow", JS), source("app", "Shop iOS", IOS, env="dev"))
    tools = {t.name: t for t in found.tools}
    assert tools["Website Webflow"].facts == {
        "kind": "own-channel",
        "url": "https://www.example.com",
    }
    assert tools["Shop iOS"].facts == {"kind": "own-channel", "environment": "development"}
    draft = combine([found], CATALOGUE)
    assert next(t for t in draft.tools if t.name == "Website Webflow").product is None


def test_a_destination_without_a_name_is_named_by_its_kind() -> None:
    found = parse(source("web", "Shop", JS), destination("d1", None, HUBSPOT))
    assert ("Twilio Segment", "HubSpot Marketing Hub", "live") in flows(found)
    assert found.counts["unnamed destinations"] == 1
    assert questions(found) == []


def test_a_destination_of_no_known_kind_is_asked_about_and_taken_by_its_name_only() -> None:
    found = parse(
        source("web", "Shop", JS),
        destination("d1", None, NOBODY),
        destination("d2", "Klaviyo", NOBODY),
    )
    assert found.counts["destinations of a kind in no catalogue"] == 2
    assert flows(found) == {
        ("Shop", "Twilio Segment", "live"),
        ("Twilio Segment", "Klaviyo", "live"),
    }
    assert len(questions(found)) == 2


def test_where_a_webhook_goes_is_unknown_and_asked() -> None:
    found = parse(source("web", "Shop", JS), destination("d1", "To Clearbit", WEBHOOK))
    assert ("Twilio Segment", "unknown", "live") in flows(found)
    assert any("To Clearbit" in q for q in questions(found))


def test_subscriptions_that_are_on_say_what_flows() -> None:
    found = parse(
        source("web", "Shop", JS),
        destination("d1", "Mixpanel", MIXPANEL),
        subscription("a", "d1", "Identify Calls", 'type = "identify"'),
        subscription("b", "d1", "Orders", 'type = "track" and event = "Order Completed"'),
        subscription("c", "d1", "Group Calls", 'type = "group"', on=False),
        FILTER,
    )
    flow = next(i for i in found.integrations if i.from_ == "segment")
    assert flow.facts["objects"] == ["contact", "order"]
    assert flow.facts["only"] == "without page events"
    assert found.counts["subscriptions"] == 3
    assert found.counts["disabled subscriptions"] == 1


def test_a_destination_whose_every_subscription_is_off_sends_nothing() -> None:
    found = parse(
        source("web", "Shop", JS),
        destination("d1", "Mixpanel", MIXPANEL),
        subscription("c", "d1", "Group Calls", 'type = "group"', on=False),
    )
    assert ("Twilio Segment", "Mixpanel", "paused") in flows(found)


def test_one_product_on_and_off_is_two_integrations_that_stay_two_when_imported_again() -> None:
    found = parse(
        source("web", "Shop", JS),
        destination("d1", "One", MIXPANEL),
        destination("d2", "Two", MIXPANEL, on=False),
        destination("d3", "Three", MIXPANEL, "gone"),
    )
    own = [i for i in found.integrations if i.to == "mixpanel"]
    assert sorted(str(i.facts.get("status", "live")) for i in own) == ["live", "paused"]
    assert "Three (from a source that is not in the export)" in own[0].facts["notes"]
    assert found.counts["destinations whose source is not in the export"] == 1
    assert len([f for f in combine([found], CATALOGUE).flows if f.to == "mixpanel"]) == 2


def test_a_destination_of_a_development_source_is_an_instance_where_production_has_one() -> None:
    found = parse(
        source("web", "Shop", JS, env="prod"),
        source("dev", "Shop", JS, env="dev"),
        destination("d1", "Live", MIXPANEL, "web"),
        destination("d2", "Test", MIXPANEL, "dev"),
    )
    assert {"Shop", "Shop (development)", "Mixpanel", "Mixpanel (development)"} < {
        t.name for t in found.tools
    }
    draft = combine([found], CATALOGUE)
    assert len([t for t in draft.tools if t.product and t.product.id == "mixpanel"]) == 2


def test_a_broken_file_is_named_and_the_rest_kept() -> None:
    found = parse(source("web", "Shop", JS), destination("d1", "HubSpot", HUBSPOT)[:-40])
    assert found.partial
    assert [n.place.file for n in found.notices if n.kind == "unreadable" and n.place] == ["1.tf"]
    assert ("Shop", "Twilio Segment", "live") in flows(found)


def test_the_answers_of_the_api_say_the_same() -> None:
    documents = {
        "sources.json": {
            "data": {
                "sources": [
                    {
                        "id": "web",
                        "name": "Shop",
                        "enabled": True,
                        "writeKeys": [SECRET],
                        "metadata": {"id": JS, "name": "Javascript"},
                        "labels": [{"key": "environment", "value": "prod"}],
                    },
                    {
                        "id": "new",
                        "name": "Reviews",
                        "enabled": True,
                        "metadata": {"id": "??", "name": "Trustpilot", "categories": ["Reviews"]},
                    },
                ],
                "pagination": {"totalEntries": 2},
            }
        },
        "destinations.json": {
            "data": {
                "destinations": [
                    {
                        "id": "d1",
                        "name": None,
                        "enabled": True,
                        "sourceId": "web",
                        "metadata": {"id": HUBSPOT},
                        "settings": {"apiKey": SECRET},
                    }
                ]
            }
        },
        "destinations/d1/subscriptions.json": {
            "data": {
                "subscriptions": [
                    {"id": "s", "name": "Upsert", "actionId": "x", "enabled": True,
                     "trigger": 'type = "identify"'},
                ]
            }
        },
        "warehouses.json": {
            "data": {"warehouses": [{"id": "w", "enabled": True, "metadata": {"id": "kwX50Df0hr"}}]}
        },
    }  # fmt: skip
    found = parse(**{name: json.dumps(text) for name, text in documents.items()})
    assert flows(found) == {
        ("Shop", "Twilio Segment", "live"),
        ("Trustpilot", "Twilio Segment", "live"),
        ("Twilio Segment", "HubSpot Marketing Hub", "live"),
        ("Twilio Segment", "BigQuery", "live"),
    }
    flow = next(i for i in found.integrations if i.to == "hubspot-marketing-hub")
    assert flow.facts["objects"] == ["contact"]
    assert found.counts["subscriptions"] == 1
    assert not any("passed over" in n.text for n in found.notices)


def test_nothing_secret_is_taken(tmp_path: Path) -> None:
    found = parse(
        source("web", f"Shop {SECRET}", JS),
        destination("d1", "HubSpot of jane@example.com", HUBSPOT),
        WAREHOUSE,
    )
    draft = combine([found], CATALOGUE)
    text = "".join(new_inventory(draft, tmp_path / "i.yaml", CATALOGUE, "x").files.values())
    said = text + repr(found.notices) + repr(found.title)
    for secret in (SECRET, "jane@example.com", "hunter2", "token="):
        assert secret not in said
    assert found.dropped["settings of a source, destination or warehouse"] == 3


def test_a_folder_without_sources_and_destinations_is_refused() -> None:
    with pytest.raises(ImportFailure, match="no source, destination"):
        parse('resource "segment_label" "id-x" { key = "environment" }')


@pytest.mark.parametrize("shape", [None, 7, "x", [], {"sources": None}, {"sources": [None, 3]}])
def test_strange_json_is_no_traceback(shape: object) -> None:
    file = SourceFile("sources.json", json.dumps({"data": shape}).encode())
    assert not Segment().recognises(Bundle("x", (file,)))
    with pytest.raises(ImportFailure):
        Segment().parse(Bundle("x", (file,)), Setting(CATALOGUE))


def test_hcl_of_machines_is_read_and_hcl_that_breaks_off_says_its_line() -> None:
    text = 'a "b" {\n  # note\n  c = <<-EOT\n  x\n  EOT\n  d = "say \\"hi\\" ${f("}")}"\n}\n'
    (block,) = blocks(text)
    assert block.values == {"c": "  x\n", "d": 'say "hi" ${f("}")}'}
    with pytest.raises(HclProblem, match="line 2"):
        blocks('a "b" {\n  c = "open\n}\n')
    with pytest.raises(HclProblem, match="too deeply"):
        blocks("a = " + "[" * 500)


def test_known_ids_lead_to_products_of_the_catalogue() -> None:
    from stackaudit.importers.segment import ids

    products = {k.product for k in ids._table().values() if k.product}
    assert products <= set(CATALOGUE.products)
    assert len(ids._table()) > 500
    hubspot = kind_of("destination", HUBSPOT)
    assert hubspot is not None
    assert hubspot.product == "hubspot-marketing-hub"


def test_other_files_of_the_folder_are_said_to_be_passed_over() -> None:
    others = {"notes.md": "x", "package.json": "{}", "b.json": "1"}
    found = parse(source("web", "Shop", JS), **others)
    assert any("notes.md, package.json, b.json" in n.text for n in found.notices)
    assert not any(n.kind == "unreadable" for n in found.notices)
