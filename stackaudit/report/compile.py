"""Write ``compiled.py``: the page's template as Python, which saves compiling it at every run.

``python -m stackaudit.report.compile`` after a change of ``templates/``. A stale or
foreign ``compiled.py`` is never used: it names the text and the Jinja it was made of and with.
"""

from __future__ import annotations

from pathlib import Path

import jinja2

from stackaudit.report import assets
from stackaudit.report.html import environment, text_hash

HEAD = '''"""The page's template, compiled by stackaudit.report.compile; not to be edited."""

# mypy: ignore-errors
# fmt: off
JINJA = {jinja!r}
TEXT = {text!r}
'''


def source() -> str:
    """Return the text of ``compiled.py``."""
    text = assets.template()
    code = environment().compile(text, name="report.html", raw=True, defer_init=True)
    return HEAD.format(jinja=jinja2.__version__, text=text_hash(text)) + code + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("compiled.py").write_text(source(), "utf-8")
