"""Tree to models: every record checked against the schema, every flaw with its place.

A record that is wrong is dropped and the rest is checked all the same, so that one run names
everything there is to mend.
"""

from __future__ import annotations

import types
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from stackaudit.inventory.schema import Record
from stackaudit.inventory.values import kind_of
from stackaudit.source.problems import Problem
from stackaudit.source.tree import Map, Seq
from stackaudit.source.words import did_you_mean, make_id

R = TypeVar("R", bound=Record)

_SHAPES = {
    "model_type": "a mapping (`key: value`)",
    "model_attributes_type": "a mapping (`key: value`)",
    "dict_type": "a mapping (`key: value`)",
    "list_type": "a list",
    "tuple_type": "a list",
}


SALVAGED: Final[dict[str, frozenset[str]]] = {
    "Company": frozenset({"name", "scopes", "currency", "rates"}),
    "Tool": frozenset({"id", "name", "scopes", "status"}),
    "Team": frozenset({"id"}),
    "Contract": frozenset({"id"}),
    "Process": frozenset({"id", "name"}),
    "Objective": frozenset({"id", "name"}),
}
"""Records that are kept without their wrong keys, so that what refers to them, and what else they
say, is judged in the same run; not when one of these keys is wrong: others are judged by it."""


def read_records(
    model: type[R],
    values: Sequence[dict[str, Any]],
    nodes: Sequence[Map],
    problems: list[Problem],
    own_keys: bool,
) -> list[R]:
    """Return the valid records; flaws of the others go to ``problems``.

    A wrong record is kept without its wrong keys where :data:`SALVAGED` allows it: nothing is
    audited while there is an error, but the rest of it can be judged.
    """
    try:
        records: list[tuple[R, Map]] = list(
            zip(_adapter(model).validate_python(values), nodes, strict=True)
        )
    except ValidationError as error:
        wrong: dict[int, set[str]] = {}
        for flaw in error.errors(include_url=False, include_input=False):
            index, *path = flaw["loc"]
            wrong.setdefault(int(index), set()).add(str(path[0]) if path else "")
            problems += _problems(model, flaw, nodes[int(index)], tuple(path))
        records = []
        for n, (value, node) in enumerate(zip(values, nodes, strict=True)):
            whole = value if n not in wrong else _salvaged(model, value, wrong[n])
            if whole is None:
                continue
            try:
                records.append((_adapter(model).validate_python([whole])[0], node))
            except ValidationError:
                continue  # what is left of it lacks something too; its flaws have been said
    for record, node in records:
        attach(record, node, own_keys)
    return [record for record, _node in records]


def _salvaged(model: type[Record], value: dict[str, Any], wrong: set[str]) -> dict[str, Any] | None:
    """Return a record without its wrong keys, or None when it is not worth keeping."""
    needed = SALVAGED.get(model.__name__)
    if needed is None or "" in wrong or wrong & needed:
        return None
    return {key: item for key, item in value.items() if key not in wrong}


def read_record(
    model: type[R], values: dict[str, Any], node: Map, problems: list[Problem], own_keys: bool
) -> R | None:
    """Return one record, or None when it is wrong."""
    found = read_records(model, [values], [node], problems, own_keys)
    return found[0] if found else None


def read_field(
    model: type[Record], key: str, value: Any, node: Map, problems: list[Problem]
) -> Any:
    """Return the value of one field of a model, or None when it is wrong."""
    try:
        return _field_adapter(model, key).validate_python(value)
    except ValidationError as error:
        for flaw in error.errors(include_url=False, include_input=False):
            problems += _problems(model, flaw, node, (key, *flaw["loc"]))
        return None


@cache
def _adapter(model: type[R]) -> TypeAdapter[list[R]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]


@cache
def _field_adapter(model: type[Record], key: str) -> TypeAdapter[Any]:
    info = model.model_fields[key]
    annotation: Any = info.annotation
    return TypeAdapter(Annotated[(annotation, *info.metadata)] if info.metadata else annotation)


def attach(record: Record, node: Map, own_keys: bool) -> None:
    """Tell a record, and the records in it, where they were written.

    ``own_keys`` says whether there may be ``x-`` keys to carry along.
    """
    own = record.__dict__
    own["_node"] = node
    if own_keys:
        own["_extras"] = {key: value for key, value in node.items() if key.startswith("x-")}
    for key in nested(type(record)):
        child = node.get(key)
        if isinstance(child, Map):
            value = getattr(record, key)
            if isinstance(value, Record):
                attach(value, child, own_keys)
            elif isinstance(value, dict):
                for name, part in child.items():
                    inner = value.get(make_id(name))
                    if isinstance(inner, Record) and isinstance(part, Map):
                        attach(inner, part, own_keys)
        elif isinstance(child, Seq):
            value = getattr(record, key)
            for n, inner in enumerate(value if isinstance(value, tuple) else ()):
                if isinstance(inner, Record) and inner.node is None:
                    attach(inner, _entry(child, n), own_keys)


def _entry(items: Seq, n: int) -> Map:
    """Return the mapping an item of a list is, or the one that a bare name stands for."""
    if isinstance(items[n], Map):
        return items[n]  # type: ignore[no-any-return]
    at = items.at_of(n)
    return Map.made({"name": items[n]}, items.source, at, [at, at])


@cache
def nested(model: type[Record]) -> dict[str, type[Record]]:
    """Return the fields of a model that hold records of their own."""
    found = {}
    for name, info in model.model_fields.items():
        inner = _record_in(info.annotation)
        if inner is not None:
            found[info.alias or name] = inner
    return found


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation if issubclass(annotation, Record) else None
    if get_origin(annotation) in (Annotated, Union, types.UnionType, dict, list, tuple):
        for part in get_args(annotation):
            inner = _record_in(part)
            if inner is not None:
                return inner
    return None


def keys_of(model: type[Record]) -> list[str]:
    """Return the keys a mapping of this kind may have."""
    return [info.alias or name for name, info in model.model_fields.items()]


def _problems(
    model: type[Record], flaw: Any, node: Map, path: Sequence[str | int]
) -> list[Problem]:
    kind = flaw["type"]
    if kind == "flaws" and path[-1:] == ("id",) and "id" not in node:
        message = f"no id can be made of the name {node.get('name')!r}"
        return [node.problem("E021", "name", message, "write an `id:` of letters and digits")]
    if kind == "flaws":
        return [
            _at(node, (*path, *at), code, message, hint)
            for at, code, message, hint in flaw["ctx"]["flaws"]
        ]
    if kind == "extra_forbidden":
        key = str(path[-1])
        inner = _model_at(model, path[:-1])
        known = keys_of(inner)
        hint = did_you_mean(
            key, known, f"known keys here: {', '.join(known)}; keys of your own start with `x-`"
        )
        holder = _holder(node, path)
        return [
            holder.source.problem(
                "E032", holder.at_of_key(key), f"`{key}` is not a key of {_what(inner)}", hint
            )
        ]
    if kind == "missing":
        key = str(path[-1])
        inner = _model_at(model, path[:-1])
        holder = _holder(node, path)
        if key == "id" and "name" in keys_of(inner):
            return []  # made from the name, which is missing or wrong too and is what to mend
        return [
            holder.problem("E033", None, f"{_what(inner)} needs `{key}`", _EXAMPLES.get(key, ""))
        ]
    value = _value(node, path)
    if kind in _SHAPES:
        return [
            _at(node, path, "E035", f"{_SHAPES[kind]} is expected here, not {kind_of(value)}", "")
        ]
    return [_at(node, path, "E020", f"this value cannot be used: {flaw['msg']}", "")]


_EXAMPLES = {
    "name": "write `name: ...`, as people call it",
    "until": "write `until: 2027-01-31`: every acceptance ends some day",
    "from": "write `from: tool`, or `from: unknown`",
    "to": "write `to: tool`, or `to: unknown`",
    "amount": "write `amount: 48000`, or a range `40000-60000`",
    "entries": "write `entries: [Slack, HubSpot]`, what is on the list",
}

_WHAT = {
    "company": "the company",
    "inventory": "an inventory",
    "out of scope": "an out_of_scope entry",
    "accepted": "an accepted entry",
    "observed": "an observed list",
    "seen": "an entry of an observed list",
    "requirements": "requirements",
    "overlaps on purpose": "overlaps_on_purpose",
    "terms": "a contract",
    "cost": "a cost",
    "seats": "seats",
    "fit": "a fit",
    "privacy": "privacy",
}


def _what(model: type[Record]) -> str:
    name = "".join(" " + c.lower() if c.isupper() else c for c in model.__name__).strip()
    return _WHAT.get(name, f"{'an' if name[0] in 'aeiou' else 'a'} {name}")


def _model_at(model: type[Record], path: Sequence[str | int]) -> type[Record]:
    for step in path:
        model = nested(model).get(str(step), model)
    return model


def _holder(node: Map, path: Sequence[str | int]) -> Map:
    """Return the innermost mapping on the way to the last step of a path."""
    holder: Map = node
    current: Any = node
    for step in path[:-1]:
        current = _step(current, step)
        if isinstance(current, Map):
            holder = current
    return holder


def _value(node: Map, path: Sequence[str | int]) -> Any:
    current: Any = node
    for step in path:
        current = _step(current, step)
    return current


def _step(current: Any, step: str | int) -> Any:
    """Go one step down; a step that is not in the tree (a tag of pydantic's) stays where it is."""
    if isinstance(current, dict) and step in current:
        return current[str(step)]
    if isinstance(current, list) and isinstance(step, int) and step < len(current):
        return current[step]
    return current


def _at(node: Map, path: Sequence[str | int], code: str, message: str, hint: str) -> Problem:
    """Return a problem at the deepest place of the path that was written."""
    source, at = node.source, node.at
    current: Any = node
    for step in path:
        if isinstance(current, Map) and step in current:
            source, at = current.source, current.at_of(str(step))
        elif isinstance(current, Seq) and isinstance(step, int) and step < len(current):
            source, at = current.source, current.at_of(step)
        else:
            continue
        current = _step(current, step)
    return source.problem(code, at, message, hint)
