"""Drawn examples are the same in every run, so that a change is judged and not a draw.

``STACKAUDIT_FUZZ=1 pytest tests`` draws afresh, as docs/README.md says; a
failure found so becomes an ``@example``.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True)
settings.register_profile("fresh", derandomize=False, print_blob=True)
settings.load_profile("fresh" if os.environ.get("STACKAUDIT_FUZZ") else "steady")
