"""An audit as CSV (RFC 4180): a line for each control, and one for each piece of its evidence.

What a spreadsheet would take for a formula has an apostrophe in front:
https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
from collections.abc import Iterator

from hullmark.model.audit import Acceptance, Audit, Checked, Missing, Proof, Standing

FORMULAS = frozenset("=+-@\t\r\n＝＋－＠|%")  # noqa: RUF001 - spreadsheets take wide ones too
"""What a cell that is computed begins with."""

OF_CONTROL = ("framework", "control", "title", "status")
OF_EVIDENCE = ("record", "rule", "severity", "subject", "path", "line", "says", "at")
OF_PEOPLE = ("owner", "until", "reason")
OF_REPORT = ("target", "target digest", "time", "tool", "report digest")
HEADER = (*OF_CONTROL, *OF_EVIDENCE, *OF_PEOPLE, *OF_REPORT)


def render(audit: Audit) -> Iterator[bytes]:
    """A header, then control by control: itself, findings, what is accepted, gaps, the answer."""
    yield _line(HEADER)
    whole = (audit.target.name, audit.target.digest, audit.time, audit.tool, audit.digest)
    for standing in audit.frameworks:
        for control in standing.controls:
            head = (standing.id, control.id, control.title, str(control.status))
            for row in _rows(control):
                yield _line((*head, *row, *whole))
    for standing in audit.frameworks:
        yield _line((*_share(standing), *whole))


def _rows(control: Checked) -> Iterator[tuple[str, ...]]:
    """What follows a control's own columns, as many as ``OF_EVIDENCE`` and ``OF_PEOPLE``."""
    judged = ", ".join(
        each.what if each.count is None else f"{each.count} {each.what}" for each in control.judged
    )
    yield ("control", "", "", judged, "", "", control.says, "", "", "", "")
    for proof in control.evidence:
        yield ("finding", *_proof(proof), "", "", "")
    for accepted in control.accepted:
        yield ("accepted", *_proof(accepted.finding), *_people(accepted))
    for gap in control.gaps:
        yield ("gap", *_gap(gap))
    if answer := control.answer:
        said = ("answer", "", str(answer.status), "", "", "", answer.evidence, answer.at)
        yield (*said, answer.owner, answer.until, answer.reason)


def _proof(proof: Proof) -> tuple[str, ...]:
    line = str(proof.line or "")
    return (proof.rule, proof.severity, proof.subject, proof.path, line, proof.says, proof.at)


def _people(accepted: Acceptance) -> tuple[str, ...]:
    return accepted.owner, accepted.until, f"{accepted.reason} ({accepted.at})"


def _gap(gap: Missing) -> tuple[str, ...]:
    return (gap.unit, "", gap.subject, "", "", gap.why, "", "", "", "")


def _share(standing: Standing) -> tuple[str, ...]:
    """A framework's own line: how many controls turned out how, and the percentage."""
    percent = "" if standing.percent is None else f"{standing.percent:g}"
    counts = ", ".join(f"{count} {status}" for status, count in standing.counts.items())
    head = (standing.id, "", f"{standing.title} {standing.version}", "")
    return (*head, "summary", "", "", f"{percent}% of judged", "", "", counts, "", "", "", "")


def _line(cells: tuple[str, ...]) -> bytes:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(_safe, cells))
    return text.getvalue().encode()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.lstrip()[:1] in FORMULAS and cell.strip() else cell
