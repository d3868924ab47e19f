"""The canonical bytes of an agreement: what its parties sign, in every language, and its digest.

RFC 8785 over the tables of docs/formats/agreement.md in SI units, with `form`, the number of this
way to write them. Two agreements that say the same have the same bytes, whatever units, spelling
of TOML or version of the protection data their files had.
"""

import hashlib
import json
from typing import Any, Final

import rfc8785

from wideberth.errors import WideberthError
from wideberth.formats.agreement_document import document
from wideberth.formats.agreement_toml import read_values
from wideberth.formats.reading import Problem, Reading, ReadOptions, Severity
from wideberth.model.agreement import Agreement

FORM: Final = 1


def canonical(agreement: Agreement) -> bytes:
    """Return the bytes that are signed; raises UnsayableError for what no file can say."""
    return rfc8785.dumps({"form": FORM, **document(agreement)})


def digest(data: bytes) -> str:
    """Return the digest of canonical bytes: SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def agreement_digest(agreement: Agreement) -> str:
    """Return the digest of what an agreement says."""
    return digest(canonical(agreement))


def read(data: bytes, source: str = "agreement") -> Reading:
    """Return the agreement of canonical bytes, or every reason why this program cannot read them.

    Bytes that are not canonical are refused: nobody signed them.
    """
    try:
        values: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        return _refused(source, f"not JSON: {error}.", "Ask for the agreement again.")
    if not isinstance(values, dict):
        return _refused(source, "not an agreement.", "Ask for the agreement again.")
    form = values.pop("form", None)
    if form != FORM or isinstance(form, bool):
        return _refused(
            source,
            f"the agreement is written in form {form!r}; this program reads form {FORM}.",
            "Both sides need a program of the same form: update this one.",
        )
    reading = read_values(values, source, ReadOptions())
    if reading.agreement is None:
        return reading
    try:
        is_same = canonical(reading.agreement) == data
    except WideberthError as error:
        return Reading(source, "agreement", problems=(Problem.of(error, "agreement"),))
    if not is_same:
        return _refused(source, "the bytes are not canonical.", "Ask for the agreement again.")
    return reading


def _refused(source: str, what: str, remedy: str) -> Reading:
    return Reading(source, "agreement", problems=(Problem(Severity.ERROR, "file", what, remedy),))
