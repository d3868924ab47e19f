"""The level at which a protected service is harmed, as an edge to be drawn."""

from wideberth.assessing.contour import Level
from wideberth.errors import ImpossibleValueError
from wideberth.model.agreement import Agreement
from wideberth.spectrum.noise import limit_dbm


def level_of_service(service: str, agreement: Agreement) -> Level:
    """Return the limit of a row of protection data, less its antenna's gain and the margin agreed.

    At an antenna of no gain: what the service's own antenna adds is taken off. Raises
    ImpossibleValueError, which says what rows there are.
    """
    row = agreement.spectrum.protection(service)
    if row is None:
        known = ", ".join(one.id for one in agreement.spectrum.protections)
        raise ImpossibleValueError(
            f"no row of protection data is called {service!r}.", remedy=f"Known: {known or 'none'}."
        )
    limit = float(limit_dbm(row.criterion, row.bandwidth_hz, row.noise_figure_db))
    power_dbm = limit - agreement.spectrum.margin_db - row.gain_dbi
    return Level(power_dbm, row.title, row.source, row.verified)
