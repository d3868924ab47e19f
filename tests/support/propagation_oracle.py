"""Terrestrial propagation a second time: one path, plain Python, straight from the clauses.

In the units of the Recommendations (MHz, km, m), and with the megahertz face of every formula that
has two. Knows nothing of the package.
"""

import math

C = 299_792_458.0
EARTH_KM = 6371.0
GROUNDS = {"sea": (80.0, 5.0), "land": (22.0, 0.003)}


def free_space(f_mhz, d_km):
    """P.525: 20 log (4 pi d / wavelength)."""
    wavelength = C / (f_mhz * 1e6)
    return 20 * math.log10(4 * math.pi * max(d_km * 1000, 1.0) / wavelength)


def fresnel_loss(nu, steps_per_wave=4000):
    """P.526 section 4.1, J(nu) by Simpson's rule on the integrals C(nu) and S(nu)."""
    n = 2 * max(200, int(steps_per_wave * nu * nu / 4) + 1000)
    h = nu / n
    c = s = 0.0
    for i in range(n + 1):
        weight = 1 if i in (0, n) else 4 if i % 2 else 2
        angle = math.pi * (i * h) ** 2 / 2
        c += weight * math.cos(angle)
        s += weight * math.sin(angle)
    c, s = c * h / 3, s * h / 3
    return -20 * math.log10(math.sqrt((1 - c - s) ** 2 + (c - s) ** 2) / 2)


def edge_loss(nu):
    """P.526 eq. 31."""
    if nu <= -0.78:
        return 0.0
    return 6.9 + 20 * math.log10(math.sqrt((nu - 0.1) ** 2 + 1) + nu - 0.1)


def admittance(f_mhz, radius_km, ground, is_vertical):
    """P.526 section 3.1.1 with MHz and km."""
    eps, sigma = GROUNDS[ground]
    x = 18000 * sigma / f_mhz
    k_h = 0.36 * (radius_km * f_mhz) ** (-1 / 3) * ((eps - 1) ** 2 + x**2) ** (-1 / 4)
    return k_h * (eps**2 + x**2) ** (1 / 2) if is_vertical else k_h


def first_term(f_mhz, d_km, h1, h2, radius_km, ground, is_vertical):
    """P.526 section 3.1.1.2 with MHz and km: -F(X) - G(Y1) - G(Y2)."""
    k = admittance(f_mhz, radius_km, ground, is_vertical)
    beta = (1 + 1.6 * k**2 + 0.67 * k**4) / (1 + 4.5 * k**2 + 1.53 * k**4)
    x = 2.188 * beta * f_mhz ** (1 / 3) * radius_km ** (-2 / 3) * d_km
    if x >= 1.6:
        f_x = 11 + 10 * math.log10(x) - 17.6 * x
    else:
        f_x = -20 * math.log10(x) - 5.6488 * x**1.425

    def gain(h):
        b = beta * (9.575e-3 * beta * f_mhz ** (2 / 3) * radius_km ** (-1 / 3) * h)
        least = 2 + 20 * math.log10(k)
        if b > 2:
            high = 17.6 * (b - 1.1) ** 0.5 - 5 * math.log10(b - 1.1) - 8
            return max(least, high, 20 * math.log10(2.8))  # the clause drops by 0.017 dB at 2
        return max(least, 20 * math.log10(b + 0.1 * b**3)) if b > 0 else least

    return -f_x - gain(h1) - gain(h2)


def weighted(f_mhz, d_km, h1, h2, radius_km, omega, is_vertical):
    """P.452 section 4.2.2.1: sea and land by omega."""
    sea = first_term(f_mhz, d_km, h1, h2, radius_km, "sea", is_vertical)
    land = first_term(f_mhz, d_km, h1, h2, radius_km, "land", is_vertical)
    return omega * sea + (1 - omega) * land


def sight(h1, h2, radius_km):
    """The distance in km at which two ends just see each other."""
    return math.sqrt(2 * radius_km) * (math.sqrt(0.001 * h1) + math.sqrt(0.001 * h2))


def clearance(f_mhz, d_km, h1, h2, radius_km):
    """P.452 eq. 25 and 26: least clearance over what is required; 0 with an end on the ground."""
    if min(h1, h2) == 0:
        return 0.0
    c = (h1 - h2) / (h1 + h2)
    m = 250 * d_km**2 / (radius_km * (h1 + h2))
    angle = math.acos(max(-1.0, min(1.0, 3 * c / 2 * math.sqrt(3 * m / (m + 1) ** 3))))
    b = 2 * math.sqrt((m + 1) / (3 * m)) * math.cos(math.pi / 3 + angle / 3)
    d1 = d_km / 2 * (1 + b)
    d2 = d_km - d1
    if d1 <= 0 or d2 <= 0:
        return 0.0
    over = ((h1 - 500 * d1**2 / radius_km) * d2 + (h2 - 500 * d2**2 / radius_km) * d1) / d_km
    return over / (0.552 * math.sqrt(1000) * math.sqrt(d1 * d2 * (C / (f_mhz * 1e6)) / d_km))


def smooth_earth(f_mhz, d_km, h1, h2, omega=0.0, *, is_vertical=True, k=4 / 3):
    """P.526 section 3.2, P.452 section 4.2.2; no less than 0."""
    d_km, radius_km = max(d_km, 0.001), k * EARTH_KM
    if d_km >= sight(h1, h2, radius_km):
        return max(0.0, weighted(f_mhz, d_km, h1, h2, radius_km, omega, is_vertical))
    ratio = clearance(f_mhz, d_km, h1, h2, radius_km)
    if ratio > 1:
        return 0.0
    marginal = 500 * (d_km / (math.sqrt(h1) + math.sqrt(h2))) ** 2
    first = weighted(f_mhz, d_km, h1, h2, marginal, omega, is_vertical)
    return 0.0 if first < 0 else (1 - ratio) * first


def steady(f_mhz, d_km, h1, h2, omega=0.0, *, is_vertical=True, k=4 / 3):
    """The first term with the true radius, weighted by the clearance that is missing."""
    d_km, radius_km = max(d_km, 0.001), k * EARTH_KM
    first = max(0.0, weighted(f_mhz, d_km, h1, h2, radius_km, omega, is_vertical))
    if d_km >= sight(h1, h2, radius_km):
        return first
    return first * max(0.0, 1 - clearance(f_mhz, d_km, h1, h2, radius_km))


def bullington(f_mhz, d, h, h1, h2, radius_km):
    """P.1812 section 4.3.1: d in km, h in m above sea level, ends h1 and h2 in m above it."""
    wavelength, total, bend = C / (f_mhz * 1e6), d[-1], 1 / radius_km
    inner = list(zip(d, h, strict=True))[1:-1]
    rise = max((hi + 500 * bend * di * (total - di) - h1) / di for di, hi in inner)
    if rise < (h2 - h1) / total:
        nu = max(
            (hi + 500 * bend * di * (total - di) - (h1 * (total - di) + h2 * di) / total)
            * math.sqrt(0.002 * total / (wavelength * di * (total - di)))
            for di, hi in inner
        )
    else:
        back = max((hi + 500 * bend * di * (total - di) - h2) / (total - di) for di, hi in inner)
        at = (h2 - h1 + back * total) / (rise + back)
        nu = (h1 + rise * at - (h1 * (total - at) + h2 * at) / total) * math.sqrt(
            0.002 * total / (wavelength * at * (total - at))
        )
    edge = edge_loss(nu)
    return edge + (1 - math.exp(-edge / 6)) * (10 + 0.02 * total)


def effective_heights(d, h, h1, h2):
    """P.452 Attachment 2 section 5.1.6: the ends above the smooth earth under the terrain."""
    total = d[-1]
    v1 = v2 = 0.0
    for i in range(1, len(d)):
        v1 += (d[i] - d[i - 1]) * (h[i] + h[i - 1])
        v2 += (d[i] - d[i - 1]) * (h[i] * (2 * d[i] + d[i - 1]) + h[i - 1] * (d[i] + 2 * d[i - 1]))
    start, end = (2 * v1 * total - v2) / total**2, (v2 - v1 * total) / total**2
    over = [h[i] - (h1 * (total - d[i]) + h2 * d[i]) / total for i in range(1, len(d) - 1)]
    highest = max(over)
    if highest > 0:
        out = max(o / di for o, di in zip(over, d[1:-1], strict=True))
        back = max(o / (total - di) for o, di in zip(over, d[1:-1], strict=True))
        start -= highest * out / (out + back)
        end -= highest * back / (out + back)
    return h1 - min(start, h[0]), h2 - min(end, h[-1])


def delta_bullington(f_mhz, d, h, antenna1, antenna2, omega=0.0, *, is_vertical=True, k=4 / 3):
    """P.1812 section 4.3.4: d in km, h in m above sea level, antennas in m above the ground."""
    h1, h2, radius_km = h[0] + antenna1, h[-1] + antenna2, k * EARTH_KM
    actual = bullington(f_mhz, d, h, h1, h2, radius_km)
    e1, e2 = effective_heights(d, h, h1, h2)
    level = bullington(f_mhz, d, [0.0] * len(d), e1, e2, radius_km)
    sphere = smooth_earth(f_mhz, d[-1], e1, e2, omega, is_vertical=is_vertical, k=k)
    return actual + max(sphere - level, 0.0)


def angle_mrad(d, h, antenna1, antenna2, k=4 / 3):
    """P.452 Attachment 2: horizon elevations of both ends and the arc between them."""
    h1, h2, radius_km = h[0] + antenna1, h[-1] + antenna2, k * EARTH_KM
    inner = list(zip(d, h, strict=True))[1:-1]
    out = max(1000 * math.atan((hi - h1) / (1000 * di) - di / (2 * radius_km)) for di, hi in inner)
    back = max(
        1000 * math.atan((hi - h2) / (1000 * (d[-1] - di)) - (d[-1] - di) / (2 * radius_km))
        for di, hi in inner
    )
    return 1000 * d[-1] / radius_km + out + back


def troposcatter(f_mhz, d_km, theta_mrad, n0=325.0, p=50.0, gains=0.0):
    """P.452-17 section 4.3 without the gases."""
    f_ghz = f_mhz / 1000
    l_f = 25 * math.log10(f_ghz) - 2.5 * math.log10(f_ghz / 2) ** 2
    l_c = 0.051 * math.exp(0.055 * gains)
    return (
        190 + l_f + 20 * math.log10(max(d_km, 0.001)) + 0.573 * max(theta_mrad, 0.0) - 0.15 * n0
        + l_c - 10.1 * (math.log10(50 / p)) ** 0.7
    )  # fmt: skip


def joined(f_mhz, d_km, added, theta_mrad, n0=325.0, p=50.0):
    """Diffraction and troposcatter as powers to the fifth root, at least free space."""
    free = free_space(f_mhz, d_km)
    scattered = troposcatter(f_mhz, d_km, theta_mrad, n0, p)
    least = min(free + added, scattered)
    both = sum(10 ** (-0.2 * (loss - least)) for loss in (free + added, scattered))
    return max(free, least - 5 * math.log10(both))


def terrestrial(f_mhz, d_km, h1, h2, omega=0.0, *, is_vertical=True, k=4 / 3, n0=325.0, p=50.0):
    """The refined loss without terrain."""
    losses = []
    for factor in (k,) if p == 50 else (k, max(k, 3.0)):
        radius_km = factor * EARTH_KM
        theta = 1000 * (d_km - sight(h1, h2, radius_km)) / radius_km
        added = steady(f_mhz, d_km, h1, h2, omega, is_vertical=is_vertical, k=factor)
        losses.append(joined(f_mhz, d_km, added, theta, n0, p))
    return min(losses)
