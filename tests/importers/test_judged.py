"""Shapes that real exports have and the importers once read wrongly; the fixtures are made up."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stackaudit.catalogue import load_catalogue
from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.gather import gather
from stackaudit.importers.gtm.parse import TagManager
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.n8n.importer import N8n
from stackaudit.importers.read import read_source
from stackaudit.importers.registers.archimate import ArchiMate
from stackaudit.importers.registers.handbook import Handbook
from stackaudit.importers.registry import installed
from stackaudit.importers.spreadsheet.importer import Spreadsheets

SERVICES = """Vendor,Service,Annual cost
Stripe,Payment processing,$240
Okta,Identity management,$120
Lantern Works,Office plants,$96
Total current,,$456
"""


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def read(importer: Any, name: str, text: str) -> Found:
    bundle = Bundle(name, (SourceFile(name, text.encode()),))
    found: Found = importer().parse(bundle, Setting(catalogue()))
    return found


def names(found: Found) -> list[str]:
    return sorted(t.name for t in found.tools if t.confidence != "possible")


def container(*tags: dict[str, Any]) -> str:
    made = {
        "container": {"publicId": "GTM-MADEUP1", "name": "Shop", "usageContext": ["WEB"]},
        "tag": [{"tagId": str(n), "firingTriggerId": ["9"], **t} for n, t in enumerate(tags, 1)],
        "trigger": [{"triggerId": "9", "name": "All", "type": "PAGEVIEW"}],
    }
    return json.dumps({"exportFormatVersion": 2, "containerVersion": made})


def param(key: str, value: str) -> dict[str, str]:
    return {"type": "TEMPLATE", "key": key, "value": value}


def test_vendors_are_the_tools_where_services_only_say_what_they_are_for() -> None:
    found = read(Spreadsheets, "vendors.csv", SERVICES)
    assert names(found) == ["Lantern Works", "Okta", "Stripe"]
    assert [t.facts["cost"]["amount"] for t in found.tools] == ["240", "120", "96"]


def test_services_stay_the_tools_where_they_are_products_of_their_vendor() -> None:
    text = "Vendor,Service,Annual cost\nAdobe,Analytics,9000\nAdobe,Target,4000\n"
    assert names(read(Spreadsheets, "vendors.csv", text)) == ["Analytics", "Target"]


def test_a_table_of_vendors_in_a_page_is_read_as_the_same_list_in_a_sheet() -> None:
    rows = [line.split(",") for line in SERVICES.strip().splitlines()]
    rows.insert(1, ["---"] * 3)
    page = "# Contracts\n\n" + "\n".join(f"| {' | '.join(r)} |" for r in rows)
    found = read(Handbook, "contracts.md", page)
    assert names(found) == ["Lantern Works", "Okta", "Stripe"]
    assert any("'Total current' is a sum" in n.text for n in found.notices)


def test_rows_of_a_template_that_nobody_filled_in_are_no_tools() -> None:
    page = """# Tools in use

| Tool | Owner | Cost |
|---|---|---|
| Mailchimp | [Name] | $10/month |
| [SEO tool] | [Name] | $X/mo |
"""
    found = read(Handbook, "template.md", page)
    assert names(found) == ["Mailchimp"]
    assert "owner" not in found.tools[0].facts
    with pytest.raises(ImportFailure):
        read(Handbook, "empty.md", page.replace("| Mailchimp |", "| [E-mail tool] |"))


def test_a_table_of_alternatives_is_left_out_and_said() -> None:
    page = """# Costs

## Current tools

| Tool | Annual cost |
|---|---|
| Mailchimp | $100 |

## Alternatives

| Tool | Annual cost |
|---|---|
| Brevo | $50 |
"""
    found = read(Handbook, "costs.md", page)
    assert names(found) == ["Mailchimp"]
    assert any("only thought about" in n.text for n in found.notices)


def test_items_that_begin_with_what_a_tool_does_are_named_for_the_tool() -> None:
    page = "Stack of a team\n\n- CRM: Pipedrive ($25/user)\n- Scheduling: Calendly\n- Owner: Mia\n"
    assert names(read(Handbook, "stack.md", page)) == ["Calendly", "Pipedrive"]


def test_items_that_say_what_is_not_in_use_name_no_tool() -> None:
    page = "# Stack\n\n- Instead of: Pipedrive\n- Alternatives: Calendly\n- Cancelled: Loom\n"
    with pytest.raises(ImportFailure):
        read(Handbook, "stack.md", page)


def test_the_box_of_a_task_is_no_part_of_a_name() -> None:
    page = "# Tools\n\n- [ ]  Mailchimp\n- [x] Calendly\n"
    assert names(read(Handbook, "tasks.md", page)) == ["Calendly", "Mailchimp"]


@pytest.mark.parametrize("written", ["Figma Pro", "Notion Enterprise plan", "Airtable Free"])
def test_the_plan_a_product_is_sold_as_is_no_part_of_its_name(written: str) -> None:
    product = find_product(catalogue(), written).product
    assert product is not None
    assert product.name == written.split(maxsplit=1)[0]


def test_what_a_plan_is_put_behind_must_be_known() -> None:
    assert find_product(catalogue(), "Lantern Pro").kind == "none"
    assert find_product(catalogue(), "Microsoft Business").kind == "none"


def test_a_conversion_linker_of_amp_is_a_hint_and_no_riddle() -> None:
    found = read(
        TagManager,
        "GTM-MADEUP1.json",
        container({"name": "Linker", "type": "gclidw_amp", "parameter": []}),
    )
    assert not any("gclidw_amp" in n.text for n in found.notices)
    assert [t.product for t in found.tools if t.confidence == "possible"] == ["google-ads"]


def test_code_whose_line_ends_were_escaped_twice_is_read() -> None:
    code = r"<script>\nfbq('track', 'Lead', {\n value: 0\n});\n</script>"
    found = read(
        TagManager,
        "GTM-MADEUP1.json",
        container({"name": "Lead", "type": "html", "parameter": [param("html", code)]}),
    )
    assert "meta-ads" in [t.product for t in found.tools]


def test_a_data_tag_without_its_template_sends_to_the_server_container() -> None:
    domain = param("gtm_server_domain", "https://data.shop.example")
    found = read(
        TagManager,
        "GTM-MADEUP1.json",
        container({"name": "Data Tag", "type": "data_tag", "parameter": [domain]}),
    )
    assert any("server container" in t.name for t in found.tools)
    assert not any("which tool is it" in n.text for n in found.notices)


def test_a_component_of_a_model_named_for_what_it_does_is_a_tool() -> None:
    model = """<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
     xmlns:archimate="http://www.archimatetool.com/archimate" name="Shop" id="m">
     <folder name="Application" id="f" type="application">
      <element xsi:type="archimate:ApplicationComponent" name="CRM" id="a"/>
      <element xsi:type="archimate:ApplicationComponent" name="Till" id="b">
       <property key="team" value="Sales"/></element>
     </folder></archimate:model>"""
    assert names(read(ArchiMate, "shop.archimate", model)) == ["CRM", "Till"]


WORKFLOW: dict[str, Any] = {
    "name": "Leads",
    "nodes": [
        {"id": "a", "name": "Form", "type": "n8n-nodes-base.typeformTrigger", "parameters": {}},
        {
            "id": "b",
            "name": "Contact",
            "type": "n8n-nodes-base.hubspot",
            "parameters": {"resource": "contact", "operation": "upsert"},
        },
    ],
    "connections": {"a": {"main": [[{"node": "b", "type": "main", "index": 0}]]}},
}


def test_connections_of_a_workflow_that_name_nodes_by_their_ids_are_followed() -> None:
    found = read(N8n, "leads.json", json.dumps(WORKFLOW))
    assert not found.partial
    assert len(found.integrations) == 1


def test_what_stands_before_an_export_is_passed_over_and_said() -> None:
    text = "oops " + container({"name": "Linker", "type": "gclidw", "parameter": []})
    bundle = Bundle("GTM-MADEUP1.json", (SourceFile("GTM-MADEUP1.json", text.encode()),))
    assert TagManager().recognises(bundle)
    found = TagManager().parse(bundle, Setting(catalogue()))
    assert any("begins with what is no part" in n.text for n in found.notices)


def test_an_export_that_was_saved_in_utf_16_is_known_by_every_importer(tmp_path: Path) -> None:
    path = tmp_path / "leads.json"
    path.write_text(json.dumps(WORKFLOW), "utf-16")
    assert N8n().recognises(read_source(path))


def test_json_that_ends_too_early_is_said_to_be_broken_and_not_strange(tmp_path: Path) -> None:
    path = tmp_path / "leads.json"
    path.write_text(json.dumps(WORKFLOW, indent=1)[:-40], "utf-8")
    with pytest.raises(ImportFailure, match="is broken JSON: it ends too early, or line"):
        gather(str(path), installed(), Setting(catalogue()))


def test_a_table_in_markdown_is_read_as_one_in_a_text_file_too() -> None:
    page = "Stack\n\n| Tool | Cost |\n|---|---|\n| Mailchimp | $9 |\n\n| Who | Phone |\n|---|---|\n"
    bundle = Bundle("stack.txt", (SourceFile("stack.txt", page.encode()),))
    assert Handbook().recognises(bundle)
    assert names(Handbook().parse(bundle, Setting(catalogue()))) == ["Mailchimp"]


def test_a_page_that_is_no_text_is_said_to_be_none() -> None:
    with pytest.raises(ImportFailure, match="is no text file"):
        read(Handbook, "page.md", "# Tools\x00\n\n- Mailchimp\n")


FLOWS = """# Data

## Integration points

| Source | Destination | Method | Status |
|---|---|---|---|
| Mailchimp | Airtable | Sync (bi-directional) | Production |
| Airtable | Warehouse | Nightly job | Not yet built |
"""


def test_a_table_of_integrations_in_a_page_is_read() -> None:
    found = read(Handbook, "data.md", FLOWS)
    ends = [(f.from_, f.to, f.facts.get("status")) for f in found.integrations]
    assert ends == [("Mailchimp", "Airtable", "live"), ("Airtable", "Warehouse", "planned")]
    assert found.integrations[0].facts["direction"] == "both-ways"
    assert found.counts == {"page": 1, "integrations": 2}


def test_a_table_of_files_that_are_moved_holds_no_integrations() -> None:
    page = (
        "# Move\n\n| Source | Destination | Method |\n|---|---|---|\n| a/hooks | b/hooks | Copy |\n"
    )
    with pytest.raises(ImportFailure):
        read(Handbook, "move.md", page)


def test_a_heading_over_a_table_says_for_which_period_its_costs_are() -> None:
    page = "# Stack ($85 a month)\n\n| Tool | Cost |\n|---|---|\n| Mailchimp | $15 |\n"
    assert read(Handbook, "stack.md", page).tools[0].facts["cost"]["per"] == "month"


def test_a_folder_of_exports_of_many_kinds_is_read_kind_by_kind(tmp_path: Path) -> None:
    (tmp_path / "leads.json").write_text(json.dumps(WORKFLOW), "utf-8")
    linker = {"name": "Linker", "type": "gclidw", "parameter": []}
    (tmp_path / "GTM-MADEUP1.json").write_text(container(linker), "utf-8")
    (tmp_path / "vendors.csv").write_text(SERVICES, "utf-8")
    (tmp_path / "notes.txt").write_text("call Mia\n", "utf-8")
    destination = """resource "segment_destination" "id-1" {
      enabled = true
      metadata = { id = "54521fd525e721e32a72ee91" }
      name = "Amplitude"
      source_id = "s1"
    }"""
    (tmp_path / "destination.tf").write_text(destination, "utf-8")
    founds = gather(str(tmp_path), installed(), Setting(catalogue()))
    assert sorted(f.importer for f in founds) == ["gtm", "n8n", "segment", "spreadsheet"]
    assert any("notes.txt" in n.text for f in founds for n in f.notices)
    assert not any(n.kind == "unreadable" for f in founds for n in f.notices)


def test_where_data_is_held_is_read_beside_what_stands_in_brackets() -> None:
    page = """# Subprocessors

| Vendor | Data | Location |
|---|---|---|
| Brevo | Name, email | France (Paris, EEA) |
| Mailchimp | Name | USA/EU [confirm] |
"""
    found = read(Handbook, "processors.md", page)
    held = {t.name: t.facts["privacy"]["hosted_in"] for t in found.tools}
    assert held["Brevo"] in ("France", ["France"])
    assert len(held["Mailchimp"]) == 2
    assert "Data, in the list's words: Name, email" in found.tools[0].facts["notes"]
    assert not any(n.kind in ("question", "left-out") for n in found.notices)


def test_a_sheet_without_a_tool_in_it_is_refused_and_makes_no_empty_inventory() -> None:
    lines = (
        "Hosting",
        "Mailed reports\t\t\t\tHistoric marketing spend is helpful",
        "Current contracts with media or sponsors",
        "List of each contractor, vendor, or partner that influences marketing",
    )
    with pytest.raises(ImportFailure, match="holds no list of tools"):
        read(Spreadsheets, "access.tsv", "\n".join(f"{line}\t\t\t\t" for line in lines))
