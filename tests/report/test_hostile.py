"""Strangers' text: no markup of theirs gets into the page, and nothing hides in it."""

from __future__ import annotations

import re
from functools import cache

import pytest
import sample
from hostile import PAYLOADS, STRANGE, WRITABLE, fields, planted
from page import Page

from stackaudit.report import render_html
from stackaudit.report.safe import esc, name, prose, safe_href, visible


@cache
def _plain() -> Page:
    return Page(render_html(planted(sample.retailer(), " zz")))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_text_of_the_result_adds_no_element_and_no_attribute(
    payload: str,
) -> None:
    page = Page(render_html(planted(sample.retailer(), payload)))
    tags = dict(page.tags)
    plain = dict(_plain().tags)
    assert set(tags) - {"bdi"} == set(plain) - {"bdi"}
    # How often a text is cut (and gets a title, as a chip of the map does) depends on its length;
    # backticks set code, and what is not ASCII is isolated in its own reading direction.
    for own in ("title", "path", "text", "code", "bdi"):
        tags.pop(own, None)
        plain.pop(own, None)
    assert tags == plain
    known = {(t, n) for t, n, _ in _plain().attributes} | {("li", "title")}
    assert {(t, n) for t, n, _ in page.attributes} <= known


def test_the_payload_reaches_the_texts_that_people_write() -> None:
    places = fields(planted(sample.retailer(), "§§"), "§§")
    for path in (
        ("company", "name"),
        ("tools", "[]", "name"),
        ("tools", "[]", "notes"),
        ("tools", "[]", "owner", "[]"),
        ("findings", "[]", "sentence"),
        ("findings", "[]", "evidence", "[]", "quote"),
        ("findings", "[]", "accepted", "because"),
        ("actions", "[]", "text"),
        ("out_of_scope", "[]", "name"),
    ):
        assert path in places
    assert len(places) > 120


@pytest.mark.parametrize("case", sorted(WRITABLE))
def test_strange_characters_are_drawn_and_written_as_valid_text(case: str) -> None:
    html = render_html(planted(sample.bare(1), WRITABLE[case]))
    html.encode("utf-8")
    assert not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff]", html
    )


@pytest.mark.parametrize(
    "case", ["nul", "esc", "rlo", "lri", "zwsp", "wj", "soft_hyphen", "tag_chars", "lone_hi"]
)
def test_what_cannot_be_seen_is_written_out(case: str) -> None:
    assert "⟨U+" in visible(STRANGE[case])


@pytest.mark.parametrize(
    "case", ["nfc", "nfd", "sharp_s", "emoji_zwj", "flag", "arabic_digits", "cyrillic_a"]
)
def test_what_is_writing_is_left_alone(case: str) -> None:
    assert visible(STRANGE[case]) == STRANGE[case]


def test_a_heap_of_marks_is_cut_and_counted() -> None:
    shown = visible(STRANGE["zalgo"])
    assert len(shown) < 20
    assert "⟨+" in shown


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_a_live_address(payload: str) -> None:
    href = safe_href(payload)
    assert href is None or href.startswith(("https://", "http://", "mailto:"))


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("java\tscript:alert(1)", None),
        ("//example.org/", None),
        ("https://", None),
        ("https://[::1", None),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("https://example.org:99999/", None),
    ],
)
def test_addresses(url: str, href: str | None) -> None:
    assert safe_href(url) == href


def test_text_is_escaped_once_and_only_once() -> None:
    assert esc("a<b & \"c\" 'd'") == "a&lt;b &amp; &#34;c&#34; &#39;d&#39;"
    assert name("<i>") == "&lt;i&gt;"
    assert name("<שלום>") == "<bdi>&lt;שלום&gt;</bdi>"
    assert (
        prose("add `complete: [<tools>]` to it")
        == "add <code>complete: [&lt;tools&gt;]</code> to it"
    )


def test_data_for_the_script_cannot_end_its_element() -> None:
    html = render_html(planted(sample.scaled(210), "</script><script>window.__pwn=1</script>"))
    assert html.count("</script") == len(re.findall(r"<script[ >]", html)) == 3
