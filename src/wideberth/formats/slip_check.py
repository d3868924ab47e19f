"""Check characters for groups read over a telephone: ISO 7064 MOD 1271-36 and MOD 97-10.

MOD 1271-36 adds two characters to letters and digits. 1271 is 31 times 41, and neither divides a
difference of two characters, a power of 36, or 35; so every change of one character and every
swap of two neighbours leaves the sum wrong (ISO 7064:2003, pure systems).
"""

from typing import Final

from wideberth.errors import ImpossibleValueError

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS: Final = 1271
_DIGITS_MODULUS: Final = 97


def check_characters(body: str) -> str:
    """Return the two MOD 1271-36 check characters of a text of A to Z and 0 to 9.

    >>> check_characters("ISO79")
    '3W'
    """
    wanted = (1 - _value(body) * len(ALPHABET) ** 2) % _MODULUS
    return ALPHABET[wanted // len(ALPHABET)] + ALPHABET[wanted % len(ALPHABET)]


def fits(checked: str) -> bool:
    """Return whether a text with its two check characters is whole."""
    return len(checked) > 2 and check_characters(checked[:-2]) == checked[-2:]


def _value(body: str) -> int:
    value = 0
    for character in body:
        if character not in ALPHABET:
            raise ImpossibleValueError(
                f"{character!r} is not a letter A to Z or a digit.", remedy="Check the group."
            )
        value = (value * len(ALPHABET) + ALPHABET.index(character)) % _MODULUS
    return value


def check_digits(number: int) -> str:
    """Return the two MOD 97-10 check digits of a number.

    >>> check_digits(794)
    '44'
    """
    return f"{(1 - number * 100) % _DIGITS_MODULUS:02d}"
