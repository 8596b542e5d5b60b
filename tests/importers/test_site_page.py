"""Saved pages: what is recognised, what is not, and what waits for consent."""

from __future__ import annotations

import time

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import Bundle, Found, Setting, SourceFile
from stackaudit.importers.site.importer import Pages
from stackaudit.importers.text import inventory_text
from stackaudit.inventory.load import parse_inventory

SETTING = Setting(load_catalogue(None))
HEAD = '<!doctype html><html><head><link rel="canonical" href="https://www.acme.example/">'


def parse(html: str | bytes, name: str = "page.html") -> Found:
    """Return what a saved page comes to."""
    data = html if isinstance(html, bytes) else html.encode()
    return Pages().parse(Bundle(name, (SourceFile(name, data),)), SETTING)


def seen(html: str) -> dict[str, str]:
    """Return product → confidence of what a page with this content shows."""
    found = parse(f"{HEAD}{html}</html>")
    return {t.key: t.confidence for t in found.tools if t.key != "site"}


@pytest.mark.parametrize(
    ("html", "product", "confidence"),
    [
        ("<script src='//js.hs-scripts.com/123.js'></script>", "hubspot-marketing-hub", "certain"),
        ("<script src='https://www.googletagmanager.com/gtag/js?id=G-ABCD123456'></script>",
         "google-analytics-4", "certain"),
        ("<script src='https://www.googletagmanager.com/gtag/js?id=UA-12345-1'></script>",
         "universal-analytics", "certain"),
        ("<script src='https://www.googletagmanager.com/gtag/js?id=AW-123456789'></script>",
         "google-ads", "certain"),
        ("<noscript><iframe src='//www.googletagmanager.com/ns.html?id=GTM-AB12'></noscript>",
         "google-tag-manager", "certain"),
        ("<script>fbq( 'init', \"123\" )</script>", "meta-ads", "certain"),
        ("<script src='https://connect.facebook.net/en_US/fbevents.js'></script>",
         "meta-ads", "likely"),
        ("<script>var s='https://static.hotjar.com/c/hotjar-1.js?sv=6'</script>",
         "hotjar", "likely"),
        ("<form action='https://acme.us1.list-manage.com/subscribe/post?u=1'></form>",
         "intuit-mailchimp", "certain"),
        ("<meta name='generator' content='WordPress 6.5'>", "wordpress", "certain"),
        ("<link rel='stylesheet' href='/wp-content/x.css'><script src='/wp-content/y.js'></script>",
         "wordpress", "likely"),
        ("<img src='https://cdn.shopify.com/s/files/1/x.png'>", "shopify", "likely"),
        ("<link rel='preconnect' href='https://static.klaviyo.com'>", "klaviyo", "possible"),
        ("<script src='/metrics/gtm.js?id=GTM-AB12'></script>", "google-tag-manager", "likely"),
        ("<script src='https://data.acme.example/gtm.js'></script>",
         "google-tag-manager", "likely"),
    ],
)  # fmt: skip
def test_a_mark_gives_its_product_away(html: str, product: str, confidence: str) -> None:
    assert seen(html) == {product: confidence}


@pytest.mark.parametrize(
    "html",
    [
        "<a href='https://www.facebook.com/acme'>us on Facebook</a>",
        "<a href='https://acme.us1.list-manage.com/subscribe?u=1'>newsletter</a>",
        "<iframe src='https://www.youtube.com/embed/x'></iframe>",
        "<script src='https://connect.facebook.net/en_US/sdk.js'></script>",
        "<script src='https://platform.twitter.com/widgets.js'></script>",
        "<link rel='stylesheet' href='https://fonts.googleapis.com/css?family=Inter'>",
        "<p>We use Klaviyo, fbq('init','123') and static.hotjar.com/c/hotjar-1.js</p>",
        "<!-- <script src='//js.hs-scripts.com/123.js'></script> -->",
        "<script>\n// fbq('init', '123')\n/* ttq.load('X')\n more */\n</script>",
        "<script type='application/json'>{\"x\":\"fbq('init','123')\"}</script>",
        "<script type='text/template'>fbq('init','123')</script>",
        "<script>var text = 'see https://www.klaviyo.com/pricing and hotjar'</script>",
        "<script src='https://static.klaviyo.com.evil.example/onsite/js/'></script>",
        "<script src='javascript:alert(1)'></script>",
    ],
)
def test_links_embeds_fonts_prose_and_comments_are_no_tools(html: str) -> None:
    assert seen(html) == {}


def test_the_site_sends_to_vendors_by_tag_and_says_only_what_is_sure() -> None:
    found = parse(
        f"{HEAD}<script src='https://www.googletagmanager.com/gtag/js?id=G-ABCD123456'></script>"
        "<script src='//js.hs-scripts.com/123.js'></script>"
        "<form action='https://acme.us1.list-manage.com/subscribe/post'></form>"
        "<img src='https://cdn.shopify.com/s/files/1/x.png'>"
        "<iframe src='https://www.googletagmanager.com/ns.html?id=GTM-A1'></iframe>"
    )
    assert found.source == "www.acme.example"
    site = found.tool("site")
    assert site is not None
    assert (site.name, site.facts["kind"]) == ("Website acme.example", "own-channel")
    flows = {f.to: f.facts for f in found.integrations}
    assert flows == {
        "google-analytics-4": {"method": "sdk-pixel", "objects": ["behavioural-event"]},
        "hubspot-marketing-hub": {"method": "sdk-pixel"},
        "intuit-mailchimp": {"objects": ["form-submission"]},
    }


CONSENT = """
<script>gtag('consent', 'default', {ad_storage: 'denied'})</script>
<script src="https://static.hotjar.com/c/hotjar-12.js"></script>
<script id="Cookiebot" src="https://consent.cookiebot.com/uc.js" data-cbid="x"></script>
<script type="text/plain" data-cookieconsent="marketing">fbq('init','123')</script>
<script type="text/plain" class="optanon-category-C0004" src="//js.hs-scripts.com/1.js"></script>
<script src="https://bat.bing.com/bat.js"></script>
"""


def test_only_markup_that_says_so_gates_a_tag() -> None:
    found = parse(f"{HEAD}{CONSENT}")
    gated = {f.to: f.facts.get("gated_by") for f in found.integrations}
    assert gated["meta-ads"] == ["cookiebot"]
    assert gated["hubspot-marketing-hub"] == ["onetrust"]
    assert gated["hotjar"] is None
    assert gated["microsoft-advertising"] is None
    notes = " ".join(n.text for n in found.notices)
    assert "not held back for consent, as far as the HTML shows: Hotjar, Microsoft Adv" in notes
    assert "in front of the consent tool's own script: Hotjar" in notes
    assert "own script: Hotjar, Micro" not in notes
    assert "consent mode has a default" in notes


def test_a_category_on_a_script_that_runs_is_no_gate() -> None:
    found = parse(f"{HEAD}<script data-cookieconsent='ignore'>fbq('init','1')</script>")
    assert "gated_by" not in found.integrations[0].facts


def test_a_page_saved_with_its_files_says_what_is_lost() -> None:
    found = parse(
        "<!-- saved from url=(0024)https://www.acme.example/ --><html>"
        "<script src='./Acme_files/fbevents.js.download'></script></html>"
    )
    assert found.source == "www.acme.example"
    assert {t.key: t.confidence for t in found.tools[1:]} == {"meta-ads": "likely"}
    assert any("HTML only" in n.hint for n in found.notices)


def test_the_source_of_a_page_as_browsers_save_it_is_read() -> None:
    rows = "".join(
        f'<tr><td class="line-number"></td><td class="line-content">{line}</td></tr>'
        for line in ("&lt;html&gt;", "&lt;script&gt;<span>fbq('init', '123')</span>&lt;/script&gt;")
    )
    found = parse(f"<html><body><table>{rows}</table></body></html>")
    assert [t.key for t in found.tools[1:]] == ["meta-ads"]


def test_a_folder_of_pages_of_one_site_is_one_source() -> None:
    files = tuple(SourceFile(f"{n}.html", f"{HEAD}<p>{n}</p>".encode()) for n in ("a", "b"))
    assert Pages().recognises(Bundle("site", files, folder=True))
    other = SourceFile("c.html", HEAD.replace("acme", "other").encode())
    assert not Pages().recognises(Bundle("site", (*files, other), folder=True))


def test_a_page_is_known_by_its_beginning() -> None:
    def known(text: str, name: str) -> bool:
        return Pages().recognises(Bundle(name, (SourceFile(name, text.encode()),)))

    assert known("<p>a piece of a page</p>", "head.html")
    assert known("\n<!-- a --><!-- b -->\n<!DOCTYPE html><p>", "saved")
    assert not known("<!---->" * 500 + "x", "saved")
    assert not known("Tool,Cost\n<html>,1", "list.csv")


NASTY = [
    "\x1b[31mred\x1b[0m",
    "x: y\n- id: injected",
    '"}\nintegrations: [a -> b]\n#',
    "\u202egnp.exe",
    "{{ 7*7 }}",
]


@pytest.mark.parametrize("nasty", NASTY)
def test_text_of_a_page_cannot_write_yaml_or_terminal_codes(nasty: str) -> None:
    found = parse(
        f"<html><head><link rel='canonical' href='https://{nasty}.example/{nasty}'>"
        f"<meta name='generator' content='WordPress {nasty}'><meta name='{nasty}'>"
        f"<title>{nasty}</title><script src='https://{nasty}.example/{nasty}.js'></script>"
        f"<script src='//js.hs-scripts.com/123.js?{nasty}'></script>"
        f"<script type='text/plain' data-cookieconsent='{nasty}'>fbq('init','1')</script>",
        f"{nasty}.html".replace("/", ""),
    )
    draft = combine([found], SETTING.catalogue)
    text = inventory_text(draft, "Acme", None, None)
    assert "\x1b" not in text
    assert "\u202e" not in text
    loaded = parse_inventory(text, "x.yaml")
    assert not [p for p in loaded.problems if p.level == "error"]
    assert loaded.inventory is not None
    assert "injected" not in {t.id for t in loaded.inventory.tools}
    said = " ".join(f"{n.text} {n.place}" for n in found.notices)
    assert "\x1b" not in said + found.title + found.source


HOSTILE = {
    "ten megabytes": b"<html>" + b"<p>x</p>" * 1_300_000,
    "nested tags": b"<html>" + b"<div>" * 100_000 + b"<script>fbq('init','1')</script>",
    "NUL bytes": b"<html>\x00<scr\x00ipt>fbq('init','1')</script>\x00" * 500,
    "attributes": b"<html><script "
    + b" ".join(b"a%d=x" % i for i in range(200_000))
    + b"></script>",
    "wrong charset": b"<html><meta charset='no-such-thing'>\xff\xfe\xfa<script></script>",
    "open quotes": b"<html><script src='" + b"a" * 2_000_000,
    "one line of code": b"<html><script>" + b"a=1;" * 600_000 + b"</script>",
    "calls": b"<html><script>" + b"xfbq('init','" * 150_000 + b"</script>",
    "slashes": b"<html><script>" + b"//" * 700_000 + b"</script>",
    "scripts": b"<html>" + b"<script src=//a.example/x.js></script>" * 60_000,
    "comments": b"<html>" + b"<!--" * 300_000,
    "not HTML": bytes(range(256)) * 4000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_page_costs_a_moment_and_no_traceback(what: str) -> None:
    begin = time.perf_counter()
    assert parse(HOSTILE[what]).tool("site") is not None
    assert time.perf_counter() - begin < 10


def test_a_page_that_is_cut_says_so() -> None:
    found = parse(HOSTILE["ten megabytes"])
    assert found.partial
