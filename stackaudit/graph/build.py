"""Build the stack: bind tools to what the catalogue knows of them, integrations to their ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from stackaudit.catalogue.model import Catalogue
from stackaudit.graph.intervals import interval_minutes
from stackaudit.graph.model import ContractFact, Flow, RecordFact, Role, StackTool, Strength
from stackaudit.graph.money import yearly
from stackaudit.graph.stack import Stack
from stackaudit.inventory.schema import Contract, Integration, Terms, Tool
from stackaudit.resolve import Resolved
from stackaudit.source.words import make_id


def build_stack(resolved: Resolved, as_of: date) -> Stack:
    """Return the stack of a resolved inventory on the audit's day.

    Parameters
    ----------
    resolved
        The inventory with its references checked against the catalogue.
    as_of
        The day the audit compares dates with; no clock is read.
    """
    inventory = resolved.inventory
    scopes = tuple(sorted(inventory.company.scopes or ())) or ("all",)
    bit = {scope: 1 << number for number, scope in enumerate(scopes)}
    everywhere = (1 << len(scopes)) - 1
    out = _out_of_scope(resolved)
    payloads = _declared_payloads(resolved)
    tools = [
        _tool(number, record, resolved, as_of, bit, everywhere, record.id in out, payloads)
        # By id and not as written: of two equal paths the same is shown, whatever the file's order.
        for number, record in enumerate(sorted(resolved.tools.values(), key=lambda r: r.id))
    ]
    listed = {tool.id for tool in tools}
    for name_id, name in sorted(out.items()):
        if name_id not in listed:
            tools.append(_outsider(len(tools), name_id, name, everywhere))
    index = {tool.id: tool.index for tool in tools}
    flows = _flows(resolved, tools, index)
    return Stack(
        resolved=resolved,
        as_of=as_of,
        scopes=scopes,
        tools=tuple(tools),
        flows=tuple(flows),
        index=index,
        records=_records(resolved, tools, index, scopes),
        contracts=_contracts(resolved, tools),
    )


def _out_of_scope(resolved: Resolved) -> dict[str, str]:
    names: dict[str, str] = {}
    for entry in resolved.inventory.out_of_scope:
        names[resolved.tool_id(entry.tool) or make_id(entry.tool)] = entry.tool
    return names


def _declared_payloads(resolved: Resolved) -> dict[str, set[str]]:
    """Return tool id → objects that live integrations declare to bring there or take from there."""
    seen: dict[str, set[str]] = {}
    for record in resolved.inventory.integrations or ():
        if record.objects and record.status in (None, "live"):
            for ref in (*record.from_, *record.to):
                tool = resolved.tool_id(ref)
                if tool is not None:
                    seen.setdefault(tool, set()).update(record.objects)
    return seen


def _in_use(record: Tool, as_of: date) -> bool:
    """In use: live, pilot, and retiring until `retires_on`, in production."""
    if record.environment not in (None, "production"):
        return False
    if record.status == "retiring":
        return record.retires_on is None or as_of <= record.retires_on
    return record.status in (None, "live", "pilot")


def _permission(
    resolved: Resolved, record: Tool, capabilities: Mapping[str, Strength]
) -> frozenset[str]:
    """Return what a tool that contacts people may be told of permission, whatever else it holds.

    Declared data names what a sender works with, and hardly ever the opt-outs it is sent: content
    that nobody recorded must not count as stated not to be them.
    """
    used = {c for c, strength in capabilities.items() if strength != "unused"}
    return frozenset(
        data_object
        for name, channel in resolved.catalogue.channels.items()
        if name in (record.channels or ())
        or (record.channels is None and not used.isdisjoint(channel.implied_by))
        for data_object in channel.needs
    )


def _tool(
    number: int,
    record: Tool,
    resolved: Resolved,
    as_of: date,
    bit: Mapping[str, int],
    everywhere: int,
    out_of_scope: bool,
    payloads: Mapping[str, set[str]],
) -> StackTool:
    catalogue = resolved.catalogue
    match = resolved.products[record.id]
    product = match.product
    capabilities: dict[str, Strength]
    if record.capabilities is not None:
        capabilities, assumed = dict(record.capabilities), False
    else:
        capabilities = cast("dict[str, Strength]", dict(product.capabilities)) if product else {}
        assumed = True
    roles: dict[str, frozenset[Role]]
    if record.data is not None:
        roles = {o: frozenset(r) for o, r in record.data.items()}
        permission = _permission(resolved, record, capabilities)
        handles: frozenset[str] | None = (
            frozenset(roles) | permission | payloads.get(record.id, set())
        )
    else:
        used = [c for c, strength in capabilities.items() if strength != "unused"]
        roles = {
            o: frozenset(r)
            for o, r in catalogue.assumed_roles(used, product if assumed else None).items()
        }
        may = catalogue.may_handle(used, product if assumed else None)
        handles = (may | payloads.get(record.id, set())) if product or capabilities else None
    mask = everywhere
    if record.scopes is not None:
        mask = sum(bit[s] for s in set(record.scopes) if s in bit)
    return StackTool(
        index=number,
        id=record.id,
        name=record.name,
        record=record,
        product=product,
        product_how=match.how,
        kind=record.kind or "software",
        status=record.status or "live",
        in_use=_in_use(record, as_of),
        out_of_scope=out_of_scope,
        mentioned_only=record.id in resolved.mentioned,
        scopes=mask,
        capabilities=capabilities,
        capabilities_assumed=assumed,
        roles=roles,
        roles_assumed=record.data is None,
        handles=handles,
        data_declared=record.data is not None,
        suite=product.suite if product and product.suite else None,
    )


def _outsider(number: int, tool_id: str, name: str, everywhere: int) -> StackTool:
    """Return an out-of-scope tool that is not listed: a stop on paths, never a subject."""
    return StackTool(
        index=number,
        id=tool_id,
        name=name,
        record=None,
        product=None,
        product_how="unknown",
        kind="software",
        status="live",
        in_use=True,
        out_of_scope=True,
        mentioned_only=False,
        scopes=everywhere,
        capabilities={},
        capabilities_assumed=True,
        roles={},
        roles_assumed=True,
        handles=None,
        data_declared=False,
        suite=None,
    )


def _flows(resolved: Resolved, tools: list[StackTool], index: Mapping[str, int]) -> list[Flow]:
    flows: list[Flow] = []
    ids = _flow_ids(resolved)
    edges: list[tuple[str, int, Integration, int | None, int | None]] = []
    for number, record in enumerate(resolved.inventory.integrations or ()):
        sources = [_end(ref, resolved, index) for ref in record.from_]
        targets = [_end(ref, resolved, index) for ref in record.to]
        for place, (source, target) in enumerate((s, t) for s in sources for t in targets):
            if source is None or source != target:
                edges.append((ids[number][place], number, record, source, target))
    edges.sort(key=lambda edge: edge[:2])
    for flow_id, _number, record, source, target in edges:
        flows.append(_flow(len(flows), flow_id, record, source, target, resolved, tools, index))
    flows.extend(_host_flows(len(flows), resolved, tools, index))
    return flows


def _end(ref: str, resolved: Resolved, index: Mapping[str, int]) -> int | None:
    if ref == "unknown":
        return None
    tool = resolved.tool_id(ref) or make_id(ref)
    return index.get(tool)


def _flow_ids(resolved: Resolved) -> list[list[str]]:
    """Return the id of every edge: stated, or made from the ends and, where several, the content.

    Never from the position in the file, so that reordering changes nothing.
    """
    records = resolved.inventory.integrations or ()
    ends: list[list[str]] = []
    count: dict[str, int] = {}
    for record in records:
        made = [
            f"{resolved.tool_id(s) or make_id(s)}-{resolved.tool_id(t) or make_id(t)}"
            for s in record.from_
            for t in record.to
        ]
        ends.append(made)
        if record.id is None:
            for name in made:
                count[name] = count.get(name, 0) + 1
    taken: dict[str, int] = {}
    result: list[list[str]] = []
    for record, made in zip(records, ends, strict=True):
        if record.id is not None:
            result.append(
                [record.id] if len(made) == 1 else [f"{record.id}/{name}" for name in made]
            )
            continue
        names = []
        for name in made:
            full = name
            if count[name] > 1 or name in resolved.tools:
                content = "+".join(sorted(record.objects)) if record.objects else "unknown"
                full = f"{name}-{content}"
            names.append(full)
        result.append(names)
    for names in result:
        for full in names:
            taken[full] = taken.get(full, 0) + 1
    if all(times == 1 for times in taken.values()):
        return result
    return _tell_apart(result, records, taken)


def _tell_apart(
    names: list[list[str]], records: tuple[Integration, ...], taken: Mapping[str, int]
) -> list[list[str]]:
    """Add method, carrier and direction to ids that ends and content leave equal; then count."""
    told: list[list[str]] = []
    seen: dict[str, int] = {}
    for record, group in zip(records, names, strict=True):
        row = []
        for name in group:
            full = name
            if taken[name] > 1:
                parts = [
                    record.method or "",
                    *(record.via or ()),
                    record.status or "",
                    record.only or "",
                ]
                full = "-".join([name, *(make_id(p) for p in parts if p)])
                seen[full] = seen.get(full, 0) + 1
                if seen[full] > 1:
                    full = f"{full}-{seen[full]}"
            row.append(full)
        told.append(row)
    return told


def _flow(
    number: int,
    flow_id: str,
    record: Integration,
    source: int | None,
    target: int | None,
    resolved: Resolved,
    tools: list[StackTool],
    index: Mapping[str, int],
) -> Flow:
    via = tuple(
        index[tool]
        for ref in record.via or ()
        if (tool := resolved.tool_id(ref)) is not None and tool in index
    )
    ends = [tools[e] for e in (source, target) if e is not None]
    scopes = (1 << 30) - 1
    for end in ends:
        scopes &= end.scopes
    method = resolved.catalogue.methods.get(record.method) if record.method is not None else None
    moves = method is None or method.moves_data
    in_use = all(e.in_use for e in ends)
    status = record.status or "live"
    return Flow(
        index=number,
        id=flow_id,
        kind="integration",
        record=record,
        source=source,
        target=target,
        direction=record.direction,
        objects=None if record.objects is None else frozenset(record.objects),
        method=record.method,
        automatic=_automatic(record, resolved.catalogue),
        minutes=_minutes(record, resolved.catalogue),
        via=via,
        scopes=scopes,
        status=status,
        live=moves and in_use and status == "live",
        repairable=moves and in_use and status in ("broken", "paused"),
    )


def _automatic(record: Integration, catalogue: Catalogue) -> bool | None:
    """Return whether it runs by itself: by its method, else rhythm or carrier, else unknown."""
    if record.method is not None:
        method = catalogue.methods.get(record.method)
        if method is not None:
            return bool(method.automated)
    if record.every == "manual":
        return False
    if record.via:
        return True
    minutes = _minutes(record, catalogue)
    # Nobody copies by hand every hour; a daily or weekly rhythm may well be a person's.
    return True if minutes is not None and minutes <= 60 else None


def _minutes(record: Integration, catalogue: Catalogue) -> int | None:
    """Return the worst-case declared interval in minutes; None when left out or `manual`."""
    return None if record.every is None else interval_minutes(record.every, catalogue)


def _host_flows(
    start: int, resolved: Resolved, tools: list[StackTool], index: Mapping[str, int]
) -> list[Flow]:
    """Return the edges between apps and the tools they run inside: everything is shared."""
    made: list[Flow] = []
    for tool in tools:
        inside = tool.record.runs_inside if tool.record is not None else None
        host = index.get(resolved.tool_id(inside) or inside) if inside is not None else None
        if host is None or host == tool.index:
            continue
        made.append(
            Flow(
                index=start + len(made),
                id=f"host:{tools[host].id}/{tool.id}",
                kind="host",
                record=None,
                source=host,
                target=tool.index,
                direction="both-ways",
                objects=None,
                method="embedded-suite",
                automatic=True,
                minutes=1,
                via=(),
                scopes=tool.scopes & tools[host].scopes,
                status="live",
                live=tool.in_use and tools[host].in_use,
                repairable=False,
            )
        )
    return made


def _records(
    resolved: Resolved, tools: list[StackTool], index: Mapping[str, int], scopes: tuple[str, ...]
) -> dict[tuple[str, str], RecordFact]:
    """Return (object, scope) → where the record is; a part (`object/part`) is not the record."""
    facts: dict[tuple[str, str], RecordFact] = {}
    bit = {scope: 1 << number for number, scope in enumerate(scopes)}
    for key, rule in (resolved.inventory.systems_of_record or {}).items():
        data_object, _, part = key.partition("/")
        if part:
            continue
        for scope in scopes:
            refs = rule.by_scope.get(scope, rule.everywhere)
            if refs is None:
                continue
            found = [
                index[t]
                for ref in refs
                if (t := resolved.tool_id(ref)) is not None
                and t in index
                and tools[index[t]].in_use
                and tools[index[t]].scopes & bit[scope]
            ]
            facts[make_id(data_object), scope] = RecordFact(
                tuple(found), "declared" if refs else "none", key
            )
    return facts


def _contracts(resolved: Resolved, tools: list[StackTool]) -> tuple[ContractFact, ...]:
    company = resolved.inventory.company
    named: dict[str, Contract] = {c.id: c for c in resolved.inventory.contracts}
    covered: dict[str, list[int]] = {c: [] for c in named}
    facts: list[ContractFact] = []
    left_out: set[str] = set()
    for tool in tools:
        record = tool.record
        if record is None or record.contract is None:
            continue
        if tool.out_of_scope:
            if isinstance(record.contract, str):
                left_out.add(record.contract)
            continue
        if isinstance(record.contract, Terms):
            low, high = yearly(record.cost, company)
            facts.append(
                ContractFact(
                    # A contract of several tools may be called like one of them.
                    id=tool.id if tool.id not in named else f"{tool.id}/terms",
                    record=record.contract,
                    vendor=tool.product.vendor if tool.product else None,
                    tools=(tool.index,),
                    low=low,
                    high=high,
                    ends=record.contract.ends,
                    notice_days=record.contract.notice_days,
                    auto_renews=record.contract.auto_renews,
                )
            )
        elif record.contract in covered:
            covered[record.contract].append(tool.index)
    for contract_id, contract in named.items():
        if contract_id in left_out and not covered[contract_id]:
            continue
        low, high = yearly(contract.cost, company)
        facts.append(
            ContractFact(
                id=contract_id,
                record=contract,
                vendor=contract.vendor,
                tools=tuple(sorted(covered[contract_id], key=lambda i: tools[i].id)),
                low=low,
                high=high,
                ends=contract.ends,
                notice_days=contract.notice_days,
                auto_renews=contract.auto_renews,
                of_contracts=True,
            )
        )
    return tuple(sorted(facts, key=lambda c: c.id))
