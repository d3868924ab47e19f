"""`wideberth user add|list|reset-code`."""

import click

from wideberth.adapters.chance import SystemChance
from wideberth.cli.node_folder import NodeFolder, Opened, json_option, with_node
from wideberth.cli.screen import YELLOW, rows, say, show_json
from wideberth.formats.lookalike import names
from wideberth.formats.report_words import instant
from wideberth.node.people import Role, User
from wideberth.node.people_passwords import Passwords
from wideberth.node.people_users import Users, open_first_admin


@click.command("add")
@click.argument("name")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="May be given again.",
)
@click.option("--tokens-only", is_flag=True, help="A program: no password, it uses tokens.")
@with_node
def add(node: NodeFolder, name: str, roles: tuple[str, ...], *, tokens_only: bool) -> None:
    """Make a user; the password is asked for, twice, and never shown."""
    asked = "Password"
    password = "" if tokens_only else click.prompt(asked, hide_input=True, confirmation_prompt=True)

    async def work(at: Opened) -> User:
        users = Users(at.desk.store, at.desk.clock, Passwords())
        return await users.add(name, [Role(role) for role in roles], password)

    user = node.do(work)
    tokens = "" if password else ", with tokens only"
    say(f"{names(user.name)} is a user ({', '.join(user.roles)}){tokens}.")


@click.command("list")
@json_option
@with_node
def listing(node: NodeFolder, *, as_json: bool) -> None:
    """List the users, without their passwords."""

    async def work(at: Opened) -> list[User]:
        return await Users(at.desk.store, at.desk.clock, Passwords()).all()

    users = node.do(work)
    if as_json:
        show_json([{"name": u.name, "roles": u.roles, "disabled": u.disabled} for u in users])
        return
    if not users:
        say("No user yet: the one-time code of `node init` makes the first administrator.")
    rows(
        [
            (
                names(user.name),
                ", ".join(user.roles),
                f"since {instant(float(int(user.created_s)))} Z",
                ("barred", YELLOW) if user.disabled else "",
            )
            for user in users
        ]
    )


@click.command("reset-code")
@with_node
def reset_code(node: NodeFolder) -> None:
    """Make a new one-time code for the first administrator; the code before is void."""

    async def work(at: Opened) -> str:
        now_s = at.desk.clock.now_s()
        return await open_first_admin(at.desk.store, SystemChance(), now_s=now_s)

    say("One-time code for the first administrator, good for 7 days:")
    say(f"  {node.do(work)}", "bold")
