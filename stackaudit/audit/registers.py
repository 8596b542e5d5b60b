"""The registers of the result: tools, integrations, objects and the rest as the audit sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from stackaudit.audit.columns import column_of, domain_of
from stackaudit.graph import Flow, Stack, StackTool
from stackaudit.graph import demands as needed
from stackaudit.graph.facts import fact_at, place_of
from stackaudit.graph.latency import delay
from stackaudit.graph.money import rate_of
from stackaudit.inventory.schema import Process, Terms
from stackaudit.result import (
    CapabilityEntry,
    Company,
    ContractEntry,
    Demand,
    FlowEntry,
    Handled,
    JourneyStage,
    Left,
    Money,
    Named,
    Note,
    ObjectEntry,
    ProcessEntry,
    Provided,
    Provider,
    Served,
    Shared,
    Spend,
    Step,
    ToolEntry,
)
from stackaudit.source.words import make_id

ROLE_ORDER: Final = ("capture", "store", "activate", "measure")
GRID: Final = (
    "capabilities",
    "data",
    "owner",
    "technical_owner",
    "team",
    "used_by",
    "cost",
    "contract",
    "seats",
    "privacy",
    "fit",
    "reviewed",
)
"""Keys of a tool that the completeness grid shows, the most telling first."""


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers of one stack."""

    company: Company
    tools: list[ToolEntry]
    integrations: list[FlowEntry]
    shared: list[Shared]
    contracts: list[ContractEntry]
    capabilities: list[CapabilityEntry]
    objects: list[ObjectEntry]
    demands: list[Demand]
    processes: list[ProcessEntry]
    journey: list[JourneyStage]
    domains: list[Named]
    stages: list[Named]
    teams: list[Named]
    spend: Spend
    out_of_scope: list[Left]
    notes: list[Note]


def registers(stack: Stack) -> Registers:
    """Return the registers of a stack; every list is in a fixed order."""
    inventory, catalogue, profile = stack.inventory, stack.catalogue, stack.resolved.profile
    stages = catalogue.stages
    return Registers(
        company=Company(
            name=inventory.company.name,
            profile=profile.id if profile is not None else None,
            profile_name=profile.name if profile is not None else None,
            currency=inventory.company.currency,
            scopes=[] if stack.scopes == ("all",) else list(stack.scopes),
            complete=None if inventory.complete is None else sorted(inventory.complete),
            size=inventory.company.size,
        ),
        tools=_tools(stack),
        integrations=_integrations(stack),
        shared=[
            Shared(suite=suite, objects=sorted(objects), tools=sorted(t.id for t in tools))
            for suite, objects, tools in stack.sharing
        ],
        contracts=_contracts(stack),
        capabilities=_capabilities(stack),
        objects=_objects(stack),
        demands=_demands(stack),
        processes=_processes(stack),
        journey=[
            JourneyStage(
                id=j.stage,
                name=stages[j.stage].name if j.stage in stages else j.stage,
                carries=j.carries or None,
            )
            for j in (profile.journey if profile is not None else ())
        ],
        domains=[
            Named(id=d.id, name=d.name, definition=d.definition) for d in catalogue.domains.values()
        ],
        stages=[Named(id=s.id, name=s.name, definition=s.definition) for s in stages.values()],
        teams=[
            Named(id=t.id, name=t.name or t.id, definition=t.function or "")
            for t in inventory.teams
        ],
        spend=_spend(stack),
        out_of_scope=[
            Left(name=entry.tool, because=entry.because, place=place_of(entry))
            for entry in inventory.out_of_scope
        ],
        notes=_contradictions(stack),
    )


def money(low: Decimal | None, high: Decimal | None, basis: str = "") -> Money | None:
    """Return an amount for the result, rounded to cents; None when it is not known."""
    if low is None or high is None:
        return None
    return Money(low=round(float(low), 2), high=round(float(high), 2), basis=basis)


def _tools(stack: Stack) -> list[ToolEntry]:
    sends = [0] * len(stack.tools)
    receives = [0] * len(stack.tools)
    for flow in stack.flows:
        if not flow.live or flow.kind != "integration":
            continue
        for end, count, other in ((flow.source, sends, receives), (flow.target, receives, sends)):
            if end is not None:
                count[end] += 1
                if flow.direction != "one-way":
                    other[end] += 1
    island = {i: n for n, group in enumerate(stack.groups) for i in group}
    return [
        _tool(stack, tool, sends[tool.index], receives[tool.index], island.get(tool.index))
        for tool in sorted(stack.tools, key=lambda t: t.id)
        if not tool.out_of_scope
    ]


def _tool(
    stack: Stack, tool: StackTool, sends: int, receives: int, island: int | None
) -> ToolEntry:
    record, product = tool.record, tool.product
    assert record is not None
    low, high = stack.cost(tool)
    terms = record.contract
    return ToolEntry(
        id=tool.id,
        name=tool.name,
        product=product.id if product is not None else None,
        product_name=product.name if product is not None else None,
        product_how=tool.product_how,  # type: ignore[arg-type]
        vendor=product.vendor if product is not None else None,
        suite=tool.suite,
        kind=tool.kind,
        status=tool.status,
        in_use=tool.in_use,
        mentioned_only=tool.mentioned_only,
        environment=record.environment or "production",
        runs_inside=record.runs_inside,
        gated_by=sorted({t.id for ref in record.gated_by or () if (t := stack.tool(ref))}),
        scopes=stack.scopes_of(tool.scopes),
        domain=domain_of(stack, tool),
        column=column_of(stack, tool),
        capabilities=[
            Provided(capability=c, strength=s, assumed=tool.capabilities_assumed)
            for c, s in tool.capabilities.items()
        ],
        data=[
            Handled(
                object=o, roles=[r for r in ROLE_ORDER if r in roles], assumed=tool.roles_assumed
            )
            for o, roles in sorted(tool.roles.items())
        ],
        channels=None if record.channels is None else sorted(record.channels),
        personal_data=record.personal_data,
        owner=_list(record.owner),
        technical_owner=_list(record.technical_owner),
        team=record.team,
        used_by=_list(record.used_by),
        cost=money(low, high),
        contract=tool.id if isinstance(terms, Terms) else terms,
        seats_paid=record.seats.paid if record.seats is not None else None,
        seats_active=record.seats.active if record.seats is not None else None,
        sends_to=sends,
        receives_from=receives,
        carries=len(stack.carriers.get(tool.index, ())),
        island=island,
        known=[key for key in GRID if getattr(record, key) is not None],
        source=list(record.source or ()),
        notes=record.notes,
        url=record.url,
        place=place_of(record),
    )


def _list(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


def _integrations(stack: Stack) -> list[FlowEntry]:
    entries = []
    for flow in stack.flows:
        record = flow.record
        if record is None:
            continue
        method = stack.catalogue.methods.get(flow.method) if flow.method is not None else None
        entries.append(
            FlowEntry(
                id=flow.id,
                source=_end(stack, flow.source),
                target=_end(stack, flow.target),
                direction=flow.direction,
                objects=None if flow.objects is None else sorted(flow.objects),
                method=flow.method,
                method_name=method.name if method is not None else None,
                automatic=flow.automatic,
                every=record.every,
                via=None if record.via is None else [stack.tools[i].id for i in flow.via],
                scopes=stack.scopes_of(flow.scopes),
                status=flow.status,
                live=flow.live,
                only=record.only,
                gated_by=_list(record.gated_by),
                owner=_list(record.owner),
                last_verified=record.last_verified,
                source_of_fact=list(record.source or ()),
                notes=record.notes,
                place=place_of(record),
            )
        )
    return sorted(entries, key=lambda e: e.id)


def _end(stack: Stack, number: int | None) -> str | None:
    return None if number is None else stack.tools[number].id


def _contracts(stack: Stack) -> list[ContractEntry]:
    entries = []
    for contract in stack.contracts:
        low, high = contract.low, contract.high
        if low is None and not contract.of_contracts and contract.tools:
            low, high = stack.cost(stack.tools[contract.tools[0]])
        notice = None
        if contract.ends is not None and contract.notice_days is not None:
            notice = contract.ends - timedelta(
                days=min(contract.notice_days, contract.ends.toordinal() - 1)
            )
        entries.append(
            ContractEntry(
                id=contract.id,
                vendor=contract.vendor,
                tools=sorted(stack.tools[i].id for i in contract.tools),
                cost=money(low, high),
                ends=contract.ends,
                notice_days=contract.notice_days,
                notice_day=notice,
                auto_renews=contract.auto_renews,
                place=place_of(contract.record),
            )
        )
    return entries


def _capabilities(stack: Stack) -> list[CapabilityEntry]:
    asked = stack.inventory.requirements
    entries = []
    for capability in stack.catalogue.capabilities.values():
        expected, by = stack.expectation(capability.id)
        providers = stack.providers(capability.id, unused=True)
        if not providers and expected in (None, "not-expected") and by != "inventory":
            continue
        missing = [
            stack.scopes[s]
            for s in range(len(stack.scopes))
            if not stack.providers(capability.id, s, unused=True)
        ]
        entries.append(
            CapabilityEntry(
                id=capability.id,
                name=capability.name,
                domain=capability.domain,
                definition=capability.definition,
                stages=list(capability.stages),
                expected=expected,
                expected_by=by,
                not_needed_because=(
                    asked.not_needed.get(capability.id) if asked is not None else None
                ),
                plurality=capability.plurality,
                providers=[
                    Provider(
                        tool=t.id,
                        strength=t.capabilities[capability.id],
                        assumed=t.capabilities_assumed,
                    )
                    for t in providers
                ],
                missing_in=["all"] if len(missing) == len(stack.scopes) else missing,
            )
        )
    return entries


def _objects(stack: Stack) -> list[ObjectEntry]:
    entries = []
    maybe: dict[str, list[str]] = {}
    carried: dict[str, list[str]] = {}
    for flow in stack.flows:
        if flow.live and flow.kind == "integration":
            for object_id in flow.objects or ():
                carried.setdefault(object_id, []).append(flow.id)
    for data_object in stack.catalogue.objects.values():
        holders = {role: _holders(stack, role, data_object.id) for role in ROLE_ORDER}
        record: dict[str, list[str]] = {}
        for number, scope in enumerate(stack.scopes):
            fact = stack.record(data_object.id, number)
            if fact.how != "unknown":
                record[scope] = sorted(stack.tools[i].id for i in fact.tools)
        if not (record or carried.get(data_object.id) or any(holders.values())):
            continue
        maybe[data_object.id] = sorted({f.id for f in _maybe(stack, data_object.id)})
        entries.append(
            ObjectEntry(
                id=data_object.id,
                name=data_object.name,
                definition=data_object.definition,
                personal=data_object.personal_data,
                needs_record=data_object.needs_record,
                record=_folded(stack, record),
                captured_by=holders["capture"],
                stored_by=holders["store"],
                activated_by=holders["activate"],
                measured_by=holders["measure"],
                flows=sorted(carried.get(data_object.id, ())),
                maybe_flows=maybe[data_object.id],
            )
        )
    return entries


def _holders(stack: Stack, role: Any, data_object: str) -> list[str]:
    return sorted(
        {t.id for s in range(len(stack.scopes)) for t in stack.with_role(role, data_object, s)}
    )


def _folded(stack: Stack, record: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return one entry ``all`` where every scope has the same record."""
    if len(record) == len(stack.scopes) and len({tuple(v) for v in record.values()}) == 1:
        return {"all": next(iter(record.values()))}
    return record


def _maybe(stack: Stack, data_object: str) -> list[Flow]:
    return [f for f in stack.unsure_flows if f.objects is None and stack.may_carry(f, data_object)]


def _demands(stack: Stack) -> list[Demand]:
    return [_demand(stack, demand, _delay(stack, demand)) for demand in stack.demands]


def _demand(stack: Stack, demand: needed.Demand, minutes: int | None) -> Demand:
    return Demand(
        id=_demand_id(stack, demand),
        kind=demand.kind,
        source=demand.source.name,
        target=demand.target.name,
        object=demand.data_object,
        scope=stack.scopes[demand.scope],
        strength=demand.strength,
        why=demand.why,
        process=demand.process.id if demand.process is not None else None,
        limit_minutes=demand.limit,
        delay_minutes=minutes,
        served=_served(demand, minutes),
        inside=demand.serving.same_tool.id if demand.serving.same_tool else None,
        path=[
            Step(source=a.id, target=b.id, over=over, automatic=automatic)
            for a, b, over, automatic in stack.to_steps(demand.serving.hops)
        ],
    )


def _served(demand: needed.Demand, minutes: int | None) -> Served:
    """Return the result's word; what only the catalogue takes for granted is not known.

    What runs by itself is late where the worst case on its freshest way is over the stated limit;
    whether that is a problem is for `stale-copy` to say, which allows for a tolerance.
    """
    serving = demand.serving
    if serving.taken_for_granted:
        return "unknown"
    if (
        serving.outcome == "automatic"
        and demand.limit is not None
        and (minutes or 0) > demand.limit
    ):
        return "late"
    return "automatic" if serving.outcome == "maybe-automatic" else serving.outcome


def _delay(stack: Stack, demand: needed.Demand) -> int | None:
    """Return the worst case to where the path ends; None by hand, without a path, or not known."""
    hops = demand.serving.hops
    if demand.serving.outcome not in ("automatic", "maybe-automatic") or not hops:
        return None
    view = stack.view(demand.data_object, demand.scope)
    starts = {hops[0].source, *(t.index for t in demand.source.tools)}
    late = delay(stack, view, starts, hops[-1].target)
    return None if late is None else late.known


def _demand_id(stack: Stack, demand: needed.Demand) -> str:
    return demand.id_in(stack.scopes[demand.scope])


def _processes(stack: Stack) -> list[ProcessEntry]:
    entries = [_declared(stack, p) for p in stack.inventory.processes]
    named = {e.id for e in entries}
    profile = stack.resolved.profile
    entries.extend(
        ProcessEntry(
            id=process.id,
            name=process.name,
            carries=process.carries,
            steps=list(process.steps),
            declared=False,
        )
        for process in (profile.processes if profile is not None else ())
        if process.id not in named
    )
    return entries


def _declared(stack: Stack, process: Process) -> ProcessEntry:
    return ProcessEntry(
        id=process.id,
        name=process.name,
        carries=process.carries,
        steps=[s if s.startswith("tool:") else make_id(s) for s in process.steps or ()],
        declared=True,
        owner=_list(process.owner),
        reviewed=process.reviewed,
        demands=[_demand_id(stack, d) for d in stack.demands if d.process is process],
        place=place_of(process),
    )


def _spend(stack: Stack) -> Spend:
    """Return the known yearly cost: of tools in use, and of contracts that cover them."""
    by_domain: dict[str, list[tuple[Decimal, Decimal]]] = {}
    known = 0
    unconverted: list[str] = []
    countable = [t for t in stack.subjects if t.kind != "own-channel" and not t.mentioned_only]
    shared = {i for c in stack.contracts if c.of_contracts and c.low is not None for i in c.tools}
    for tool in countable:
        low, high = stack.cost(tool)
        domain = domain_of(stack, tool) or "other"
        if low is not None and high is not None:
            by_domain.setdefault(domain, []).append((low, high))
            known += 1
        elif tool.index in shared:
            known += 1
        elif (
            tool.record is not None
            and tool.record.cost is not None
            and rate_of(tool.record.cost.currency, stack.inventory.company) is None
        ):
            unconverted.append(tool.id)
    for contract in stack.contracts:
        users = [stack.tools[i] for i in contract.tools if stack.tools[i].subject]
        if (
            contract.of_contracts
            and contract.low is not None
            and contract.high is not None
            and users
        ):
            domain = domain_of(stack, users[0]) or "other"
            by_domain.setdefault(domain, []).append((contract.low, contract.high))
    amounts = [a for group in by_domain.values() for a in group]
    return Spend(
        total=money(
            sum((a[0] for a in amounts), Decimal(0)), sum((a[1] for a in amounts), Decimal(0))
        )
        if amounts
        else None,
        known_for=known,
        of=len(countable),
        by_domain={
            d: Money(
                low=round(float(sum(a[0] for a in group)), 2),
                high=round(float(sum(a[1] for a in group)), 2),
            )
            for d, group in sorted(by_domain.items())
        },
        unconverted=sorted(unconverted),
    )


def _contradictions(stack: Stack) -> list[Note]:
    """Return what cannot both be true: said in the report, left out of the graph."""
    notes = []
    for flow in stack.flows:
        if flow.record is None or flow.status != "live":
            continue
        gone = [stack.tools[e] for e in flow.ends if stack.tools[e].status == "retired"]
        notes += [
            Note(
                code="live-flow-of-retired-tool",
                text=(
                    f"The integration {flow.id} is live though {tool.name} is retired; "
                    "it is left out of the graph."
                ),
                place=place_of(flow.record),
            )
            for tool in gone
        ]
    for (data_object, scope), record in sorted(stack.records.items()):
        if record.how == "declared" and not record.tools:
            where = f" in {scope}" if scope != "all" else ""
            text = (
                f"The system of record of {data_object} is not a tool in use{where}; "
                "it counts as not declared."
            )
            rule = ("systems_of_record", record.key or data_object)
            place = fact_at(stack.inventory, rule, text).place
            notes.append(Note(code="record-not-in-use", text=text, place=place))
    return notes
