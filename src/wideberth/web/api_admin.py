"""What an administrator does: users, tokens, units' links, the audit."""

from typing import Any, Final

from starlette.responses import Response

from wideberth.node.people import (
    ApiToken,
    Permission,
    UnitToken,
    User,
    permissions_of,
)
from wideberth.node.refusals import NotAllowedError, NotFoundError
from wideberth.web.api_forms import (
    PagedAudit,
    TokenForm,
    UnitTokenForm,
    UserChangeForm,
    UserForm,
)
from wideberth.web.api_route import Asked, as_json, v1
from wideberth.web.api_views import AuditPage, TokenView, UserView


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


_ADMIN: Final = Permission.ADMIN
_UNITS: Final = Permission.UNITS
_MADE: Final[dict[str, Any]] = {"gives": TokenView, "status": 201, "says": (404,)}
_GONE: Final[dict[str, Any]] = {"status": 204, "says": (404,)}
ROUTES: Final = (
    v1("GET", "/users", _ADMIN, "Users", handle=users, gives=tuple[UserView, ...]),
    v1(
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
    v1(
        "PUT",
        "/users/{user}",
        _ADMIN,
        "Change a user",
        handle=change_user,
        takes=UserChangeForm,
        gives=UserView,
        says=(404,),
    ),
    v1("GET", "/tokens", _ADMIN, "Tokens", handle=tokens, gives=tuple[TokenView, ...]),
    v1("POST", "/tokens", _ADMIN, "Make a token", handle=issue, takes=TokenForm, **_MADE),
    v1("DELETE", "/tokens/{token}", _ADMIN, "Revoke a token", handle=revoke, **_GONE),
    v1(
        "POST",
        "/unit-tokens",
        _UNITS,
        "Make a unit's link; the one before is void",
        handle=issue_to_unit,
        takes=UnitTokenForm,
        **_MADE,
    ),
    v1(
        "DELETE",
        "/unit-tokens/{token}",
        _UNITS,
        "Revoke a unit's link",
        handle=revoke_unit,
        **_GONE,
    ),
    v1("GET", "/audit", _ADMIN, "Refusals", handle=audit, query=PagedAudit, gives=AuditPage),
)
