"""A recording of a browser's traffic (HAR 1.2): which addresses were called, which cookies set.

Format: w3c.github.io/web-performance/specs/HAR, and Chrome's ``_initiator`` and ``_resourceType``.
Values of cookies, headers and queries are used for recognition at most, and never kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from stackaudit.importers.model import ImportFailure
from stackaudit.importers.site.page import Page, Seen, read_page
from stackaudit.importers.site.table import URL_LENGTH, address

ENTRIES: Final = 20_000
_AFTER: Final = 1_000_000


def read_har(text: str) -> tuple[Page, int]:
    """Return what a recording shows as one page, and how many entries could not be read.

    Raises :class:`ImportFailure` for what is no recording.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise ImportFailure(
            "the HAR file is cut off or damaged: it is no valid JSON", "record and save it again"
        ) from None
    log = whole.get("log") if isinstance(whole, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    if not isinstance(entries, list):
        raise ImportFailure("the file has no entries: it is no HAR recording")
    page, unread = Page(cut=len(entries) > ENTRIES), 0
    first = _document(entries[:ENTRIES])
    if first is not None:
        _open(page, first)
    for order, entry in enumerate(entries[:ENTRIES], _AFTER):
        url = _get(entry, "request", "url")
        if not isinstance(url, str):
            unread += 1
            continue
        url = url[:URL_LENGTH]
        at = address(url) if "//" in url[:10] else None
        if at is None:
            continue
        if not page.host:
            page.host, page.path = at.host, at.rest
        how = "by gtm" if _by_tag_manager(entry) else ""
        posts = _get(entry, "request", "method") == "POST"
        page.seen.append(Seen("request", url, order, how=how))
        if posts:
            page.seen.append(Seen("form", url, order))
        page.seen += [Seen("cookie", name, order) for name in _cookies(entry)]
    if not page.seen:
        raise ImportFailure("the HAR recording holds no request that can be read")
    return page, unread


def _get(thing: Any, *keys: str) -> Any:
    for key in keys:
        thing = thing.get(key) if isinstance(thing, dict) else None
    return thing


def _document(entries: list[Any]) -> Any:
    """Return the entry of the page itself: the first document that was not only a redirect."""
    for entry in entries:
        kind = _get(entry, "_resourceType")
        content = str(_get(entry, "response", "content", "mimeType") or "")
        status = _get(entry, "response", "status")
        if status == 200 and (kind == "document" or (kind is None and "html" in content)):
            return entry
    return None


def _open(page: Page, entry: Any) -> None:
    url = str(_get(entry, "request", "url") or "")
    at = address(url) if "//" in url[:10] else None
    if at is not None:
        page.host, page.path = at.host, at.rest
    text = _get(entry, "response", "content", "text")
    if isinstance(text, str) and _get(entry, "response", "content", "encoding") != "base64":
        inside = read_page(text, url)
        page.seen += inside.seen
        page.cut = page.cut or inside.cut
    for name, value in _headers(entry):
        page.seen.append(Seen("header", f"{name}: {value}"[:200]))


def _headers(entry: Any) -> Iterator[tuple[str, str]]:
    each = _get(entry, "response", "headers")
    for header in each[:200] if isinstance(each, list) else ():
        name, value = _get(header, "name"), _get(header, "value")
        if isinstance(name, str) and isinstance(value, str) and "cookie" not in name.lower():
            yield name.lower(), value


def _cookies(entry: Any) -> list[str]:
    """Return the names of cookies that were sent or set; never a value."""
    names: dict[str, None] = {}
    for side in ("request", "response"):
        each = _get(entry, side, "cookies")
        for cookie in each[:200] if isinstance(each, list) else ():
            name = _get(cookie, "name")
            if isinstance(name, str):
                names[name[:100]] = None
    each = _get(entry, "response", "headers")
    for header in each[:200] if isinstance(each, list) else ():
        if str(_get(header, "name")).lower() == "set-cookie":
            for line in str(_get(header, "value") or "").splitlines():
                names[line.partition("=")[0].strip()[:100]] = None
    return [n for n in names if n]


def _by_tag_manager(entry: Any) -> bool:
    """Tell whether the browser noted that Google Tag Manager's script made the call."""
    initiator = _get(entry, "_initiator")
    urls = [_get(initiator, "url")]
    frames = _get(initiator, "stack", "callFrames")
    urls += [_get(f, "url") for f in frames[:20]] if isinstance(frames, list) else []
    return any(isinstance(u, str) and "/gtm.js" in u[:500] for u in urls)
