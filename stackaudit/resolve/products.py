"""Which product of the catalogue a tool is."""

from __future__ import annotations

from typing import Final

from stackaudit.catalogue.match import find_product, suggest_products
from stackaudit.inventory.schema import Tool
from stackaudit.resolve.model import ProductMatch
from stackaudit.resolve.references import References
from stackaudit.source.words import listed, make_id

_NO_PRODUCT: Final = frozenset(("homegrown", "spreadsheet", "own-channel"))
"""Kinds of tool that are no product, whatever they are called."""


def match_product(tool: Tool, refs: References) -> ProductMatch:
    """Return the product a tool is, as declared or found by its name; doubts are reported."""
    catalogue = refs.catalogue
    if tool.product is not None:
        if make_id(tool.product) == "none":
            return ProductMatch(None, "none")
        match = find_product(catalogue, tool.product)
        if match.product is not None:
            return ProductMatch(match.product, "declared")
        if match.candidates:
            ids = listed(f"`{product.id}`" for product in match.candidates)
            message = f"`{tool.product}` can mean several products"
            refs.add(tool, "product", tool.product, "E063", message, f"write {ids}")
            return ProductMatch(None, "ambiguous", match.candidates)
        near = [_id_of(name, refs) for name in suggest_products(catalogue, tool.product)]
        hint = (
            f"did you mean {listed(f'`{i}`' for i in near)}?"
            if near
            else (
                "leave `product` out to have it found by name, "
                "or write `none` when it is in no catalogue"
            )
        )
        refs.add(
            tool,
            "product",
            tool.product,
            "E061",
            f"`{tool.product}` is not a product of the catalogue",
            hint,
        )
        return ProductMatch(None, "unknown")
    if tool.kind in _NO_PRODUCT:
        return ProductMatch(None, "none")
    match = find_product(catalogue, tool.name)
    if match.kind == "ambiguous":
        some = [f"`{product.id}`" for product in match.candidates[:6]]
        message = f"`{tool.name}` can mean several products; nothing is assumed about it"
        refs.add(
            tool,
            "name",
            tool.name,
            "W012",
            message,
            f"write `product:` {listed(some)}, or `none`",
        )
        return ProductMatch(None, "ambiguous", match.candidates)
    if match.product is None:
        return ProductMatch(None, "unknown")
    return ProductMatch(match.product, "alias" if match.kind == "alias" else "name")


def _id_of(name: str, refs: References) -> str:
    product = find_product(refs.catalogue, name).product
    return product.id if product is not None else make_id(name)
