"""The scan: polite, bounded, and never stopped by what a site answers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from stackaudit.__main__ import main
from stackaudit.cli import scan as command
from stackaudit.importers.network import AGENT, Line
from stackaudit.importers.site.crawl import MOST_CALLS, Crawl, container_page, picked, start_of
from stackaudit.importers.site.page import Page
from stackaudit.importers.site.robots import read_robots

HTML = {"content-type": "text/html; charset=utf-8"}
HOME = """<html><a href="/blog/a">a</a><a href="/contact">c</a><a href="/blog/b">b</a>
<a href="/files/x.pdf">p</a><a href="/logout">l</a><a href="https://other.example/x">o</a>
<a href="javascript:alert(1)">j</a><a href="mailto:a@b.c">m</a><a href="/about?x=1">q</a>
<a href="/about#top">t</a><script src="//js.hs-scripts.com/123.js"></script>
<script src="https://www.googletagmanager.com/gtm.js?id=GTM-AB12"></script></html>"""

Answer = Callable[[httpx.Request], httpx.Response]


class Web:
    """A web of our own: paths → answers, and what was asked."""

    def __init__(self, pages: dict[str, httpx.Response | str]) -> None:
        self.pages = pages
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.waits: list[float] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        host = request.headers["host"]
        self.asked.append(f"{host}{request.url.raw_path.decode()}")
        self.agents.add(request.headers["user-agent"])
        assert request.method == "GET"
        got = self.pages.get(f"{host}{request.url.path}", httpx.Response(404))
        return httpx.Response(200, text=got, headers=HTML) if isinstance(got, str) else got

    def line(self, address: str = "93.184.216.34") -> Line:
        return Line(httpx.MockTransport(self.answer), resolve=lambda *_: [address])

    def crawl(self) -> Crawl:
        return Crawl(self.line(), self.waits.append)


def test_the_page_given_and_a_few_telling_links_are_read_a_second_apart() -> None:
    web = Web({f"www.acme.example{p}": HOME for p in ("/", "/contact", "/blog/a", "/about")})
    site = web.crawl().site("www.acme.example", 3)
    assert web.asked == [
        "www.acme.example/robots.txt", "www.acme.example/", "www.acme.example/contact",
        "www.acme.example/blog/a",
    ]  # fmt: skip
    assert web.waits == [1.0, 1.0, 1.0]
    assert web.agents == {AGENT}
    assert len(site.pages) == 3


def test_links_are_picked_the_same_way_each_time_and_only_pages_of_the_host() -> None:
    page = Page(links=["/blog/a", "/contact", "/x.pdf", "/logout", "/about#t", "//o.example/x",
                       "http://[bad", "/a?b=1", "javascript:x", "/blog/b"])  # fmt: skip
    links = picked(page, "https://acme.example/", 9)
    paths = [link.removeprefix("https://acme.example") for link in links]
    assert paths == ["/contact", "/blog/a", "/about", "/blog/b"]


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /*.php$", "/x.php", False),
        ("User-agent: *\nDisallow: /*.php$", "/x.php5", True),
        ("User-agent: stackaudit\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/y", True),
        ("User-agent: other\nUser-agent: stackaudit\nDisallow: /x", "/x", False),
        ("\ufeffgarbage\n:::\nDisallow: /", "/", True),
        ("User-agent: *\nDisallow: /" + "*a" * 900, "/" + "a" * 1500, False),
    ],
)
def test_robots_rules_are_those_of_the_standard(text: str, path: str, allowed: bool) -> None:
    assert read_robots(text).allows(path) is allowed


def test_what_robots_txt_forbids_is_not_fetched_and_said() -> None:
    web = Web({
        "a.example/robots.txt": "User-agent: *\nCrawl-delay: 3\nDisallow: /contact",
        "a.example/": HOME,
        "a.example/about": "<p>x</p>",
    })  # fmt: skip
    site = web.crawl().site("https://a.example/", 5)
    assert "a.example/contact" not in web.asked
    assert ("https://a.example/contact", "robots.txt asks to leave it alone") in site.unchecked
    assert set(web.waits) == {3.0}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (httpx.Response(500), "answers error 500"),
        (httpx.Response(200, json={}), "no web page"),
        (httpx.Response(302, headers={"location": "http://[bad/"}), "could not be re"),
        (httpx.Response(302, headers={"location": "ftp://x.example/"}), "not http"),
        (httpx.Response(302, headers={"location": "/"}), "redirects more than"),
    ],
)
def test_a_failure_is_not_checked_and_not_the_end(answer: httpx.Response, why: str) -> None:
    web = Web({"a.example/": answer, "b.example/": HOME})
    crawl = web.crawl()
    bad, good = crawl.site("a.example", 1), crawl.site("b.example", 1)
    assert not bad.pages
    assert any(why in reason or "could not be" in reason for _, reason in bad.unchecked)
    assert len(good.pages) == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "::1"])
def test_addresses_that_are_not_public_are_never_called(address: str) -> None:
    web = Web({"a.example/": HOME})
    site = Crawl(web.line(address), web.waits.append).site("a.example")
    assert not web.asked
    assert not site.pages
    assert "no public address" in site.unchecked[0][1]


def test_unreachable_rules_mean_that_nothing_is_fetched() -> None:
    web = Web({"a.example/robots.txt": httpx.Response(503), "a.example/": HOME})
    site = web.crawl().site("a.example")
    assert web.asked == ["a.example/robots.txt"]
    assert "503" in site.unchecked[0][1]


def test_one_scan_has_an_end() -> None:
    web = Web({})
    crawl = web.crawl()
    for n in range(MOST_CALLS):
        crawl.site(f"a{n}.example")
    assert len(web.asked) == MOST_CALLS


@pytest.mark.parametrize(
    "url",
    ["", "javascript:alert(1)", "file:///etc/passwd", "http://u:p@a.example", "localhost", "http://[",
     "https://a.example:x/", "a b.example", "https://a.example/\x1b[0m"],
)  # fmt: skip
def test_what_is_no_website_is_not_called(url: str) -> None:
    assert start_of(url) is None


CONTAINER = (
    '(function(){var data = {"resource": {"tags":[{"vtp_html":"\\u003Cscript\\u003E'
    'fbq(\\"init\\",\\"1\\");s.src=\\"https:\\/\\/static.hotjar.com\\/c\\/hotjar-1.js\\"'
    '\\u003C\\/script\\u003E"}]},"runtime":[]};var a="https://bat.bing.com/bat.js";'
)


def test_a_container_names_vendors_in_its_own_part_only() -> None:
    texts = " ".join(s.text for s in container_page(CONTAINER).seen)
    assert "fbq('init','1')" in texts
    assert "https://static.hotjar.com/c/hotjar-1.js" in texts
    assert "bing" not in texts


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """A small site, and the command on a line to it."""
    made = Web({
        "www.acme.example/": httpx.Response(
            200, text=HOME, headers=[*HTML.items(), ("set-cookie", "_fbp=secret-value-1; Path=/")]
        ),
        "www.acme.example/contact": "<script>Calendly.initInlineWidget({})</script>",
        "www.googletagmanager.com/gtm.js": CONTAINER,
    })  # fmt: skip
    monkeypatch.setattr(command, "open_line", made.line)
    monkeypatch.setattr(command, "pause", lambda: made.waits.append)
    return made


def test_a_scan_shows_evidence_and_writes_an_inventory_once(
    web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "acme.yaml"
    arguments = ["scan", "www.acme.example", "-o", str(output), "--pages", "2", "--company", "Acme"]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "certain   HubSpot Marketing Hub: script host js.hs-scripts.com on /" in said
    assert "likely    Calendly: inline call Calendly.initInlineWidget( on /contact" in said
    assert "does not see what scripts load" in said
    text = output.read_text(encoding="utf-8")
    assert "secret-value" not in text + said
    assert main(["validate", str(output)]) == 0
    assert main(arguments) == 0
    assert output.read_text(encoding="utf-8") == text


def test_the_website_of_the_inventory_is_known_by_its_address(web: Web, tmp_path: Path) -> None:
    output = tmp_path / "acme.yaml"
    output.write_text(
        "stackaudit: 1\ncompany: {name: Acme}\ntools:\n"
        "  - {id: web, name: Our website, kind: own-channel, url: 'https://acme.example/de'}\n",
        encoding="utf-8",
    )
    assert main(["scan", "www.acme.example", "-o", str(output), "--pages", "1"]) == 0
    text = output.read_text(encoding="utf-8")
    assert text.count("kind: own-channel") == 1
    assert "from: web" in text


def test_the_public_container_is_read_only_when_asked(
    web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "www.acme.example", "--pages", "1"]) == 0
    assert not any("gtm.js" in asked for asked in web.asked)
    assert main(["scan", "www.acme.example", "--pages", "1", "--tag-manager"]) == 0
    said = capsys.readouterr().out
    assert "www.googletagmanager.com/gtm.js?id=GTM-AB12" in web.asked
    assert "likely    Hotjar: the published container names static.hotjar.com (GTM-AB12)" in said


def test_kept_pages_are_imported_again_as_the_same_site(web: Web, tmp_path: Path) -> None:
    kept = tmp_path / "pages"
    assert main(["scan", "www.acme.example", "--pages", "2", "--save", str(kept)]) == 0
    output = tmp_path / "again.yaml"
    assert main(["import", str(kept), "-o", str(output)]) == 0
    text = output.read_text(encoding="utf-8")
    assert "Website acme.example" in text
    assert "www.acme.example, inline call Calendly.initInlineWidget( on /contact" in text


def test_when_no_page_can_be_read_nothing_is_written(
    web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "x.yaml"
    assert main(["scan", "nothing.example", "-o", str(output)]) == 2
    assert not output.exists()
    assert "Not checked" in capsys.readouterr().out
