"""`wideberth unit token|secret|code|check-in`: how units without the node acknowledge."""

from pathlib import Path
from typing import Final

import click

from wideberth.adapters.chance import SystemChance
from wideberth.adapters.keys_file.private_files import read_private, write_whole
from wideberth.cli.node_folder import NodeFolder, Opened, by_option, leave, with_node
from wideberth.cli.notice_named import named
from wideberth.cli.outputs import RefusedError
from wideberth.cli.screen import GREEN, say
from wideberth.formats.lookalike import names
from wideberth.formats.slip_checkin import CheckIn, checkin_code
from wideberth.model.agreement import Agreement
from wideberth.model.command import UnitAcknowledge
from wideberth.node.climbing import SECRET_BYTES, secret_of
from wideberth.node.people_tokens import Tokens
from wideberth.node.ports import Transaction
from wideberth.node.records import Notice, Way
from wideberth.node.tables import META, key

_DAY_S: Final = 86_400.0


@click.command("token")
@click.argument("unit")
@click.option("--days", default=30.0, show_default=True, help="How long it is good for.")
@with_node
def token(node: NodeFolder, unit: str, days: float) -> None:
    """Make the link by which a UNIT sees and acknowledges its notices; the one before is void."""

    async def issue(at: Opened) -> tuple[str, str]:
        _refuse_unknown(at.desk.agreement, at.config.party, unit)
        tokens = Tokens(at.desk.store, at.desk.clock, SystemChance())
        secret, _kept = await tokens.issue_to_unit(unit, lasts_s=days * _DAY_S)
        return secret, f"http://{at.config.api.host}:{at.config.api.port}"

    secret, base = node.do(issue)
    say(f"Link of {names(unit)}, shown once, good for {days:g} days; who has it can acknowledge:")
    say(f"  {base}/unit/{secret}", "bold")


def _refuse_unknown(agreement: Agreement, party: str, unit: str) -> None:
    known = [one.id for one in agreement.notice.units_of(party)]
    if known and unit not in known:
        raise RefusedError(
            f"the agreement names no unit {names(unit)}. Its units: {', '.join(map(names, known))}."
        )


@click.command("secret")
@click.argument("unit")
@click.option("--output", "-o", required=True, metavar="F", help="Write it here, for you alone.")
@with_node
def secret(node: NodeFolder, unit: str, output: str) -> None:
    """Write a UNIT's secret for check-in codes to a file, to be handed over; the same each time."""

    async def issue(at: Opened) -> bytes:
        _refuse_unknown(at.desk.agreement, at.config.party, unit)
        fresh = SystemChance().token(SECRET_BYTES)
        return await at.desk.store.transact(lambda tx: _kept_secret(tx, unit, fresh))

    write_whole(Path(output), node.do(issue).hex().encode() + b"\n")
    say(
        f"Secret of {names(unit)}: {output}. Hand it to the unit, then remove it; tell nobody else."
    )


def _kept_secret(transaction: Transaction, unit: str, fresh: bytes) -> bytes:
    """Return the unit's secret; where it has none, that is the fresh one from now on."""
    found = secret_of(transaction, unit)
    if found is None:
        transaction.put(META, key("check-in", unit), fresh)
    return found or fresh


def secret_in(path: Path) -> bytes:
    """Return the secret in a file that `unit secret` wrote; RefusedError: it holds none."""
    try:
        return bytes.fromhex(read_private(path).decode("ascii").strip())
    except ValueError:
        raise RefusedError(f"{path} holds no secret.") from None


@click.command("code")
@click.argument("unit")
@click.option("--secret", "secret_file", required=True, metavar="F", help="The unit's secret.")
@click.option("--party", required=True, metavar="P", help="Who declared the activity.")
@click.option("--activity", required=True, metavar="A", help="What is acknowledged.")
@click.option("--revision", required=True, type=int, metavar="N", help="Which revision.")
def code(unit: str, secret_file: str, party: str, activity: str, revision: int) -> None:
    """Say the code by which the UNIT acknowledges by voice; needs no node."""

    def work() -> None:
        held = secret_in(Path(secret_file))
        click.echo(checkin_code(CheckIn(party, activity, revision, unit), secret=held))

    leave(work)


@click.command("check-in")
@click.argument("notice")
@click.option("--unit", required=True, help="Who spoke the code.")
@click.option("--code", "heard", required=True, metavar="C", help="The code, as it was heard.")
@by_option("duty officer")
@with_node
def check_in(node: NodeFolder, notice: str, unit: str, heard: str, by: str) -> None:
    """Take a unit's code for a peer's NOTICE and acknowledge for it; a wrong code is refused."""

    async def work(at: Opened) -> Notice:
        found = await named(at, notice, way=Way.IN)
        answer = await at.desk.do(UnitAcknowledge(found.message, unit, by, code=heard))
        return answer.notices[0]

    done = node.do(work)
    say(f"{names(unit)} has acknowledged {names(done.activity)}, revision {done.revision}.", GREEN)
