"""Intermodulation: where products of emitters at one site fall, and how strong they are.

Forms: f1 + f2, f1 - f2; 2f1 - f2, f1 + f2 - f3; 3f1 - 2f2 (SM.1134). A product of bands is
as wide as all its terms together: |a| B1 + |b| B2.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wideberth.errors import ImpossibleValueError

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]

CONVERSION_DB: Final = 10.0  # of a transmitter's last stage; 10 to 40 by technology; [K]
INTERCEPT_DBM: Final = -10.0  # of a receiver that declares none, third order; verified = False
TUNED_FACTOR: Final = 1.2  # a last stage and its antenna pass what is so near; [K], not verified
OFF_TUNE_DB: Final = 60.0  # what they keep out an octave away and beyond; [K], not verified
ORDERS: Final = (2, 3, 5)
NONE: Final = -1  # in the third place of a product of two
MOST_AT_ONCE: Final = 1 << 18
SLACK: Final = 1e-12  # of a frequency, by which a search reaches too far before it is settled


@dataclass(frozen=True, slots=True)
class Form:
    """The multiples of two or three frequencies that make a product, as (2, -1) for 2f1 - f2."""

    multiples: tuple[int, ...]

    @property
    def order(self) -> int:
        """Return the order: how many frequencies mix, each as often as it counts."""
        return sum(map(abs, self.multiples))

    @property
    def text(self) -> str:
        """Return the form as it is written.

        >>> Form((2, -1)).text
        '2f1 - f2'
        """
        terms = (
            f"{'+' if times > 0 else '-'} {abs(times) if abs(times) > 1 else ''}f{place}"
            for place, times in enumerate(self.multiples, 1)
        )
        return " ".join(terms).removeprefix("+ ")

    @property
    def ways_db(self) -> float:
        """Return by how much it is stronger than the two-signal product of its order, dB.

        Frequencies mix in so many orders; of f1 + f2 - f3 in twice as many as of 2f1 - f2: 6 dB.
        """
        two_signal = ((self.order + 1) // 2, self.order // 2)
        return 20.0 * math.log10(_ways(self.multiples) / _ways(two_signal))


FORMS: Final = tuple(map(Form, ((1, 1), (1, -1), (2, -1), (1, 1, -1), (3, -2))))


@dataclass(frozen=True, slots=True, eq=False)
class Products:
    """Products that overlap a receiver's band, by form, emitters, receiver.

    form: place in FORMS. emitter: rows of three places among the emitters, as in the form; -1
    where it has two. receiver: place among the receivers. low_hz, high_hz: of the product.
    """

    form: Codes
    emitter: Codes
    receiver: Codes
    low_hz: Floats
    high_hz: Floats

    def __len__(self) -> int:
        return len(self.form)


def product_edges_hz(form: Form, bands_hz: ArrayLike) -> tuple[Floats, Floats]:
    """Return the edges of products; bands_hz: (..., frequencies of the form, low and high).

    What falls below zero is heard mirrored at zero.
    """
    bands_hz = np.asarray(bands_hz, np.float64)
    times = np.asarray(form.multiples, np.float64)
    from_low, from_high = times * bands_hz[..., 0], times * bands_hz[..., 1]
    low = np.minimum(from_low, from_high).sum(axis=-1)
    high = np.maximum(from_low, from_high).sum(axis=-1)
    mirrored = np.where(low >= 0.0, low, np.maximum(-high, 0.0))
    return mirrored, np.maximum(high, -low)


def products(
    emitter_hz: ArrayLike, receiver_hz: ArrayLike, orders: tuple[int, ...] = ORDERS
) -> Products:
    """Return the products of emitters at one site that overlap receivers' bands.

    emitter_hz, receiver_hz: rows of (low, high), half-open; orders: of 2, 3 and 5 those wanted.
    Emitters are taken to be on the air together. Raises ImpossibleValueError at an empty band.
    """
    emitters, receivers = _bands(emitter_hz), _Sorted(_bands(receiver_hz))
    found = [
        _meeting(code, picked, emitters, receivers)
        for code, form in enumerate(FORMS)
        if form.order in orders
        for picked in _picks(form, len(emitters))
    ]
    if not found:
        nobody = np.empty(0, np.intp)
        return Products(nobody, nobody.reshape(0, 3), nobody, np.empty(0), np.empty(0))
    form, emitter, receiver, low, high = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((receiver, *emitter.T[::-1], form))
    return Products(form[order], emitter[order], receiver[order], low[order], high[order])


def receiver_product_dbm(
    form: Form, power_dbm: ArrayLike, intercept_dbm: ArrayLike = INTERCEPT_DBM
) -> Floats:
    """Return the product that a receiver makes within itself, dBm at its input.

    power_dbm: of the form's emitters at the antenna port, along the last axis. intercept_dbm: input
    intercept point of the form's order. Third order: 2 P1 + P2 - 2 IIP3, of three signals
    P1 + P2 + P3 - 2 IIP3 + 6 dB; order n: sum of |multiple| P - (n - 1) IIP.
    """
    weights = np.abs(np.asarray(form.multiples, np.float64))
    total = (weights * np.asarray(power_dbm, np.float64)).sum(axis=-1)
    return np.asarray(total - (form.order - 1) * np.asarray(intercept_dbm) + form.ways_db)[()]


def transmitter_product_dbm(
    power_dbm: ArrayLike, coupling_db: ArrayLike, conversion_db: ArrayLike = CONVERSION_DB
) -> Floats:
    """Return the product that a transmitter makes of another's signal, dBm at its output.

    power_dbm: of the other. coupling_db: lost on the way into this one's last stage.
    conversion_db: lost as they mix. P2 - L12 - A (SM.1134).
    """
    return np.asarray(np.subtract(power_dbm, coupling_db) - np.asarray(conversion_db))[()]


def off_tune_db(
    low_hz: ArrayLike, high_hz: ArrayLike, own_low_hz: ArrayLike, own_high_hz: ArrayLike
) -> Floats:
    """Return what a transmitter's tuned stage and antenna keep out of a band that is not its own.

    By the ratio of the nearest edges: nothing up to TUNED_FACTOR, then linear in octaves up to
    OFF_TUNE_DB at one octave and beyond. A wider band is never kept out more. Hertz, above zero but
    for low_hz; [K], a round figure of practice, not verified.
    """
    above = np.asarray(low_hz, np.float64) / np.asarray(own_high_hz, np.float64)
    below = np.asarray(own_low_hz, np.float64) / np.asarray(high_hz, np.float64)
    octaves = np.log2(np.maximum(1.0, np.maximum(above, below)))
    free = math.log2(TUNED_FACTOR)
    return np.asarray(OFF_TUNE_DB * np.clip((octaves - free) / (1.0 - free), 0.0, 1.0))[()]


def _ways(multiples: tuple[int, ...]) -> int:
    ways = math.factorial(sum(map(abs, multiples)))
    for times in multiples:
        ways //= math.factorial(abs(times))
    return ways


def _bands(bands_hz: ArrayLike) -> Floats:
    bands = np.asarray(bands_hz, np.float64).reshape(-1, 2)
    if not (np.isfinite(bands).all() and (bands[:, 0] < bands[:, 1]).all()):
        raise ImpossibleValueError(
            "a frequency band is empty, runs backwards or is not finite.",
            remedy="Give its lower edge, then its upper edge, in hertz.",
        )
    return bands


class _Sorted:
    """Receivers by class of width, each class by lower edge: one wide one slows no narrow ones."""

    def __init__(self, bands: Floats) -> None:
        width = bands[:, 1] - bands[:, 0]
        kind = np.floor(np.log2(width))
        self.bands = bands
        self.classes: list[tuple[Codes, Floats, float]] = []
        for each in np.unique(kind):
            members = np.flatnonzero(kind == each)
            members = members[np.argsort(bands[members, 0], kind="stable")]
            self.classes.append((members, bands[members, 0], float(width[members].max())))

    def overlapping(self, low: Floats, high: Floats) -> tuple[Codes, Codes]:
        """Return which bands overlap which receivers: places of both."""
        found = []
        for members, starts, widest in self.classes:
            first = np.searchsorted(starts, low - widest - SLACK * (low + widest), "left")
            count = np.maximum(np.searchsorted(starts, high, "left") - first, 0)
            band = np.repeat(np.arange(len(low)), count)
            before = np.cumsum(count) - count
            place = np.arange(len(band)) - np.repeat(before - first, count)
            receiver = members[place]
            is_met = (self.bands[receiver, 1] > low[band]) & (self.bands[receiver, 0] < high[band])
            found.append((band[is_met], receiver[is_met]))
        if not found:
            return np.empty(0, np.intp), np.empty(0, np.intp)
        bands, receivers = zip(*found, strict=True)
        return np.concatenate(bands), np.concatenate(receivers)


def _meeting(
    code: int, picked: Codes, emitters: Floats, receivers: _Sorted
) -> tuple[Codes, Codes, Codes, Floats, Floats]:
    """Return the columns of Products for one form and some choices of emitters."""
    low, high = product_edges_hz(FORMS[code], emitters[picked])
    product, receiver = receivers.overlapping(low, high)
    emitter = np.full((len(product), 3), NONE, np.intp)
    emitter[:, : picked.shape[1]] = picked[product]
    form = np.full(len(product), code, np.intp)
    return form, emitter, receiver, low[product], high[product]


def _picks(form: Form, count: int) -> Iterator[Codes]:
    """Yield choices of different emitters for a form, each once, so many rows at a time."""
    everyone = np.arange(count)
    step = max(1, MOST_AT_ONCE // max(1, count ** (len(form.multiples) - 1)))
    for start in range(0, count, step):
        grid = np.meshgrid(
            everyone[start : start + step],
            *[everyone] * (len(form.multiples) - 1),
            indexing="ij",
        )
        picked = np.stack([axis.ravel() for axis in grid], axis=1)
        is_apart = np.ones(len(picked), bool)
        for one in range(picked.shape[1]):
            for other in range(one + 1, picked.shape[1]):
                is_apart &= picked[:, one] != picked[:, other]
                if form.multiples[one] == form.multiples[other] or form.order == 2:
                    is_apart &= picked[:, one] < picked[:, other]  # which comes first is the same
        yield picked[is_apart]
