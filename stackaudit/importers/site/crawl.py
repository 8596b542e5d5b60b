"""A few pages of a website, fetched politely: robots.txt, one call a second, nothing but GETs."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from stackaudit.importers.model import ImportFailure
from stackaudit.importers.network import Line, Reply
from stackaudit.importers.site.importer import decoded
from stackaudit.importers.site.page import Page, Seen, read_page
from stackaudit.importers.site.recognise import GTM, IDS
from stackaudit.importers.site.robots import Robots, read_robots
from stackaudit.importers.site.table import address

PAGES: Final = 5
MOST_PAGES: Final = 20
MOST_CALLS: Final = 120
"""Calls of one scan, whatever the number of sites."""
PAUSE: Final = 1.0
CONTAINERS: Final = 3
_TELLING: Final = (
    "contact", "kontakt", "demo", "pricing", "preise", "newsletter", "subscribe", "signup",
    "product", "produkt", "shop", "cart", "blog", "support", "book", "donate", "event",
)  # fmt: skip
"""Words of paths on which tools show that the first page lacks: forms, chats, shops."""
_NOT_PAGES: Final = (
    ".pdf", ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".zip", ".mp4", ".mp3", ".xml",
    ".json", ".css", ".js", ".ics", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".rss",
)  # fmt: skip
_LEAVE: Final = (
    "logout",
    "signout",
    "sign-out",
    "log-out",
    "delete",
    "unsubscribe",
    "login",
    "admin",
)


@dataclass(slots=True)
class Site:
    """What was fetched of one site, and what was not, with the reason."""

    asked: str
    host: str = ""
    pages: list[Page] = field(default_factory=list)
    saved: list[tuple[str, bytes]] = field(default_factory=list)
    """Address and body of each page, as served."""
    unchecked: list[tuple[str, str]] = field(default_factory=list)
    """What was not checked, and why."""


class Crawl:
    """Fetches pages of sites through one line; a failure is said, and never the end.

    Parameters
    ----------
    line
        The line to the network, with all its limits.
    wait
        Called with the seconds to wait between two calls.
    say
        Called with a few words before every call.
    """

    def __init__(
        self,
        line: Line,
        wait: Callable[[float], None] = time.sleep,
        say: Callable[[str], None] | None = None,
    ) -> None:
        self._line = line
        self._wait = wait
        self._say = say
        self._calls = 0

    def site(self, url: str, pages: int = PAGES, *, containers: bool = False) -> Site:
        """Return at most so many pages of the site of an address, the one given first.

        ``containers`` also fetches the public script of the tag-manager containers found.
        """
        site = Site(url)
        start = start_of(url)
        if start is None:
            site.unchecked.append((shown(url), "it is no address of a website"))
            return site
        site.host = urlsplit(start).hostname or ""
        robots = self._robots(start, site)
        if robots is None:
            return site
        reply = self._page(start, robots, site)
        if reply is None:
            return site
        at = address(reply.url)
        if at is not None and at.host != site.host:
            site.host = at.host
            robots = self._robots(reply.url, site)
            if robots is None:
                return site
        for link in picked(site.pages[0], reply.url, min(pages, MOST_PAGES) - 1):
            self._page(link, robots, site)
        if containers:
            self._containers(site)
        return site

    def _get(self, url: str, site: Site, pause: float = PAUSE) -> Reply | None:
        if self._calls >= MOST_CALLS:
            site.unchecked.append((shown(url), f"one scan makes at most {MOST_CALLS} calls"))
            return None
        if self._calls:
            self._wait(pause)
        self._calls += 1
        if self._say is not None:
            self._say(f"reading {shown(url)}")
        try:
            return self._line.get(url)
        except ImportFailure as failure:
            site.unchecked.append((shown(url), str(failure)))
        except Exception as error:  # noqa: BLE001 - a hostile answer may break the reader anywhere
            site.unchecked.append((shown(url), f"it could not be read ({type(error).__name__})"))
        return None

    def _robots(self, url: str, site: Site) -> Robots | None:
        """Return the rules of a site; None, and said, where they cannot be known (RFC 9309)."""
        reply = self._get(urljoin(url, "/robots.txt"), site)
        if reply is None:
            return None
        if reply.status >= 500:
            site.unchecked.append((shown(url), f"its robots.txt answers error {reply.status}"))
            return None
        return read_robots(reply.text) if reply.status < 300 else Robots()

    def _page(self, url: str, robots: Robots, site: Site) -> Reply | None:
        parts = urlsplit(url)
        if not robots.allows(parts.path + (f"?{parts.query}" if parts.query else "")):
            site.unchecked.append((shown(url), "robots.txt asks to leave it alone"))
            return None
        reply = self._get(url, site, max(PAUSE, robots.delay))
        if reply is None:
            return None
        kind = reply.headers.get("content-type", "text/html").lower()
        if reply.status >= 400:
            site.unchecked.append((shown(url), f"it answers error {reply.status}"))
            return None
        if "html" not in kind:
            site.unchecked.append((shown(url), "it is no web page"))
            return None
        try:
            page = read_page(decoded(reply.body, kind.partition("charset=")[2].strip("\"' ;")))
        except ImportFailure as failure:
            site.unchecked.append((shown(url), str(failure)))
            return None
        at = address(reply.url)
        if at is not None:
            page.host, page.path = at.host, at.rest
        page.cut = page.cut or reply.cut
        page.seen += list(_answer(reply))
        site.pages.append(page)
        site.saved.append((reply.url, reply.body))
        return reply

    def _containers(self, site: Site) -> None:
        """Fetch the published scripts of the containers on the pages, and note what they name."""
        ids = sorted({i for p in site.pages for s in p.seen for i in IDS[GTM].findall(s.text)})
        for container in ids[:CONTAINERS]:
            url = f"https://www.googletagmanager.com/gtm.js?id={container}"
            reply = self._get(url, site)
            if reply is None:
                continue
            if reply.status != 200:
                site.unchecked.append((container, f"its script answers error {reply.status}"))
                continue
            page = container_page(reply.text)
            page.host, page.path, page.cut = site.host, container, reply.cut
            site.pages.append(page)


def container_page(text: str) -> Page:
    """Return what the published script of a container names: only its own part, not Google's.

    Structure as served: ``var data = {"resource": {…}, "runtime": […]``, then Google's code.
    """
    from stackaudit.importers.site.page import code_seen

    begin = text.find('"resource"')
    end = text.find('"runtime"', begin)
    inside = text[begin:end] if 0 <= begin < end else ""
    for escaped, plain in (("\\u003C", "<"), ("\\u003c", "<"), ("\\u003E", ">"), ("\\u003e", ">"),
                           ("\\u0026", "&"), ("\\/", "/"), ('\\"', "'"), ("\\n", " ")):  # fmt: skip
        inside = inside.replace(escaped, plain)
    page = Page(kind="container")
    page.seen += code_seen(inside, how="tag manager")
    return page


def _answer(reply: Reply) -> list[Seen]:
    """Return the names of cookies an answer sets, and its headers."""
    seen = []
    for name, value in reply.headers.multi_items()[:200]:
        if name.lower() == "set-cookie":
            seen.append(Seen("cookie", value.partition("=")[0].strip()[:100]))
        elif "cookie" not in name.lower():
            seen.append(Seen("header", f"{name.lower()}: {value}"[:200]))
    return seen


def start_of(url: str) -> str | None:
    """Return the address meant by what was typed, ``https`` where nothing is said; None: none."""
    text = url.strip()
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return None
    fit = parts.scheme in ("http", "https") and "." in host and not parts.username
    if not fit or len(text) > 2000 or any(c.isspace() or not c.isprintable() for c in text):
        return None
    return urldefrag(text).url


def shown(url: str) -> str:
    """Return an address fit to be shown: without query and user name, not too long."""
    bare = url.partition("?")[0].partition("#")[0]
    head, sep, rest = bare.partition("://")
    if sep:
        host, slash, path = rest.partition("/")
        bare = f"{head}://{host.rpartition('@')[2]}{slash}{path}"
    bare = "".join(c for c in bare if c.isprintable())
    return bare if len(bare) <= 100 else f"{bare[:97]}..."


def picked(page: Page, url: str, most: int) -> list[str]:
    """Return links of a page to others of its host, the telling ones first; always the same ones.

    After those, one of each first part of a path, in the order of the page.
    """
    base = urlsplit(url)
    known = {(base.path.rstrip("/") or "/")}
    links: list[tuple[str, str]] = []
    for href in page.links:
        link = _same_host(href, url, base.hostname or "")
        if link is None:
            continue
        path = urlsplit(link).path
        if (path.rstrip("/") or "/") not in known:
            known.add(path.rstrip("/") or "/")
            links.append((path.lower(), link))
    telling = [next((link for path, link in links if word in path), None) for word in _TELLING]
    firsts: dict[str, str] = {}
    for path, link in links:
        firsts.setdefault(path.split("/")[1], link)
    order = [link for link in [*telling, *firsts.values(), *(k for _, k in links)] if link]
    return list(dict.fromkeys(order))[: max(0, most)]


def _same_host(href: str, url: str, host: str) -> str | None:
    try:
        link = urldefrag(urljoin(url, href.strip()[:2000])).url
        parts = urlsplit(link)
        same = parts.scheme in ("http", "https") and parts.hostname == host and not parts.port
    except ValueError:
        return None
    low = parts.path.lower()
    bad = parts.query or low.endswith(_NOT_PAGES) or any(word in low for word in _LEAVE)
    return None if bad or not same or start_of(link) is None else link


def unchecked_text(sites: Sequence[Site]) -> list[str]:
    """Return a line for everything that was not checked."""
    return [f"{what}: {why}" for site in sites for what, why in site.unchecked]
