"""The bands in which emissions of a site mix, so that a store finds who may hear a product.

A product falls where none of its emissions is, so no box of theirs meets the receiver's. Each
emission gets the bands of all products it takes part in.
"""

from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from wideberth.engine.field import lay_out
from wideberth.interference.sites import sites
from wideberth.interference.skirts import reckoned
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import VolumeRef
from wideberth.spectrum.intermodulation import NONE, products

Edges = tuple[float, float]

EVERYWHERE_HZ: Final = (1.0, 1e15)
MOST_AT_SITE: Final = 60  # emissions; of more, products are taken to fall anywhere
MOST_BANDS: Final = 30  # of one emission; more are taken together as one from first to last


def product_bands(
    activities: Sequence[Activity], agreement: Agreement, about: Collection[tuple[str, str]]
) -> dict[VolumeRef, tuple[Edges, ...]]:
    """Return for each emission at a site the bands of its products, hertz, apart and ascending.

    about: (party, id) of the activities whose sites are asked for.
    """
    field = lay_out(activities, agreement.heights)
    found: dict[VolumeRef, tuple[Edges, ...]] = {}
    for site in sites(field, agreement.spectrum.site_m):
        refs = [field.refs[place] for place in site]
        if not any((ref.party, ref.activity) in about for ref in refs):
            continue
        bands = [reckoned(f) for place in site if (f := field.volumes[place].freq) is not None]
        if len(site) > MOST_AT_SITE:
            found |= dict.fromkeys(refs, (EVERYWHERE_HZ,))
            continue
        edges = [(band.low_hz, band.high_hz) for band in bands]
        made = products(edges, [EVERYWHERE_HZ])
        for number, ref in enumerate(refs):
            is_in = ((made.emitter == number) & (made.emitter != NONE)).any(axis=1)
            found[ref] = _joined(np.stack((made.low_hz[is_in], made.high_hz[is_in])))
    return found


def _joined(edges_hz: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[Edges, ...]:
    """Return bands that overlap as one; too many of them as one from first to last."""
    low, high = edges_hz[:, np.argsort(edges_hz[0], kind="stable")]
    if not len(low):
        return ()
    reached = np.maximum.accumulate(high)
    begins = np.append(True, low[1:] > reached[:-1])
    starts, ends = low[begins], reached[np.append(begins[1:], True)]
    if len(starts) > MOST_BANDS:
        return ((float(low[0]), float(reached[-1])),)
    return tuple(zip(starts.tolist(), ends.tolist(), strict=True))
