"""What the catalogue answers about time, roles, suites and regions."""

from datetime import date

import pytest

from stackaudit.catalogue import load_catalogue
from stackaudit.catalogue.model import Product, possible_days

CATALOGUE = load_catalogue()


def product(status: str, status_date: str) -> Product:
    return CATALOGUE.products["klaviyo"]._replace(status=status, status_date=status_date)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-07-01", date(2023, 7, 1), date(2023, 7, 1)),
    ],
)
def test_a_coarse_date_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert possible_days(text) == (first, last)


@pytest.mark.parametrize("text", ["23", "20-11", "2023-13", "2023-02-30", "soon", "2023/01"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        possible_days(text)


@pytest.mark.parametrize(
    ("status", "status_date", "day", "expected"),
    [
        ("retired", "2023-07-01", date(2022, 6, 1), "active"),
        ("retired", "2023-07-01", date(2023, 6, 30), "active"),
        ("retired", "2023-07-01", date(2023, 7, 1), "retired"),
        ("retired", "2023", date(2022, 12, 31), "active"),
        ("retired", "2023", date(2023, 6, 1), "unknown"),
        ("retired", "2023", date(2023, 12, 31), "retired"),
        ("retired", "", date(2026, 1, 1), "unknown"),
        ("retiring", "2027", date(2024, 12, 31), "active"),
        ("retiring", "2027", date(2025, 1, 1), "retiring"),
        ("retiring", "2027", date(2027, 6, 1), "retiring"),
        ("retiring", "2026-06-30", date(2024, 6, 29), "active"),
        ("retiring", "2026-06-30", date(2024, 6, 30), "retiring"),
        ("retiring", "2026-06-30", date(2026, 6, 30), "retired"),
        ("retiring", "", date(2026, 1, 1), "unknown"),
        ("renamed", "2021", date(2026, 1, 1), "active"),
        ("acquired", "2027", date(2026, 1, 1), "active"),
        ("active", "", date(2026, 1, 1), "active"),
    ],
)
def test_a_product_is_alive_until_its_day(
    status: str, status_date: str, day: date, expected: str
) -> None:
    assert product(status, status_date).lifecycle_at(day) == expected


def test_a_retired_product_of_the_catalogue_was_alive_before() -> None:
    old = CATALOGUE.products["universal-analytics"]
    assert old.lifecycle_at(date(2022, 1, 1)) == "active"
    assert old.lifecycle_at(date(2026, 1, 1)) == "retired"
    assert old.successor == "google-analytics-4"


def test_roles_of_a_known_product_are_kept_to_its_own_objects() -> None:
    ga4 = CATALOGUE.products["google-analytics-4"]
    roles = CATALOGUE.assumed_roles(ga4.capabilities, ga4)
    assert "identity" in CATALOGUE.assumed_roles(ga4.capabilities)
    assert "identity" not in roles
    assert roles["conversion"] == ("measure",)
    assert roles["order"] == ("measure",)


def test_a_capability_on_the_side_makes_a_product_no_record() -> None:
    hub = CATALOGUE.products["hubspot-marketing-hub"]
    assert hub.capabilities["crm"] == "secondary"
    assert CATALOGUE.assumed_roles(["crm"], hub)["contact"] == ("capture",)
    assert CATALOGUE.assumed_roles(["crm"])["contact"] == ("capture", "store")


def test_every_bulk_sender_records_opt_outs() -> None:
    senders = [
        p for p in CATALOGUE.products.values() if p.capabilities.get("email-marketing") == "primary"
    ]
    assert len(senders) > 40
    assert [p.id for p in senders if "preference-management" not in p.capabilities] == []


def test_roles_come_in_the_order_of_the_objects_and_of_the_roles() -> None:
    roles = CATALOGUE.assumed_roles(["email-marketing", "crm"])
    order = [CATALOGUE.objects[name].order for name in roles]
    assert order == sorted(order)
    assert roles["contact"] == ("capture", "store", "activate")


def test_a_capability_nobody_knows_assumes_nothing() -> None:
    assert CATALOGUE.assumed_roles(["crystal-gazing"]) == {}
    assert CATALOGUE.may_handle(["crystal-gazing"]) == frozenset()


def test_a_tool_may_handle_more_than_is_assumed_of_it() -> None:
    assert "consent" in CATALOGUE.may_handle(["form-capture"])
    assert "consent" not in CATALOGUE.assumed_roles(["form-capture"])


def test_hubs_of_hubspot_share_contacts_and_marketing_cloud_shares_nothing() -> None:
    hubs = ("hubspot-marketing-hub", "hubspot-sales-hub")
    assert {"contact", "account"} <= CATALOGUE.shared_objects(*hubs)
    clouds = ("salesforce-sales-cloud", "salesforce-service-cloud")
    assert "contact" in CATALOGUE.shared_objects(*clouds)
    assert (
        CATALOGUE.shared_objects("salesforce-sales-cloud", "salesforce-marketing-cloud-engagement")
        == frozenset()
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("google-analytics-4", "google-ads"),
        ("adobe-analytics", "adobe-target"),
        ("zendesk", "zendesk-sell"),
        ("zoho-crm", "zoho-desk"),
        ("klaviyo", "shopify"),
        ("klaviyo", "not-a-product"),
    ],
)
def test_products_that_need_an_integration_share_nothing(one: str, other: str) -> None:
    assert CATALOGUE.shared_objects(one, other) == frozenset()


@pytest.mark.parametrize(
    ("people", "host", "needed"),
    [
        ("EU", "EU", "no"),
        ("EU", "US", "yes"),
        ("EU", "UK", "no"),
        ("EU", "IN", "yes"),
        ("EU", "BR", "unknown"),
        ("EU", "XX", "unknown"),
        ("US", "EU", "unknown"),
        ("CH", "EU", "no"),
    ],
)
def test_a_transfer_needs_a_mechanism_where_the_law_says_so(
    people: str, host: str, needed: str
) -> None:
    assert CATALOGUE.transfer_needed(people, host) == needed


def test_only_a_rule_with_a_number_has_a_limit() -> None:
    assert CATALOGUE.rules["can-spam"].minutes == 14 * 1440
    assert CATALOGUE.rules["gdpr"].minutes is None


def test_a_word_nobody_knows_has_no_minutes() -> None:
    assert CATALOGUE.interval_minutes("fortnightly") is None
    assert CATALOGUE.limit_minutes("fortnightly") is None
    assert CATALOGUE.interval_minutes("near-real-time") == 15
    assert CATALOGUE.limit_minutes("near-real-time") == 60
