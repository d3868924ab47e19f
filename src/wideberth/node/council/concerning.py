"""What matters of the council follow from activities: looked at as a batch of commands ends.

So it is found whatever changed an activity: a declaration, an amendment, a peer's message, a
suspended exchange taken up again, or a new agreement.
"""

from wideberth.errors import WideberthError
from wideberth.node import tables
from wideberth.node.council import consents, third_parties
from wideberth.node.council.saying import BY_ITSELF, Say, say
from wideberth.node.work import Work


def look(work: Work) -> None:
    """Say in the council what follows from the activities that the batch changed or told."""
    for name in sorted({*work.search, *work.concerned}):
        subject = tables.key(*name)
        try:
            work.attempt(lambda attempt, name=name: _look_at(attempt, name))  # type: ignore[misc]
        except WideberthError as error:
            text = f"what an activity asks of the council could not be said: {error.what}"
            work.raise_alarm("council not told", subject, text)
        else:
            work.clear_alarm("council not told", subject, "it was said")


def _look_at(work: Work, name: tuple[str, str]) -> None:
    consents.look_for_unasked(work, name)
    for said in (*consents.to_be_said(work, name), *third_parties.to_be_said(work, name)):
        say(work, Say(said, BY_ITSELF))
