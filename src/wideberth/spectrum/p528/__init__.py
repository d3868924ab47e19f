"""Recommendation ITU-R P.528-5: aeronautical paths, 100 MHz to 30 GHz."""

from wideberth.spectrum.p528.envelope import least_loss_db
from wideberth.spectrum.p528.exact import (
    MODEL,
    VERSION,
    Polarisation,
    basic_transmission_loss_db,
)
from wideberth.spectrum.p528.table import Table

__all__ = [
    "MODEL",
    "VERSION",
    "Polarisation",
    "Table",
    "basic_transmission_loss_db",
    "least_loss_db",
]
