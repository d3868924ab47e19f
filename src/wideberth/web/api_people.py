"""Signing in and out, the first administrator, one's own password."""

from typing import Final

from starlette.responses import Response

from wideberth.node.people import (
    Identity,
    NotSignedInError,
    Permission,
)
from wideberth.node.people_sessions import session_key
from wideberth.node.refusals import NotAllowedError
from wideberth.web.api_endpoint import too_often
from wideberth.web.api_forms import ClaimForm, PasswordForm, SignInForm
from wideberth.web.api_route import Asked, as_json, v1
from wideberth.web.api_views import Me
from wideberth.web.problems import RefusedError
from wideberth.web.sessions import cookie_of, set_cookie


async def sign_in(asked: Asked) -> Response:
    """Open a new session; one that the browser had ends, so that none can be planted."""
    form, door = asked.body, asked.door
    key = f"{asked.address} {form.name}"
    _wait_turn(asked, key)
    try:
        secret = await door.sessions.sign_in(form.name, form.password, address=asked.address)
    except NotSignedInError as error:
        door.sign_ins.wrong(key, door.now_s())
        is_user = await door.users.one(form.name) is not None
        await door.audit.refuse(
            who=form.name if is_user else "",
            what="POST /api/v1/session",
            why="wrong name or password",
            address=asked.address,
        )
        raise RefusedError(401, error.what, remedy=error.remedy) from None
    door.sign_ins.right(key)
    return await _signed_in(asked, secret)


async def claim(asked: Asked) -> Response:
    """Make the first administrator and sign it in."""
    form, door = asked.body, asked.door
    _wait_turn(asked, f"{asked.address} first administrator")
    try:
        user = await door.users.claim_first_admin(form.code, form.name, form.password)
    except NotSignedInError:
        door.sign_ins.wrong(f"{asked.address} first administrator", door.now_s())
        raise
    return await _signed_in(asked, await door.sessions.open(user, address=asked.address))


def _wait_turn(asked: Asked, key: str) -> None:
    """Raise RefusedError where the address or the name has to wait."""
    door = asked.door
    wait_s = door.sign_ins.wait_s(key, door.now_s())
    if wait_s <= 0.0:
        wait_s = door.sign_in_rate.wait_s(asked.address, door.now_s())
    if wait_s > 0.0:
        error = too_often(wait_s)
        error.why = "too often"
        raise error


async def _signed_in(asked: Asked, secret: str) -> Response:
    door = asked.door
    secure = door.settings.secure_cookies
    before = cookie_of(asked.request, secure=secure)
    if before:
        await door.sessions.sign_out(session_key(before))
        door.known.forget()
    identity = await door.known.by_cookie(secret)
    if identity is None:
        raise RefusedError(401, "the session ended at once.", remedy="Sign in again.")
    response = as_json(_me(asked, identity), status=201)
    set_cookie(asked.request, response, secret, secure=secure)
    return response


async def me(asked: Asked) -> Me:
    """Return who is signed in."""
    return _me(asked, asked.identity)


def _me(asked: Asked, identity: Identity) -> Me:
    return Me(
        name=identity.name,
        party=asked.desk.party,
        roles=identity.roles,
        permissions=tuple(sorted(identity.permissions)),
        csrf=identity.csrf,
    )


async def sign_out(asked: Asked) -> Response:
    """End the session."""
    if asked.identity.session:
        await asked.door.sessions.sign_out(asked.identity.session)
        asked.door.known.forget()
    response = as_json(None, status=204)
    set_cookie(asked.request, response, "", secure=asked.door.settings.secure_cookies)
    return response


async def set_password(asked: Asked) -> Response:
    """Set one's own password; all sessions of the user end."""
    if not asked.identity.session:
        raise NotAllowedError("a token cannot set a password.", remedy="Sign in.")
    form, door = asked.body, asked.door
    key = f"{asked.address} {asked.identity.name}"
    _wait_turn(asked, key)
    try:
        await door.users.set_password(asked.identity.name, form.new, old=form.old)
    except NotSignedInError:
        door.sign_ins.wrong(key, door.now_s())
        raise
    door.known.forget()
    return as_json(None, status=204)


_OPEN: Final = Permission.OPEN
_SELF: Final = Permission.SIGNED_IN
ROUTES: Final = (
    v1("GET", "/session", _SELF, "Who is signed in", handle=me, gives=Me),
    v1(
        "POST", "/session", _OPEN, "Sign in", handle=sign_in, takes=SignInForm, gives=Me, status=201
    ),
    v1("DELETE", "/session", _SELF, "Sign out", handle=sign_out, status=204),
    v1(
        "POST",
        "/session/claim",
        _OPEN,
        "Make the first administrator with the code of node init",
        handle=claim,
        takes=ClaimForm,
        gives=Me,
        status=201,
        says=(409,),
    ),
    v1(
        "PUT",
        "/session/password",
        _SELF,
        "Set one's own password",
        handle=set_password,
        takes=PasswordForm,
        status=204,
    ),
)
