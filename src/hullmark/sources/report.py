"""Reports of ours, to hold what they list against what is known today.

Format: schemas/report-1.schema.json.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from re import compile as regex
from stat import S_ISREG

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import (
    Artifact,
    Distribution,
    Evidence,
    File,
    Finding,
    Fix,
    Gap,
    Kind,
    Package,
    ParseError,
    Report,
    Severity,
    SourceError,
)
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.file import MAX_WHOLE_BYTES
from hullmark.model.go_symbols import ABSENT
from hullmark.model.purl import Parts, parts
from hullmark.unit import Ask, OpenReport, source

SCHEMA = "hullmark.report/1"
HEAD_BYTES = 1024
"""Where a report says what it is: in its first member."""

JUDGED_AGAIN = frozenset(("vulnerabilities", "licences"))
"""Units whose gaps are found anew."""

FOUND_AGAIN = frozenset((Kind.VULNERABILITY, Kind.LICENCE))
"""Kinds of finding that are found anew; others told of bytes that are not at hand."""

COMMENTED = frozenset((Kind.SECRET, Kind.MISCONFIGURATION))
"""Kinds of finding that a comment or an annotation beside them accepts."""

_SIGN = regex(rb'\s*\{\s*"schema"\s*:\s*"hullmark\.report/[0-9]+"').match


class StoredSource(Struct):
    """A source package."""

    name: str
    version: str = ""


class StoredPackage(Struct):
    """One package, as the report writes it."""

    purl: str
    name: str
    version: str
    path: str
    layer: str = ""
    licences: tuple[str, ...] = ()
    source: StoredSource | None = None
    vendor: str = ""
    declared: bool = False
    direct: bool | None = None
    development: bool = False
    requires: tuple[str, ...] = ()


class StoredFinding(Struct):
    """One finding, as the report writes it."""

    rule: str
    kind: Kind
    severity: str
    subject: str
    evidence: Evidence
    aliases: tuple[str, ...] = ()
    fix: Fix | None = None
    score: float | None = None


class StoredAside(Struct):
    """One finding that is put aside, and where and why."""

    finding: StoredFinding
    at: str
    reason: str


class Stored(Struct):
    """The parts of a report that are read."""

    schema: str
    artifact: Artifact
    packages: list[StoredPackage]
    findings: list[StoredFinding]
    gaps: list[Gap]
    suppressed: list[StoredAside] = []
    distribution: Distribution | None = None
    units: dict[str, int] = {}
    sandbox: str = ""
    tool: str = ""
    subjects: dict[str, int] = {}
    scanners: tuple[str, ...] = ()
    basis: dict[str, str] = {}


def is_report(target: str) -> bool:
    """A file that says it is a report of ours."""
    try:
        with open(target, "rb", opener=_opener) as file:
            return S_ISREG(os.fstat(file.fileno()).st_mode) and bool(_SIGN(file.read(HEAD_BYTES)))
    except OSError:
        return False


@source(id="report", recognises=is_report, parsers=())
@contextmanager
def report(ask: Ask) -> Iterator[OpenReport]:
    """A report of ours in JSON, ``report:FILE``, held against what is known today.

    Nothing is read again: packages, layers, distribution and base are those of the report, as are
    its gaps in reading and its findings of broken digests. Vulnerabilities, licences and the gaps
    in what is known of them are found anew.
    """
    try:
        with open(ask.target, "rb", opener=_opener) as file:
            status = os.fstat(file.fileno())
            if not S_ISREG(status.st_mode):
                raise SourceError(ask.target, "is no file")
            data = file.read(MAX_WHOLE_BYTES + 1)
    except OSError as error:
        raise SourceError(ask.target, f"cannot be opened: {error.strerror}") from error
    yield OpenReport(report=read(data, _spelled(ask.target), day_and_time(status.st_mtime)))


def _spelled(path: str) -> str:
    """A path without bytes that are no UTF-8, for notes."""
    return os.fsencode(path).decode(errors="backslashreplace")


def day_and_time(seconds: float) -> str:
    """A file's time for people; any number of seconds may stand there."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return "an unknown day"


def read(data: bytes, place: str, written: str) -> Report:
    """The report in these bytes, without what is found anew; ``written`` is when it was stored."""
    try:
        stored = File(path=place, content=data).json(Stored)
    except ParseError as error:
        raise SourceError(place, error.why) from error
    if stored.schema != SCHEMA:
        raise SourceError(place, f"is {stored.schema[:40]!r}, and {SCHEMA} is read")
    note = f"{place} of {written} by {stored.tool or 'hullmark'} tells what is there: nothing was"
    return Report(
        artifact=stored.artifact,
        distribution=stored.distribution,
        packages=tuple(_packages(stored.packages, place)),
        findings=(*_findings(stored.findings, place), *_open(stored.suppressed, place)),
        gaps=tuple(gap for gap in stored.gaps if gap.unit not in JUDGED_AGAIN),
        suppressed=tuple(_settled(stored.suppressed, place)),
        notes=(f"{note} read again",),
        units=stored.units,
        sandbox=stored.sandbox,
        tool=stored.tool,
        subjects=stored.subjects,
        scanners=stored.scanners,
        basis=stored.basis,
    )


def _packages(packages: Iterable[StoredPackage], place: str) -> Iterator[Package]:
    for number, each in enumerate(packages, 1):
        known = parts(each.purl)
        if known is None:
            raise SourceError(f"{place}: package {number}", f"{each.purl[:60]!r} is no package URL")
        yield _package(each, known)


def _package(each: StoredPackage, known: Parts) -> Package:
    found = Package(
        type=known.type,
        namespace=known.namespace,
        name=known.name,
        version=each.version,
        qualifiers=known.qualifiers,
        subpath=known.subpath,
        path=each.path,
        layer=each.layer,
        licences=each.licences,
        source=each.source.name if each.source else "",
        source_version=each.source.version if each.source else "",
        vendor=each.vendor,
        declared=each.declared,
        direct=each.direct,
        development=each.development,
        requires=each.requires,
    )
    return found if found.full_name == each.name else _as_written(found, each)


def _as_written(found: Package, each: StoredPackage) -> Package:
    """With the name as its ecosystem writes it, where the package URL spells it otherwise."""
    tail = len(found.name)
    named = replace(found, name=each.name[-tail:])
    head = each.name[: -tail - 1]
    if found.namespace and head:
        named = replace(named, namespace=head)
    same = named.full_name == each.name and named.purl == each.purl
    return named if same else found


def _settled(aside: Iterable[StoredAside], place: str) -> Iterator[Suppressed]:
    """What was put aside by what is in the target: a proof of the program, a comment in a file."""
    for number, each in enumerate(aside, 1):
        if _is_proven(each) or _is_by_comment(each):
            finding = _finding(each.finding, f"{place}: suppressed {number}")
            path = "" if _is_proven(each) else finding.evidence.path
            purl = finding.subject if _is_proven(each) else ""
            by = Exemption(at=each.at, id=finding.rule, purl=purl, path=path, reason=each.reason)
            yield Suppressed(finding=finding, by=by)


def _open(aside: Iterable[StoredAside], place: str) -> Iterator[Finding]:
    """What somebody accepted then: whether they still do is asked anew, and nothing finds it."""
    for number, each in enumerate(aside, 1):
        if each.finding.kind not in FOUND_AGAIN and not _is_by_comment(each):
            yield _finding(each.finding, f"{place}: suppressed {number}")


def _is_proven(aside: StoredAside) -> bool:
    return aside.at == aside.finding.evidence.path and aside.reason.startswith(ABSENT)


def _is_by_comment(aside: StoredAside) -> bool:
    evidence = aside.finding.evidence
    return aside.finding.kind in COMMENTED and aside.at == f"{evidence.path}:{evidence.line}"


def _findings(findings: Iterable[StoredFinding], place: str) -> Iterator[Finding]:
    for number, each in enumerate(findings, 1):
        if each.kind not in FOUND_AGAIN:
            yield _finding(each, f"{place}: finding {number}")


def _finding(each: StoredFinding, place: str) -> Finding:
    severities = {each.label: each for each in Severity}
    if each.severity not in severities:
        raise SourceError(place, f"{each.severity[:40]!r} is no severity")
    return Finding(
        rule=each.rule,
        kind=each.kind,
        severity=severities[each.severity],
        subject=each.subject,
        evidence=each.evidence,
        aliases=each.aliases,
        fix=each.fix,
        score=each.score,
    )


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK | os.O_CLOEXEC)
