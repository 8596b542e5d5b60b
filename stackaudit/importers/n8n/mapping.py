"""From workflows of n8n to tools and integrations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.model import Found, FoundIntegration, FoundTool, Place
from stackaudit.importers.n8n import schedule
from stackaudit.importers.n8n.http import KINDS, call_of
from stackaudit.importers.n8n.nodes import (
    BASE,
    LANGCHAIN,
    NodeType,
    Way,
    node_type,
    object_of,
    resource_and_operation,
    way,
)
from stackaudit.importers.n8n.workflows import Node, Paths, Workflow, paths, without_copies
from stackaudit.importers.values import text_without_secrets
from stackaudit.source.secrets import masked
from stackaudit.source.words import make_id

N8N: Final = "n8n"
EVENT_KEYS: Final = (
    "topic",
    "event",
    "events",
    "object",
    "entity",
    "resource",
    "triggerOn",
    "eventsUi",
)
"""Parameters of triggers that say what happens; their values are n8n's own words."""
CLOCKS: Final = frozenset(("scheduleTrigger", "cron", "interval"))
HANDS: Final = frozenset(("manualTrigger", "manualChatTrigger", "start"))
CALLERS: Final = frozenset(("webhook", "sseTrigger", "mcpTrigger", "workflowTrigger"))
FORMS: Final = frozenset(("formTrigger",))
MAIL: Final = frozenset(("emailSend", "emailSendTool", "emailReadImap"))
NAMED: Final = 5
"""Workflows named in the notes of an integration."""


@dataclass(slots=True)
class _Use:
    """What a node does with a tool."""

    tool: str
    way: Way
    object: str | None
    real_time: str = ""
    """How soon, where it starts the workflow itself."""


@dataclass(slots=True)
class _Flow:
    """A flow from one tool to another, over all workflows."""

    place: Place
    objects: dict[str, None] = field(default_factory=dict)
    every: str = ""
    states: list[bool | None] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


class Mapper:
    """Fills a :class:`Found` from workflows."""

    def __init__(self, found: Found, workflows: list[Workflow], catalogue: Catalogue) -> None:
        self.found = found
        self.catalogue = catalogue
        self.all = workflows
        self.count: Counter[str] = Counter()
        self.flows: dict[tuple[str, str], _Flow] = {}
        self.pages: set[str] = set()
        self.asked: set[str] = set()

    def run(self) -> None:
        """Take everything; count what there was."""
        found = self.found
        carrier = self.catalogue.products["n8n"]
        found.tools.append(FoundTool(N8N, carrier.name, Place(found.source), "n8n"))
        self._count_secrets()
        known = without_copies(self.all)
        by_id = {w.id: w for w in reversed(self.all) if w.id}
        for workflow in known:
            self._workflow(workflow, paths(workflow, by_id))
        for (start, end), flow in self.flows.items():
            found.integrations.append(self._integration(start, end, flow))
        self._said(known)

    # ---------------------------------------------------------------- one workflow

    def _workflow(self, workflow: Workflow, ways: Paths) -> None:
        self.count["disabled nodes"] += sum(
            n.disabled and bool(n.type) for n in workflow.nodes.values()
        )
        self.count["calls of workflows that are not in the export"] += len(ways.missing)
        uses = {k: u for k, n in ways.nodes.items() if (u := self._use(n, workflow, k)) is not None}
        clocks = {
            key: ways.reached(key)
            for key, node in ways.nodes.items()
            if not node.disabled and self._starts(node)
        }
        readers = [k for k, u in uses.items() if u.way == "reads"]
        order = {key: number for number, key in enumerate(ways.nodes)}
        for key in readers:
            every = self._every(key, uses[key], ways, clocks)
            reached = ways.reached(key)
            for end in sorted(reached & uses.keys(), key=order.__getitem__):
                if uses[end].way in ("writes", "receives") and uses[end].tool != uses[key].tool:
                    self._add(workflow, uses[key], uses[end], every)
        for key, reached in clocks.items():
            node = ways.nodes[key]
            ends = {uses[e].tool for e in reached & uses.keys() if uses[e].way == "writes"}
            if node.kind in CALLERS and "\0" not in key and ends:
                names, here = ", ".join(sorted(self._name(e) for e in ends)), workflow.place
                self.count["webhooks that feed a tool"] += 1
                self.found.ask(f"who calls the webhook of this workflow? It feeds {names}", here)

    def _starts(self, node: Node) -> bool:
        if node.kind in CLOCKS | HANDS | CALLERS | FORMS or node.kind.endswith("Trigger"):
            return node.kind != "executeWorkflowTrigger"
        return node.kind == "emailReadImap"

    def _every(self, key: str, use: _Use, ways: Paths, clocks: Mapping[str, set[str]]) -> str:
        """Return how often a reading node runs: itself, or by what starts its workflow."""
        if use.real_time:
            return use.real_time
        said = []
        for start, reached in clocks.items():
            if key not in reached:
                continue
            node = ways.nodes[start]
            if node.kind in HANDS:
                said.append("manual")
            elif node.kind in CLOCKS:
                said.append(schedule.every(node.type, node.parameters))
            else:
                row = node_type(node.type)[0]
                polls = row is not None and row.polls
                said.append(schedule.polled(node.parameters) if polls else "real-time")
        return min((s for s in said if s), key=schedule.minutes, default="")

    def _add(self, workflow: Workflow, start: _Use, end: _Use, every: str) -> None:
        flow = self.flows.setdefault((start.tool, end.tool), _Flow(workflow.place))
        written = end.object if end.way == "writes" else None
        made = written or start.object
        if made:
            flow.objects[made] = None
        if every and (not flow.every or schedule.minutes(every) < schedule.minutes(flow.every)):
            flow.every = every
        if workflow.name not in flow.names:
            flow.names.append(workflow.name)
            flow.states.append(workflow.active)

    # ---------------------------------------------------------------- one node

    def _use(self, node: Node, workflow: Workflow, key: str) -> _Use | None:
        """Return what a node does with which tool; None where it is no tool's, or switched off."""
        if node.disabled:
            return None
        own = "\0" not in key
        if node.kind in KINDS:
            return self._http(node, workflow, own)
        if node.kind in FORMS:
            self.count["forms of n8n"] += own
            return _Use(N8N, "reads", "form-submission", "real-time")
        if node.kind in MAIL:
            self.count["nodes that send or read plain e-mail"] += own
            return None
        row, trigger = node_type(node.type)
        if row is None:
            return self._stranger(node, workflow)
        if row.role == "flow":
            if row.node.startswith("mcpClient"):
                self._unknown(node, workflow)
            return None
        tool = self._tool(row, workflow)
        if trigger:
            words = " ".join(self._words(node.parameters.get(k)) for k in EVENT_KEYS)
            soon = schedule.polled(node.parameters) if row.polls else "real-time"
            return _Use(tool, "reads", object_of(row, words), soon)
        resource, operation = resource_and_operation(row, node.parameters, node.version)
        does = way(row, operation, node.parameters)
        subject = operation if row.node == "segment" else resource
        return _Use(tool, does, object_of(row, subject))

    def _http(self, node: Node, workflow: Workflow, own: bool) -> _Use | None:
        self.count["HTTP requests"] += own
        call = call_of(node, self.catalogue)
        if not call.name:
            self.count["HTTP requests to an address that is computed or the company's own"] += own
            if call.why == "computed" and call.way == "writes" and own:
                text = (
                    "where does an HTTP request of this workflow send to? Its address is computed"
                )
                self._ask(text, workflow.place)
            return None
        if not call.surely:
            self.pages.add(call.host)
            return None
        key = call.product or make_id(call.name) or "host"
        if self.found.tool(key) is None:
            evidence = f"HTTP requests to {call.host}" if call.host else ""
            tool = FoundTool(key, call.name, workflow.place, call.product, evidence=evidence)
            tool.confidence = "certain" if call.product else "likely"
            self.found.tools.append(tool)
        generic = NodeType("http", "", None, "tool", "", 0, "", polls=False)
        return _Use(key, call.way, object_of(generic, call.path))

    def _stranger(self, node: Node, workflow: Workflow) -> _Use | None:
        """Take a node that the table does not have by its name, and ask about it."""
        package, _, kind = node.type.rpartition(".")
        trigger = kind.endswith("Trigger")
        bare = kind.removesuffix("Trigger").removesuffix("Tool")
        model = (
            re.match(r"(?:lmChat|lm|embeddings)([A-Z]\w*)", bare) if package == LANGCHAIN else None
        )
        stated = {"resource", "operation"} & node.parameters.keys()
        if "mcp" in kind.casefold():
            self._unknown(node, workflow)
            return None
        if package in (BASE, LANGCHAIN) and not (model or stated or node.credentials or trigger):
            self.count["nodes that are not known"] += 1
            return None  # one of n8n's own steps, newer than the table
        name = model.group(1) if model else bare[:1].upper() + bare[1:]
        key = make_id(name) or "node"
        if self.found.tool(key) is None:
            what = "a node of n8n" if package in (BASE, LANGCHAIN) else "a community node of n8n"
            tool = FoundTool(key, name, workflow.place, evidence=f"{what}, {package}")
            tool.confidence = "likely"
            self.found.tools.append(tool)
        if model:
            return _Use(key, "receives", None)
        if trigger:
            return _Use(key, "reads", None, "real-time")
        operation = node.parameters.get("operation")
        if not isinstance(operation, str):
            text = f"does {name} get data or give it? The export does not say (node {node.type})"
            self._ask(text, workflow.place)
            return None
        row = NodeType(bare, name, None, "tool", "", 0, "", polls=False)
        resource = node.parameters.get("resource")
        made = object_of(row, resource) if isinstance(resource, str) else None
        return _Use(key, way(row, operation, {}), made)

    def _unknown(self, node: Node, workflow: Workflow) -> None:
        self.count["nodes that are not known"] += 1
        text = f"what does the node type {node.type} of n8n reach? It was not added"
        self._ask(text_without_secrets(text, self.found.dropped), workflow.place)

    def _tool(self, row: NodeType, workflow: Workflow) -> str:
        key = row.product or make_id(row.name)
        if self.found.tool(key) is None:
            facts = {"kind": "spreadsheet"} if key in ("google-sheets", "microsoft-excel") else {}
            product = self.catalogue.products.get(row.product or "")
            same = product is not None and product.name.casefold() == row.name.casefold()
            name = product.name if product is not None and same else row.name
            tool = FoundTool(key, name, workflow.place, row.product, facts=facts)
            self.found.tools.append(tool)
        return key

    def _words(self, value: Any) -> str:
        """Return the words of a trigger's parameter, lists and mappings opened."""
        if isinstance(value, Mapping):
            return " ".join(self._words(v) for v in value.values())
        if isinstance(value, list):
            return " ".join(self._words(v) for v in value[:20])
        return value if isinstance(value, str) else ""

    # ---------------------------------------------------------------- what is said

    def _integration(self, start: str, end: str, flow: _Flow) -> FoundIntegration:
        facts: dict[str, Any] = {"method": "ipaas"}
        if N8N not in (start, end):
            facts["via"] = [N8N]
        if flow.objects:
            facts["objects"] = list(flow.objects)
        if flow.every:
            facts["every"] = flow.every
        if all(s is False for s in flow.states):
            facts["status"] = "paused"
        more = f" and {len(flow.names) - NAMED} more" if len(flow.names) > NAMED else ""
        facts["notes"] = "n8n workflows: " + ", ".join(flow.names[:NAMED]) + more
        return FoundIntegration(start, end, flow.place, facts)

    def _said(self, known: list[Workflow]) -> None:
        found, count = self.found, self.count
        inactive = [w for w in known if w.active is False]
        silent = [w for w in known if w.active is None]
        found.counts = {"workflows": len(self.all)}
        copied = len(self.all) - len(known)
        for what, number in (
            ("copies of another workflow", copied),
            ("inactive workflows", len(inactive)),
            ("workflows that do not say whether they are active", len(silent)),
        ):
            if number:
                found.counts[what] = number
        found.counts |= {what: number for what, number in count.items() if number}
        for workflow in known:
            if workflow.copies:
                others = ", ".join(workflow.copies)
                found.note(f"counted once; the same again: {others}", workflow.place)
        if inactive:
            text = f"{len(inactive)} of {len(known)} workflows are inactive: what only they carry"
            hint = "workflows from a template or a download are inactive until switched on"
            found.note(f"{text} is paused", hint=hint)
        if self.pages:
            shown = ", ".join(sorted(self.pages)[:8])
            found.note(f"web pages that are read, not taken as tools: {shown}")
        number = count["nodes that send or read plain e-mail"]
        if number:
            text = f"{number} node{'s' * (number > 1)} of n8n send or read plain e-mail"
            found.ask(f"{text}: through which service?")
        if count["calls of workflows that are not in the export"]:
            found.ask("some workflows call others that are not in the export: export them as well")

    def _count_secrets(self) -> None:
        """Count what is left behind; nothing of it is looked at further."""
        dropped = self.found.dropped
        for workflow in self.all:
            for node in workflow.nodes.values():
                dropped["name of a credential"] += len(node.credentials)
                dropped["secret"] += _secrets(node.parameters)
        for kind in [k for k, n in dropped.items() if not n]:
            del dropped[kind]

    def _name(self, key: str) -> str:
        tool = self.found.tool(key)
        return tool.name if tool else key

    def _ask(self, text: str, place: Place) -> None:
        if (mark := f"{text} {place}") not in self.asked:
            self.asked.add(mark)
            self.found.ask(text, place)


def _secrets(value: Any, depth: int = 0) -> int:
    """Return how many texts in parameters look like secrets."""
    if depth > 12:
        return 0
    if isinstance(value, Mapping):
        return sum(_secrets(v, depth + 1) for v in value.values())
    if isinstance(value, list):
        return sum(_secrets(v, depth + 1) for v in value[:200])
    return int(isinstance(value, str) and len(value) < 4000 and bool(masked(value)[1]))
