from msgspec.structs import replace
from web_scenes import NOTICE, Node, a_form, a_met, a_peer, notice_of

from wideberth.model.notice import Rung
from wideberth.node import tables
from wideberth.node.people import Role
from wideberth.web.metrics import FRESH_S


def figures(node):
    text = node.as_role(Role.OBSERVER).get("/metrics").text
    rows = (line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in rows}


def test_the_figures_are_those_of_the_store():
    node = Node()
    table, key, peer = a_peer()
    notices = [replace(notice_of(f"{n:064d}")[0][2], rung=Rung.READ) for n in range(3)]
    node.keep(
        (table, key, replace(peer, out_sequence=9, receipted=4)),
        (table, "west", replace(peer, party="west", down_since_s=1.0)),
        a_met(),
        *((tables.CONFLICT_OF, f"{side}/c1", b"") for side in ("north/N1", "south/S1")),
        (tables.CONFLICT_OF, "north/N1/c2", b""),
        (tables.ALARM_ON, "k/s", b"a1"),
        *((tables.NOTICE, one.message, one) for one in notices),
        *((tables.WAITING, one.message, b"") for one in notices),
        (tables.WAITING, NOTICE, b""),
    )
    node.as_role(Role.PLANNER).post("/api/v1/activities", json=a_form())
    got = figures(node)
    wanted = {
        "wideberth_conflicts": 2,
        "wideberth_alarms": 1,
        'wideberth_notices_waiting{rung="read"}': 3,
        'wideberth_outbox{peer="south"}': 5,
        'wideberth_link_up{peer="south"}': 1,
        'wideberth_link_up{peer="west"}': 0,
        "wideberth_ledger_entries": 2,
        "wideberth_declarations_total": 1,
    }
    assert {name: got[name] for name in wanted} == wanted


def test_figures_of_the_store_are_counted_anew_after_a_while_and_not_before():
    node = Node()
    assert figures(node)["wideberth_alarms"] == 0
    node.keep((tables.ALARM_ON, "k/s", b"a1"))
    assert figures(node)["wideberth_alarms"] == 0
    node.clock.time_s += FRESH_S
    assert figures(node)["wideberth_alarms"] == 1


def test_a_rung_that_no_notice_stands_on_any_more_is_gone():
    node = Node()
    notice = notice_of()[0][2]
    node.keep((tables.NOTICE, NOTICE, notice), (tables.WAITING, NOTICE, b""))
    assert figures(node)['wideberth_notices_waiting{rung="sent"}'] == 1
    node.keep((tables.NOTICE, NOTICE, replace(notice, rung=Rung.READ)))
    node.clock.time_s += FRESH_S
    assert 'wideberth_notices_waiting{rung="sent"}' not in figures(node)


def test_requests_are_counted_by_route_and_status():
    node = Node()
    node.client().get("/health")
    node.client().get("/api/v1/notices")
    got = figures(node)
    assert got['wideberth_requests_total{method="GET",route="/health",status="200"}'] == 1
    assert got['wideberth_requests_total{method="GET",route="/api/v1/notices",status="401"}'] == 1


def test_two_nodes_in_one_process_do_not_add_up():
    one, other = Node(), Node()
    one.client().get("/health")
    name = 'wideberth_requests_total{method="GET",route="/health",status="200"}'
    assert name in figures(one)
    assert name not in figures(other)
