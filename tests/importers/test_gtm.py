"""Containers of Google Tag Manager: what each tag comes to, and what is never taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.cli.previewing import show_preview
from stackaudit.importers.combine import Draft, combine
from stackaudit.importers.gtm.code import look, without_comments
from stackaudit.importers.gtm.parse import TagManager
from stackaudit.importers.gtm.vendors import vendor_of
from stackaudit.importers.model import (
    Bundle,
    Found,
    FoundIntegration,
    ImportFailure,
    Setting,
    SourceFile,
)
from stackaudit.importers.plan import new_inventory

ALL_PAGES = "2147479553"
PLANTED = "EAABwzLixnjYBO-planted-secret"
Json = dict[str, Any]


def param(key: str, value: str) -> Json:
    return {"type": "TEMPLATE", "key": key, "value": value}


def rows(key: str, *pairs: tuple[str, str]) -> Json:
    cells = [
        {"type": "MAP", "map": [param("parameter", a), param("parameterValue", b)]}
        for a, b in pairs
    ]
    return {"type": "LIST", "key": key, "list": cells}


def tag(name: str, kind: str, *params: Json, fire: Any = (ALL_PAGES,), **more: Any) -> Json:
    made = {"tagId": name, "name": name, "type": kind, "parameter": list(params), **more}
    return made | ({"firingTriggerId": list(fire)} if fire else {})


def html(name: str, code: str, **more: Any) -> Json:
    return tag(name, "html", param("html", code), **more)


def needs(status: str) -> Json:
    return {"consentStatus": status}


def template(
    number: int,
    name: str,
    gallery: str = "",
    permissions: str = "inject_script",
    host: str = "",
    gallery_id: str = "",
) -> Json:
    rules = [
        {"instance": {"key": {"publicId": p}}, "urls": f"https://{host}/*"}
        for p in permissions.split()
    ]
    data = (
        f'___INFO___\n\n{{"type": "TAG", "displayName": "{name}"}}\n\n'
        "___SANDBOXED_JS_FOR_WEB_TEMPLATE___\n\ndata.gtmOnSuccess();\n\n"
        f"___WEB_PERMISSIONS___\n\n{json.dumps(rules)}\n"
    )
    made: Json = {"containerId": "9", "templateId": str(number), "name": name, "templateData": data}
    if gallery:
        owner, _, repository = gallery.partition("/")
        made["galleryReference"] = {"owner": owner, "repository": repository}
        if gallery_id:
            made["galleryReference"]["galleryTemplateId"] = gallery_id
    return made


def container(*tags: Json, context: str = "WEB", name: str = "www.example.de", **more: Any) -> Json:
    about = {"publicId": "GTM-ABC1234", "name": name, "usageContext": [context]}
    if context == "SERVER":
        about["publicId"] = "GTM-SRV5678"
    about |= more.pop("about", {})
    version = {"container": about, "tag": list(tags), "trigger": [], **more}
    return {
        "exportFormatVersion": 2,
        "exportTime": "2025-05-05 10:00:00",
        "containerVersion": version,
    }


def read(data: Any, name: str = "export.json") -> Found:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    bundle = Bundle(name, (SourceFile(name, raw),))
    assert TagManager().recognises(bundle)
    return TagManager().parse(bundle, Setting(load_catalogue(None)))


def joined(*data: Any) -> Draft:
    founds = [read(each, f"{number}.json") for number, each in enumerate(data)]
    return combine(founds, load_catalogue(None))


def products(found: Found) -> set[str]:
    return {t.key for t in found.tools if not t.key.startswith("site ")} - {"google-tag-manager"}


def flow(found: Found, end: str) -> FoundIntegration:
    (one,) = [i for i in found.integrations if i.to == end]
    return one


def said(found: Found, kind: str = "") -> str:
    return "\n".join(n.text for n in found.notices if kind in ("", n.kind))


# ---------------------------------------------------------------- tags and vendors


def test_built_in_types_are_products_and_tags_of_one_vendor_are_one_flow() -> None:
    found = read(
        container(
            tag("Config", "googtag", param("tagId", "G-AAAA1111")),
            tag("Kauf", "gaawe", param("eventName", "purchase")),
            tag("Ads", "googtag", param("tagId", "{{Ads id}}")),
            tag("Conversion", "awct", param("conversionLabel", "abc")),
            tag("Insight", "bzi"),
            tag("Messung", "csm"),
            variable=[{"name": "Ads id", "type": "c", "parameter": [param("value", "AW-123")]}],
        )
    )
    assert products(found) == {
        "google-analytics-4",
        "google-ads",
        "linkedin-campaign-manager",
        "= Comscore",
    }
    ga4 = flow(found, "google-analytics-4").facts
    assert ga4["objects"] == ["behavioural-event", "conversion", "order"]
    assert ga4["via"] == ["google-tag-manager"]
    assert ga4["method"] == "sdk-pixel"
    assert ga4["notes"].startswith("2 tags")
    assert flow(found, "google-ads").facts["notes"].startswith("2 tags")
    assert found.tool("= Comscore").product is None  # type: ignore[union-attr]
    assert len(found.integrations) == 4


def test_the_website_is_named_by_its_domain_and_never_taken_for_a_product() -> None:
    found = read(container(tag("x", "hjtc"), name="Shopify"))
    site = next(t for t in found.tools if t.facts.get("kind") == "own-channel")
    assert site.name == "Website Shopify"
    assert (
        next(
            t for t in combine([found], load_catalogue(None)).tools if t.id == "website-shopify"
        ).product
        is None
    )
    other = read(container(tag("x", "hjtc"), name="www.example.de (live)"))
    assert other.tools[0].name == "Website example.de"
    third = read(container(tag("x", "hjtc")))
    assert (third.tools[0].name, third.tools[0].facts["url"]) == (
        "Website example.de",
        "https://example.de",
    )


def test_several_vendors_hide_in_one_custom_html_tag() -> None:
    code = (
        "<script>(function(w,d,s,u){var j=d.createElement(s);j.src=u})"
        "(window,document,'script','https://connect.facebook.net/en_US/fbevents.js');"
        "fbq('init','1');fbq('track','Purchase');ttq.load('x');ttq.page();</script>"
        "<script src='//js.hs-scripts.com/1.js'></script>"
    )
    found = read(container(html("Pixel", code)))
    assert products(found) == {"meta-ads", "tiktok-ads-manager", "hubspot-marketing-hub"}
    assert flow(found, "meta-ads").facts["objects"] == ["behavioural-event", "conversion", "order"]
    assert flow(found, "tiktok-ads-manager").facts["objects"] == ["behavioural-event"]
    assert all(i.confidence == "likely" for i in found.integrations)


def test_code_that_is_commented_out_is_said_and_not_in_use() -> None:
    code = (
        "<!-- <script>snaptr('init')</script> --><script>/* pintrk('load') */\n"
        "// fbq('track','Lead')\nhj('event','x')</script>"
    )
    found = read(container(html("Alt", code)))
    assert products(found) == {"hotjar"}
    assert "Snapchat Ads is commented out" in said(found)
    old = "<script><!--\nfbq('init','1');\n//--></script>"
    assert "fbq" in without_comments(old)


def test_links_and_linked_data_are_no_vendors() -> None:
    code = (
        '<script type="application/ld+json">{"sameAs":"https://www.facebook.com/tr"}</script>'
        '<script>if (link.indexOf("https://partner.example.org/x.js") > -1) {}'
        'dataLayer.push({event: "x", url: "a"})</script>'
    )
    found = read(container(html("Helfer", code)))
    assert products(found) == set()
    assert found.counts["Custom HTML without a vendor"] == 1
    assert not said(found, "question")


def test_code_of_nobody_known_is_asked_about_with_its_host() -> None:
    found = read(
        container(
            html("Fremd", "<script src='https://cdn.unknown-vendor.example/t.js?key=1'></script>"),
            html("Eigen", "<script src='https://static.example.de/app.js'></script>"),
        )
    )
    assert products(found) == set()
    assert "cdn.unknown-vendor.example" in said(found, "question")
    assert "static.example.de" not in said(found)


def test_a_listener_for_a_widget_is_a_hint_for_each_vendor() -> None:
    code = (
        '<script>window.addEventListener("klaviyoForms", f);'
        'if (e.data.hasOwnProperty("CollectedEmailEvent")) {}</script>'
    )
    draft = joined(container(html("Listener", code)))
    asked = " ".join(q.text for q in draft.questions)
    assert "is Klaviyo in use" in asked
    assert "is Postscript in use" in asked
    assert {t.name for t in draft.tools} == {"Google Tag Manager", "Website example.de"}


def test_a_hint_is_no_question_where_another_source_is_sure() -> None:
    listener = html("Listener", '<script>window.addEventListener("klaviyoForms", f)</script>')
    draft = joined(
        container(listener), container(html("K", "<script>klaviyo.push(['x'])</script>"))
    )
    assert not [q for q in draft.questions if "Klaviyo" in q.text]


def test_an_image_is_followed_through_constants_and_personal_data_is_said() -> None:
    found = read(
        container(
            tag("Bild", "img", param("url", "{{Ziel}}?email={{Email}}")),
            variable=[
                {
                    "name": "Ziel",
                    "type": "c",
                    "parameter": [param("value", "https://script.google.com/macros/s/abc/exec")],
                }
            ],
        )
    )
    assert flow(found, "google-workspace").facts["objects"] == ["contact"]
    assert "personal data" in said(found)


@pytest.mark.parametrize("kind", ["cvt_9_5", "cvt_77_5", "cvt_KLM12"])
def test_custom_templates_are_found_by_every_form_of_their_type(kind: str) -> None:
    pixel = template(5, "Facebook Pixel", "facebookarchive/fb-pixel", gallery_id="KLM12")
    event = param("standardEventName", "Lead")
    found = read(container(tag("Meta", kind, event), customTemplate=[pixel]))
    assert products(found) == {"meta-ads"}
    assert flow(found, "meta-ads").facts["objects"] == ["behavioural-event", "conversion"]
    assert flow(found, "meta-ads").confidence == "certain"


def test_templates_without_a_vendor_are_told_apart() -> None:
    found = read(
        container(
            tag("Helfer", "cvt_9_1"),
            tag("Eigenes", "cvt_9_2"),
            tag("Fehlt - Taboola", "cvt_9_7"),
            customTemplate=[
                template(1, "URL Cleaner", permissions="logging read_data_layer"),
                template(2, "Hausvorlage", host="collect.dwh-example.org"),
                template(3, "Pinterest Tag", "pinterest/gtm"),
            ],
        )
    )
    assert found.counts["utility tag"] == 1
    assert "collect.dwh-example.org" in said(found, "question")
    assert found.tool("taboola").confidence == "possible"  # type: ignore[union-attr]
    assert 'the template "Pinterest Tag" (Pinterest Ads) is installed, and no tag uses it' in said(
        found
    )
    assert found.integrations == []


def test_a_template_without_a_telling_name_is_known_by_its_code() -> None:
    data = (
        '___INFO___\n\n{"type": "TAG", "displayName": "Pixel"}\n\n'
        "___SANDBOXED_JS_FOR_WEB_TEMPLATE___\n\n"
        "require('injectScript')('https://static.ads-twitter.com/uwt.js', a, b);\n"
    )
    unnamed = {"templateId": "1", "containerId": "9", "name": "Pixel", "templateData": data}
    found = read(container(tag("X", "cvt_9_1"), customTemplate=[unnamed]))
    assert products(found) == {"x-ads"}
    assert flow(found, "x-ads").confidence == "likely"


def test_two_properties_are_a_question_and_none_is_named() -> None:
    one, two = param("measurementIdOverride", "G-AAAA1111"), param("measurementId", "G-BBBB2222")
    found = read(container(tag("A", "gaawe", one), tag("B", "gaawe", two)))
    assert "2 different properties of Google Analytics 4" in said(found, "question")
    assert "G-AAAA1111" not in said(found)
    resting = read(container(tag("A", "gaawe", one), tag("B", "gaawe", two, paused=True)))
    assert "properties" not in said(resting)


def test_a_form_event_is_behaviour_and_a_lead_is_a_conversion() -> None:
    form = read(container(tag("A", "gaawe", param("eventName", "form_submit"))))
    assert flow(form, "google-analytics-4").facts["objects"] == ["behavioural-event"]
    lead = read(container(tag("A", "gaawe", param("eventName", "generate_lead"))))
    assert flow(lead, "google-analytics-4").facts["objects"] == ["behavioural-event", "conversion"]


# ---------------------------------------------------------------- when they fire


def test_a_product_rests_only_when_all_its_tags_do() -> None:
    found = read(
        container(
            tag("UA 1", "ua", paused=True),
            tag("UA 2", "ua", paused="true"),
            tag("Hotjar alt", "hjtc", paused=True),
            tag("Hotjar", "hjtc"),
            tag("Criteo", "crto", fire=()),
            tag("Quora", "qpx", scheduleEndMs="1500000000000"),
            tag("Insight", "bzi", blockingTriggerId=[ALL_PAGES]),
            tag("Setup", "pntr", fire=()),
            tag("Kette", "mf", setupTag=[{"tagName": "Setup"}]),
        )
    )
    status = {i.to: i.facts.get("status") for i in found.integrations}
    assert status == {
        "universal-analytics": "paused",
        "hotjar": None,
        "criteo": "idle",
        "quora-ads": "idle",
        "linkedin-campaign-manager": "idle",
        "pinterest-ads": None,
        "mouseflow": None,
    }
    assert found.counts["paused tags"] == 3
    assert found.counts["tags that never fire"] == 3
    assert "its schedule is over" in said(found)
    assert "it has no trigger" in said(found)


def test_ids_may_be_numbers_and_triggers_of_an_unlisted_id_are_said() -> None:
    found = read(
        container(
            tag("A", "hjtc", fire=[10]),
            tag("B", "bzi", fire=["999"]),
            trigger=[{"triggerId": 10, "name": "Kauf", "type": "CUSTOM_EVENT"}],
        )
    )
    assert flow(found, "hotjar").facts.get("status") is None
    assert flow(found, "linkedin-campaign-manager").facts["status"] == "idle"
    assert "not in the container" in said(found)


# ---------------------------------------------------------------- consent


def test_consent_not_set_is_not_no_consent() -> None:
    found = read(container(tag("A", "hjtc", consentSettings=needs("NOT_SET")), tag("B", "bzi")))
    assert all("gated_by" not in i.facts for i in found.integrations)
    assert "says neither that they wait for it nor that they do not" in said(found)


def test_a_needed_consent_is_gated_by_the_one_consent_tool_of_the_container() -> None:
    onetrust = html("CMP", "<script src='https://cdn.cookielaw.org/otSDKStub.js'></script>")
    meta = tag("Insight", "bzi", consentSettings=needs("NEEDED"))
    found = read(container(onetrust, meta))
    assert flow(found, "linkedin-campaign-manager").facts["gated_by"] == ["onetrust"]
    assert flow(found, "onetrust").facts["objects"] == ["consent"]
    alone = read(container(meta))
    assert "gated_by" not in flow(alone, "linkedin-campaign-manager").facts
    assert "which consent tool" in said(alone, "question")


def test_a_trigger_of_a_consent_tool_gates_and_part_of_the_tags_does_not() -> None:
    accepted = {
        "triggerId": "7",
        "name": "Marketing",
        "type": "CUSTOM_EVENT",
        "customEventFilter": [{"parameter": [param("arg1", "OneTrustGroupsUpdated")]}],
    }
    found = read(container(tag("A", "hjtc", fire=["7"]), trigger=[accepted]))
    assert flow(found, "hotjar").facts["gated_by"] == ["onetrust"]
    assert found.tool("onetrust").confidence == "likely"  # type: ignore[union-attr]
    part = read(container(tag("A", "hjtc", fire=["7"]), tag("B", "hjtc"), trigger=[accepted]))
    assert "gated_by" not in flow(part, "hotjar").facts
    assert "1 of 2 tags of Hotjar wait for consent" in said(part)


def test_tags_that_fire_on_load_without_a_condition_are_named() -> None:
    default = html("Default", "<script>gtag('consent','default',{ad_storage:'denied'})</script>")
    found = read(container(tag("Früh", "hjtc"), tag("GA4", "gaawe"), default))
    (note,) = [n.text for n in found.notices if "as a page loads" in n.text]
    assert '"Früh"' in note
    assert '"GA4"' not in note
    assert 'Consent Mode: "Default" sets the defaults of it' in said(found)


# ---------------------------------------------------------------- servers


def web_to_server() -> Json:
    settings = rows("configSettingsTable", ("server_container_url", "https://sgtm.example.de"))
    data_tag = template(4, "Data Tag", "stape-io/data-tag")
    return container(
        tag("Config", "googtag", param("tagId", "G-AAAA1111"), settings),
        tag("Kauf", "gaawe", param("eventName", "purchase")),
        tag("DT", "cvt_9_4", param("event_name_standard", "page_view")),
        customTemplate=[data_tag],
    )


def server() -> Json:
    return container(
        tag("GA4", "sgtmgaaw"),
        tag("Ads", "sgtmadsct"),
        tag(
            "CAPI",
            "cvt_9_1",
            param("eventNameStandard", "Purchase"),
            param("accessToken", PLANTED),
        ),
        tag("Haken", "http_request", param("url", "https://hooks.zapier.com/hooks/catch/1/2")),
        context="SERVER",
        name="Server",
        client=[{"clientId": "1", "name": "GA4", "type": "gaaw_client"}],
        customTemplate=[
            template(1, "Facebook Conversion API", "stape-io/facebook-tag", "send_http")
        ],
    )


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_web_and_server_are_joined_in_either_order(order: tuple[int, int]) -> None:
    both = (web_to_server(), server())
    draft = joined(*(both[n] for n in order))
    ends = {(f.from_, f.to): f for f in draft.flows}
    behind = "google-tag-manager-server-container"
    assert set(ends) == {
        ("website-example-de", behind),
        (behind, "google-analytics-4"),
        (behind, "google-ads"),
        (behind, "meta-ads"),
        (behind, "zapier"),
    }
    assert ends["website-example-de", behind].facts["via"].value == ["google-tag-manager"]
    assert ends[behind, "google-analytics-4"].facts["objects"].value == [
        "behavioural-event",
        "conversion",
        "order",
    ]
    assert ends[behind, "meta-ads"].facts["method"].value == "server-side-tracking"
    assert {t.id for t in draft.tools if t.product and t.product.id == "google-tag-manager"} == {
        "google-tag-manager",
        behind,
    }


def test_a_server_container_alone_says_what_it_receives_and_nothing_of_sites() -> None:
    found = read(server())
    assert {i.from_ for i in found.integrations} == {"server container"}
    assert "receives GA4" in said(found)
    assert found.source == "GTM-SRV5678"


# ---------------------------------------------------------------- shapes


@pytest.mark.parametrize(
    "shape",
    [
        lambda d: d["containerVersion"],
        lambda d: {"tag": d["containerVersion"]["tag"]},
        lambda d: d["containerVersion"]["tag"],
        lambda d: [d],
        lambda d: {"data": d["containerVersion"]},
    ],
)
def test_answers_of_the_api_are_read_like_exports(shape: Any) -> None:
    found = read(shape(container(tag("A", "hjtc"), tag("B", "bzi"))))
    assert products(found) == {"hotjar", "linkedin-campaign-manager"}


def test_an_export_of_version_one_has_rules_and_macros() -> None:
    old = container(tag("A", "ua", param("trackingId", "{{UA}}"), fire=()), about={})
    version = old["containerVersion"]
    version["tag"][0]["firingRuleId"] = ["3"]
    version["rule"] = [{"ruleId": "3", "name": "All pages"}]
    version["macro"] = [{"macroId": "1", "name": "UA", "type": "c"}]
    del version["trigger"]
    old["exportFormatVersion"] = 1.3
    found = read(old)
    assert flow(found, "universal-analytics").facts.get("status") is None
    assert found.counts["trigger"] == 1


def test_nulls_and_strange_entries_are_named_and_the_rest_is_read() -> None:
    data = container(tag("A", "hjtc"))
    version = data["containerVersion"]
    version["tag"] += ["text", None, {"type": None, "name": None, "parameter": None}]
    version |= {"trigger": None, "variable": "none", "client": None, "customTemplate": [None]}
    found = read(data)
    assert products(found) == {"hotjar"}
    assert found.partial
    assert "tag 2 is no object" in said(found, "unreadable")


def test_a_file_that_ends_in_the_middle_keeps_its_whole_tags() -> None:
    text = json.dumps(container(tag("A", "hjtc"), tag("B", "bzi"), tag("C", "pntr")))
    cut = text[: text.index('"C"') + 20]
    found = read(cut.encode())
    assert products(found) == {"hotjar", "linkedin-campaign-manager"}
    assert found.partial
    assert "ends in the middle" in said(found, "unreadable")
    assert "never fire" not in said(found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("<html><body>", "is a web page"),
        ('{"name": "package", "tags": ["a"]}', "holds no container"),
        ('{"containerVersion": ', "nothing of it can be read"),
        ("var google_tag_manager = {}", "published script"),
        ("[" * 50_000, "nested too deeply"),
    ],
)
def test_what_is_no_container_is_said_in_words(text: str, words: str) -> None:
    bundle = Bundle("x.json", (SourceFile("x.json", text.encode()),))
    with pytest.raises(ImportFailure, match=words) as failure:
        TagManager().parse(bundle, Setting(load_catalogue(None)))
    assert "Export Container" in failure.value.hint


def test_an_empty_container_is_no_failure() -> None:
    data = container()
    del data["containerVersion"]["tag"]
    found = read(data)
    assert "there are no tags in it" in said(found)
    assert found.integrations == []


def test_other_json_is_left_to_others() -> None:
    for text in ('{"nodes": [], "connections": {}}', '{"tag": ["a"]}', "[1]", "a,b\n1,2"):
        assert not TagManager().recognises(Bundle("x", (SourceFile("x", text.encode()),)))


@pytest.mark.parametrize("code", ["<script" * 30_000, "a." * 60_000, "//" * 60_000, "{{" * 60_000])
def test_hostile_code_is_read_in_time(code: str) -> None:
    assert look(code).vendors == {}


# ---------------------------------------------------------------- privacy


def test_secrets_planted_anywhere_are_in_nothing_that_is_written_or_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    key = "sk_live_51Hplantedplantedplanted"
    mail = "anna.meyer@example.de"
    data = container(
        tag(f"CAPI {key}", "cvt_9_1", param("accessToken", PLANTED), param("apiKey", key)),
        tag(f"Tag of {mail}", "awct", param("conversionLabel", "LABELplanted")),
        html(
            "Pixel",
            f"<script>fbq('init','PIXELplanted');var t='{key}'</script>",
            notes=f"ask {mail}, token {key}",
        ),
        html("Fremd", f"<script src='https://{key}@cdn.strange.example/t.js?key={key}'></script>"),
        tag("Was", f"type {key}"),
        name=f"Shop {mail}",
        variable=[
            {"name": "Meta token", "type": "c", "parameter": [param("value", PLANTED)]},
            {"name": "GA4", "type": "c", "parameter": [param("value", "G-PLANTED11")]},
        ],
        customTemplate=[template(1, f"Vorlage {mail}", "x/y", "send_http", f"{key}.example.org")],
        trigger=[{"triggerId": "1", "name": f"Trigger {key}", "type": "PAGEVIEW"}],
        accountId="ACCOUNTplanted",
    )
    draft = joined(data)
    catalogue = load_catalogue(None)
    plan = new_inventory(draft, Path("i.yaml"), catalogue, "Co", None, None)
    show_preview(draft, plan, False, everything=True)
    everything = capsys.readouterr().out + "".join(plan.files.values())
    for planted in (PLANTED, key, mail, "LABELplanted", "PIXELplanted", "G-PLANTED11", "ACCOUNT"):
        assert planted not in everything
    dropped = draft.found[0].dropped
    assert dropped["conversion label"] == 1
    assert dropped["secret"] >= 4
    assert dropped["e-mail address"] >= 3


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("host", "path", "product"),
    [
        ("connect.facebook.net", "", "meta-ads"),
        ("www.facebook.com", "/tr?id=1", "meta-ads"),
        ("www.facebook.com", "/acme", None),
        ("js-eu1.hs-scripts.com", "/1.js", "hubspot-marketing-hub"),
        ("cdn.matomo.cloud", "", "matomo"),
        ("example.com", "", None),
    ],
)
def test_hosts_mean_products_by_the_longest_name(host: str, path: str, product: str | None) -> None:
    assert vendor_of(host, path) == product


def test_every_product_of_the_tables_is_in_the_catalogue() -> None:
    from stackaudit.importers.gtm import kinds, templates, vendors

    catalogue = load_catalogue(None)
    named = {k.product for k in kinds.TAGS.values()} | set(vendors.HINTS)
    named |= {p for p, _ in (*vendors.MARKERS, *vendors.EVENT_CALLS, *templates._NAMES)}
    named |= {*vendors._PLAIN.values(), *(p for each in vendors._PATHS.values() for _, p in each)}
    assert not {n for n in named if n and not n.startswith("= ")} - set(catalogue.products)
