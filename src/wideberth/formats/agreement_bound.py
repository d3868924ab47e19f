"""Clauses in every language, and whom and what an agreement file binds."""

from typing import Any, Final

from wideberth.errors import WideberthError
from wideberth.formats.agreement_council import built, texts_of, wait_units
from wideberth.formats.agreement_places import area_of, window_of
from wideberth.formats.agreement_tables import cited, ids_of, party_of, tables
from wideberth.formats.fields import Fields, nearest, show_value
from wideberth.formats.plan_keys import height_units
from wideberth.formats.plan_spans import height_of
from wideberth.formats.reading import ReadOptions
from wideberth.model.binding import CautionArea, Force, ProhibitedAct, ProtectedVolume, Signatory
from wideberth.model.clause import Clause, Section, check_languages

_LEAD: Final = wait_units("lead")
_HEIGHTS: Final = frozenset(
    {"datum"}
    | {f"{end}_{more}" for end in ("lower", "upper") for more in ("unlimited", "datum")}
    | {key for end in ("lower", "upper") for key in height_units(end)}
)
_KEPT: Final = frozenset({"id", "title", "clause", "area", "start", "end", "kinds", "contact"})
_AREA: Final = frozenset({"id", "title", "clause", "area", "start", "end", "consent", "channel"})


def languages_of(fields: Fields) -> tuple[str, ...]:
    """Return the languages in which the agreement is authentic; empty: it does not say."""
    languages = texts_of(fields, "languages") or ()
    try:
        check_languages(languages, "'languages'")
    except WideberthError as error:
        fields.note(error)
        return ()
    return languages


def clause_of(fields: Fields, languages: tuple[str, ...]) -> Clause | None:
    """Return a clause: its id, what it is for, and its text, one for each language if several."""
    fields.refuse_unknown(fields.values, ("id", "section", "text"))
    name = fields.text("id", required=True)
    section = fields.choice("section", Section) or Section.RULE
    if isinstance(fields.values.get("text"), dict) or len(languages) > 1:
        texts = _texts(fields, languages)
    else:
        text = fields.text("text", required=True)
        texts = None if text is None else tuple((said, text) for said in languages or ("",))
    if name is None or not texts:
        return None
    return built(fields, lambda: Clause(name, texts[0][1], section, texts if languages else ()))


def _texts(fields: Fields, languages: tuple[str, ...]) -> tuple[tuple[str, str], ...] | None:
    value = fields.values.get("text")
    if not isinstance(value, dict):
        wanted = ", ".join(f'{language} = "..."' for language in languages)
        fields.fail(
            f"'text' is {show_value(value)}, in {len(languages)} languages.",
            f"Write text = {{ {wanted} }}.",
        )
        return None
    inner = Fields(value, f"{fields.where}, text")
    inner.refuse_unknown(value, languages)
    texts = [(language, inner.text(language, required=True)) for language in languages]
    fields.problems.extend(inner.problems)
    if not languages:
        fields.fail("texts by language, and no languages.", 'Write languages = ["en", ...] on top.')
    return tuple((language, text) for language, text in texts if text is not None)


def bound_of(
    fields: Fields, clauses: frozenset[str], parties: tuple[str, ...], options: ReadOptions
) -> dict[str, Any]:
    """Return forces, caution areas, prohibited acts and signatories, by their fields' names."""
    channels = ids_of(fields, "channel")
    return {
        "forces": tables(fields, "force", lambda f: _force(f, clauses, parties)),
        "caution_areas": tables(
            fields, "caution_area", lambda f: _caution_area(f, clauses, channels, options)
        ),
        "protected": tables(fields, "protected_volume", lambda f: _protected(f, clauses, options)),
        "prohibited": tables(fields, "prohibited", lambda f: _act(f, clauses)),
        "signatories": tables(fields, "signatory", lambda f: _signatory(f, clauses, parties)),
    }


def _force(fields: Fields, clauses: frozenset[str], parties: tuple[str, ...]) -> Force | None:
    fields.refuse_unknown(fields.values, ("party", "name", "start", "end", "clause"))
    party, name = party_of(fields, parties), fields.text("name", required=True)
    window, clause = window_of(fields), cited(fields, clauses, required=False) or ""
    if party is None or name is None or window is None:
        return None
    return Force(party, name, window.start_s, window.end_s, clause)


def _caution_area(
    fields: Fields, clauses: frozenset[str], channels: frozenset[str], options: ReadOptions
) -> CautionArea | None:
    fields.refuse_unknown(fields.values, _AREA | _HEIGHTS | set(_LEAD))
    name, title = fields.text("id", required=True), fields.text("title") or ""
    clause, window, channel = cited(fields, clauses), window_of(fields), fields.text("channel")
    if channel is not None and channel not in channels:
        fields.fail(f"channel {channel!r} is not in the agreement.", nearest(channel, channels))
    for key, units in (("area", ("area",)), ("lead", tuple(_LEAD))):
        if not fields.given(*units):
            fields.fail(f"no {' or '.join(units)}.", f"Say the {key} of a caution area.")
    area = area_of(fields, "area", options) if "area" in fields else None
    lead_s = fields.quantity(_LEAD)
    heights = height_of(fields, None) if fields.given(*sorted(_HEIGHTS)) else None
    consent = fields.flag("consent") if "consent" in fields else True
    if name is None or clause is None or window is None or area is None or lead_s is None:
        return None
    return built(
        fields,
        lambda: CautionArea(
            name, title, clause, area, window, lead_s, heights, consent, channel or ""
        ),
    )


def _protected(
    fields: Fields, clauses: frozenset[str], options: ReadOptions
) -> ProtectedVolume | None:
    fields.refuse_unknown(fields.values, _KEPT | _HEIGHTS)
    name, title = fields.text("id", required=True), fields.text("title") or ""
    clause, window = cited(fields, clauses), window_of(fields)
    kinds = texts_of(fields, "kinds") or () if "kinds" in fields else ()
    contact = fields.text("contact") or ""
    if "area" not in fields:
        fields.fail("no area.", "Say the area of a protected volume.")
    area = area_of(fields, "area", options) if "area" in fields else None
    heights = height_of(fields, None) if fields.given(*sorted(_HEIGHTS)) else None
    if name is None or clause is None or window is None or area is None:
        return None
    return built(
        fields,
        lambda: ProtectedVolume(name, title, clause, area, window, heights, kinds, contact),
    )


def _act(fields: Fields, clauses: frozenset[str]) -> ProhibitedAct | None:
    fields.refuse_unknown(fields.values, ("code", "text", "clause"))
    code, text = fields.text("code", required=True), fields.text("text", required=True)
    clause = cited(fields, clauses)
    if code is None or text is None or clause is None:
        return None
    return ProhibitedAct(code, text, clause)


def _signatory(
    fields: Fields, clauses: frozenset[str], parties: tuple[str, ...]
) -> Signatory | None:
    fields.refuse_unknown(fields.values, ("party", "role", "keys", "clause"))
    party, role = party_of(fields, parties), fields.text("role", required=True)
    keys = fields.integer("keys") if "keys" in fields else 1
    clause = cited(fields, clauses, required=False) or ""
    if party is None or role is None or keys is None:
        return None
    return built(fields, lambda: Signatory(party, role, keys, clause))
