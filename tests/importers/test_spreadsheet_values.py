"""Money, days and words as people type them into cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.dates import notice_days, order_of, read_day
from stackaudit.importers.spreadsheet.money import read_money, style_of
from stackaudit.importers.spreadsheet.text import sniff


@pytest.mark.parametrize(
    ("cell", "amount", "currency", "per"),
    [
        ("12.000 €", "12000", "EUR", None),
        ("12,000.50", "12000.5", None, None),
        ("1.200,00", "1200", None, None),
        ("1'200 CHF", "1200", "CHF", None),
        ("€1.2k", "1200", "EUR", None),
        ("EUR 400/mo", "400", "EUR", "month"),
        ("40-60k", "40000-60000", None, None),
        ("15k – 20k EUR", "15000-20000", "EUR", None),
        ("€ 4.500,00 monatlich", "4500", "EUR", "month"),
        ("ca. 15.000 EUR/Jahr zzgl. MwSt", "15000", "EUR", "year"),
        ("€12.000,- p.a.", "12000", "EUR", "year"),
        ("$9,999/year", "9999", "USD", "year"),
        ("$39 per month (25K events)", "39", "USD", "month"),
        ("1,5 Mio €", "1500000", "EUR", None),
        ("USD12,000", "12000", "USD", None),
        ("12 000 €", "12000", "EUR", None),
        ("free", "0", None, "year"),
        (12000.5, "12000.5", None, None),
        (0, "0", None, None),
    ],
)
def test_an_amount_is_read_with_its_currency_and_period(
    cell: object, amount: str, currency: str | None, per: str | None
) -> None:
    money = read_money(cell)
    assert (money.amount, money.currency, money.per, money.per_seat) == (
        amount,
        currency,
        per,
        False,
    )


@pytest.mark.parametrize(
    ("cell", "amount", "per"),
    [
        ("$18 per u/m", "18", "month"),
        ("18 USD / user / month", "18", "month"),
        ("30€/Nutzer/Monat", "30", "month"),
        ("$359 per u/y", "359", "year"),
        ("$12.50/seat/mo", "12.5", "month"),
    ],
)
def test_the_price_of_a_seat_is_no_cost(cell: str, amount: str, per: str) -> None:
    money = read_money(cell)
    assert (money.amount, money.per, money.per_seat) == (amount, per, True)


@pytest.mark.parametrize("cell", ["", "n/a", "TBD", "?", "-", "—", "unbekannt", "k.A.", "???"])
def test_what_says_nothing_about_money_is_not_known_and_not_asked_about(cell: str) -> None:
    money = read_money(cell)
    assert (money.low, money.why) == (None, "")


@pytest.mark.parametrize(
    "cell",
    [
        "Quote", "Call Us! ($98/month+)", "$400+ per month", "ab 500 €", "8.99€ / device",
        "$80 for 100K events",
        "350 kr", "-500", "3 licences", "500 setup, 100 monthly", "60-40k",
        "12000 one-off", "see contract",
        "1.200", "$1.200", "12000 for Marketo and 5000 for Zoom", True,
    ],
)  # fmt: skip
def test_what_is_not_surely_an_amount_is_asked_about(cell: object) -> None:
    money = read_money(cell)
    assert money.low is None
    assert money.why


@pytest.mark.parametrize(
    ("others", "style", "amount"),
    [
        (["1.200,50", "80"], "comma", "1200"),
        (["1.200.000"], "comma", "1200"),
        (["1,200.50"], "point", None),
        (["1.200,50", "1,200.50"], None, None),
    ],
)
def test_a_point_before_three_digits_is_decided_by_the_other_cells(
    others: list[str], style: str | None, amount: str | None
) -> None:
    assert style_of(others) == style
    money = read_money("1.200", style_of(others))
    assert (money.amount if money.low is not None else None) == amount


@pytest.mark.parametrize(
    ("cell", "day", "said"),
    [
        ("2027-03-01", "2027-03-01", False),
        ("1.3.27", "2027-03-01", False),
        ("31/12/2026", "2026-12-31", False),
        ("12/31/2026", "2026-12-31", False),
        ("31. Dezember 2026", "2026-12-31", False),
        ("March 1st, 2027", "2027-03-01", False),
        ("03/2027", "2027-03-31", True),
        ("March 2027", "2027-03-31", True),
        ("Mar-27", "2027-03-31", True),
        ("Ende Februar 2028", "2028-02-29", True),
        ("Q1 2027", "2027-03-31", True),
        ("Q4/26", "2026-12-31", True),
        ("EOY 2026", "2026-12-31", True),
        (46112, "2026-03-31", True),
        ("46112", "2026-03-31", True),
    ],
)
def test_a_day_is_read_and_what_a_month_means_is_said(cell: object, day: str, said: bool) -> None:
    read = read_day(cell)
    assert (str(read.day), bool(read.meant)) == (day, said)


@pytest.mark.parametrize(
    "cell", ["03/04/2027", "2027", "mid 2027", "31.02.2027", "rolling", "Mar 15", 12, "soon", True]
)
def test_what_is_not_surely_a_day_is_asked_about(cell: object) -> None:
    read = read_day(cell)
    assert read.day is None
    assert read.why


def test_a_day_that_can_be_read_two_ways_is_decided_by_its_column() -> None:
    assert str(read_day("03/04/2027", order_of(["13/04/2027"])).day) == "2027-04-03"
    assert str(read_day("03/04/2027", order_of(["04/13/2027"])).day) == "2027-03-04"
    assert order_of(["13/04/2027", "04/13/2027"]) is None


@pytest.mark.parametrize(
    ("cell", "header", "days"),
    [
        ("3 months", "", 90), ("3 Monate zum Jahresende", "", 90), ("90", "", 90),
        (3, "Notice (months)", 90),
        (3, "Notice", None), ("two weeks", "", 14), ("60 Tage", "", 60), ("?", "", None),
        ("none", "", 0),
    ],
)  # fmt: skip
def test_a_notice_period_is_days(cell: object, header: str, days: int | None) -> None:
    assert notice_days(cell, header)[0] == days


@pytest.mark.parametrize(
    "cell", ["?", "-", "", "unbekannt", "n/a", "TBD", "…", "weiß nicht", "#N/A"]
)
def test_what_says_nothing_is_never_no(cell: str) -> None:
    assert words.unknown(cell)
    assert words.yes_no(cell) is None
    assert not words.stated_none(cell)


@pytest.mark.parametrize(
    ("cell", "said"),
    [("yes", True), ("Ja", True), ("✓", True), ("x", True), ("Yes, 60 days", True), ("nein", False),
     ("No", False), ("✗", False), ("maybe", None), ("not sure yet", None)],
)  # fmt: skip
def test_yes_and_no_in_many_spellings(cell: str, said: bool | None) -> None:
    assert words.yes_no(cell) is said


def test_people_of_a_cell() -> None:
    assert words.people("Mia Chen / Ravi Patel") == ["Mia Chen", "Ravi Patel"]
    assert words.people("Anna Müller und Jörg Groß") == ["Anna Müller", "Jörg Groß"]
    assert words.people("Chen, Mia") == ["Mia Chen"]
    assert words.people("Mia Chen, Ravi Patel; Tom Ward") == ["Mia Chen", "Ravi Patel", "Tom Ward"]
    assert words.people("Sales & Marketing", strict=True) == ["Sales & Marketing"]


@pytest.mark.parametrize(
    ("cell", "word"),
    [("nightly", "daily"), ("Echtzeit", "real-time"), ("every 15 min", "15m"),
     ("alle 4 Stunden", "4h"),
     ("15m-4h", "15m-4h"), ("whenever", None)],
)  # fmt: skip
def test_how_often_in_many_spellings(cell: str, word: str | None) -> None:
    assert words.interval(cell) == word


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_most_lines_agree_on(delimiter: str) -> None:
    rows = [["Tool", "Cost", "Notes"], ["A", '"1,5"', "x; y"], ["B", "2", "z"], ["C", "3", "w"]]
    assert sniff([delimiter.join(row) for row in rows]) == delimiter


@given(st.text(max_size=40) | st.floats() | st.integers())
def test_no_cell_makes_reading_fail(cell: object) -> None:
    money, day = read_money(cell), read_day(cell)
    assert money.low is None or money.low >= 0
    assert day.day is None or 1990 <= day.day.year <= 2100
    notice_days(cell)
    words.people(str(cell))
