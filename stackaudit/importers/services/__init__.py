"""Services read by their APIs, and what their documents say: Okta, Airbyte and others.

Each module holds two classes of one id: a service that fetches and an importer that parses. What
is fetched is cut down to an allow-list at once: nothing else is parsed, kept or saved.
"""
