"""What the screen compares: emitters and receivers, each a column of values by row.

A row is a ball of places, a band, a window and a level. It may stand for a carrier, a harmonic or
a whole front end; the screen does not care.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from wideberth.errors import ImpossibleValueError

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

NO_LINK: Final = -1
MOST_OWNER: Final = 1 << 53  # what a float tells from the next
MOST_LEVEL_DB: Final = 1000.0  # powers, limits and slack beyond this are slips of the pen
LEAST_LOW_HZ: Final = 1.0

# The columns of `Side.values`, in the order that compiled.screen reads them too.
X, Y, Z, RADIUS, LOW, HIGH, START, END, STRENGTH, PERIOD, LEAK, LEVEL, FLOOR = range(13)
OWNER, LINK = range(2)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The columns that emitters and receivers share.

    centre: (n, 3) earth-centred metres of a ball that holds the whole volume, place and height;
    radius_m: its radius. low_hz, high_hz: the band, half-open, at least 1 Hz. floor_db: the least
    rejection outside the band, 0 or more; not a number where nobody guarantees any. start_s, end_s:
    the window, half-open, may be infinite. owner: rows of one owner never meet (to compare an
    owner's rows among themselves give the two sides different codes). link: rows of one link never
    meet; -1 is none. Raises ImpossibleValueError.
    """

    centre: Floats
    radius_m: Floats
    low_hz: Floats
    high_hz: Floats
    floor_db: Floats
    start_s: Floats
    end_s: Floats
    owner: Codes
    link: Codes

    def __post_init__(self) -> None:
        for field in fields(self):
            kind = np.int64 if field.name in {"owner", "link"} else np.float64
            column = np.ascontiguousarray(getattr(self, field.name), kind)
            object.__setattr__(self, field.name, column)
            shape = (len(self), 3) if field.name == "centre" else (len(self),)
            if column.shape != shape:
                raise ImpossibleValueError(
                    f"The column has the shape {column.shape}; {shape} was wanted.",
                    remedy="Give each row one value in each column.",
                    where=field.name,
                )
        _check(np.asarray(np.isfinite(self.centre).all(axis=1)), "centre", "finite metres")
        _check(_is_within(self.radius_m, 0.0, np.inf), "radius_m", "finite and 0 or more")
        _check(_is_within(self.low_hz, LEAST_LOW_HZ, np.inf), "low_hz", "finite and 1 Hz or more")
        _check(_is_within(self.high_hz, -np.inf, np.inf), "high_hz", "finite")
        _check(self.low_hz < self.high_hz, "high_hz", "above low_hz")
        is_unknown = np.isnan(self.floor_db)
        _check(is_unknown | _is_within(self.floor_db, 0.0, np.inf), "floor_db", "finite, >= 0")
        _check(self.start_s < self.end_s, "end_s", "after start_s")
        _check(np.abs(self.owner) < MOST_OWNER, "owner", "a code of less than 2**53")

    def __len__(self) -> int:
        return len(self.radius_m)


@dataclass(frozen=True, slots=True, eq=False)
class Emitters(_Rows):
    """Emissions, one a row.

    low_hz, high_hz: where the emission is taken at full power, its necessary band widened by its
    out-of-band region. floor_db: least attenuation of the emission elsewhere. eirp_dbm: greatest
    power in any direction of the volume; not a number where it is unknown.
    """

    eirp_dbm: Floats

    def __post_init__(self) -> None:
        _Rows.__post_init__(self)
        _check(_is_level(self.eirp_dbm), "eirp_dbm", "-1000 to 1000 dBm, or not a number")


@dataclass(frozen=True, slots=True, eq=False)
class Receivers(_Rows):
    """Receptions, one a row.

    low_hz, high_hz: where the receiver has no selectivity. floor_db: least selectivity elsewhere.
    limit_dbm: greatest tolerable interference less the antenna's gain, to be compared with EIRP
    less loss and rejection; not a number where it is unknown.
    """

    limit_dbm: Floats

    def __post_init__(self) -> None:
        _Rows.__post_init__(self)
        _check(_is_level(self.limit_dbm), "limit_dbm", "-1000 to 1000 dBm, or not a number")


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The rows of one side as the kernels take them, a column of values to a line.

    values: places, band and window as given; STRENGTH what a row adds to how far a pair reaches
    (a factor, 20 dB each ten), PERIOD 1 / low_hz, LEAK what passes out of band (a factor), LEVEL
    the power or limit in dBm, FLOOR in dB. codes: OWNER and LINK.
    """

    values: Floats
    codes: Codes

    def __len__(self) -> int:
        return int(self.values.shape[1])

    def taken(self, rows: Codes) -> "Side":
        """Return some rows, in the order asked."""
        return Side(
            np.ascontiguousarray(self.values[:, rows]), np.ascontiguousarray(self.codes[:, rows])
        )


def side_of(rows: Emitters | Receivers) -> Side:
    """Return emitters or receivers as the kernels take them."""
    values = np.empty((13, len(rows)))
    values[X : Z + 1] = rows.centre.T
    values[RADIUS], values[LOW], values[HIGH] = rows.radius_m, rows.low_hz, rows.high_hz
    values[START], values[END] = rows.start_s, rows.end_s
    if isinstance(rows, Emitters):
        values[LEVEL] = rows.eirp_dbm
        values[STRENGTH] = 10.0 ** (rows.eirp_dbm / 20.0)
    else:
        values[LEVEL] = rows.limit_dbm
        values[STRENGTH] = 10.0 ** (rows.limit_dbm / -20.0)
    values[PERIOD] = 1.0 / rows.low_hz
    values[FLOOR] = np.nan_to_num(rows.floor_db, nan=0.0)  # nobody guarantees any: none
    values[LEAK] = 10.0 ** (values[FLOOR] / -20.0)
    return Side(values, np.stack((rows.owner, rows.link)))


def _is_within(values: Floats, low: float, below: float) -> NDArray[np.bool_]:
    return np.asarray((values >= low) & (values < below))


def _is_level(level_db: Floats) -> NDArray[np.bool_]:
    return np.asarray(np.isnan(level_db) | (np.abs(level_db) <= MOST_LEVEL_DB))


def _check(is_good: NDArray[Any], name: str, wanted: str) -> None:
    if not is_good.all():
        raise ImpossibleValueError(
            f"{wanted} was wanted, and {np.count_nonzero(~is_good)} rows are not so.",
            remedy="Correct the row before it is screened.",
            where=f"{name}, row {int(np.argmin(is_good))}",
        )
