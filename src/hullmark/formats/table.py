"""Plain text for people: what was examined, what was found, what was not looked at."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from hullmark.model import (
    Artifact,
    Distribution,
    Finding,
    Kind,
    Layer,
    LayerState,
    Package,
    Report,
    Severity,
    Verdict,
)
from hullmark.model.page import Cell, Page
from hullmark.model.phrases import (
    brief,
    counts,
    decimal,
    dotted,
    first,
    place_of,
    shortened,
    step,
    visible,
)
from hullmark.model.standing import standing
from hullmark.model.told import told
from hullmark.unit import output

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 100
"""Columns of the text that goes into a file; a terminal's own width holds otherwise."""

PLACES = 2
"""Files or folders shown for packages of one type, those with the most first."""

EXAMPLES = 3
"""Things said of one rule, and subjects of gaps of one unit and reason."""

WORST = 20
"""Rules, vulnerabilities and upgrades shown; with ``full`` all are."""

REASONS = 10
"""Reasons shown for a decision; findings and gaps above list them all."""

_SEVERITIES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
_STATES = {
    LayerState.EXTERNAL: ("external match", "green"),
    LayerState.SELF: ("self-consistent", ""),
    LayerState.MISMATCH: ("mismatch", "bold red"),
    LayerState.UNREAD: ("not read", "yellow"),
}
_VERDICTS = {
    Verdict.ALLOW: "bold green",
    Verdict.WARN: "bold yellow",
    Verdict.DENY: "bold red",
}
_OF_CONTENT = (Kind.SECRET, Kind.MALWARE, Kind.MISCONFIGURATION, Kind.INTEGRITY)
_WIDEST = {"name": 44, "version": 28, "licence": 28}  # wider ones run over, a licence is cut


@output(id="table", media_type="text/plain")
def table(report: Report) -> Iterator[str]:
    r"""For people: layers, packages by type, findings, gaps and the decision.

    Gaps are grouped by unit and reason, with a count and up to three examples each. Colours
    and a terminal's width are used at a terminal; in a file it is plain text of 100 columns.
    Findings are told by rule. Of rules, vulnerabilities and upgrades 20 are shown without
    ``--full``, three findings of each rule, and those for information are counted.
    Control characters from inside the artifact are written as escapes (``\x1b``).
    """
    from rich.console import Console  # noqa: PLC0415 - 50 ms that other formats do not need

    stream = StringIO()
    console = Console(file=stream, width=PLAIN_WIDTH, color_system=None, _environ={})
    show(report, console)
    yield stream.getvalue()


def show(
    report: Report,
    console: "Console",
    *,
    full: bool = False,
    suppressed: bool = False,
    today: str = "",
) -> None:
    """Print a report to a console; with ``full`` every package too, and what is ``suppressed``.

    ``today`` is a date (``2026-11-22``) to hold against the end of life; empty: do not compare.
    """
    page = Page(console)
    _header(page, report, today)
    numbers = _numbers(report.artifact)
    if report.artifact.layers:
        _layers(page, report, numbers)
    _packages(page, report.packages)
    if report.packages and full:
        _list(page, report.packages, numbers)
    elif report.packages:
        page.line((" Every package: --full, or --format json", "dim"))
    _findings(page, report, numbers, full=full)
    _vulnerabilities(page, report, full=full)
    _advice(page, report)
    _suppressed(page, report, full=suppressed)
    _notes(page, report)
    _gaps(page, report)
    standing(page, report.frameworks)
    _decision(page, report)
    confined = f"sandbox: {report.sandbox}" if report.sandbox else ""
    if report.tool or confined:
        page.line()
        page.line((dotted(report.tool, confined), "dim"))


def _header(page: Page, report: Report, today: str) -> None:
    artifact = report.artifact
    created = f"created {artifact.created_utc[:10]}" if artifact.created else ""
    page.line((artifact.name, "bold"))
    page.line((dotted(artifact.kind, artifact.platform, brief(artifact.digest), created), ""))
    if report.distribution:
        page.line(*_system(report.distribution, today))
    if base := artifact.base:
        lowest = f"lowest layers: {base.layers}" if base.layers else ""
        name = dotted(base.name or "an unnamed image", brief(base.digest), lowest)
        page.line((f"built from {name} · told by {base.told_by}", ""))


def _system(distribution: Distribution, today: str) -> Iterator[Cell]:
    end = distribution.end_of_life
    yield distribution.name or f"{distribution.id} {distribution.version}".strip(), ""
    if end and today > end:
        yield f" · past its end of life ({end}): no more security updates", "bold red"
    elif end:
        yield f" · supported until {end}", "dim"


def _numbers(artifact: Artifact) -> dict[str, int]:
    """Layer number, from 1, by diffID; the first, where a layer is there twice."""
    last_first = reversed(list(enumerate(artifact.layers, 1)))
    return {layer.diff_id: number for number, layer in last_first}


def _layers(page: Page, report: Report, numbers: dict[str, int]) -> None:
    brought = Counter(numbers.get(package.layer, 0) for package in report.packages)
    rows = [
        [
            (str(number), ""),
            (layer.diff_id.partition(":")[2][:12], ""),
            _stored(layer),
            _STATES[layer.state],
            (str(brought[number]), "" if brought[number] else "dim"),
            (step(layer.command), "dim"),
        ]
        for number, layer in enumerate(report.artifact.layers, 1)
    ]
    page.title("Layers")
    header = ("#", "diffID", "size", "state", "packages", "command")
    page.rows(header, rows, numbers=("#", "size", "packages"), cut=True)


def _stored(layer: Layer) -> Cell:
    """A layer's size, in brackets where it may be a promise alone."""
    size = decimal(layer.size_bytes)
    return (f"({size})", "dim") if layer.state is LayerState.UNREAD else (size, "")


def _packages(page: Page, packages: Sequence[Package]) -> None:
    declared = sum(package.declared for package in packages)
    page.title("Packages", counts((len(packages) - declared, "installed"), (declared, "declared")))
    types: dict[str, list[Package]] = {}
    for package in packages:
        types.setdefault(package.type, []).append(package)
    rows: list[list[Cell]] = []
    for type, these in sorted(types.items(), key=lambda item: (-len(item[1]), item[0])):
        known = 100 * sum(bool(package.licences) for package in these) // len(these)
        places = Counter(place_of(package.path) for package in these).most_common()
        row = (type, str(len(these)), f"{known}%", first(places, PLACES))
        rows.append([(cell, "") for cell in row])
    if rows:
        page.rows(
            ("type", "count", "with licence", "found in"), rows, numbers=("count", "with licence")
        )


def _list(page: Page, packages: Sequence[Package], numbers: dict[str, int]) -> None:
    """Every package on a line of its own, in one piece: rich lays out a thousand a second."""
    header = ("name", "version", "type", "licence", "layer", "path")
    rows = [header, *(_cells(package, numbers) for package in packages)]
    columns = [[visible(row[at]) for row in rows] for at in range(len(header))]
    lines = zip(*(_aligned(page, column) for column in columns[:-1]), columns[-1], strict=True)
    page.line()
    page.block("".join([f" {'  '.join(line).rstrip()}\n" for line in lines]))


def _cells(package: Package, numbers: dict[str, int]) -> tuple[str, ...]:
    return (
        package.full_name,
        package.version,
        package.type,
        shortened(package.licence, _WIDEST["licence"]),
        str(numbers.get(package.layer, "-")),
        package.path + (" (declared)" if package.declared else ""),
    )


def _aligned(page: Page, column: Sequence[str]) -> Iterable[str]:
    """Texts of one width; those wider than the column may be stand out."""
    widths = [len(text) if text.isascii() else page.cell_len(text) for text in column]
    widest = min(max(widths), _WIDEST.get(column[0], 12))
    return [text + " " * (widest - width) for text, width in zip(column, widths, strict=True)]


def _findings(page: Page, report: Report, numbers: dict[str, int], *, full: bool) -> None:
    """How many of each severity, and those that are no vulnerabilities, by rule."""
    worst = sorted(report.findings, key=lambda found: (-found.severity, found.rule, found.subject))
    of = Counter(finding.severity for finding in worst)
    page.title("Findings", counts(*((of[level], level.label) for level in reversed(Severity))))
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    told: Counter[str] = Counter()
    for each in worst:
        if each.kind is Kind.VULNERABILITY:
            continue
        if each.severity is Severity.INFO and not full:
            told[each.rule] += 1
        else:
            groups.setdefault((each.severity, each.rule), []).append(each)
    shown = list(groups.values())[: None if full else WORST]
    for same in shown:
        _rule(page, same, numbers, full=full)
    if told:
        rules = first(told.most_common(), EXAMPLES)
        cell = (Severity.INFO.label, _SEVERITIES[Severity.INFO])
        page.row([cell], [len("critical")], [(f"{rules}: --full", "dim")])
    left = list(groups.values())[len(shown) :]
    _more(page, sum(map(len, left)))


def _rule(page: Page, same: Sequence[Finding], numbers: dict[str, int], *, full: bool) -> None:
    """What one rule found: its name, then each thing said once, with its places."""
    finding = same[0]
    said: dict[tuple[str, str, str], list[Finding]] = {}
    for each in same:
        text = each.fix.text if each.fix else ""
        said.setdefault((_subject(each), each.evidence.says, text), []).append(each)
    count = f" · {len(same)}" if len(same) > 1 else ""
    paragraphs: list[list[Cell]] = [[(finding.rule, "bold"), (f"  {finding.kind}{count}", "dim")]]
    shown = list(said.items())[: None if full else EXAMPLES]
    for (subject, says, fix), found in shown:
        places = first(
            Counter(filter(None, (_place(each, numbers) for each in found))).most_common(), EXAMPLES
        )
        if subject:
            line = [(f"{brief(subject)}: ", ""), (brief(says), ""), (f" ({places})", "dim")]
            paragraphs.append(line if places else line[:-1])
        else:
            paragraphs.append([(f"{places}  ", ""), (brief(says), "dim")])
        if fix:
            paragraphs.append([("fix: ", "green"), (fix, "")])
    if len(said) > len(shown):
        paragraphs.append([(f"and {len(said) - len(shown)} more", "dim")])
    style = _SEVERITIES[finding.severity]
    page.row([(finding.severity.label, style)], [len("critical")], *paragraphs)


def _subject(finding: Finding) -> str:
    """What a finding is about, empty where its place says so."""
    return "" if finding.subject == finding.evidence.path else finding.subject


def _place(finding: Finding, numbers: dict[str, int]) -> str:
    """Where it is: ``srv/app.conf:3 in layer 2``."""
    evidence = finding.evidence
    if not evidence.path:
        return ""
    line = f":{evidence.line}" if evidence.line else ""
    number = numbers.get(evidence.layer)
    layer = f" in layer {number}" if number and finding.kind in _OF_CONTENT else ""
    return f"{evidence.path}{line}{layer}"


def _vulnerabilities(page: Page, report: Report, *, full: bool) -> None:
    """The riskiest first, then what to upgrade; all of both with ``full``."""
    found = [each for each in report.findings if each.kind is Kind.VULNERABILITY]
    if not found:
        return
    rows, best, shown = told(report, found), report.upgrades, None if full else WORST
    places = f" in {len(found)} places" if len(found) > len(rows) else ""
    page.title("Vulnerabilities", f"{len(rows)}{places}, the riskiest first")
    cells = [
        [(each.severity.label, _SEVERITIES[each.severity])]
        + [(text, "") for text in (each.risk, each.id, each.package, each.version, each.fixed)]
        for each in list(rows)[:shown]
    ]
    header = ("severity", "risk", "id", "package", "version", "upgrade to")
    page.rows(header, cells, numbers=("risk",), cut=True, spare=("version",), narrow=("package",))
    _more(page, len(rows) - len(cells))
    if not best:
        return
    page.title("Upgrades", "each with how many vulnerabilities it ends")
    texts = [
        (each.package, each.version, each.to, f"{each.ends}{_but(each.leaves)}")
        for each in best[:shown]
    ]
    lines = [[(text, "") for text in row] for row in texts]
    columns = ("package", "installed", "upgrade to", "ends")
    page.rows(columns, lines, numbers=(), spare=("installed",), narrow=("package",))
    _more(page, len(best) - len(lines))


def _but(leaves: Sequence[str]) -> str:
    """What an upgrade brings, where no version without is known."""
    return f", but has {', '.join(leaves)}" if leaves else ""


def _advice(page: Page, report: Report) -> None:
    """What the base image has to do with what was found."""
    for each in report.advice:
        page.title("Base image")
        page.row((), (), [(each.says, "yellow")])


def _suppressed(page: Page, report: Report, *, full: bool) -> None:
    """What does not count, and why."""
    if not report.suppressed:
        return
    count = len(report.suppressed)
    do_not = "finding does not count" if count == 1 else "findings do not count"
    page.title("Suppressed", counts((count, do_not)))
    reasons = Counter(each.by.reason.partition(":")[0] for each in report.suppressed)
    for reason, count in reasons.most_common(0 if full else EXAMPLES):
        page.row((), (), [(f"{count}  {brief(reason) or 'without a reason'}", "")])
    for each in report.suppressed if full else ():
        says = [(f"{each.finding.rule}  {each.finding.subject}", "")]
        page.row([], [], says, [(dotted(each.by.at, each.by.reason), "dim")])
    if not full:
        page.line((" Each of them: --show-suppressed, or --format json", "dim"))


def _notes(page: Page, report: Report) -> None:
    """What should be known of settings, exemptions and VEX, and of a report that is read again."""
    if report.notes:
        page.title("Notes", counts((len(report.notes), "to look at")))
    for note in report.notes:
        page.row([], [], [(note, "yellow")])


def _more(page: Page, count: int) -> None:
    if count > 0:
        page.line((f" and {count} more: --full, or --format json", "dim"))


def _gaps(page: Page, report: Report) -> None:
    groups: dict[tuple[str, str], list[str]] = {}
    for gap in report.gaps:
        groups.setdefault((gap.unit, gap.why), []).append(gap.subject)
    page.title("Gaps", counts((len(report.gaps), "not looked at, so not known to be fine")))
    widest = max((page.cell_len(visible(unit)) for unit, _ in groups), default=0)
    digits = len(str(max(map(len, groups.values()), default=0)))
    for (unit, why), subjects in groups.items():
        cells = [(unit, "yellow"), (str(len(subjects)), "")]
        each = list(dict.fromkeys(subjects))
        more = [f"and {len(each) - EXAMPLES} more"] if len(each) > EXAMPLES else []
        examples = [[(brief(text), "dim")] for text in each[:EXAMPLES] + more]
        page.row(cells, [widest, -digits], [(brief(why), "")], *examples)


def _decision(page: Page, report: Report) -> None:
    decision = report.decision
    if decision is None:
        return
    page.line()
    page.line(
        ("Decision  ", "bold"),
        (decision.verdict, _VERDICTS[decision.verdict]),
        (f"  {decision.policy}" if decision.policy else "", ""),
    )
    for reason in decision.because[:REASONS]:
        page.row((), (), [(brief(reason), "")], indent=10)
    if len(decision.because) > REASONS:
        page.line((f"and {len(decision.because) - REASONS} more", "dim"), indent=10)
