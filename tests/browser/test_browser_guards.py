"""The guards of the browser tests let nothing pass: each kind of complaint is heard."""

from contextlib import contextmanager

import pytest
from console_browser import watched

from console import a_context

SWIFTSHADER = "SwiftShader"
RENDERER = """() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return gl.getParameter(info.UNMASKED_RENDERER_WEBGL);
}"""
PLAIN = {"content-type": "text/html"}
STRICT = PLAIN | {"content-security-policy": "default-src 'self'"}


@contextmanager
def a_page(chromium, body, headers=STRICT):
    """Give a page of loopback with a body, served by nobody."""
    with watched(a_context(chromium, (1280, 800))) as seen:
        seen.context.route(
            "http://127.0.0.1:1/", lambda route: route.fulfill(body=body, headers=headers)
        )
        page = seen.context.new_page()
        page.goto("http://127.0.0.1:1/")
        yield seen, page


def test_the_map_is_drawn_by_the_same_renderer_on_every_machine(chromium):
    with a_page(chromium, "<p>hello</p>") as (_seen, page):
        assert SWIFTSHADER in page.evaluate(RENDERER)


@pytest.mark.parametrize(
    ("deed", "complaint"),
    [
        ("console.error('it broke')", "console error: it broke"),
        ("console.warn('it may break')", "console warning: it may break"),
        ("setTimeout(() => { throw new Error('thrown') })", "page error: thrown"),
        ("Promise.reject(new Error('left alone'))", "page error: left alone"),
        ("alert('look here')", "dialog: look here"),
        ("fetch('https://elsewhere.example/').catch(() => 0)", "blocked by policy"),
        ("document.body.setAttribute('style', 'color: red')", "blocked by policy: style-src"),
    ],
)
def test_what_goes_wrong_in_a_page_fails_its_test(chromium, deed, complaint):
    with (
        pytest.raises(AssertionError, match=complaint),
        a_page(chromium, "<p>hello</p>") as (seen, page),
    ):
        _do(seen, page, deed)


def test_a_request_off_the_machine_is_stopped_and_told(chromium):
    body = "<img alt='' src='https://elsewhere.example/a.png'>"
    with (
        pytest.raises(AssertionError, match=r"request off loopback: https://elsewhere\.example/a"),
        a_page(chromium, body, PLAIN),
    ):
        pass


def _do(seen, page, deed):
    """Do something in the page, and wait until it is complained of."""
    page.evaluate(f"() => {{ {deed} }}")
    while not seen.wrong:
        page.wait_for_timeout(10)
