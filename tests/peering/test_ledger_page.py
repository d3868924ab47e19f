"""The page on the ledger shows files that hold, also for one who follows only the page."""

import base64
import hashlib
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wideberth.peering.evidence import Keys, verify_evidence
from wideberth.peering.fraud import verify_fraud
from wideberth.peering.notes import parse_vkey

PAGE = Path(__file__).parents[2] / "docs" / "protocol" / "ledger.md"
PIECES = PAGE.read_text(encoding="utf-8").split("```text\n")[1:]
CHECKPOINT, EVIDENCE, KEYS, SAID, FRAUD, FRAUD_SAID = (piece.split("```\n")[0] for piece in PIECES)
LOG, WITNESS, SIGNER = KEYS.splitlines()


def leaf_and_path(text):
    """What the page says to do without Wideberth, up to the root of this tree of three."""
    lines = text.split("\n")
    entry = base64.b64decode(lines[1].removeprefix("extra "))
    left, right = (base64.b64decode(line) for line in lines[3:5])
    own = hashlib.sha256(b"\x00" + entry).digest()
    pair = hashlib.sha256(b"\x01" + left + own).digest()
    return entry, hashlib.sha256(b"\x01" + pair + right).digest()


def test_the_evidence_on_the_page_holds_and_says_what_the_page_says():
    kid, key = SIGNER.split(" ")
    keys = Keys(parse_vkey(LOG), (parse_vkey(WITNESS),), {kid: bytes.fromhex(key)})
    verdict = verify_evidence(EVIDENCE.encode(), keys)
    assert verdict.is_shown
    assert list(verdict.checked) == SAID.splitlines()
    assert EVIDENCE.endswith("\n\n" + CHECKPOINT)


def test_the_fraud_proof_on_the_page_convicts_and_says_what_the_page_says():
    verdict = verify_fraud(FRAUD.encode(), parse_vkey(LOG))
    assert verdict.is_shown
    assert list(verdict.checked) == FRAUD_SAID.splitlines()


def test_the_evidence_holds_for_one_who_has_only_hashes_and_ed25519():
    entry, root = leaf_and_path(EVIDENCE)
    text, lines = CHECKPOINT.split("\n\n")
    assert base64.b64encode(root).decode() == text.split("\n")[2]
    log, witness = (base64.b64decode(line.split(" ")[2]) for line in lines.splitlines())
    public = [base64.b64decode(key.split("+", 2)[2])[1:] for key in (LOG, WITNESS)]
    Ed25519PublicKey.from_public_bytes(public[0]).verify(log[4:], f"{text}\n".encode())
    time_s = int.from_bytes(witness[4:12], "big")
    message = f"cosignature/v1\ntime {time_s}\n{text}\n".encode()
    Ed25519PublicKey.from_public_bytes(public[1]).verify(witness[12:], message)
    parts = json.loads(entry)
    signature = base64.urlsafe_b64decode(parts["signature"] + "==")
    signed = f"{parts['protected']}.{parts['payload']}".encode()
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(SIGNER[17:])).verify(signature, signed)
