"""People's door: on this machine alone, or under TLS; and nothing that must go on stops unseen."""

import asyncio
import ssl

import pytest
from node_process import an_agreement_text
from structlog.testing import capture_logs
from two_nodes import two_nodes

from wideberth.adapters.chance import SystemChance
from wideberth.adapters.keys_file import KeysFile
from wideberth.assembly.config import Api, ConfigError, NodeConfig, PeerSide
from wideberth.assembly.running import running, take_lines
from wideberth.assembly.setting_up import set_up
from wideberth.peering.problem import decode_problem


def a_node(folder, **api):
    agreement = folder.parent / "agreement.toml"
    agreement.write_text(an_agreement_text(), encoding="utf-8")
    config = NodeConfig(party="north", api=Api(port=0, **api), peer=PeerSide(port=0))
    return set_up(folder, config, agreement=agreement, url="https://127.0.0.1:8443")


def with_config(folder, old: str, new: str) -> None:
    path = folder / "node.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


async def hello(folder, context=None) -> bytes:
    async with running(folder) as node:
        reader, writer = await asyncio.open_connection("127.0.0.1", node.api_port, ssl=context)
        writer.write(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
        return answer


def test_beyond_loopback_there_is_no_door_without_tls(tmp_path):
    folder = tmp_path / "north"
    a_node(folder, host="0.0.0.0")
    with pytest.raises(ConfigError, match="without TLS"):
        asyncio.run(hello(folder))


def test_a_proxy_may_be_said_to_protect_the_line(tmp_path):
    folder = tmp_path / "north"
    a_node(folder, host="0.0.0.0")
    with_config(folder, "[peer]", "behind_proxy = true\n[peer]")
    assert b"200 OK" in asyncio.run(hello(folder))


def test_with_a_certificate_people_speak_tls(tmp_path):
    folder = tmp_path / "north"
    a_node(folder)
    other = KeysFile.create(
        tmp_path / "other", party="web", url="https://localhost:1", chance=SystemChance()
    ).tls
    with_config(
        folder, "[peer]", f'certificate = "{other.certificate}"\nkey = "{other.key}"\n[peer]'
    )
    context = ssl.create_default_context(cafile=other.certificate)
    context.check_hostname = False
    assert b"200 OK" in asyncio.run(hello(folder, context))


def test_a_forged_line_leaves_its_kind_in_the_log_and_nothing_of_what_it_said():
    async def main():
        async with two_nodes() as pair:
            with capture_logs() as seen:
                answers = await take_lines(pair.north.desk, [b"SECRET forged"])
            assert decode_problem(answers[0]).code == "stranger"
            assert [(one["event"], one["code"]) for one in seen] == [
                ("message refused", "stranger")
            ]
            assert "SECRET" not in str(seen)

    asyncio.run(main())


def test_a_node_that_runs_proves_its_own_ledger_and_copies_its_own_store(tmp_path):
    folder = tmp_path / "north"
    a_node(folder)

    async def main():
        async with running(folder) as node:
            found = await node.door.ledger.verify("", lambda _done, _total: None)
            made = await node.door.backups.make()
            return found, made, await node.door.backups.all()

    found, made, listed = asyncio.run(main())
    assert (found.first_bad, listed) == (None, [made])
    assert (folder / "backups" / made.name).stat().st_size == made.size
