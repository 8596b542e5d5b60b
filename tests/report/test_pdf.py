"""The report as a PDF: which program makes it, and what happens where there is none."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from stackaudit.report import pdf
from stackaudit.report.pdf import PdfError, find_engine, render_pdf

DAY = date(2026, 11, 1)
WHOLE = b"%PDF-1.4\n/CreationDate (D:20270203040506+01'00')\n%%EOF\n"


def with_browser(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Put a browser of our own on the PATH, and no other."""
    browser = folder / "chromium"
    browser.write_text(f"#!{sys.executable}\nimport pathlib, sys, time\n{script}\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("STACKAUDIT_CHROMIUM", raising=False)
    monkeypatch.setattr(pdf, "_PLACES", {})


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A computer with neither engine."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("STACKAUDIT_CHROMIUM", raising=False)
    monkeypatch.setattr(pdf, "_PLACES", {})
    monkeypatch.setattr(pdf.importlib.util, "find_spec", lambda _: None)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (None, "neither Chromium nor WeasyPrint is installed"),
        ("chromium", "no Chromium is installed"),
        ("weasyprint", "WeasyPrint is not installed"),
    ],
)
@pytest.mark.usefixtures("nothing")
def test_where_no_engine_is_the_message_names_both(wanted: str | None, words: str) -> None:
    with pytest.raises(PdfError, match=words) as raised:
        find_engine(wanted)
    assert "Chromium" in raised.value.hint
    assert "stackaudit[pdf]" in raised.value.hint


needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="needs #! scripts")

WRITES = (
    "out = next(a.partition('=')[2] for a in sys.argv if a.startswith('--print-to-pdf='))\n"
    "page = pathlib.Path(sys.argv[-1].removeprefix('file://'))\n"
    "pathlib.Path(sys.argv[0] + '.seen').write_text(page.read_text() + ' '.join(sys.argv))\n"
    f"pathlib.Path(out).write_bytes({WHOLE!r})"
)


@needs_scripts
def test_a_browser_on_the_path_prints_the_page_and_the_day_is_that_of_the_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_browser(monkeypatch, tmp_path, WRITES)
    made = render_pdf("<p>Müller</p>", DAY)
    assert made == WHOLE.replace(b"20270203040506+01", b"20261101000000+00")
    seen = (tmp_path / "chromium.seen").read_text("utf-8")
    for word in ("Müller", "--export-tagged-pdf", "--generate-pdf-document-outline"):
        assert word in seen
    assert "--no-pdf-header-footer" in seen


@needs_scripts
@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("print('no display', file=sys.stderr)", "printed nothing: no display"),
        ("time.sleep(30)", "did not finish"),
        (WRITES.replace("%%EOF", "%%EO"), "no whole PDF"),
    ],
)
def test_a_browser_that_fails_is_an_error_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    with_browser(monkeypatch, tmp_path, script)
    monkeypatch.setattr(pdf, "SECONDS", 2)
    with pytest.raises(PdfError, match=words):
        render_pdf("<p>", DAY)


def test_weasyprint_is_used_where_it_is_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Page:
        def __init__(self, **given: object) -> None:
            self.given = given

        def write_pdf(self, **how: object) -> bytes:
            assert how["pdf_tags"] is True
            with pytest.raises(ValueError, match="loads nothing"):
                self.given["url_fetcher"]("https://example.org/")  # type: ignore[operator]
            return WHOLE

    stand_in = SimpleNamespace(HTML=Page, CSS=lambda **_: None)
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    monkeypatch.setattr(pdf.importlib.util, "find_spec", lambda _: stand_in)
    monkeypatch.setattr(pdf.importlib, "import_module", lambda _: stand_in)
    assert find_engine() == ("weasyprint", "weasyprint")
    assert b"20261101000000" in render_pdf("<p>", DAY)


def test_a_missing_library_of_the_system_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> None:
        raise OSError("cannot load library 'libpango'\nmore")

    monkeypatch.setattr(pdf.importlib.util, "find_spec", lambda _: object())
    monkeypatch.setattr(pdf.importlib, "import_module", broken)
    with pytest.raises(PdfError, match="libpango") as raised:
        render_pdf("<p>", DAY, "weasyprint")
    assert "Pango" in raised.value.hint


def test_pictures_carry_their_own_rules_where_the_page_s_do_not_reach() -> None:
    page = (
        "<style>:root{--ink:#123;--b:var(--ink)}.pic .b{fill:var(--b)}p{margin:0}"
        "@media screen and (x){:root{--ink:#fff}.pic .b{fill:red}}</style><svg class='pic'></svg>"
    )
    made = pdf._with_styled_pictures(page)
    assert made.endswith("<svg class='pic'><style>.pic .b{fill:#123}</style></svg>")
