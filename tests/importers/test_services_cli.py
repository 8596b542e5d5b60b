"""``stackaudit import SERVICE:ACCOUNT``: the whole way, with a network that answers from memory."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from stackaudit.__main__ import main
from stackaudit.importers import network
from stackaudit.importers.model import Bundle, SourceFile
from stackaudit.importers.registry import installed
from tests.importers.services import PERSON, SECRET, TOKEN
from tests.importers.test_services_okta import APPS, URL, paged
from tests.importers.test_services_pipelines import airbyte, hightouch

Net = Callable[[Callable[[httpx.Request], httpx.Response]], list[httpx.Request]]


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Net:
    """Let the network of the program be answered by a function; returns what is asked."""
    monkeypatch.setenv("OKTA_API_TOKEN", TOKEN)

    def answered(answer: Callable[[httpx.Request], httpx.Response]) -> list[httpx.Request]:
        asked: list[httpx.Request] = []

        def noted(request: httpx.Request) -> httpx.Response:
            asked.append(request)
            return answer(request)

        transport = httpx.MockTransport(noted)
        monkeypatch.setattr(httpx, "HTTPTransport", lambda **_: transport)
        monkeypatch.setattr(network, "_resolve", lambda *_: ["93.184.216.34"])
        return asked

    return answered


def test_okta_becomes_an_inventory_and_a_second_time_adds_nothing(
    net: Net, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    net(paged(APPS[:4], APPS[4:8], APPS[8:]))
    target = tmp_path / "inventory.yaml"
    assert main(["import", "okta:acme.okta.com", "-o", str(target)]) == 0
    text = target.read_text(encoding="utf-8")
    assert "product: salesforce-sales-cloud" in text
    assert "application Klaviyo" in text
    assert "acme.okta.com" in text
    assert "integrations:" not in text
    assert main(["import", "okta:acme.okta.com", "-o", str(target)]) == 0
    out = capsys.readouterr()
    assert "holds all of it already" in out.out
    assert target.read_text(encoding="utf-8") == text
    assert not [s for s in (TOKEN, SECRET, PERSON) if s in out.out + out.err + text]


def test_what_was_saved_is_imported_without_the_network_and_says_the_same(
    net: Net, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = net(paged(APPS[:5], APPS[5:]))
    kept = tmp_path / "kept"
    assert main(["import", "okta:acme.okta.com", "--save", str(kept)]) == 0
    assert f"Saved {kept / 'okta-acme.okta.com'}" in capsys.readouterr().out.replace("\n", " ")
    saved = "".join(p.read_text(encoding="utf-8") for p in kept.rglob("*.json"))
    assert not [s for s in (TOKEN, SECRET, PERSON, "credentials", 'settings": {') if s in saved]
    calls = len(asked)
    live, again = tmp_path / "live.yaml", tmp_path / "again.yaml"
    assert main(["import", str(kept / "okta-acme.okta.com"), "-o", str(again)]) == 0
    assert len(asked) == calls
    assert main(["import", "okta:acme.okta.com", "-o", str(live)]) == 0
    assert again.read_text(encoding="utf-8") == live.read_text(encoding="utf-8")


def test_nothing_is_saved_over_and_nothing_asked_before_that_is_known(
    net: Net, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = net(paged(APPS))
    (tmp_path / "old.json").write_text("{}")
    assert main(["import", "okta:acme.okta.com", "--save", str(tmp_path)]) != 0
    assert asked == []
    assert "is there already and not empty" in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize("extra", [[], ["--debug"]])
def test_no_failure_shows_the_token(
    net: Net, extra: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"errorSummary": TOKEN})

    net(refuse)
    assert main(["import", "okta:acme.okta.com", *extra]) == 3
    out = capsys.readouterr()
    assert f"https://{URL} does not accept the token (401)" in out.err.replace("\n", " ")
    assert TOKEN not in out.out + out.err


def test_a_program_error_shows_no_token_in_its_traceback(
    net: Net, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: httpx.Request) -> httpx.Response:
        raise RuntimeError("a fault of the program")

    net(broken)
    assert main(["import", "okta:acme.okta.com", "--debug"]) != 0
    out = capsys.readouterr()
    assert "a fault of the program" in out.err
    assert TOKEN not in out.out + out.err


def test_a_missing_variable_is_named_before_anything_is_asked(
    net: Net, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = net(paged(APPS))
    monkeypatch.delenv("OKTA_API_TOKEN")
    assert main(["import", "okta:acme.okta.com"]) == 3
    assert "OKTA_API_TOKEN is not set" in capsys.readouterr().err
    assert asked == []


def test_another_host_is_refused_and_asked_only_where_it_is_vouched_for(
    net: Net, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = net(lambda _: httpx.Response(200, json=APPS[:3]))
    assert main(["import", "okta:sso.northwind.example"]) == 3
    assert asked == []
    assert "--allow-host sso.northwind.example" in capsys.readouterr().err.replace("\n", " ")
    allowed = ["--allow-host", "sso.northwind.example"]
    assert main(["import", "okta:sso.northwind.example", *allowed]) == 0
    assert asked[0].headers["host"] == "sso.northwind.example"


def test_a_saved_answer_alone_is_recognised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "apps.json"
    file.write_text(json.dumps(APPS), encoding="utf-8")
    assert main(["import", str(file)]) == 0
    assert "Okta applications: 10 applications, 1 inactive" in capsys.readouterr().out


def test_a_folder_of_several_services_and_a_list_is_read_part_by_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for service, account in ((airbyte, "airbyte:"), (hightouch, "hightouch:")):
        for file in service().fetch(account).files:
            target = tmp_path / "all" / account.rstrip(":") / file.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.data)
    (tmp_path / "all" / "apps.json").write_text(json.dumps(APPS), encoding="utf-8")
    (tmp_path / "all" / "tools.csv").write_text("Tool,Owner\nAsana,Kim\nMiro,Lee\n")
    assert main(["import", str(tmp_path / "all"), "--all"]) == 0
    out = capsys.readouterr().out
    assert "Airbyte by API (api.airbyte.com): 8 connections" in out
    assert "Hightouch by API: 6 syncs" in out
    assert "Okta applications: 10 applications" in out
    assert "Asana" in out


def test_a_folder_with_something_else_in_it_is_not_taken_for_a_services(tmp_path: Path) -> None:
    mixed = Bundle(
        "mixed",
        (
            SourceFile("apps.json", json.dumps(APPS).encode()),
            SourceFile("container.json", b'{"exportFormatVersion": 2, "containerVersion": {}}'),
        ),
        folder=True,
    )
    assert installed().recognise(mixed) is None


@pytest.mark.parametrize(
    ("source", "said"), [("octa:acme", "no octa:acme"), ("okta", "no account")]
)
def test_a_service_that_is_not_known_or_without_an_account_names_those_there_are(
    source: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", source]) == 3
    told = " ".join(capsys.readouterr().err.split())
    assert said in told
    assert "airbyte:, fivetran:, hightouch:, okta:, segment:" in told
