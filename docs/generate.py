"""Renew what pages say from the program itself, and look at every link of the documentation.

docs/cli.md is all of its --help; the tables of docs/formats/protection.md and phrase-book.md are
its shipped data; web/src/kernel/types.ts is the description of the API.

`make docs`, or `python docs/generate.py --check`, which writes nothing. Exit code 1: a link leads
nowhere, or with --check a page is not what the program says today.
"""  # noqa: INP001 - a script, no package

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from wideberth.cli import wideberth
from wideberth.formats.phrases import LANGUAGES, phrase_book
from wideberth.formats.protection_toml import shipped_data
from wideberth.model.criterion_text import write as criterion_words
from wideberth.model.span import FrequencyBand
from wideberth.web.app import TABLE
from wideberth.web.openapi import document
from wideberth.web.typescript import types_of

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "cli.md"
PROTECTION: Final = ROOT / "docs" / "formats" / "protection.md"
PHRASES: Final = ROOT / "docs" / "formats" / "phrase-book.md"
TYPES: Final = ROOT / "web" / "src" / "kernel" / "types.ts"
WIDTH: Final = 100
HEAD: Final = """\
# The command line

What `--help` says of each command; `make docs` renews this page. For the way to work with them see
[Check your plans](journeys/check-your-plans.md) and [Read a notice](journeys/read-a-notice.md).
"""
_BLOCK: Final = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_LINK: Final = re.compile(r"\[[^\]\n]*\]\(([^()\s]+)\)")
_FENCE: Final = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE: Final = re.compile(r"`[^`\n]*`")
_HEADING: Final = re.compile(r"^#+ +(.+?) *#*$", re.MULTILINE)
_ELSEWHERE: Final = ("http://", "https://", "mailto:")


def cli_page() -> str:
    """Return docs/cli.md: the help of the program and of each of its commands."""
    parts = [HEAD]
    for context in commands(wideberth):
        name, help_text = context.command_path, context.get_help()
        parts.append(f"## {name}\n\n```text\n{help_text}\n```\n")
    return "\n".join(parts)


def protection_page(page: str) -> str:
    """Return docs/formats/protection.md with its tables as the shipped data has them."""
    tables = {"services": _services(), "craft": _craft(), "guards": _guards()}
    return _BLOCK.sub(lambda m: f"{m[1]}{tables.get(m[2], '')}{m[3]}", page)


def _services() -> str:
    rows = (
        "| id | service | MHz | criterion | read in its source | source |",
        "|---|---|---|---|---|---|",
    )
    return _table(
        *rows,
        *(
            f"| `{row.id}` | {row.title}{' (safety)' if row.safety else ''} | {_mhz(row.band)}"
            f" | {criterion_words(row.criterion)} | {_yes(row.verified)} | {row.source} |"
            for row in shipped_data().protections
        ),
    )


def _craft() -> str:
    return _table(
        "| id | craft | arena | listens with |",
        "|---|---|---|---|",
        *(
            f"| `{craft.id}` | {craft.title} | {craft.arena} | {', '.join(craft.receivers)} |"
            for craft in shipped_data().equipages
        ),
    )


def _guards() -> str:
    return _table(
        "| id | kind | MHz | what | read in its source | source |",
        "|---|---|---|---|---|---|",
        *(
            f"| `{guard.id}` | {guard.kind.value} | {_mhz(guard.band)} | {guard.title}"
            f" | {_yes(guard.verified)} | {guard.source} |"
            for guard in shipped_data().guards
        ),
    )


def phrase_page(page: str) -> str:
    """Return docs/formats/phrase-book.md with its tables as the shipped book has them."""
    tables = {language: _wordings(language) for language in LANGUAGES} | {"codes": _codes()}
    return _BLOCK.sub(lambda m: f"{m[1]}{tables.get(m[2], '')}{m[3]}", page)


def _codes() -> str:
    rows = []
    for phrase in phrase_book().phrases:
        takes = ", ".join(
            f"`{p.name}`" if p.name == p.type else f"`{p.name}` ({p.type})"
            for p in phrase.parameters
        )
        rows.append(f"| `{phrase.code}` | `{phrase.name}` | {phrase.usual} | {takes} |")
    return _table("| code | name | usually | takes |", "|---|---|---|---|", *rows)


def _wordings(language: str) -> str:
    rows = (f"| `{p.code}` | {p.wordings[language]} |" for p in phrase_book().phrases)
    return _table("| code | wording |", "|---|---|", *rows)


def _table(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def _mhz(band: FrequencyBand) -> str:
    return f"{band.low_hz / 1e6:.10g} to {band.high_hz / 1e6:.10g}"


def _yes(is_so: bool) -> str:  # noqa: FBT001 - a word for a flag
    return "yes" if is_so else "no"


def commands(
    command: click.Command, parent: click.Context | None = None
) -> Iterator[click.Context]:
    """Yield the context of a command, and of all commands below it in their order."""
    name, settings = command.name, command.context_settings
    context = click.Context(command, parent, info_name=name, terminal_width=WIDTH, **settings)
    yield context
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                yield from commands(found, context)


def pages(root: Path) -> list[Path]:
    """Return the Markdown pages of the repository: those at its top, and in docs and examples."""
    found = [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("examples/**/*.md")]
    return sorted(found)


def broken_links(root: Path) -> list[str]:
    """Return a line for each link to a file or heading that is not there; others are not asked."""
    broken = []
    for page in pages(root):
        for target in _LINK.findall(_prose(page)):
            if target.startswith(_ELSEWHERE):
                continue
            name, _, anchor = target.partition("#")
            aim = (page.parent / name).resolve() if name else page.resolve()
            is_there = aim.is_file() and (not anchor or anchor in _anchors(aim))
            is_there = is_there or (aim.is_dir() and not anchor)
            if not is_there or not aim.is_relative_to(root.resolve()):
                broken.append(f"{page.relative_to(root).as_posix()}: {target} leads nowhere.")
    return broken


def _prose(page: Path) -> str:
    """Return a page without its code, in which brackets are no links."""
    return _CODE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8")))


def _anchors(page: Path) -> set[str]:
    """Return the anchors that the headings of a page get: lower case, words joined by hyphens."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(text))
    return {words.strip().replace(" ", "-") for words in kept}


def main(arguments: list[str]) -> int:
    """Write or compare the pages, then list the broken links; return the exit code."""
    pages_said = {
        PAGE: cli_page(),
        PROTECTION: protection_page(PROTECTION.read_text(encoding="utf-8")),
        PHRASES: phrase_page(PHRASES.read_text(encoding="utf-8")),
        TYPES: types_of(document(TABLE, version="")),
    }
    problems = []
    for page, said in pages_said.items():
        if "--check" not in arguments:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(said, encoding="utf-8", newline="\n")
        elif not page.exists() or page.read_text(encoding="utf-8") != said:
            name = page.relative_to(ROOT).as_posix()
            problems.append(f"{name} is not what the program says today. Run: make docs")
    problems += broken_links(ROOT)
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
