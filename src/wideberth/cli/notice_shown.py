"""A notice on the screen: one line of a list, or the whole ladder."""

from wideberth.cli.met import lead_words
from wideberth.cli.notice_named import SHOWN_DIGITS
from wideberth.cli.screen import GREEN, RED, YELLOW, length, rows, say
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import instant
from wideberth.node.records import Notice, Way

_Row = tuple[str | tuple[str, str], ...]


def is_red(notice: Notice) -> bool:
    """Return whether a notice wants a look: overdue, not accepted, misread, too late to act on."""
    too_late = notice.lead is not None and notice.lead.too_late
    red = bool(notice.overdue) or not notice.accepted or notice.read_back == "differs"
    return (red or too_late) and not notice.superseded


def row(notice: Notice) -> _Row:
    """Return a notice as one line of a list."""
    style = RED if is_red(notice) else GREEN if notice.effective_s is not None else ""
    return (
        notice.message[:SHOWN_DIGITS],
        notice.way.value,
        names(notice.peer),
        names(notice.activity),
        str(notice.revision),
        notice.state.value,
        (_come(notice), style),
        _lead(notice),
    )


def _come(notice: Notice) -> str:
    if notice.recalled:
        return f"recalled ({notice.recalled})"
    if not notice.accepted:
        return "NOT ACCEPTED"
    overdue = f", OVERDUE: {notice.overdue[0].value}" if notice.overdue else ""
    return f"{notice.rung.value}{overdue}"


def _lead(notice: Notice) -> str | tuple[str, str]:
    if notice.lead is None:
        return ""
    given = length(notice.lead.given_s)
    if notice.lead.too_late:
        return f"{given}, TOO LATE", RED
    return (f"{given}, LATE", RED) if notice.lead.late else given


def show_notice(notice: Notice) -> None:
    """Show all that is known of a notice."""
    way = "to" if notice.way is Way.OUT else "from"
    say(f"{names(notice.owner, notice.activity)}, revision {notice.revision}: {notice.state.value}")
    say(f"Notice {notice.message} {way} {names(notice.peer)}, entry {notice.index} of our ledger.")
    ours, theirs = ("our clock", f"{names(notice.peer)}'s clock")
    sender, receiver = (ours, theirs) if notice.way is Way.OUT else (theirs, ours)
    rows([("  sent", _at(notice.sent_s), sender), *_steps(notice, receiver)])
    if notice.lead is not None:
        words, style = lead_words(notice.lead)
        say(f"Lead: {words}", style)
    for caution in notice.cautions:
        say(f"In {caution}", YELLOW)
    if notice.skew_s is not None:
        say(f"The clocks are {abs(notice.skew_s):.1f} s apart at most, line included.")
    for problem in notice.problems:
        say(f"Not accepted: {problem}", RED)
    if notice.moved:
        say(notice.moved)
    if notice.read_back:
        say(f"Read-back: {notice.read_back}", RED if notice.read_back == "differs" else "")
    for difference in notice.differences:
        say(f"  {difference}", RED)
    if notice.overdue:
        say(f"Overdue: {', '.join(rung.value for rung in notice.overdue)}", RED)
    if notice.superseded:
        say("A newer notice of this activity replaces it.")
    effective = notice.effective_s
    say("Not effective yet." if effective is None else f"Effective since {_at(effective)}.")


def _steps(notice: Notice, receiver: str) -> list[_Row]:
    steps: list[_Row] = []
    if notice.delivered_s is not None:
        steps.append(("  delivered", _at(notice.delivered_s), receiver))
    if notice.read_s is not None:
        steps.append(("  read", _at(notice.read_s), f"{receiver}, by {names(notice.read_by)}"))
    for unit in notice.units:
        for name, at_s in (("passed", unit.passed_s), ("acknowledged", unit.acknowledged_s)):
            if at_s is not None:
                steps.append((f"  {name}", _at(at_s), f"{receiver}, unit {names(unit.unit)}"))
    return steps


def _at(time_s: float) -> str:
    return f"{instant(float(int(time_s)))} Z"
