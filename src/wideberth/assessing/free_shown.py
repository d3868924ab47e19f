"""Which channels are free, as JSON fields and for people."""

from typing import Any, Final

from wideberth.assessing.advice import ADVISORY, named
from wideberth.assessing.free import Channel, FreeChannels
from wideberth.engine.words import hertz
from wideberth.formats.lookalike import names
from wideberth.formats.report_json import number
from wideberth.formats.report_words import band, count, window
from wideberth.formats.shown import line
from wideberth.formats.times import show_utc
from wideberth.model.volume import Role

SHOWN: Final = 40
MORE_THAN_DB: Final = 20.0


def fields(found: FreeChannels) -> dict[str, Any]:
    """Return it as JSON fields, cleanest first; margin_db null: more than 20 dB."""
    wish = found.wish
    return {
        "advisory": ADVISORY,
        "agreement": named(found.agreement),
        "freq_low_hz": number(wish.band.low_hz),
        "freq_high_hz": number(wish.band.high_hz),
        "width_hz": number(wish.width_hz),
        "from": show_utc(wish.window.start_s),
        "to": show_utc(wish.window.end_s),
        "role": wish.role.value,
        "eirp_dbm": number(wish.eirp_dbm) if wish.role is Role.EMIT else None,
        "height_m": number(wish.height_m),
        "free": len(found.free),
        "screened": found.screened,
        "not_judged": [
            {"arenas": sorted(entry.arenas), "pairs": entry.pairs, "why": entry.why}
            for entry in found.not_judged
        ],
        "unverified": _unverified(found),
        "channels": [_channel(channel) for channel in found.channels],
    }


def _unverified(found: FreeChannels) -> list[str]:
    """Return the rows of protection data in force whose figures were not held to their source."""
    return sorted(row.title for row in found.agreement.spectrum.protections if not row.verified)


def _channel(channel: Channel) -> dict[str, Any]:
    return {
        "freq_low_hz": number(channel.low_hz),
        "freq_high_hz": number(channel.high_hz),
        "free": channel.is_free,
        "margin_db": number(channel.margin_db),
        "held_by": channel.held_by,
        "reasons": [
            {
                "party": reason.party,
                "activity": reason.activity,
                "volume": reason.volume,
                "why": reason.why,
            }
            for reason in channel.reasons
        ],
    }


def render_text(found: FreeChannels) -> str:
    """Return it for people: how many, the cleanest, and who holds the rest."""
    wish, free = found.wish, found.free
    what = f"{wish.eirp_dbm:g} dBm EIRP" if wish.role is Role.EMIT else "a receiver"
    lines = [
        f"FREE CHANNELS OF {hertz(wish.width_hz)} IN {band(wish.band)} FOR {what}",
        f"  {window(wish.window.start_s, wish.window.end_s)}",
        "",
        f"{len(free):,} of {count(len(found.channels), 'channel')} free of what was judged:",
    ]
    lines += [f"  {_edges(channel)}  {_margin(channel)}" for channel in free[:SHOWN]]
    if len(free) > SHOWN:
        lines.append(f"  ... and {len(free) - SHOWN:,} more.")
    held = [channel for channel in found.channels if not channel.is_free]
    if held:
        lines += ["", f"{count(len(held), 'channel')} not free:"]
        lines += [f"  {_edges(channel)}  {_reasons(channel)}" for channel in held[:SHOWN]]
    if len(held) > SHOWN:
        lines.append(f"  ... and {len(held) - SHOWN:,} more.")
    if found.screened:
        lines += ["", f"Not looked at closely, so not called free: {found.screened:,}."]
    for entry in found.not_judged:
        lines += ["", f"NOT JUDGED: {' and '.join(sorted(entry.arenas))}: {entry.why}."]
    if _unverified(found):
        lines += ["", "Figures of the protection data that were not verified have played a part."]
    return "".join(f"{line}\n" for line in [*lines, "", ADVISORY])


def _edges(channel: Channel) -> str:
    return f"{channel.low_hz / 1e6:.6f} to {channel.high_hz / 1e6:.6f} MHz"


def _margin(channel: Channel) -> str:
    if channel.margin_db is None or channel.margin_db > MORE_THAN_DB:
        return f"more than {MORE_THAN_DB:g} dB spare"
    return f"{max(0.0, channel.margin_db):.1f} dB spare"


def _reasons(channel: Channel) -> str:
    said = [
        f"{names(one.party, one.activity, one.volume)}: {line(one.why)}".strip()
        for one in channel.reasons
    ]
    more = channel.held_by - len(said)
    return "; ".join([*said, f"and {more} more"] if more > 0 else said)
