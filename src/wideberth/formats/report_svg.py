"""Shapes as the path text of SVG, and labels that keep out of each other's way."""

import shapely

from wideberth.engine.outline import Positions

Box = tuple[float, float, float, float]  # x from, y from, x to, y to, in pixels


def path_of(shape: shapely.Geometry, digits: int = 1) -> str:
    """Return areas and lines in pixels as an SVG path, to so many decimals."""
    pieces = []
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon) and not shapely.is_empty(part):
            rings = (shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(part))
            pieces += [f"{_chain(ring, digits)}Z" for ring in rings]
        elif isinstance(part, shapely.LineString):
            pieces.append(_chain(shapely.get_coordinates(part), digits))
    return "".join(pieces)


def _chain(points: Positions, digits: int) -> str:
    said = [f"{px(x, digits)} {px(y, digits)}" for x, y in points.tolist()]
    kept = [text for i, text in enumerate(said) if i == 0 or text != said[i - 1]]
    return f"M{'L'.join(kept)}"


def px(value: float, digits: int = 1) -> str:
    """Return a pixel to so many decimals, without idle zeros or a minus zero."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Labels:
    """Boxes taken so far; a label goes to the first of its places that is free."""

    def __init__(self, bounds: Box) -> None:
        self._bounds = bounds
        self._taken: list[Box] = []

    def take(self, box: Box) -> None:
        """Keep later labels off a box."""
        self._taken.append(box)

    def find(self, places: list[Box]) -> Box | None:
        """Return the first free place inside the bounds and take it, or None."""
        left, top, right, bottom = self._bounds
        for box in places:
            inside = box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom
            if inside and not any(_meet(box, other) for other in self._taken):
                self._taken.append(box)
                return box
        return None


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def text_width(text: str, size_px: float = 12.0) -> float:
    """Return about how wide a text is in a plain sans-serif face."""
    return 0.58 * size_px * len(text)
