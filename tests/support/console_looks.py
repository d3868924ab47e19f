"""What is wrong with how a page stands: too wide, cut off, not in its language, hard to use.

looked = Look(page); looked.faults(language="he"); looked.hard_to_use(whole=True)
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

GRAVE = ("serious", "critical")
_CONTRAST = ["color-contrast"]
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_SEEN = """
const isSeen = one => one.checkVisibility({opacityProperty: true, visibilityProperty: true})
  && one.clientWidth > 2 && one.clientHeight > 2;
const path = one => {
  const names = [];
  for (let at = one; at && at !== document.body && names.length < 4; at = at.parentElement)
    names.unshift(at.tagName.toLowerCase() + (at.id ? '#' + at.id : '')
      + [...at.classList].slice(0, 2).map(name => '.' + name).join(''));
  return names.join(' > ');
};
const ownText = one => [...one.childNodes].filter(node => node.nodeType === 3)
  .map(node => node.textContent.trim()).join(' ').trim();
const short = text => JSON.stringify(text.replace(/\\s+/g, ' ').slice(0, 60));
"""
_WIDE = (
    "() => {"
    + _SEEN
    + """
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth + 1) return [];
  const over = [...document.body.querySelectorAll('*')].filter(one => isSeen(one)
    && (one.getBoundingClientRect().right > root.clientWidth + 1
        || one.getBoundingClientRect().left < -1));
  return over.slice(-3).map(one => `the page is ${root.scrollWidth} px wide: ${path(one)}`);
}"""
)
_CUT = (
    "() => {"
    + _SEEN
    + """
  const hides = value => value === 'hidden' || value === 'clip';
  const found = [];
  for (const one of document.body.querySelectorAll('*')) {
    if (!isSeen(one) || one.closest('[title], [aria-hidden=true], svg, canvas')) continue;
    if (one.querySelector('[title]')) continue;
    const style = getComputedStyle(one);
    const wide = hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    const high = hides(style.overflowY) && one.scrollHeight > one.clientHeight + 3;
    if ((wide || high) && one.innerText.trim())
      found.push(`cut off: ${path(one)} ${short(one.innerText)}`);
  }
  return found;
}"""
)
_BEHEADED = (
    "() => {"
    + _SEEN
    + """
  const strong = /[\\u0590-\\u08ff\\ufb1d-\\ufefc]|\\p{L}/u;
  return [...document.body.querySelectorAll('*')].filter(one => {
    const style = getComputedStyle(one);
    if (style.textOverflow !== 'ellipsis' || one.scrollWidth <= one.clientWidth + 1) return false;
    const first = strong.exec(one.textContent)?.[0];
    if (!first || !isSeen(one) || style.unicodeBidi === 'plaintext') return false;
    return /[\\u0590-\\u08ff\\ufb1d-\\ufefc]/.test(first) !== (style.direction === 'rtl');
  }).map(one => `cut at its beginning: ${path(one)} ${short(one.textContent)}`);
}"""
)
_BROKEN = (
    "() => {"
    + _SEEN
    + """
  const wrong = /\\{[a-z_]+\\}|\\bundefined\\b|\\bNaN\\b|\\bInfinity\\b|\\[object /;
  return [...document.body.querySelectorAll('*')]
    .filter(one => wrong.test(ownText(one)) && isSeen(one))
    .map(one => `not a word: ${path(one)} ${short(ownText(one))}`);
}"""
)
_FOREIGN = (
    "() => {"
    + _SEEN
    + """
  const labels = 'button, th, label, legend, summary, h1, h2, h3, h4, nav a, [role=tab], dt';
  return [...document.body.querySelectorAll(labels)]
    .filter(one => isSeen(one) && !one.closest('[lang]:not(html), [translate=no]'))
    .map(one => {
      const copy = one.cloneNode(true);
      copy.querySelectorAll('bdi, code, kbd, [translate=no], option, input, textarea, svg')
        .forEach(inner => inner.remove());
      return [one, copy.textContent.trim()];
    })
    .filter(([, text]) => /[a-z]{3}/.test(text) && !/[\\u0590-\\u06ff\\u0400-\\u04ff]/.test(text))
    .map(([one, text]) => `not translated: ${path(one)} ${short(text)}`);
}"""
)


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@dataclass
class Look:
    """A look at a page as it stands now."""

    page: Page

    def faults(self, language: str = "en") -> list[str]:
        """Return what a person would see at once: too wide, cut off, no words."""
        found = [
            fault
            for look in (_WIDE, _CUT, _BEHEADED, _BROKEN)
            for fault in self.page.evaluate(look)
        ]
        if language in ("ru", "he", "ar"):
            found += self.page.evaluate(_FOREIGN)
        return found

    def hard_to_use(self, *, whole: bool = True) -> list[tuple[str, str]]:
        """Return (impact, what) that axe finds; not whole: contrast alone, which themes change."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(_axe())
        asked = {"type": "tag", "values": _TAGS} if whole else {"type": "rule", "values": _CONTRAST}
        options: dict[str, Any] = {"runOnly": asked, "resultTypes": ["violations"]}
        violations = self.page.evaluate(
            "options => axe.run(document, options).then(found => found.violations)", options
        )
        return [
            (one["impact"] or "minor", f"{one['id']}: {one['help']}: {_where(one['nodes'])}")
            for one in violations
        ]


def _where(nodes: list[dict[str, Any]]) -> str:
    """Return the first places, and for each what axe says of it."""
    said = [f"{' '.join(map(str, node['target']))} [{_why(node)}]" for node in nodes[:3]]
    return "; ".join(said) + (f"; and {len(nodes) - 3} more" if len(nodes) > 3 else "")


def _why(node: dict[str, Any]) -> str:
    messages = [one["message"] for kind in ("any", "all", "none") for one in node[kind]]
    return messages[0] if messages else ""
