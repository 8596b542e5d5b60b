"""Lists as people keep them, from the bytes of a file to what was found."""

from __future__ import annotations

import datetime as dt
import io
import random
import struct
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.__main__ import main
from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.spreadsheet.importer import Spreadsheets
from stackaudit.importers.spreadsheet.mapping import mapping_text, read_mapping
from stackaudit.importers.spreadsheet.workbook import OLE
from stackaudit.importers.text import inventory_text

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

Row = Sequence[Any]
CATALOGUE = load_catalogue()


def read(data: bytes | str, name: str = "tools.csv", **setting: Any) -> Found:
    """Return what the importer finds in a file."""
    raw = data.encode() if isinstance(data, str) else data
    bundle = Bundle(name, (SourceFile(name, raw),))
    assert Spreadsheets().recognises(bundle)
    return Spreadsheets().parse(bundle, Setting(CATALOGUE, **setting))


def workbook(
    sheets: dict[str, Sequence[Row]], more: Callable[[dict[str, Any]], None] | None = None
) -> bytes:
    """Return a workbook with these sheets; ``more`` is given them by name."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    made = {}
    for name, rows in sheets.items():
        sheet = made[name] = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, dt.date):
                    at = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
                    sheet.write_datetime(r, c, at, day)
                elif value is not None:
                    sheet.write(r, c, value)
    if more is not None:
        more(made)
    book.close()
    return out.getvalue()


def facts(found: Found, name: str) -> dict[str, Any]:
    """Return the facts of a tool by its name."""
    (tool,) = [t for t in found.tools if t.name == name]
    return tool.facts


def said(found: Found, kind: str) -> str:
    """Return all notices of a kind with their places, a line each."""
    return "\n".join(f"{n.text} ({n.place})" for n in found.notices if n.kind == kind)


DIRTY = """\
Martech stack of Acme,,,,,,,,,
as of Jan 2027,,,,,,,,,

Tool name,Vendor,Catagory,Yearly $,Renewal,Owner,Users,Auto-renew?,DPA / AVV,Criticality
HubSpot,HubSpot,Marketing automation,"12,000.50",03/2027,Mia Chen / Ravi Patel,25,yes,signed,High
SFDC,Salesforce,CRM,$18 per u/m,31/12/2026,mia@acme.test,40,?,-,High
Marketo,Adobe,MA,Quote,Q1 2027,?,n/a,no,no,Low
Foobar 3000,Foobar Inc,Research,40-60k,04/05/2027,nobody,12,auto,fehlt,Low
Total,,,"99,000",,,,,,
ANALYTICS:,,,,,,,,,
Klaviyo,Klaviyo,Email,#REF!,2027-13-01,"Chen, Mia",=SUM(A1:A3),maybe,in progress,
"Braze,Braze,Email,5000,2027-01-01,Ravi,3,yes,yes,
Segment,Twilio,CDP,"5,000",2027-01-02,Ravi,3,yes,yes,
"""


def test_a_dirty_list_is_read_row_by_row_and_every_problem_has_its_cell() -> None:
    found = read(DIRTY, "dirty.csv")
    assert [t.name for t in found.tools] == [
        "HubSpot", "SFDC", "Marketo", "Foobar 3000", "Klaviyo", "Braze", "Segment",
    ]  # fmt: skip
    assert facts(found, "HubSpot") == {
        "owner": ["Mia Chen", "Ravi Patel"],
        "cost": {"amount": "12000.5", "currency": "USD"},
        "contract": {"ends": "2027-03-31", "auto_renews": True},
        "seats": {"paid": 25},
        "privacy": {"dpa": "signed"},
    }
    assert facts(found, "SFDC")["seats"] == {"paid": 40, "price": "216"}
    assert "cost" not in facts(found, "SFDC")
    assert facts(found, "SFDC")["contract"] == {"ends": "2026-12-31"}
    assert facts(found, "Marketo")["privacy"] == {"dpa": "missing"}
    assert "owner" not in facts(found, "Marketo")
    assert facts(found, "Foobar 3000")["owner"] == "none"
    assert facts(found, "Foobar 3000")["contract"]["ends"] == "2027-05-04"
    assert facts(found, "Foobar 3000")["notes"] == "Category in the list: Research"
    assert facts(found, "Klaviyo") == {"owner": "Mia Chen"}
    unreadable = said(found, "unreadable")
    assert "#REF! (dirty.csv, row 11, column D)" in unreadable
    assert "=SUM(A1:A3) (dirty.csv, row 11, column G)" in unreadable
    assert "line 12 ('Braze'): a quote is opened and not closed" in unreadable
    assert found.partial
    assert "'Total' is a sum" in said(found, "left-out")
    assert "'Criticality' (4: High, Low)" in said(found, "left-out")
    assert "2027-13-01" in said(found, "question")
    assert "'Yearly $' as cost per year in USD" in said(found, "note")


def test_an_unclosed_quote_before_many_rows_swallows_none_of_them() -> None:
    rows = [f"Tool {n},owner {n},note" for n in range(200)]
    rows[20] = '"' + rows[20]
    found = read("Tool,Owner,Notes\n" + "\n".join(rows) + "\n")
    assert len(found.tools) == 200
    assert "line 22 ('Tool 20')" in said(found, "unreadable")


def test_a_long_cell_with_line_breaks_and_commas_is_one_cell() -> None:
    found = read(
        'Tool,Notes,Owner\nHubSpot,"first, line\nsecond, line\n""third""",Mia\nBraze,,Jo\n'
    )
    assert facts(found, "HubSpot")["notes"] == 'first, line second, line "third"'
    assert facts(found, "Braze") == {"owner": "Jo"}
    assert not said(found, "unreadable")


GERMAN = {
    "Deckblatt": [["Systemlandschaft Marketing"]],
    "Systeme": [
        ["Systemlandschaft Marketing 2027"], [],
        ["Anwendung", "Anbieter", "Kosten/Jahr", "Vertragsende", "Kündigungsfrist",
         "Verantwortlich",
         "Lizenzen", "AVV", "Serverstandort", "Status", "Automatische Verlängerung"],
        ["HubSpot", "HubSpot Inc.", "12.000 €", dt.date(2027, 3, 31), "3 Monate", "Müller, Anna",
         25, "ja", "Irland", "aktiv", "ja"],
        ["Mailchimp", "Intuit", "1.200", "31.12.2026", "90 Tage", "Anna Müller und Jörg Groß",
         3, "fehlt", "USA", "wird abgelöst", "nein"],
        ["Piwik PRO", None, "4.800,00", dt.date(2026, 12, 31), "?", "unbekannt",
         "-", "liegt vor", "Deutschland", "in Nutzung", "k.A."],
        ["Summe", None, "18.000 €"],
    ],
    "Schnittstellen": [
        ["Quelle", "Ziel", "Daten", "Methode", "Häufigkeit", "Status"],
        ["HubSpot", "Mailchimp", "Kontakte", "API", "täglich", "aktiv"],
        ["Shopware", "HubSpot", "Bestellungen; Kunden", "Zapier", "stündlich", "geplant"],
        ["HubSpot", "?", "Leads", "CSV-Export", "monatlich", None],
        ["Okta", "HubSpot", None, "SSO", None, None],
    ],
    "Verträge": [
        ["Vertragsnummer", "Anbieter", "Produkte", "Kosten p.a.", "Laufzeit bis",
         "Kündigungsfrist (Monate)", "Verlängert sich automatisch"],
        ["V-100", "HubSpot", "HubSpot", "12.000,00", "31.03.2027", 3, "ja"],
    ],
    "Teams": [["Abteilung"], ["Marketing"], ["Vertrieb"]],
    "Leer": [],
    "Kontakte": [["Vorname", "Nachname", "Email"], ["A", "B", "a@b.test"]],
}  # fmt: skip


def test_a_german_workbook_with_several_sheets() -> None:
    found = read(workbook(GERMAN), "systeme.xlsx")
    assert [t.name for t in found.tools] == ["HubSpot", "Mailchimp", "Piwik PRO"]
    assert facts(found, "Mailchimp") == {
        "status": "retiring",
        "owner": ["Anna Müller", "Jörg Groß"],
        "cost": "1200",
        "contract": {"ends": "2026-12-31", "notice_days": 90, "auto_renews": False},
        "seats": {"paid": 3},
        "privacy": {"dpa": "missing", "hosted_in": "USA"},
    }
    assert facts(found, "Piwik PRO")["contract"] == {"ends": "2026-12-31"}
    assert "owner" not in facts(found, "Piwik PRO")
    (contract,) = found.contracts
    assert contract.facts["cost"] == {"amount": "12000", "currency": "EUR"}
    assert "contract" not in facts(found, "HubSpot")
    assert found.teams == {"marketing": "Marketing", "vertrieb": "Vertrieb"}
    flows = [(f.from_.partition("#")[2] or f.from_, f.to) for f in found.integrations]
    assert len(flows) == 3
    assert found.integrations[1].facts == {
        "objects": ["order", "contact"], "method": "ipaas", "every": "hourly", "via": ["Zapier"],
        "status": "planned",
    }  # fmt: skip
    assert found.integrations[2].to == "unknown"
    left = said(found, "left-out")
    assert "'SSO' is a login" in left
    assert "'Leer' is passed over: it is empty" in left
    assert "'Kontakte' is passed over: it is a list of people" in left
    draft = combine([found], CATALOGUE)
    assert draft.clashes == []
    assert "contract: v-100" in inventory_text(draft, "Acme", None, None)


def test_a_header_over_two_rows_names_groups_of_columns() -> None:
    rows = [
        ["Tool", "Contract", None, None, "Cost", None, "Owner"],
        [None, "Start", "End", "Notice (days)", "Monthly", "Annual", None],
        ["HubSpot", None, dt.date(2026, 12, 31), 60, 1000, 12000, "Mia"],
        ["Klaviyo", None, dt.date(2027, 5, 31), 30, 500, None, "Ravi"],
    ]
    found = read(workbook({"Tools": rows}), "two.xlsx")
    assert facts(found, "HubSpot") == {
        "owner": "Mia",
        "cost": "12000",
        "contract": {"ends": "2026-12-31", "notice_days": 60},
    }
    assert facts(found, "Klaviyo")["cost"] == {"amount": "500", "per": "month"}


def test_a_list_from_left_to_right_is_turned() -> None:
    rows = [
        ["Tool", "HubSpot", "Klaviyo", "Braze"],
        ["Owner", "Mia", "Ravi", "?"],
        ["Annual cost", 12000, 8000, "tbd"],
        ["Status", "live", "planned", "inactive"],
    ]
    found = read(workbook({"Overview": rows}), "turned.xlsx")
    assert facts(found, "Klaviyo") == {"status": "planned", "owner": "Ravi", "cost": "8000"}
    assert facts(found, "Braze") == {}
    assert "sheet Overview, column 4, row Status" in said(found, "question")


def test_merged_cells_speak_for_their_rows_but_not_about_money() -> None:
    rows = [
        ["Vendor", "Tool", "Owner", "Annual cost (EUR)"],
        ["Adobe", "Adobe Analytics", "Mia", 50000],
        [None, "Adobe Target"],
        ["HubSpot", "HubSpot", "Ravi", 12000],
    ]

    def merge(sheets: dict[str, Any]) -> None:
        sheets["Tools"].merge_range("C2:C3", "Mia")
        sheets["Tools"].merge_range("D2:D3", 50000)

    found = read(workbook({"Tools": rows}, merge), "merged.xlsx")
    assert facts(found, "Adobe Target") == {"owner": "Mia"}
    assert facts(found, "Adobe Analytics") == {"owner": "Mia"}
    assert "one cost (50000) stands for rows 2 to 3" in said(found, "question")


def test_a_column_of_names_without_a_header_is_a_list_of_tools() -> None:
    found = read("HubSpot\nSFDC\n\nGA4\nOur own CMS\n")
    assert [(t.name, t.place.spot) for t in found.tools][2] == ("GA4", "row 4")
    assert len(found.tools) == 4


def test_a_finance_export_gives_known_vendors_and_asks_what_the_sums_are() -> None:
    lines = ["Posting date;Supplier;Text;Cost centre;Net amount EUR"]
    for month in range(1, 13):
        lines.append(f"05.{month:02}.2026;Klaviyo Inc.;Invoice;4711;1.000,00")
        lines.append(f"07.{month:02}.2026;Landlord GmbH;Rent;4711;5.000,00")
    lines.append("08.12.2026;Klaviyo Inc.;Credit;4711;-200,50")
    found = read("\n".join(lines).encode("cp1252"), "finance.csv")
    (tool,) = found.tools
    assert (tool.name, tool.facts, tool.confidence) == ("Klaviyo Inc.", {}, "likely")
    assert "13 payments from 2026-01-05 to 2026-12-08 of 11799.5 EUR" in said(found, "question")
    assert "Landlord GmbH (12 payments" in said(found, "left-out")
    assert found.counts["vendors"] == 2


def test_users_assigned_in_a_single_sign_on_list_are_no_active_users() -> None:
    found = read(
        "Application label,Status,Sign on mode,Users assigned,Last login\n"
        "Slack,ACTIVE,SAML_2_0,300,2027-01-03\nOld app,INACTIVE,SWA,3,2024-01-01\n"
    )
    assert facts(found, "Slack") == {"status": "live", "notes": "Users assigned: 300"}
    assert "status" not in facts(found, "Old app")
    counted = read("Application,Active users (last 90 days)\nSlack,250\n")
    assert facts(counted, "Slack") == {"seats": {"active": 250}}


def test_a_row_for_each_user_names_each_tool_once() -> None:
    rows = [f"user{n}@x.test,{app}" for n in range(10) for app in ("Slack", "Asana", "Jira")]
    found = read("User,Application\n" + "\n".join(rows))
    assert sorted(t.name for t in found.tools) == ["Asana", "Jira", "Slack"]
    assert "x.test" not in str(found)


@pytest.mark.parametrize(
    ("header", "about"),
    [
        ("ID,Platform,Category,Cookie / Data Key name,Domain,Retention period", "cookies"),
        ("Name,Email,Phone", "people"),
        ("Campaign,Platform,Impressions,Clicks", "campaigns"),
        ("SKU,Name,Stock,EAN", "orders or products"),
    ],
)  # fmt: skip
def test_a_list_of_something_else_is_said_to_be_one(header: str, about: str) -> None:
    rows = "\n".join(",".join("x" for _ in header.split(",")) for _ in range(50))
    with pytest.raises(ImportFailure, match=f"a list of {about}"):
        read(f"{header}\n{rows}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_of_spreadsheet_programs(encoding: str) -> None:
    text = "Tool;Verantwortlich;Kosten pro Monat\nHubSpot;Jörg Müller;€ 400\nKlaviyo;Zoë;1.200\n"
    found = read(text.encode(encoding))
    assert facts(found, "HubSpot")["owner"] == "Jörg Müller"
    assert facts(found, "HubSpot")["cost"] == {"amount": "400", "per": "month", "currency": "EUR"}


def test_a_list_of_tools_may_have_columns_about_people_and_retention() -> None:
    found = read(
        "Tool,Email,Phone,Retention period,Expiry\nHubSpot,a@b.test,1,30 days,2027-01-31\n"
    )
    assert facts(found, "HubSpot") == {
        "privacy": {"retention_days": 30},
        "contract": {"ends": "2027-01-31"},
    }


def test_a_column_of_ticks_is_a_status_and_what_is_everywhere_has_no_scope() -> None:
    found = read(
        "Tool,Active,Brand,Country,Budget\nHubSpot,x,Global,DE,9\nBraze,no,Retail; Outlet,US,8\n"
    )
    assert facts(found, "HubSpot") == {"status": "live"}
    assert facts(found, "Braze") == {"scopes": ["Retail", "Outlet"]}
    assert "status 'no' is none of" in said(found, "question")
    assert "'Country' (2: DE, US); 'Budget' (2: 9, 8)" in said(found, "left-out")


def test_the_period_and_the_currency_of_a_cost_may_stand_in_columns_of_their_own() -> None:
    found = read(
        "Product,Price,Billing cycle,Currency,Seats\nHubSpot,400,monthly,EUR,5\n"
        'Braze,"10,000",annually,USD,\nX,5,one-off,EUR,\n'
    )
    assert facts(found, "HubSpot")["cost"] == {"amount": "400", "per": "month", "currency": "EUR"}
    assert facts(found, "Braze")["cost"] == {"amount": "10000", "currency": "USD"}
    assert "cost" not in facts(found, "X")
    assert "5 is paid once" in said(found, "question")


def test_from_and_to_with_days_below_are_the_term_of_a_contract() -> None:
    found = read("Tool,From,To\nHubSpot,2026-01-01,2026-12-31\nBraze,2026-02-01,2027-01-31\n")
    assert found.integrations == []
    assert facts(found, "Braze") == {"contract": {"ends": "2027-01-31"}}


def test_of_two_columns_of_one_header_the_fuller_is_read_and_the_other_listed() -> None:
    found = read("Tool,Owner,Owner,Status\nHubSpot,,Mia,live\nKlaviyo,Ravi,Jo,live\n")
    assert facts(found, "Klaviyo")["owner"] == "Jo"
    assert "'Owner' (1: Ravi; column 'Owner' is read as owner already)" in said(found, "left-out")


def test_two_tools_in_one_cell_are_two_when_both_are_known() -> None:
    found = read("Tool,Cost,Owner\nKlaviyo / Braze,9000,Mia\nR/GA tracker,100,Jo\n")
    assert [t.name for t in found.tools] == ["Klaviyo", "Braze", "R/GA tracker"]
    assert facts(found, "Braze") == {"owner": "Mia"}


def test_what_a_tool_integrates_with_has_no_direction() -> None:
    found = read('Tool,Integrates with\nHubSpot,"Slack, Zendesk, the old thing"\nSlack,HubSpot\n')
    assert [(f.to, f.facts) for f in found.integrations] == [
        ("#3#Slack", {"direction": "unknown"}),
        ("Zendesk", {"direction": "unknown"}),
    ]
    assert "'the old thing': no known tool" in said(found, "left-out")


def test_secrets_and_addresses_reach_neither_the_facts_nor_a_message() -> None:
    key = "AKIAIOSFODNN7EXAMPLE"
    found = read(
        "Tool,Owner,Notes,API key,Renewal,Status\n"
        f"HubSpot,Mia <mia@acme.test>,token {key},{key},{key},{key}\n"
        f"{key},x,y,z,,\njoe@acme.test,x,y,z,,\n"
    )
    text = inventory_text(combine([found], CATALOGUE), "Acme", None, None)
    shown = "".join(f"{n.text}{n.place}{n.hint}" for n in found.notices)
    for secret in (key, "acme.test"):
        assert secret not in text
        assert secret not in shown
    assert "owner: Mia" in text
    assert found.dropped["secret"] >= 1


def test_formulas_in_text_are_not_taken_and_guards_are_taken_off() -> None:
    found = read('Tool,Cost\n=cmd|\' /C calc\'!A0,5\n\'=Equals,5\n"=""Braze""",7\n')
    assert [t.name for t in found.tools] == ["=Equals", "Braze"]
    assert "row 2, column A" in said(found, "unreadable")


# -------------------------------------------------------------------- hostile and broken files


def test_a_sheet_that_claims_billions_of_cells_is_passed_over_and_the_rest_read() -> None:
    data = workbook(
        {"Tools": [["Tool", "Owner"], ["HubSpot", "Mia"]], "Big": [["Tool"]]},
        lambda sheets: sheets["Big"].write(1048575, 16383, "x"),
    )
    found = read(data, "big.xlsx")
    assert [t.name for t in found.tools] == ["HubSpot"]
    assert "claims 17,179,869,184 cells" in said(found, "left-out")
    assert found.partial


def test_formats_far_below_the_list_do_not_make_it_too_large() -> None:
    def formats(sheets: dict[str, Any]) -> None:
        for row in range(2, 1048575, 50_000):
            sheets["Tools"].set_row(row, 30)

    found = read(workbook({"Tools": [["Tool"], ["HubSpot"]]}, formats), "formats.xlsx")
    assert len(found.tools) == 1


def test_errors_and_formulas_without_results_of_a_workbook_are_named() -> None:
    def spoil(sheets: dict[str, Any]) -> None:
        sheets["Tools"].write_formula("B2", "=Gone!A1", None, "#REF!")
        sheets["Tools"].write_formula("B3", "=A1", None, "")

    data = workbook({"Tools": [["Tool", "Owner"], ["HubSpot"], ["Klaviyo"]]}, spoil)
    found = read(data, "errors.xlsx")
    assert "shows #REF! (errors.xlsx, sheet Tools, row 2, column B)" in said(found, "unreadable")
    assert len(found.tools) == 2


def zipped(**parts: bytes) -> bytes:
    """Return an archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def test_a_workbook_that_unpacks_to_too_much_is_not_opened() -> None:
    data = zipped(xl__workbook_xml=b"a" * (151 * 1024 * 1024))
    with pytest.raises(ImportFailure, match="unpacks to more than 150 MB"):
        read(data, "bomb.xlsx")


@pytest.mark.parametrize(
    "data",
    [
        workbook({"Tools": [["Tool"], ["HubSpot"]]})[:-300],
        b"PK\x03\x04nothing",
        OLE + b"x" * 600,
        zipped(xl__workbook_xml=b"<workbook"),
        zipped(content_xml=b"<x", mimetype=b"y"),
    ],
    ids=["cut off", "no archive", "no compound file", "no workbook", "no document"],
)
def test_a_damaged_workbook_is_said_to_be_one(data: bytes) -> None:
    with pytest.raises(ImportFailure) as failure:
        read(data, "bad.xlsx")
    assert "bad.xlsx" in str(failure.value)
    assert failure.value.hint


def test_every_way_to_cut_a_workbook_short_ends_in_a_message() -> None:
    data = workbook(GERMAN)
    for end in range(0, len(data), len(data) // 40):
        bundle = Bundle("cut.xlsx", (SourceFile("cut.xlsx", data[:end] or b"\x00"),))
        with pytest.raises(ImportFailure):
            Spreadsheets().parse(bundle, Setting(CATALOGUE))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("page.xls", b"<html><table><tr><td>Tool</td></tr></table></html>", "a web page"),
        (
            "tools.csv",
            b"\x89PNG\r\n\x1a\n\x00\x05\x09\x00" + b"\x00\x01\x02\x03" * 50,
            "no list|text file",
        ),
        ("numbers.csv", b"1,2,3\n4,5,6\n", "no list"),
    ],
)
def test_what_is_no_list_is_said_to_be_none(name: str, data: bytes, message: str) -> None:
    with pytest.raises(ImportFailure, match=message):
        Spreadsheets().parse(Bundle(name, (SourceFile(name, data),)), Setting(CATALOGUE))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b'{"Tool": 1}'),
        ("a.csv", b'{"Tool": 1}'),
        ("a.yaml", b"a, b\nc, d\n"),
        ("a.md", b"- a, b\n"),
    ],
)
def test_files_of_other_kinds_are_left_to_others(name: str, data: bytes) -> None:
    assert not Spreadsheets().recognises(Bundle(name, (SourceFile(name, data),)))


def xls(cells: Sequence[tuple[int, int, str]], dimensions: tuple[int, ...] | None = None) -> bytes:
    """Return an XLS file with one sheet of texts, written by [MS-CFB] and [MS-XLS]."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    def book(at: int) -> bytes:
        head = struct.pack("<IBBBB", at, 0, 0, 5, 0)
        return begin(0x05) + record(0x0085, head + b"Tools") + record(0x000A, b"")

    bottom, right = max(r for r, _, _ in cells) + 1, max(c for _, c, _ in cells) + 1
    sheet = begin(0x10) + record(
        0x0200, struct.pack("<IIHHH", *(dimensions or (0, bottom, 0, right)), 0)
    )
    for row, column, text in cells:
        head = struct.pack("<HHHH", row, column, 0, len(text))
        sheet += record(0x0204, head + b"\0" + text.encode("latin1"))
    stream = (book(len(book(0))) + sheet + record(0x000A, b"")).ljust(4096, b"\0")
    stream = stream.ljust(-(-len(stream) // 512) * 512, b"\0")
    count = len(stream) // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    numbers = (0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head = OLE + b"\0" * 16 + struct.pack("<HHHHH6xIIIIIIIII", *numbers)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
        wide = name.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(wide), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return wide.ljust(64, b"\0") + links + b"\0" * 36 + struct.pack("<IQ", start, size)

    entries = entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + entry("Workbook", 2, 2, len(stream))
    return head + struct.pack("<128I", *table) + entries.ljust(512, b"\0") + stream


def test_an_old_workbook_is_read_and_one_that_claims_too_much_is_not_opened() -> None:
    found = read(xls([(0, 0, "Tool"), (0, 1, "Owner"), (1, 0, "HubSpot"), (1, 1, "Mia")]), "a.xls")
    assert facts(found, "HubSpot") == {"owner": "Mia"}
    with pytest.raises(ImportFailure, match="claims 16,777,216 cells"):
        read(xls([(0, 0, "Tool"), (65535, 255, "x")]), "far.xls")
    for lie in ((0, 0xFFFFFFFF, 0, 0xFFFF), (0xB60000, 2, 0, 600)):
        with pytest.raises(ImportFailure, match=r"claims [0-9,]{14,} cells"):
            read(xls([(0, 0, "Tool")], lie), "lies.xls")


def test_what_is_wrong_in_a_damaged_old_workbook_prints_no_trace(
    capfd: pytest.CaptureFixture[str],
) -> None:
    data = xls([(0, 0, "Tool"), (1, 0, "HubSpot")])
    rng = random.Random(7)  # noqa: S311 - the same files every time
    for _ in range(150):
        spoiled = bytearray(data)
        for _ in range(rng.randint(1, 8)):
            spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
        spoiled[:8] = OLE
        bundle = Bundle("a.xls", (SourceFile("a.xls", bytes(spoiled)),))
        with suppress(ImportFailure):
            Spreadsheets().parse(bundle, Setting(CATALOGUE))
    assert capfd.readouterr().err == ""


@given(st.text(st.sampled_from('Tool,;"\n\t=Cost|x€1.-?'), max_size=120))
def test_no_text_makes_the_importer_fail(text: str) -> None:
    bundle = Bundle("a.csv", (SourceFile("a.csv", f"Tool,Cost\n{text}".encode()),))
    with suppress(ImportFailure):
        combine([Spreadsheets().parse(bundle, Setting(CATALOGUE))], CATALOGUE)


# -------------------------------------------------------------------- mapping


def test_the_mapping_that_was_guessed_is_written_corrected_and_used_again() -> None:
    list_ = 'Werkzeug,Kritikalität,Yearly $,Code\nHubSpot,hoch,"12,000",x1\n'
    first = read(list_)
    text = mapping_text([first], {})
    assert '"Yearly $": {key: cost, per: year, currency: USD}' in text
    assert "Kritikalität: ignore" in text
    better = text.replace("Kritikalität: ignore", "Kritikalität: notes")
    better = better.replace("# currency: EUR or USD", "currency: EUR")
    second = read(list_, mapping=read_mapping(better.encode(), "columns.yaml"))
    assert facts(second, "HubSpot") == {
        "cost": {"amount": "12000", "currency": "USD"},
        "notes": "Kritikalität: hoch",
    }


def test_a_mapping_may_name_columns_by_letter_and_settle_how_numbers_and_days_are_written() -> None:
    mapping = read_mapping(
        b"options: {decimal: comma, dates: month-first, cost_per: month}\n"
        b"sheets: {'*': {kind: tools, columns: {"
        b"column A: name, column B: cost, column C: contract.ends}}}",
        "m.yaml",
    )
    found = read("Some tool,1.200,03/04/2027\n", mapping=mapping)
    assert facts(found, "Some tool") == {
        "cost": {"amount": "1200", "per": "month"},
        "contract": {"ends": "2027-03-04"},
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sheets: {'*': {kind: tools, columns: {A: ownr}}}", "did you mean `owner`"),
        ("sheets: {'*': {kind: tolls}}", "kind 'tolls' is none of"),
        ("sheet: {}", "'sheet' is no key of it"),
        ("options: {decimal: point,", "line 1"),
        ("- a", "no mapping of columns"),
        ("options: {decimal: both}", "comma or point"),
        ("sheets: [a]", "must be a mapping"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(text: str, message: str) -> None:
    with pytest.raises(ImportFailure, match=message):
        read_mapping(text.encode(), "m.yaml")


def test_the_command_line_saves_a_mapping_once_and_uses_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tools.csv").write_text("Tool,Criticality\nHubSpot,High\n", "utf-8")
    assert main(["import", "tools.csv", "--save-mapping", "m.yaml"]) == 0
    assert main(["import", "tools.csv", "--save-mapping", "m.yaml"]) == 2
    text = Path("m.yaml").read_text("utf-8")
    Path("m.yaml").write_text(text.replace("Criticality: ignore", "Criticality: notes"), "utf-8")
    assert main(["import", "tools.csv", "--mapping", "m.yaml", "-o", "inventory.yaml"]) == 0
    assert 'notes: "Criticality: High"' in Path("inventory.yaml").read_text("utf-8")
    Path("m.yaml").write_text("sheets: {'*': {kind: tolls}}", "utf-8")
    assert main(["import", "tools.csv", "--mapping", "m.yaml"]) == 3
    assert "kind 'tolls'" in capsys.readouterr().err
