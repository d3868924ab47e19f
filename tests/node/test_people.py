import asyncio

import pytest
from fake_desk import QUICK, CountedChance, StandingClock

from wideberth.adapters.store_memory import MemoryStore
from wideberth.node import tables
from wideberth.node.people import (
    MAY,
    LastAdminError,
    NameTakenError,
    NotKnownError,
    NotSignedInError,
    PasswordRuleError,
    Permission,
    Role,
    permissions_of,
)
from wideberth.node.people_audit import Audit
from wideberth.node.people_passwords import MOST_WAITING, Passwords, TooBusyError, check_password
from wideberth.node.people_sessions import IDLE_S, LONGEST_S, Sessions
from wideberth.node.people_tokens import Tokens
from wideberth.node.people_users import Users, open_first_admin
from wideberth.node.refusals import NotAllowedError

GOOD = "copper lantern ninth harbour"
OTHER = "seven quiet orange bridges"
DAY_S = 86400.0
run = asyncio.run


class House:
    def __init__(self):
        self.store, self.clock, self.chance = MemoryStore(), StandingClock(), CountedChance()
        passwords = Passwords(QUICK)
        self.users = Users(self.store, self.clock, passwords)
        self.sessions = Sessions(self.store, self.clock, self.chance, passwords)
        self.tokens = Tokens(self.store, self.clock, self.chance)
        run(self.users.add("boss", [Role.ADMIN], GOOD))
        run(self.users.add("ann", [Role.PLANNER], GOOD))

    def sign_in(self, name="ann", password=GOOD):
        return run(self.sessions.sign_in(name, password, address="10.0.0.1"))

    def identity(self, secret):
        return run(self.sessions.identity(secret))

    def kept(self):
        names = (tables.USER, tables.SESSION, tables.TOKEN, tables.META)
        read = lambda reader: [row for name in names for row in reader.scan(name)]  # noqa: E731
        return repr(run(self.store.read(read)))


@pytest.fixture
def house():
    return House()


def test_every_permission_but_open_has_its_line_in_the_one_table():
    assert set(MAY) == set(Permission) - {Permission.OPEN}


def test_an_observer_changes_nothing_and_sees_nothing_private():
    assert permissions_of([Role.OBSERVER]) == {
        Permission.SIGNED_IN,
        Permission.READ,
        Permission.METRICS,
    }


def test_roles_add_up():
    both = permissions_of([Role.WATCH, Role.PLANNER])
    assert both == permissions_of([Role.WATCH]) | permissions_of([Role.PLANNER])


def test_a_session_speaks_for_its_user(house):
    identity = house.identity(house.sign_in())
    assert (identity.name, identity.by) == ("ann", "ann")
    assert identity.permissions == permissions_of([Role.PLANNER])


@pytest.mark.parametrize(("name", "password"), [("ann", OTHER), ("nobody", GOOD), ("ann", "")])
def test_a_wrong_name_and_a_wrong_password_are_refused_alike(house, name, password):
    with pytest.raises(NotSignedInError) as caught:
        house.sign_in(name, password)
    assert caught.value.what == "name or password is wrong."


@pytest.mark.parametrize("step_s", [0.0, -1.0])
def test_an_idle_session_lapses_at_its_time_and_not_before(house, step_s):
    secret = house.sign_in()
    house.clock.time_s += IDLE_S + step_s
    assert (house.identity(secret) is None) == (step_s == 0.0)


def test_a_session_in_use_lapses_after_a_watch(house):
    secret = house.sign_in()
    while house.clock.time_s < 1_800_000_000.0 + LONGEST_S:
        assert house.identity(secret) is not None
        house.clock.time_s += IDLE_S / 2
    assert house.identity(secret) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda house: house.users.change("ann", roles=[Role.OBSERVER]),
        lambda house: house.users.change("ann", disabled=True),
        lambda house: house.users.set_password("ann", OTHER, old=GOOD),
        lambda house: house.sessions.sign_out_user("ann"),
    ],
)
def test_a_change_of_the_user_ends_the_sessions(house, change):
    secret, other = house.sign_in(), house.sign_in("boss")
    run(change(house))
    assert house.identity(secret) is None
    assert house.identity(other) is not None


def test_of_very_many_sessions_the_oldest_end(house):
    secrets = []
    for _number in range(51):
        house.clock.time_s += 1.0
        secrets.append(house.sign_in())
    assert house.identity(secrets[0]) is None
    assert all(house.identity(secret) for secret in secrets[1:])


def test_the_store_holds_no_secret(house):
    secret = house.sign_in()
    scopes = frozenset({Permission.READ})
    token, _record = run(house.tokens.issue("ann", scopes, title="x", lasts_s=DAY_S))
    unit, _record = run(house.tokens.issue_to_unit("Alfa", lasts_s=DAY_S))
    csrf = house.identity(secret).csrf
    kept = house.kept()
    assert not [one for one in (secret, token, unit, csrf, GOOD) if one in kept]


@pytest.mark.parametrize(
    "password", ["short one", "x" * 257, "aaaaaaaaaaaaaa", "ann and ann again", ""]
)
def test_a_weak_password_is_refused_without_being_repeated(password):
    with pytest.raises(PasswordRuleError) as caught:
        check_password(password, name="ann")
    assert not password or password not in str(caught.value)


def test_beyond_so_many_that_sign_in_at_once_the_next_are_told_to_come_back():
    async def crowd():
        passwords = Passwords(QUICK)
        tries = (passwords.hash(f"password {number}") for number in range(MOST_WAITING + 8))
        return await asyncio.gather(*tries, return_exceptions=True)

    results = run(crowd())
    assert sum(isinstance(one, TooBusyError) for one in results) == 8
    assert sum(isinstance(one, str) for one in results) == MOST_WAITING


def test_a_password_of_twelve_characters_is_long_enough():
    check_password("k3j5n2m8v1qx", name="ann")


def test_a_user_without_a_password_cannot_sign_in(house):
    run(house.users.add("feed", [Role.OBSERVER], ""))
    with pytest.raises(NotSignedInError):
        house.sign_in("feed", "")


def test_a_name_is_given_once(house):
    with pytest.raises(NameTakenError):
        run(house.users.add("ann", [Role.OBSERVER], OTHER))


@pytest.mark.parametrize("change", [{"disabled": True}, {"roles": [Role.WATCH]}])
def test_the_last_administrator_stays(house, change):
    with pytest.raises(LastAdminError):
        run(house.users.change("boss", **change))
    assert house.identity(house.sign_in("boss")).may(Permission.ADMIN)


def test_the_first_admin_is_claimed_once():
    house = House.__new__(House)
    store, clock = MemoryStore(), StandingClock()
    users = Users(store, clock, Passwords(QUICK))
    code = run(open_first_admin(store, CountedChance(), now_s=clock.now_s()))
    house.store = store
    assert code.replace("-", "") not in house.kept()
    user = run(users.claim_first_admin(code.lower(), "boss", GOOD))
    assert user.roles == (Role.ADMIN,)
    with pytest.raises(NotSignedInError):
        run(users.claim_first_admin(code, "thief", OTHER))
    with pytest.raises(NameTakenError):
        run(open_first_admin(store, CountedChance(), now_s=clock.now_s()))


@pytest.mark.parametrize("late_s", [-1.0, 0.0])
def test_the_first_admins_code_lapses_after_seven_days(late_s):
    store, clock = MemoryStore(), StandingClock()
    users = Users(store, clock, Passwords(QUICK))
    code = run(open_first_admin(store, CountedChance(), now_s=clock.now_s()))
    clock.time_s += 7 * DAY_S + late_s
    if late_s < 0.0:
        assert run(users.claim_first_admin(code, "boss", GOOD)).name == "boss"
    else:
        with pytest.raises(NotSignedInError):
            run(users.claim_first_admin(code, "boss", GOOD))


def test_a_code_made_on_the_machine_makes_one_more_admin_and_takes_over_nobody(house):
    chance = CountedChance()
    again = lambda: open_first_admin(house.store, chance, now_s=house.clock.now_s(), again=True)  # noqa: E731
    code = run(again())
    with pytest.raises(NameTakenError):
        run(house.users.claim_first_admin(code, "ann", OTHER))
    assert run(house.users.claim_first_admin(code, "second", OTHER)).roles == (Role.ADMIN,)
    assert house.identity(house.sign_in("ann")).permissions == permissions_of([Role.PLANNER])


def test_a_wrong_code_makes_nobody(house):
    with pytest.raises(NotSignedInError):
        run(house.users.claim_first_admin("AAAAAA-AAAAAA", "thief", OTHER))
    assert [user.name for user in run(house.users.all())] == ["ann", "boss"]


def test_a_token_may_do_what_its_scopes_and_its_user_both_may(house):
    scopes = frozenset({Permission.READ, Permission.DECLARE})
    secret, record = run(house.tokens.issue("ann", scopes, title="planning", lasts_s=DAY_S))
    identity = run(house.tokens.identity(secret))
    assert secret.startswith("wb_")
    assert identity.permissions == {*scopes, Permission.SIGNED_IN}
    assert identity.by == f"ann (token {record.id})"
    run(house.users.change("ann", roles=[Role.OBSERVER]))
    assert not run(house.tokens.identity(secret)).may(Permission.DECLARE)


@pytest.mark.parametrize("scopes", [{Permission.ADMIN}, {Permission.OPEN}, set()])
def test_a_token_beyond_its_users_rights_is_not_made(house, scopes):
    with pytest.raises(NotAllowedError):
        run(house.tokens.issue("ann", frozenset(scopes), title="x", lasts_s=DAY_S))
    assert run(house.tokens.all()) == []


def test_a_token_lapses_is_revoked_and_falls_with_its_user(house):
    make = lambda: run(  # noqa: E731
        house.tokens.issue("ann", frozenset({Permission.READ}), title="x", lasts_s=DAY_S)
    )
    (revoked, record), (lasting, _record) = make(), make()
    run(house.tokens.revoke(record.id))
    assert run(house.tokens.identity(revoked)) is None
    assert run(house.tokens.identity(lasting)) is not None
    run(house.users.change("ann", disabled=True))
    assert run(house.tokens.identity(lasting)) is None
    run(house.users.change("ann", disabled=False))
    house.clock.time_s += DAY_S
    assert run(house.tokens.identity(lasting)) is None
    with pytest.raises(NotKnownError):
        run(house.tokens.revoke(record.id))


def test_a_units_new_token_voids_its_old_one_and_no_other(house):
    first, _record = run(house.tokens.issue_to_unit("Alfa", lasts_s=DAY_S))
    bravo, _record = run(house.tokens.issue_to_unit("Bravo", lasts_s=DAY_S))
    second, _record = run(house.tokens.issue_to_unit("Alfa", lasts_s=DAY_S))
    units = [run(house.tokens.unit_of(secret)) for secret in (first, bravo, second)]
    assert units == [None, "Bravo", "Alfa"]


def test_a_units_token_is_no_programs_token_nor_the_other_way(house):
    unit, _record = run(house.tokens.issue_to_unit("Alfa", lasts_s=DAY_S))
    program, _record = run(
        house.tokens.issue("ann", frozenset({Permission.READ}), title="x", lasts_s=DAY_S)
    )
    assert run(house.tokens.identity(unit)) is None
    assert run(house.tokens.unit_of(program)) is None


def test_the_audit_keeps_the_newest_and_says_how_many_it_dropped():
    audit = Audit(MemoryStore(), StandingClock(), most_rows=3)
    for number in range(5):
        run(audit.refuse(who="ann", what=f"{number}", why="missing right", address="::1"))
    rows, dropped = run(audit.page())
    assert [row.what for row in rows] == ["4", "3", "2"]
    assert dropped == 2
    assert [row.number for row in run(audit.page(before=rows[0].number, limit=1))[0]] == [4]
