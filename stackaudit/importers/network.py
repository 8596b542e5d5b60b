"""The only place that talks to the network: with limits, politely, and to public addresses only.

Every call goes through a :class:`Line`. Each hop is checked: http or https, the usual ports, every
address the name resolves to is public, and the connection is made to that very address, with the
name kept for the certificate. Proxies of the environment are not used unless one is stated.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urljoin

from stackaudit import __version__
from stackaudit.importers.addresses import may_be_called
from stackaudit.importers.model import ImportFailure

try:
    import httpx
except ImportError as missing:  # pragma: no cover - depends on the installation
    raise ImportFailure(
        "reading from the network needs the package httpx",
        'pip install "stackaudit[importers]"',
    ) from missing

AGENT: Final = f"stackaudit/{__version__} (martech stack audit; asked for by the site's owner)"
TIMEOUT: Final = 10.0
"""Seconds for each part of a call."""
WHOLE: Final = 60.0
"""Seconds for the whole of one answer: a site that drips a byte at a time is let go."""
REDIRECTS: Final = 3
RETRIES: Final = 4
LONGEST_WAIT: Final = 60.0
"""Seconds waited at most when a service asks to slow down."""
PAGE_BYTES: Final = 1_000_000
"""Bytes of a web page after decoding."""
API_BYTES: Final = 50_000_000
PORTS: Final = {"http": 80, "https": 443}

Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    url: str
    """Where it came from, after redirects."""
    status: int
    headers: httpx.Headers
    body: bytes
    cut: bool = False
    """The body was longer than allowed, and is cut."""

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode(_charset(self.headers.get("content-type", "")), "replace")


class NotReached(ImportFailure):
    """A call that could not be made or was not answered."""


class Line:
    """Calls to the network, one after the other.

    Parameters
    ----------
    transport
        What really carries the calls; tests give an ``httpx.MockTransport``.
    resolve
        Name and port → addresses; the system's resolver when left out.
    wait
        Called with seconds to wait between tries.
    proxy
        The address of a proxy, only when somebody stated one; it then does the resolving.
    progress
        Called with a line of text for every call.
    allowed
        Hosts that the user vouches for, though they are no service's own: services ask for them.
        They are public ones all the same.
    """

    def __init__(
        self,
        transport: httpx.BaseTransport | None = None,
        resolve: Resolve | None = None,
        wait: Callable[[float], None] = time.sleep,
        proxy: str | None = None,
        progress: Callable[[str], None] | None = None,
        allowed: Iterable[str] = (),
    ) -> None:
        self.allowed = frozenset(host.strip().casefold() for host in allowed)
        self._wait = wait
        self._progress = progress
        inner = transport or httpx.HTTPTransport(proxy=proxy, retries=0)
        guarded = inner if proxy else _Pinned(inner, resolve or _resolve)
        self._client = httpx.Client(
            transport=guarded,
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": AGENT},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        most: int = PAGE_BYTES,
    ) -> Reply:
        """Return what a GET answers, redirects followed within limits, whatever its status.

        Headers that log in are not sent on to another host. Raises :class:`NotReached`.
        """
        sent = dict(headers or {})
        at = httpx.URL(url, params=dict(params)) if params else httpx.URL(url)
        for _ in range(REDIRECTS + 1):
            reply = self._once(at, sent, most)
            target = reply.headers.get("location")
            if reply.status not in (301, 302, 303, 307, 308) or not target:
                return reply
            next_at = httpx.URL(urljoin(str(at), target))
            if next_at.host != at.host or next_at.scheme != at.scheme:
                sent = {k: v for k, v in sent.items() if k.lower() in ("accept", "user-agent")}
            at = next_at
        raise NotReached(f"{_bare(url)} redirects more than {REDIRECTS} times")

    def json(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        page: int | None = None,
    ) -> tuple[Any, httpx.Headers]:
        """Return the JSON an API answers, with its headers; waits and tries again when asked to.

        ``page`` is only shown. Raises :class:`ImportFailure` in words for 401, 403, 404, 429 and
        all others.
        """
        shown = f"reading {_bare(url)}{f' page {page}' if page is not None else ''}"
        return self._asked(
            url, shown, lambda: self.get(url, headers=headers, params=params, most=API_BYTES)
        )

    def post_json(
        self, url: str, *, body: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Any:
        """Return the JSON that a POST answers: to log in, never to change anything.

        No redirect is followed, because the body holds a secret. Raises as :meth:`json` does.
        """
        sent = {**(headers or {}), "Content-Type": "application/json"}
        content = json.dumps(dict(body)).encode()

        def call() -> Reply:
            reply = self._once(httpx.URL(url), sent, API_BYTES, content)
            if 300 <= reply.status < 400:
                raise NotReached(f"{_bare(url)} sends the log-in elsewhere; it was not followed")
            return reply

        return self._asked(url, f"logging in at {_bare(url)}", call)[0]

    def _asked(self, url: str, shown: str, call: Callable[[], Reply]) -> tuple[Any, httpx.Headers]:
        for attempt in range(RETRIES + 1):
            if self._progress is not None:
                self._progress(shown)
            reply = call()
            if (reply.status == 429 or reply.status >= 500) and attempt < RETRIES:
                pause = _pause(reply.headers, attempt)
                if self._progress is not None:
                    why = "asks to slow down" if reply.status == 429 else "has a problem"
                    self._progress(f"waiting {pause:.0f} seconds, {_bare(url)} {why}")
                self._wait(pause)
                continue
            break
        _fail_for(reply.status, _bare(url))
        if reply.cut:
            raise ImportFailure(f"{_bare(url)} answered more than {API_BYTES // 1_000_000} MB")
        try:
            return json.loads(reply.body), reply.headers
        except (ValueError, RecursionError):
            page = " but a web page, perhaps to log in" * (reply.body.lstrip()[:1] == b"<")
            raise ImportFailure(
                f"{_bare(url)} did not answer JSON{page}", "is the address that of the API?"
            ) from None

    def _once(
        self, url: httpx.URL, headers: Mapping[str, str], most: int, content: bytes | None = None
    ) -> Reply:
        """Make one call: a GET, or a POST where there is something to send."""
        method = "GET" if content is None else "POST"
        try:
            with self._client.stream(
                method, url, headers=dict(headers), content=content
            ) as response:
                body, cut = _read(response.iter_bytes(), most)
                return Reply(str(url), response.status_code, response.headers, body, cut)
        except httpx.TimeoutException:
            raise NotReached(f"{_bare(url)} did not answer within {TIMEOUT:g} seconds") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            why = " ".join(str(error).split())[:120] or type(error).__name__
            raise NotReached(f"{_bare(url)} could not be reached ({why})") from None


class _Pinned(httpx.BaseTransport):
    """Lets a call through to a public address only, and to the one that was looked at."""

    def __init__(self, inner: httpx.BaseTransport, resolve: Resolve) -> None:
        self._inner = inner
        self._resolve = resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.scheme not in PORTS:
            raise NotReached(f"{url.scheme}: is not http or https")
        port = url.port or PORTS[url.scheme]
        if port not in PORTS.values():
            raise NotReached(f"port {port} of {url.host} is not one of a website's")
        if url.userinfo:
            raise NotReached(f"the address of {url.host} holds a user name; leave it out")
        address = self._address(url.host, port)
        pinned = httpx.Request(
            request.method,
            url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": url.host},
        )
        return self._inner.handle_request(pinned)

    def close(self) -> None:
        self._inner.close()

    def _address(self, host: str, port: int) -> str:
        found = self._resolve(host, port)
        if not found:
            raise NotReached(f"there is no {host}")
        for address in found:
            if not may_be_called(address):
                raise NotReached(f"{host} is at {address}, which is no public address")
        return found[0]


def _resolve(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def _read(parts: Iterator[bytes], most: int) -> tuple[bytes, bool]:
    """Return at most so many bytes, and whether there were more."""
    kept: list[bytes] = []
    size = 0
    until = time.monotonic() + WHOLE
    for part in parts:
        if time.monotonic() > until:
            raise httpx.ReadTimeout("the answer took too long")
        kept.append(part)
        size += len(part)
        if size > most:
            return b"".join(kept)[:most], True
    return b"".join(kept), False


def _pause(headers: httpx.Headers, attempt: int) -> float:
    """Return the seconds to wait: what the service asks for, else longer with every try."""
    for name in ("retry-after", "x-rate-limit-reset", "x-ratelimit-reset"):
        said = headers.get(name, "").strip()
        if said.isdigit():
            seconds = float(said)
            if seconds > 1_000_000_000:  # a moment in time, not a length of it
                seconds -= time.time()
            return min(max(seconds, 0.5), LONGEST_WAIT)
    return float(min(2**attempt, LONGEST_WAIT))


_REASONS: Final = {
    401: (
        "does not accept the token",
        "is it right, and not expired? it is read from the environment",
    ),
    403: ("does not allow this token to read", "the token needs a read-only role for this list"),
    404: ("is not there", "check the name of the account"),
    429: ("asks to slow down, and goes on asking", "try again later"),
}


def _fail_for(status: int, url: str) -> None:
    if status < 400:
        return
    said, hint = _REASONS.get(status, (f"answered with error {status}", "try again later"))
    raise ImportFailure(f"{url} {said} ({status})", hint)


def _bare(url: httpx.URL | str) -> str:
    """Return an address without its query, where tokens stand."""
    return str(url).partition("?")[0].partition("#")[0]


def _charset(content_type: str) -> str:
    import codecs

    name = content_type.partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return codecs.lookup(name).name if name else "utf-8"
    except LookupError:
        return "utf-8"
