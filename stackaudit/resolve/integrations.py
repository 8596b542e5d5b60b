"""Integrations: their ends, what they carry, and whether two of them say the same."""

from __future__ import annotations

from typing import Any

from stackaudit.catalogue.match import find_method, find_product
from stackaudit.inventory.schema import Integration, Record, Tool
from stackaudit.resolve.mentions import as_written, place_of
from stackaudit.resolve.model import UNKNOWN, ProductMatch
from stackaudit.resolve.references import References
from stackaudit.source.problems import Mark
from stackaudit.source.words import did_you_mean, make_id


class Integrations:
    """One pass over the integrations; finds the tools that only they mention."""

    def __init__(self, refs: References, products: dict[str, ProductMatch]) -> None:
        self.refs = refs
        self.products = products
        self.mentioned: dict[str, Tool] = {}
        self.ends: dict[str, str] = {UNKNOWN: UNKNOWN}
        self.methods: dict[str, str] = {}

    def resolved(self, integrations: tuple[Integration, ...]) -> tuple[Integration, ...]:
        """Return the integrations with their methods' ids, without repeats."""
        integrations = tuple([self._integration(record) for record in integrations])
        self._contradicting_directions(integrations)
        integrations = self._without_repeats(integrations)
        self._stated_silence(integrations)
        return integrations

    def _integration(self, record: Integration) -> Integration:
        ends = self.ends
        for ref in record.from_:
            if ref not in ends:
                self._end(record, "from", ref)
        for ref in record.to:
            if ref not in ends:
                self._end(record, "to", ref)
        for ref in record.via or ():
            self.refs.tool(record, "via", ref)
        for ref in record.gated_by or ():
            self.refs.tool(record, "gated_by", ref)
        if record.field_owner is not None and make_id(record.field_owner) != "none":
            self.refs.tool(record, "field_owner", record.field_owner)
        if record.objects:
            self.refs.objects(record, "objects", record.objects)
        self.refs.owners(record, "owner", record.owner)
        self.refs.owners(record, "technical_owner", record.technical_owner)
        self._itself(record)
        if record.method is None or record.method in self.refs.catalogue.methods:
            return record
        return self._with_method(record, record.method)

    def _with_method(self, record: Integration, word: str) -> Integration:
        method = self.methods.get(word) or find_method(self.refs.catalogue, word)
        if method is None:
            methods = self.refs.catalogue.methods
            hint = did_you_mean(word, methods, f"known methods: {', '.join(methods)}")
            self.refs.add(record, "method", word, "E053", f"`{word}` is not a method", hint)
            return record
        self.methods[word] = method
        return record.model_copy(update={"method": method})

    def _itself(self, record: Integration) -> None:
        ends = self.ends
        for ref in record.from_:
            source = ends.get(ref)
            if (
                source is not None
                and source != UNKNOWN
                and any(ends.get(to) == source for to in record.to)
            ):
                message = f"this integration goes from `{source}` to itself"
                self.refs.add(
                    record, "to", ref, "E042", message, "name the other end, or `unknown`"
                )

    def _end(self, record: Integration, key: str, ref: str) -> None:
        """Find the tool of one end; a product named in a short form becomes a tool of the stack."""
        found = self.refs.find(ref)
        if found is None and record.written_short and not self.refs.names.candidates(ref):
            found = self._mention(record, key, ref)
        if found is None:
            self.refs.unknown_tool(record, key, ref)
        else:
            self.ends[ref] = found

    def _mention(self, record: Integration, key: str, ref: str) -> str | None:
        match = find_product(self.refs.catalogue, ref)
        product = match.product
        if product is None:
            return None
        tool_id = product.id if product.id not in self.refs.names.ids else make_id(ref)
        tool = Tool(id=tool_id, name=product.name)
        tool.__dict__["_node"] = record.node
        self.mentioned[tool_id] = tool
        self.products[tool_id] = ProductMatch(product, "alias" if match.kind == "alias" else "name")
        self.refs.names.add(tool, product)
        message = (
            f"`{as_written(record, key, ref)}` is not listed "
            f"under `tools`; it is taken as {product.name}"
        )
        self.refs.add(record, key, ref, "W011", message, "add it under `tools:`")
        return tool_id

    def _ends(self, record: Integration) -> tuple[tuple[str, ...], tuple[str, ...]]:
        ends = self.ends
        return tuple([ends.get(r, r) for r in record.from_]), tuple(
            [ends.get(r, r) for r in record.to]
        )

    def _contradicting_directions(self, integrations: tuple[Integration, ...]) -> None:
        """Report ends, objects, method and carrier that are declared one-way and both-ways."""
        both: dict[Any, Integration] = {}
        for record in integrations:
            if record.direction == "both-ways":
                source, target = self._ends(record)
                both.setdefault((frozenset((*source, *target)), *_payload(record)), record)
        if not both:
            return
        for record in integrations:
            if record.direction == "one-way":
                source, target = self._ends(record)
                other = both.get((frozenset((*source, *target)), *_payload(record)))
                if other is not None and not _told_apart(record, other):
                    place = other.where()
                    message = (
                        "the same integration is declared one-way here and both-ways elsewhere"
                        + (f", in {place_of(place, record)}" if place else "")
                    )
                    self._contradiction(record, "E043", message, "leave one of the two", place)

    def _without_repeats(self, integrations: tuple[Integration, ...]) -> tuple[Integration, ...]:
        """Drop an integration that says nothing but what another has said, with a warning."""
        seen: dict[Any, Integration] = {}
        kept: list[Integration] = []
        for record in integrations:
            key = (
                record.from_,
                record.to,
                record.objects,
                record.method,
                record.via,
                record.direction,
                record.only,
                record.status,
            )
            first = seen.setdefault(key, record)
            if first is record or _told_apart(record, first):
                kept.append(record)
                continue
            place = first.where()
            also = f" in {place_of(place, record)}" if place else ""
            if _facts(record) == _facts(first):
                self._contradiction(
                    record,
                    "W015",
                    f"this integration is already stated{also}; it is counted once",
                    "delete one of the two",
                    place,
                )
                continue
            hint = "make them one; if they are two, give each an `id`"
            self._contradiction(
                record,
                "E049",
                f"this integration is also stated{also}, with other details",
                hint,
                place,
            )
            kept.append(record)
        return tuple(kept) if len(kept) < len(integrations) else integrations

    def _stated_silence(self, integrations: tuple[Integration, ...]) -> None:
        """Report live integrations of a tool that is stated to exchange nothing."""
        silent = {
            tool.id: tool for tool in self.refs.inventory.tools if tool.integrations_known == "none"
        }
        if not silent:
            return
        for record in integrations:
            if record.status not in (None, "live"):
                continue
            source, target = self._ends(record)
            for end in sorted({*source, *target} & silent.keys()):
                place = silent[end].where("integrations_known")
                also = f" in {place_of(place, record)}" if place else ""
                message = f"`{end}` is stated to have no integrations{also}, and here is one"
                self._contradiction(record, "W022", message, "correct one of the two", place)

    def _contradiction(
        self, record: Record, code: str, message: str, hint: str, also: Mark | None
    ) -> None:
        node = record.node
        if node is not None:
            self.refs.problems.append(
                node.problem(code, None, message, hint, (also,) if also else ())
            )


def _payload(record: Integration) -> tuple[Any, ...]:
    objects = None if record.objects is None else frozenset(record.objects)
    return objects, record.method, frozenset(record.via or ())


def _told_apart(record: Integration, other: Integration) -> bool:
    """Return whether two integrations are two on purpose: by their ids, or by a filter."""
    return (record.id is not None and other.id is not None) or record.only != other.only


def _facts(record: Integration) -> dict[str, Any]:
    return {name: getattr(record, name) for name in type(record).model_fields}
