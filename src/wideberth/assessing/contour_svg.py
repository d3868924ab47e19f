"""Contours as a picture: distance by azimuth, north up, rings of distance, the levels named."""

import math
from collections.abc import Iterator
from typing import Final

from wideberth.assessing.advice import ADVISORY
from wideberth.assessing.contour import Contours, Edge
from wideberth.assessing.drawn import COLOURS, FAINT, line, page, text
from wideberth.formats.report_svg import px
from wideberth.formats.report_words import band, position
from wideberth.units import METRES_PER_NAUTICAL_MILE

_SIDE: Final = 640.0
_HEAD: Final = 60.0
_EDGE: Final = 40.0
_LINE: Final = 18.0
_NICE: Final = (1.0, 2.0, 5.0)


def render(found: Contours) -> str:
    """Return the picture."""
    farthest_m = max(max(edge.distances_m) for edge in found.edges)
    ring_nm = _nice(farthest_m / METRES_PER_NAUTICAL_MILE / 4.0)
    notes = _notes(found)
    height = _HEAD + _SIDE + _LINE * (len(found.edges) + len(notes) + 1) + 10.0
    return page(_SIDE, height, f"Contours of {found.volume.id}", _parts(found, ring_nm, notes))


def _parts(found: Contours, ring_nm: float, notes: list[str]) -> Iterator[str]:
    farthest_m = max(max(edge.distances_m) for edge in found.edges)
    middle = _SIDE / 2.0, _HEAD + _SIDE / 2.0
    scale = (_SIDE / 2.0 - _EDGE) / farthest_m
    assert found.volume.freq is not None
    yield text(10.0, 22.0, f"{found.volume.id}: {band(found.volume.freq)}", 'font-size="15"')
    yield text(
        10.0,
        42.0,
        f"about {position(found.centre)}; receiver at {found.receiver.height_m:g} m,"
        f" {found.receiver.gain_dbi:g} dBi; {found.air.time_percent:g} % of the time",
    )
    yield line(middle[0], _HEAD, middle[0], _HEAD + _SIDE)
    yield line(0.0, middle[1], _SIDE, middle[1])
    yield text(middle[0] + 4.0, _HEAD + 12.0, "N")
    count = 1
    while ring_nm * count * METRES_PER_NAUTICAL_MILE <= farthest_m:
        radius = ring_nm * count * METRES_PER_NAUTICAL_MILE * scale
        yield (
            f'<circle cx="{px(middle[0])}" cy="{px(middle[1])}" r="{px(radius)}" fill="none"'
            f' stroke="{FAINT}" stroke-width="0.5" stroke-dasharray="3 3"/>'
        )
        yield text(middle[0] + 3.0, middle[1] - radius - 2.0, f"{ring_nm * count:g} NM")
        count += 1
    for number, edge in enumerate(found.edges):
        yield _outline(found, edge, middle, scale, COLOURS[number % len(COLOURS)])
    y = _HEAD + _SIDE + _LINE
    for number, edge in enumerate(found.edges):
        colour = COLOURS[number % len(COLOURS)]
        yield f'<rect x="10" y="{px(y - 9.0)}" width="14" height="4" fill="{colour}"/>'
        yield text(30.0, y, _legend(edge))
        y += _LINE
    for note in notes:
        yield text(10.0, y, note, 'font-size="11"')
        y += _LINE


def _outline(
    found: Contours, edge: Edge, middle: tuple[float, float], scale: float, colour: str
) -> str:
    points = []
    for azimuth_deg, distance_m in zip(found.azimuths_deg, edge.distances_m, strict=True):
        turn = math.radians(azimuth_deg)
        x = middle[0] + distance_m * scale * math.sin(turn)
        y = middle[1] - distance_m * scale * math.cos(turn)
        points.append(f"{px(x)} {px(y)}")
    return (
        f'<path d="M{"L".join(points)}Z" fill="{colour}" fill-opacity="0.08" stroke="{colour}"'
        ' stroke-width="1.5"/>'
    )


def _legend(edge: Edge) -> str:
    far_nm = max(edge.distances_m) / METRES_PER_NAUTICAL_MILE
    about = f" ({edge.level.title})" if edge.level.title else ""
    beyond = "; cut at 1,800 km" if edge.beyond_deg else ""
    doubt = "" if edge.level.verified else "; not verified against its source"
    return f"{edge.level.power_dbm:.1f} dBm{about}: at most {far_nm:,.1f} NM{beyond}{doubt}"


def _notes(found: Contours) -> list[str]:
    data = [f"data: {name}, SHA-256 {digest}" for name, digest in found.data]
    return [*(f"model: {model}" for model in found.models), *data, *found.assumed, ADVISORY]


def _nice(value: float) -> float:
    """Return a round figure of about a size: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(max(value, 1e-3)))
    return next((nice * power for nice in _NICE if nice * power >= value), 10.0 * power)
