"""What a craft listens with: the receive volumes that an activity's equipage brings.

So a flight meets a jammer although nobody typed a frequency for it (DESIGN 3).
"""

from collections.abc import Iterator
from dataclasses import replace

from wideberth.model.activity import Activity
from wideberth.model.protection import Equipage
from wideberth.model.radio import Radio
from wideberth.model.span import FrequencyBand
from wideberth.model.spectrum_rules import SpectrumRules
from wideberth.model.volume import Arena, Role, Volume


def equipped(activity: Activity, rules: SpectrumRules) -> Activity:
    """Return the activity with the receive volumes of its equipage, one a band and volume.

    As declared where it names no equipage, or one that the agreement does not know: then what it
    listens to is not known, which the check says. What is over listens to nothing. What an
    equipage brought before is put anew: twice is as good as once. A craft of which only what it
    radiates or listens to is declared is where that is.
    """
    activity = declared(activity)
    craft = rules.equipage(activity.equipage) if activity.equipage else None
    if craft is None or activity.is_over:
        return activity
    taken = {volume.id for volume in activity.volumes}
    is_radio = all(volume.arena is Arena.SPECTRUM for volume in activity.volumes)
    aboard = [
        receiver
        for volume in activity.volumes
        if volume.arena == (Arena.SPECTRUM if is_radio else craft.arena)
        for receiver in _receivers(volume, craft, rules, taken)
    ]
    return replace(activity, volumes=(*activity.volumes, *aboard)) if aboard else activity


def declared(activity: Activity) -> Activity:
    """Return the activity with what was declared alone: without what `equipped` brings."""
    volumes = tuple(volume for volume in activity.volumes if not is_aboard(volume))
    return activity if len(volumes) == len(activity.volumes) else replace(activity, volumes=volumes)


def is_aboard(volume: Volume) -> bool:
    """Return whether a volume was not declared, but comes of its activity's equipage."""
    return volume.radio is not None and bool(volume.radio.aboard)


def _receivers(
    volume: Volume, craft: Equipage, rules: SpectrumRules, taken: set[str]
) -> Iterator[Volume]:
    """Yield the receivers of a craft where one of its volumes is."""
    for service in craft.receivers:
        row = rules.protection(service)
        if row is None:
            continue
        for band in row.listens or (row.band,):
            name = _free_name(f"{volume.id} {service}", taken)
            yield _receiver(volume, name, Radio(service=service, aboard=craft.arena), band)


def _free_name(wanted: str, taken: set[str]) -> str:
    """Return a name that no volume of the activity has yet, and take it."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted} {number}"
    taken.add(name)
    return name


def _receiver(volume: Volume, name: str, radio: Radio, band: FrequencyBand) -> Volume:
    return replace(
        volume,
        id=name,
        arena=Arena.SPECTRUM,
        freq=band,
        role=Role.RECEIVE,
        radio=radio,
        eirp_dbm=None,
        criterion="",
    )
