"""Inventory meets catalogue: every reference checked, every tool bound to the product it is.

Pure: nothing is read, no clock is asked. :func:`stackaudit.opening.open_inventory` reads the files.
"""

from stackaudit.resolve.bind import resolve
from stackaudit.resolve.model import UNKNOWN, How, ProductMatch, Resolved

__all__ = ["UNKNOWN", "How", "ProductMatch", "Resolved", "resolve"]
