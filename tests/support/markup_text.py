"""Texts that a peer may send to run as script, or to break, bend or leave a page.

PWNED is what any of them would set. Each is a valid name: at most 200 characters.
"""

from itertools import cycle

PWNED = "__pwned"
_RUN = f"window.{PWNED}=1"
MARKUP = (
    f"<script>{_RUN}</script>",
    f'<img src=x onerror="{_RUN}">',
    f'"><svg onload={_RUN}>',
    f"' autofocus onfocus='{_RUN}",
    f"</textarea></style></title></script><script>{_RUN}</script>",
    f"javascript:{_RUN}",
    f"<a href='javascript:{_RUN}'>here</a>",
    "<iframe src='https://elsewhere.example/'></iframe>",
    "<style>*{display:none}</style>",
    "<link rel=stylesheet href=https://elsewhere.example/a.css>",
    "url(https://elsewhere.example/a.png)",
    f"${{{_RUN}}}",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    f"{{@html '<b onclick={_RUN}>'}}",
    "'; DROP TABLE activity; --",
    "=HYPERLINK(1,2)",
    "%s %n %00 %2e%2e/",
    "../../api/v1/session?a=1#/watch",
    "&lt;b&gt; &amp;amp; &#60;",
)
BENT = (
    "\u202eright to left\u202c",
    "\u2066\u2067isolate",
    "zero\u200bwidth\u200d\ufeffhere",
    "\x1b[2Jbell\x07",
    "line\nfeed\ttab\rreturn",
    "\u2028paragraph\u2029",
    "a" + "\u0301" * 60,
    "w" * 160,
    "\u0428" * 160,
    "\u05d0\u05d1\u05d2 (abc) \u0627\u0644\u0639\u0631\u0628\u064a\u0629 [12]",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U000e0041 \ufe0f \u3164",
    "  two  spaces  ",
)
NAMES = (
    "__proto__",
    "constructor",
    "toString",
    "null",
    "undefined",
    "NaN",
    "-0",
    "1e3",
    "[object]",
)
HOSTILE = (*MARKUP, *BENT, *NAMES)


class Plain:
    """Ordinary wording: every text as it was meant."""

    def __call__(self, text: str) -> str:
        return text


class Hostile:
    """Every text becomes the next hostile one, with the text that was meant after it."""

    def __init__(self) -> None:
        self._next = cycle(HOSTILE)

    def __call__(self, text: str) -> str:
        return f"{next(self._next)} {text}"[:200]
