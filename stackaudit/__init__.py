"""stackaudit: audit a marketing technology stack."""

__version__ = "0.1.0"
