"""The bands in which emissions of a site mix, so that a store finds who may hear a product.

A product falls where none of its emissions is, so no box of theirs meets the receiver's. Each
emission gets the bands of all products it takes part in.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from wideberth.engine.field import lay_out
from wideberth.interference.sites import sites
from wideberth.interference.skirts import reckoned
from wideberth.model.activity import Activity
from wideberth.model.agreement import Agreement
from wideberth.model.conflict import VolumeRef
from wideberth.model.volume import Volume
from wideberth.spectrum.intermodulation import products

Edges = tuple[float, float]

EVERYWHERE_HZ: Final = (1.0, 1e15)
MOST_AT_SITE: Final = 60  # different bands; of more, products are taken to fall anywhere
ALIKE: Final = 3  # of emissions in one band: no product has more, so others add no band
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
        found |= dict(zip(refs, _bands([_edges(field.volumes[k]) for k in site]), strict=True))
    return found


def _edges(volume: Volume) -> Edges:
    assert volume.freq is not None
    band = reckoned(volume.freq)
    return band.low_hz, band.high_hz


def _bands(site: Sequence[Edges]) -> list[tuple[Edges, ...]]:
    """Return for each band of a site those of its products; of bands alike a few stand for all."""
    count = Counter(site)
    kinds = [edges for edges, number in count.items() for _ in range(min(ALIKE, number))]
    if len(kinds) > MOST_AT_SITE:
        return [(EVERYWHERE_HZ,)] * len(site)
    made = products(kinds, [EVERYWHERE_HZ])
    by_band = {}
    for edges in count:
        mine = [number for number, kind in enumerate(kinds) if kind == edges]
        is_in = np.isin(made.emitter, mine).any(axis=1)
        by_band[edges] = _joined(np.stack((made.low_hz[is_in], made.high_hz[is_in])))
    return [by_band[edges] for edges in site]


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
