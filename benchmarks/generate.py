"""Generate an inventory of any size: valid, realistic, the same bytes for the same arguments.

    python benchmarks/generate.py --shape clusters --tools 500 --integrations 2000 --seed 1 -o FILE

Every part of the format is used about as often as people use it: most tools have an owner, some
declare their data, one in ten flows has an unknown payload, a few are broken. The text is written
directly (a YAML emitter would take minutes for half a million integrations).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Final, TextIO, TypeVar

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.jobs import CARRIERS, HUBS, SUITES, Job, read_jobs
from benchmarks.shapes import SHAPES, Layout, stands_alone

Item = TypeVar("Item")

SIZES: Final = {"S": (60, 140), "M": (500, 2_000), "L": (5_000, 25_000), "XL": (100_000, 500_000)}
"""Tools and integrations of the sizes that are measured."""

AS_OF: Final = date(2026, 11, 1)
SCOPES: Final = ("eu", "us", "outlet", "uk", "apac", "wholesale", "latam", "studio")
FUNCTIONS: Final = ("marketing", "sales", "service", "operations", "it", "data", "finance", "legal")
UNIT: Final = 60

_FIRST = [
    "Mia",
    "Ravi",
    "Ana",
    "Tom",
    "Lena",
    "Omar",
    "Yuki",
    "Sara",
    "Jonas",
    "Priya",
    "Noor",
    "Emil",
    "Chloe",
    "Ivan",
    "Zoe",
    "Hugo",
    "Amara",
    "Luca",
    "Nina",
    "Felix",
]
_LAST = [
    "Chen",
    "Patel",
    "Garcia",
    "Weber",
    "Okafor",
    "Rossi",
    "Novak",
    "Silva",
    "Berg",
    "Dubois",
    "Khan",
    "Moreau",
    "Ito",
    "Larsen",
    "Costa",
    "Meyer",
]
_METHODS = [
    "native-connector",
    "native-connector",
    "native-connector",
    "rest-api",
    "rest-api",
    "webhook",
    "ipaas",
    "etl-elt",
    "reverse-etl",
    "sftp-file",
    "sdk-pixel",
    "server-side-tracking",
    "tag-manager",
    "streaming",
    "cdp",
    "manual-export",
]
_EVERY = [
    "real-time",
    "near-real-time",
    "near-real-time",
    "hourly",
    "daily",
    "daily",
    "weekly",
    "15m",
    "4h",
    "15m-4h",
    "2d",
]
_KEYS = ["email", "email", "customer-id", "phone", "account-id"]
_NOTES = (
    "Bought for the spring launch; renewal is under discussion.",
    "Nobody is sure which lists still sync.",
    '"Two admins left: access was never reviewed."',
    "Runs well since the rebuild of the connector",
    "'Contract text says 12 months, the invoice says 24'",
    "Replaces an older tool (see the migration plan)",
)
_STATES = ("broken", "broken", "paused", "idle", "planned", "planned", "absent")
"""One flow in a hundred is in each of these states; the rest run."""
_FILTERS = (
    "EU customers with an order",
    "opted-in contacts",
    "orders of the last 90 days",
    "leads with a score above 50",
)
_CHECKS = [
    "overlapping-tools",
    "unowned",
    "trapped-data",
    "blind-tool",
    "missing-flow",
    "manual-bridge",
]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tool as drawn: what the flows need to know of it."""

    id: str
    job: Job
    scopes: tuple[str, ...]
    """Empty: the whole company."""
    gone: bool
    """Retired or only planned: its flows are not live."""
    team: str


class Generator:
    """Writes one inventory, line by line.

    Parameters
    ----------
    shape
        A name in :data:`benchmarks.shapes.SHAPES`.
    tools, integrations
        How many; fewer integrations where so few tools cannot have so many different ones.
    seed
        Chooses among inventories of the same shape and size.
    """

    def __init__(self, shape: str, tools: int, integrations: int, seed: int) -> None:
        if tools < 2:
            raise ValueError("an inventory of fewer than two tools has no flows to draw")
        self.shape, self.tools, self.integrations = shape, tools, integrations
        self.draw: Callable[[], float] = Random(f"{shape}/{tools}/{integrations}/{seed}").random
        self.layout = Layout(tools, min(UNIT, tools), min(len(HUBS), tools))
        self.scopes = SCOPES[: 3 if tools < 200 else 8]
        self.jobs = read_jobs()
        self.weighted = [job for job in self.jobs for _ in range(job.weight)]
        self.by_first = {job.capabilities[0]: job for job in self.jobs}
        self.teams = [
            (f"{name}-{n}" if n else name, name)
            for n in range(1 + tools // 400)
            for name in FUNCTIONS
        ]
        self.people = [f"{first} {last}" for first in _FIRST for last in _LAST][
            : max(12, min(320, tools // 6))
        ]
        names = {ident: (ident, name) for job in self.jobs for ident, name in job.products}
        of = {ident: job for job in self.jobs for ident, _ in job.products}
        self.suites = [[(of[m], names[m]) for m in members] for members in SUITES.values()]
        self.counts: dict[str, int] = {}
        self.drawn: list[Drawn] = []

    # -- small draws ---------------------------------------------------------------------------

    def some(self, share: float) -> bool:
        """Return true with a probability."""
        return self.draw() < share

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one of the items."""
        return items[int(self.draw() * len(items))]

    def few(self, items: Sequence[Item], most: int) -> list[Item]:
        """Return one to ``most`` different items, in their order."""
        wanted = 1 + int(self.draw() * min(most, len(items)))
        chosen = {int(self.draw() * len(items)) for _ in range(wanted)}
        return [items[n] for n in sorted(chosen)]

    def number(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + int(self.draw() * (high - low + 1))

    def day(self, back: int, ahead: int) -> str:
        """Return a day at most so many days before or after the inventory's own."""
        return date.fromordinal(AS_OF.toordinal() + self.number(-back, ahead)).isoformat()

    def owner(self) -> str:
        """Return an owner in one of the forms people use."""
        draw = self.draw()
        if draw < 0.68:
            return self.pick(self.people)
        if draw < 0.84:
            return f"team:{self.pick(self.teams)[0]}"
        if draw < 0.90:
            return f"role:{self.pick(('analyst', 'crm-manager', 'web-lead'))}"
        if draw < 0.93:
            return f"[{self.people[0]}, {self.pick(self.people[1:])}]"
        return "withheld" if draw < 0.95 else "none"

    def money(self, low: int, high: int) -> str:
        """Return an amount: mostly low, as a number, a range or a mapping."""
        amount = low + int((high - low) * self.draw() ** 3) // 100 * 100
        draw = self.draw()
        if draw < 0.75:
            return str(amount)
        if draw < 0.9:
            return f"{amount}-{amount * 3 // 2}"
        currency = self.pick(("USD", "GBP", "EUR"))
        return f"{{amount: {max(amount // 12, 1)}, per: month, currency: {currency}}}"

    # -- sections --------------------------------------------------------------------------------

    def lines(self) -> Iterator[str]:
        """Return the lines of the inventory."""
        tools = list(self.tool_lines())
        yield from self.head()
        yield ""
        yield "tools:"
        yield from tools
        yield ""
        yield from self.contract_lines()
        yield "integrations:"
        yield from self.integration_lines()
        yield ""
        yield from self.tail()

    def head(self) -> Iterator[str]:
        """Return the company, its teams and its records."""
        yield f"# {self.shape}: {self.tools} tools. Generated; no such company exists."
        yield "stackaudit: 1"
        yield "company:"
        yield f"  name: Generated {self.shape} {self.tools}"
        yield "  profile: b2c-ecommerce"
        yield "  currency: EUR"
        yield "  rates: {USD: 0.92, GBP: 1.15}"
        yield f"  as_of: {AS_OF.isoformat()}"
        yield "  scopes:"
        for n, scope in enumerate(self.scopes):
            yield f"    {scope}: {{people_in: {('EU', 'US', 'UK')[n % 3]}}}"
        yield "  people_in: [EU, US]"
        yield "  rules: [gdpr, can-spam]"
        yield f"  size: {'mid' if self.tools < 200 else 'large'}"
        yield "complete: [tools]"
        yield "teams:"
        for ident, function in self.teams:
            name = ident.replace("-", " ").title()
            yield f"  - {{id: {ident}, name: {name}, function: {function}}}"
        yield ""
        yield "systems_of_record:"
        holders: dict[str, list[Drawn]] = {}
        for tool in self.drawn[: 40 * UNIT]:
            for item, roles in tool.job.roles:
                if "store" in roles and not tool.gone:
                    holders.setdefault(item, []).append(tool)
        for item in sorted(holders):
            yield from self.record_of(item, holders[item])
        if "ticket" not in holders:
            yield "  ticket: none"
        yield "freshness: {contact: hourly, order: 4h, consent: 15m}"

    def record_of(self, item: str, holders: list[Drawn]) -> Iterator[str]:
        """Return where the record of an object is: for some unknown, for some scope by scope."""
        draw = self.draw()
        if draw < 0.25:
            return
        if draw < 0.5:
            by_scope = {}
            for scope in self.scopes:
                serving = [tool for tool in holders if not tool.scopes or scope in tool.scopes]
                if serving:
                    by_scope[scope] = serving[0].id
            if by_scope:
                written = ", ".join(f"{scope}: {ident}" for scope, ident in by_scope.items())
                yield f"  {item}: {{{written}}}"
            return
        if draw < 0.55 and len(holders) > 1:
            yield f"  {item}: [{holders[0].id}, {holders[1].id}]  # two systems claim it"
            return
        yield f"  {item}: {holders[0].id}"

    def drawn_product(self, number: int) -> tuple[Job, tuple[str, str]]:
        """Return what the tool of a number is: a hub of its unit, or anything."""
        place = number % self.layout.unit
        if place < len(HUBS):
            job = self.by_first[HUBS[place]]
            return job, job.products[(number // self.layout.unit + place) % len(job.products)]
        if self.shape == "suite-heavy" and self.some(0.7):
            return self.pick(self.suites[number // self.layout.unit % len(self.suites)])
        job = self.pick(self.weighted)
        return job, self.pick(job.products)

    def tool_lines(self) -> Iterator[str]:
        """Return the lines of every tool, and remember what the flows need."""
        for number in range(self.tools):
            job, (product, name) = self.drawn_product(number)
            scope = self.scopes[number // self.layout.unit % len(self.scopes)]
            seen = self.counts[product] = self.counts.get(product, 0) + 1
            ident = product if seen == 1 else f"{product}-{scope}-{seen}"
            draw = self.draw()
            scopes: tuple[str, ...] = (scope,) if draw < 0.6 else ()
            if draw < 0.1:
                scopes = (scope, self.scopes[(self.scopes.index(scope) + 1) % len(self.scopes)])
            state = self.draw() if number % self.layout.unit >= len(HUBS) else 1.0
            gone = state < 0.03
            team = self.pick([team for team, function in self.teams if function == job.function])
            tool = Drawn(ident, job, scopes, gone, team)
            self.drawn.append(tool)
            if seen == 1 and not gone and state >= 0.09 and self.some(0.06):
                self.drawn[-1] = Drawn(ident, job, (), False, team)
                yield f"  - {ident}"
                continue
            yield f"  - id: {ident}"
            yield f"    name: {name if seen == 1 else f'{name} {scope.upper()} {seen}'}"
            yield from self.tool_facts(tool, number, product, seen, state)

    def tool_facts(
        self, tool: Drawn, number: int, product: str, seen: int, state: float
    ) -> Iterator[str]:
        """Return the keys of a tool after its id and name."""
        some, job = self.some, tool.job
        if some(0.04):
            yield "    product: none"
            yield f"    kind: {self.pick(('homegrown', 'spreadsheet', 'service', 'own-channel'))}"
            yield from self.capability_lines(job)
        else:
            if seen > 1 or some(0.3):
                yield f"    product: {product}"
            if seen > 1 and some(0.85):
                yield f"    instance: {tool.id[len(product) + 1 :]}"
            if some(0.25):
                yield from self.capability_lines(job)
        if number % self.layout.unit > len(HUBS) and some(
            0.1 if self.shape == "suite-heavy" else 0.02
        ):
            yield f"    runs_inside: {self.drawn[number // self.layout.unit * self.layout.unit].id}"
        yield from self.status_lines(state)
        if tool.scopes:
            yield f"    scopes: [{', '.join(tool.scopes)}]"
        if job.roles and some(0.45):
            yield from self.data_lines(job)
        if some(0.05):
            alone = self.shape == "silos" and stands_alone(number)
            known = "none" if alone else self.pick(("complete", "partial"))
            yield f"    integrations_known: {known}"
        yield from self.reach_lines(job, number)
        yield from self.people_lines(tool)
        yield from self.spend_lines(number)
        yield from self.judgement_lines(number)

    def reach_lines(self, job: Job, number: int) -> Iterator[str]:
        """Return whom the tool reaches, and what holds it back."""
        some = self.some
        if job.channels and some(0.6):
            yield (
                f"    channels: [{', '.join(job.channels)}]"
                if some(0.85)
                else f"    channels: {{{job.channels[0]}: transactional}}"
            )
        if some(0.08):
            yield f"    personal_data: {'yes' if some(0.8) else 'no'}"
        if job.channels and some(0.1):
            consent = number // self.layout.unit * self.layout.unit + HUBS.index(
                "consent-management"
            )
            if consent < number:
                yield f"    gated_by: {self.drawn[consent].id}"

    def people_lines(self, tool: Drawn) -> Iterator[str]:
        """Return who owns, keeps and uses the tool."""
        some = self.some
        if some(0.72):
            yield f"    owner: {self.owner()}"
        if some(0.3):
            yield f"    technical_owner: {self.owner()}"
        if some(0.7):
            yield f"    team: {tool.team}"
        if some(0.25):
            yield f"    used_by: [{', '.join(ident for ident, _ in self.few(self.teams, 3))}]"

    def capability_lines(self, job: Job) -> Iterator[str]:
        """Return declared capabilities, as a list or with strengths."""
        if self.some(0.6):
            yield f"    capabilities: [{', '.join(job.capabilities)}]"
            return
        yield "    capabilities:"
        for n, capability in enumerate(job.capabilities):
            strength = "primary" if n == 0 else self.pick(("secondary", "unused"))
            yield f"      {capability}: {strength}"
        extra = self.pick(self.jobs).capabilities[0]
        if extra not in job.capabilities:
            yield f"      {extra}: {self.pick(('secondary', 'unused'))}"

    def status_lines(self, state: float) -> Iterator[str]:
        """Return the status, where one is stated."""
        if state < 0.02:
            yield "    status: retired"
        elif state < 0.03:
            yield "    status: planned"
        elif state < 0.05:
            yield "    status: pilot"
        elif state < 0.08:
            yield "    status: retiring"
            yield f"    retires_on: {self.day(60, 400)}"
        elif state < 0.09:
            yield "    environment: staging"
        elif state < 0.3:
            yield "    status: live"

    def data_lines(self, job: Job) -> Iterator[str]:
        """Return declared roles, in block or flow style."""
        written = [
            (item, roles[0] if len(roles) == 1 else f"[{', '.join(roles)}]")
            for item, roles in job.roles
        ]
        if self.some(0.5):
            yield f"    data: {{{', '.join(f'{item}: {roles}' for item, roles in written)}}}"
            return
        yield "    data:"
        for item, roles in written:
            yield f"      {item}: {roles}"

    def spend_lines(self, number: int) -> Iterator[str]:
        """Return cost, contract and seats."""
        if number % 20 == 7 and self.tools > 20:
            yield f"    contract: agreement-{number // 20}"
        elif self.some(0.5):
            yield f"    cost: {self.money(600, 240_000)}"
            if self.some(0.55):
                renews = self.pick(("yes", "yes", "no"))
                notice = f", notice_days: {self.pick((30, 60, 90))}" if self.some(0.8) else ""
                yield f"    contract: {{ends: {self.day(90, 700)}{notice}, auto_renews: {renews}}}"
            if self.some(0.4):
                paid = self.number(3, 200)
                price = f", price: {self.number(60, 1500)}" if self.some(0.5) else ""
                yield f"    seats: {{paid: {paid}, active: {int(paid * self.draw())}{price}}}"

    def judgement_lines(self, number: int) -> Iterator[str]:
        """Return ratings, privacy, overlaps, and where the facts come from."""
        some = self.some
        if some(0.12):
            yield f"    fit: {{business: {self.number(1, 5)}, technical: {self.number(1, 5)}}}"
        if some(0.3):
            yield "    privacy:"
            yield f"      dpa: {self.pick(('signed', 'signed', 'signed', 'missing', 'not-needed'))}"
            if some(0.6):
                yield f"      hosted_in: {self.pick(('EU', 'US', 'UK'))}"
                yield f"      transfer: {self.pick(('scc', 'adequacy', 'not-needed', 'none'))}"
            if some(0.2):
                yield f"      retention_days: {self.pick((365, 730, 1095))}"
        if number and some(0.02):
            yield "    overlaps_on_purpose:"
            yield f"      with: [{self.pick(self.drawn[:-1]).id}]"
            yield "      because: the older one goes when the migration ends"
            yield f"      until: {self.day(30, 300)}"
        if some(0.2):
            yield f"    notes: {self.pick(_NOTES)}"
        elif some(0.02):
            yield "    notes: >-"
            yield "      Set up by an agency, handed over without documents;"
            yield "      the template folder is the only record of what it sends."
        if some(0.2):
            yield "    source: software register of the finance team"
        if some(0.35):
            yield f"    reviewed: {self.day(700, 0)}"
        if some(0.01):
            yield "    disputed: the vendor list says it was cancelled"
        if some(0.02):
            yield f"    x-cost-center: CC-{self.number(1000, 9999)}"

    def contract_lines(self) -> Iterator[str]:
        """Return the contracts that tools name by id."""
        if self.tools <= 20:
            return
        yield "contracts:"
        for number in range(7, self.tools, 20):
            yield f"  - id: agreement-{number // 20}"
            yield f"    vendor: {self.pick(('Adobe', 'Salesforce', 'Google', 'A reseller'))}"
            yield f"    cost: {self.money(5_000, 900_000)}"
            yield f"    ends: {self.day(60, 700)}"
            if self.some(0.8):
                yield f"    notice_days: {self.pick((30, 60, 90))}"
            yield f"    auto_renews: {self.pick(('yes', 'yes', 'no'))}"
        yield ""

    def payload(self, source: Job, target: Job) -> list[str]:
        """Return what a flow carries: what both ends handle, or its source has; empty: unknown."""
        if self.shape == "chain" and self.some(0.7):
            return ["contact"]
        if self.some(0.1):
            return []
        both = [item for item in source.objects if item in target.objects]
        items: Sequence[str] = both or source.objects or target.objects or ("contact",)
        return self.few(items, 3)

    def integration_lines(self) -> Iterator[str]:
        """Return every flow, in the long or a short form, no two alike."""
        pairs = SHAPES[self.shape](self.draw, self.layout)
        seen: set[tuple[int, int]] = set()
        alike: set[tuple[int, int, tuple[str, ...]]] = set()
        written = attempts = 0
        while written < self.integrations and attempts < 20 * self.integrations + 100:
            attempts += 1
            source, target = next(pairs)
            low, high = (source, target) if source < target else (target, source)
            objects = self.payload(self.drawn[source].job, self.drawn[target].job)
            again = (low, high) in seen
            same = (low, high, tuple(objects))
            # A second flow between two tools is rare, and carries something else.
            if same in alike or (again and attempts % 4):
                continue
            alike.add(same)
            seen.add((low, high))
            method = self.pick(_METHODS)
            yield from self.flow(
                source, target, objects, method, f"flow-{written}" if again else ""
            )
            written += 1

    def flow(
        self, source: int, target: int, objects: list[str], method: str, ident: str
    ) -> Iterator[str]:
        """Return the lines of one flow; one with an id is not the first between its ends."""
        some, one, other = self.some, self.drawn[source], self.drawn[target]
        live = not (one.gone or other.gone)
        if not ident and live and some(0.12):
            arrow = "->" if some(0.85) else "<->"
            content = f": {', '.join(objects)}" if objects else ""
            yield f"  - {one.id} {arrow} {other.id}{content}"
            return
        if ident or some(0.1):
            yield f"  - id: {ident or f'{one.id}-to-{other.id}'}"
            yield f"    from: {one.id}"
        else:
            yield f"  - from: {one.id}"
        yield f"    to: {other.id}"
        both_ways = not ident and some(0.1)
        if both_ways:
            yield "    direction: both-ways"
        elif not ident and some(0.01):
            yield "    direction: unknown"
        if objects:
            yield f"    objects: [{', '.join(objects)}]"
            if some(0.04):
                yield f"    only: {self.pick(_FILTERS)}"
        if ident or some(0.75):
            embedded = self.shape == "suite-heavy" and not ident and some(0.6)
            yield f"    method: {'embedded-suite' if embedded else method}"
        if some(0.7):
            yield f"    every: {'weekly' if method == 'manual-export' else self.pick(_EVERY)}"
        yield from self.carried(source, target)
        yield from self.keeping_lines(one, both_ways, live)

    def keeping_lines(self, one: Drawn, both_ways: bool, live: bool) -> Iterator[str]:
        """Return how a flow is matched, in what state it is, and who keeps it."""
        some = self.some
        if some(0.2):
            yield (
                f"    match_on: {self.pick(_KEYS)}" if some(0.8) else "    match_on: [email, phone]"
            )
        if both_ways and some(0.6):
            yield f"    field_owner: {one.id if some(0.7) else 'none'}"
        yield from self.flow_state(live)
        if some(0.3):
            yield f"    owner: {self.owner()}"
        if some(0.35):
            yield f"    last_verified: {self.day(500, 0) if some(0.1) else self.day(20, 0)}"
        if some(0.08):
            yield "    source: [integration map, interview with the owner]"
        if some(0.06):
            yield f"    notes: {self.pick(_NOTES)}"

    def carried(self, source: int, target: int) -> Iterator[str]:
        """Return the carrier of a flow, where one of its unit carries it."""
        if not self.some(0.12):
            return
        carrier = source // self.layout.unit * self.layout.unit + self.number(4, 6)
        if carrier >= self.tools or carrier in (source, target):
            yield "    via: none"
        elif self.drawn[carrier].job.capabilities[0] in CARRIERS:
            yield f"    via: {self.drawn[carrier].id}"

    def flow_state(self, live: bool) -> Iterator[str]:
        """Return the status of a flow; that of a tool that is gone is gone too, mostly."""
        if not live and self.draw() < 0.9:
            yield "    status: retired"
            return
        draw = self.draw()
        if draw < 0.07:
            yield f"    status: {_STATES[int(draw * 100)]}"
        elif draw < 0.25:
            yield "    status: live"

    def tail(self) -> Iterator[str]:
        """Return processes, objectives, requirements and what the company lives with."""
        yield "processes:"
        used = sorted({tool.job.capabilities[0] for tool in self.drawn if tool.job.roles})
        for number in range(3 + min(self.tools // 200, 40)):
            steps = self.few(used, 4)
            yield f"  - name: Process {number + 1}"
            yield f"    carries: {self.pick(('contact', 'lead', 'order', 'campaign'))}"
            yield f"    steps: [{', '.join(steps)}, 'tool:{self.pick(self.drawn).id}']"
            yield f"    owner: {self.owner()}"
            yield f"    reviewed: {self.day(700, 0)}"
        yield "objectives:"
        for number in range(2 + min(self.tools // 400, 20)):
            yield f"  - name: 'Objective {number + 1}: more from what we have'"
            yield f"    needs: [{', '.join(self.few(used, 3))}]"
            yield f"    measured_by: {self.pick(('order', 'conversion', 'message-engagement'))}"
            yield f"    sponsor: {self.pick(self.people)}"
            yield f"    operations_owner: {self.owner()}"
        yield "requirements:"
        yield "  must: [loyalty-program, email-marketing]"
        yield "  should: [experimentation]"
        yield "  not_needed: {account-based-marketing: we sell only to consumers}"
        yield "out_of_scope:"
        yield "  - {tool: office-printer-portal, because: not marketing}"
        yield "accepted:"
        for number in range(2 + min(self.tools // 250, 40)):
            yield f"  - check: {_CHECKS[number % len(_CHECKS)]}"
            yield f"    tool: {self.pick(self.drawn).id}"
            yield "    because: looked at and kept for now"
            yield f"    by: {self.pick(self.people)}"
            yield f"    until: {self.day(60, 300)}"
            yield f"    ticket: MOPS-{self.number(100, 999)}"


def write_inventory(out: TextIO, shape: str, tools: int, integrations: int, seed: int) -> None:
    """Write an inventory to an open text file, in pieces."""
    piece: list[str] = []
    for line in Generator(shape, tools, integrations, seed).lines():
        piece.append(line)
        if len(piece) == 50_000:
            out.write("\n".join(piece) + "\n")
            piece.clear()
    out.write("\n".join(piece) + "\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Write the inventory that the command line asks for."""
    parser = argparse.ArgumentParser(description="Generate a valid inventory of any size.")
    parser.add_argument("--shape", choices=sorted(SHAPES), default="clusters")
    parser.add_argument(
        "--size", choices=sorted(SIZES), help="the tools and integrations of a measured size"
    )
    parser.add_argument("--tools", type=int, default=60)
    parser.add_argument("--integrations", type=int, default=140)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "-o", "--output", type=Path, help="the file to write; standard output when left out"
    )
    options = parser.parse_args(argv)
    tools, integrations = (
        SIZES[options.size] if options.size else (options.tools, options.integrations)
    )
    if options.output is None:
        write_inventory(sys.stdout, options.shape, tools, integrations, options.seed)
    else:
        with options.output.open("w", encoding="utf-8", newline="\n") as out:
            write_inventory(out, options.shape, tools, integrations, options.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
