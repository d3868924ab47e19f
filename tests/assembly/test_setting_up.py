"""A new node's folder says what it was asked for, hides what is secret, and overwrites nothing."""

import stat

import pytest
from node_process import an_agreement_text

from wideberth.assembly.config import Api, ConfigError, NodeConfig, PeerSide, read_config
from wideberth.assembly.setting_up import set_up

ODD = 'no"rth\\ \N{GRINNING FACE}'


def given(tmp_path, text: str):
    agreement = tmp_path / "given.toml"
    agreement.write_text(text, encoding="utf-8")
    return agreement


def made(folder, agreement, **different):
    config = NodeConfig(**({"party": "north"} | different))
    return set_up(folder, config, agreement=agreement, url="https://127.0.0.1:8443")


def test_what_was_asked_for_is_what_the_folder_says(tmp_path):
    agreement = given(tmp_path, an_agreement_text())
    api = Api(host="::1", port=1, hosts=("a", 'b"c'), certificate="c.pem", behind_proxy=True)
    asked = {"agreement": "signed.toml", "store": "odd \\ name.db"}
    config = NodeConfig(party="north", api=api, peer=PeerSide("::", 2), **asked)
    folder = tmp_path / "north"
    done = set_up(folder, config, agreement=agreement, url="https://127.0.0.1:8443")
    assert done.config == config
    assert read_config(folder) == config


def test_a_name_with_quotes_makes_no_other_configuration(tmp_path):
    text = an_agreement_text().replace('"north"', "'" + ODD + "'")
    agreement = given(tmp_path, text)
    assert made(tmp_path / "north", agreement, party=ODD).config.party == ODD


def test_only_its_owner_reads_where_the_store_is(tmp_path):
    folder = tmp_path / "north"
    folder.mkdir(mode=0o755)
    made(folder, given(tmp_path, an_agreement_text()))
    assert stat.S_IMODE((folder / "node.toml").stat().st_mode) == 0o600


def test_another_agreement_in_the_folder_is_not_overwritten(tmp_path):
    folder = tmp_path / "north"
    folder.mkdir()
    there = folder / "agreement.toml"
    there.write_text("# ours", encoding="utf-8")
    with pytest.raises(ConfigError, match="already"):
        made(folder, given(tmp_path, an_agreement_text()))
    assert there.read_text(encoding="utf-8") == "# ours"
    assert not (folder / "node.toml").exists()


def test_an_agreement_that_is_not_there_is_a_refusal(tmp_path):
    with pytest.raises(ConfigError, match="agreement"):
        made(tmp_path / "north", tmp_path / "none.toml")
