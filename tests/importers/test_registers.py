"""Registers as YAML and JSON: tech stacks in GitLab's shape, lists of tools and subprocessors."""

from __future__ import annotations

import json

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.registers.declared import Declared
from stackaudit.importers.registers.gitlab import GitLabStack
from stackaudit.importers.registers.tidy import leaving, named_like_host, people
from stackaudit.importers.registers.webpage import SubprocessorPage
from stackaudit.importers.registry import installed
from stackaudit.importers.text import inventory_text

SETTING = Setting(load_catalogue())

STACK = """\
- title: 6sense
  team_member_baseline_entitlement: false
  subprocessor: true
  description: "[6sense](https://6sense.com/) is an account based marketing platform."
  access_to: Account Based Marketing team
  provisioner: "@mia_c, @ravip"
  deprovisioner: "@mia_c"
  group_owner: Account Based Marketing
  group_owner_slack_channel: "#abm-team"
  business_owner: "@mia_c, @ravip"
  technical_owner: Ravi Patel, Sr. Manager & Lena Vogt, VP of Operations
  data_classification: Orange
  integration_method: API through Workato for Northwind, native integration for SFDC
  need_move_to_okta: in Okta
  critical_systems_tier: Tier 4 Administrative
- title: Avalara
  description: We use [Avalara](https://www1.avalara.com/) for taxes. It is deprecated.
  access_to: null
  provisioner: ask
  business_owner: Mia Chen
  technical_owner: Finance Systems Admin Team '@northwind/finance'
  data_classification: Yellow
  authentication_method: SAML
  notes: key AKIAABCDEFGHIJKLMNOP and mia@northwind.example
- title: null
  access_to: nobody
- not an entry
"""


def bundle(name: str, text: str | bytes) -> Bundle:
    """One file as a source."""
    data = text.encode() if isinstance(text, str) else text
    return Bundle(name, (SourceFile(name, data),))


def stack(text: str = STACK) -> Found:
    """A tech stack, read."""
    return GitLabStack().parse(bundle("tech_stack.yml", text), SETTING)


def declared(text: str | bytes, name: str = "tools.yml") -> Found:
    """A register, read."""
    return Declared().parse(bundle(name, text), SETTING)


def said(found: Found, kind: str) -> str:
    """All notices of a kind."""
    return "\n".join(f"{n.text} ({n.place})" for n in found.notices if n.kind == kind)


# -------------------------------------------------------------------- GitLab's shape


def test_a_tech_stack_names_tools_with_the_people_who_answer_for_them() -> None:
    found = stack()
    first, second = found.tools
    assert (first.name, second.name) == ("6sense", "Avalara")
    assert first.facts["technical_owner"] == ["Ravi Patel", "Lena Vogt"]
    assert second.facts["owner"] == "Mia Chen"
    assert second.facts["technical_owner"] == "Finance Systems Admin Team"
    assert first.facts["team"] == "Account Based Marketing"
    assert first.facts["personal_data"] is True
    assert "personal_data" not in second.facts


def test_an_owner_named_only_by_a_handle_is_withheld() -> None:
    assert stack().tools[0].facts["owner"] == "withheld"


def test_how_one_logs_in_is_never_a_flow_and_a_method_that_names_tools_is_asked_about() -> None:
    found = stack()
    assert found.integrations == []
    assert "6sense and Workato, SFDC" in said(found, "question")
    assert "SAML" not in said(found, "question")


def test_a_tool_said_to_be_deprecated_gets_no_status_and_a_question() -> None:
    found = stack()
    assert "status" not in found.tools[1].facts
    assert "is Avalara still in use? It says 'It is deprecated.'" in said(found, "question")


def test_an_entry_without_a_title_and_one_that_is_none_are_said() -> None:
    found = stack()
    assert "entry 3" in said(found, "left-out")
    assert "entry 4" in said(found, "unreadable")
    assert found.partial


def test_no_handle_channel_address_or_key_reaches_the_inventory() -> None:
    found = stack()
    draft = combine([found], SETTING.catalogue)
    text = inventory_text(draft, "Northwind", None, None) + repr(draft.questions)
    text += "".join(f"{n.text}{n.place}{n.hint}" for n in found.notices)
    for secret in ("@mia_c", "#abm-team", "mia@northwind", "AKIAABCDEFGHIJKLMNOP", "@northwind"):
        assert secret not in text, secret
    assert found.dropped["handle"] == 3
    assert found.dropped["provisioner"] == 2


def test_a_quote_that_is_never_closed_keeps_the_entries_before_it() -> None:
    broken = STACK.replace("- title: null", "- title: Zuora\n  provisioner: 'ask\n- title: null")
    found = stack(broken)
    assert [t.name for t in found.tools] == ["6sense", "Avalara"]
    assert found.partial
    assert "line" in said(found, "unreadable")


def test_the_registry_offers_each_register_to_its_own_importer() -> None:
    kinds = {
        "tech_stack.yml": STACK,
        "subprocessors.yml": "- {name: HubSpot, purpose: Email, country: USA}\n",
        "catalog-info.yaml": "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: a}\n",
        "model.xml": '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/"/>',
        "tools.md": "# Tools\n",
    }
    known = {n: installed().recognise(bundle(n, text)) for n, text in kinds.items()}
    assert {n: i.id if i else None for n, i in known.items()} == {
        "tech_stack.yml": "tech-stack",
        "subprocessors.yml": "register",
        "catalog-info.yaml": "backstage",
        "model.xml": "archimate",
        "tools.md": "handbook",
    }


# -------------------------------------------------------------------- other lists


def test_a_list_of_subprocessors_states_personal_data_and_where() -> None:
    found = declared(
        "- {name: HubSpot, purpose: Newsletters, country: USA, website: https://hubspot.com}\n"
        "- {name: Personio, purpose: People, country: Germany, website: https://personio.de}\n",
        "subprocessors.yml",
    )
    hubspot = found.tools[0]
    assert hubspot.facts["privacy"] == {"hosted_in": "USA"}
    assert hubspot.facts["personal_data"] is True
    assert hubspot.facts["notes"] == "purpose: Newsletters"
    assert "scopes" not in hubspot.facts
    assert "list of subprocessors" in said(found, "note")


def test_a_country_in_another_list_is_not_where_data_is_held() -> None:
    found = declared("- {tool: HubSpot, owner: Mia Chen, country: Germany}\n")
    assert "privacy" not in found.tools[0].facts


def test_keys_are_understood_as_the_headers_of_spreadsheets_are() -> None:
    entry = {
        "applicationName": "HubSpot",
        "businessOwner": {"name": "Mia Chen", "email": "mia@northwind.example"},
        "annualCost": 12000,
        "contract": {"end": "2027-03-31"},
        "active": None,
        "apiKey": "pat-eu1-0123",
    }
    found = declared(json.dumps({"meta": {"count": 1}, "applications": [entry]}), "export.json")
    (tool,) = found.tools
    assert tool.facts["owner"] == "Mia Chen"
    assert tool.facts["cost"] == "12000"
    assert tool.facts["contract"] == {"ends": "2027-03-31"}
    assert "pat-eu1" not in repr(found)
    assert "'api Key' (1)" in said(found, "left-out")


def test_what_keys_mean_can_be_saved_corrected_and_used_again() -> None:
    text = "- {app: HubSpot, keeper: Mia Chen, country: Germany}\n"
    guess = declared(text)
    columns = guess.mapping["sheets"]["*"]["columns"]
    assert columns["keeper"] == "ignore"
    said = {"sheets": {"*": {"kind": "tools", "columns": {**columns, "keeper": "owner"}}}}
    setting = Setting(load_catalogue(), said)
    again = Declared().parse(bundle("tools.yml", text), setting)
    assert again.tools[0].facts["owner"] == "Mia Chen"


def test_a_mapping_of_tools_by_name_is_a_list_of_tools() -> None:
    found = declared("HubSpot: {owner: Mia Chen}\nSlack: {owner: Ravi Patel, status: retired}\n")
    assert [(t.name, t.facts.get("owner")) for t in found.tools] == [
        ("HubSpot", "Mia Chen"),
        ("Slack", "Ravi Patel"),
    ]
    assert found.tools[1].facts["status"] == "retired"


def test_a_bare_list_of_names_under_tools_is_read() -> None:
    assert [t.name for t in declared("tools:\n- HubSpot\n- Slack\n").tools] == ["HubSpot", "Slack"]


def test_anchors_and_merge_keys_are_read_and_tags_make_no_objects() -> None:
    found = declared(
        "- &base {tool: HubSpot, owner: Mia Chen, team: Marketing}\n"
        "- {<<: *base, tool: Typeform}\n"
        "- {<<: *base, tool: !!python/object/apply:os.system [ls], owner: !x Ravi Patel}\n"
    )
    assert [(t.name, t.facts["owner"]) for t in found.tools[:2]] == [
        ("HubSpot", "Mia Chen"),
        ("Typeform", "Mia Chen"),
    ]
    assert found.tools[2].facts["owner"] == "Ravi Patel"


def test_references_that_grow_without_end_are_refused() -> None:
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(ImportFailure, match="more than 400,000 values"):
        declared("\n".join(lines))


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "- " * 5_000])
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    with pytest.raises(ImportFailure, match="nested more than"):
        declared(text)


def test_json_that_was_cut_off_keeps_its_whole_entries() -> None:
    found = declared('[{"tool": "HubSpot"}, {"tool": "Slack", "owner": "Mi', "tools.json")
    assert [t.name for t in found.tools] == ["HubSpot"]
    assert found.partial


@pytest.mark.parametrize(
    "text",
    [b"hello", b"", b"- 5\n- 6\n", b"\x00\x01\x02", b"a: b: c", b"- {x: 1}\n", b"\xff\xfea\x00"],
)
def test_what_is_no_register_fails_in_words(text: bytes) -> None:
    with pytest.raises(ImportFailure) as failure:
        declared(text)
    assert "Traceback" not in str(failure.value)
    assert str(failure.value)


def test_strange_shapes_are_read_as_far_as_they_go() -> None:
    found = declared(
        "- {tool: HubSpot, owner: [null, {name: Mia Chen}, 5]}\n- null\n- {tool: null, owner: x}\n"
        "- {tool: {a: b}}\n- {tool: Slack, owner: {a: {b: c}}}\n- 7\n- {tool: Slack, owner: none}\n"
    )
    assert [t.name for t in found.tools] == ["HubSpot", "Slack", "Slack"]
    assert found.tools[0].facts["owner"] == "Mia Chen"
    assert "Slack stands in several" in said(found, "question")


def test_an_inventory_or_a_workflow_is_not_taken_for_a_register() -> None:
    others = {
        "compose.yml": "services:\n  web: {image: nginx}\n  db: {image: postgres}\n",
        "package.json": '{"name": "x", "dependencies": {"a": "1"}, "authors": [{"name": "y"}]}',
        "inventory.yaml": "stackaudit: 1\ncompany: {name: N}\ntools: [{name: HubSpot, owner: x}]\n",
        "result.json": '{"stackaudit_result": 1, "tools": [{"name": "HubSpot", "owner": "x"}]}',
        "flow.json": '{"nodes": [{"name": "HubSpot", "type": "x", "position": [1, 2]}]}',
        "posts.json": '[{"title": "a", "body": "b", "url": "c"}]',
    }
    for name, text in others.items():
        assert not Declared().recognises(bundle(name, text)), name


# -------------------------------------------------------------------- pages

PAGE = """<!doctype html><html><head><title>Northwind Sub-processors</title></head><body>
<h1>Who processes data for us</h1>
<table><tr><th>Entity name</th><th>Purpose of processing</th><th>Location of processing</th></tr>
<tr><td><a href="https://hubspot.com">HubSpot</a></td><td>Newsletters</td><td>USA, Germany</td>
<tr><td>Whimsicorp &amp; Sons<script>evil()</script></td><td>Printing</td><td>the moon</td></tr>
</table><table><tr><th>Date</th><th>Change</th></tr><tr><td>today</td><td>none</td></tr></table>
</body></html>"""


def test_a_saved_page_of_subprocessors_is_read_by_its_tables() -> None:
    source = bundle("subprocessors.html", PAGE)
    assert SubprocessorPage().recognises(source)
    found = SubprocessorPage().parse(source, SETTING)
    first, second = found.tools
    assert (first.name, first.facts["privacy"]) == ("HubSpot", {"hosted_in": ["USA", "Germany"]})
    assert first.facts["notes"] == "Purpose of processing: Newsletters"
    assert first.facts["personal_data"] is True
    assert first.place.spot == "table 1, row 2"
    assert second.name == "Whimsicorp & Sons"
    assert "hosted in 'the moon': which country or region is it?" in said(found, "question")
    assert "table 2" in said(found, "left-out")


def test_a_page_that_only_links_to_its_subprocessors_is_another_kind() -> None:
    page = "<html><title>Shop</title><table><tr><td>x</table><a>Subprocessors</a></html>"
    assert not SubprocessorPage().recognises(bundle("shop.html", page))


def test_a_page_of_subprocessors_without_a_list_fails_in_words() -> None:
    page = "<html><title>Subprocessors</title><table><tr><td>x</td></tr></table></html>"
    with pytest.raises(ImportFailure, match=r"no table of page\.html lists subprocessors"):
        SubprocessorPage().parse(bundle("page.html", page), SETTING)


# -------------------------------------------------------------------- what they share


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mia Chen, CTO", "Mia Chen"),
        ("Mia Chen (@mia), Ravi Patel", ["Mia Chen", "Ravi Patel"]),
        ("@mia", "withheld"),
        ("mia@northwind.example", "withheld"),
        ("none", "none"),
        ("TBD", None),
        ("", None),
    ],
)
def test_people_are_taken_by_name(text: str, named: object) -> None:
    from collections import Counter

    assert people(text, Counter()) == named


@pytest.mark.parametrize(
    ("name", "url", "same"),
    [
        ("Sentry", "https://getsentry.com", True),
        ("Fireflies.ai", "https://fireflies.ai", True),
        ("Dash", "https://dash.northwind.example", True),
        ("Shipshape", "https://github.com/northwind/shipshape", False),
        ("Guide", "https://northwind.example/guide", False),
        ("X", "https://example.com", False),
    ],
)
def test_a_link_is_a_tools_own_site_when_it_is_called_so(name: str, url: str, same: bool) -> None:
    assert named_like_host(name, url) is same


def test_only_the_sentence_that_says_so_is_quoted() -> None:
    assert leaving("For taxes. It is no longer used. Ask Mia.") == "It is no longer used."
    assert leaving("Replaced nothing. We use it daily, as it is the used car of tools.") == ""


def test_a_page_of_a_hundred_thousand_nested_tags_is_read_in_a_moment() -> None:
    from stackaudit.importers.registers.webpage import _tables

    rows = "".join(f"<tr><td>Vendor {n}<td>Purpose" for n in range(3))
    page = f"<table>{rows}</table>" + "<table><tr><td>x</table>" * 80 + "<div>" * 100_000
    first, *others = _tables(page, "p.html")
    assert [len(first.records), others] == [2, []]
