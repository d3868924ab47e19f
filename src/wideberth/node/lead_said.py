"""How much notice was given, in words."""

_MINUTE_S = 60.0
_HOUR_S = 3600.0


def lead_said(given_s: float) -> str:
    """Return the lead in words; a notice can also come after the start."""
    span = span_said(abs(given_s))
    return f"{span} of notice" if given_s > 0 else f"notice {span} after its start"


def span_said(span_s: float) -> str:
    """Return a span in the unit that people would use."""
    if span_s >= _HOUR_S:
        return f"{span_s / _HOUR_S:.1f} h"
    if span_s >= _MINUTE_S:
        return f"{span_s / _MINUTE_S:.0f} min"
    return f"{span_s:.0f} s"
