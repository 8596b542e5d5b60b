"""``robots.txt``: what a site asks robots to leave alone. Source: RFC 9309."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

SIZE: Final = 500_000
"""Bytes that are read; the least a reader has to take (RFC 9309, 2.5)."""
LINES: Final = 20_000
RULES: Final = 2_000
SLOWEST: Final = 10.0
"""Seconds between two calls at most, whatever a site asks for."""
NAME: Final = "stackaudit"


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that hold for us: (path pattern, allowed)."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0
    """Seconds the site asks to wait between two calls."""

    def allows(self, path: str) -> bool:
        """Tell whether a path may be fetched: the longest fitting rule decides, allow at a tie."""
        path = _plain(path or "/")
        best, allowed = -1, True
        for pattern, allow in self.rules:
            if len(pattern) < best or not _fits(pattern, path):
                continue
            allowed = allow or (allowed and len(pattern) == best)
            best = len(pattern)
        return allowed


def read_robots(text: str) -> Robots:
    """Return the rules for ``stackaudit``, else those for every robot."""
    groups: dict[str, list[tuple[str, bool]]] = {}
    delays: dict[str, float] = {}
    agents: list[str] = []
    naming = False
    for line in text[:SIZE].replace("\r", "\n").split("\n")[:LINES]:
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
            naming = True
            for agent in agents:
                groups.setdefault(agent, [])
            continue
        naming = False
        if key in ("allow", "disallow") and value:
            for agent in agents:
                if len(groups[agent]) < RULES:
                    groups[agent].append((_plain(value), key == "allow"))
        elif key == "crawl-delay":
            for agent in agents:
                delays[agent] = _seconds(value)
    name = NAME if NAME in groups else "*"
    return Robots(tuple(groups.get(name, ())), delays.get(name, 0.0))


def _seconds(text: str) -> float:
    try:
        return min(max(float(text), 0.0), SLOWEST)
    except ValueError:
        return 0.0


def _plain(path: str) -> str:
    return quote(unquote(path[:2000]), safe="/*$?&=;:@!+,~-._'()")


def _fits(pattern: str, path: str) -> bool:
    end = pattern.endswith("$")
    parts = pattern.rstrip("$").split("*") if end else pattern.split("*")
    if not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    last = parts[-1] if len(parts) > 1 else ""
    if not end:
        return path.find(last, at) >= 0
    if len(parts) == 1:
        return at == len(path)
    return path.endswith(last) and len(path) - len(last) >= at
