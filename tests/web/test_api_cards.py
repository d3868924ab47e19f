from key_scenes import Holder
from web_scenes import Node, a_peer

from wideberth.node.people import Role
from wideberth.peering.cards import fingerprint

SOUTH = Holder("south")
NORTH = Holder("north")
CARD = SOUTH.card(SOUTH.first()).decode()


def test_reading_a_card_shows_the_fingerprint_and_trusts_nobody():
    node = Node()
    found = node.as_role(Role.ADMIN).post("/api/v1/card", json={"card": f"{CARD}\n"}).json()
    assert found["fingerprint"] == fingerprint(SOUTH.root.public_key)
    assert (found["party"], found["trusted"]) == ("south", "")
    assert node.desk.asked == []


def test_a_card_under_another_root_key_than_the_trusted_one_is_told_apart():
    node = Node()
    node.keep(a_peer())
    found = node.as_role(Role.ADMIN).post("/api/v1/card", json={"card": CARD}).json()
    assert found["trusted"] == fingerprint(b"\0" * 32) != found["fingerprint"]
    of_peer = node.as_role(Role.WATCH).get("/api/v1/peers/south/card").json()
    assert of_peer["fingerprint"] == found["trusted"]


def test_a_card_that_was_changed_is_refused():
    answer = Node().as_role(Role.ADMIN).post("/api/v1/card", json={"card": CARD.replace("a", "b")})
    assert answer.status_code == 422


def test_only_who_may_trust_a_peer_reads_cards():
    answer = Node().as_role(Role.PLANNER).post("/api/v1/card", json={"card": CARD})
    assert answer.status_code == 403


def test_our_own_card_is_given_as_it_is_handed_over():
    node = Node()
    assert node.as_role(Role.WATCH).get("/api/v1/card").status_code == 404
    raw = NORTH.card(NORTH.first())
    node.door.card = lambda: raw
    found = node.as_role(Role.WATCH).get("/api/v1/card").json()
    assert found["card"] == raw.decode()
    assert found["fingerprint"] == fingerprint(NORTH.root.public_key)


def test_an_unknown_peer_has_no_card():
    assert Node().as_role(Role.WATCH).get("/api/v1/peers/east/card").status_code == 404
