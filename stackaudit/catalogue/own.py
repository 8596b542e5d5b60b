"""A user's own catalogue: one file, or a folder of files, merged over the built-in one.

An entry with a known id changes what it names and leaves the rest; any other entry is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from stackaudit.catalogue.build import EXPECTATIONS, words
from stackaudit.catalogue.references import unknown_references
from stackaudit.catalogue.schema import ENTRIES, PLAIN, REQUIRED, Entry, FlowEntry
from stackaudit.source.problems import InputError, Mark, Problem
from stackaudit.source.tree import Map, Seq, read_tree
from stackaudit.source.words import did_you_mean, listed, make_id

FORMAT_KEY = "stackaudit-catalogue"
FORMAT_VERSION = "1"
_CSV_NAMES = {
    "chiefmartec": "chiefmartec_subcategory",
    "objects": "data_objects",
    "evidence": "status_evidence",
}

Sections = dict[str, Any]


def merge_own(base: Mapping[str, Any], path: Path) -> Sections:
    """Return the tree of sections with a user's file or folder merged over it.

    Raises :class:`InputError` with every problem of every file.
    """
    problems: list[Problem] = []
    merged: Sections = {
        name: list(part) if name == "flows" else dict(part) for name, part in base.items()
    }
    places: dict[tuple[str, str], Mark] = {}
    files: list[Map] = []
    for file in _files(path):
        tree = _read(file, problems)
        if tree is not None:
            files.append(tree)
    for tree in files:
        for section, entry_id, entry, mark in _entries(tree, problems):
            first = places.setdefault((section, entry_id), mark)
            if first is not mark:
                message = f"`{entry_id}` stands here a second time; the first is {first}"
                problems.append(
                    Problem("E206", message, mark, "keep one of the two", also=(first,))
                )
                continue
            _merge_entry(merged, section, entry_id, entry)
        _merge_plain(merged, tree, problems)
        _merge_flows(merged, tree, problems)
    if not any(p.level == "error" for p in problems):
        for tree in files:
            problems.extend(_unknown(tree, merged))
    if any(p.level == "error" for p in problems):
        raise InputError(problems)
    return merged


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted([*path.glob("*.yaml"), *path.glob("*.yml")])
        if found:
            return found
        message, hint = (
            "the folder holds no catalogue file",
            "put a file that ends in .yaml into it",
        )
    elif path.is_file():
        return [path]
    else:
        message, hint = "there is no such file or folder", "check the path"
    raise InputError([Problem("E201", message, Mark(str(path), 1, 1), hint)])


def _read(file: Path, problems: list[Problem]) -> Map | None:
    name = str(file)
    try:
        data = file.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        problems.append(Problem("E201", message, Mark(name, 1, 1), "check its permissions"))
        return None
    tree, found = read_tree(data, name)
    problems.extend(found)
    if tree is None:
        return None
    hint = f"start it with `{FORMAT_KEY}: {FORMAT_VERSION}`"
    if not isinstance(tree, Map):
        problems.append(Problem("E201", "this is not a catalogue file", Mark(name, 1, 1), hint))
        return None
    version = tree.get(FORMAT_KEY)
    if version is None:
        problems.append(tree.problem("E201", None, "this is not a catalogue file", hint))
        return None
    if version != FORMAT_VERSION:
        message = f"catalogue format {version} is not known to this release"
        problems.append(tree.problem("E207", FORMAT_KEY, message, "update stackaudit, or write 1"))
        return None
    known = (FORMAT_KEY, "flows", *ENTRIES, *PLAIN)
    for key in tree:
        if key not in known and not key.startswith("x-"):
            hint = did_you_mean(key, known, f"known are {listed(known[1:], 'and')}")
            mark = tree.key_mark_of(key)
            message = f"`{key}` is not a part of a catalogue file"
            problems.append(Problem("E202", message, mark, hint))
    return tree


def _entries(tree: Map, problems: list[Problem]) -> Iterator[tuple[str, str, Map, Mark]]:
    """Yield the valid entries of every section; a section may be a mapping by id or a list."""
    for section, model in ENTRIES.items():
        part = tree.get(section)
        if part is None:
            continue
        if isinstance(part, Map):
            for entry_id, entry in part.items():
                if not isinstance(entry, Map):
                    problems.append(part.problem("E204", entry_id, "a mapping is expected here"))
                elif _valid(model, entry, problems):
                    made = entry_id if section == "regions" else make_id(entry_id)
                    yield section, made, entry, part.key_mark_of(entry_id)
        elif isinstance(part, Seq):
            for n, entry in enumerate(part):
                if not isinstance(entry, Map):
                    problems.append(part.problem("E204", n, "a mapping is expected here"))
                    continue
                own = entry.get("id") or entry.get("name")
                if not isinstance(own, str):
                    problems.append(
                        part.problem("E203", n, "this entry has neither `id` nor `name`")
                    )
                elif _valid(model, entry, problems):
                    yield section, make_id(own), entry, part.mark_of(n)
        else:
            hint = "write each entry under its id"
            problems.append(
                tree.problem("E204", section, "a mapping or a list is expected here", hint)
            )


def _merge_plain(merged: Sections, tree: Map, problems: list[Problem]) -> None:
    for section in PLAIN:
        part = tree.get(section)
        if isinstance(part, Map):
            merged[section] = {**merged[section], **part}
        elif part is not None:
            problems.append(tree.problem("E204", section, "a mapping is expected here"))


def _said(entry: Map) -> dict[str, Any]:
    """Return what an entry says: without empty values, its id and keys that start with ``x-``."""
    return {
        k: v for k, v in entry.items() if v is not None and k != "id" and not k.startswith("x-")
    }


def _valid(model: type[Entry], entry: Map, problems: list[Problem]) -> bool:
    try:
        model.model_validate(_said(entry))
    except ValidationError as error:
        found = error.errors(include_url=False)
        problems.extend(_problem(model, entry, dict(one)) for one in found)
        return False
    return True


def _problem(model: type[Entry], entry: Map, found: Mapping[str, Any]) -> Problem:
    node: Any
    node, key = _walk(entry, found["loc"])
    kind, value = found["type"], found.get("input")
    if kind == "missing":
        message = f"`{found['loc'][-1]}` is missing"
        return Problem("E203", message, node.mark, f"add `{found['loc'][-1]}`")
    if kind == "extra_forbidden":
        word = str(found["loc"][-1])
        known = (
            [f.alias or n for n, f in model.model_fields.items()] if len(found["loc"]) == 1 else []
        )
        otherwise = f"known are {listed(known, 'and')}" if known else ""
        hint = did_you_mean(word, known, otherwise)
        mark = node.key_mark_of(word) if isinstance(node, Map) else node.mark
        return Problem("E202", f"`{word}` is not known here", mark, hint)
    if kind == "literal_error":
        choices = [c.strip("'") for c in found["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        hint = did_you_mean(str(value), choices, f"write {listed(choices)}")
        return Problem("E204", f"{value!r} is not known here", node.mark_of(key), hint)
    message = str(found.get("ctx", {}).get("error") or "a different kind of value is expected here")
    return Problem("E204", message, node.mark_of(key))


def _walk(entry: Map, loc: tuple[str | int, ...]) -> tuple[Any, Any]:
    """Return the innermost node a place leads to, and the key of that place in it."""
    node: Any = entry
    key: Any = None
    for step in loc:
        if not isinstance(node, (Map, Seq)):
            break
        key = step
        inner = None
        if isinstance(node, Map):
            inner = node.get(str(step))
        elif isinstance(step, int) and step < len(node):
            inner = node[step]
        if not isinstance(inner, (Map, Seq)) or step == loc[-1]:
            break
        node = inner
    return node, key


def _merge_entry(merged: Sections, section: str, entry_id: str, entry: Map) -> None:
    said = _said(entry)
    known = dict(merged[section].get(entry_id, {}))
    if section == "products":
        said = {_CSV_NAMES.get(key, key): value for key, value in said.items()}
    elif section == "profiles":
        like = said.pop("like", None)
        if isinstance(like, str) and like in merged["profiles"]:
            known = dict(merged["profiles"][like])
            known.pop("name", None)
            _join_flows(merged, like, entry_id)
        said = _edited_profile(known, said)
    merged[section][entry_id] = {**known, **said}


def _edited_profile(known: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Return a profile's keys: a capability that is named moves, one that is not stays."""
    named = {c for s in (*EXPECTATIONS, "not_expected") for c in words(said.get(s))}
    for strength in EXPECTATIONS:
        kept = [c for c in words(known.get(strength)) if c not in named]
        said[strength] = [*kept, *words(said.get(strength))]
    said.pop("not_expected", None)
    if "processes" in said:
        said["processes"] = {**known.get("processes", {}), **said["processes"]}
    return said


def _join_flows(merged: Sections, like: str, profile: str) -> None:
    for n, flow in enumerate(merged["flows"]):
        names = words(flow.get("profiles"))
        if like in names and profile not in names:
            merged["flows"][n] = {**flow, "profiles": [*names, profile]}


def _merge_flows(merged: Sections, tree: Map, problems: list[Problem]) -> None:
    flows = tree.get("flows")
    if flows is not None and not isinstance(flows, Seq):
        problems.append(tree.problem("E204", "flows", "a list is expected here"))
        return
    for n, flow in enumerate(flows or ()):
        if not isinstance(flow, Map):
            problems.append(tree["flows"].problem("E204", n, "a mapping is expected here"))
        elif _valid(FlowEntry, flow, problems):
            _merge_flow(merged, flow)


def _merge_flow(merged: Sections, flow: Map) -> None:
    """Put a flow in the place of the same flow for its profiles; ``not-expected`` takes it out."""
    everybody = list(merged["profiles"])
    mine = everybody if flow["profiles"] == "all" else list(words(flow["profiles"]))
    kept = []
    for known in merged["flows"]:
        if all(known[key] == flow[key] for key in ("from", "to", "object")):
            theirs = everybody if known["profiles"] == "all" else words(known["profiles"])
            left = [name for name in theirs if name not in mine]
            if left:
                kept.append({**known, "profiles": left})
        else:
            kept.append(known)
    if flow["strength"] != "not-expected":
        kept.append({**_said(flow), "profiles": mine})
    merged["flows"] = kept


def _unknown(tree: Map, merged: Sections) -> Iterator[Problem]:
    own = {name: tree[name] for name in tree if name in merged and tree[name] is not None}
    for reference in unknown_references(own, merged):
        section: Any = tree[reference.section]
        node, key = _walk(section, (reference.entry, *reference.path))
        choices = list(merged[reference.target])
        what = reference.target.removesuffix("s").replace("capabilitie", "capability")
        hint = did_you_mean(reference.word, choices, f"add it under `{reference.target}`")
        yield node.problem("E205", key, f"there is no {what} `{reference.word}`", hint)
    for name, required in REQUIRED.items():
        part = tree.get(name)
        if not isinstance(part, Map):
            continue
        for entry_id in part:
            made = entry_id if name == "regions" else make_id(entry_id)
            for key in required:
                if key not in merged[name].get(made, {}):
                    message = f"`{entry_id}` is new and has no `{key}`"
                    yield Problem("E203", message, part.key_mark_of(entry_id), f"add `{key}`")
