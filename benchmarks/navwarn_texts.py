"""Navigational warnings a second: a generated mix in the proportions of the real broadcast.

Of 454 real warnings in force: 62 % points (half of them lights and buoys), 30 % areas, 3 % lines,
2 % circles, 3 % without a place (measured on public NGA data of April 2023). The positions and
words here are our own.
"""

import json
import random
from itertools import count
from time import process_time

from wideberth.formats.navwarn import read
from wideberth.formats.reading import ReadOptions

_SEAS = ("EASTERN MEDITERRANEAN SEA.\nCYPRUS.\nDNC 09.\n", "NORTH SEA.\nDNC 20.\n", "CORAL SEA.\n")
_AIDS = (
    "OUTER MOLE LIGHT {} UNLIT.\n",
    "FAIRWAY BUOY {} REMOVED.\n",
    "RACON AT NESS {} OFF AIR.\n",
)
_FOUND = (
    "VESSEL, FOUR PERSONS ON BOARD, OVERDUE IN {} AT 130800Z APR. VESSELS IN\n"
    "VICINITY REQUESTED TO KEEP A SHARP LOOKOUT, ASSIST IF POSSIBLE.\n"
    "REPORTS TO MRCC NEARBY, PHONE: 357 2464 3005.\n"
)
_WORK = ("SURVEY OPERATIONS", "UNDERWATER OPERATIONS", "CABLE OPERATIONS")
_HAZARDS = ("GUNNERY EXERCISES", "HAZARDOUS OPERATIONS", "HAZARDOUS OPERATIONS, ROCKET LAUNCHING")
_TIMES = (
    "0500Z TO 1500Z DAILY 18 THRU 21 APR",
    "191218Z TO 191647Z APR, ALTERNATE\n   201153Z TO 201622Z AND 210947Z TO 211416Z APR",
    "181200Z TO 181400Z APR",
)
_BERTHS = ("WIDE BERTH REQUESTED.", "TWO MILE BERTH REQUESTED.", "500 METER BERTH REQUESTED.")
_END = "2. CANCEL HYDROPAC 900/23.\n3. CANCEL THIS MSG 212300Z MAY 23.\n"


def texts(n: int) -> list[str]:
    """Return n warnings; the same for the same n."""
    chance = random.Random(124)
    return [chance.choice(_SEAS) + _body(chance) for _ in range(n)]


def run(n: int) -> float:
    """Return how many warnings a second of processor time are read, from JSON to activities."""
    numbers = count(1)
    rows = [
        {
            "navArea": "P",
            "msgNumber": next(numbers),
            "msgYear": 2023,
            "text": text,
            "issueDate": "150600Z APR 2023",
            "authority": "NAVAREA VII 12/23 150500Z APR 23.",
        }
        for text in texts(n)
    ]
    data = json.dumps({"broadcast-warn": rows}).encode()
    start_s = process_time()
    reading = read(data, "bench.json", ReadOptions())
    took_s = process_time() - start_s
    assert len(reading.activities) > 0.9 * n
    return n / took_s


def _body(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.40:
        return chance.choice(_AIDS).format(_position(*_corner(chance)))
    if kind < 0.62:
        return _FOUND.format(_position(*_corner(chance)))
    if kind < 0.95:
        return _area(chance) if kind < 0.92 else _line(chance)
    if kind < 0.97:
        at = _position(*_corner(chance))
        work, when = chance.choice(_HAZARDS), chance.choice(_TIMES)
        return f"1. {work} {when}\n   WITHIN THREE MILES OF {at}.\n{_END}"
    return "NAVTEX SERVICE OF THE COAST STATION IS OFF AIR UNTIL FURTHER NOTICE.\n"


def _area(chance: random.Random) -> str:
    lat, lon = _corner(chance)
    ring = ((0.0, 0.0), (0.2, 0.05), (0.4, 0.0), (0.4, 0.4), (0.2, 0.5), (0.0, 0.4))
    corners = ring[: chance.choice((4, 6))]
    places = ",\n   ".join(_position(lat + a, lon + b) for a, b in corners)
    if chance.random() < 0.5:
        work = f"{chance.choice(_WORK)} IN PROGRESS UNTIL 30 MAY\n   BY M/V EXAMPLE"
    else:
        work = f"{chance.choice(_HAZARDS)} {chance.choice(_TIMES)}"
    berth = f"   {chance.choice(_BERTHS)}\n" if chance.random() < 0.4 else ""
    return f"1. {work} IN AREA BOUND BY\n   {places}.\n{berth}{_END}"


def _line(chance: random.Random) -> str:
    lat, lon = _corner(chance)
    legs = ", ".join(_position(lat + 0.1 * i, lon + 0.07 * i) for i in range(4))
    return f"1. CABLE OPERATIONS 16 APR THRU 02 MAY ALONG\n   TRACKLINE JOINING {legs}.\n{_END}"


def _corner(chance: random.Random) -> tuple[float, float]:
    return chance.uniform(-60.0, 60.0), chance.uniform(-179.0, 178.0)


def _position(lat_deg: float, lon_deg: float) -> str:
    def part(value: float, width: int) -> str:
        hundredths = round(abs(value) * 6000.0)
        return f"{hundredths // 6000:0{width}d}-{hundredths % 6000 / 100.0:05.2f}"

    ns, ew = "NS"[lat_deg < 0.0], "EW"[lon_deg < 0.0]
    return f"{part(lat_deg, 2)}{ns} {part(lon_deg, 3)}{ew}"


if __name__ == "__main__":
    for _ in range(3):
        print(f"{run(5_000):8.0f} warnings/s")
