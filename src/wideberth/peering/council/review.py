"""Annual reviews: each side gives the figures of a period as its own ledger has them."""

from typing import Annotated, ClassVar

from msgspec import Meta

from wideberth.peering.council.said import Opening, Said
from wideberth.peering.strict import Hash, Instant

Canonical = Annotated[str, Meta(max_length=500_000)]


class ReviewSaid(Said, frozen=True, kw_only=True):
    """What all steps of a review share."""

    kind: ClassVar[str] = "review"


class ReviewOpened(ReviewSaid, Opening, frozen=True, kw_only=True, tag="review_opened"):
    """The sender's figures from `from_s` up to before `to_s`, which is over.

    figures: their canonical JSON (docs/journeys/review-the-year.md); digest: its SHA-256.
    """

    from_s: Instant
    to_s: Instant
    figures: Canonical
    digest: Hash


class ReviewAnswered(ReviewSaid, frozen=True, kw_only=True, tag="review_answered"):
    """The sender's figures for the same period; either side may reckon anew, the newest count."""

    figures: Canonical
    digest: Hash


ReviewBody = ReviewOpened | ReviewAnswered
