"""Bodies of messages drawn from their types: all that the schema lets through, near the edges."""

import string
from enum import EnumMeta
from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st
from msgspec import UNSET, inspect

T0 = 1_800_000_000.0
_WORDS = ("", "a", "S1", "duty officer", "deputy", "north", "south", "en", "frigate", "x\u202ey")
_REFS = ("", "decision/north/D-1", "meeting/south/M-1", "concern/north/1", "nothing", "a/b/c/d")
_PARTY = ("north", "south")
_ROLES = ("duty officer", "deputy", "second deputy", "decision level", "secretary")
_BY_NAME = {
    "owner": _PARTY,
    "owed_by": _PARTY,
    "of_party": _PARTY,
    "party": _PARTY,
    "giver": _PARTY,
    "to_role": _ROLES,
    "owner_role": _ROLES,
    "owed_role": _ROLES,
    "roles": _ROLES,
    "unmanned": _ROLES,
    "unit": ("frigate", "battery", "wing", "ghost"),
    "units": ("frigate", "battery", "wing"),
    "language": ("", "en", "ar"),
    "code": ("", "T1A"),
    "clause": ("",),
    "about": ("activity/north/A1", "activity/south/S1", "area/the strait", "x"),
}  # what a field of that name means, so that many draws are sensible
_TURNS = ("of_turn", "claim", "turn")
_HASH = st.sampled_from(("", "0" * 64, "ab" * 32))


@cache
def bodies(kind: type) -> st.SearchStrategy:
    """Return a strategy of structs of a type that decode as such."""
    return _struct(inspect.type_info(kind)).filter(_is_readable)


def _is_readable(body: Any) -> bool:
    try:
        return msgspec.json.decode(msgspec.json.encode(body), type=type(body)) == body
    except msgspec.ValidationError:
        return False


def _struct(info: inspect.StructType) -> st.SearchStrategy:
    drawn = {}
    for field in info.fields:
        one = _of(field.type, field.name)
        if field.default is not UNSET and field.default is not inspect.NODEFAULT:
            one = st.one_of(st.just(field.default), one)
        drawn[field.name] = one
    return st.builds(info.cls, **drawn)


def _of(info: Any, name: str) -> st.SearchStrategy:
    match info:
        case inspect.StructType():
            return _struct(info)
        case inspect.UnionType(types=types):
            return st.one_of(*(_of(one, name) for one in types))
        case inspect.NoneType():
            return st.none()
        case inspect.BoolType():
            return st.booleans()
        case inspect.EnumType(cls=cls):
            assert isinstance(cls, EnumMeta)
            return st.sampled_from(cls)
        case inspect.LiteralType(values=values):
            return st.sampled_from(values)
        case inspect.IntType() if name in _TURNS:
            return st.integers(1, 4)
        case inspect.IntType(ge=low, le=high):
            return st.sampled_from((0, 1, 2, 3, 1000)) | st.integers(low or 0, high or 2**53)
        case inspect.FloatType():
            return _number(info, name)
        case inspect.StrType():
            return _text(info, name)
        case inspect.VarTupleType(item_type=item, min_length=least):
            return st.lists(_of(item, name), min_size=least or 0, max_size=3).map(tuple)
        case inspect.TupleType(item_types=items):
            return st.tuples(*(_of(item, name) for item in items))
        case inspect.ListType(item_type=item):
            return st.lists(_of(item, name), max_size=3)
        case inspect.DictType(key_type=key, value_type=value):
            return st.dictionaries(_of(key, name), _of(value, name), max_size=3)
    raise NotImplementedError(f"{name}: {info}")


def _number(info: inspect.FloatType, name: str) -> st.SearchStrategy:
    if name.endswith("_s"):
        steps = (-86_400.0, -1.0, 0.0, 1.0, 60.0, 86_400.0, 7 * 86_400.0)
        return st.sampled_from([T0 + step for step in steps]) | st.sampled_from((0.0, 2.5e11, 60.0))
    low = info.ge if info.ge is not None else info.gt
    high = info.le if info.le is not None else info.lt
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def _text(info: inspect.StrType, name: str) -> st.SearchStrategy:
    if name in _BY_NAME:
        return st.sampled_from(_BY_NAME[name])
    if info.pattern is not None:
        return _HASH | st.from_regex(info.pattern, fullmatch=True)
    some = st.sampled_from((*_WORDS, *_REFS)) | st.text(string.printable, max_size=12)
    if name in ("message", "digest", "evidence", "notice"):
        some = _HASH | some
    return some
