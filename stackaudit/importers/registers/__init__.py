"""Registers kept as text: YAML and JSON lists, Backstage catalogues, ArchiMate models, Markdown."""
