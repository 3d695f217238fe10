"""Decorators by which checks are declared: each builds one frozen value."""

from collections.abc import Callable, Iterable, Sequence

from hullmark.checks.kinds import Claim, Detector, Draw, FileCheck, ImageCheck, Signature
from hullmark.checks.mending import Mending
from hullmark.model import Evidence, File, Rule, Severity
from hullmark.model.finding import Kind
from hullmark.model.image import Image
from hullmark.model.later import regex
from hullmark.model.rule import Confidence
from hullmark.unit import about_of

REVOKE = "Revoke it where it was issued, issue another, and keep that out of files that are shipped"

_ELF = "uint32(0) == 0x464c457f"
_ELF_WORD = "is_elf"
_UNITS = {"": 1, "KB": 1024, "MB": 1024 * 1024}
_or = regex(r"\bor\b").search
_size = regex(r"\bfilesize\s*<\s*(\d+)(KB|MB|)\b").search
_anchor = regex(r'\$anchor\w*\s*=\s*"((?:[^"\\]|\\.)*)"([^\n]*)')


def secret(
    *,
    id: str,
    title: str,
    pattern: str,
    max_chars: int,
    keywords: Sequence[str],
    bad: Draw,
    good: Draw,
    remediation: str,
    references: Sequence[str] = (),
    severity: Severity = Severity.HIGH,
    confidence: Confidence = Confidence.LIKELY,
    anchor: str = "",
    path: str = "app/config.env",
    names: Sequence[str] = (),
    entropy: float = 0.0,
    binary: bool = False,
    generic: bool = False,
) -> Callable[[Callable[[str], Claim | None]], Detector]:
    """Declare a detector of a secret by the function that says what a value's form proves."""

    def declare(claim: Callable[[str], Claim | None]) -> Detector:
        rule = Rule(
            id=id,
            title=title,
            kind=Kind.SECRET,
            severity=severity,
            why=about_of(claim),
            remediation=remediation,
            references=tuple(references),
            confidence=confidence,
        )
        return Detector(
            rule=rule,
            pattern=pattern,
            anchor=anchor or pattern,
            max_chars=max_chars,
            keywords=tuple(keywords),
            names=tuple(names),
            entropy=entropy,
            binary=binary,
            generic=generic,
            bad=bad,
            good=good,
            path=path,
            claim=claim,
        )

    return declare


def malware(
    *,
    id: str,
    title: str,
    yara: str,
    good: Callable[[], tuple[File, ...]],
    remediation: str,
    references: Sequence[str] = (),
    severity: Severity = Severity.CRITICAL,
    confidence: Confidence = Confidence.LIKELY,
) -> Callable[[Callable[[], tuple[File, ...]]], Signature]:
    """Declare a signature by the function that makes samples; its docstring is the why."""

    def declare(bad: Callable[[], tuple[File, ...]]) -> Signature:
        rule = Rule(
            id=id,
            title=title,
            kind=Kind.MALWARE,
            severity=severity,
            why=about_of(bad),
            remediation=remediation,
            references=tuple(references),
            confidence=confidence,
        )
        return Signature(rule=rule, yara=yara, bad=bad, good=good)

    return declare


def anchors(yara: str) -> tuple[tuple[str, str], ...]:
    """The plain strings of a rule named ``$anchor...``, as written, each with its modifiers."""
    return tuple((found[1], found[2].strip()) for found in _anchor.finditer(yara))


def bounds(yara: str) -> tuple[bool, int]:
    """Whether a rule is for ELF files alone, and the size in bytes below which files must be.

    Read from what a condition joins by ``and`` outside of parentheses; ``(False, 0)`` where that
    says neither.
    """
    condition = yara.partition("condition:")[2].replace(_ELF, _ELF_WORD)
    depth = 0
    outside = ""
    for each in condition:
        depth += (each == "(") - (each == ")")
        outside += each if not depth else ""
    if _or(outside):
        return False, 0
    size = _size(outside)
    return _ELF_WORD in outside, int(size[1]) * _UNITS[size[2]] if size else 0


def file_check(
    *,
    id: str,
    title: str,
    kind: Kind,
    severity: Severity,
    bad: Callable[[], tuple[File, ...]],
    good: Callable[[], tuple[File, ...]],
    remediation: str,
    references: Sequence[str] = (),
    confidence: Confidence = Confidence.CERTAIN,
    names: Sequence[str] = (),
    magic: Sequence[bytes] = (),
    beside: Sequence[str] = (),
    of_nobody: bool = False,
    version: int = 1,
) -> Callable[[Callable[[File], Iterable[Evidence]]], FileCheck]:
    """Declare a check of files by the function that looks at one."""

    def declare(look: Callable[[File], Iterable[Evidence]]) -> FileCheck:
        rule = Rule(
            id=id,
            title=title,
            kind=kind,
            severity=severity,
            why=about_of(look),
            remediation=remediation,
            references=tuple(references),
            confidence=confidence,
        )
        return FileCheck(
            rule=rule,
            names=tuple(names),
            magic=tuple(magic),
            beside=tuple(beside),
            of_nobody=of_nobody,
            version=version,
            bad=bad,
            good=good,
            look=look,
        )

    return declare


def image_check(
    *,
    id: str,
    title: str,
    severity: Severity,
    bad: Callable[[], tuple[Image, ...]],
    good: Callable[[], tuple[Image, ...]],
    remediation: str,
    references: Sequence[str] = (),
    kind: Kind = Kind.MISCONFIGURATION,
    confidence: Confidence = Confidence.CERTAIN,
    of_build: bool = False,
    of_stages: bool = False,
    mend: Mending | None = None,
    left: str = "",
) -> Callable[[Callable[[Image], Iterable[Evidence]]], ImageCheck]:
    """Declare a check of whole images by the function that judges one."""

    def declare(judge: Callable[[Image], Iterable[Evidence]]) -> ImageCheck:
        rule = Rule(
            id=id,
            title=title,
            kind=kind,
            severity=severity,
            why=about_of(judge),
            remediation=remediation,
            references=tuple(references),
            confidence=confidence,
        )
        return ImageCheck(
            rule=rule,
            of_build=of_build or of_stages,
            of_stages=of_stages,
            bad=bad,
            good=good,
            judge=judge,
            mend=mend,
            left=left,
        )

    return declare
