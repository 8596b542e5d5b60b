"""The report: a view of the audit result, drawn from the result alone."""

from stackaudit.report.html import render_html

__all__ = ["render_html"]
