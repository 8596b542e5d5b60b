"""Recordings of a browser's traffic: what was called and set, and never a value."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.site.importer import Recordings
from stackaudit.importers.text import inventory_text

SETTING = Setting(load_catalogue(None))
PLANTED = "planted-value-0123456789"


def entry(url: str, **more: Any) -> dict[str, Any]:
    """Return an entry of a recording."""
    made: dict[str, Any] = {
        "request": {"method": more.pop("method", "GET"), "url": url, "cookies": []},
        "response": {"status": 200, "headers": [], "cookies": [], "content": {}},
    }
    return made | more


def bundle(text: str, name: str = "acme.har") -> Bundle:
    return Bundle(name, (SourceFile(name, text.encode()),))


def parse(*entries: Any) -> Found:
    """Return what a recording with these entries comes to."""
    page = entry("https://www.acme.example/", _resourceType="document")
    page["response"]["content"] = {
        "mimeType": "text/html",
        "text": "<script>fbq('init','1')</script>",
    }
    page["response"]["headers"] = [
        {"name": "Set-Cookie", "value": f"_kla_id={PLANTED}\n__kla_id={PLANTED}"},
        {"name": "x-powered-by", "value": "WP Engine"},
        {"name": "Authorization", "value": PLANTED},
    ]
    text = json.dumps({"log": {"version": "1.2", "entries": [page, *entries]}})
    return Recordings().parse(bundle(text), SETTING)


def test_calls_cookies_headers_and_the_page_itself_are_recognised() -> None:
    found = parse(
        entry(f"https://region1.google-analytics.com/g/collect?v=2&tid=G-ABCD123456&cid={PLANTED}"),
        entry(f"https://bat.bing.com/action/0?ti=123&token={PLANTED}"),
        entry("https://fonts.gstatic.com/x.woff2"),
    )
    tools = {t.key: t.confidence for t in found.tools}
    assert tools == {
        "site": "certain",
        "google-analytics-4": "certain",
        "klaviyo": "likely",
        "meta-ads": "certain",
        "microsoft-advertising": "certain",
        "wp-engine": "certain",
    }
    assert {f.to for f in found.integrations} == {
        "google-analytics-4", "meta-ads", "microsoft-advertising",
    }  # fmt: skip
    assert found.counts["requests"] == 4


def test_no_value_of_a_recording_gets_out() -> None:
    found = parse(entry(f"https://bat.bing.com/action/0?ti=123&token={PLANTED}"))
    draft = combine([found], SETTING.catalogue)
    text = inventory_text(draft, "Acme", None, None) + repr(found)
    assert PLANTED not in text


def test_a_call_that_tag_manager_made_goes_via_it() -> None:
    loader = "https://www.googletagmanager.com/gtm.js?id=GTM-AB12"
    found = parse(
        entry(loader),
        entry(
            "https://static.hotjar.com/c/hotjar-12.js",
            _initiator={"type": "script", "stack": {"callFrames": [{"url": loader}]}},
        ),
    )
    flow = next(f for f in found.integrations if f.to == "hotjar")
    assert flow.facts["via"] == ["google-tag-manager"]


def test_strange_entries_are_said_and_the_rest_is_kept() -> None:
    found = parse(None, 7, {"request": {"url": None}}, entry("https://js.hs-scripts.com/1.js"))
    assert found.partial
    assert "hubspot-marketing-hub" in {t.key for t in found.tools}
    assert any("3 entries" in n.text for n in found.notices)


@pytest.mark.parametrize(
    "text",
    ['{"log": {"entries": [', '{"log": {}}', '{"log": {"entries": []}}', "[]", "[" * 100_000],
)
def test_what_is_no_recording_fails_in_words(text: str) -> None:
    with pytest.raises(ImportFailure) as failure:
        Recordings().parse(bundle(text), SETTING)
    assert "HAR" in str(failure.value)


def test_a_recording_is_known_by_its_content() -> None:
    assert Recordings().recognises(bundle('{"log": {"entries": []}}', "x.json"))
    assert not Recordings().recognises(bundle('{"tags": []}', "x.json"))
