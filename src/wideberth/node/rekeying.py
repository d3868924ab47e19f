"""Keys: peers added by their cards, keys changed by statements of the root key, ours announced."""

from msgspec import structs

from wideberth.model.command import AddPeer, RotateKeys
from wideberth.node import tables
from wideberth.node.answers import Answer
from wideberth.node.catching_up import tell_everything
from wideberth.node.outgoing import log_own, send
from wideberth.node.records import Peer
from wideberth.node.refusals import NotAllowedError
from wideberth.node.resending import settle_numbers
from wideberth.node.work import Work
from wideberth.peering.cards import open_card
from wideberth.peering.keys import keys_of, rotate
from wideberth.peering.messages import Keys
from wideberth.peering.payloads import Head, OwnKeys, Record
from wideberth.peering.statements import KeysError, Statement, open_statement, read_statement


def add_peer(work: Work, command: AddPeer) -> Answer:
    """Trust a party by its card, or take newer keys from one; all in force is told to it."""
    card = open_card(command.card)
    if card.party == work.party:
        raise NotAllowedError("the card is this node's own.", remedy="Take the peer's card.")
    if card.party not in work.agreement.parties:
        raise NotAllowedError(
            f"party {card.party!r} is not in agreement {work.agreement.id!r}.",
            remedy=f"Its parties: {', '.join(work.agreement.parties)}.",
        )
    known = next((p for p in work.peers() if p.party == card.party), None)
    if known is not None:
        return _renewed(work, known, (card.url, card.root.hex()), card.statement)
    said = card.statement.said
    peer = Peer(
        party=card.party,
        url=card.url,
        root=card.root.hex(),
        keys=keys_of(card.statement),
        tls=said.tls,
        statement=card.statement.raw.decode(),
        statement_number=said.number,
        last_heard_s=work.now_s,
    )
    work.save_peer(peer, tell=True)
    return Answer(notices=tell_everything(work, card.party), count=1)


def _renewed(work: Work, known: Peer, where: tuple[str, str], statement: Statement) -> Answer:
    """Take a newer statement and address from a card of a peer that is known.

    A person took the card into the hand: what was wrong with the peer's log is settled, and the
    chain of its checkpoints begins anew. It is never countersigned again, since two histories
    under our key would convict us too; `fraud` stays, and all evidence.
    """
    url, root = where
    if root != known.root:
        raise NotAllowedError(
            f"{known.party} is known under another root key.",
            remedy="A new root key needs a new agreement; speak to the party.",
        )
    if statement.said.number < known.statement_number:
        raise NotAllowedError("the card is older than what is known of the peer.")
    peer = structs.replace(known, url=url)
    if peer.fraud:
        peer = structs.replace(peer, witnessed_size=0, witnessed_note="")
        work.clear_alarm("peer's log", peer.party, "settled by people: the card was taken again")
    if statement.said.number > known.statement_number:
        peer = _with(peer, statement, from_sequence=known.in_sequence + 1)
    work.save_peer(peer, tell=True)
    settle_numbers(work, peer.party)
    return Answer(count=1)


def rekey(work: Work, body: Keys, head: Head) -> None:
    """Take a peer's new keys; its old envelope key counts for the overlap, no longer."""
    peer = work.peer(head.sender)
    root = bytes.fromhex(peer.root)
    previous = read_statement(peer.statement.encode(), root)
    statement = open_statement(body.statement.encode(), root=root, previous=previous)
    work.save_peer(_with(peer, statement, from_sequence=head.sequence + 1), tell=True)


def announce(work: Work, command: RotateKeys) -> Answer:
    """Log our new key statement and queue it for all peers, still under the key before."""
    raw = command.statement
    announced = int(work.draft.get(tables.META, "own_keys") or b"1")
    if command.number <= announced:
        return Answer()
    log_own(work, Record(at_s=work.now_s, body=OwnKeys(statement=raw.decode())))
    for peer in work.peers():
        sent = send(work, peer.party, Keys(statement=raw.decode()))
        work.save_peer(structs.replace(sent.peer, keys_told=sent.sequence))
    work.draft.put(tables.META, "own_keys", str(command.number).encode())
    return Answer(count=len(work.peers()))


def _with(peer: Peer, statement: Statement, *, from_sequence: int) -> Peer:
    said = statement.said
    if said.party != peer.party:
        raise KeysError("The key statement is of another party.")
    return structs.replace(
        peer,
        keys=rotate(peer.keys, statement, from_sequence=from_sequence),
        tls=said.tls,
        statement=statement.raw.decode(),
        statement_number=said.number,
    )
