"""The table of fingerprints: facts with sources, and matching that nothing can make slow."""

from __future__ import annotations

import csv
import time
from importlib.resources import files

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.site.table import NONE, address, domain, glob, occurs, own_table

TEXT = files("stackaudit.importers.site").joinpath("fingerprints.csv").read_text("utf-8")
ROWS = list(csv.DictReader(TEXT.splitlines()))


def test_the_table_knows_at_least_200_products_of_the_catalogue_and_no_other() -> None:
    products = {row["product"] for row in ROWS} - {NONE}
    assert products <= set(load_catalogue(None).products)
    assert len(products) >= 200


def test_every_row_has_a_kind_a_confidence_a_source_and_patterns() -> None:
    kinds = {
        *("script", "frame", "image", "form", "asset", "request", "inline", "path"),
        *("cookie", "generator", "meta", "header", "attr", "file"),
    }
    for row in ROWS:
        assert row["kind"] in kinds, row
        assert row["confidence"] in ("certain", "likely", "possible"), row
        assert row["source"] in ("public-docs", "open-cookie-database", "seen"), row
        assert row["patterns"].split(), row


def test_cookie_names_of_the_open_database_are_marked_as_such() -> None:
    assert {r["kind"] for r in ROWS if r["source"] == "open-cookie-database"} == {"cookie"}


@pytest.mark.parametrize(
    ("pattern", "text", "whole", "fits"),
    [
        ("a.com/#.js", "a.com/123.js?x=1", False, True),
        ("a.com/#.js", "a.com/x.js", False, False),
        ("a.com/gtm.js?*id=GTM-", "a.com/gtm.js?l=dl&id=GTM-AB12", False, True),
        ("_ga_*", "_ga_ABC", True, True),
        ("_ga_*", "x_ga_ABC", True, False),
        ("_fbp", "_fbp2", True, False),
        ("_pk_id.*", "_pk_id.1.2", True, True),
        ("*-end", "the-end", True, True),
    ],
)
def test_a_pattern_is_literal_with_stars_and_digits(
    pattern: str, text: str, whole: bool, fits: bool
) -> None:
    assert glob(pattern, text, whole=whole) is fits


@pytest.mark.parametrize(
    ("pattern", "code", "there"),
    [
        ("fbq('init','#", "fbq('init','123')", True),
        ("fbq('init','#", "fbq('init','{{ id }}')", False),
        ("fbq('track", "fbq('trackCustom','x')", True),
        ("fbq('track", "myfbq('track','x')", False),
        ("intercomSettings=", "window.intercomSettings={}", True),
        ("window.Intercom", "window.IntercomStub", False),
    ],
)
def test_inline_marks_are_words_of_their_own(pattern: str, code: str, there: bool) -> None:
    assert occurs(pattern, code) is there


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://Static.Klaviyo.com/x", "static.klaviyo.com"),
        ("//a.b.com:443/x", "a.b.com"),
        ("https://user:pw@a.b.com/", "a.b.com"),
        ("/gtm.js", "own.example"),
        ("./x.js", "own.example"),
    ],
)
def test_an_address_gives_its_host(text: str, host: str) -> None:
    found = address(text, "own.example")
    assert found is not None
    assert found.host == host


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.c", ""])
def test_what_leads_nowhere_is_no_address(text: str) -> None:
    assert address(text, "own.example") is None


def test_hosts_match_as_whole_labels_only() -> None:
    table = own_table()
    for url in (
        "https://evilstatic.hotjar.com.example/c/hotjar-1.js",
        "https://xhs-scripts.com/1.js",
    ):
        found = address(url)
        assert found is not None
        assert table.address("script", found) is None


def test_matching_stays_quick_on_text_made_to_slow_it() -> None:
    table = own_table()
    begin = time.perf_counter()
    for text in ("fbq('init','" * 100_000, "_paq.push(['setSiteId','" * 60_000, "a" * 1_500_000):
        for mark in table.of("inline"):
            occurs(mark.text, text)
    glob("*a" * 200 + "b", "a" * 100_000)
    assert time.perf_counter() - begin < 8


def test_a_registered_domain_is_told_from_its_host() -> None:
    assert domain("www.shop.example.co.uk") == "example.co.uk"
    assert domain("a.b.example.com") == "example.com"
