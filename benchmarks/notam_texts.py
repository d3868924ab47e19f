"""How many NOTAM texts a second one core reads: our own mix of notices, all in one file."""

import random
import sys
import time
from typing import Final

from wideberth.formats.notam import read
from wideberth.formats.reading import ReadOptions

TARGET_PER_S: Final = 5000.0
_KINDS: Final = {
    "aerodrome": 24, "obstacle": 8, "polygon": 22, "first": 10, "circle": 16, "corridor": 2,
    "q_only": 8, "daily": 5, "weekly": 3, "radio": 2,
}  # fmt: skip
_OTHER: Final = (
    ("QMRLC", "RWY 09L/27R CLSD DUE TO MAINT OF SURFACE."),
    ("QNVAS", "VOR/DME 'GAN' 113.400MHZ CH81X OUT OF SERVICE."),
    ("QFAXX", "BIRD ACTIVITY REPORTED IN VICINITY OF AD. PILOTS TO EXERCISE CAUTION."),
    ("QLRAS", "RCLL RWY 09R U/S."),
)


def _degrees(value: float, width: int, letters: str, *, is_first: bool = False) -> str:
    seconds = round(abs(value) * 3600)
    digits = f"{seconds // 3600:0{width}d}{seconds // 60 % 60:02d}{seconds % 60:02d}"
    letter = letters[value < 0]
    return letter + digits if is_first else digits + letter


def _place(lon: float, lat: float, *, gap: str = " ", is_first: bool = False) -> str:
    north = _degrees(lat, 2, "NS", is_first=is_first)
    return north + gap + _degrees(lon, 3, "EW", is_first=is_first)


def _ring(lon: float, lat: float, count: int, *, is_first: bool) -> str:
    corners = [(-0.1, -0.1), (-0.12, 0.02), (-0.1, 0.1), (0.0, 0.12), (0.1, 0.1), (0.1, -0.1)]
    chosen = corners[: count - 1] + corners[-1:]
    names = [_place(lon + x, lat + y, gap="", is_first=is_first) for x, y in chosen]
    return ("-" if is_first else " - ").join([*names, names[0]])


def _parts(kind: str, lon: float, lat: float, rng: random.Random) -> tuple[str, str, str]:
    """Return code, item D and item E of one notice."""
    code = rng.choice(("QRTCA", "QWMLW", "QRDCA", "QWELW", "QWULW"))
    at = _place(lon, lat)
    nm = rng.randint(1, 9)
    if kind == "obstacle":
        return "QOBCE", "", f"MOBILE CRANE ERECTED PSN {at}. HGT 45M AGL. LGTD."
    if kind in ("polygon", "first"):
        ring = _ring(lon, lat, rng.randint(4, 6), is_first=kind == "first")
        return code, "", f"TEMPO AREA ACTIVATED WI LATERAL LIMITS: {ring}. ENTRY PROHIBITED."
    if kind == "corridor":
        other = _place(lon + 0.1, lat + 0.05)
        return code, "", f"FORMATION FLIGHTS {nm}NM EITHER SIDE OF LINE {at} - {other}."
    if kind == "q_only":
        return code, "", "DANGER AREA GANNET TWO ACTIVATED."
    days = {"daily": "DAILY 0700-1100 1300-1500", "weekly": "MON-FRI 0700-1600 EXC NOV 24"}
    radio = " CONTACT GANNET APP 123.450MHZ." if kind == "radio" else ""
    return code, days.get(kind, ""), f"GUNNERY WI {nm}NM RADIUS OF {at} (GANNET).{radio}"


def texts(n: int) -> list[str]:
    """Return n notices, the same every time; a tenth replace or cancel another."""
    rng = random.Random(7)
    kinds = rng.choices(list(_KINDS), list(_KINDS.values()), k=n)
    return [_text(i, kind, rng) for i, kind in enumerate(kinds)]


def _text(i: int, kind: str, rng: random.Random) -> str:
    lon, lat = rng.uniform(18.0, 34.0), rng.uniform(32.0, 40.0)
    year, series = 26 + i // 260_000, chr(65 + i // 10_000 % 26)
    number, old = f"{series}{i % 10_000:04d}/{year}", f"Z{i % 10_000:04d}/25"
    if kind == "aerodrome":
        code, words = rng.choice(_OTHER)
        schedule = ""
    else:
        code, schedule, words = _parts(kind, lon, lat, rng)
    head = rng.choices(("NOTAMN", f"NOTAMR {old}", f"NOTAMC {old}"), (90, 7, 3))[0]
    minute_n, minute_e = round(lat * 60), round(lon * 60)
    centre = f"{minute_n // 60:02d}{minute_n % 60:02d}N{minute_e // 60:03d}{minute_e % 60:02d}E"
    lines = [f"({number} {head}", f"Q) LCCC/{code}/IV/BO/W/000/195/{centre}012", "A) LCCC"]
    lines.append("B) 2611220600" + ("" if "NOTAMC" in head else " C) 2611291800"))
    lines += [f"D) {schedule}"] if schedule else []
    lines.append(f"E) {words}")
    lines.append("F) SFC G) 3500FT AMSL)" if code[1] in "RW" else ")")
    return "\n".join(lines)


def run(n: int) -> float:
    """Return texts a second of one core (processor time), read in one call."""
    data = "\n\n".join(texts(n)).encode()
    start = time.process_time()
    found = read(data, "mix.txt", ReadOptions())
    took_s = time.process_time() - start
    assert len(found.activities) > n // 3
    assert not found.is_refused
    return n / took_s


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{run(count):,.0f} texts/s (target {TARGET_PER_S:,.0f})")
