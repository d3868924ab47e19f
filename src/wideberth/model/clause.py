"""A clause of the agreement: its number, what it is for, and its text in every language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from wideberth.errors import ImpossibleValueError

# RFC 5646 in the letters it recommends, so that one language cannot be named in two ways.
_LANGUAGE: Final = re.compile(
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
)


class Section(StrEnum):
    """What a clause is for."""

    PURPOSE = "purpose"
    NON_PURPOSE = "non-purpose"
    DEFINITION = "definition"
    SCOPE = "scope"
    RULE = "rule"
    NOTICE = "notice"
    CONDUCT = "conduct"
    CHANNEL = "channel"
    INFORMATION = "information"
    AREA = "area"
    INCIDENT = "incident"
    MEETING = "meeting"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered sentence of the agreement.

    texts: (language, text), one for each language of the agreement, all equally authentic; `text`
    is then the first of them. None: the agreement names no languages.
    """

    id: str
    text: str
    section: Section = Section.RULE
    texts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.text.strip():
            raise ImpossibleValueError("a clause needs an id and a text.")
        check_languages([language for language, _text in self.texts], f"clause {self.id!r}")
        if any(not text.strip() for _language, text in self.texts):
            raise ImpossibleValueError(f"clause {self.id!r} has no text in one of its languages.")
        if self.texts and self.texts[0][1] != self.text:
            raise ImpossibleValueError(
                f"the text of clause {self.id!r} is not the one in its first language.",
                remedy="Give the texts by language alone.",
            )

    def text_in(self, language: str) -> str:
        """Return the text in a language, else the clause's text."""
        return dict(self.texts).get(language, self.text)


def check_languages(languages: Sequence[str], where: str) -> None:
    """Raise ImpossibleValueError unless all are tags of BCP 47, each given once."""
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            raise ImpossibleValueError(
                f"{where}: {language!r} is not a language tag.",
                remedy='Write it as BCP 47 does: "en", "ru", "he", "zh-Hant".',
            )
    if len(set(languages)) != len(languages):
        raise ImpossibleValueError(f"{where}: one language is given twice.")
