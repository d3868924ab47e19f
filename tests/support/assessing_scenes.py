"""Crowds of emissions and receivers as parties declare them, now and then with a flight."""

import dataclasses

from hypothesis import strategies as st
from radio_scenes import a_flight, crowds


@st.composite
def declared_crowds(draw):
    """Activities of parties, without receivers aboard: these come of an equipage alone."""
    found = []
    for activity in draw(crowds()):
        own = tuple(v for v in activity.volumes if not v.radio.aboard)
        if own:
            found.append(dataclasses.replace(activity, volumes=own))
    if found and draw(st.booleans()):
        place = draw(st.sampled_from([(33.0, 34.0), (179.9, 10.0)]))
        found.append(a_flight(place=place, party="north", name="F"))
    return found
