"""Handbook pages in Markdown."""

from __future__ import annotations

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.registers.handbook import Handbook
from stackaudit.importers.registers.judging import unpublished
from stackaudit.importers.text import inventory_text

SETTING = Setting(load_catalogue())

STACK = """\
---
layout: page
title: Our tools
---

What we use. Ask @mia for access.

## [HubSpot](https://www.hubspot.com/)

CRM and marketing automation. Account details are in the `Marketing` vault.

- **Owner:** Mia Chen
- Cost: 12,000 EUR per year

### Lists

- [Gmail](https://gmail.com/)

Owner: somebody in a list

## Pigeonhole

Our own tool, built in-house: [pigeonhole](https://pigeonhole.northwind.example/). It sends contacts
to [HubSpot](#hubspot) every night.

## [Frobnicator](https://frobnicator.example/)

Formerly used for frobnication on frob.example.com. People log in through their
[Google Workspace](#google-workspace) account.

## Google Workspace

Mail and files of northwind.example.

## How to request access

Write to it@northwind.example.

<!--
## [GitLab](https://gitlab.com/)

Our former platform.
-->

<!-- ## Some old text -->
"""

LISTS = """\
# Engineering handbook

## Communication

We talk. Slack is fine.

## Marketing tools

* [Typeform](https://www.typeform.com/) - surveys
* **Klaviyo**: newsletters
* Whimsicorp – drawings
* Everything else we might need some day in the future

## Vendors

| Tool | Business owner | Annual cost | What it is |
|---|---|---|---|
| [Snowflake](https://snowflake.com) | Ravi Patel | 40,000 EUR | warehouse |
| Looker Studio | | | dashboards |

## Calendly

How to book a meeting.
"""


def read(**pages: str) -> Found:
    """Pages by name (``__`` for ``/``), read."""
    files = tuple(
        SourceFile(f"{name.replace('__', '/')}.md", text.encode()) for name, text in pages.items()
    )
    one = len(files) == 1
    bundle = Bundle(files[0].name if one else "handbook", files, folder=not one)
    assert Handbook().recognises(bundle)
    return Handbook().parse(bundle, SETTING)


def said(found: Found, kind: str) -> str:
    """All notices of a kind."""
    return "\n".join(f"{n.text} ({n.place})" for n in found.notices if n.kind == kind)


def test_headings_that_are_tools_are_taken_and_those_over_text_are_not() -> None:
    found = read(tools=STACK)
    assert [(t.name, t.confidence) for t in found.tools] == [
        ("HubSpot", "certain"),
        ("Pigeonhole", "certain"),
        ("Frobnicator", "certain"),
        ("Google Workspace", "certain"),
    ]
    assert found.tools[0].place.spot == "heading 'HubSpot', line 8"


def test_what_stands_under_a_heading_is_its_purpose_and_its_facts() -> None:
    hubspot, pigeonhole, *_ = read(tools=STACK).tools
    assert hubspot.facts["owner"] == "Mia Chen"
    assert hubspot.facts["cost"] == {"amount": "12000", "currency": "EUR"}
    assert hubspot.facts["notes"] == "CRM and marketing automation."
    assert pigeonhole.facts["kind"] == "homegrown"


def test_an_owner_in_a_list_of_something_else_is_not_the_tools_owner() -> None:
    text = STACK.replace("- **Owner:** Mia Chen\n", "")
    assert "owner" not in read(tools=text).tools[0].facts


def test_where_a_password_is_kept_is_dropped_and_counted() -> None:
    found = read(tools=STACK)
    assert "vault" not in repr(found.tools)
    assert found.dropped["where a password is kept"] == 1


def test_a_tool_in_a_comment_is_said_and_not_taken() -> None:
    found = read(tools=STACK)
    assert "GitLab stands in a comment" in said(found, "left-out")
    assert "line 40" in said(found, "left-out")
    assert "Some old text" not in repr(found)


def test_no_flow_is_taken_from_prose_and_every_sentence_that_hints_at_one_is_asked_about() -> None:
    found = read(tools=STACK)
    assert found.integrations == []
    assert "It sends contacts to HubSpot every night." in said(found, "question")
    assert "people log in to Frobnicator with Google Workspace" in said(found, "left-out")


def test_a_tool_formerly_used_is_asked_about_with_the_words_that_say_so() -> None:
    found = read(tools=STACK)
    assert "status" not in found.tools[2].facts
    assert "'Formerly used for frobnication on frob.example.com.'" in said(found, "question")


def test_a_list_under_a_tool_is_read_as_parts_of_it() -> None:
    text = STACK.replace("### Lists\n", "")
    found = read(tools=text)
    assert "listed under HubSpot and read as parts of it: Gmail" in said(found, "note")


def test_lists_and_tables_of_tools_are_read() -> None:
    found = read(handbook=LISTS)
    tools = {t.name: t for t in found.tools}
    assert {n for n, t in tools.items() if t.confidence == "certain"} == {
        "Typeform",
        "Klaviyo",
        "Snowflake",
        "Looker Studio",
    }
    assert tools["Whimsicorp"].confidence == "likely"
    assert "Likely a tool: it stands in a list of tools" in tools["Whimsicorp"].facts["notes"]
    assert "taken because they stand among tools: Whimsicorp" in said(found, "note")
    assert tools["Typeform"].facts["notes"] == "surveys"
    assert tools["Snowflake"].facts["owner"] == "Ravi Patel"
    assert tools["Snowflake"].facts["cost"] == {"amount": "40000", "currency": "EUR"}
    assert tools["Snowflake"].place.spot == "table under 'Vendors', line 18"


def test_a_table_of_subprocessors_on_a_page_states_personal_data_and_where() -> None:
    page = (
        "# Subprocessors\n\n| Subprocessor | Purpose | Country |\n|---|---|---|\n"
        "| HubSpot | Newsletters | Germany |\n| Whimsicorp | Printing | USA |\n"
    )
    found = read(subprocessors=page)
    assert [t.name for t in found.tools] == ["HubSpot", "Whimsicorp"]
    assert found.tools[0].facts["privacy"] == {"hosted_in": "Germany"}
    assert all(t.facts["personal_data"] is True for t in found.tools)


def test_a_heading_with_a_products_name_outside_a_list_of_tools_is_only_asked_about() -> None:
    found = read(handbook=LISTS)
    calendly = next(t for t in found.tools if t.name == "Calendly")
    assert calendly.confidence == "possible"
    draft = combine([found], SETTING.catalogue)
    assert draft.tool("calendly") is None
    assert any("is Calendly in use?" in q.text for q in draft.questions)


def test_a_page_about_one_tool_is_that_tool_and_its_headings_are_none() -> None:
    page = "---\ntitle: Airtable\n---\n\nWe plan in it.\n\n## Slack\n\nAsk in Slack.\n"
    found = read(airtable=page)
    assert [t.name for t in found.tools] == ["Airtable"]
    assert found.tools[0].facts["notes"] == "We plan in it."


def test_one_tool_on_several_pages_is_one_and_its_facts_are_joined() -> None:
    page = "# HubSpot\n\nOur CRM.\n\n## Integrations\n\n1. Typeform\n2. Whimsicorp\n"
    found = read(tools=STACK, tools__hubspot=page)
    (hubspot,) = [t for t in found.tools if t.name == "HubSpot"]
    assert hubspot.facts["notes"] == "CRM and marketing automation. Our CRM."
    assert "HubSpot stands also at tools/hubspot.md" in said(found, "note")
    assert "integrated with Typeform, Whimsicorp" in said(found, "question")


def test_what_stands_only_on_a_page_that_is_not_published_is_only_asked_about() -> None:
    found = read(tools=STACK, tools___klaviyo="# Klaviyo\n\nWe use a free plan.\n")
    klaviyo = next(t for t in found.tools if t.name == "Klaviyo")
    assert klaviyo.confidence == "possible"
    assert "is the cost of Klaviyo 0?" in said(found, "question")


@pytest.mark.parametrize(
    ("file", "hidden"),
    [
        ("src/_company/tech-stack.md", False),
        ("_company/tech-stack.md", False),
        ("tech-stack/_trustmary/index.md", True),
        ("src/_company/_tech-stack/_hubspot/index.md", True),
        ("tools/index.md", False),
    ],
)
def test_folders_with_an_underscore_are_not_published_unless_they_are_collections(
    file: str, hidden: bool
) -> None:
    assert unpublished(file) is hidden


def test_pages_that_explain_a_thing_with_links_to_others_are_no_tools() -> None:
    page = "# Every key of an inventory\n\nSee [how to write one](inventory.md) and [more](https://x.io).\n"
    with pytest.raises(ImportFailure):
        read(keys=page)


def test_empty_pages_are_said_and_pages_about_other_things_too() -> None:
    found = read(tools=STACK, empty="", vacation="# Vacation\n\n## How to ask\n\nIn Slack.\n")
    assert "the page is empty (empty.md)" in said(found, "left-out")
    assert "pages that name no tool by heading or table: vacation.md" in said(found, "note")


@pytest.mark.parametrize(
    "text",
    ["# Vacation\n\nAsk early.\n", "## Marketing\n\n## Sales\n", "---\ntitle: [\n"],
)
def test_pages_that_name_no_tool_fail_in_words(text: str) -> None:
    with pytest.raises(ImportFailure, match="names a tool"):
        read(page=text)


def test_no_secret_address_or_handle_reaches_the_inventory() -> None:
    text = STACK.replace(
        "Mail and files",
        "Mail of mia@northwind.example, key AKIAABCDEFGHIJKLMNOP, @mia, #mail-help;",
    ).replace("## Pigeonhole", "## [Mia](mailto:mia@northwind.example)\n\n## Pigeonhole")
    found = read(tools=text)
    written = inventory_text(combine([found], SETTING.catalogue), "Northwind", None, None)
    written += "".join(f"{n.text}{n.place}{n.hint}" for n in found.notices)
    for secret in ("mia@", "AKIAABCDEFGHIJKLMNOP", "@mia", "#mail-help", "it@northwind"):
        assert secret not in written, secret
