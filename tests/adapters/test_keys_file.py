"""A folder of keys: made once, for its owner alone, changed only with the root key."""

import shutil
import stat

import pytest
from counted_chance import CountedChance
from key_scenes import revoked

from wideberth.adapters.keys_file import KeysFile, KeysFileError
from wideberth.errors import WideberthError
from wideberth.peering.ed25519 import verifies
from wideberth.peering.envelope import Kind, key_id, open_envelope, seal
from wideberth.peering.keys import open_card, open_statement
from wideberth.peering.pins import pin_of

URL = "https://north.example:8443"


@pytest.fixture
def made(tmp_path):
    return create(tmp_path / "keys")


def create(folder, seed="a", **more):
    return KeysFile.create(folder, party="north", url=URL, chance=CountedChance(seed), **more)


def test_what_was_made_can_be_opened_again(tmp_path, made):
    again = KeysFile(tmp_path / "keys")
    assert (again.kid, again.log_key, again.cosign_key) == (
        made.kid,
        made.log_key,
        made.cosign_key,
    )
    assert again.statements == made.statements
    assert again.party == "north"
    assert again.pending is None


def test_the_card_names_the_keys_that_sign(made):
    card = open_card(made.card)
    keys = {key_id(card.statement.envelope_key): card.statement.envelope_key}
    raw = seal(b"in force", Kind.MESSAGE, kid=made.kid, sign=made.sign)
    assert open_envelope(raw, keys=keys, kind=Kind.MESSAGE).payload == b"in force"
    assert verifies(bytes.fromhex(card.statement.said.log), b"log", made.sign_log(b"log"))
    assert verifies(bytes.fromhex(card.statement.said.cosign), b"c", made.cosign(b"c"))
    assert card.statement.pins == (pin_of(made.tls.certificate.read_text()),)
    assert (card.party, card.url) == ("north", URL)


def test_the_node_runs_without_the_root_key_but_cannot_rotate(tmp_path, made):
    assert made.has_root_key
    (tmp_path / "keys" / "root.key").rename(tmp_path / "away.key")
    again = KeysFile(tmp_path / "keys")
    assert not again.has_root_key
    with pytest.raises(KeysFileError, match=r"root\.key"):
        again.rotate(CountedChance("b"))
    assert again.rotate(CountedChance("b"), root_key=tmp_path / "away.key").said.number == 2


def test_every_file_is_for_its_owner_alone(tmp_path, made):
    made.rotate(CountedChance("b"))
    files = [path for path in (tmp_path / "keys").rglob("*") if path.is_file()]
    assert len(files) == 4 + 2 * 5
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610, 0o601])
@pytest.mark.parametrize("name", ["envelope", "log", "cosign"])
def test_a_key_that_others_may_use_is_refused(tmp_path, made, name, mode):
    (tmp_path / "keys" / "1" / f"{name}.key").chmod(mode)
    with pytest.raises(KeysFileError, match="chmod 600"):
        KeysFile(tmp_path / "keys")


def test_a_certificate_key_or_root_key_that_others_may_use_is_refused(tmp_path, made):
    (tmp_path / "keys" / "1" / "tls.key").chmod(0o640)
    (tmp_path / "keys" / "root.key").chmod(0o640)
    with pytest.raises(KeysFileError, match="chmod 600"):
        _ = made.tls
    with pytest.raises(KeysFileError, match="chmod 600"):
        made.rotate(CountedChance("b"))


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
def test_a_folder_that_others_may_write_to_is_refused(tmp_path, made, mode):
    (tmp_path / "keys").chmod(mode)
    with pytest.raises(KeysFileError, match="chmod 700"):
        KeysFile(tmp_path / "keys")
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(mode)
    with pytest.raises(KeysFileError, match="chmod 700"):
        create(tmp_path / "open")
    assert list((tmp_path / "open").iterdir()) == []


@pytest.mark.parametrize(
    ("party", "url"),
    [("", URL), ("x" * 201, URL), ("north", "https://a..b"), ("north", "https://a:99999")],
)
def test_names_that_cannot_be_leave_no_half_made_keys_behind(tmp_path, party, url):
    with pytest.raises(KeysFileError):
        KeysFile.create(tmp_path / "k", party=party, url=url, chance=CountedChance())
    assert not (tmp_path / "k").exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(KeysFileError, match="no such folder"):
        KeysFile(tmp_path / "nowhere")


def test_keys_are_never_written_over(tmp_path, made):
    with pytest.raises(KeysFileError, match="already"):
        create(tmp_path / "keys", "b")
    assert KeysFile(tmp_path / "keys").kid == made.kid


def test_a_passphrase_locks_every_key(tmp_path):
    folder = tmp_path / "locked"
    made = create(folder, passphrase=b"long words")
    assert all(b"ENCRYPTED" in path.read_bytes() for path in folder.rglob("*.key"))
    assert KeysFile(folder, passphrase=b"long words").kid == made.kid
    for wrong in (None, b"other"):
        with pytest.raises(KeysFileError, match="passphrase"):
            KeysFile(folder, passphrase=wrong)


def test_new_keys_sign_only_once_they_are_put_in_use(tmp_path, made):
    before = made.kid, made.log_key
    statement = made.rotate(CountedChance("b"))
    again = KeysFile(tmp_path / "keys")
    assert (again.kid, again.log_key) == before
    assert again.pending == statement
    again.use_new_keys()
    assert again.kid == KeysFile(tmp_path / "keys").kid == key_id(statement.envelope_key)
    assert again.pending == statement
    again.use_new_certificate()
    assert again.pending is None
    assert KeysFile(tmp_path / "keys").pending is None


def test_both_certificates_count_until_the_next_rotation(made):
    old = made.newest.pins[0]
    statement = made.rotate(CountedChance("b"))
    assert statement.pins[1] == old == pin_of(made.tls.certificate.read_text())
    made.use_new_keys()
    made.use_new_certificate()
    assert pin_of(made.tls.certificate.read_text()) == statement.pins[0]
    assert old not in made.rotate(CountedChance("c")).pins


def test_a_rotation_is_a_statement_that_peers_take(made):
    card = open_card(made.card)
    stolen = key_id(card.statement.envelope_key)
    made.rotate(CountedChance("b"), revokes=(revoked(_Public(card.statement.envelope_key)),))
    taken = open_statement(made.newest.raw, root=card.root, previous=card.statement)
    assert [one.kid for one in taken.said.revokes] == [stolen]
    assert open_card(made.card).statement == taken


class _Public:
    def __init__(self, public_key):
        self.public_key = public_key


def test_keys_are_not_rotated_while_the_last_ones_are_on_their_way(made):
    made.rotate(CountedChance("b"))
    made.use_new_keys()
    with pytest.raises(KeysFileError, match="not in use yet"):
        made.rotate(CountedChance("c"))


def test_after_a_loss_root_key_and_card_are_enough(tmp_path, made):
    card, root_key = made.card, tmp_path / "away.key"
    (tmp_path / "keys" / "root.key").rename(root_key)
    shutil.rmtree(tmp_path / "keys")
    new = KeysFile.replace_lost(
        tmp_path / "new", card=card, root_key=root_key, chance=CountedChance("b")
    )
    known = open_card(card)
    taken = open_statement(
        open_card(new.card).statement.raw, root=known.root, previous=known.statement
    )
    assert taken.said.lost
    assert new.kid == key_id(taken.envelope_key)
    assert KeysFile(tmp_path / "new").rotate(CountedChance("c"), root_key=root_key).said.number == 3


def test_the_root_key_of_another_party_is_refused(tmp_path, made):
    create(tmp_path / "other", "other")
    with pytest.raises(KeysFileError, match="another party"):
        made.rotate(CountedChance("b"), root_key=tmp_path / "other" / "root.key")


def test_keys_mixed_up_from_another_folder_are_refused(tmp_path, made):
    create(tmp_path / "other", "other")
    shutil.copy(tmp_path / "other" / "1" / "log.key", tmp_path / "keys" / "1" / "log.key")
    with pytest.raises(KeysFileError, match="not those of any"):
        KeysFile(tmp_path / "keys")


@pytest.mark.parametrize(
    "name", ["statements.ndjson", "card.json", "in_use.json", "1/envelope.key"]
)
@pytest.mark.parametrize("data", [b"", b"{}\n", b"\xff\x00", None])
def test_a_damaged_folder_is_refused_with_a_reason(tmp_path, made, name, data):
    path = tmp_path / "keys" / name
    path.unlink() if data is None else path.write_bytes(data)
    with pytest.raises(WideberthError):
        KeysFile(tmp_path / "keys")


def test_a_crash_before_the_statement_is_written_changes_nothing(tmp_path, made):
    shutil.copytree(tmp_path / "keys" / "1", tmp_path / "keys" / "2")
    again = KeysFile(tmp_path / "keys")
    assert again.pending is None
    assert again.rotate(CountedChance("b")).said.number == 2


def test_another_address_needs_the_root_key_and_gives_a_new_card(tmp_path, made):
    card = open_card(made.move("https://[2001:db8::1]:9443"))
    assert card.url == "https://[2001:db8::1]:9443"
    assert card.statement == made.newest
    with pytest.raises(KeysFileError, match="https://"):
        made.move("http://north.example")
