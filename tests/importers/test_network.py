"""The line to the network: limits, retries, and addresses that are never called."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from stackaudit.importers.addresses import may_be_called
from stackaudit.importers.model import ImportFailure
from stackaudit.importers.network import PAGE_BYTES, Line, NotReached

PUBLIC = ["93.184.216.34"]


def line(
    answer: Callable[[httpx.Request], httpx.Response],
    resolve: Callable[[str, int], list[str]] = lambda *_: PUBLIC,
    waits: list[float] | None = None,
) -> Line:
    """Return a line whose answers are made here."""
    kept = [] if waits is None else waits
    return Line(httpx.MockTransport(answer), resolve=resolve, wait=kept.append)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - judged, not bound to
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2001::1",
        "::127.0.0.1",
        "not an address",
    ],
)
def test_addresses_of_this_machine_of_the_house_and_of_nobody_are_never_called(
    address: str,
) -> None:
    assert not may_be_called(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_public_addresses_may_be_called(address: str) -> None:
    assert may_be_called(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    calls: list[httpx.Request] = []
    with (
        line(
            lambda r: calls.append(r) or httpx.Response(200), lambda *_: [*PUBLIC, "10.0.0.1"]
        ) as net,
        pytest.raises(NotReached, match="no public address"),
    ):
        net.get("https://shop.test/")
    assert calls == []


def test_the_call_goes_to_the_address_that_was_looked_at_under_the_name_that_was_asked() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, text="hello")

    with line(answer) as net:
        assert net.get("https://shop.test/a?b=1").text == "hello"
    (request,) = seen
    assert request.url.host == PUBLIC[0]
    assert request.headers["host"] == "shop.test"
    assert request.extensions["sni_hostname"] == "shop.test"


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://shop.test/", "https://shop.test:8443/", "http://u:p@shop.test/"],
)
def test_other_schemes_ports_and_user_names_are_refused(url: str) -> None:
    with line(lambda _: httpx.Response(200)) as net, pytest.raises(NotReached):
        net.get(url)


def test_a_redirect_to_a_private_address_is_refused_at_its_hop() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "http://inside.test/secret"})

    def resolve(host: str, _: int) -> list[str]:
        return ["10.0.0.5"] if host == "inside.test" else PUBLIC

    with line(answer, resolve) as net, pytest.raises(NotReached, match=r"inside\.test is at 10"):
        net.get("https://shop.test/")


def test_more_than_three_redirects_are_too_many() -> None:
    calls: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(str(request.url))
        return httpx.Response(302, headers={"location": f"/next{len(calls)}"})

    with line(answer) as net, pytest.raises(NotReached, match="redirects more than 3"):
        net.get("https://shop.test/")
    assert len(calls) == 4


def test_what_logs_in_is_not_sent_on_to_another_host() -> None:
    seen: dict[str, str | None] = {}

    def answer(request: httpx.Request) -> httpx.Response:
        seen[request.headers["host"]] = request.headers.get("authorization")
        if request.headers["host"] == "api.test":
            return httpx.Response(302, headers={"location": "https://other.test/"})
        return httpx.Response(200, text="{}")

    with line(answer) as net:
        net.get("https://api.test/", headers={"Authorization": "Bearer planted"})
    assert seen == {"api.test": "Bearer planted", "other.test": None}


def test_a_page_is_cut_at_its_limit() -> None:
    with line(lambda _: httpx.Response(200, content=b"x" * (PAGE_BYTES + 5))) as net:
        reply = net.get("https://shop.test/")
    assert (len(reply.body), reply.cut) == (PAGE_BYTES, True)


def test_an_api_that_asks_to_slow_down_is_asked_again_after_the_time_it_names() -> None:
    waits: list[float] = []
    answers = [
        httpx.Response(429, headers={"retry-after": "7"}),
        httpx.Response(503),
        httpx.Response(200, json={"ok": True}),
    ]
    with line(lambda _: answers.pop(0), waits=waits) as net:
        assert net.json("https://api.test/v1")[0] == {"ok": True}
    assert waits == [7.0, 2.0]


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "does not accept the token"), (403, "does not allow"), (404, "is not there"),
     (429, "asks to slow down"), (500, "error 500")],
)  # fmt: skip
def test_a_refusal_is_said_in_words_and_never_shows_the_query(status: int, words: str) -> None:
    with (
        line(lambda _: httpx.Response(status)) as net,
        pytest.raises(ImportFailure, match=words) as caught,
    ):
        net.json("https://api.test/v1?token=planted")
    assert "planted" not in str(caught.value)


def test_what_is_not_json_is_said() -> None:
    with (
        line(lambda _: httpx.Response(200, text="<html>")) as net,
        pytest.raises(ImportFailure, match="did not answer JSON"),
    ):
        net.json("https://api.test/v1")


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    with line(lambda _: httpx.Response(200, text="direct")) as net:
        assert net.get("https://shop.test/").text == "direct"
