"""A bundle is read as it was written, or refused with everything that is wrong with it."""

import bz2
import gzip
import hashlib
import io
import json
import lzma
import tarfile
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ledger_scenes import NORTH, SOUTH, STRANGER

from wideberth.peering.bundle import (
    MAX_BUNDLE_BYTES,
    MAX_BUNDLE_LINES,
    About,
    Bundle,
    BundleError,
    UnknownBundleKeyError,
    read_bundle,
    that_fit_a_bundle,
    unverified_lines,
    write_bundle,
)
from wideberth.peering.envelope import Kind, key_id, open_envelope, seal

KID = key_id(NORTH.public_key)
KEYS = {KID: NORTH.public_key}
ABOUT = About("strait", "north", "south", first=4, wants_receipts_from=2, made_s=1.8e9)


def sealed(payload, kind=Kind.BUNDLE, by=NORTH):
    return seal(payload, kind, kid=key_id(by.public_key), sign=by.sign)


def messages(count):
    return tuple(sealed(b"message %d" % n, Kind.MESSAGE) for n in range(count))


def receipts(count):
    return tuple(sealed(b"receipt %d" % n, Kind.RECEIPT) for n in range(count))


def written(told=2, receipted=1, about=ABOUT, by=NORTH):
    return write_bundle(
        messages(told), receipts(receipted), about=about, seal=lambda load: sealed(load, by=by)
    )


def read(data, recipient="south", agreement="strait", keys=KEYS):
    return read_bundle(data, keys=keys, recipient=recipient, agreement=agreement)


CARRIED = messages(2) + receipts(1)


def rewritten(carried=CARRIED, **different):
    """A bundle truly signed by its maker, who says something else of it."""
    rest = b"".join(line + b"\n" for line in carried)
    load = open_envelope(written().split(b"\n")[0], keys=KEYS, kind=Kind.BUNDLE).payload
    fields = {"sha256": hashlib.sha256(rest).hexdigest(), "lines": len(carried), "last": 5}
    return sealed(json.dumps(json.loads(load) | fields | different).encode()) + b"\n" + rest


WHOLE = written(3, 2)


@given(st.integers(0, 4), st.integers(0, 4))
def test_what_was_written_is_read(told, receipted):
    read_back = read(written(told, receipted))
    assert read_back.messages == messages(told)
    assert read_back.receipts == receipts(receipted)
    assert (read_back.header.first, read_back.header.last) == (4, 3 + told)
    assert read_back.header.wants_receipts_from == 2
    assert unverified_lines(written(told, receipted)) == messages(told) + receipts(receipted)


@given(st.integers(0, len(WHOLE) - 1))
def test_a_bundle_cut_short_anywhere_is_refused(size):
    with pytest.raises(BundleError):
        read(WHOLE[:size])


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 7))
def test_a_bundle_with_any_bit_changed_is_refused(at, bit):
    data = bytearray(WHOLE)
    data[at] ^= 1 << bit
    with pytest.raises(BundleError):
        read(bytes(data))


@given(st.permutations(range(1, 6)))
def test_lines_in_another_order_are_refused(order):
    lines = WHOLE.split(b"\n")[:-1]
    data = b"".join(lines[number] + b"\n" for number in [0, *order])
    if data == WHOLE:
        assert isinstance(read(data), Bundle)
    else:
        with pytest.raises(BundleError, match="not what was written"):
            read(data)


@given(st.binary(min_size=1, max_size=20) | st.sampled_from([b"\n", messages(1)[0] + b"\n"]))
def test_bytes_after_the_end_are_refused(more):
    with pytest.raises(BundleError):
        read(WHOLE + more)


STARTS = [b"PK", b"\x1f\x8b", b"\xef\xbb\xbf"]
ODD = st.sampled_from([*STARTS, b"", b"\n", WHOLE[:50], messages(1)[0], b"{" * 5000, b"\r\n"])


@given(st.lists(ODD | st.binary(max_size=30), max_size=5).map(b"".join))
@example(b"")
def test_any_bytes_are_a_bundle_or_a_bundle_error(data):
    with pytest.raises(BundleError):
        read(data)


VALUES = st.none() | st.integers(-1, 10) | st.text(max_size=3) | st.just([]) | st.floats()
FIELDS = ["agreement", "sender", "recipient", "first", "last", "lines", "sha256", "version", "new"]


@given(st.sampled_from(FIELDS), VALUES)
def test_whatever_a_signed_header_says_it_is_a_bundle_or_a_bundle_error(name, value):
    try:
        taken = read(rewritten(**{name: value}))
    except BundleError:
        return
    assert taken == Bundle(taken.header, messages(2), receipts(1))


def archives():
    packed, taped = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("../../etc/bundle", WHOLE)
    with tarfile.open(fileobj=taped, mode="w") as file:
        file.addfile(tarfile.TarInfo("../bundle"))
    return {
        "gzip": gzip.compress(WHOLE),
        "bzip2": bz2.compress(WHOLE),
        "xz": lzma.compress(WHOLE),
        "zip": packed.getvalue(),
        "tar": taped.getvalue(),
    }


@pytest.mark.parametrize("name", sorted(archives()))
def test_no_archive_is_opened_and_the_refusal_names_it(name):
    with pytest.raises(BundleError, match=f"is a {name} archive"):
        read(archives()[name])


CHANGED = [
    WHOLE.replace(b"\n", b"\r\n"),
    b"\xef\xbb\xbf" + WHOLE,
    WHOLE.decode().encode("utf-16"),
]


@pytest.mark.parametrize("data", CHANGED)
def test_a_bundle_changed_by_a_text_program_is_refused_as_such(data):
    with pytest.raises(BundleError, match="text program"):
        read(data)


@pytest.mark.parametrize(
    ("who", "why"),
    [({"recipient": "east"}, "for 'south'"), ({"agreement": "gulf"}, "agreement 'strait'")],
)
def test_a_bundle_for_others_is_refused(who, why):
    with pytest.raises(BundleError, match=why):
        read(WHOLE, **who)


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(BundleError) as caught:
        read(WHOLE + messages(1)[0] + b"\n", recipient="east", agreement="gulf")
    assert len(caught.value.problems) == 4


def test_a_header_by_a_key_that_is_not_known_yet_is_told_apart():
    with pytest.raises(UnknownBundleKeyError):
        read(written(by=SOUTH))


def test_a_header_by_another_key_under_a_known_name_is_refused():
    raw = seal(b"{}", Kind.BUNDLE, kid=KID, sign=STRANGER.sign)
    with pytest.raises(BundleError, match="signature"):
        read(raw + b"\n")


@pytest.mark.parametrize(
    "carried",
    [
        (*messages(1), *receipts(1), *messages(1)),
        (*receipts(1), *messages(2)),
        (*messages(2), sealed(b"{}")),
        (*messages(1), b"{}", *receipts(1)),
    ],
)
def test_lines_of_another_kind_than_their_place_are_refused(carried):
    with pytest.raises(BundleError, match="Line "):
        read(rewritten(carried))


@pytest.mark.parametrize("carried", [messages(2), receipts(2), CARRIED])
@pytest.mark.parametrize("numbers", [{"last": 7}, {"last": 2}, {"first": 9}, {"lines": 1}])
def test_numbers_that_do_not_fit_the_lines_are_refused(carried, numbers):
    with pytest.raises(BundleError):
        read(rewritten(carried, **numbers))


def test_more_lines_and_more_bytes_than_a_bundle_may_have_are_refused():
    with pytest.raises(BundleError, match=f"more than {MAX_BUNDLE_LINES} lines"):
        read(b"x\n" * (MAX_BUNDLE_LINES + 1))
    with pytest.raises(BundleError, match="longer than"):
        read(b"x" * (MAX_BUNDLE_BYTES + 1))


def test_what_fits_a_bundle_is_receipts_first_then_messages():
    assert that_fit_a_bundle([b"x"] * 10, [b"y"] * 3) == (10, 3)
    assert that_fit_a_bundle([b"x"] * 200_000, [b"y"] * 99_000) == (999, 99_000)
    assert that_fit_a_bundle([b"x" * 1_000_000] * 80, []) == (67, 0)
    assert that_fit_a_bundle([b"x"], [b"y" * 1_000_000] * 80) == (0, 67)


def test_a_writer_does_not_write_what_no_reader_takes():
    with pytest.raises(BundleError, match="Line 2"):
        write_bundle(receipts(1), (), about=ABOUT, seal=sealed)
