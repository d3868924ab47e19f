"""A unit's page as a browser shows it: what waits first and in red, a button each, no scripts."""

import base64
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment
from markupsafe import Markup

from wideberth.formats.lookalike import named
from wideberth.formats.readback import VolumeReadBack, read_back
from wideberth.formats.shown import line, plain
from wideberth.formats.times import show_utc
from wideberth.model.activity import State
from wideberth.model.agreement import Agreement
from wideberth.peering.wire import WireActivity, from_wire
from wideberth.web.api_views import UnitNotice

_MOST_PLACES: Final = 40  # of a volume; the rest is in the JSON
_MOST_TOLD: Final = (
    20  # of those that wait no more, shown with all they say; of older ones only a line
)
_OVER: Final = frozenset({State.ENDED, State.WITHDRAWN})

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #14202b; --page: #fff; --soft: #4b5a67; --rule: #c3ccd4;
  --bad: #a51d1d; --bad-page: #fdecec; --good: #00664a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eef2; --page: #0b141b; --soft: #a9b8c4;
  --rule: #34454f; --bad: #ff9b8f; --bad-page: #3a1513; --good: #6fdcb4; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: .75rem 1rem 3rem; background: var(--page);
  color: var(--ink); font: 17px/1.45 system-ui, "DejaVu Sans", Arial, sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 0; }
h3 { font-size: 1rem; margin: .8rem 0 .1rem; }
p { margin: .25rem 0; }
.soft { color: var(--soft); font-size: .9rem; }
.count { font-weight: 700; font-size: 1.15rem; }
.waits { color: var(--bad); }
.done { color: var(--good); }
section { margin: 1rem 0; padding: .8rem 1rem; border: 2px solid var(--rule);
  border-left-width: 10px; border-radius: 6px; break-inside: avoid; }
section.open { border-color: var(--bad); background: var(--bad-page); }
.n { white-space: nowrap; }
.mark { font-weight: 700; }
dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; }
dt { color: var(--soft); }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; margin: .4rem 0; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .15rem .6rem .15rem 0;
  border-bottom: 1px solid var(--rule); font-weight: 400; }
th { color: var(--soft); }
td { font-variant-numeric: tabular-nums; }
button { width: 100%; margin-top: .8rem; padding: .8rem; font: inherit; font-weight: 700;
  color: #fff; background: #a51d1d; border: 0; border-radius: 6px; cursor: pointer; }
button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
@media print { body { max-width: none; font-size: 11pt; } button, .screen { display: none; }
  section.open { background: none; } }
"""
_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)

_ENVIRONMENT: Final = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
_ENVIRONMENT.filters |= {"line": line, "named": named, "plain": plain}
_PAGE: Final = _ENVIRONMENT.from_string("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{% if waiting %}({{ waiting }}) {% endif %}{{ unit|named }}: notices</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="60">
<style>{{ style }}</style>
</head>
<body>
<header>
<h1>{{ unit|named }}</h1>
{% if waiting %}
<p class="count waits">{{ waiting }} to acknowledge</p>
{% else %}
<p class="count done">Nothing waits for you</p>
{% endif %}
<p class="soft">As of {{ kept(now) }}. All times are UTC (Z).
<span class="screen">The page renews itself every minute.</span></p>
</header>
{% for one in cards %}
<section{% if one.waits %} class="open"{% endif %}>
<h2>{{ one.notice.owner|named }} {{ one.notice.activity|named }}
{%- if one.notice.title %}: {{ one.notice.title|plain }}{% endif %}</h2>
<p>{% if one.waits %}<span class="mark waits">Not acknowledged.</span>
{% elif one.notice.acknowledged_s is not none %}
<span class="mark done">Acknowledged {{ kept(utc(one.notice.acknowledged_s)) }}.</span>
{% endif %}
{% if one.notice.superseded %}<span class="mark">A newer notice replaces this one.</span>{% endif %}
{% if one.is_over %}<span class="mark">{{ one.notice.state.value }}: no longer in force.</span>
{% endif %}</p>
<p class="soft">Revision {{ one.notice.revision }}, {{ one.notice.state.value }}
{%- if one.notice.kind %}, {{ one.notice.kind|plain }}{% endif %};
passed to you {{ kept(utc(one.notice.passed_s)) }}</p>
{% for volume in one.volumes %}
<h3>{{ volume.arena.capitalize() }}: {{ volume.shape }}</h3>
<dl>
<dt>Time</dt><dd>{{ kept(volume.times) }}</dd>
<dt>Height</dt><dd>{{ kept(volume.heights) }}</dd>
{% if volume.band %}<dt>Band</dt><dd>{{ volume.band }}</dd>
{% endif %}
</dl>
{% if volume.places %}
<table>
<tr><th>Place</th><th>Latitude, longitude</th><th>MGRS</th></tr>
{% for place in volume.places[:most] %}
<tr><td class="n">{{ place.which }}</td>
<td>{{ kept(place.dms) }}{% if place.bearing %}<br>{{ place.bearing|line }}{% endif %}</td>
<td class="n">{{ place.mgrs }}</td></tr>
{% endfor %}
</table>
{% if volume.places|length > most %}
<p class="waits">{{ volume.places|length - most }} more places are not shown: ask your watch.</p>
{% endif %}
{% endif %}
{% endfor %}
{% if one.waits %}
<form method="post" action="{{ action }}">
<input type="hidden" name="notice" value="{{ one.notice.notice }}">
<button type="submit">Acknowledge {{ one.notice.activity|named }}</button>
</form>
{% endif %}
</section>
{% else %}
<p>Nothing was passed to you yet.</p>
{% endfor %}
</body>
</html>
""")


@dataclass(frozen=True, slots=True)
class _Card:
    """A notice and its volumes in words."""

    notice: UnitNotice
    volumes: tuple[VolumeReadBack, ...]

    @property
    def waits(self) -> bool:
        return waits(self.notice)

    @property
    def is_over(self) -> bool:
        return self.notice.state in _OVER


def waits(one: UnitNotice) -> bool:
    """Return whether a notice is to be acknowledged; one that was replaced cannot be any more."""
    return one.acknowledged_s is None and not one.superseded


def page(
    unit: str, notices: Sequence[UnitNotice], agreement: Agreement, *, action: str, now_s: float
) -> str:
    """Return the page (HTML); action: where the buttons lead."""
    waiting = [one for one in notices if waits(one)]
    done = [one for one in notices if not waits(one)]
    cards = [_Card(one, _said(one, agreement)) for one in (*waiting, *done[:_MOST_TOLD])]
    cards += [_Card(one, ()) for one in done[_MOST_TOLD:]]
    return _PAGE.render(
        unit=unit,
        waiting=len(waiting),
        cards=cards,
        most=_MOST_PLACES,
        action=action,
        now=_utc(now_s),
        utc=_utc,
        kept=_kept,
        style=Markup(_STYLE),  # noqa: S704 - our own, and its hash is what the policy allows
    )


def _said(one: UnitNotice, agreement: Agreement) -> tuple[VolumeReadBack, ...]:
    """Return the volumes with every place in several notations (R4)."""
    if not one.volumes:
        return ()
    wire = WireActivity(party=one.owner, id=one.activity, volumes=one.volumes)
    return read_back(from_wire(wire, is_checked=True), agreement).volumes


def _utc(time_s: float) -> str | None:
    return show_utc(float(math.floor(time_s)))


def _kept(text: str) -> Markup:
    """Return text whose figures do not break over two lines."""
    piece = Markup('<span class="n">{}</span>')
    words = text.split(" ")
    return Markup(" ").join(piece.format(one) if _is_figure(one) else one for one in words)


def _is_figure(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
