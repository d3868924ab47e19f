"""What is declared of a radio, as nodes write it.

A radio that an activity's equipage brings aboard is derived by each node for itself; it is never
written, and there is no field to read it from.
"""

from typing import Annotated, Final

from msgspec import Meta, Struct

from wideberth.errors import ImpossibleValueError
from wideberth.model.radio import Antenna, AntennaKind, Radio

Word = Annotated[str, Meta(max_length=200)]
Figure = Annotated[float, Meta(ge=-1000.0, le=1000.0)]
Offset = Annotated[float, Meta(ge=0.0, le=1e12)]
Angle = Annotated[float, Meta(ge=-1000.0, le=1000.0)]
Step = tuple[Offset, Figure]

MOST_STEPS: Final = 200


class WireAntenna(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An antenna; azimuth and elevation from and to, in degrees."""

    kind: AntennaKind
    gain_dbi: Figure
    azimuth_deg: tuple[Angle, Angle] | None = None
    elevation_deg: tuple[Angle, Angle] | None = None
    beamwidth_deg: Angle | None = None


class WireRadio(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A radio; mask: steps of offset in hertz and attenuation in dB."""

    service: Word = ""
    emission: Word = ""
    antenna: WireAntenna | None = None
    mask: Annotated[tuple[Step, ...], Meta(max_length=MOST_STEPS)] = ()
    noise_figure_db: Figure | None = None
    overload_dbm: Figure | None = None
    iip3_dbm: Figure | None = None
    harmonics_db: Figure | None = None


def radio_to_wire(radio: Radio) -> WireRadio:
    """Return a radio in its written form.

    Raises ImpossibleValueError for one that equipage brought aboard, which is never declared.
    """
    if radio.aboard:
        raise ImpossibleValueError(
            "its radio comes from the equipage and is not declared.",
            remedy="Write the activity as it was declared, before its equipage was added.",
        )
    return WireRadio(
        service=radio.service,
        emission=radio.emission,
        antenna=None if radio.antenna is None else _antenna_to_wire(radio.antenna),
        mask=radio.mask,
        noise_figure_db=radio.noise_figure_db,
        overload_dbm=radio.overload_dbm,
        iip3_dbm=radio.iip3_dbm,
        harmonics_db=radio.harmonics_db,
    )


def radio_from_wire(wire: WireRadio) -> Radio:
    """Return the radio; raises ImpossibleValueError for figures that no radio has."""
    return Radio(
        service=wire.service,
        emission=wire.emission,
        antenna=None if wire.antenna is None else _antenna_from_wire(wire.antenna),
        mask=wire.mask,
        noise_figure_db=wire.noise_figure_db,
        overload_dbm=wire.overload_dbm,
        iip3_dbm=wire.iip3_dbm,
        harmonics_db=wire.harmonics_db,
    )


def _antenna_to_wire(antenna: Antenna) -> WireAntenna:
    return WireAntenna(
        antenna.kind,
        antenna.gain_dbi,
        antenna.azimuth_deg,
        antenna.elevation_deg,
        antenna.beamwidth_deg,
    )


def _antenna_from_wire(wire: WireAntenna) -> Antenna:
    return Antenna(
        wire.kind, wire.gain_dbi, wire.azimuth_deg, wire.elevation_deg, wire.beamwidth_deg
    )
