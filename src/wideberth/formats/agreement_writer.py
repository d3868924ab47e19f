"""An agreement as a TOML file that reads back as the same agreement, in units people use."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wideberth.formats.agreement_document import document
from wideberth.model.agreement import Agreement
from wideberth.units import (
    HERTZ_PER_KILOHERTZ,
    METRES_PER_FOOT,
    METRES_PER_KILOMETRE,
    METRES_PER_NAUTICAL_MILE,
    SECONDS_PER_DAY,
    SECONDS_PER_HOUR,
    SECONDS_PER_MINUTE,
)

_WAITS: Final = (("d", SECONDS_PER_DAY), ("h", SECONDS_PER_HOUR), ("min", SECONDS_PER_MINUTE))
_UNITS: Final[Mapping[str, tuple[tuple[str, float], ...]]] = {
    "lateral_m": (("nm", METRES_PER_NAUTICAL_MILE), ("km", METRES_PER_KILOMETRE)),
    "vertical_m": (("ft", METRES_PER_FOOT),),
    "time_s": (("min", SECONDS_PER_MINUTE),),
    "radius_m": (("nm", METRES_PER_NAUTICAL_MILE), ("km", METRES_PER_KILOMETRE)),
    "site_m": (("km", METRES_PER_KILOMETRE),),
    "freq_hz": (("khz", HERTZ_PER_KILOHERTZ),),
    "channel_hz": (("khz", HERTZ_PER_KILOHERTZ),),
    "skew_s": (),
}
_INSTANTS: Final = frozenset({"start", "end", "review"})
_INLINE: Final = frozenset({"text", "area"})
_WHOLE: Final = frozenset({"d", "h", "min", "ft", "km"})  # said only where the count is whole
_PLAIN: Final = 1e15  # below it a whole number is said without a point


def write(agreement: Agreement) -> str:
    """Return the file; raises UnsayableError for what no file can say."""
    return "\n".join(_lines(document(agreement), "")).lstrip("\n") + "\n"


def _lines(values: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield a table's own keys, then the tables within it."""
    inner: list[tuple[str, Any]] = []
    for key, value in values.items():
        if _is_table(key, value):
            inner.append((key, value))
        else:
            yield _pair(key, value)
    for key, value in inner:
        name = f"{path}.{key}" if path else key
        for item in value if isinstance(value, list) else [value]:
            yield f"\n[[{name}]]" if isinstance(value, list) else f"\n[{name}]"
            yield from _lines(item, name)


def _is_table(key: str, value: Any) -> bool:
    if isinstance(value, dict):
        return key not in _INLINE
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _pair(key: str, value: Any) -> str:
    if isinstance(value, float):
        key, value = usual(key, value)
    if key in _INSTANTS:
        return f"{key} = {value}"
    return f"{key} = {_value(value)}"


def usual(key: str, value: float) -> tuple[str, float]:
    """Return a key and its figure in the unit people use, where that is a plain one.

    >>> usual("lateral_m", 9260.0), usual("answer_s", 172800.0), usual("lateral_m", 123.0)
    (('lateral_nm', 5.0), ('answer_d', 2.0), ('lateral_m', 123.0))
    """
    units = _UNITS.get(key, _WAITS if key.endswith("_s") else ())
    for unit, factor in units if value else ():
        count = round(value / factor, 2)
        if count * factor == value and (count.is_integer() or unit not in _WHOLE):
            return f"{key.rpartition('_')[0]}_{unit}", count
    return key, value


def _value(value: Any) -> str:
    """Return a value as TOML writes it; its strings are JSON's but for one character."""
    if isinstance(value, dict):
        return f"{{ {', '.join(_pair(key, one) for key, one in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, float):
        return str(int(value)) if _is_whole(value) else repr(value)
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_whole(value: float) -> bool:
    return value.is_integer() and abs(value) < _PLAIN and repr(value) != "-0.0"
