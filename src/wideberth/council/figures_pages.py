"""Figures as pages: text for a screen, CSV for a sheet, blocks for print."""

import csv
import io
from collections.abc import Iterator

from wideberth.council.figures import Figures, canonical, digest_of, lines_by_section
from wideberth.council.figures_chart import charts, shown
from wideberth.council.figures_differ import Difference
from wideberth.council.review import ReviewStand, title_of
from wideberth.formats.pages import Block, Heading, LedgerHead, Pages, Paragraph, Table
from wideberth.formats.shown import cell, plain

HEAD = ("section", "about", "figure", "value", "unit")


def figures_text(figures: Figures) -> str:
    """Return figures as lines of text, the same on every machine."""
    lines = [title_of(figures.from_s, figures.to_s), f"Parties: {' and '.join(figures.parties)}"]
    for section, those in lines_by_section(figures.lines).items():
        lines += ["", section.capitalize()]
        about = ""
        for line in those:
            if line.about != about:
                about = line.about
                lines.append(f"  {plain(about)}")
            lines.append(f"    {line.name}: {shown(line)}")
    return "\n".join([*lines, "", f"Digest: {digest_of(canonical(figures))}", ""])


def figures_csv(figures: Figures) -> str:
    """Return figures as CSV (RFC 4180), one a row, in the units they are compared in.

    A text that a sheet would take for a formula is made harmless.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for line in figures.lines:
        value = "" if line.value is None else f"{line.value:.3f}".rstrip("0").rstrip(".")
        texts = (cell(text) for text in (line.section, line.about, line.name))
        writer.writerow([*texts, value, line.unit])
    return out.getvalue()


def figures_blocks(figures: Figures) -> Iterator[Block]:
    """Yield figures for print, charts first; a part of a pack, or a document of its own."""
    yield from charts(figures)
    for section, those in lines_by_section(figures.lines).items():
        yield Heading(section.capitalize(), 2)
        rows = tuple((line.about, line.name, shown(line)) for line in those)
        yield Table(("about", "figure", "value"), rows, (5.0, 5.0, 2.0))


def review_blocks(found: ReviewStand) -> Iterator[Block]:
    """Yield where a review stands: agreed, or what differs and why."""
    yield Paragraph(f"State: {found.state}", is_boxed=True)
    for given in found.given:
        yield Paragraph(f"Figures of {given.party}: sha256 {given.digest}", is_small=True)
    if found.state != "differs":
        return
    yield Heading("What differs", 2)
    for why in found.why:
        yield Paragraph(f"{why}.")
    head = ("about", "figure", *found.sides)
    rows = tuple(
        (f"{d.section}: {d.about}", d.name, *difference_values(d)) for d in found.differences
    )
    yield Table(head, rows)


def difference_values(one: Difference) -> tuple[str, str]:
    """Return both sides' values of a figure that differs."""
    first, second = ("none" if value is None else f"{value:g}" for value in one.values)
    return first, second


def figures_pages(
    figures: Figures,
    *,
    made_s: float,
    heads: tuple[LedgerHead, ...] = (),
    review: ReviewStand | None = None,
) -> Pages:
    """Return the printed review: where it stands, the charts, every figure."""
    before = () if review is None else tuple(review_blocks(review))
    return Pages(
        title=title_of(figures.from_s, figures.to_s),
        subtitle=f"{' and '.join(figures.parties)}, under {figures.agreement} {figures.version}",
        blocks=(*before, *figures_blocks(figures)),
        made_s=made_s,
        source=digest_of(canonical(figures)),
        heads=heads,
    )
