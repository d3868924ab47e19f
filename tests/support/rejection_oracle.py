"""Frequency-dependent rejection by adding up thin slices: plain, slow, and written apart from ours.

SM.337-6: whole power of the emission over the power behind the receiver's response.
"""

import itertools

import numpy as np


def attenuation(points, floor_db, offsets):
    """Interpolate a mask point by point; offsets at steps are not drawn."""
    if points[0][0] >= 0.0:
        offsets = np.abs(offsets)
        if points[0][0] > 0.0:
            points = ((0.0, points[0][1]), *points)
    found = np.full(len(offsets), float(floor_db))
    for (low, low_db), (high, high_db) in itertools.pairwise(points):
        if high > low:
            here = (low <= offsets) & (offsets <= high)
            found[here] = low_db + (high_db - low_db) * (offsets[here] - low) / (high - low)
    return found


def edges(points):
    offsets = [hz for hz, _ in points]
    return {*offsets, *(-hz for hz in offsets)} if offsets[0] >= 0.0 else set(offsets)


def fdr_db(emission, selectivity, offset_hz, slices=4000):
    """Each argument but the offset: (points, floor_db)."""
    em_points, em_floor = emission
    sel_points, sel_floor = selectivity
    em_edges = edges(em_points)
    first, last = min(em_edges), max(em_edges)
    cuts = {e for e in em_edges | {e - offset_hz for e in edges(sel_points)} if first <= e <= last}
    whole = kept = 0.0
    ordered = sorted(cuts)
    for low, high in itertools.pairwise(ordered):
        if high - low < 1e-9 * (last - first):
            continue
        width = (high - low) / slices
        middles = low + width * (np.arange(slices) + 0.5)
        density = 10.0 ** (-attenuation(em_points, em_floor, middles) / 10.0)
        response = 10.0 ** (-attenuation(sel_points, sel_floor, middles + offset_hz) / 10.0)
        whole += density.sum() * width
        kept += (density * response).sum() * width
    return min(10.0 * np.log10(whole / kept), em_floor)


def least_db(gap_hz, emission, selectivity, slices=20000):
    """Let the power flow outwards as far as the skirt allows, slice by slice."""
    em_points, em_floor = emission
    sel_points, sel_floor = selectivity
    far = em_points[-1][0]
    steps = np.unique([*np.linspace(0.0, far, slices), *(hz for hz, _ in em_points)])
    middles = 0.5 * (steps[1:] + steps[:-1])
    left = 10.0 ** (-attenuation(em_points, em_floor, middles) / 10.0)  # beyond each middle
    left = np.concatenate([[1.0], left, [10.0 ** (-em_floor / 10.0)]])
    parts = left[:-1] - left[1:]  # what lies at each step
    short = gap_hz - steps
    response = 10.0 ** (-attenuation(sel_points, sel_floor, np.maximum(short, 0.0)) / 10.0)
    response[short <= 0.0] = 1.0
    return -10.0 * np.log10((parts * response).sum() + left[-1])
