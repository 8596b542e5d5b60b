"""How often, which object, which product: the small tables behind the services."""

from __future__ import annotations

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.services import streams
from stackaudit.importers.services.connectors import kind_of, table
from stackaudit.importers.services.streams import object_of
from stackaudit.importers.services.timing import (
    every,
    every_of_several,
    minutes_of,
    minutes_of_cron,
    minutes_of_words,
)
from stackaudit.inventory.values import read_interval


@pytest.mark.parametrize(
    ("cron", "minutes"),
    [
        ("*/15 * * * *", 15),
        ("* * * * *", 1),
        ("0 * * * *", 60),
        ("0 6 * * *", 1440),
        ("0 6,18 * * *", 720),
        ("0 9-17 * * *", 960),
        ("0 */6 * * *", 360),
        ("30 2 * * 1", 10080),
        ("0 8 * * 1-5", 1440),
        ("0 8 * * MON,THU", 1440),
        ("0 0 1 * *", 43200),
        ("0 0 */2 * *", 2880),
        ("0 0 12 * * ?", 1440),
        ("0 0/10 * * * ? *", 10),
        ("0 0 12 * * ? * Europe/Berlin", 1440),
        ("0 0 12 * * ? UTC", 1440),
        ("0 0 1 1 *", None),
        ("@daily", 1440),
        ("0 25 * * *", None),
        ("a b c d e", None),
        ("", None),
        ("0 0 L * ?", 43200),
    ],
)
def test_a_cron_expression_says_how_old_data_may_get(cron: str, minutes: int | None) -> None:
    assert minutes_of_cron(cron) == minutes


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("Every 24 HOURS", 1440), ("every_6_hours", 360), ("Every hour", 60), ("sometimes", None)],
)
def test_words_of_airbyte_are_minutes(text: str, minutes: int | None) -> None:
    assert minutes_of_words(text) == minutes


def test_an_interval_is_written_as_an_inventory_reads_it() -> None:
    written = [every(m) for m in (1, 15, 60, 90, 360, 1440, 2880, 10080, 20160)]
    assert written == ["1m", "15m", "hourly", "90m", "6h", "daily", "2d", "weekly", "14d"]
    assert [read_interval(w) for w in written if w] == written
    assert every_of_several([1440, 15, 15]) == "15m-1d"
    assert read_interval("15m-1d") == "15m-1d"
    assert every_of_several([]) is None
    assert every(0) is None


@pytest.mark.parametrize("quantity", [True, None, "x", [1], -5, 0, float("inf"), float("nan")])
def test_a_quantity_that_is_no_length_of_time_is_left_out(quantity: object) -> None:
    assert minutes_of(quantity, "hour") is None


def test_a_stream_is_an_object_only_where_it_is_called_so() -> None:
    products = load_catalogue(None).products
    crm, ads = products["salesforce-sales-cloud"], products["meta-ads"]
    assert object_of("public.Orders", None) == "order"
    assert object_of("deals", None) == "opportunity"
    assert object_of("accounts", crm) == "account"
    assert object_of("accounts", ads) is None
    assert object_of("ads_insights", ads) == "ad-performance"
    assert object_of("ads_insights", None) is None
    assert object_of("contact_list_memberships", crm) is None


@pytest.mark.parametrize("service", ["okta", "airbyte", "fivetran", "hightouch"])
def test_every_product_of_a_table_is_in_the_catalogue(service: str) -> None:
    catalogue = load_catalogue(None)
    rows = table(service)
    assert len(rows) > 10
    marks = {"own", "test", ""}
    assert [r for r in rows.values() if r.product not in marks | set(catalogue.products)] == []


def test_every_object_a_stream_can_be_is_in_the_catalogue() -> None:
    tables = (streams._ANYWHERE, streams._CRM, streams._ADS, streams._MAIL)
    meant = {found for table in tables for found in table.values()}
    assert meant - set(load_catalogue(None).objects) == set()


@pytest.mark.parametrize(
    ("service", "type_id", "product"),
    [
        ("fivetran", "google_ads", "google-ads"),
        ("fivetran", "facebook_ads", "meta-ads"),
        ("fivetran", "bingads", "microsoft-advertising"),
        ("fivetran", "big_query", "bigquery"),
        ("fivetran", "google_analytics_4", "google-analytics-4"),
        ("fivetran", "google_analytics", "universal-analytics"),
        ("airbyte", "google-analytics-data-api", "google-analytics-4"),
        ("airbyte", "tiktok-marketing", "tiktok-ads-manager"),
        ("airbyte", "bigquery", "bigquery"),
        ("hightouch", "braze", "braze"),
        ("airbyte", "postgres", None),
        ("airbyte", "dynamics-365", None),
    ],
)
def test_a_type_of_a_service_is_the_product_it_means(
    service: str, type_id: str, product: str | None
) -> None:
    kind = kind_of(service, type_id, load_catalogue(None))
    assert (kind.product.id if kind.product else None) == product
