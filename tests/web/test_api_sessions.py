import asyncio

import pytest
from starlette.testclient import TestClient
from web_scenes import PASSWORD, Node, a_form

from wideberth.node.people import Role
from wideberth.node.people_sessions import IDLE_S
from wideberth.node.people_users import open_first_admin
from wideberth.node.ports import StoreError, UncertainError
from wideberth.web.limits import Rate

ME = "/api/v1/session"
URL = "/api/v1/activities"


@pytest.fixture
def node():
    return Node()


def sign_in(client, name="planner", password=PASSWORD):
    return client.post(ME, json={"name": name, "password": password})


def test_a_session_says_who_it_is_and_hides_its_secret_from_scripts(node):
    client, _csrf = node.signed_in()
    answer = sign_in(node.client())
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    got = client.get(ME).json()
    assert (got["name"], got["roles"]) == ("planner", ["planner"])


def test_over_tls_the_cookie_is_bound_to_the_host():
    answer = sign_in(Node(secure_cookies=True).client())
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-wideberth=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert "strict-transport-security" in answer.headers


@pytest.mark.parametrize("header", [{}, {"x-csrf-token": ""}, {"x-csrf-token": "0" * 64}])
def test_a_change_without_the_csrf_token_is_refused_and_noted(node, header):
    client, right = node.signed_in()
    refused = client.post(URL, json=a_form(), headers=header)
    assert (refused.status_code, node.audit()[0].why) == (403, "CSRF")
    assert node.desk.asked == []
    assert client.post(URL, json=a_form(), headers=right).status_code == 201


def test_another_sessions_csrf_token_does_not_do(node):
    client, _csrf = node.signed_in()
    _other, csrf = node.signed_in()
    assert client.post(URL, json=a_form(), headers=csrf).status_code == 403


def test_signing_in_makes_a_new_session_and_ends_the_planted_one(node):
    thief, _csrf = node.signed_in(Role.OBSERVER)
    planted = thief.cookies["wideberth"]
    victim = node.client()
    victim.cookies.set("wideberth", planted)
    answer = sign_in(victim)
    assert answer.cookies["wideberth"] != planted
    assert thief.get(ME).status_code == 401


def test_a_secret_chosen_by_the_client_is_no_session(node):
    client = node.client()
    client.cookies.set("wideberth", "chosen")
    assert client.get(ME).status_code == 401


def test_signing_out_ends_the_session_for_everybody_who_has_the_cookie(node):
    client, csrf = node.signed_in()
    copy = node.client()
    copy.cookies.set("wideberth", client.cookies["wideberth"])
    assert copy.get(ME).status_code == 200
    assert client.delete(ME, headers=csrf).status_code == 204
    assert copy.get(ME).status_code == 401


def test_an_idle_session_lapses(node):
    client, _csrf = node.signed_in()
    node.clock.time_s += IDLE_S
    assert client.get(ME).status_code == 401


def test_a_revoked_token_is_void_at_the_next_request(node):
    admin, client = node.as_role(Role.ADMIN), node.as_role(Role.PLANNER)
    assert client.get(ME).status_code == 200
    (token,) = [t for t in admin.get("/api/v1/tokens").json() if t["user"] == "planner"]
    assert admin.delete(f"/api/v1/tokens/{token['id']}").status_code == 204
    assert client.get(ME).status_code == 401


def test_a_user_that_is_barred_is_out_at_the_next_request(node):
    client, _csrf = node.signed_in()
    assert client.get(ME).status_code == 200
    answer = node.as_role(Role.ADMIN).put("/api/v1/users/planner", json={"disabled": True})
    assert answer.json()["disabled"] is True
    assert client.get(ME).status_code == 401
    assert sign_in(node.client()).status_code == 401


def test_after_five_wrong_passwords_each_try_waits_longer(node):
    client = node.client()
    codes = [sign_in(client, password="x" * 12).status_code for _try in range(7)]
    assert codes == [401] * 5 + [429] * 2
    refused = sign_in(client)
    assert refused.status_code == 429
    node.clock.time_s += float(refused.headers["retry-after"])
    assert sign_in(client).status_code == 201


def test_wrong_tries_from_elsewhere_do_not_lock_a_user_out(node):
    for _try in range(7):
        sign_in(node.client(address="10.6.6.6"), password="x" * 12)
    assert sign_in(node.client(address="10.0.0.9")).status_code == 201


def test_one_address_does_not_try_many_names():
    node = Node(sign_in_rate=Rate(10.0, 0.1))
    client = node.client()
    codes = [sign_in(client, name=f"user{number}").status_code for number in range(12)]
    assert codes == [401] * 10 + [429] * 2
    node.clock.time_s += 10.0
    assert sign_in(client).status_code == 201


def test_a_wrong_password_leaves_a_row_with_the_name_only_if_it_is_a_user(node):
    sign_in(node.client(), password="x" * 12)
    sign_in(node.client(), name="my password 1")
    assert [row.who for row in node.audit()] == ["", "planner"]


def test_too_many_requests_wait_and_the_flood_leaves_few_rows():
    node = Node(stranger_rate=Rate(5.0, 1.0))
    client = node.client()
    codes = [client.get("/health").status_code for _number in range(150)]
    assert codes == [200] * 5 + [429] * 145
    rows = node.audit()
    assert [(row.why, row.times) for row in rows] == [("too often", 100), ("too often", 1)]
    node.clock.time_s += 1.0
    assert client.get("/health").status_code == 200


def test_the_first_administrator_is_made_with_the_code_and_is_signed_in():
    node = Node()
    for user in asyncio.run(node.door.users.all()):
        key = user.name
        asyncio.run(node.desk.store.transact(lambda t, key=key: t.delete("user", key)))
    code = asyncio.run(
        open_first_admin(node.desk.store, node.door.chance, now_s=node.clock.now_s())
    )
    client = node.client()
    body = {"code": code, "name": "boss", "password": "seven quiet orange bridges"}
    assert client.post(f"{ME}/claim", json=body | {"code": "AAAA"}).status_code == 401
    assert client.post(f"{ME}/claim", json=body | {"password": "short"}).status_code == 422
    assert "admin" in client.post(f"{ME}/claim", json=body).json()["permissions"]
    assert node.client().post(f"{ME}/claim", json=body | {"name": "two"}).status_code == 401
    assert client.get(ME).json()["name"] == "boss"


def test_a_password_is_changed_by_who_knows_the_old_one(node):
    client, csrf = node.signed_in()
    new = "seven quiet orange bridges"
    wrong = {"old": "x" * 12, "new": new}
    assert client.put(f"{ME}/password", json=wrong, headers=csrf).status_code == 401
    right = {"old": PASSWORD, "new": new}
    assert client.put(f"{ME}/password", json=right, headers=csrf).status_code == 204
    assert client.get(ME).status_code == 401
    assert sign_in(node.client(), password=new).status_code == 201


def test_a_token_cannot_raise_itself(node):
    client = node.as_role(Role.ADMIN)
    body = {"name": "mole", "roles": ["planner"], "password": "seven quiet orange bridges"}
    assert client.post("/api/v1/users", json=body).status_code == 403
    admin, csrf = node.signed_in(Role.ADMIN)
    assert admin.post("/api/v1/users", json=body, headers=csrf).status_code == 201


def test_a_token_is_made_with_its_secret_shown_once(node):
    admin, csrf = node.signed_in(Role.ADMIN)
    body = {"user": "planner", "scopes": ["read", "declare"], "title": "feed"}
    made = admin.post("/api/v1/tokens", json=body, headers=csrf).json()
    assert node.client(made["secret"]).post(URL, json=a_form()).status_code == 201
    assert made["secret"] not in admin.get("/api/v1/tokens").text
    beyond = body | {"scopes": ["admin"]}
    assert admin.post("/api/v1/tokens", json=beyond, headers=csrf).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "", "testserver@x"])
def test_a_node_called_by_another_name_does_not_answer(node, host):
    assert node.client().get("/health", headers={"host": host}).status_code == 421
    assert [(row.what, row.why) for row in node.audit()] == [("GET", "host")]


@pytest.mark.parametrize("host", ["testserver", "testserver:8443", "TESTSERVER."])
def test_a_node_answers_to_its_name_on_any_port(node, host):
    assert node.client().get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/health", "/nothing", ME, "/openapi.json"])
def test_every_answer_has_the_headers_that_hold_a_browser_back(node, path):
    headers = node.client().get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", ""])
def test_a_form_of_another_site_does_not_pass_for_json(node, kind):
    client = node.as_role(Role.PLANNER)
    answer = client.post(URL, content=b"{}", headers={"content-type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize("is_stated", [True, False])
def test_a_body_over_the_limit_is_refused(node, is_stated):
    client = node.as_role(Role.PLANNER)
    body = b" " * (4 * 1024 * 1024 + 1)
    content = body if is_stated else iter([body[:1000], body])
    headers = {"content-type": "application/json"}
    answer = client.post(f"{URL}/N1/state", content=content, headers=headers)
    assert answer.status_code == 413


def test_what_nobody_expected_is_a_reference_and_no_stack(node):
    node.desk.refusal = RuntimeError("Quince Umbrella at 33.125")
    answer = node.as_role(Role.PLANNER).post(URL, json=a_form())
    assert (answer.status_code, len(answer.json()["reference"])) == (500, 12)
    assert "Quince" not in answer.text
    assert "RuntimeError" not in answer.text


@pytest.mark.parametrize(
    ("failure", "remedy"),
    [(StoreError("disk /secret/place is full"), "Try"), (UncertainError("x /secret/y"), "Look")],
)
def test_a_store_that_fails_is_no_refusal_and_shows_nothing_of_the_machine(node, failure, remedy):
    node.desk.refusal = failure
    answer = node.as_role(Role.PLANNER).post(URL, json=a_form())
    assert (answer.status_code, len(answer.json()["reference"])) == (503, 12)
    assert answer.json()["remedy"].startswith(remedy)
    assert "secret" not in answer.text


def test_a_path_or_method_that_is_not_there_is_a_problem_too(node):
    client = node.client()
    for answer, status in ((client.get("/nothing"), 404), (client.patch("/health"), 405)):
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("secure", [False, True])
def test_two_nodes_on_one_host_do_not_sign_each_others_people_out(secure):
    scheme = "https" if secure else "http"
    nodes = [Node(secure_cookies=secure, hosts=frozenset({"127.0.0.1"})) for _node in range(2)]
    tabs = [
        TestClient(node.app, base_url=f"{scheme}://127.0.0.1:{port}")
        for node, port in zip(nodes, (8440, 8450), strict=True)
    ]
    browser = {}
    for tab in tabs:
        tab.cookies.update(browser)
        assert sign_in(tab).status_code == 201
        browser |= dict(tab.cookies)
    prefix = "__Host-" if secure else ""
    assert set(browser) == {f"{prefix}wideberth-8440", f"{prefix}wideberth-8450"}
    for tab in tabs:
        tab.cookies.update(browser)
        assert tab.get(ME).status_code == 200
