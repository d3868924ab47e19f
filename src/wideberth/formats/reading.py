"""What a reader understood, what it assumed, and what it could not use (REQUIREMENTS R18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wideberth.errors import WideberthError
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement


class Severity(StrEnum):
    """How bad a remark of a reader is.

    ERROR: that piece was refused, the check is not complete (exit code 2).
    PARTIAL: words or places that could not be used; a larger extent was taken, or a person must
    look. ASSUMED: something the text does not say was assumed. NOTE: worth knowing.
    """

    ERROR = "error"
    PARTIAL = "partial"
    ASSUMED = "assumed"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark of a reader. text: the very words it is about, where there are any."""

    severity: Severity
    where: str
    what: str
    remedy: str = ""
    text: str = ""

    @classmethod
    def of(
        cls, error: WideberthError, where: str, severity: Severity = Severity.ERROR
    ) -> "Problem":
        """Turn an error into a remark about a place of the file."""
        return cls(severity, error.where or where, error.what, error.remedy)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A notice that ends another from at_s on (seconds UTC): both by their id."""

    by: str
    target: str
    at_s: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of one file.

    format: "plan", "agreement", "notam", "navwarn", "kml", "openair", "sheet", "sfaf"; "check"
    for remarks of the program itself, which are about no one file.
    understood: short sentences for a person ("3 NOTAM", "228 warnings, 221 placed").
    """

    source: str
    format: str
    activities: tuple[Activity, ...] = ()
    problems: tuple[Problem, ...] = ()
    understood: tuple[str, ...] = ()
    cancellations: tuple[Cancellation, ...] = ()
    agreement: Agreement | None = None

    @property
    def is_refused(self) -> bool:
        """Return whether some piece of the file could not be read at all."""
        return any(p.severity is Severity.ERROR for p in self.problems)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a person told the reader.

    party: the party of a file that does not name one (a notice's is its issuing authority).
    repair: mend self-crossing rings (and say so) instead of refusing them.
    """

    party: str | None = None
    repair: bool = False


def files_of(readings: Sequence[Reading]) -> list[Reading]:
    """Return the readings of files, by name; the program's own remarks are left out."""
    files = [reading for reading in readings if reading.format != "check"]
    return sorted(files, key=lambda r: (r.source, r.format))


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return a number with its noun: 1 volume, 2 activities."""
    return f"{number} {noun if number == 1 else nouns or noun + 's'}"


def read_words(pieces: str, activities: Sequence[Activity]) -> str:
    """Return what a reader made of a file: 3 features: 2 activities, 3 volumes."""
    volumes = sum(len(activity.volumes) for activity in activities)
    made = counted(len(activities), "activity", "activities")
    return f"{pieces}: {made}, {counted(volumes, 'volume')}"
