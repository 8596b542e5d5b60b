"""Workflows as n8n exports them, and the paths that data takes through them.

An export is one workflow (``{"nodes": [...], "connections": {...}}``), a list of them (the command
``n8n export:workflow --all``), or the API's ``{"data": [...]}``: https://docs.n8n.io/workflows/export-import/
and https://docs.n8n.io/api/. Connections name nodes by their names. A disabled node is passed
through. A model, a memory or a tool of an AI agent hangs on it by a connection whose kind begins
with ``ai_``; what the agent is given may go to each of them, and what they read goes on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.importers.model import Bundle, Found, Place, SourceFile
from stackaudit.importers.values import text_without_secrets

NODES: Final = 5_000
"""Nodes of one workflow with all it calls; the largest public ones have two hundred."""
DEPTH: Final = 5
"""Workflows that call workflows are followed so deep."""
CALLS: Final = frozenset(("executeWorkflow", "toolWorkflow"))
NESTED: Final = ("data", "workflows", "workflow", "workflowData", "items")


@dataclass(slots=True)
class Node:
    """A node of a workflow."""

    name: str
    type: str
    version: float
    parameters: Mapping[str, Any]
    disabled: bool
    credentials: tuple[str, ...]
    """Kinds of its credentials; their names and ids are not taken."""

    @property
    def kind(self) -> str:
        """Return the type without its package: ``hubspotTrigger``."""
        return self.type.rpartition(".")[2]


@dataclass(slots=True)
class Workflow:
    """A workflow of an export."""

    name: str
    id: str
    active: bool | None
    """None: the export does not say."""
    nodes: dict[str, Node]
    connections: list[tuple[str, str, str]]
    """From, to, kind of connection (``main``, ``ai_tool`` …), by names of nodes."""
    place: Place
    copies: list[str] = field(default_factory=list)

    def fingerprint(self) -> str:
        """Return what two copies of one workflow have in common: its nodes and connections."""
        nodes = sorted(
            (n.name, n.type, n.disabled, *(_plain(n.parameters.get(k)) for k in SAME))
            for n in self.nodes.values()
        )
        return json.dumps([nodes, sorted(self.connections)], default=str)


SAME: Final = ("resource", "operation", "url", "method", "requestMethod", "event", "topic")
"""Parameters in which copies agree; documents and texts may differ."""


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)


def is_workflow(file: SourceFile) -> bool:
    """Tell whether a file is an export of n8n."""
    data = file.data
    if (
        file.suffix not in (".json", ".txt", "")
        or b'"nodes"' not in data
        or b'"connections"' not in data
    ):
        return False
    return any(
        isinstance(n, Mapping) and "type" in n and "parameters" in n
        for d in documents(load(file))
        for n in d["nodes"]
    )


def load(file: SourceFile) -> Any:
    """Return the JSON of a file, or None."""
    try:
        return json.loads(file.text())
    except (ValueError, RecursionError):
        return None


def documents(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the workflows in a document, whichever way they are wrapped."""
    if isinstance(value, list):
        for one in value:
            yield from documents(one, depth + 1) if depth < 4 else ()
    elif isinstance(value, Mapping):
        if isinstance(value.get("nodes"), list):
            yield value
        elif depth < 4:
            for key in NESTED:
                if key in value:
                    yield from documents(value[key], depth + 1)


def read(bundle: Bundle, found: Found) -> list[Workflow]:
    """Return the workflows of a bundle, copies among them too; what cannot be read is said."""
    workflows = []
    for file in bundle.files:
        if bundle.folder and file.suffix != ".json":
            continue
        value = load(file)
        if value is None:
            found.partial = True
            text = "this file is no JSON, or broken off"
            found.unreadable(text, Place(file.name), "export the workflow again")
            continue
        known = list(documents(value))
        if not known:
            found.left_out("this file holds no workflow of n8n", Place(file.name))
        workflows += [_workflow(d, file, found) for d in known]
    return workflows


def _workflow(document: Mapping[str, Any], file: SourceFile, found: Found) -> Workflow:
    given = document.get("name")
    name = text_without_secrets(given, found.dropped)[:100] if isinstance(given, str) else ""
    place = Place(file.name, f'workflow "{name}"' if name else "")
    nodes: dict[str, Node] = {}
    for number, item in enumerate(document["nodes"], start=1):
        node = _node(item)
        if node is None:
            found.partial = True
            found.unreadable(f"node {number} is no node of n8n", place)
        elif node.kind != "stickyNote":
            nodes.setdefault(node.name, node)
    if document.get("pinData"):
        found.dropped["pinned data of a workflow"] += 1
    ids = {
        str(i["id"]): str(i.get("name") or "") for i in _mappings(document["nodes"]) if "id" in i
    }
    connections = _by_name(document.get("connections"), nodes, ids)
    lost = _lost(connections, nodes)
    for missing in lost:
        nodes[missing] = Node(missing, "", 1.0, {}, disabled=True, credentials=())
    if lost:
        found.partial = True
        text = f"nodes that connections speak of and the export does not have: {len(lost)}"
        found.unreadable(text, place, "the paths through them are followed all the same")
    active = document.get("active")
    return Workflow(
        name or file.name.rpartition("/")[2].removesuffix(".json"),
        str(document.get("id") or ""),
        active if isinstance(active, bool) else None,
        nodes,
        list(_connections(connections, nodes)),
        place,
    )


def _node(item: Any) -> Node | None:
    if not isinstance(item, Mapping) or not isinstance(item.get("type"), str):
        return None
    version = item.get("typeVersion")
    parameters = item.get("parameters")
    credentials = item.get("credentials")
    return Node(
        str(item.get("name") or item.get("id") or ""),
        item["type"],
        float(version) if isinstance(version, int | float) else 1.0,
        parameters if isinstance(parameters, Mapping) else {},
        item.get("disabled") is True,
        tuple(map(str, credentials)) if isinstance(credentials, Mapping) else (),
    )


def _mappings(values: Any) -> list[Mapping[str, Any]]:
    return [v for v in values if isinstance(v, Mapping)] if isinstance(values, list) else []


def _by_name(given: Any, nodes: Mapping[str, Node], ids: Mapping[str, str]) -> Any:
    """Return connections that name nodes by their ids, as other programs write them, by names."""
    if not isinstance(given, Mapping):
        return given

    def name(end: Any) -> Any:
        known = ids.get(end) if isinstance(end, str) and end not in nodes else None
        return known if known in nodes else end

    def ends(values: Any) -> Any:
        if isinstance(values, list):
            return [ends(v) for v in values]
        return {**values, "node": name(values.get("node"))} if isinstance(values, Mapping) else None

    return {
        name(start): {kind: ends(outputs) for kind, outputs in kinds.items()}
        for start, kinds in given.items()
        if isinstance(kinds, Mapping)
    }


def _lost(given: Any, nodes: Mapping[str, Node]) -> list[str]:
    """Return the names that connections speak of and no node has."""
    if not isinstance(given, Mapping):
        return []
    ends = {str(start) for start in given} | {
        str(end["node"])
        for kinds in given.values()
        for outputs in (kinds.values() if isinstance(kinds, Mapping) else ())
        for output in (outputs if isinstance(outputs, list) else ())
        for end in (output if isinstance(output, list) else ())
        if isinstance(end, Mapping) and isinstance(end.get("node"), str)
    }
    return sorted(ends - nodes.keys())


def _connections(given: Any, nodes: Mapping[str, Node]) -> Iterator[tuple[str, str, str]]:
    for start, kinds in given.items() if isinstance(given, Mapping) else ():
        for kind, outputs in kinds.items() if isinstance(kinds, Mapping) else ():
            for output in outputs if isinstance(outputs, list) else ():
                for end in output if isinstance(output, list) else ():
                    to = end.get("node") if isinstance(end, Mapping) else None
                    if isinstance(to, str) and start in nodes and to in nodes:
                        yield start, to, str(kind)


def without_copies(workflows: list[Workflow]) -> list[Workflow]:
    """Return each workflow once; a copy lends it its name, and its being switched on."""
    kept: dict[str, Workflow] = {}
    for workflow in workflows:
        first = kept.setdefault(workflow.fingerprint(), workflow)
        if first is workflow:
            continue
        first.copies.append(workflow.name)
        states = (first.active, workflow.active)
        first.active = True if True in states else None if None in states else False
    return list(kept.values())


@dataclass(slots=True)
class Paths:
    """The nodes of a workflow and of those it calls, with the ways between them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    next: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """An AI node → the models, tools and memories that hang on it."""
    owners: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    missing: list[str] = field(default_factory=list)
    """Names of nodes that call a workflow which is not here."""

    def reached(self, start: str) -> set[str]:
        """Return the keys of all nodes that what a node reads may come to."""
        seen: set[str] = set()
        waiting = [*self.owners.get(start, ()), *self.next.get(start, ())]
        touched: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            waiting += self.next.get(key, ())
            hanging = list(self.parts.get(key, ()))
            while hanging:
                part = hanging.pop()
                if part not in touched:
                    touched.add(part)
                    waiting += self.next.get(part, ())
                    hanging += self.parts.get(part, ())
        return seen | touched


def paths(workflow: Workflow, by_id: Mapping[str, Workflow]) -> Paths:
    """Return the ways through a workflow; what it calls is laid in where it is called."""
    made = Paths()
    _lay(made, workflow, "", by_id, ())
    return made


def _lay(
    made: Paths,
    workflow: Workflow,
    prefix: str,
    by_id: Mapping[str, Workflow],
    above: tuple[str, ...],
) -> None:
    if len(made.nodes) + len(workflow.nodes) > NODES:
        return
    for name, node in workflow.nodes.items():
        made.nodes[prefix + name] = node
    for start, end, kind in workflow.connections:
        if kind.startswith("ai_"):
            made.parts[prefix + end].append(prefix + start)
            made.owners[prefix + start].append(prefix + end)
        else:
            made.next[prefix + start].append(prefix + end)
    for name, node in workflow.nodes.items():
        if node.kind not in CALLS or node.disabled:
            continue
        called = _called(node)
        if "$workflow.id" in called or (called and called == workflow.id):
            _enter(made, workflow, prefix, prefix + name)
        elif called not in by_id or len(above) >= DEPTH or called in above:
            made.missing.append(node.name)
        else:
            inner = f"{prefix}{name}\0"
            _lay(made, by_id[called], inner, by_id, (*above, called))
            _enter(made, by_id[called], inner, prefix + name)


def _enter(made: Paths, called: Workflow, inner: str, call: str) -> None:
    """Join a call to the start of what it calls, and the ends of that to what follows the call."""
    after = [*made.next.get(call, ()), *made.owners.get(call, ())]
    starts = [
        inner + name
        for name, node in called.nodes.items()
        if node.kind == "executeWorkflowTrigger" and not node.disabled
    ]
    for start in starts:
        ends = [k for k in made.reached(start) if not made.next.get(k) and k not in made.owners]
        made.next[call].append(start)
        for end in ends:
            made.next[end] += [key for key in after if key != end]


def _called(node: Node) -> str:
    """Return the id of the workflow that a node calls, as text or in n8n's resource locator."""
    given = node.parameters.get("workflowId")
    if isinstance(given, Mapping):
        given = given.get("value")
    return str(given) if isinstance(given, str | int) else ""
