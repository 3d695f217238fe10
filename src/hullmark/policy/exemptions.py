"""Exemptions: read from the files in which users keep them, and held against findings.

Formats: ``ignore`` of .hullmark.yaml; https://trivy.dev/latest/docs/configuration/filtering/ for
.trivyignore and .trivyignore.yaml; https://github.com/anchore/grype#specifying-matches-to-ignore.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from re import Pattern, escape
from re import compile as regex

from msgspec.structs import replace

from hullmark.model import Finding, Package, PolicyError, Report
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.finding import is_broken
from hullmark.model.purl import Parts, parts, purl
from hullmark.model.vex import JUSTIFICATIONS, MAX_PURL_CHARS, Status
from hullmark.policy.index import Index
from hullmark.policy.shapes import listed, mapped

MAX_EXEMPTIONS = 10_000
MAX_COMPARISONS = 20_000_000
"""Of exemptions with findings that may fit them: those that name no id or package fit many."""

SELECTORS = ("id", "package", "path", "purl")
TRIVY = ("id", "paths", "purls", "expired_at", "statement")
OURS = (*SELECTORS, "reason", "owner", "expires", "status", "justification")

_GRYPES = {
    "dart-pub": "pub",
    "dotnet": "nuget",
    "go-module": "golang",
    "java-archive": "maven",
    "php-composer": "composer",
    "pod": "cocoapods",
    "python": "pypi",
    "R-package": "cran",
    "rust-crate": "cargo",
}
"""Types of packages in Grype's words that are not those of package URLs."""

_ANY = regex(r"\*+").split
_WIDE = regex(r"\*\*+").split
_DAY = regex(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?\Z").match


def of_settings(value: object, path: str) -> Iterator[Exemption]:
    """Those under ``ignore`` of our own settings: each says what, and why."""
    for number, each in enumerate(listed(value, f"{path}: ignore"), 1):
        at = f"{path}: ignore {number}"
        said = {key: text for key, text in mapped(each, at).items() if text is not None}
        if wrong := [key for key, value in said.items() if isinstance(value, (list, dict))]:
            raise PolicyError(f"{at}: {wrong[0]}", "one value is wanted")
        fields = {key: str(text) for key, text in said.items()}
        if unknown := sorted(fields.keys() - {*OURS}):
            raise PolicyError(at, f"unknown key {unknown[0]!r} (known: {', '.join(OURS)})")
        if not any(fields.get(key) for key in SELECTORS):
            raise PolicyError(at, f"says not what to ignore: {', '.join(SELECTORS)}")
        if not fields.get("reason"):
            raise PolicyError(at, "gives no reason")
        fields["expires"] = _day(fields.get("expires", ""), at)
        fields["status"] = _status(fields, at)
        fields["purl"] = _purl(fields.get("purl", ""), at)
        yield replace(Exemption(at=at), **fields)


def of_trivyignore(text: str, path: str) -> Iterator[Exemption]:
    """One id a line, maybe with ``exp:2026-12-31``; comments before it are its reason."""
    reason = ""
    for number, line in enumerate(text.splitlines(), 1):
        said, _, comment = line.partition("#")
        words = said.split()
        if not words:
            reason = comment.strip()
            continue
        at, expires = f"{path}:{number}", ""
        for word in words[1:]:
            if not word.startswith("exp:") or expires:
                raise PolicyError(at, f"{word[:40]!r} is not read: an id and exp:2026-12-31 are")
            expires = _day(word.removeprefix("exp:") or "nothing", at)
        yield Exemption(at=at, id=words[0], reason=comment.strip() or reason, expires=expires)


def of_trivyignore_yaml(value: object, path: str) -> Iterator[Exemption]:
    """Vulnerabilities alone: ids with paths, purls, an end and a statement."""
    entries = mapped(value, path).get("vulnerabilities")
    for number, each in enumerate(listed(entries, f"{path}: vulnerabilities"), 1):
        at = f"{path}: vulnerabilities {number}"
        entry = mapped(each, at)
        if unknown := sorted(entry.keys() - {*TRIVY}):
            raise PolicyError(at, f"unknown key {unknown[0]!r} (known: {', '.join(TRIVY)})")
        common = Exemption(
            at=at,
            id=str(entry.get("id") or ""),
            reason=str(entry.get("statement") or ""),
            expires=_day(str(entry.get("expired_at") or ""), at),
        )
        if not common.id:
            raise PolicyError(at, "has no id")
        paths = [str(item) for item in listed(entry.get("paths"), at)]
        purls = [_purl(str(item), at) for item in listed(entry.get("purls"), at)]
        for place in paths or [""]:
            for package in purls or [""]:
                yield replace(common, path=place, purl=package, folders=True)


def of_grype(value: object, path: str) -> Iterator[Exemption]:
    """Rules under ``ignore``; one with a condition that we do not know is an error, not a guess."""
    for number, each in enumerate(listed(mapped(value, path).get("ignore"), f"{path}: ignore"), 1):
        at = f"{path}: ignore {number}"
        entry = mapped(each, at)
        package = mapped(entry.get("package"), at) if entry.get("package") else {}
        known = ("vulnerability", "reason", "package", "include-aliases")
        inside = ("name", "version", "type", "location")
        strange = [key for key in entry if key not in known]
        strange += [f"package.{key}" for key in package if key not in inside]
        if strange:
            raise PolicyError(at, f"{strange[0]} is a condition that is not read here")
        found = Exemption(
            at=at,
            id=str(entry.get("vulnerability") or ""),
            package=str(package.get("name") or ""),
            version=str(package.get("version") or ""),
            type=_GRYPES.get(str(package.get("type")), str(package.get("type") or "")),
            path=str(package.get("location") or "").lstrip("/"),
            folders=True,
            reason=str(entry.get("reason") or ""),
        )
        if found == Exemption(at=at, reason=found.reason, folders=True):
            raise PolicyError(at, "says not what to ignore")
        yield found


def sifted(report: Report, exemptions: Sequence[Exemption], today: str) -> Report:
    """The report without what is exempt; ``notes`` name exemptions that ended or fit nothing.

    Broken integrity is never exempt.
    """
    if len(exemptions) > MAX_EXEMPTIONS:
        raise PolicyError(exemptions[0].at, f"more than {MAX_EXEMPTIONS} exemptions")
    if not exemptions:
        return replace(report, notes=())
    fitting = _Fitting(report, exemptions)
    kept: list[Finding] = []
    dropped: list[Suppressed] = []
    used: set[Exemption] = set()
    for finding in report.findings:
        fits = fitting.to(finding)
        used.update(fits)
        valid = [each for each in fits if not each.expires or each.expires >= today]
        if valid:
            dropped.append(Suppressed(finding=finding, by=valid[0]))
        else:
            kept.append(finding)
    aside = {fit for each in report.suppressed for fit in fitting.to(each.finding)}
    notes = tuple(dict.fromkeys(_notes(exemptions, used, aside, today)))
    suppressed = (*report.suppressed, *dropped)
    return replace(report, findings=tuple(kept), suppressed=suppressed, notes=notes)


class _Fitting:
    """Which exemptions are about a finding, as long as that costs little enough."""

    def __init__(self, report: Report, exemptions: Sequence[Exemption]) -> None:
        self._packages = {package.purl: package for package in report.packages}
        self._index = Index(exemptions)
        self._compared = 0

    def to(self, finding: Finding) -> list[Exemption]:
        """Those that fit; none where integrity is broken."""
        if is_broken(finding.kind, finding.rule):
            return []
        package = self._packages.get(finding.subject)
        near = self._index.near(finding, package)
        self._compared += len(near)
        if self._compared > MAX_COMPARISONS:
            why = "too many exemptions begin with a * for so many findings"
            raise PolicyError(near[0].at, why)
        return [each for each in near if _fits(each, finding, package)]


def _notes(
    exemptions: Iterable[Exemption], used: set[Exemption], aside: set[Exemption], today: str
) -> Iterator[str]:
    places = {each.at for each in used}
    for each in exemptions:
        what = each.id or each.purl or each.package or each.path
        if each.expires and each.expires < today:
            yield f"{each.at}: {what} is not ignored any more since {each.expires}"
        elif each.at not in places:  # of one rule, each of its paths is an exemption
            found = "what was found of it does not count anyway"
            found = found if each in aside else "nothing of it was found"
            yield f"{each.at}: {what} is ignored, and {found}"


def _fits(each: Exemption, finding: Finding, package: Package | None) -> bool:
    ids = (finding.rule, *finding.aliases)
    if each.id and each.id not in ids and not _any_like(each.id, ids):
        return False
    if each.path and not _is_like(each.path, finding.evidence.path, folders=each.folders):
        return False
    if each.purl and not _is_of(finding.subject, each.purl):
        return False
    wanted = (each.package, each.version, each.type)
    if not any(wanted):
        return True
    if package is None:
        return False
    names = (package.full_name, package.version, package.type)
    return all(_is_like(want, is_) for is_, want in zip(names, wanted, strict=True) if want)


def _any_like(pattern: str, texts: Iterable[str]) -> bool:
    return "*" in pattern and any(map(_like(pattern).match, texts))


def _is_like(pattern: str, text: str, *, folders: bool = False) -> bool:
    if "*" not in pattern:
        return text == pattern
    return _like(pattern, folders=folders).match(text) is not None


@cache
def _like(pattern: str, *, folders: bool = False) -> Pattern[str]:
    """``*`` for anything, or with ``folders`` within one, where ``**`` is for anything.

    Each star but the last takes as little as it can and never more, since what is left the next one
    takes: a match costs at most the square of the text's length, however many stars there are.
    """
    first, *others = (_WIDE if folders else _ANY)(pattern)
    made = _block(first, is_last=not others)
    for number, block in enumerate(others, 1):
        is_last = number == len(others)
        text = _block(block, is_last=is_last)
        made += f".*{text}" if is_last else f"(?>.*?{text})"
    return regex(f"(?s:{made})\\Z")


def _block(pattern: str, *, is_last: bool) -> str:
    """What stands between two stars for anything; a star in it stays within its folder."""
    first, *others = map(escape, pattern.split("*"))
    free = len(others) if is_last else 0
    return first + "".join(
        f"[^/]*{text}" if number == free else f"(?>[^/]*?{text})"
        for number, text in enumerate(others, 1)
    )


def _is_of(subject: str, wanted: str) -> bool:
    """Whether a package is what a purl names; what that leaves out it has of every kind."""
    one, other = _parts(wanted), _parts(subject)
    if one is None or other is None:
        return subject == wanted
    return (
        one.version in ("", other.version)
        and one.subpath in ("", other.subpath)
        and one.qualifiers.items() <= other.qualifiers.items()
        and one[:3] == other[:3]
    )


@lru_cache(MAX_EXEMPTIONS)
def _parts(text: str) -> Parts | None:
    return parts(text)


def _purl(text: str, at: str) -> str:
    """A package URL as the specification spells it, which is how findings name packages."""
    if not text:
        return ""
    known = parts(text) if len(text) <= MAX_PURL_CHARS else None
    if known is None:
        raise PolicyError(at, f"{text[:60]!r} is no package URL")
    return purl(
        known.type,
        known.name,
        known.version,
        namespace=known.namespace,
        qualifiers=known.qualifiers,
        subpath=known.subpath,
    )


def _status(fields: Mapping[str, str], at: str) -> str:
    """The status that VEX tells of what is exempt: empty where the user says neither."""
    status, why = fields.get("status", ""), fields.get("justification", "")
    if status and status not in tuple(Status):
        raise PolicyError(at, f"{status[:40]!r} is no status (known: {', '.join(Status)})")
    if why and why not in JUSTIFICATIONS:
        known = ", ".join(JUSTIFICATIONS)
        raise PolicyError(at, f"{why[:60]!r} is no justification (known: {known})")
    if why and status not in ("", Status.NOT_AFFECTED):
        raise PolicyError(at, f"a justification is for not_affected, not for {status}")
    return status or (Status.NOT_AFFECTED if why else "")


def _day(text: str, at: str) -> str:
    """A day, of a date or a time; empty for none."""
    if not text:
        return ""
    match = _DAY(text)
    try:
        return date.fromisoformat(match[1] if match else "").isoformat()
    except ValueError:
        raise PolicyError(at, f"{text[:40]!r} is no date such as 2026-12-31") from None
