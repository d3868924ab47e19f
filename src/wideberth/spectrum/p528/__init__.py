"""Recommendation ITU-R P.528-5: aeronautical paths, 100 MHz to 30 GHz."""

from wideberth.spectrum.p528.exact import (
    MODEL,
    VERSION,
    Polarisation,
    basic_transmission_loss_db,
)

__all__ = ["MODEL", "VERSION", "Polarisation", "basic_transmission_loss_db"]
