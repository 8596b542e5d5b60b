"""Reading the lists of an API page by page, with a cap; what breaks off is kept and said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from stackaudit.importers.model import ImportFailure, SourceFile
from stackaudit.importers.services.documents import About, Allowed, cut

MOST_PAGES: Final = 200
"""Pages of one list; 40,000 applications of Okta, 20,000 connections of Airbyte."""

Next = Mapping[str, str] | str | None
"""Parameters of the next page, its address, or None after the last one."""


class Reading:
    """What is read from one account of a service.

    Parameters
    ----------
    line
        A :class:`stackaudit.importers.network.Line`.
    headers
        What logs in; sent to the service's host only.
    """

    def __init__(self, line: Any, service: str, account: str, headers: Mapping[str, str]) -> None:
        self._line = line
        self._headers = {"Accept": "application/json", **headers}
        self._service = service
        self._account = account
        self._files: list[SourceFile] = []
        self._stopped: list[str] = []
        self._left: Counter[str] = Counter()

    def linked(self, url: str, params: Mapping[str, str]) -> Iterator[Any]:
        """Yield the pages of a list whose ``Link`` header names the next one, on the same host."""

        def following(_: Any, headers: Mapping[str, str], page: int) -> Next:
            target = next_link(headers)
            if target is None:
                return None
            there = urljoin(url, target)
            here, other = urlsplit(url), urlsplit(there)
            if (here.scheme, here.netloc) != (other.scheme, other.netloc):
                self._stopped.append(
                    f"page {page} of {_bare(url)} names a next page on another host; not followed"
                )
                return None
            return there

        return self._pages(url, params, following)

    def offset(
        self, url: str, params: Mapping[str, str], limit: int, needed: bool = True
    ) -> Iterator[Any]:
        """Yield the pages of ``{"data": […]}`` by ``limit`` and ``offset``.

        An address of a next page is not followed: that there is one is all that counts.
        """

        def following(data: Any, _: Mapping[str, str], page: int) -> Next:
            entries = at(data, "data")
            if not isinstance(entries, list) or not entries or at(data, "hasMore") is False:
                return None
            if not (at(data, "hasMore") or at(data, "next") or len(entries) >= limit):
                return None
            return {**params, "limit": str(limit), "offset": str(page * limit)}

        start = {**params, "limit": str(limit), "offset": "0"}
        return self._pages(url, start, following, needed)

    def cursored(
        self,
        url: str,
        params: Mapping[str, str],
        parameter: str,
        path: tuple[str, ...],
        needed: bool = True,
    ) -> Iterator[Any]:
        """Yield the pages of a list whose next cursor stands under ``path`` in each answer."""

        def following(data: Any, _: Mapping[str, str], __: int) -> Next:
            cursor = at(data, *path)
            return {**params, parameter: cursor} if isinstance(cursor, str) and cursor else None

        return self._pages(url, params, following, needed)

    def _pages(
        self,
        url: str,
        params: Mapping[str, str],
        following: Callable[[Any, Mapping[str, str], int], Next],
        needed: bool = True,
    ) -> Iterator[Any]:
        """Yield the answers of a list, page by page.

        ``following`` says from an answer, its headers and the number of pages so far where the next
        one is. A first page that cannot be read raises :class:`ImportFailure` when the list is
        ``needed``; else, and for later pages, it is kept for the preview.
        """
        first = _bare(url)
        seen = set()
        for page in range(1, MOST_PAGES + 1):
            seen.add((url, tuple(sorted(params.items()))))
            try:
                data, headers = self._line.json(
                    url, headers=self._headers, params=params or None, page=page
                )
            except ImportFailure as failure:
                if needed and page == 1:
                    raise
                missing = "" if page == 1 else f" on page {page}; what came before is kept"
                self._stopped.append(f"{failure}{missing}")
                return
            yield data
            after = following(data, headers, page)
            if after is None:
                return
            url, params = (after, {}) if isinstance(after, str) else (url, after)
            if (url, tuple(sorted(params.items()))) in seen:
                self._stopped.append(f"{first} names a page as the next that was read before")
                return
        self._stopped.append(f"{first} has more than {MOST_PAGES} pages; the rest is not read")

    def entries(self, answers: Iterator[Any], *path: str) -> list[Any]:
        """Return the entries of all pages; a page that is no such list is said, or ends it all."""
        entries: list[Any] = []
        for number, answer in enumerate(answers, start=1):
            node = at(answer, *path)
            if isinstance(node, list):
                entries += node
            elif node is None and isinstance(answer, Mapping) and number > 1:
                continue
            elif not entries and number == 1:
                raise ImportFailure(
                    f"{self._service} answered something else than a list",
                    "is the address that of the API?",
                )
            else:
                self._stopped.append(f"page {number} of {self._service} holds no list")
        return entries

    def keep(self, name: str, entries: list[Any], allowed: Allowed, key: str = "") -> list[Any]:
        """Keep entries, cut down to the allow-list, as a document; return them."""
        kept = cut(entries, [allowed], self._left)
        data = {"data": {key: kept} if key else kept}
        text = json.dumps(data, indent=1, ensure_ascii=False)
        self._files.append(SourceFile(f"{name}.json", text.encode()))
        return [k for k in kept if isinstance(k, Mapping)]

    def keep_one(self, name: str, url: str, allowed: Allowed, key: str) -> None:
        """Read and keep what stands under ``data`` and a key; where that fails it is said."""
        for answer in self._pages(url, {}, lambda *_: None, needed=False):
            kept = cut(at(answer, "data", key), allowed, self._left)
            text = json.dumps({"data": {key: kept}}, indent=1, ensure_ascii=False)
            self._files.append(SourceFile(f"{name}.json", text.encode()))

    def files(self) -> tuple[SourceFile, ...]:
        """Return the documents, the one about them last."""
        told = About(self._account, tuple(dict.fromkeys(self._stopped)), dict(self._left))
        return (*self._files, told.file(self._service))


def at(node: Any, *path: str) -> Any:
    """Return what stands under a path of keys, or None."""
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def next_link(headers: Mapping[str, str]) -> str | None:
    """Return the address of the next page in ``Link`` headers (RFC 8288), if one is named."""
    get_list = getattr(headers, "get_list", None)
    lines = get_list("link") if get_list else [headers.get("link", "")]
    for line in lines:
        for part in str(line).split(","):
            address, _, rest = part.strip().partition(">")
            options = {o.strip().replace('"', "").replace(" ", "") for o in rest.split(";")}
            if address.startswith("<") and "rel=next" in options:
                return address[1:].strip()
    return None


def host_of(account: str, suffixes: tuple[str, ...], line: Any, service: str) -> str:
    """Return the host an account names, where it is the service's or one the user vouches for.

    ``suffixes`` are hosts, or ends of hosts when they begin with a dot. Raises
    :class:`ImportFailure` for all others: a token is never sent to a host that is not the
    service's.
    """
    host = account.strip().removeprefix("https://").rstrip("/").casefold()
    if not host or any(c in host for c in "/@?#:%\\ ") or "." not in host:
        raise ImportFailure(
            f"{account or 'nothing'} is no host of {service}",
            f"write {service}:HOST, for example {service}:{suffixes[0].lstrip('.')}"
            if not suffixes[0].startswith(".")
            else f"write {service}:HOST, for example {service}:acme{suffixes[0]}",
        )
    own = any(host.endswith(s) if s.startswith(".") else host == s for s in suffixes)
    if not own and host not in line.allowed:
        known = ", ".join(f"*{s}" if s.startswith(".") else s for s in suffixes)
        raise ImportFailure(
            f"{host} is no host of {service} ({known}); nothing was sent to it",
            f"if it is yours, add --allow-host {host}",
        )
    return host


def nothing_but(account: str, host: str, service: str) -> str:
    """Return the host of a service that has only one; raises :class:`ImportFailure` for others."""
    if account.strip().removeprefix("https://").rstrip("/").casefold() not in ("", host):
        raise ImportFailure(
            f"{account} is no account of {service}; nothing was sent to it",
            f"write {service}: alone, the token says which account it is",
        )
    return host


def _bare(url: str) -> str:
    return url.partition("?")[0]
