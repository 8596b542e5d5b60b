"""Secrets: refused as keys, masked as values, and never shown."""

from __future__ import annotations

import pytest

from stackaudit.source.secrets import is_refused_key, masked
from stackaudit.source.tree import Map, read_tree

# Put together here so that no scanner takes this file for a leak.
PLANTED = {
    "an AWS access key": "AKIA" + "IOSFODNN7EXAMPLE",
    "a GitHub token": "ghp_" + "a1B2" * 9,
    "a Slack token": "xoxb" + "-123456789012-abcdefghij",
    "a Stripe key": "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc",
    "a Google API key": "AIza" + "SyA1234567890abcdefghijklmnopqrstuv",
    "a signed token (JWT)": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w",
    "a password in a URL": "https://mia:hunter2secret@example.com/",
    "a secret in a URL": "https://example.com/feed?token=abcd1234efgh",
    "a Mailchimp key": "0123456789abcdef0123456789abcdef" + "-us21",
    "an OpenAI or Anthropic key": "sk-" + "proj-abcdefghijklmnopqrstuvwxyz123456",
}
HEARTS = {
    "a password in a URL": "hunter2secret",
    "a secret in a URL": "abcd1234efgh",
}


@pytest.mark.parametrize(("kind", "secret"), PLANTED.items(), ids=list(PLANTED))
@pytest.mark.parametrize(
    "form", ["notes: {}", "notes: see {} there", "- {}", "- '{}': x", "- a: [b, {}]"]
)
def test_a_planted_secret_is_masked_and_warned_of(kind: str, secret: str, form: str) -> None:
    tree, problems = read_tree(form.format(secret), "f.yaml")
    heart = HEARTS.get(kind, secret)
    assert heart not in str(tree)
    assert [problem.code for problem in problems] == ["W003"]
    assert kind in problems[0].message
    assert heart not in problems[0].render()


@pytest.mark.parametrize(
    "key",
    [
        "api_key",
        "apiKey",
        "API-KEY",
        "token",
        "access_token",
        "password",
        "secret",
        "client_secret",
        "x-token",
        "passwd",
    ],
)
def test_a_key_that_names_a_secret_is_refused_and_its_value_gone(key: str) -> None:
    tree, problems = read_tree(f"name: a\n{key}: hunter2\n", "f.yaml")
    assert isinstance(tree, Map)
    assert "hunter2" not in str(tree)
    assert [(p.code, p.mark.line, p.mark.column) for p in problems] == [("E016", 2, 1)]
    assert "hunter2" not in problems[0].render()


@pytest.mark.parametrize("key", ["keys", "tokenize", "secretary", "product", "match_on", "keynote"])
def test_a_harmless_key_is_not_refused(key: str) -> None:
    assert not is_refused_key(key)


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a?utm_source=x&page=2",
        "zendesk-to-warehouse-nightly-sync",
        "mia@example.com",
        "https://example.com/@mia",
        "task-force-of-many-people-in-europe",
        "eyJ is how tokens start",
    ],
)
def test_harmless_text_is_not_masked(text: str) -> None:
    assert masked(text) == (text, "")


@pytest.mark.parametrize(
    "text",
    [
        "a: {password: hunter2, b: [}\n",
        "password: |\n  hunter2\n b: [\n",
        "password:\n  'hunter2\nb: 1\n",
        "name: [x\npassword: hunter2\n",
        "a: 1\na: {token: hunter2}\n",
    ],
)
def test_no_error_message_shows_a_secret_of_a_broken_file(text: str) -> None:
    _, problems = read_tree(text, "f.yaml")
    assert problems
    assert not any("hunter2" in problem.render() for problem in problems)
