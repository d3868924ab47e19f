"""An incident on the screen: what each side says, beside what the others say."""

import math
from collections.abc import Callable
from typing import Final

from wideberth.cli.screen import GREEN, YELLOW, rows, say
from wideberth.council.incident_stand import Account, IncidentStand
from wideberth.council.matter import Matter
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import instant, position
from wideberth.formats.shown import line, plain
from wideberth.peering.wire_footprint import WireCircle
from wideberth.units import METRES_PER_KILOMETRE

_Row = tuple[str | tuple[str, str], ...]


def show_sides(one: Matter, now: IncidentStand) -> None:
    """Show the sides' reports, findings and frozen evidence in columns; what differs in yellow."""
    parties = one.parties
    accounts = [now.account(party) for party in parties]
    found: list[_Row] = []
    for name, words in _FIELDS:
        said = ["nothing yet" if account is None else words(account) for account in accounts]
        differs = name != "what" and len({s for s, a in zip(said, accounts, strict=True) if a}) > 1
        found.append((name, *((s, YELLOW) if differs else s for s in said)))
    found.append(("report", *(_which(now, party) for party in parties)))
    found.append(("finding", *(_finding(now, party) for party in parties)))
    found.append(("evidence", *(_evidence(now, party) for party in parties)))
    found.append(("closed", *("yes" if party in now.closed else "no" for party in parties)))
    say("")
    rows(found, head=("", *map(names, parties)))
    if now.differences:
        fields = ", ".join(one.field.replace("_", " ") for one in now.differences)
        say(f"The sides differ in: {fields}.", YELLOW)
    if len(now.findings) == len(parties):
        agree = now.findings_agree
        say("The findings agree." if agree else "The findings differ.", GREEN if agree else YELLOW)
    for head, ref in (("Joint review", now.meeting), ("Corrective", ", ".join(now.actions))):
        if ref:
            say(f"{head}: {names(ref)}")


def _which(now: IncidentStand, party: str) -> str:
    if party in now.final:
        return "final"
    late = ", TOO LATE" if party in now.late else ""
    return f"preliminary{late}" if party in now.preliminary else "missing"


def _finding(now: IncidentStand, party: str) -> str:
    found = now.findings.get(party)
    if found is None:
        return "none yet"
    shared = f" (as {names(found.agrees_with)})" if found.agrees_with else ""
    return f"{plain(found.text)}{shared}"


def _evidence(now: IncidentStand, party: str) -> str:
    frozen = now.frozen.get(party, ())
    if not frozen:
        return "not frozen yet"
    newest = frozen[-1]
    return f"{newest.entries} entries, digest {newest.digest[:16]}"


def _when(account: Account) -> str:
    until = "" if account.until_s is None else f" to {_at(account.until_s)}"
    return f"{_at(account.happened_s)}{until}"


def _at(time_s: float) -> str:
    return f"{instant(float(math.floor(time_s)))} Z"


def _where(account: Account) -> str:
    place = account.place
    if place is None:
        return "not said"
    if isinstance(place, WireCircle):
        radius_km = place.radius_m / METRES_PER_KILOMETRE
        return f"{position(place.centre)}{f', within {radius_km:g} km' if radius_km else ''}"
    return "an area; see --json"


def _act(account: Account) -> str:
    clause = f" ({plain(account.clause)})" if account.clause else ""
    return f"{plain(account.act)}{clause}" if account.act else "none named"


_FIELDS: Final[tuple[tuple[str, Callable[[Account], str]], ...]] = (
    ("what", lambda one: plain(one.text)),
    ("when", _when),
    ("where", _where),
    ("about", lambda one: line(", ".join(map(names, one.about))) or "nothing named"),
    ("prohibited act", _act),
    ("harm to people", lambda one: one.harm.value),
    ("third parties", lambda one: plain(one.third_parties) or "none named"),
)
