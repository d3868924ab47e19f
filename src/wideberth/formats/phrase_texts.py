"""Names as parameters of a phrase: one line, nothing that a screen would act on or hide."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.slip_codes import spell, unspell

LONGEST_NAME: Final = 80
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class NameType:
    """A name of up to 80 characters in any script; spelt when it is read aloud."""

    sample: str = "KITE 21"

    def read(self, text: str) -> str:
        """Return the name in composed form with single spaces; raises ImpossibleValueError."""
        name = unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())
        if not name or len(name) > LONGEST_NAME:
            raise ImpossibleValueError(
                f"a name of {len(name)} characters.", remedy=f"Give 1 to {LONGEST_NAME}."
            )
        if any(unicodedata.category(character) in _HIDDEN for character in name):
            raise ImpossibleValueError(
                "a name with characters that are hidden or steer a screen.",
                remedy="Type it anew.",
            )
        return name

    def code(self, value: str) -> str:
        """Return the name in letters A to Z and digits."""
        return spell(value)

    def of(self, code: str) -> str:
        """Return the name of a code; raises ImpossibleValueError."""
        return self.read(unspell(code))


NAME: Final = NameType()
