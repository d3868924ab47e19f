"""The figures of a link by name; what is not given is as where nothing is declared."""

from dataclasses import fields

from wideberth.interference.figures import Figures
from wideberth.model.budget import Case
from wideberth.spectrum.mask import Mask

SKIRT = Mask(((0.0, 0.0), (25_000.0, 60.0)), 60.0)
USUAL = {
    "case": Case.IN_BAND,
    "freq_hz": 300e6,
    "distance_m": 1000.0,
    "low_height_m": 3.0,
    "high_height_m": 20.0,
    "eirp_dbm": 30.0,
    "gap_hz": 0.0,
    "emission_skirt": SKIRT,
    "selectivity_skirt": SKIRT,
    "emission_fills_hz": 25_000.0,
    "reception_fills_hz": 25_000.0,
    "gain_dbi": 0.0,
    "time_percent": 1.0,
    "surface_refractivity_n": 325.0,
    "lapse_n_per_km": 45.0,
    "land_share": 0.0,
    "refine": False,
}


def some_figures(**given):
    values = USUAL | given
    return Figures(**{field.name: values.get(field.name) for field in fields(Figures)})
