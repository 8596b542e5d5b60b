"""Every code a problem can have: the one table that messages, tests and docs/errors.md share.

A code never changes its meaning and is never used again for another: E001 to E039 reading and
single values, E040 to E069 the inventory as a whole, E2.. the user's own catalogue and what
else is read beside it, W.. warnings (W04.: brand and comments).
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Code(NamedTuple):
    """What a code stands for."""

    title: str
    meaning: str
    """What it means for the reader of the file, and what to do."""


CODES: Final[dict[str, Code]] = {
    # --- the file -----------------------------------------------------------------------------
    "E001": Code(
        "File cannot be read",
        "There is no such file or folder, it may not be read, or the folder holds no YAML file.",
    ),
    "E002": Code(
        "File too large",
        "The file is larger than the reader takes (200 "
        "MiB). Split it into several files in one folder.",
    ),
    "E003": Code(
        "Not UTF-8",
        "The file is not UTF-8 (nor UTF-16 with its mark) from this place on. Save it as UTF-8.",
    ),
    "E004": Code(
        "Character not allowed",
        "Control characters and invisible separators may not stand in an inventory, not even as an "
        "escape in double quotes. They come in by copying; delete them.",
    ),
    "E005": Code("Empty file", "The file holds nothing, or comments only."),
    "E006": Code(
        "Not YAML",
        "The file breaks the grammar of YAML here, so "
        "nothing after it can be judged. Mostly it is the "
        "indentation, an open quote or bracket, or a text with `: ` in it that needs quotes.",
    ),
    "E007": Code("Tab in the indentation", "YAML indents with spaces only."),
    "E008": Code(
        "Key stated twice",
        "One mapping has the same key twice. YAML would "
        "silently take the last; keep the right one.",
    ),
    "E009": Code(
        "Tag or directive",
        "`!tags` and `%directives` are left out of the "
        "format. A text that starts with one stands in "
        "quotes.",
    ),
    "E010": Code(
        "Anchor, reference or merge key",
        "`&name`, `*name` and `<<` are left out of the "
        "format: people cannot see what they mean where "
        "they stand. Write the values out.",
    ),
    "E011": Code(
        "Second document", "One file holds one inventory; `---` may only stand at its start."
    ),
    "E012": Code("Nested too deep", "Mappings and lists are nested deeper than 40 levels."),
    "E013": Code(
        "Too many values", "The file holds more values than the reader takes (10 million)."
    ),
    "E014": Code("Key is no text", "A list or a mapping stands where a key belongs."),
    "E015": Code(
        "Comma cut the value",
        "Inside `{ }` a comma ends the value, so the rest "
        "of the sentence (or of the number) became a "
        "key. Put the text in quotes; write numbers without commas.",
    ),
    "E016": Code(
        "Secret refused",
        "Keys such as `api_key`, `token`, `password` and "
        "`secret` are refused. Delete the line, and "
        "change the secret where it is used.",
    ),
    # --- single values --------------------------------------------------------------------------
    "E020": Code(
        "Wrong kind of value", "A text, number or date belongs here, not a list or mapping."
    ),
    "E021": Code("Id without letters", "An id needs at least one letter or digit."),
    "E022": Code(
        "Empty text",
        "Nothing is written where something must stand. Leave the key out when it is not known.",
    ),
    "E023": Code("Neither yes nor no", "Write `yes`, `no`, `true` or `false`."),
    "E024": Code(
        "Not a number", "Write digits only, with a point for decimals: `48000`, `0.92`; no signs."
    ),
    "E025": Code("Below the least", "Amounts and counts start at 0, exchange rates above it."),
    "E026": Code("Too large a number", "No stack costs more than a million millions."),
    "E027": Code("Range runs backwards", "Write the smaller end first: `40000-60000`, `15m-4h`."),
    "E028": Code("Not a currency", "Use the three letters of ISO 4217, such as `EUR`."),
    "E029": Code(
        "Not an interval",
        "Use `real-time`, `near-real-time`, `hourly`, `daily`, `weekly`, `monthly`, `quarterly`, "
        "`yearly` or `manual`, or `15m`, `4h`, `2d`, `1w`, or a range `15m-4h`.",
    ),
    "E030": Code("Not a date", "Write days as `2026-11-01`."),
    "E031": Code("Date that does not exist", "The calendar has no such day."),
    "E032": Code(
        "Unknown key",
        "The format has no such key here; the nearest "
        "known one is named. Keys of your own start with "
        "`x-`.",
    ),
    "E033": Code("Key missing", "Something that cannot be left out is missing."),
    "E034": Code("Unknown word", "The key takes one of a few words; they are listed."),
    "E035": Code("Wrong shape", "A list stands where a mapping belongs, or the other way round."),
    "E036": Code(
        "Short form not understood",
        "Short forms of integrations are `A -> B`, `A <-> B` and `A -- B`, with `: object, object` "
        "after them and nothing else.",
    ),
    "E037": Code("Rating out of range", "Ratings go from 1 (poor) to 5 (excellent)."),
    "E038": Code(
        "Format version not read",
        "The file says a version of the format that this release does not read. A later version is "
        "read by later releases: upgrade.",
    ),
    "E039": Code("Not an inventory", "The file is a list, a text, or a catalogue."),
    # --- the inventory as a whole -----------------------------------------------------------------
    "E040": Code(
        "Id used twice",
        "Two tools (or a tool and an integration, two "
        "teams ...) have one id; ids are made from names "
        "where left out. Give one of them another `id`.",
    ),
    "E041": Code(
        "Stated differently in two files", "Two files of the folder disagree; say it once."
    ),
    "E042": Code("Integration to itself", "Both ends are the same tool."),
    "E043": Code(
        "One-way and both-ways",
        "The same ends, objects, method and carrier are declared one-way and both-ways.",
    ),
    "E044": Code("Cost stated twice", "The cost stands on the tool and in its contract."),
    "E046": Code(
        "Impossible ends", "An integration has at least one known tool and no missing end."
    ),
    "E047": Code("Runs inside itself", "Following `runs_inside` leads back to the same tool."),
    "E048": Code("Contradiction", "Two statements of the inventory exclude each other."),
    "E049": Code(
        "Integration stated twice",
        "Two entries say the same integration with "
        "different details. Make them one, or give each an "
        "`id` when they are two.",
    ),
    "E050": Code(
        "Unknown tool",
        "No tool of the inventory has this id or name. "
        "In a short form (`A -> B`) a product that the "
        "catalogue knows may stand unlisted; everywhere else tools are listed under `tools`.",
    ),
    "E051": Code("Unknown capability", "The catalogue has no such capability."),
    "E052": Code("Unknown data object", "The catalogue has no such data object."),
    "E053": Code("Unknown method", "The catalogue has no such method of integration."),
    "E054": Code(
        "Unknown rule", "The catalogue has no such rule, so nothing could be compared with it."
    ),
    "E056": Code("Unknown channel", "The catalogue has no such channel."),
    "E057": Code(
        "Unknown profile",
        "The catalogue has no such profile, and it is no path of one of your own.",
    ),
    "E058": Code("Unknown scope", "The company does not list this scope."),
    "E059": Code("Unknown team", "The inventory lists teams, and not this one."),
    "E060": Code("Unknown contract", "No contract under `contracts` has this id."),
    "E061": Code(
        "Unknown product",
        "`product` names nothing the catalogue knows. Leave it out, or write `none`.",
    ),
    "E063": Code("Ambiguous reference", "The word can mean several; the choices are listed."),
    # --- the user's own catalogue -----------------------------------------------------------------
    "E201": Code("Not a catalogue", "The file cannot be read as a catalogue of your own."),
    "E202": Code("Unknown key in a catalogue", "A catalogue has no such section or key."),
    "E203": Code("Key missing in a catalogue", "An entry lacks something that it needs."),
    "E204": Code(
        "Wrong shape in a catalogue", "A value has the wrong kind or is not a known word."
    ),
    "E205": Code("Unknown reference in a catalogue", "An entry names something that is nowhere."),
    "E206": Code("Stated twice in a catalogue", "Two files of the catalogue have the same entry."),
    "E207": Code(
        "Catalogue version not read", "This release does not read the catalogue's version."
    ),
    # --- interview sheets -------------------------------------------------------------------------
    "E221": Code(
        "Not an interview sheet",
        "The file is none that `stackaudit questions --format yaml` wrote, or one of a later "
        "release.",
    ),
    "E222": Code(
        "Answer without a place",
        "The inventory has nothing of this name, or no such key. Sheets are made anew when the "
        "inventory changes.",
    ),
    "E223": Code(
        "Answer cannot be written",
        "It looks like a secret, or the file it belongs to is not UTF-8.",
    ),
    # --- brand and comments ---
    "E241": Code(
        "Not such a file",
        "A brand file starts with `stackaudit-brand: 1`, a comments file with "
        "`stackaudit-comments: 1`.",
    ),
    "E242": Code("Unknown version", "This release knows version 1 of brand and comments files."),
    "E243": Code("Too long", "The line or text does not fit where it is shown."),
    "E244": Code(
        "Not a colour",
        "A colour is six hex digits in quotes (`'#134b5f'`): without quotes YAML takes it for a "
        "comment.",
    ),
    "E245": Code(
        "Logo not usable",
        "A logo is a PNG, JPEG, WebP or SVG beside the brand file, of at most 100 KB; an SVG only "
        "draws: no scripts, no links, nothing loaded.",
    ),
    "E246": Code(
        "Unknown section", "Comments stand under sections of the report, named by their anchors."
    ),
    "E247": Code(
        "Override without a reason",
        "Who changes a severity or hides a finding says why; the report shows it.",
    ),
    # --- warnings ---
    "W001": Code(
        "Quote may be open",
        "A quoted text runs over lines that look like keys; close it where it ends.",
    ),
    "W002": Code(
        "Text after # is a comment",
        "The value ends in front of ` #`. Put it in quotes when the # belongs to it.",
    ),
    "W003": Code(
        "Looks like a secret", "The value is masked in every output. Take it out, and change it."
    ),
    "W004": Code("Key without a value", "It is read as if it were left out: not known."),
    "W010": Code("By hand, yet automatic", "`method: manual-export` cannot run this often."),
    "W011": Code(
        "Mentioned, not listed",
        "A tool stands in an integration only; the catalogue says what it is.",
    ),
    "W012": Code(
        "Name of several products", "Nothing is assumed about the tool until `product` says."
    ),
    "W014": Code("Currency without a rate", "Costs in it cannot be added to the others."),
    "W015": Code("Integration repeated", "It says nothing new, and is counted once."),
    "W017": Code("Unknown region", "Transfers of personal data from or to it are not judged."),
    "W019": Code("Day after the day of the facts", "Something was seen after `company: as_of`."),
    "W020": Code("More people than seats", "More seats are active than are paid for."),
    "W021": Code(
        "Retires without retiring", "A tool with `retires_on` should have `status: retiring`."
    ),
    "W022": Code(
        "Silent tool with an integration",
        "`integrations_known: none` says the tool exchanges "
        "nothing, and an integration says it does.",
    ),
    "W040": Code(
        "Colour too weak",
        "The contrast with the paper is below WCAG's least; the nearest darker or lighter colour "
        "that passes is used.",
    ),
    "W041": Code(
        "Comment on no finding", "The result has no finding with this id; the comment is not shown."
    ),
    "W042": Code(
        "Comment on no section",
        "This report has no such section, for nothing is there to be shown in it.",
    ),
    "W043": Code(
        "Comments are not redacted", "Redaction does not change what an author wrote; read it."
    ),
}


def page() -> str:
    """Return docs/errors.md: every code, its title and its meaning."""
    lines = [
        "# Errors and warnings",
        "",
        "<!-- Made from stackaudit/source/codes.py by `python -m stackaudit.source.codes`. -->",
        "",
        "Every problem of an inventory is named at once, in the order of the file:",
        "",
        "```",
        "acme.yaml:14:15: error[E031]: 2026-02-30 is not a date",
        "  14 |     reviewed: 2026-02-30",
        "     |               ^",
        "  hint: February 2026 has 28 days",
        "```",
        "",
        (
            "With an error nothing is written and the exit code is 3 (2 when there is no such "
            "file). Warnings stop nothing. `stackaudit validate --format json` gives the same as "
            "data: `file`, `line`, `column`, `level`, `code`, `message`, `hint`, and "
            "`also`, the other places that belong to a problem. Codes keep their meaning from "
            "release to release."
        ),
    ]
    heads = {
        "E001": "Reading the file",
        "E020": "Single values",
        "E040": "The inventory as a whole",
        "E201": "Your own catalogue",
        "E221": "Interview sheets",
        "E241": "Brand and comments",
        "W001": "Warnings",
    }
    for code, (title, meaning) in CODES.items():
        if code in heads:
            lines += ["", f"## {heads[code]}", "", "| code | problem | meaning |", "|---|---|---|"]
        lines.append(f"| {code} | {title} | {meaning} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
