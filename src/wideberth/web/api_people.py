"""Signing in and out, and what an administrator does: users, tokens, units' links, the audit."""

from typing import Any, Final

from starlette.responses import Response

from wideberth.node.people import (
    ApiToken,
    Identity,
    NotSignedInError,
    Permission,
    UnitToken,
    User,
    permissions_of,
)
from wideberth.node.people_sessions import session_key
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.web.api_endpoint import too_often
from wideberth.web.api_forms import (
    AuditPage,
    ClaimForm,
    Me,
    PagedAudit,
    PasswordForm,
    SignInForm,
    TokenForm,
    TokenView,
    UnitTokenForm,
    UserChangeForm,
    UserForm,
    UserView,
)
from wideberth.web.api_route import Asked, Route, as_json
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
        is_user = any(user.name == form.name for user in await door.users.all())
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
    set_cookie(response, secret, secure=secure)
    return response


async def me(asked: Asked) -> Me:
    """Return who is signed in."""
    return _me(asked, asked.identity)


def _me(asked: Asked, identity: Identity) -> Me:
    return Me(
        name=identity.name,
        party=asked.desk.party,
        permissions=tuple(sorted(identity.permissions)),
        csrf=identity.csrf,
    )


async def sign_out(asked: Asked) -> Response:
    """End the session."""
    if asked.identity.session:
        await asked.door.sessions.sign_out(asked.identity.session)
        asked.door.known.forget()
    response = as_json(None, status=204)
    set_cookie(response, "", secure=asked.door.settings.secure_cookies)
    return response


async def set_password(asked: Asked) -> Response:
    """Set one's own password; all sessions of the user end."""
    if not asked.identity.session:
        raise NotAllowedError("a token cannot set a password.", remedy="Sign in.")
    _wait_turn(asked, f"{asked.address} {asked.identity.name}")
    form, door = asked.body, asked.door
    await door.users.set_password(asked.identity.name, form.new, old=form.old)
    door.known.forget()
    return as_json(None, status=204)


async def users(asked: Asked) -> tuple[UserView, ...]:
    """Return all users."""
    return tuple(_user(user) for user in await asked.door.users.all())


async def add_user(asked: Asked) -> UserView:
    """Make a user."""
    form = asked.body
    _within(asked, permissions_of(form.roles))
    return _user(await asked.door.users.add(form.name, form.roles, form.password))


async def change_user(asked: Asked) -> UserView:
    """Give other roles, bar or admit, set a password; the user's sessions end."""
    form, door, name = asked.body, asked.door, asked.path("user")
    _within(asked, permissions_of(form.roles or ()))
    if form.password is not None:
        await door.users.set_password(name, form.password)
    changed = await door.users.change(name, roles=form.roles, disabled=form.disabled)
    door.known.forget()
    return _user(changed)


def _within(asked: Asked, wanted: frozenset[Permission]) -> None:
    """Raise NotAllowedError where a token would make somebody who may more than the token."""
    if asked.identity.token and wanted - asked.identity.permissions:
        raise NotAllowedError(
            "a token cannot give rights it does not have.", remedy="Sign in with a password."
        )


async def tokens(asked: Asked) -> tuple[TokenView, ...]:
    """Return all tokens, without their secrets."""
    return tuple(_token(token) for token in await asked.door.tokens.all())


async def issue(asked: Asked) -> TokenView:
    """Make a token for a program; its secret is shown this once."""
    form = asked.body
    scopes = frozenset(form.scopes)
    _within(asked, scopes)
    secret, token = await asked.door.tokens.issue(
        form.user, scopes, title=form.title, lasts_s=form.lasts_s
    )
    return _token(token, secret)


async def issue_to_unit(asked: Asked) -> TokenView:
    """Make a unit's link; the one it had is void."""
    form, desk = asked.body, asked.desk
    if not any(unit.id == form.unit for unit in desk.agreement.notice.units_of(desk.party)):
        raise NotFoundError("there is no such unit of ours in the agreement.")
    secret, token = await asked.door.tokens.issue_to_unit(form.unit, lasts_s=form.lasts_s)
    asked.door.known.forget()
    return _token(token, secret)


async def revoke(asked: Asked) -> Response:
    """Make a token void at once."""
    return await _revoke(asked, ApiToken)


async def revoke_unit(asked: Asked) -> Response:
    """Make a unit's link void at once."""
    return await _revoke(asked, UnitToken)


async def _revoke(asked: Asked, kind: type[ApiToken | UnitToken]) -> Response:
    name = asked.path("token")
    kept = [token for token in await asked.door.tokens.all() if token.id == name]
    if not any(isinstance(token, kind) for token in kept):
        raise NotFoundError("there is no such token.")
    await asked.door.tokens.revoke(name)
    asked.door.known.forget()
    return as_json(None, status=204)


async def audit(asked: Asked) -> AuditPage:
    """Return refusals, newest first."""
    query = asked.query
    rows, dropped = await asked.door.audit.page(before=query.before, limit=query.limit)
    return AuditPage(items=tuple(rows), dropped=dropped)


def _user(user: User) -> UserView:
    return UserView(
        name=user.name,
        roles=user.roles,
        disabled=user.disabled,
        has_password=bool(user.password),
        created_s=user.created_s,
    )


def _token(token: ApiToken | UnitToken, secret: str = "") -> TokenView:
    if isinstance(token, UnitToken):
        return TokenView(
            id=token.id,
            created_s=token.created_s,
            expires_s=token.expires_s,
            unit=token.unit,
            secret=secret,
            path=f"/unit/{secret}" if secret else "",
        )
    return TokenView(
        id=token.id,
        created_s=token.created_s,
        expires_s=token.expires_s,
        user=token.user,
        title=token.title,
        scopes=token.scopes,
        secret=secret,
    )


def _route(method: str, path: str, permission: Permission, summary: str, **more: Any) -> Route:
    return Route(
        method=method, path=f"/api/v1{path}", permission=permission, summary=summary, **more
    )


_OPEN: Final = Permission.OPEN
_SELF: Final = Permission.SIGNED_IN
_ADMIN: Final = Permission.ADMIN
_UNITS: Final = Permission.UNITS
_MADE: Final[dict[str, Any]] = {"gives": TokenView, "status": 201, "says": (404,)}
_GONE: Final[dict[str, Any]] = {"status": 204, "says": (404,)}
ROUTES: Final = (
    _route("GET", "/session", _SELF, "Who is signed in", handle=me, gives=Me),
    _route(
        "POST", "/session", _OPEN, "Sign in", handle=sign_in, takes=SignInForm, gives=Me, status=201
    ),
    _route("DELETE", "/session", _SELF, "Sign out", handle=sign_out, status=204),
    _route(
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
    _route(
        "PUT",
        "/session/password",
        _SELF,
        "Set one's own password",
        handle=set_password,
        takes=PasswordForm,
        **_GONE,
    ),
    _route("GET", "/users", _ADMIN, "Users", handle=users, gives=tuple[UserView, ...]),
    _route(
        "POST",
        "/users",
        _ADMIN,
        "Make a user",
        handle=add_user,
        takes=UserForm,
        gives=UserView,
        status=201,
        says=(409,),
    ),
    _route(
        "PUT",
        "/users/{user}",
        _ADMIN,
        "Change a user",
        handle=change_user,
        takes=UserChangeForm,
        gives=UserView,
        says=(404,),
    ),
    _route("GET", "/tokens", _ADMIN, "Tokens", handle=tokens, gives=tuple[TokenView, ...]),
    _route("POST", "/tokens", _ADMIN, "Make a token", handle=issue, takes=TokenForm, **_MADE),
    _route("DELETE", "/tokens/{token}", _ADMIN, "Revoke a token", handle=revoke, **_GONE),
    _route(
        "POST",
        "/unit-tokens",
        _UNITS,
        "Make a unit's link; the one before is void",
        handle=issue_to_unit,
        takes=UnitTokenForm,
        **_MADE,
    ),
    _route(
        "DELETE",
        "/unit-tokens/{token}",
        _UNITS,
        "Revoke a unit's link",
        handle=revoke_unit,
        **_GONE,
    ),
    _route("GET", "/audit", _ADMIN, "Refusals", handle=audit, query=PagedAudit, gives=AuditPage),
)
