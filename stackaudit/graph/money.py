"""Money a year, in the company's currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from stackaudit.inventory.schema import Company, Cost

PER_YEAR: Final = {"year": Decimal(1), "quarter": Decimal(4), "month": Decimal(12)}


def yearly(cost: Cost | None, company: Company) -> tuple[Decimal | None, Decimal | None]:
    """Return the low and high end of a cost a year in the company's currency.

    Both are None when the cost is not known or its currency has no rate in the inventory.
    """
    if cost is None:
        return None, None
    rate = rate_of(cost.currency, company)
    if rate is None:
        return None, None
    times = PER_YEAR[cost.per] * rate
    low, high = cost.amount
    return low * times, high * times


def rate_of(currency: str | None, company: Company) -> Decimal | None:
    """Return what one unit of a currency is worth in the company's; None when no rate is given."""
    if currency is None or currency == company.currency:
        return Decimal(1)
    return (company.rates or {}).get(currency)
