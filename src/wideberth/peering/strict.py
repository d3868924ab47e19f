"""What all parts of messages share: strict structs, and the kinds of value they are made of.

Hashes are hex SHA-256 of whole envelopes. Times are seconds UTC by the writer's clock; nothing is
ever ordered by a peer's clock.
"""

from typing import Annotated

from msgspec import Meta, Struct

Hash = Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z")]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Instant = Annotated[float, Meta(ge=0.0, le=253_402_300_799.0)]  # from 1970 to the year 9999
Proof = Annotated[tuple[Annotated[str, Meta(max_length=64)], ...], Meta(max_length=64)]


class Strict(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all parts of messages share."""
