"""An audit as one HTML page: nothing is loaded, nothing runs, and it prints.

The page's policy names its only style by its hash (Content Security Policy 3); all that a report
holds stands in it as escaped text.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape

from hullmark.apps.audits import WORDS, judged, place, scope, share, units
from hullmark.formats import web
from hullmark.model.audit import Acceptance, Audit, Checked, Missing, Proof, Standing
from hullmark.model.framework import Answer, Status

SHOWN = 200
"""Findings, exceptions or gaps of one control; the JSON and the CSV have all."""

_STYLE = """
:root { color-scheme: light dark; --line: #8886; --faint: #8882 }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
h1 { font-size: 1.5rem; overflow-wrap: anywhere }
h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 2px solid var(--line) }
h3 { font-size: 1rem; margin: 1.6rem 0 .3rem; overflow-wrap: anywhere }
p { margin: .3rem 0; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem }
dt { opacity: .75 }
dd { margin: 0; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .93rem }
caption { text-align: left; font-weight: 600; padding: .2rem 0 }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0;
  overflow-wrap: anywhere }
tr { border-bottom: 1px solid var(--line) }
.status { white-space: nowrap; font-weight: 600 }
td:first-child { min-width: 4.5rem }
a { color: inherit }
code { font-size: .9em; overflow-wrap: anywhere }
.pass { color: #1b6e2e } .fail { color: #b00e3f } .gap { color: #8a5300 }
.manual { color: #0b5c80 } .not-applicable { opacity: .75 }
.critical, .high { font-weight: 600 }
@media (prefers-color-scheme: dark) {
  .pass { color: #69db7c } .fail { color: #ff7b98 } .gap { color: #f0b849 }
  .manual { color: #6fcbef }
}
@media print {
  :root { color-scheme: light }
  body { font-size: 10pt; margin: 0; max-width: none }
  h2 { break-before: page } h2.first { break-before: auto }
  h3, caption { break-after: avoid }
  tr { break-inside: avoid }
  thead { display: table-header-group }
}
"""


def render(audit: Audit) -> Iterator[bytes]:
    """The page, in pieces."""
    for piece in _page(audit):
        yield piece.encode(errors="backslashreplace")


def _page(audit: Audit) -> Iterator[str]:
    name = _text(audit.target.name or audit.target.kind)
    mark = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{mark}'; base-uri 'none'; form-action 'none'"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>Compliance of {name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>Compliance of {name}</h1>\n"
    )
    yield from _scope(audit)
    for number, each in enumerate(audit.frameworks):
        yield from _standing(each, number)
    yield from _exceptions(audit)
    yield from _gaps(audit)
    yield from _notes(audit)
    if audit.scope.units:
        yield f"<h2>Read and judged by</h2>\n<p>{_text(units(audit))}</p>\n"
    yield f"<p>Digest of this report: <code>{_text(audit.digest)}</code></p>\n"
    yield "</main>\n</body>\n</html>\n"


def _scope(audit: Audit) -> Iterator[str]:
    yield '<h2 class="first">Scope</h2>\n<dl>\n'
    if decision := audit.decision:
        why = "".join(f"<br>{_text(each)}" for each in (decision.policy, *decision.because[:SHOWN]))
        yield f"<dt>decision</dt><dd><b>{_text(decision.verdict)}</b>{why}</dd>\n"
    for name, value in scope(audit).items():
        yield f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>\n"
    yield "</dl>\n"
    rows = (
        [
            f'<a href="#f{number}">{_text(f"{each.title} {each.version}")}</a>',
            _text(share(each.percent)),
            *(str(each.counts[status]) for status in Status),
        ]
        for number, each in enumerate(audit.frameworks)
    )
    header = ("framework", "passed", *(WORDS[status] for status in Status))
    yield from _table("Summary", header, rows)


def _standing(standing: Standing, number: int) -> Iterator[str]:
    yield f'<h2 id="f{number}">{_text(f"{standing.title} {standing.version}")}</h2>\n'
    counts = ", ".join(f"{standing.counts[status]} {WORDS[status]}" for status in Status)
    yield f"<p>{_text(share(standing.percent))} passed: {counts}.</p>\n"
    rows = (
        [
            f'<a href="#f{number}c{at}">{_text(each.id)}</a>',
            _status(each.status),
            _text(each.title),
            _text(each.says),
        ]
        for at, each in enumerate(standing.controls)
    )
    yield from _table("Controls", ("control", "status", "what it asks for", "why"), rows)
    for at, each in enumerate(standing.controls):
        yield from _control(each, f"f{number}c{at}")


def _control(control: Checked, anchor: str) -> Iterator[str]:
    """A control with its evidence."""
    head = f"{_text(control.id)} {_text(control.title)}: {_status(control.status)}"
    yield f'<h3 id="{anchor}">{head}</h3>\n<p>{_text(control.says)}.</p>\n'
    if control.judged:
        yield f"<p>Judged: {_text(judged(control.judged))}.</p>\n"
    if control.rules:
        rules = ", ".join(f"<code>{_text(each)}</code>" for each in control.rules)
        yield f"<p>By: {rules}.</p>\n"
    if control.answer:
        yield _answer(control.answer)
    yield from _proofs(control.evidence)
    yield from _acceptances("Accepted", control.accepted)
    yield from _missing("Not looked at", control.gaps)


def _answer(answer: Answer) -> str:
    page = web(answer.evidence)
    evidence = _text(answer.evidence)
    if page:
        evidence = f'<a href="{_text(page)}" rel="noreferrer">{evidence}</a>'
    said = f"{_text(answer.owner)} says <b>{_text(WORDS[answer.status])}</b> until "
    said += _text(answer.until)
    for name, value in (("reason", _text(answer.reason)), ("evidence", evidence)):
        said += f"; {name}: {value}" if value else ""
    return f"<p>{said} (<code>{_text(answer.at)}</code>).</p>\n"


def _proofs(proofs: Sequence[Proof]) -> Iterator[str]:
    rows = (
        [
            f'<span class="{each.severity}">{_text(each.severity)}</span>',
            f"<code>{_text(each.rule)}</code><br>{_text(each.title)}",
            _text(place(each)),
            _text(each.says),
        ]
        for each in proofs[:SHOWN]
    )
    header = ("severity", "finding", "where", "evidence")
    yield from _table("Findings", header, rows, len(proofs))


def _acceptances(title: str, accepted: Sequence[Acceptance]) -> Iterator[str]:
    rows = (
        [
            f"<code>{_text(each.finding.rule)}</code>",
            _text(place(each.finding)),
            _text(each.reason),
            _text(each.owner),
            _text(each.until),
            _text(each.at),
        ]
        for each in accepted[:SHOWN]
    )
    header = ("finding", "where", "reason", "accepted by", "until", "written at")
    yield from _table(title, header, rows, len(accepted))


def _missing(title: str, gaps: Sequence[Missing]) -> Iterator[str]:
    rows = ([_text(each.unit), _text(each.subject), _text(each.why)] for each in gaps[:SHOWN])
    yield from _table(title, ("unit", "what", "why"), rows, len(gaps))


def _exceptions(audit: Audit) -> Iterator[str]:
    yield "<h2>Exceptions</h2>\n"
    if not audit.exceptions:
        yield "<p>Nothing is accepted.</p>\n"
    yield from _acceptances("What does not count", audit.exceptions)


def _gaps(audit: Audit) -> Iterator[str]:
    yield "<h2>Gaps</h2>\n"
    if not audit.gaps:
        yield "<p>All that was to be read was read.</p>\n"
    yield from _missing("What could not be read or judged", audit.gaps)


def _notes(audit: Audit) -> Iterator[str]:
    if audit.notes:
        items = "".join(f"<li>{_text(each)}</li>\n" for each in audit.notes)
        yield f"<h2>Notes</h2>\n<ul>\n{items}</ul>\n"


def _table(
    title: str, header: Sequence[str], rows: Iterable[Sequence[str]], count: int = -1
) -> Iterator[str]:
    """A table of escaped cells; nothing where there are none."""
    if not count:
        return
    heads = "".join(f'<th scope="col">{each}</th>' for each in header)
    number = f" ({count})" if count > 0 else ""
    yield f"<table>\n<caption>{title}{number}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n"
    yield "</tbody>\n</table>\n"
    if count > SHOWN:
        yield f"<p>And {count - SHOWN} more: the report as JSON or CSV has all.</p>\n"


def _status(status: Status) -> str:
    return f'<span class="status {status}">{WORDS[status]}</span>'


def _text(value: str) -> str:
    """Text for an element or a quoted attribute."""
    return escape(value)
