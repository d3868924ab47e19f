"""Charts of the figures that people would rather look at than read: bars, as SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from wideberth.council.figures import SECONDS, Figures, Line
from wideberth.formats.pages import Picture
from wideberth.formats.shown import plain

_ROW_PX: Final = 22
_LEFT_PX: Final = 330
_BAR_PX: Final = 330
_WIDTH_PX: Final = 760
_MOST_BARS: Final = 16
_COLOURS: Final = ("#3b6ea8", "#a8643b")

_CHARTS: Final = (
    ("receipt ladder", ("read: median", "read: 90th", "acknowledged: median"), "Time to each rung"),
    ("notices", ("given", "late", "too late to act"), "Notices given, late, too late to act on"),
    (
        "drills",
        ("answered", "missed by silence", "missed by the line"),
        "Drills answered, missed by silence, missed by the line",
    ),
    ("planned against used", ("planned time", "used time"), "Planned against used"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is of, how long, and as what it is written; series: its colour."""

    label: str
    value: float
    shown: str
    series: int = 0


def charts(figures: Figures) -> Iterator[Picture]:
    """Yield a chart of each group of figures that has any."""
    for section, names, caption in _CHARTS:
        lines = [
            line
            for line in figures.lines
            if line.section == section and line.name in names and line.value is not None
        ]
        bars = [_bar(line, figures.parties) for line in lines if line.value][:_MOST_BARS]
        if bars:
            yield Picture(bar_chart(bars), f"{caption}.")


def bar_chart(bars: Sequence[Bar]) -> str:
    """Return bars one below the other, all on one scale from zero."""
    longest = max((bar.value for bar in bars), default=0.0) or 1.0
    height = _ROW_PX * len(bars) + 8
    drawn = "".join(_drawn(bar, number, longest) for number, bar in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH_PX} {height}"'
        f' width="{_WIDTH_PX}" height="{height}" font-family="sans-serif" font-size="11">'
        f"{drawn}</svg>"
    )


def duration(time_s: float) -> str:
    """Return a time as people read it: seconds, minutes, hours or days.

    >>> duration(90.0), duration(0.25), duration(-7200.0), duration(200_000.0)
    ('1.5 min', '0.2 s', '-2 h', '2.3 d')
    """
    size = abs(time_s)
    for most, unit_s, unit in ((90.0, 1.0, "s"), (5400.0, 60.0, "min"), (172_800.0, 3600.0, "h")):
        if size < most:
            return f"{_figure(time_s / unit_s)} {unit}"
    return f"{_figure(time_s / 86_400.0)} d"


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def shown(line: Line) -> str:
    """Return a figure as pages have it."""
    if line.value is None:
        return "none"
    return duration(line.value) if line.unit == SECONDS else f"{line.value:.0f}"


def _bar(line: Line, parties: tuple[str, str]) -> Bar:
    assert line.value is not None
    series = 0 if line.about.startswith(parties[0]) else 1
    return Bar(f"{line.about}: {line.name}", max(line.value, 0.0), shown(line), series)


def _drawn(bar: Bar, number: int, longest: float) -> str:
    top = number * _ROW_PX + 6
    width = _BAR_PX * bar.value / longest
    label = escape(plain(bar.label)[:60])
    return (
        f'<text x="{_LEFT_PX - 8}" y="{top + 12}" text-anchor="end">{label}</text>'
        f'<rect x="{_LEFT_PX}" y="{top}" width="{width:.1f}" height="{_ROW_PX - 6}"'
        f' fill="{_COLOURS[bar.series]}"/>'
        f'<text x="{_LEFT_PX + width + 6:.1f}" y="{top + 12}">{escape(bar.shown)}</text>'
    )
