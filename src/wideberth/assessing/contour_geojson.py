"""Contours as GeoJSON: one polygon a level, with all that it was reckoned from."""

import json
from typing import Any

from wideberth.assessing.advice import ADVISORY, named
from wideberth.assessing.contour import Contours, Edge
from wideberth.model.agreement import Agreement


def fields(found: Contours, agreement: Agreement) -> dict[str, Any]:
    """Return a FeatureCollection; the advisory and the agreement are members beside its features.

    Rings run counter-clockwise (RFC 7946); longitudes run on past 180 where one crosses it.
    """
    return {
        "type": "FeatureCollection",
        "advisory": ADVISORY,
        "agreement": named(agreement),
        "features": [_feature(found, edge) for edge in found.edges],
    }


def render(found: Contours, agreement: Agreement) -> str:
    """Return the GeoJSON as text."""
    return json.dumps(fields(found, agreement), indent=2, allow_nan=False) + "\n"


def _feature(found: Contours, edge: Edge) -> dict[str, Any]:
    ring = [[round(lon, 6) + 0.0, round(lat, 6) + 0.0] for lon, lat in edge.ring]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "level_dbm": round(edge.level.power_dbm, 3) + 0.0,
            "service": edge.level.title,
            "source": edge.level.source,
            "verified": edge.level.verified,
            "volume": found.volume.id,
            "centre": [round(value, 6) + 0.0 for value in found.centre],
            "receiver_height_m": found.receiver.height_m,
            "receiver_gain_dbi": found.receiver.gain_dbi,
            "time_percent": found.air.time_percent,
            "surface_refractivity_n": found.air.surface_refractivity_n,
            "lapse_n_per_km": found.air.lapse_n_per_km,
            "land_share": found.air.land_share,
            "models": list(found.models),
            "data": [{"name": name, "sha256": digest} for name, digest in found.data],
            "azimuths_deg": list(found.azimuths_deg),
            "distances_m": [round(value, 1) for value in edge.distances_m],
            "beyond_deg": list(edge.beyond_deg),
            "assumed": list(found.assumed),
            "advisory": ADVISORY,
        },
    }
