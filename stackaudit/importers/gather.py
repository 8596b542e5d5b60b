"""From what is named on the command line to what was found: read or fetch, recognise, parse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from stackaudit.importers.model import (
    Bundle,
    Found,
    Importer,
    ImportFailure,
    Setting,
    SourceFile,
)
from stackaudit.importers.read import read_source
from stackaudit.importers.registry import Registry

_MIXED: Final = 200
"""Files of a folder up to which each is looked at for what it is by itself."""
_PAGES: Final = ("handbook", "page", "register")
_LISTS: Final = ("spreadsheet", "tech-stack", "subprocessors")
_SHORTEST: Final = 8
"""Characters of a token that is looked for in messages."""


def gather(
    source: str,
    registry: Registry,
    setting: Setting,
    kind: str | None = None,
    fetch: Callable[[str, str], Bundle] | None = None,
) -> list[Found]:
    """Return what one source holds: a file, a folder, or ``service:account``.

    A folder that no importer knows as a whole is taken file by file; files nobody knows are said.
    ``kind`` is the id of the importer to use; ``fetch`` reads from a service (service, account).

    Raises :class:`ImportFailure` where nothing can be read.
    """
    name, colon, account = source.partition(":")
    service = registry.service(name) if colon and not Path(source).exists() else None
    if service is not None and fetch is not None:
        importer = _named(registry, service.id)
        return [importer.parse(fetch(service.id, account), setting)]
    if not Path(source).exists() and (colon or registry.service(source)):
        _no_such_service(source, name, registry)
    bundle = read_source(Path(source))
    parts = _saved(bundle) if kind is None else []
    if parts:
        return [found for part in parts for found in _of(part, registry, setting)]
    if kind is not None:
        return [_named(registry, kind).parse(bundle, setting)]
    return _of(bundle, registry, setting)


def _of(bundle: Bundle, registry: Registry, setting: Setting) -> list[Found]:
    known = registry.recognise(bundle)
    if known is not None:
        apart = _apart(bundle, known, registry)
        if not apart:
            return [known.parse(bundle, setting)]
        rest = tuple(f for f in bundle.files if f not in apart)
        own = known.parse(Bundle(bundle.name, rest, folder=True), setting)
        return [own, *_each(Bundle(bundle.name, apart, folder=True), registry, setting)]
    if not bundle.folder:
        _broken(bundle.file())
        raise ImportFailure(f"{bundle.name} is of no kind that is known", _kinds(registry))
    return _each(bundle, registry, setting)


def _apart(bundle: Bundle, known: Importer, registry: Registry) -> tuple[SourceFile, ...]:
    """Return the files of a folder that are exports of another kind than most of it.

    Lists are among them only where they and other exports are more than what the folder is known
    by: a repository holds tables of all kinds. Pages are passed over, and said to be.
    """
    if not bundle.folder or len(bundle.files) > _MIXED:
        return ()
    kinds = [(f, registry.recognise(Bundle(f.name, (f,)))) for f in bundle.files]
    others = [
        (f, k)
        for f, k in kinds
        if k is not None and k is not known and k.id not in _PAGES and f.suffix != ".txt"
    ]
    own = sum(k is known for _, k in kinds)
    if own == 0:
        return ()
    few = own < len(others)
    return tuple(f for f, k in others if few or k.id not in _LISTS)


def _broken(file: SourceFile) -> None:
    """Say that a file is JSON that cannot be read, where that is why nobody knows it."""
    text = file.text().lstrip("\ufeff \t\r\n")
    if text[:1] not in ("{", "["):
        return
    try:
        json.loads(text)
    except RecursionError:
        return
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise ImportFailure(
            f"{file.name} is broken JSON: it ends too early, or line {line} is damaged",
            "export or download it again",
        ) from None


def _saved(bundle: Bundle) -> list[Bundle]:
    """Return a folder in parts where folders in it hold what services answered (``--save``)."""
    from stackaudit.importers.services.documents import ABOUT

    tops = {f.name.rpartition("/")[0] for f in bundle.files if f.name.endswith(f"/{ABOUT}")}
    parts = []
    for top in sorted(tops):
        own = [f for f in bundle.files if f.name.startswith(f"{top}/")]
        files = tuple(SourceFile(f.name.removeprefix(f"{top}/"), f.data) for f in own)
        parts.append(Bundle(top.rpartition("/")[2], files, folder=True))
    rest = tuple(f for f in bundle.files if not f.name.startswith(tuple(f"{t}/" for t in tops)))
    return [*parts, Bundle(bundle.name, rest, folder=True)] if parts and rest else parts


def _each(bundle: Bundle, registry: Registry, setting: Setting) -> list[Found]:
    founds: list[Found] = []
    strangers = []
    for file in bundle.files:
        one = Bundle(file.name, (file,))
        importer = registry.recognise(one)
        if importer is None:
            strangers.append(file.name)
            continue
        try:
            founds.append(importer.parse(one, setting))
        except ImportFailure as failure:
            if file.suffix == ".txt":  # a note beside the exports
                strangers.append(file.name)
                continue
            broken = Found(importer.id, file.name, file.name, partial=True)
            broken.unreadable(str(failure), hint=failure.hint)
            founds.append(broken)
    if not founds:
        raise ImportFailure(f"no file in {bundle.name} is of a known kind", _kinds(registry))
    if strangers:
        shown = ", ".join(strangers[:5]) + (
            f" and {len(strangers) - 5} more" * (len(strangers) > 5)
        )
        founds[-1].note(f"of no known kind, passed over: {shown}")
    return founds


def _no_such_service(source: str, name: str, registry: Registry) -> None:
    """Say which services there are where something looks like one; a drive (``C:``) does not."""
    if len(name) < 2 or not name.replace("-", "").isalnum():
        return
    known = ", ".join(f"{s.id}:" for s in sorted(registry.services, key=lambda s: s.id))
    what = f"{source} names no account" if registry.service(source) else f"there is no {source}"
    raise ImportFailure(what, f"services that can be read: {known} (docs/importing/apis.md)")


def _named(registry: Registry, kind: str) -> Importer:
    importer = registry.importer(kind)
    if importer is None:
        raise ImportFailure(f"there is no importer {kind!r}", _kinds(registry))
    return importer


def _kinds(registry: Registry) -> str:
    return "known kinds: " + ", ".join(sorted(i.id for i in registry.importers))


def fetcher(
    registry: Registry,
    environment: Mapping[str, str],
    progress: Callable[[str], None],
    allowed: Iterable[str] = (),
    keep: Callable[[Bundle], None] | None = None,
    line: Callable[..., Any] | None = None,
) -> Callable[[str, str], Bundle]:
    """Return what reads from a service by its id and account, saying every call it makes.

    ``allowed`` are hosts the user vouches for; ``keep`` is given what was fetched, to save it;
    ``line`` makes the line, where it is another than the network's.
    """

    def fetch(name: str, account: str) -> Bundle:
        from stackaudit.importers.network import Line

        service = registry.service(name)
        assert service is not None
        optional = getattr(service, "optional", ())
        known = environment_of(service.variables, environment, optional)
        try:
            with (line or Line)(progress=progress, allowed=allowed) as open_line:
                files = tuple(service.fetch(account, open_line, known))
        except ImportFailure as failure:
            raise ImportFailure(
                _without(str(failure), known.values()), _without(failure.hint, known.values())
            ) from None
        bundle = Bundle(f"{name}:{account}" if account else name, files, folder=True)
        if keep is not None:
            keep(bundle)
        return bundle

    return fetch


def environment_of(
    names: Sequence[str], environment: Mapping[str, str], optional: Sequence[str] = ()
) -> dict[str, str]:
    """Return the variables a service needs and those it can use.

    Raises :class:`ImportFailure` naming those that are missing, and those that cannot be a token.
    """
    missing = [name for name in names if not environment.get(name, "").strip()]
    if missing:
        raise ImportFailure(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set",
            "set the environment variable; a token is never taken from the command line",
        )
    known = {n: environment[n].strip() for n in (*names, *optional) if environment.get(n)}
    for name, value in known.items():
        # It would stand in a header: the error about a character there would quote it.
        if not all("!" <= character <= "~" for character in value):
            raise ImportFailure(
                f"{name} holds a space or a character that no token has", "copy the token again"
            )
    return {name: value for name, value in known.items() if value}


def _without(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        if len(secret) >= _SHORTEST:  # a shorter one would tear words apart
            text = text.replace(secret, "•••")
    return text
