"""Two audit results of one company, side by side: what changed, and why."""

from stackaudit.compare.compare import compare
from stackaudit.compare.model import Comparison, NotComparableError

__all__ = ["Comparison", "NotComparableError", "compare"]
