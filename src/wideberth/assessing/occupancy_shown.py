"""The use of a band as JSON fields, CSV, text and a picture of frequency against time."""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from wideberth.assessing.advice import ADVISORY, named
from wideberth.assessing.drawn import COLOURS, line, page, text, written
from wideberth.assessing.occupancy import Occupancy, Use
from wideberth.engine.words import hertz
from wideberth.formats.lookalike import names
from wideberth.formats.report_json import number
from wideberth.formats.report_svg import px
from wideberth.formats.report_words import band, count, instant, window
from wideberth.formats.shown import cell
from wideberth.formats.times import show_utc
from wideberth.model.span import FrequencyBand

COLUMNS: Final = (
    *("freq_low_hz", "freq_high_hz", "from", "to", "party", "activity", "volume", "title"),
    *("role", "service", "aboard", "eirp_dbm"),
)
_ROLES: Final = {"emit": COLOURS[0], "receive": COLOURS[2], "guard": COLOURS[5]}
_WIDTH: Final = 900.0
_PLOT: Final = (110.0, 70.0, 770.0, 460.0)  # left, top, width, height
_LEAST_PX: Final = 1.5
MOST_DRAWN: Final = 5_000


def fields(found: Occupancy) -> dict[str, Any]:
    """Return it as JSON fields."""
    sought = found.sought
    return {
        "advisory": ADVISORY,
        "agreement": named(found.agreement),
        "freq_low_hz": number(sought.band.low_hz),
        "freq_high_hz": number(sought.band.high_hz),
        "from": show_utc(sought.window.start_s),
        "to": show_utc(sought.window.end_s),
        "emitting_share": number(found.share, 6),
        "uses": [_row(use) for use in found.uses],
    }


def _row(use: Use) -> dict[str, Any]:
    values = (
        *(number(use.low_hz), number(use.high_hz), show_utc(use.start_s), show_utc(use.end_s)),
        *(use.party, use.activity, use.volume, use.title, use.role, use.service, use.aboard),
        number(use.eirp_dbm),
    )
    return dict(zip(COLUMNS, values, strict=True))


def render_csv(found: Occupancy) -> str:
    """Return it as CSV with a head, for people: what would be taken for a formula is quoted."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for use in found.uses:
        writer.writerow(_cell(value) for value in _row(use).values())
    return stream.getvalue()


def _cell(value: object) -> object:
    return cell(value) if isinstance(value, str) else value


def render_text(found: Occupancy) -> str:
    """Return it for people, a line a use."""
    sought = found.sought
    lines = [
        f"WHO USES {band(sought.band)}, {window(sought.window.start_s, sought.window.end_s)}",
        "",
    ]
    for use in found.uses:
        power = "" if use.eirp_dbm is None else f", {use.eirp_dbm:g} dBm EIRP"
        aboard = f" aboard ({use.service})" if use.aboard else ""
        name = names(use.party, use.activity, use.volume)
        lines.append(
            f"  {band(FrequencyBand(use.low_hz, use.high_hz))}  {use.role}{aboard}  {name}{power},"
            f" {window(use.start_s, use.end_s)}"
        )
    lines += [
        *([] if found.uses else ["  Nobody declared a use of it there and then."]),
        "",
        f"{count(len(found.uses), 'use')}; emissions take {100.0 * found.share:.1f} % of the band.",
        ADVISORY,
    ]
    return "".join(f"{one}\n" for one in lines)


def render_svg(found: Occupancy) -> str:
    """Return the picture: time from left to right, frequency from bottom to top."""
    title = f"Use of {band(found.sought.band)}"
    return page(_WIDTH, 600.0, title, _parts(found, title))


def _parts(found: Occupancy, title: str) -> Iterator[str]:
    left, top, width, height = _PLOT
    sought = found.sought
    yield text(10.0, 24.0, title, 'font-size="15"')
    yield text(10.0, 44.0, window(sought.window.start_s, sought.window.end_s))
    for number_, (role, colour) in enumerate(_ROLES.items()):
        x = 560.0 + 110.0 * number_
        yield f'<rect x="{px(x)}" y="35" width="12" height="10" fill="{colour}"/>'
        yield text(x + 17.0, 44.0, role)
    for k in range(5):
        y = top + height * k / 4.0
        freq_hz = sought.band.high_hz + (sought.band.low_hz - sought.band.high_hz) * k / 4.0
        yield line(left, y, left + width, y)
        yield text(left - 6.0, y + 4.0, hertz(freq_hz), 'text-anchor="end"')
        x = left + width * k / 4.0
        at_s = sought.window.start_s + (sought.window.end_s - sought.window.start_s) * k / 4.0
        yield line(x, top, x, top + height)
        anchor = ("start", "middle", "middle", "middle", "end")[k]
        yield text(x, top + height + 16.0, f"{instant(at_s)} Z", f'text-anchor="{anchor}"')
    for use in found.uses[:MOST_DRAWN]:
        yield _rectangle(use, found)
    y = top + height + 36.0
    if len(found.uses) > MOST_DRAWN:
        yield text(10.0, y, f"The first {MOST_DRAWN:,} of {len(found.uses):,} uses are drawn.")
    yield text(10.0, y + 18.0, ADVISORY, 'font-size="11"')


def _rectangle(use: Use, found: Occupancy) -> str:
    left, top, width, height = _PLOT
    sought = found.sought
    per_s = width / (sought.window.end_s - sought.window.start_s)
    per_hz = height / (sought.band.high_hz - sought.band.low_hz)
    x, wide = (
        left + (use.start_s - sought.window.start_s) * per_s,
        (use.end_s - use.start_s) * per_s,
    )
    y = top + (sought.band.high_hz - use.high_hz) * per_hz
    high = max(_LEAST_PX, (use.high_hz - use.low_hz) * per_hz)
    colour = _ROLES[use.role]
    name = written(f"{names(use.party, use.activity, use.volume)}, {use.role}")
    return (
        f'<rect x="{px(x)}" y="{px(min(y, top + height - high))}"'
        f' width="{px(max(_LEAST_PX, wide))}" height="{px(high)}"'
        f' fill="{colour}" fill-opacity="0.45" stroke="{colour}"'
        f' stroke-width="0.5"><title>{name}</title></rect>'
    )
