"""Fingerprints that a user brings: matched by name, and never run as they are."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.site.importer import Pages
from stackaudit.importers.site.wappalyzer import plain_pattern, read_brought

CATALOGUE = load_catalogue(None)
PAGE = (
    "<html><link rel='canonical' href='https://acme.example/'>"
    "<script src='/own/klaviyo-7.js'></script><script src='https://x.example/widget/9.js'></script>"
)


def brought(tmp_path: Path, technologies: object) -> Path:
    folder = tmp_path / "technologies"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(technologies), encoding="utf-8")
    return tmp_path


def parse(folder: Path) -> Found:
    setting = Setting(CATALOGUE, fingerprints=folder)
    return Pages().parse(Bundle("p.html", (SourceFile("p.html", PAGE.encode()),)), setting)


def test_technologies_are_matched_to_the_catalogue_by_name(tmp_path: Path) -> None:
    found = parse(brought(tmp_path, {
        "Klaviyo": {"cats": [32], "scriptSrc": ["klaviyo-(\\d+)\\.js\\;version:\\1"]},
        "HubSpot": {"scriptSrc": "x\\.example/widget/\\;confidence:30"},
        "Widgetiser\u001b[31m": {"scriptSrc": "widget/[0-9]+\\.js"},
        "Never": {"js": {"never": ""}, "scriptSrc": "(a+)+$"},
    }))  # fmt: skip
    assert {t.key: t.confidence for t in found.tools[1:]} == {
        "hubspot-marketing-hub": "possible",
        "klaviyo": "likely",
    }
    notes = " ".join(n.text for n in found.notices)
    assert "in no catalogue: Widgetiser" in notes
    assert "\x1b" not in notes
    assert "2 of your fingerprints' patterns were not used" in notes


@pytest.mark.parametrize(
    ("source", "text", "fits"),
    [
        (r"cdn\.acme\.com/([\d.]+)/x\.js", "https://cdn.acme.com/1.2/x.js", True),
        (r"^https?://a(?:b|c)\.com", "http://ac.com/", True),
        (r"[^/]*\.js$", "x.js", True),
        (r"a{2,3}b", "ab", False),
    ],
)
def test_plain_expressions_mean_what_they_meant(source: str, text: str, fits: bool) -> None:
    pattern = plain_pattern(source, 500)
    assert pattern is not None
    assert bool(pattern.search(text)) is fits


@pytest.mark.parametrize(
    "source",
    [
        "(a+)+$",
        "(a|a)*b",
        r"(.)\1",
        "a(?=b)",
        ".*.*.*x",
        "a{1,5000}",
        "(" * 60,
        "[",
        "x" * 600,
        "a++",
    ],
)
def test_expressions_that_could_take_long_are_not_used(source: str) -> None:
    assert plain_pattern(source, 500) is None


def test_what_is_used_stays_quick(tmp_path: Path) -> None:
    pattern = plain_pattern(".*a.*b", 500)
    begin = time.perf_counter()
    assert pattern is None or pattern.search("a" * 500) is None
    assert time.perf_counter() - begin < 2


@pytest.mark.parametrize("technologies", [[], {"A": 1}, {"A": {"scriptSrc": None}}, "x", {"A": {}}])
def test_a_folder_without_fingerprints_says_so(tmp_path: Path, technologies: object) -> None:
    with pytest.raises(ImportFailure, match="no fingerprints"):
        read_brought(brought(tmp_path, technologies))
