"""A service that answers from memory, for tests: recorded answers by host and path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import httpx

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.gather import fetcher
from stackaudit.importers.model import Bundle, Found, Setting
from stackaudit.importers.network import Line
from stackaudit.importers.registry import installed

TOKEN = "00aPLANTEDtoken_never-to-be-seen"  # noqa: S105 - planted, to be looked for
SECRET = "s3cretPLANTEDneverseen"  # noqa: S105 - planted, to be looked for
PERSON = "jane.doe@northwind.example"
ENVIRONMENT = {
    "OKTA_API_TOKEN": TOKEN,
    "AIRBYTE_TOKEN": TOKEN,
    "FIVETRAN_API_KEY": TOKEN,
    "FIVETRAN_API_SECRET": SECRET,
    "HIGHTOUCH_TOKEN": TOKEN,
    "SEGMENT_TOKEN": TOKEN,
}

Answer = Callable[[httpx.Request], httpx.Response]


class Recorded:
    """Answers by ``host/path``; what was asked, waited and shown is kept."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = dict(answers)
        self.asked: list[httpx.Request] = []
        self.waits: list[float] = []
        self.shown: list[str] = []

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.get(f"{request.headers['host']}{request.url.path}")
        if callable(answer):
            made: httpx.Response = answer(request)
            return made
        return httpx.Response(404 if answer is None else 200, json=answer)

    def line(self, progress: Callable[[str], None], allowed: Any) -> Line:
        """Make the line; the arguments are those of the real one."""

        def show(text: str) -> None:
            self.shown.append(text)
            progress(text)

        return Line(
            httpx.MockTransport(self._answer),
            resolve=lambda *_: ["93.184.216.34"],
            wait=self.waits.append,
            progress=show,
            allowed=allowed,
        )

    def fetch(
        self,
        source: str,
        environment: Mapping[str, str] = ENVIRONMENT,
        allowed: tuple[str, ...] = (),
    ) -> Bundle:
        """Return what is fetched for ``service:account``."""
        service, _, account = source.partition(":")
        read = fetcher(installed(), environment, lambda _: None, allowed, line=self.line)
        return read(service, account)


def parsed(bundle: Bundle, kind: str) -> Found:
    """Return what the importer of a kind finds in a source."""
    importer = installed().importer(kind)
    assert importer is not None
    return importer.parse(bundle, Setting(load_catalogue(None)))


def flows(found: Found) -> dict[str, dict[str, Any]]:
    """Return the facts of the flows by the names of their ends."""
    names = {t.key: t.name for t in found.tools}
    return {
        f"{names.get(f.from_, f.from_)} -> {names.get(f.to, f.to)}": f.facts
        for f in found.integrations
    }
