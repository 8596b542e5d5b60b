"""From what is named on the command line to what was found: read or fetch, recognise, parse."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from stackaudit.importers.model import Bundle, Found, Importer, ImportFailure, Setting
from stackaudit.importers.read import read_source
from stackaudit.importers.registry import Registry


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
    bundle = read_source(Path(source))
    if kind is not None:
        return [_named(registry, kind).parse(bundle, setting)]
    known = registry.recognise(bundle)
    if known is not None:
        return [known.parse(bundle, setting)]
    if not bundle.folder:
        raise ImportFailure(f"{bundle.name} is of no kind that is known", _kinds(registry))
    return _each(bundle, registry, setting)


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
            broken = Found(importer.id, file.name, importer.title, partial=True)
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


def _named(registry: Registry, kind: str) -> Importer:
    importer = registry.importer(kind)
    if importer is None:
        raise ImportFailure(f"there is no importer {kind!r}", _kinds(registry))
    return importer


def _kinds(registry: Registry) -> str:
    return "known kinds: " + ", ".join(sorted(i.id for i in registry.importers))


def fetcher(
    registry: Registry, environment: Mapping[str, str], progress: Callable[[str], None]
) -> Callable[[str, str], Bundle]:
    """Return what reads from a service by its id and account, saying every call it makes."""

    def fetch(name: str, account: str) -> Bundle:
        from stackaudit.importers.network import Line

        service = registry.service(name)
        assert service is not None
        known = environment_of(service.variables, environment)
        with Line(progress=progress) as line:
            files = tuple(service.fetch(account, line, known))
        return Bundle(f"{name}:{account}" if account else name, files, folder=True)

    return fetch


def environment_of(names: Sequence[str], environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables a service needs; raises :class:`ImportFailure` naming those missing."""
    missing = [name for name in names if not environment.get(name)]
    if missing:
        raise ImportFailure(
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not set",
            "set the environment variable; a token is never taken from the command line",
        )
    return {name: environment[name] for name in names}
