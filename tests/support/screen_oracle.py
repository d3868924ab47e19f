"""Which pairs are hits, in plain Python from the words of the rule: one pair at a time, no arrays.

Free space as 32.4478 dB + 20 log10(MHz) + 20 log10(km), and the power that gets in out of band as
a sum of two ways, so that nothing is shared with the code but the rule.
"""

import math

CONSTANT_DB = 20.0 * math.log10(4.0 * math.pi * 1e9 / 299_792_458.0)  # 1 MHz, 1 km


def gap_m(one, other):
    return math.dist(one["centre"], other["centre"]) - one["radius_m"] - other["radius_m"]


def do_bands_overlap(one, other):
    return max(one["low_hz"], other["low_hz"]) < min(one["high_hz"], other["high_hz"])


def do_windows_overlap(one, other):
    return max(one["start_s"], other["start_s"]) < min(one["end_s"], other["end_s"])


def margin_db(emitter, receiver):
    """Return the margin of a pair, NaN where a level is unknown."""
    distance_km = max(gap_m(emitter, receiver), 1.0) / 1e3
    freq_mhz = min(emitter["low_hz"], receiver["low_hz"]) / 1e6
    received_dbm = emitter["eirp_dbm"] - CONSTANT_DB
    received_dbm -= 20.0 * math.log10(freq_mhz) + 20.0 * math.log10(distance_km)
    floors = [row["floor_db"] for row in (emitter, receiver)]
    if not do_bands_overlap(emitter, receiver) and not any(math.isnan(f) for f in floors):
        let_in = 2.0 * max(10.0 ** (-floor / 10.0) for floor in floors)
        received_dbm += 10.0 * math.log10(min(1.0, let_in))
    return receiver["limit_dbm"] - received_dbm


def is_hit(emitter, receiver, slack_db=0.0, unknown_range_m=math.inf):
    """Return whether a pair is a hit, or None where it is too near the edge to tell."""
    if emitter["owner"] == receiver["owner"]:
        return False
    if emitter["link"] != -1 and emitter["link"] == receiver["link"]:
        return False
    if not do_windows_overlap(emitter, receiver):
        return False
    margin = margin_db(emitter, receiver)
    if math.isnan(margin):
        if not do_bands_overlap(emitter, receiver):
            return False
        over_m = max(gap_m(emitter, receiver), 1.0) - max(unknown_range_m, 1.0)
        return None if abs(over_m) < 1e-6 else over_m < 0.0
    return None if abs(margin - slack_db) < 1e-7 else margin < slack_db
