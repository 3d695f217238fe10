"""An audit as PDF: what people print, sign and file. The same audit gives the same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import (  # type: ignore[import-untyped]
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from hullmark.apps.audits import WORDS, judged, place, scope, share, units
from hullmark.apps.audits.letters import Letters
from hullmark.model.audit import Acceptance, Audit, Checked, Missing, Proof, Standing
from hullmark.model.framework import Answer, Status
from hullmark.model.phrases import shortened

SHOWN = 100
"""Findings, exceptions or gaps of one control; the JSON and the CSV have all."""

MAX_CELL_CHARS = 500
"""Of one cell: a row of Chinese in the narrowest column must fit on a page."""

MAX_PARAGRAPH_CHARS = 4000
"""Of one paragraph outside of tables."""

MAX_OUTLINE_CHARS = 120
MARGIN = 18 * mm
_WIDTH = A4[0] - 2 * MARGIN
_BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=12, spaceAfter=2)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=7.5, leading=9.5, spaceAfter=0)
_HEAD = ParagraphStyle("head", parent=_SMALL, fontName="Helvetica-Bold")
_TITLE = ParagraphStyle("title", parent=_BODY, fontName="Helvetica-Bold", fontSize=17, leading=21)
_CHAPTER = ParagraphStyle(
    "chapter", parent=_TITLE, fontSize=13, leading=17, spaceBefore=6, spaceAfter=4
)
_SECTION = ParagraphStyle(
    "section", parent=_TITLE, fontSize=9.5, leading=13, spaceBefore=9, spaceAfter=2
)
_CAPTION = ParagraphStyle(
    "caption", parent=_BODY, fontName="Helvetica-Bold", fontSize=8, spaceBefore=4
)
_COLOURS = {
    Status.PASS: "#1b6e2e",
    Status.FAIL: "#b00e3f",
    Status.GAP: "#8a5300",
    Status.NOT_APPLICABLE: "#555555",
    Status.MANUAL: "#0b5c80",
}
_GRID = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, HexColor("#bbbbbb")),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)


class _Heading(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph that stands in the outline too: by text, level and key, where it begins."""

    outline: tuple[str, int, str] | None = None

    def split(self, width: float, height: float) -> list["_Heading"]:
        """The first of its parts is the heading's place."""
        parts: list[_Heading] = super().split(width, height)
        if parts:
            parts[0].outline = self.outline
        return parts


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Pages with a header and a footer, and an outline of the headings."""

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        """Mark a heading's place."""
        if isinstance(flowable, _Heading) and flowable.outline:
            text, level, key = flowable.outline
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(text, key, level, closed=level > 0)


class _Numbered(Canvas):  # type: ignore[misc]
    """A canvas that knows how many pages there are once all are drawn."""

    def __init__(self, *arguments: Any, **known: Any) -> None:  # noqa: ANN401 - reportlab's
        super().__init__(*arguments, **known)
        self.pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page until the last one is there."""
        self.pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Number all pages and write them."""
        for page in self.pages:
            self.__dict__.update(page)
            self.setFont("Helvetica", 7)
            said = f"page {self._pageNumber} of {len(self.pages)}"
            self.drawRightString(A4[0] - MARGIN, 10 * mm, said)
            super().showPage()
        super().save()


def render(audit: Audit, letters: Letters) -> Iterator[bytes]:
    """The whole file, in these letters."""
    story = _Story(letters)
    file = BytesIO()
    name = shortened(audit.target.name or audit.target.kind, 200)
    document = _Document(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=20 * mm,
        bottomMargin=18 * mm,
        invariant=1,
        title=f"Compliance of {name}",
        author=audit.tool,
        subject=audit.digest,
        creator=audit.tool,
        lang="en",
    )
    frame = Frame(MARGIN, 18 * mm, _WIDTH, A4[1] - 38 * mm, 0, 0, 0, 0)

    def decorated(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 7)
        canvas.drawString(MARGIN, A4[1] - 12 * mm, audit.digest)
        canvas.drawString(MARGIN, 10 * mm, f"{audit.time} · {audit.tool}")

    document.addPageTemplates([PageTemplate(id="page", frames=[frame], onPage=decorated)])
    document.build([*story.all(audit, name)], canvasmaker=_Numbered)
    yield file.getvalue()


class _Story:
    """What stands in the document, in order, in these letters."""

    def __init__(self, letters: Letters) -> None:
        self.letters = letters

    def all(self, audit: Audit, name: str) -> Iterator[Flowable]:
        """Title, scope, frameworks, exceptions, gaps, notes."""
        yield Paragraph(self.letters.marked(f"Compliance of {name}"), _TITLE)
        yield self._heading("Scope", _CHAPTER, 0, "scope")
        yield from self._scope(audit)
        for number, each in enumerate(audit.frameworks):
            yield PageBreak()
            yield from self._standing(each, number)
        yield PageBreak()
        yield self._heading("Exceptions", _CHAPTER, 0, "exceptions")
        if not audit.exceptions:
            yield self._paragraph("Nothing is accepted.")
        yield from self._acceptances("What does not count", audit.exceptions)
        yield self._heading("Gaps", _CHAPTER, 0, "gaps")
        if not audit.gaps:
            yield self._paragraph("All that was to be read was read.")
        yield from self._missing("What could not be read or judged", audit.gaps)
        if audit.notes:
            yield self._heading("Notes", _CHAPTER, 0, "notes")
            yield from map(self._paragraph, audit.notes[:SHOWN])
            yield from self._more(len(audit.notes))
        if audit.scope.units:
            yield self._heading("Read and judged by", _CHAPTER, 0, "units")
            yield Paragraph(self.letters.marked(units(audit)), _SMALL)
        yield Spacer(1, 5 * mm)
        yield self._paragraph(f"Digest of this report: {audit.digest}")

    def _scope(self, audit: Audit) -> Iterator[Flowable]:
        rows = [[self._cell(name), self._cell(value)] for name, value in scope(audit).items()]
        if decision := audit.decision:
            why = "; ".join(filter(None, (decision.policy, *decision.because)))
            rows.insert(0, [self._cell("decision"), self._cell(f"{decision.verdict}: {why}")])
        yield Table(rows, colWidths=_widths(22, 78), style=_GRID)
        yield Spacer(1, 4 * mm)
        header = ("framework", "passed", *(WORDS[status] for status in Status))
        summary = (
            [
                self._cell(f"{each.title} {each.version}"),
                self._cell(share(each.percent)),
                *(self._cell(str(each.counts[status])) for status in Status),
            ]
            for each in audit.frameworks
        )
        yield from self._table("Summary", header, summary, (32, 24, 7, 7, 7, 14, 9))

    def _standing(self, standing: Standing, number: int) -> Iterator[Flowable]:
        yield self._heading(f"{standing.title} {standing.version}", _CHAPTER, 0, f"f{number}")
        counts = ", ".join(f"{standing.counts[status]} {WORDS[status]}" for status in Status)
        yield self._paragraph(f"{share(standing.percent)} passed: {counts}.")
        rows = (
            [
                self._cell(each.id),
                _status(each.status),
                self._cell(each.title),
                self._cell(each.says),
            ]
            for each in standing.controls
        )
        header = ("control", "status", "what it asks for", "why")
        yield from self._table("Controls", header, rows, (13, 12, 35, 40))
        for at, each in enumerate(standing.controls):
            yield from self._control(each, f"f{number}c{at}")

    def _control(self, control: Checked, key: str) -> Iterator[Flowable]:
        """A control with its evidence."""
        head = self._heading(
            f"{control.id}  {control.title}: {WORDS[control.status]}", _SECTION, 1, key
        )
        yield KeepTogether([head, self._paragraph(f"{control.says}.")])
        if control.judged:
            yield self._paragraph(f"Judged: {judged(control.judged)}.")
        if control.rules:
            yield self._paragraph(f"By: {', '.join(control.rules)}.")
        if control.answer:
            yield self._paragraph(_answered(control.answer))
        yield from self._proofs(control.evidence)
        yield from self._acceptances("Accepted", control.accepted)
        yield from self._missing("Not looked at", control.gaps)

    def _proofs(self, proofs: Sequence[Proof]) -> Iterator[Flowable]:
        rows = (
            [
                self._cell(each.severity),
                self._cell(each.rule),
                self._cell(place(each)),
                self._cell(each.says),
            ]
            for each in proofs[:SHOWN]
        )
        header = ("severity", "finding", "where", "evidence")
        yield from self._table("Findings", header, rows, (9, 23, 30, 38), len(proofs))

    def _acceptances(self, title: str, accepted: Sequence[Acceptance]) -> Iterator[Flowable]:
        rows = (
            [
                self._cell(each.finding.rule),
                self._cell(place(each.finding)),
                self._cell(each.reason),
                self._cell(each.owner),
                self._cell(each.until),
                self._cell(each.at),
            ]
            for each in accepted[:SHOWN]
        )
        header = ("finding", "where", "reason", "accepted by", "until", "written at")
        yield from self._table(title, header, rows, (18, 20, 22, 12, 12, 16), len(accepted))

    def _missing(self, title: str, gaps: Sequence[Missing]) -> Iterator[Flowable]:
        rows = (
            [self._cell(each.unit), self._cell(each.subject), self._cell(each.why)]
            for each in gaps[:SHOWN]
        )
        yield from self._table(title, ("unit", "what", "why"), rows, (15, 35, 50), len(gaps))

    def _table(
        self,
        title: str,
        header: Sequence[str],
        rows: Iterable[Sequence[Flowable]],
        percents: Sequence[int],
        count: int = -1,
    ) -> Iterator[Flowable]:
        """A table whose header stands on each of its pages; nothing where there are no rows."""
        if not count:
            return
        yield Paragraph(self.letters.marked(f"{title} ({count})" if count > 0 else title), _CAPTION)
        heads = [Paragraph(self.letters.marked(each), _HEAD) for each in header]
        yield Table([heads, *rows], colWidths=_widths(*percents), style=_GRID, repeatRows=1)
        yield from self._more(count)

    def _more(self, count: int) -> Iterator[Flowable]:
        if count > SHOWN:
            yield self._paragraph(f"And {count - SHOWN} more: the report as JSON or CSV has all.")

    def _marked(self, text: str, width: int) -> str:
        return self.letters.marked(self.letters.fitted(text, width))

    def _cell(self, text: str) -> Paragraph:
        return Paragraph(self._marked(text, MAX_CELL_CHARS), _SMALL)

    def _paragraph(self, text: str) -> Paragraph:
        return Paragraph(self._marked(text, MAX_PARAGRAPH_CHARS), _BODY)

    def _heading(self, text: str, style: ParagraphStyle, level: int, key: str) -> Flowable:
        heading = _Heading(self._marked(text, MAX_PARAGRAPH_CHARS), style)
        heading.outline = (shortened(text, MAX_OUTLINE_CHARS), level, key)
        return heading


def _answered(answer: Answer) -> str:
    said = f"{answer.owner} says {WORDS[answer.status]} until {answer.until}"
    said += f"; reason: {answer.reason}" if answer.reason else ""
    said += f"; evidence: {answer.evidence}" if answer.evidence else ""
    return f"{said} ({answer.at})."


def _widths(*percents: int) -> list[float]:
    return [_WIDTH * each / 100 for each in percents]


def _status(status: Status) -> Paragraph:
    return Paragraph(f'<font color="{_COLOURS[status]}"><b>{WORDS[status]}</b></font>', _SMALL)
