"""The console's pages as a node serves them: whole or not at all, under a strict policy."""

import gzip
import hashlib
import json

import pytest
from starlette.testclient import TestClient
from web_scenes import Node

from wideberth.web.app import node_app
from wideberth.web.console import read_console

SCRIPT = "assets/index-Ab3_x-Yz.js"
FILES = {
    "index.html": b"<!doctype html><script src=./assets/index-Ab3_x-Yz.js></script>",
    SCRIPT: b"export const answer = 42;\n" * 100,
    "assets/worker-A1b2C3d4.mjs": b"postMessage(1)",
    "assets/fast-A1b2C3d4.wasm": b"\0asm",
    "assets/land-A1b2C3d4.json": b"{}",
    "assets/type-A1b2C3d4.woff2": b"wOF2" * 1000,
    "mark.svg": b"<svg/>",
}


@pytest.fixture
def folder(tmp_path):
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    manifest = {"sources": "", "files": listed}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return tmp_path


def client_of(folder):
    return TestClient(node_app(Node().door, read_console(folder).routes))


def test_every_file_is_served_as_it_was_built_to_somebody_who_is_not_signed_in(folder):
    client = client_of(folder)
    assert client.get("/").content == FILES["index.html"]
    for name in set(FILES) - {"index.html"}:
        assert client.get(f"/{name}").content == FILES[name]


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("", "text/html; charset=utf-8"),
        (SCRIPT, "text/javascript; charset=utf-8"),
        ("assets/worker-A1b2C3d4.mjs", "text/javascript; charset=utf-8"),
        ("assets/fast-A1b2C3d4.wasm", "application/wasm"),
        ("assets/land-A1b2C3d4.json", "application/json"),
        ("assets/type-A1b2C3d4.woff2", "font/woff2"),
        ("mark.svg", "image/svg+xml"),
    ],
)
def test_each_file_is_served_as_what_it_is(folder, path, media):
    assert client_of(folder).get(f"/{path}").headers["content-type"] == media


@pytest.mark.parametrize("path", ["", SCRIPT, "mark.svg", "assets/worker-A1b2C3d4.mjs"])
def test_no_page_or_worker_may_load_or_run_anything_from_elsewhere(folder, path):
    policy = client_of(folder).get(f"/{path}").headers["content-security-policy"]
    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert said == {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
        "worker-src": "'self'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "font-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize(
    ("path", "caching"),
    [("", "no-store"), (SCRIPT, "public, max-age=31536000, immutable"), ("mark.svg", "no-cache")],
)
def test_only_what_is_named_by_its_content_is_kept_for_good(folder, path, caching):
    assert client_of(folder).get(f"/{path}").headers["cache-control"] == caching


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_what_a_browser_has_is_not_sent_again(folder, coding):
    client = client_of(folder)
    asked = {"accept-encoding": coding}
    etag = client.get(f"/{SCRIPT}", headers=asked).headers["etag"]
    again = client.get(f"/{SCRIPT}", headers=asked | {"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"/{SCRIPT}", headers=asked | {"if-none-match": '"other"'})
    assert other.status_code == 200


def test_large_files_are_sent_compressed_to_who_takes_it(folder):
    client = client_of(folder)
    with client.stream("GET", f"/{SCRIPT}", headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == (
        "gzip",
        "accept-encoding",
    )
    assert (gzip.decompress(raw), len(raw) < len(FILES[SCRIPT])) == (FILES[SCRIPT], True)
    for path in (SCRIPT, "mark.svg", "assets/type-A1b2C3d4.woff2"):
        coding = "identity" if path == SCRIPT else "gzip"
        plain = client.get(f"/{path}", headers={"accept-encoding": coding})
        assert "content-encoding" not in plain.headers


def test_a_look_at_the_headers_alone_gets_them_alone(folder):
    answer = client_of(folder).head("/mark.svg")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(FILES["mark.svg"]))


@pytest.mark.parametrize("path", ["/", f"/{SCRIPT}"])
def test_nothing_can_be_written_to_the_console(folder, path):
    assert client_of(folder).post(path, content=b"x").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/manifest.json", "/assets", "/assets/", "/assets/no.js", "/assets/%2e%2e/mark.svg", "/x"],
)
def test_what_is_not_in_the_manifest_is_not_there(folder, path):
    assert client_of(folder).get(path).status_code == 404


@pytest.mark.parametrize("name", [SCRIPT, "index.html", "mark.svg"])
@pytest.mark.parametrize("how", ["altered", "gone"])
def test_a_console_with_one_altered_file_is_not_shown_and_the_api_goes_on(folder, name, how):
    if how == "gone":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(FILES[name] + b" ")
    assert read_console(folder).altered == name
    client = client_of(folder)
    page = client.get("/")
    assert (page.status_code, f"<code>{name}</code> is not as it was built" in page.text) == (
        200,
        True,
    )
    assert client.get(f"/{SCRIPT}").status_code == 404
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize(
    "text", ["", "[]", '{"files": {}}', '{"files": {"../x": "0"}}', '{"files": {"/etc/x": "0"}}']
)
def test_a_manifest_that_is_not_one_shows_nothing(folder, text):
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    assert read_console(folder).assets == {}
    assert read_console(folder).altered


def test_a_built_console_without_its_manifest_is_not_trusted(folder):
    (folder / "manifest.json").unlink()
    assert "is not as it was built" in client_of(folder).get("/").text


def test_where_there_is_no_console_a_page_says_how_to_build_it(tmp_path):
    client = client_of(tmp_path / "nothing")
    page = client.get("/")
    assert "make setup" in page.text
    assert "is not as it was built" not in page.text
    for link in ("openapi.json", "health"):
        assert f'href="{link}"' in page.text
        assert client.get(f"/{link}").status_code == 200
