"""The code by which a unit without a line acknowledges a declaration by voice.

40 bits of HMAC-SHA-256 (RFC 2104) over what is acknowledged, in Crockford's base 32 (no I, L, O
or U), and two check digits that catch one wrong character or two swapped ones. Whoever knows the
unit's secret can tell that the unit, and no other, acknowledged this revision and no other.
"""

import hmac
import json
from dataclasses import dataclass
from typing import Final

from wideberth.errors import ImpossibleValueError
from wideberth.formats.slip_check import check_digits

_CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHARACTERS: Final = 8  # five bits each
_BYTES: Final = 5
_LEAST_SECRET: Final = 16
_HEARD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_PURPOSE: Final = "wideberth check-in 1"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a unit acknowledges: a revision of a party's activity."""

    party: str
    activity: str
    revision: int
    unit: str


def checkin_code(check_in: CheckIn, *, secret: bytes) -> str:
    """Return the code a unit speaks, like 7K3M-9XQ2-41.

    secret: of this unit, 16 bytes or more; it never leaves the party's node and the unit's paper.
    """
    if len(secret) < _LEAST_SECRET:
        raise ImpossibleValueError(
            f"a check-in secret of {len(secret)} bytes.", remedy="Give 16 random bytes or more."
        )
    said = [_PURPOSE, check_in.party, check_in.activity, check_in.revision, check_in.unit]
    message = json.dumps(said, ensure_ascii=True).encode()
    number = int.from_bytes(hmac.digest(secret, message, "sha256")[:_BYTES], "big")
    spelt = "".join(_CROCKFORD[number >> 5 * place & 31] for place in reversed(range(_CHARACTERS)))
    return f"{spelt[:4]}-{spelt[4:]}-{check_digits(number)}"


def is_checkin(heard: str, check_in: CheckIn, *, secret: bytes) -> bool:
    """Return whether a code that was heard is the one for this acknowledgement.

    False: well heard, but of another unit, activity, revision or secret. Raises
    ImpossibleValueError where the code was misheard, so that it is asked for again.
    """
    plain = heard.strip().upper().translate(_HEARD)
    spelt, digits = plain[:_CHARACTERS], plain[_CHARACTERS:]
    number = 0
    is_whole = len(plain) == _CHARACTERS + 2 and digits.isdecimal() and digits.isascii()
    for character in spelt:
        is_whole = is_whole and character in _CROCKFORD
        number = number * 32 + max(0, _CROCKFORD.find(character))
    if not is_whole or check_digits(number) != digits:
        raise ImpossibleValueError(
            "the check-in code was not heard right.",
            remedy="Ask for it again: four, four and two characters.",
        )
    wanted = checkin_code(check_in, secret=secret).replace("-", "")
    return hmac.compare_digest(plain, wanted)
