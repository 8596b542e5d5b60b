"""A name leads to the product it means, or to a question; never to a guess."""

import pytest

from stackaudit.catalogue import Product, load_catalogue
from stackaudit.catalogue.match import (
    find_method,
    find_product,
    find_region,
    search,
    show,
    suggest,
    suggest_products,
)

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("Klaviyo", "klaviyo"),
        ("google-analytics-4", "google-analytics-4"),
        ("GOOGLE ANALYTICS 4", "google-analytics-4"),
        ("google_analytics_4", "google-analytics-4"),
        ("Braze, Inc.", "braze"),
        ("Braze Inc", "braze"),
        ("One Trust", "onetrust"),
        ("Display and Video 360", "display-video-360"),
        ("HotJar", "hotjar"),
        ("ＫＬＡＶＩＹＯ", "klaviyo"),
    ],
)
def test_an_id_or_a_name_is_exact_however_it_is_spelt(name: str, product: str) -> None:
    match = find_product(CATALOGUE, name)
    assert match.kind == "exact"
    assert match.product is CATALOGUE.products[product]


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("SFDC", "salesforce-sales-cloud"),
        ("GA4", "google-analytics-4"),
        ("GA 4", "google-analytics-4"),
        ("GTM", "google-tag-manager"),
        ("Bing Ads", "microsoft-advertising"),
        ("HubSpot", "hubspot-marketing-hub"),
        ("NetSuite", "oracle-netsuite"),
        ("Pardot", "salesforce-marketing-cloud-account-engagement"),
        ("Marketo", "adobe-marketo-engage"),
        ("Mail Chimp", "intuit-mailchimp"),
        ("Facebook Ads", "meta-ads"),
        ("Segment", "twilio-segment"),
        ("Atlassian Jira", "jira"),
        ("Google Analytics 4 (GA4)", "google-analytics-4"),
        ("Klaviyo (outlet)", "klaviyo"),
        ("Copper CRM", "copper"),
        ("Drift.com", "drift"),
        ("Plausible", "plausible-analytics"),
    ],
)
def test_an_alias_leads_to_its_product(name: str, product: str) -> None:
    match = find_product(CATALOGUE, name)
    assert match.kind == "alias"
    assert match.product is CATALOGUE.products[product]


@pytest.mark.parametrize(
    ("name", "candidate"),
    [
        ("Salesforce", "salesforce-sales-cloud"),
        ("salesforce, inc.", "salesforce-service-cloud"),
        ("Adobe", "adobe-analytics"),
        ("Zoho", "zoho-crm"),
        ("Oracle", "oracle-netsuite"),
        ("Google", "google-ads"),
        ("Zoom", "zoom-workplace"),
        ("Dynamics 365", "microsoft-dynamics-365-sales"),
        ("Twitter", "x-ads"),
    ],
)
def test_a_name_of_several_products_asks_which(name: str, candidate: str) -> None:
    match = find_product(CATALOGUE, name)
    assert match.kind == "ambiguous"
    assert match.product is None
    assert CATALOGUE.products[candidate] in match.candidates


def test_a_vendor_with_one_product_still_asks() -> None:
    match = find_product(CATALOGUE, "RingCentral")
    assert (match.kind, [p.id for p in match.candidates]) == ("ambiguous", ["ringcentral-events"])


def test_a_company_that_only_bought_a_product_is_not_that_product() -> None:
    assert CATALOGUE.products["eppo"].vendor == "Datadog"
    assert find_product(CATALOGUE, "Datadog").kind == "none"


def test_what_stands_in_brackets_is_looked_at_when_the_name_is_unknown() -> None:
    match = find_product(CATALOGUE, "Our help desk [Service Cloud]")
    assert (match.kind, match.product) == (
        "alias",
        CATALOGUE.products["salesforce-service-cloud"],
    )


def test_candidates_that_can_no_longer_be_bought_come_last() -> None:
    statuses = [p.status in ("retired", "retiring") for p in _candidates("Salesforce")]
    assert statuses == sorted(statuses)
    assert _candidates("Salesforce")[0].id == "salesforce-sales-cloud"


def _candidates(name: str) -> tuple[Product, ...]:
    return find_product(CATALOGUE, name).candidates


@pytest.mark.parametrize("name", ["", "  ", "—", "Our own CRM", "Mailchmp", "Northwind", "Target"])
def test_an_unknown_name_is_no_product(name: str) -> None:
    assert find_product(CATALOGUE, name).kind == "none"


def test_a_typing_slip_is_a_suggestion_and_no_match() -> None:
    assert suggest_products(CATALOGUE, "Mailchmp")[0] == "Intuit Mailchimp"
    assert suggest("emial-marketing", CATALOGUE.capabilities)[0] == "email-marketing"
    assert suggest("qqqq", CATALOGUE.capabilities) == []


@pytest.mark.parametrize(
    ("word", "method"),
    [("csv upload", "manual-export"), ("CAPI", "server-side-tracking"), ("sftp-file", "sftp-file")],
)
def test_a_method_is_found_by_id_and_alias(word: str, method: str) -> None:
    assert find_method(CATALOGUE, word) == method


def test_an_unknown_method_is_none() -> None:
    assert find_method(CATALOGUE, "carrier pigeon") is None


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("EU", "EU"),
        ("de", "EU"),
        ("NO", "EU"),
        ("Germany", "EU"),
        ("eu-central-1", "EU"),
        ("eu-west-2", "UK"),
        ("GB", "UK"),
        ("USA", "US"),
        ("us-east-1", "US"),
        ("atlantis", None),
        ("in-house", None),
    ],
)
def test_a_region_is_found_by_country_name_and_cloud_region(
    written: str, region: str | None
) -> None:
    assert find_region(CATALOGUE, written) == region


def test_search_finds_by_name_alias_vendor_and_definition_names_first() -> None:
    hits = [(hit.kind, hit.id) for hit in search(CATALOGUE, "consent")]
    assert hits[0] == ("product", "consentmanager")
    assert ("capability", "consent-management") in hits
    assert ("object", "consent") in hits
    assert ("product", "google-analytics-4") in [(h.kind, h.id) for h in search(CATALOGUE, "ga4")]
    assert search(CATALOGUE, " ") == []


def test_show_gives_every_entry_of_an_id_and_the_product_of_a_name() -> None:
    assert [kind for kind, _ in show(CATALOGUE, "consent")] == ["object"]
    assert show(CATALOGUE, "SFDC") == [("product", CATALOGUE.products["salesforce-sales-cloud"])]
    assert show(CATALOGUE, "nothing of the kind") == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Hubspt", "HubSpot Marketing Hub"),
        ("Salesfroce", "Salesforce Sales Cloud"),
        ("Maketo", "Adobe Marketo Engage"),
        ("Google Analitics", "Google Analytics 4"),
        ("HubSpot CMS", "HubSpot Content Hub"),
        ("One Turst", "OneTrust"),
    ],
)
def test_a_misspelled_name_of_product_or_vendor_is_suggested_first(
    written: str, meant: str
) -> None:
    assert suggest_products(load_catalogue(), written)[0] == meant


@pytest.mark.parametrize("name", ["Our data warehouse", "Internal wiki", "Office printer portal"])
def test_a_name_of_the_house_is_like_no_product(name: str) -> None:
    assert suggest_products(load_catalogue(), name) == []
