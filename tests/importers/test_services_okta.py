"""Okta by its API: what is asked, what is taken, what breaks, and that no secret is anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import (
    Bundle,
    Found,
    FoundIntegration,
    FoundTool,
    ImportFailure,
    Place,
    SourceFile,
)
from stackaudit.importers.network import RETRIES
from stackaudit.importers.services import reading
from stackaudit.importers.text import inventory_text
from stackaudit.inventory.load import parse_inventory
from tests.importers.services import ENVIRONMENT, PERSON, SECRET, TOKEN, Recorded, parsed

URL = "acme.okta.com/api/v1/apps"


def app(number: int, name: str, label: str, **others: Any) -> dict[str, Any]:
    """Return an application as the API answers it, secrets and people included."""
    own = f"0oa{number:017d}"
    return {
        "id": own,
        "name": name,
        "label": label,
        "status": "ACTIVE",
        "created": "2021-03-04T09:00:00.000Z",
        "lastUpdated": "2025-11-02T09:00:00.000Z",
        "features": [],
        "signOnMode": "SAML_2_0",
        "credentials": {"oauthClient": {"client_secret": SECRET}, "userName": PERSON},
        "settings": {"app": {"domain": "acme", "apiToken": SECRET}, "notes": {"admin": PERSON}},
        "_links": {"users": {"href": f"https://acme.okta.com/api/v1/apps/{own}/users"}},
        **others,
    }


APPS = [
    app(1, "salesforce", "Salesforce", features=["PUSH_NEW_USERS"]),
    app(2, "salesforce", "Salesforce - EMEA"),
    app(3, "klaviyo", "Klaviyo", signOnMode="BROWSER_PLUGIN"),
    app(4, "acme_hubspotmarketing_1", "HubSpot Marketing Hub"),
    app(5, "drift", "Drift", status="INACTIVE"),
    app(6, "bookmark", "Brand wiki", signOnMode="BOOKMARK"),
    app(7, "saasure", "Okta Admin Console", signOnMode="OPENID_CONNECT"),
    app(8, "okta_flow_sso", "Okta Workflows", signOnMode="OPENID_CONNECT"),
    app(9, "google", "Google"),
    app(10, "acme_pricebot_2", "Pricebot jane.doe@northwind.example"),
]


def paged(*pages: list[Any], end: str = "") -> Callable[[httpx.Request], httpx.Response]:
    """Return an answer that names its next page in a Link header, as Okta does."""

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("after", "0"))
        headers = [("link", f'<https://{URL}?limit=200>; rel="self"')]
        target = f"https://{URL}?after={number + 1}&limit=200" if number + 1 < len(pages) else end
        if target:
            headers.append(("link", f'<{target}>; rel="next"'))
        return httpx.Response(200, json=pages[number], headers=headers)

    return answer


def saved(*apps: Any) -> Bundle:
    """Return a file that somebody saved from the API."""
    return Bundle("apps.json", (SourceFile("apps.json", json.dumps(apps).encode()),))


def test_all_pages_are_read_with_the_token_in_the_header_and_shown() -> None:
    okta = Recorded({URL: paged(APPS[:4], APPS[4:8], APPS[8:])})
    found = parsed(okta.fetch("okta:acme.okta.com"), "okta")
    assert found.counts == {"applications": 10, "inactive": 1}
    assert [r.url.params.get("after") for r in okta.asked] == [None, "1", "2"]
    assert okta.asked[0].url.params["limit"] == "200"
    assert {r.headers["authorization"] for r in okta.asked} == {f"SSWS {TOKEN}"}
    assert okta.shown[1] == f"reading https://{URL} page 2"
    assert not found.partial


def test_applications_are_tools_people_log_in_to_and_never_flows() -> None:
    found = parsed(saved(*APPS), "okta")
    assert [(t.name, t.product) for t in found.tools] == [
        ("Salesforce Sales Cloud", "salesforce-sales-cloud"),
        ("Salesforce - EMEA", "salesforce-sales-cloud"),
        ("Klaviyo", "klaviyo"),
        ("HubSpot Marketing Hub", "hubspot-marketing-hub"),
        ("Drift", "drift"),
        ("Google Workspace", "google-workspace"),
        ("Pricebot", None),
    ]
    assert found.integrations == []
    by_name = {t.name: t for t in found.tools}
    assert by_name["Salesforce Sales Cloud"].evidence == (
        "people log in through Okta with SAML 2.0, Okta creates their accounts, "
        "since 2021-03-04, last changed 2025-11-02"
    )
    assert by_name["Klaviyo"].evidence.startswith("people log in through Okta with a stored")


def test_several_labels_of_one_product_are_instances_and_asked_about() -> None:
    found = parsed(saved(*APPS), "okta")
    draft = combine([found], load_catalogue(None))
    salesforce = [t for t in draft.tools if t.product and t.product.id == "salesforce-sales-cloud"]
    assert {t.name: t.facts["instance"].value for t in salesforce if "instance" in t.facts} == {
        "Salesforce - EMEA": "EMEA"
    }
    assert len(salesforce) == 2
    assert any("2 applications are Salesforce Sales Cloud" in n.text for n in found.notices)


@pytest.mark.parametrize("first", ["okta", "other"])
def test_another_source_means_the_application_that_is_called_like_the_product(first: str) -> None:
    okta = parsed(saved(*APPS), "okta")
    other = Found("made", "list", "a list")
    for name in ("Salesforce Sales Cloud", "Klaviyo"):
        other.tools.append(FoundTool(name, name, Place("list")))
    other.integrations.append(FoundIntegration("Klaviyo", "Salesforce Sales Cloud", Place("list")))
    both = [okta, other] if first == "okta" else [other, okta]
    draft = combine(both, load_catalogue(None))
    assert [(f.from_, f.to) for f in draft.flows] == [("klaviyo", "salesforce-sales-cloud")]
    assert sum(t.product is not None and "salesforce" in t.id for t in draft.tools) == 2


def test_what_stands_behind_a_product_is_which_one_of_it() -> None:
    labels = ["Braze - US-06", "Braze (EU)", "Braze"]
    apps = [app(n, f"acme_app_{n}", label) for n, label in enumerate(labels)]
    found = parsed(saved(*apps), "okta")
    assert [(t.name, t.product, t.facts) for t in found.tools] == [
        ("Braze - US-06", "braze", {"instance": "US-06"}),
        ("Braze (EU)", "braze", {"instance": "EU"}),
        ("Braze", "braze", {}),
    ]


def test_a_label_that_names_another_environment_says_so() -> None:
    apps = [app(1, "salesforce", "Salesforce"), app(2, "salesforce", "Salesforce (UAT)")]
    found = parsed(saved(*apps, app(3, "acme_x_1", "Klaviyo Dev")), "okta")
    assert [t.facts for t in found.tools] == [
        {},
        {"environment": "staging", "instance": "UAT"},
        {"environment": "development"},
    ]


def test_how_people_log_in_is_no_part_of_a_name() -> None:
    labels = ["Klaviyo SAML", "Miro (SSO)", "Asana - OIDC", "Zoom", "Okta", "Price Bot SSO"]
    apps = [app(n, f"acme_app_{n}", label) for n, label in enumerate(labels)]
    found = parsed(saved(*apps), "okta")
    assert [(t.name, t.product) for t in found.tools] == [
        ("Klaviyo", "klaviyo"),
        ("Miro", "miro"),
        ("Asana", "asana"),
        ("Zoom", None),
        ("Okta", None),
        ("Price Bot", None),
    ]
    asked = [n.text for n in found.notices if n.kind == "question"]
    assert len(asked) == 1
    assert asked[0].startswith("which of these does marketing use: Okta, Price Bot? They are in")
    draft = combine([found], load_catalogue(None))
    assert any(q.text.startswith("Zoom may be Zoom") for q in draft.questions)


def test_an_inactive_application_is_only_a_question() -> None:
    draft = combine([parsed(saved(*APPS), "okta")], load_catalogue(None))
    assert "Drift" not in {t.name for t in draft.tools}
    assert any(q.text.startswith("is Drift in use?") for q in draft.questions)


def test_bookmarks_and_applications_of_oktas_own_are_left_out_and_said() -> None:
    found = parsed(saved(*APPS), "okta")
    left = [n.text for n in found.notices if n.kind == "left-out"]
    assert left == [
        "applications of Okta's own: Okta Admin Console, Okta Workflows",
        "bookmarks, which nobody logs in to: Brand wiki",
    ]


def test_secrets_and_addresses_are_in_no_document_inventory_or_notice() -> None:
    okta = Recorded({URL: paged(APPS)})
    bundle = okta.fetch("okta:acme.okta.com")
    fetched = b"".join(f.data for f in bundle.files).decode()
    for found in (parsed(bundle, "okta"), parsed(saved(*APPS), "okta")):
        draft = combine([found], load_catalogue(None))
        told = inventory_text(draft, "Northwind", None, None)
        told += repr(found) + repr(draft.questions) + repr(okta.shown) + fetched
        assert not [s for s in (TOKEN, SECRET, PERSON, "jane.doe") if s in told]
        assert found.dropped["connection settings"] >= 10


def test_a_next_page_on_another_host_is_not_followed() -> None:
    okta = Recorded({URL: paged(APPS[:3], end="https://evil.test/api/v1/apps?after=9")})
    found = parsed(okta.fetch("okta:acme.okta.com"), "okta")
    assert len(okta.asked) == 1
    assert found.partial
    assert any("another host" in n.text for n in found.notices)


def test_next_pages_without_end_are_capped_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PAGES", 5)
    numbers = iter(range(1, 100))

    def answer(_: httpx.Request) -> httpx.Response:
        link = f'<https://{URL}?after={next(numbers)}>; rel="next"'
        return httpx.Response(200, json=APPS[:1], headers={"link": link})

    okta = Recorded({URL: answer})
    found = parsed(okta.fetch("okta:acme.okta.com"), "okta")
    assert len(okta.asked) == 5
    assert found.partial
    assert any("more than 5 pages" in n.text for n in found.notices)
    assert found.counts["applications"] == 5
    assert len(found.tools) == 1


def test_a_next_page_that_is_the_same_again_ends_the_reading() -> None:
    same = f"https://{URL}?limit=200"
    okta = Recorded({URL: paged(APPS[:2], end=same)})
    found = parsed(okta.fetch("okta:acme.okta.com"), "okta")
    assert len(okta.asked) <= 2
    assert found.partial


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "does not accept the token"),
        (403, "does not allow this token to read"),
        (404, "is not there"),
    ],
)
def test_a_refusal_is_said_in_words_without_the_token(status: int, said: str) -> None:
    body = {"errorCode": "E0000011", "errorSummary": f"Invalid token {TOKEN}"}
    okta = Recorded({URL: lambda _: httpx.Response(status, json=body)})
    with pytest.raises(ImportFailure, match=said) as failure:
        okta.fetch("okta:acme.okta.com")
    assert TOKEN not in f"{failure.value} {failure.value.hint}"
    assert len(okta.asked) == 1


def test_a_service_that_asks_to_slow_down_is_waited_for() -> None:
    answers = iter(
        [
            httpx.Response(429, headers={"retry-after": "7"}),
            httpx.Response(500),
            httpx.Response(200, json=APPS),
        ]
    )
    okta = Recorded({URL: lambda _: next(answers)})
    assert len(parsed(okta.fetch("okta:acme.okta.com"), "okta").tools) == 7
    assert okta.waits == [7.0, 2.0]
    assert okta.shown[1] == f"waiting 7 seconds, https://{URL} asks to slow down"


def test_a_service_that_goes_on_asking_to_slow_down_is_left_alone() -> None:
    okta = Recorded({URL: lambda _: httpx.Response(429, headers={"retry-after": "1"})})
    with pytest.raises(ImportFailure, match="asks to slow down"):
        okta.fetch("okta:acme.okta.com")
    assert len(okta.asked) == RETRIES + 1


def test_what_came_before_a_broken_page_is_kept_and_said() -> None:
    first = paged(APPS[:3], [], end="")

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(403) if "after" in request.url.params else first(request)

    found = parsed(Recorded({URL: answer}).fetch("okta:acme.okta.com"), "okta")
    assert len(found.tools) == 3
    assert found.partial
    assert any("on page 2; what came before is kept" in n.text for n in found.notices)


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (httpx.Response(200, text="oops"), "did not answer JSON"),
        (httpx.Response(200, html="<html>Sign in</html>"), "JSON but a web page"),
        (httpx.Response(200, json={"hello": 1}), "something else than a list"),
    ],
)
def test_an_answer_that_is_no_list_is_said(response: httpx.Response, said: str) -> None:
    with pytest.raises(ImportFailure, match=said):
        Recorded({URL: lambda _: response}).fetch("okta:acme.okta.com")


def test_an_answer_that_never_comes_is_said_without_the_token() -> None:
    def slow(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout(f"timed out with {TOKEN}", request=request)

    with pytest.raises(ImportFailure, match="did not answer within") as failure:
        Recorded({URL: slow}).fetch("okta:acme.okta.com")
    assert TOKEN not in str(failure.value)


def test_a_message_of_the_network_that_quotes_the_token_is_shown_without_it() -> None:
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"bad header SSWS {TOKEN}", request=request)

    with pytest.raises(ImportFailure, match="could not be reached") as failure:
        Recorded({URL: broken}).fetch("okta:acme.okta.com")
    assert TOKEN not in str(failure.value)


@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "acme.okta.com.evil.test",
        "okta.com",
        "evilokta.com",
        "acme.okta.com@evil.test",
        "acme.okta.com:8443",
        "acme.okta.com/x?",
        "",
        "acme.okta.com#evil.test",
    ],
)
def test_the_token_is_sent_to_no_other_host(host: str) -> None:
    okta = Recorded({})
    with pytest.raises(ImportFailure, match="no host of okta"):
        okta.fetch(f"okta:{host}")
    assert okta.asked == []


def test_a_host_the_user_vouches_for_is_asked() -> None:
    okta = Recorded({"login.northwind.example/api/v1/apps": APPS[:2]})
    bundle = okta.fetch("okta:login.northwind.example", allowed=("login.northwind.example",))
    assert len(parsed(bundle, "okta").tools) == 2


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "OKTA_API_TOKEN is not set"),
        ({"OKTA_API_TOKEN": "  "}, "OKTA_API_TOKEN is not set"),
        ({"OKTA_API_TOKEN": f"{TOKEN}\nX-Evil: 1"}, "holds a space or a character"),
        ({"OKTA_API_TOKEN": f"{TOKEN}…"}, "holds a space or a character"),
    ],
)
def test_a_missing_or_damaged_token_is_named_and_not_shown(
    environment: dict[str, str], said: str
) -> None:
    with pytest.raises(ImportFailure, match=said) as failure:
        Recorded({}).fetch("okta:acme.okta.com", environment)
    assert TOKEN not in f"{failure.value} {failure.value.hint}"


def test_a_token_with_a_line_break_behind_it_is_taken_without() -> None:
    okta = Recorded({URL: APPS[:1]})
    okta.fetch("okta:acme.okta.com", ENVIRONMENT | {"OKTA_API_TOKEN": f"{TOKEN}\n"})
    assert okta.asked[0].headers["authorization"] == f"SSWS {TOKEN}"


def test_strange_shapes_are_said_and_the_rest_is_kept() -> None:
    strange = [
        None,
        "text",
        {"id": 7, "label": None, "name": None, "signOnMode": "SAML_2_0"},
        {"id": "x", "label": ["Klaviyo"], "name": "klaviyo", "signOnMode": 3, "features": None},
        APPS[0],
        APPS[0],
    ]
    found = parsed(saved(*strange), "okta")
    assert [t.product for t in found.tools] == ["klaviyo", "salesforce-sales-cloud"]
    assert found.partial
    assert sum(n.kind == "unreadable" for n in found.notices) == 3


def test_a_truncated_file_is_said_in_words() -> None:
    whole = json.dumps(APPS).encode()
    bundle = Bundle("apps.json", (SourceFile("apps.json", whole[: len(whole) // 2]),))
    with pytest.raises(ImportFailure, match=r"no document of apps\.json is whole JSON"):
        parsed(bundle, "okta")


def test_characters_that_cannot_be_seen_do_not_get_into_the_inventory() -> None:
    found = parsed(saved(app(1, "x", "Price\u0000bot \u202egnp.exe\n- id: evil")), "okta")
    assert [t.name for t in found.tools] == ["Price bot gnp.exe - id: evil"]
    draft = combine([found], load_catalogue(None))
    assert not parse_inventory(inventory_text(draft, "Northwind", None, None), "x.yaml").problems
