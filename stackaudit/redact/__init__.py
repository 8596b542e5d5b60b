"""An audit result without the names or amounts that must not leave the house."""

from stackaudit.redact.redact import PARTS, redact

__all__ = ["PARTS", "redact"]
