"""Workflows of n8n: what they read, what they write, and the paths between."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.model import Bundle, Found, ImportFailure, Setting, SourceFile
from stackaudit.importers.n8n import schedule
from stackaudit.importers.n8n.importer import N8n
from stackaudit.importers.n8n.nodes import _table, node_type, object_of
from stackaudit.importers.plan import new_inventory

CATALOGUE = load_catalogue()
SECRET = "sk_live_" + "a1B2c3D4" * 4
BASE = "n8n-nodes-base."
CHAT = "@n8n/n8n-nodes-langchain."


def node(name: str, kind: str, /, version: float = 1, **parameters: Any) -> dict[str, Any]:
    """Return a node; ``_disabled`` and ``_credentials`` go beside its parameters."""
    made = {
        "id": name,
        "name": name,
        "type": kind if "." in kind else BASE + kind,
        "typeVersion": version,
        "position": [0, 0],
        "parameters": {k: v for k, v in parameters.items() if not k.startswith("_")},
    }
    for key in ("disabled", "credentials"):
        if f"_{key}" in parameters:
            made[key] = parameters[f"_{key}"]
    return made


def flow(*nodes: dict[str, Any], path: str, name: str = "W", **more: Any) -> dict[str, Any]:
    """Return a workflow; ``path`` is ``a > b > c, a > d`` and ``model ~ai_tool> agent``."""
    connections: dict[str, dict[str, list[list[dict[str, Any]]]]] = {}
    for chain in path.split(","):
        ends = [e.strip() for e in chain.split(">")]
        for written, end in pairwise(ends):
            start, _, kind = written.partition(" ~")
            outputs = connections.setdefault(start, {}).setdefault(kind or "main", [[]])
            outputs[0].append({"node": end.partition(" ~")[0], "type": kind or "main", "index": 0})
    return {"name": name, "nodes": list(nodes), "connections": connections, **more}


def parse(*documents: Any, one: bool = False) -> Found:
    files = tuple(
        SourceFile(f"{n}.json", d if isinstance(d, bytes) else json.dumps(d).encode())
        for n, d in enumerate(documents)
    )
    bundle = Bundle("flows", files, folder=not one)
    assert N8n().recognises(bundle)
    return N8n().parse(bundle, Setting(CATALOGUE))


def flows(found: Found) -> dict[str, dict[str, Any]]:
    names = {t.key: t.name for t in found.tools}
    return {
        f"{names[i.from_]} -> {names[i.to]}": {k: v for k, v in i.facts.items() if k != "notes"}
        for i in found.integrations
    }


def said(found: Found, kind: str) -> str:
    return "\n".join(f"{n.text} {n.place}" for n in found.notices if n.kind == kind)


STRIPE = node("pay", "stripeTrigger", events=["invoice.payment_succeeded"])
FIND = node("find", "hubspot", resource="deal", operation="search")
DEAL = node("deal", "hubspot", resource="deal", operation="update")
SLACK = node("tell", "slack")


def test_a_flow_leads_from_what_is_read_to_what_is_written() -> None:
    found = parse(
        flow(STRIPE, FIND, node("if", "if"), DEAL, SLACK, path="pay > find > if > deal > tell")
    )
    assert flows(found) == {
        "Stripe -> HubSpot": {
            "method": "ipaas",
            "via": ["n8n"],
            "objects": ["opportunity"],
            "every": "real-time",
        },
        "Stripe -> Slack": {
            "method": "ipaas",
            "via": ["n8n"],
            "objects": ["invoice"],
            "every": "real-time",
        },
        "HubSpot -> Slack": {
            "method": "ipaas",
            "via": ["n8n"],
            "objects": ["opportunity"],
            "every": "real-time",
        },
    }


def test_two_readers_side_by_side_and_a_writer_before_a_reader_make_no_flow() -> None:
    read = node("rows", "googleSheets")
    found = parse(
        flow(node("go", "manualTrigger"), FIND, read, path="go > find > rows"),
        flow(node("go", "manualTrigger"), SLACK, FIND, path="go > tell > find"),
    )
    assert flows(found) == {}
    assert {t.name for t in found.tools} == {"n8n", "HubSpot", "Google Sheets", "Slack"}


def test_what_an_export_leaves_out_is_the_default_of_its_version() -> None:
    rows = node("rows", "googleSheets", version=4.5)
    crm = [node(str(v), "hubspot", version=v) for v in (1, 2)]
    found = parse(flow(rows, *crm, path="rows > 1 > 2"))
    assert flows(found)["Google Sheets -> HubSpot"]["objects"] == ["opportunity", "contact"]


def test_a_disabled_node_is_passed_through_and_a_disabled_trigger_starts_nothing() -> None:
    off = node("mid", "mailchimp", _disabled=True)
    clock = node("clock", "scheduleTrigger", _disabled=True)
    rows = node("rows", "googleSheets")
    found = parse(flow(clock, rows, off, SLACK, path="clock > rows > mid > tell"))
    assert flows(found) == {"Google Sheets -> Slack": {"method": "ipaas", "via": ["n8n"]}}
    assert found.counts["disabled nodes"] == 2


def test_inactive_workflows_pause_what_only_they_carry() -> None:
    rows = node("rows", "googleSheets")
    mail = node("mail", "mailchimp")
    found = parse(
        flow(rows, SLACK, path="rows > tell", active=False),
        flow(rows, mail, path="rows > mail", active=False, name="B"),
        flow(
            node("rows", "googleSheets"),
            node("x", "set"),
            mail,
            path="rows > x > mail",
            active=True,
        ),
    )
    assert flows(found)["Google Sheets -> Slack"]["status"] == "paused"
    assert "status" not in flows(found)["Google Sheets -> Mailchimp"]
    assert found.counts["inactive workflows"] == 2
    assert "2 of 3 workflows are inactive" in said(found, "note")


def test_a_copy_is_counted_once_and_named() -> None:
    one = flow(STRIPE, SLACK, path="pay > tell", name="One", id="1", active=False)
    two = flow(SLACK, STRIPE, path="pay > tell", name="Two", id="2", active=True)
    found = parse(one, two, flow(STRIPE, DEAL, path="pay > deal", name="Three"))
    assert found.counts["workflows"] == 3
    assert found.counts["copies of another workflow"] == 1
    assert "Two" in said(found, "note")
    assert "status" not in flows(found)["Stripe -> Slack"]


@pytest.mark.parametrize("wrapped", ["alone", "list", "data", "template"])
def test_every_wrapping_of_an_export_is_read(wrapped: str) -> None:
    one = flow(STRIPE, SLACK, path="pay > tell")
    whole: Any = {
        "alone": one,
        "list": [one],
        "data": {"data": [one], "nextCursor": None},
        "template": {"workflow": {"id": 7, "name": "x", "workflow": one}},
    }[wrapped]
    assert list(flows(parse(whole, one=True))) == ["Stripe -> Slack"]


def test_http_requests_are_known_by_their_host_and_method() -> None:
    found = parse(
        flow(
            node("a", "httpRequest", url="https://api.stripe.com/v1/customers/search?limit=3"),
            node("b", "httpRequest", method="POST", url="=https://api.hubapi.com/{{ $json.x }}"),
            node("c", "httpRequest", 2, requestMethod="POST", url="https://a.myshopify.com/orders"),
            node("d", "httpRequest", method="POST", url="https://api.hubapi.com/deals/search"),
            node("e", "httpRequest", method="PUT", url="https://api.nobody-knows.io/things"),
            node("f", "httpRequest", url="https://blog.some-site.io/page.html"),
            node("g", "httpRequest", method="POST", url="={{ $json.callback }}"),
            node("h", "httpRequest", method="POST", url="http://10.0.0.7/hook"),
            path="a > b, a > c, d > c, a > e, f > b, a > g > h",
        )
    )  # fmt: skip
    assert set(flows(found)) == {
        "Stripe -> HubSpot Marketing Hub",
        "Stripe -> Shopify",
        "Stripe -> api.nobody-knows.io",
        "HubSpot Marketing Hub -> Shopify",
    }
    assert flows(found)["Stripe -> Shopify"]["objects"] == ["order"]
    assert found.counts["HTTP requests"] == 8
    assert "blog.some-site.io" in said(found, "note")
    assert "computed" in said(found, "question")
    assert "10.0.0.7" not in repr(found)


def test_a_computed_address_is_known_by_its_ending_or_by_what_it_logs_in_with() -> None:
    log_in = {"authentication": "predefinedCredentialType"}
    found = parse(
        flow(
            STRIPE,
            node("a", "httpRequest", method="POST", url="=https://{{ $json.d }}.mailchimp.com/3"),
            node("b", "httpRequest", method="POST", url="={{ $json.u }}", **log_in,
                 nodeCredentialType="hubspotAppToken"),
            node("c", "httpRequest", method="POST", url="={{ $json.u }}", **log_in,
                 nodeCredentialType="klaviyoApi"),
            node("d", "httpRequest", method="POST", url="=https://{{ $json.host }}/x"),
            path="pay > a > b > c > d",
        )
    )  # fmt: skip
    assert set(flows(found)) == {
        "Stripe -> Intuit Mailchimp",
        "Stripe -> HubSpot",
        "Stripe -> Klaviyo",
    }


def test_who_calls_a_webhook_is_asked() -> None:
    found = parse(flow(node("hook", "webhook", path="x"), SLACK, path="hook > tell"))
    assert flows(found) == {}
    assert "It feeds Slack" in said(found, "question")
    assert {t.name for t in found.tools} == {"n8n", "Slack"}


def test_a_form_of_n8n_is_filled_in_at_n8n() -> None:
    found = parse(flow(node("form", "formTrigger"), node("c", "mailchimp"), path="form > c"))
    assert flows(found) == {
        "n8n -> Mailchimp": {"method": "ipaas", "objects": ["contact"], "every": "real-time"}
    }


def test_a_model_receives_what_its_agent_is_given_and_agents_tools_read_and_write() -> None:
    agent = node("agent", CHAT + "agent")
    model = node("gpt", CHAT + "lmChatOpenAi")
    other = node("gpt2", CHAT + "lmChatOpenAi")
    found = parse(
        flow(
            node("new", "notionTrigger", pollTimes={"item": [{"mode": "everyHour"}]}),
            agent,
            model,
            node("mail", "gmailTool", operation="send"),
            node("look", "hubspotTool", operation="getAll"),
            node("sec", CHAT + "chainLlm"),
            other,
            SLACK,
            path="new > agent > tell, gpt ~ai_languageModel> agent, mail ~ai_tool> agent,"
            "look ~ai_tool> agent, gpt2 ~ai_languageModel> sec",
        )
    )
    assert set(flows(found)) == {
        "Notion -> OpenAI",
        "Notion -> Google Workspace",
        "Notion -> Slack",
        "HubSpot -> OpenAI",
        "HubSpot -> Google Workspace",
        "HubSpot -> Slack",
    }
    assert flows(found)["Notion -> Slack"]["every"] == "hourly"


def test_a_model_shared_by_two_chains_is_no_path_between_them() -> None:
    found = parse(
        flow(
            node("rows", "googleSheets"),
            node("one", CHAT + "chainLlm"),
            node("two", CHAT + "chainLlm"),
            node("gpt", CHAT + "lmChatOpenAi"),
            SLACK,
            path="rows > one, two > tell, gpt ~ai_languageModel> one, gpt ~ai_languageModel> two",
        )
    )
    assert set(flows(found)) == {"Google Sheets -> OpenAI"}


def test_a_called_workflow_is_followed_when_it_is_in_the_export() -> None:
    call = node("call", "executeWorkflow", workflowId={"__rl": True, "value": "sub", "mode": "id"})
    lost = node("lost", "executeWorkflow", workflowId="gone")
    main = flow(STRIPE, call, SLACK, lost, path="pay > call > tell, pay > lost", name="Main")
    sub = flow(
        node("start", "executeWorkflowTrigger"), FIND, DEAL, path="start > find > deal", id="sub"
    )
    found = parse(main, sub)
    assert set(flows(found)) == {"Stripe -> HubSpot", "Stripe -> Slack", "HubSpot -> Slack"}
    assert found.counts["calls of workflows that are not in the export"] == 1


def test_workflows_that_call_each_other_end() -> None:
    def caller(own: str, other: str) -> dict[str, Any]:
        call = node("call", "executeWorkflow", workflowId=other)
        start = node("start", "executeWorkflowTrigger")
        return flow(start, call, SLACK, path="start > call > tell", id=own, name=own)

    assert flows(parse(caller("a", "b"), caller("b", "a"))) == {}


def test_nothing_secret_is_taken(tmp_path: Path) -> None:
    http = node(
        "post",
        "httpRequest",
        method="POST",
        url=f"https://user:{SECRET}@api.hubapi.com/x?hapikey={SECRET}",
        headerParameters={"parameters": [{"name": "Authorization", "value": f"Bearer {SECRET}"}]},
        _credentials={"hubspotApi": {"id": SECRET, "name": "key of jane@example.com"}},
    )
    document = flow(STRIPE, http, path="pay > post", name=f"for jane@example.com {SECRET}")
    document["pinData"] = {"pay": [{"json": {"email": "john@example.com"}}]}
    found = parse(document)
    draft = combine([found], CATALOGUE)
    text = "".join(new_inventory(draft, tmp_path / "i.yaml", CATALOGUE, "x").files.values())
    said_all = text + repr(found)
    for secret in (SECRET, "jane@", "john@", "hapikey"):
        assert secret not in said_all
    assert found.dropped["name of a credential"] == 1
    assert found.dropped["pinned data of a workflow"] == 1
    assert found.dropped["secret"] >= 2


def test_broken_files_and_nodes_are_said_and_the_rest_kept() -> None:
    good = flow(STRIPE, SLACK, path="pay > tell")
    odd = {"name": None, "nodes": [None, {"type": 7}, *good["nodes"]], "connections": {
        "pay": {"main": [None, [None, {"node": "tell"}, {"node": 3}]]}}}  # fmt: skip
    found = parse(good, odd, b'{"nodes": [')
    assert found.partial
    assert len([n for n in found.notices if n.kind == "unreadable"]) == 3
    assert list(flows(found)) == ["Stripe -> Slack"]


def test_a_path_through_a_node_that_is_missing_is_followed() -> None:
    found = parse(flow(STRIPE, SLACK, path="pay > lost > tell"))
    assert list(flows(found)) == ["Stripe -> Slack"]
    assert "does not have: 1" in said(found, "unreadable")


def test_nothing_to_read_is_a_failure_in_plain_words() -> None:
    with pytest.raises(ImportFailure, match="no workflow"):
        N8n().parse(Bundle("x.json", (SourceFile("x.json", b"{"),)), Setting(CATALOGUE))
    assert not N8n().recognises(Bundle("x", (SourceFile("x.json", b'{"nodes": [1]}'),)))


@pytest.mark.parametrize(
    ("cron", "word"),
    [
        ("*/15 * * * *", "15m"),
        ("0 * * * *", "hourly"),
        ("0 */4 * * *", "4h"),
        ("0 9 * * *", "daily"),
        ("0 9 * * 1", "weekly"),
        ("30 8 * * 1-5", "daily"),
        ("0 0 1 * *", "monthly"),
        ("0 0 9 * * *", "daily"),
        ("0 9,17 * * *", "12h"),
        ("* * * * *", "1m"),
        ("0 9 1 1 *", ""),
        ("nonsense", ""),
    ],
)
def test_a_cron_expression_is_said_as_a_span(cron: str, word: str) -> None:
    assert schedule.of_cron(cron) == word


def test_schedules_at_their_defaults_are_those_of_n8n() -> None:
    assert schedule.every("x.scheduleTrigger", {}) == "daily"
    rule = {"rule": {"interval": [{"field": "hours", "hoursInterval": 6}, {"field": "weeks"}]}}
    assert schedule.every("x.scheduleTrigger", rule) == "6h"
    assert schedule.every("x.cron", {"triggerTimes": {"item": [{"mode": "everyHour"}]}}) == "hourly"
    assert schedule.every("x.interval", {"interval": "2", "unit": "hours"}) == "2h"
    assert schedule.polled({}) == "1m"


@pytest.mark.parametrize(
    ("kind", "words", "made"),
    [
        ("stripeTrigger", "customer.subscription.created", "subscription"),
        ("stripeTrigger", "checkout.session.completed", "payment"),
        ("shopifyTrigger", "checkouts/create", "cart"),
        ("salesforceTrigger", "leadCreated", "lead"),
        ("intercom", "conversation.user.created", "conversation"),
        ("intercom", "user", "contact"),
        ("mailchimpTrigger", "unsubscribe", "contact"),
        ("lemlistTrigger", "emailsReplied", "message-engagement"),
        ("activeCampaignTrigger", "deal_add", "opportunity"),
        ("hubspot", "contactList", "segment"),
        ("zendeskTrigger", "", "ticket"),
        ("wordpress", "post", "content-asset"),
        ("trello", "card", "project-task"),
        ("slack", "message", None),
        ("stripe", "balance", None),
    ],
)
def test_what_a_resource_or_an_event_is_about(kind: str, words: str, made: str | None) -> None:
    row, _ = node_type(BASE + kind)
    assert row is not None
    assert object_of(row, words) == made


def test_a_node_of_the_community_is_taken_by_its_name_and_asked_about() -> None:
    blot = node("b", "@blotato/n8n-nodes-blotato.blotato", operation="create")
    mute = node("m", "n8n-nodes-hey.heyTool")
    mcp = node("x", "n8n-nodes-mcp.mcpClient")
    step = node("s", "someNewStep")
    found = parse(flow(STRIPE, step, blot, mute, mcp, path="pay > s > b > m > x"))
    assert list(flows(found)) == ["Stripe -> Blotato"]
    assert {t.name: t.confidence for t in found.tools if t.confidence != "certain"} == {
        "Blotato": "likely",
        "Hey": "likely",
    }
    assert "does Hey get data" in said(found, "question")
    assert "mcpClient" in said(found, "question")


def test_the_table_of_nodes_leads_to_products_of_the_catalogue() -> None:
    rows = list(_table().values())
    assert {r.product for r in rows if r.product} <= set(CATALOGUE.products)
    assert len([r for r in rows if r.role != "flow"]) > 300
    trigger, starts = node_type(BASE + "hubspotTrigger")
    assert trigger is not None
    assert trigger.name == "HubSpot"
    assert starts
