"""One HTML page to hand around: nothing is loaded, and nothing in a report can run in it.

The page's policy names its only script and style by their hashes (Content Security Policy 3,
https://www.w3.org/TR/CSP3/); everything else stands in it as escaped text.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape

from hullmark.formats import publisher, web
from hullmark.model import Finding, Kind, Report, Severity, Verdict
from hullmark.model.phrases import counts, decimal, dotted, step, visible
from hullmark.model.told import Told, told
from hullmark.unit import output

LINES = 20
"""Files, and things said, shown for one vulnerability of one package."""

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --faint: #8882 }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem; padding: 0 1rem }
h1 { font-size: 1.5rem; overflow-wrap: anywhere }
h2 { font-size: 1.15rem; margin-top: 2.2rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem }
dt { opacity: .7 }
dd { margin: 0; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; overflow-wrap: anywhere }
td a, .whole { white-space: nowrap }
.where { min-width: 14rem }
td:last-child { min-width: 9rem }
tr { border-bottom: 1px solid var(--line) }
tbody tr:hover { background: var(--faint) }
th button { all: unset; cursor: pointer; font-weight: 600; white-space: nowrap }
th button:focus-visible { outline: 2px solid }
th[aria-sort=ascending] button::after { content: " \\2191" }
th[aria-sort=descending] button::after { content: " \\2193" }
input { font: inherit; padding: .3rem .6rem; width: 20rem; max-width: 100%; margin-bottom: .6rem }
.critical, .deny { color: #c01048; font-weight: 700 }
.high { color: #d4380d; font-weight: 600 }
.medium, .warn { color: #ad6800 }
.low { color: #0a7ea4 }
.allow { color: #2b8a3e; font-weight: 700 }
@media (max-width: 50rem) {
  body { margin: 1rem auto }
  thead tr { display: flex; flex-wrap: wrap }
  tbody tr:not([hidden]) { display: block; padding: .4rem 0 }
  td { display: block; position: relative; padding: .1rem .6rem .1rem 6.5rem }
  td:empty { display: none }
  td::before { content: attr(data-name); position: absolute; left: .6rem; opacity: .7;
    color: CanvasText; font-weight: 400 }
}
@media (prefers-color-scheme: dark) {
  .critical, .deny { color: #ff6b8e } .high { color: #ff9470 } .medium, .warn { color: #f0b849 }
  .low { color: #5cc4e8 } .allow { color: #69db7c }
}
"""
_SCRIPT = """
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const texts = new Intl.Collator(undefined, { numeric: true });
  const compare = (one, two) => "order" in one.dataset
    ? one.dataset.order - two.dataset.order
    : texts.compare(one.textContent, two.textContent);
  for (const row of body.rows) heads.forEach((head, at) => {
    row.cells[at].dataset.name = head.textContent;
  });
  heads.forEach((head, at) => head.firstElementChild.addEventListener("click", () => {
    const now = head.getAttribute("aria-sort");
    const numbers = "order" in (body.rows[0]?.cells[at].dataset ?? {});
    const up = now ? now === "descending" : !numbers;
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    const rows = [...body.rows];
    rows.sort((one, two) => (up ? 1 : -1) * compare(one.cells[at], two.cells[at]));
    body.append(...rows);
  }));
  const input = table.previousElementSibling;
  if (input?.tagName === "INPUT") input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    for (const row of body.rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
}
"""
_VERDICTS = {Verdict.ALLOW: "allow", Verdict.WARN: "warn", Verdict.DENY: "deny"}


@output(id="html", media_type="text/html; charset=utf-8")
def html(report: Report) -> Iterator[str]:
    """One page for people, to be opened or mailed: it loads nothing and works offline.

    Summary, decision, vulnerabilities (to sort and filter; one row for each of a package, with up
    to 20 files), upgrades that end them, other findings with what to do, layers, gaps, what is
    suppressed and why. Packages are counted; ``cyclonedx`` and ``spdx`` list them. Only its own
    script may run, by a policy in the page; whatever a report holds is escaped, and links lead to
    web addresses alone.
    """
    name = _text(report.artifact.name or str(report.artifact.kind))
    policy = (
        f"default-src 'none'; style-src '{_hash(_STYLE)}'; script-src '{_hash(_SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{name}</h1>\n"
    )
    yield from _summary(report)
    yield from _vulnerabilities(report)
    yield from _upgrades(report)
    yield from _findings(report)
    yield from _layers(report)
    yield from _gaps(report)
    yield from _suppressed(report)
    yield f"<script>{_SCRIPT}</script>\n</body>\n</html>\n"


def _summary(report: Report) -> Iterator[str]:
    artifact, system, decision = report.artifact, report.distribution, report.decision
    of = Counter(finding.severity for finding in report.findings)
    levels = counts(*((of[level], level.label) for level in reversed(Severity)))
    end = f" (supported until {system.end_of_life})" if system and system.end_of_life else ""
    feeds = (f"{name}: {newest[:10]}" for name, newest in report.feeds.items())
    known = {
        "kind": dotted(str(artifact.kind), artifact.platform),
        "digest": artifact.digest,
        "created": artifact.created_utc if artifact.created else "",
        "system": (system.name or f"{system.id} {system.version}") + end if system else "",
        "base": dotted(artifact.base.name, artifact.base.digest) if artifact.base else "",
        "advice": dotted(*(advice.says for advice in report.advice)),
        "packages": str(len(report.packages)),
        "findings": levels,
        "gaps": counts((len(report.gaps), "not looked at, so not known to be fine")),
        "advisories": ", ".join(feeds),
        "made by": dotted(report.tool, report.sandbox),
    }
    yield "<dl>\n"
    if decision:
        said = f'<b class="{_VERDICTS[decision.verdict]}">{_text(str(decision.verdict))}</b>'
        why = "".join(f"<br>{_text(reason)}" for reason in (decision.policy, *decision.because))
        yield f"<dt>decision</dt><dd>{said}{why}</dd>\n"
    for name, value in known.items():
        if value:
            yield f"<dt>{name}</dt><dd>{_text(value)}</dd>\n"
    yield "</dl>\n"


def _vulnerabilities(report: Report) -> Iterator[str]:
    found = [each for each in report.findings if each.kind is Kind.VULNERABILITY]
    found.sort(key=lambda each: (-(each.score or 0.0), -each.severity))
    header = ("severity", "risk", "id", "package", "version", "upgrade to", "what", "file")
    once = told(report, found)
    rows = (_vulnerability(report, row, same) for row, same in once.items())
    places = f" in {len(found)} places" if len(found) > len(once) else ""
    yield from _table("Vulnerabilities", header, rows, len(once), filtered=True, places=places)


def _vulnerability(report: Report, row: Told, same: Sequence[Finding]) -> Iterator[str]:
    rule, score = report.rules.get(row.id), same[0].score
    aliases = dict.fromkeys(alias for each in same for alias in each.aliases)
    others = "".join(f"<br>{_text(alias)}" for alias in aliases)
    says = dict.fromkeys(each.evidence.says for each in same)
    yield _severity(row.severity)
    yield _cell(row.risk, order=score or 0.0)
    yield f"<td>{_link(row.id, publisher(row.id)[1])}{others}</td>"
    yield _cell(row.package)
    yield _cell(row.version)
    yield _cell("" if row.fixed == "-" else row.fixed)
    yield _lines([*([f"{rule.title}."] if rule else []), *says])
    yield _lines(list(dict.fromkeys(each.evidence.path for each in same)))


def _upgrades(report: Report) -> Iterator[str]:
    header = ("package", "installed", "upgrade to", "ends", "brings")
    rows = (
        (
            _cell(each.package),
            _cell(each.version),
            _cell(each.to),
            _cell(str(each.ends), order=each.ends),
            _cell(", ".join(each.leaves)),
        )
        for each in report.upgrades
    )
    yield from _table("Upgrades", header, rows, len(report.upgrades))


def _findings(report: Report) -> Iterator[str]:
    found = [each for each in report.findings if each.kind is not Kind.VULNERABILITY]
    found.sort(key=lambda each: (-each.severity, each.rule, each.subject))
    header = ("severity", "kind", "finding", "where", "evidence", "fix")
    numbers = _numbers(report)
    rows = (_finding(report, each, numbers) for each in found)
    yield from _table("Findings", header, rows, len(found), filtered=True)


def _finding(report: Report, finding: Finding, numbers: dict[str, int]) -> Iterator[str]:
    evidence, fix, rule = finding.evidence, finding.fix, report.rules.get(finding.rule)
    page = next(filter(None, map(web, rule.references if rule else ())), "")
    number = numbers.get(evidence.layer, -1) + 1
    where = (
        finding.subject if finding.subject != evidence.path else "",
        evidence.path + (f":{evidence.line}" if evidence.line else ""),
        f"layer {number}" if number else "",
    )
    yield _severity(finding.severity)
    yield f'<td class="whole">{_text(finding.kind)}</td>'
    yield f"<td>{_link(finding.rule, page)}<br>{_text(rule.title if rule else '')}</td>"
    yield f'<td class="where">{"<br>".join(map(_text, filter(None, where)))}</td>'
    yield _cell(evidence.says)
    yield _cell(fix.text if fix else rule.remediation if rule else "")


def _numbers(report: Report) -> dict[str, int]:
    """A layer's place, from 0, by diffID; the first, where a layer is there twice."""
    last_first = reversed([*enumerate(report.artifact.layers)])
    return {layer.diff_id: number for number, layer in last_first}


def _suppressed(report: Report) -> Iterator[str]:
    """What an exemption keeps from counting, and why it does."""
    header = ("severity", "finding", "subject", "reason", "owner", "until")
    rows = (
        (
            _severity(each.finding.severity),
            _cell(each.finding.rule),
            _cell(each.finding.subject),
            _cell(each.by.reason),
            _cell(each.by.owner),
            _cell(each.by.expires),
        )
        for each in report.suppressed
    )
    yield from _table("Suppressed", header, rows, len(report.suppressed))


def _layers(report: Report) -> Iterator[str]:
    """Base first, with what each brought; a layer that is there twice counts at its first place."""
    layers, first = report.artifact.layers, _numbers(report)
    packages = Counter(first.get(package.layer, -1) for package in report.packages)
    flaws = Counter(first.get(finding.evidence.layer, -1) for finding in report.findings)
    header = ("#", "diffID", "size", "state", "packages", "findings", "command")
    rows = (
        (
            _cell(str(number + 1), order=number),
            _cell(layer.diff_id),
            _cell(decimal(layer.size_bytes), order=layer.size_bytes),
            _cell(str(layer.state)),
            _cell(str(packages[number]), order=packages[number]),
            _cell(str(flaws[number]), order=flaws[number]),
            _cell(step(layer.command)),
        )
        for number, layer in enumerate(layers)
    )
    yield from _table("Layers", header, rows, len(layers))


def _gaps(report: Report) -> Iterator[str]:
    rows = ((_cell(gap.unit), _cell(gap.subject), _cell(gap.why)) for gap in report.gaps)
    yield from _table("Gaps", ("unit", "subject", "why"), rows, len(report.gaps))


def _table(
    title: str,
    header: Sequence[str],
    rows: Iterable[Iterable[str]],
    count: int,
    *,
    filtered: bool = False,
    places: str = "",
) -> Iterator[str]:
    """A section with a table to sort; nothing where there are no rows."""
    if not count:
        return
    yield f"<h2>{title} ({count}{places})</h2>\n"
    if filtered:
        yield '<input type="search" placeholder="filter" aria-label="filter">\n'
    heads = "".join(f'<th><button type="button">{name}</button></th>' for name in header)
    yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    for row in rows:
        yield f"<tr>{''.join(row)}</tr>\n"
    yield "</tbody>\n</table>\n"


def _severity(severity: Severity) -> str:
    label = severity.label
    return f'<td class="{label}" data-order="{int(severity)}">{label}</td>'


def _cell(value: str, order: float | None = None) -> str:
    by = "" if order is None else f' data-order="{order}"'
    return f"<td{by}>{_text(value)}</td>"


def _lines(texts: Sequence[str]) -> str:
    """A cell of several lines, and how many more there would be."""
    more = [f"and {len(texts) - LINES} more"] if len(texts) > LINES else []
    return f"<td>{'<br>'.join(map(_text, [*texts[:LINES], *more]))}</td>"


def _link(text: str, page: str) -> str:
    """Text that leads to a web address, where there is one."""
    return f'<a href="{_text(page)}" rel="noreferrer">{_text(text)}</a>' if page else _text(text)


def _text(value: str) -> str:
    """Text for an element or a quoted attribute."""
    return escape(visible(value))


def _hash(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
