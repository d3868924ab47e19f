"""What a warning says, and where the descent through it stands."""

from dataclasses import dataclass, field
from typing import NamedTuple

from wideberth.formats.navwarn_messages import Message
from wideberth.formats.navwarn_places import Manner, Place
from wideberth.formats.navwarn_times import When
from wideberth.formats.navwarn_tokens import Token
from wideberth.formats.reading import Severity

Remark = tuple[Severity, str, str]  # how bad, what is wrong, the very words


class Parsed(NamedTuple):
    """What a message says. Times, berths and heights carry the label of where they stand.

    cancel: when the message cancels itself, as its own element. bands: hertz; channels: to call on.
    wide_berths, vicinities: how often without a figure. title: all words without another use.
    """

    places: tuple[Place, ...]
    times: tuple[tuple[str, tuple[When, ...], str], ...]
    berths: tuple[tuple[str, float], ...]
    bands: tuple[tuple[float, float], ...]
    channels: tuple[tuple[float, float], ...]
    depths_m: tuple[tuple[str, float], ...]
    ceilings_m: tuple[float, ...]
    cancel: tuple[When, ...]
    targets: tuple[str, ...]
    remarks: tuple[Remark, ...]
    title: str
    wide_berths: int
    vicinities: int


@dataclass(slots=True)
class Walk:
    """Where the descent stands, and what it has gathered."""

    message: Message
    tokens: list[Token]
    used: bytearray
    year: int
    paragraph: str = ""
    letter: str = ""
    manner: Manner | None = None  # waits for its list
    letters_manner: Manner | None = None  # holds for all letters of the paragraph
    placed_in_letter: bool = False
    width: tuple[float, int, int] | None = None  # half a width said apart from its line; its words
    places: list[Place] = field(default_factory=list)
    times: list[tuple[str, tuple[When, ...], str]] = field(default_factory=list)
    berths: list[tuple[str, float]] = field(default_factory=list)
    bands: list[tuple[float, float]] = field(default_factory=list)
    channels: list[tuple[float, float]] = field(default_factory=list)
    depths_m: list[tuple[str, float]] = field(default_factory=list)
    ceilings_m: list[float] = field(default_factory=list)
    cancel: tuple[When, ...] = ()
    targets: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    wide_berths: int = 0
    vicinities: int = 0

    @property
    def label(self) -> str:
        """Return the paragraph and letter, like "1A"."""
        return self.paragraph + self.letter

    def use(self, start: int, end: int) -> int:
        """Mark tokens as used; return the place after them."""
        self.used[start:end] = b"\1" * (end - start)
        return end

    def tell(self, what: str, start: int, end: int) -> None:
        """Remark on a part of the text."""
        self.remarks.append((Severity.PARTIAL, what, self.message.text[start:end]))

    def words(self, start: int, end: int) -> str:
        """Return the text of tokens."""
        return self.message.text[self.tokens[start].start : self.tokens[end - 1].end]
