"""VEX statements held against findings."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from hullmark.model import Distribution, Finding, Kind, Package, PolicyError, Report
from hullmark.model.exemption import Exemption, Suppressed
from hullmark.model.purl import Parts, parts, purl
from hullmark.model.vex import MAX_WORDS, Document, Product, Statement, Whole
from hullmark.model.vex_openvex import IMAGES

MAX_DOCUMENTS = 10_000
MAX_COMPARISONS = 20_000_000
"""Of products with findings of the same vulnerability and name: real documents need a few each."""

MAX_ENTRIES = 5_000_000
"""Products of a document, as often as their vulnerabilities have names."""

_SOURCES = frozenset(("source", "src"))
"""``arch`` of purls that mean what packages are built from."""

_SYSTEMS = {
    ("alpinelinux", "alpine_linux"): "alpine",
    ("almalinux", "almalinux"): "almalinux",
    ("amazon", "linux"): "amzn",
    ("canonical", "ubuntu_linux"): "ubuntu",
    ("debian", "debian_linux"): "debian",
    ("fedoraproject", "fedora"): "fedora",
    ("opensuse", "leap"): "opensuse-leap",
    ("oracle", "linux"): "ol",
    ("redhat", "enterprise_linux"): "rhel",
    ("rocky", "rocky"): "rocky",
    ("suse", "sles"): "sles",
}
"""Vendor and product of a CPE to the id of os-release(5)."""

Entry = tuple[int, Statement, Product]


def weighed(report: Report, documents: Sequence[Document]) -> Report:
    """The report without what VEX clears; other statements are told in their findings.

    Of documents that contradict each other the last one counts, and a note says so.
    Broken integrity is never cleared.
    """
    if len(documents) > MAX_DOCUMENTS:
        raise PolicyError("--vex", f"more than {MAX_DOCUMENTS} documents")
    if not documents:
        return report
    target = _Target(report)
    indexes = [_Index(document, target) for document in documents]
    kept: list[Finding] = []
    dropped: list[Suppressed] = []
    against: dict[tuple[str, str], list[str]] = {}
    for finding in report.findings:
        said = []
        if finding.kind is Kind.VULNERABILITY:
            said = [(each, told) for each in indexes if (told := each.last(finding))]
        if not said:
            kept.append(finding)
            continue
        index, last = said[-1]
        for other, told in said[:-1]:
            if told.status.clears != last.status.clears:
                pair = (index.place, other.place)
                against.setdefault(pair, []).append(f"{finding.rule} {finding.subject}")
        if last.status.clears:
            dropped.append(Suppressed(finding=finding, by=_exemption(last)))
        else:
            kept.append(_told(finding, last))
    return replace(
        report,
        findings=tuple(kept),
        suppressed=(*report.suppressed, *dropped),
        notes=(*report.notes, *_contradictions(against), *_left(indexes)),
    )


class _Target:
    """What a report is of: packages by name, and names and digests of the whole."""

    def __init__(self, report: Report) -> None:
        artifact = report.artifact
        self.distribution = report.distribution
        self.name = artifact.name
        self.image = parts(artifact.purl) if artifact.purl else None
        named = artifact.name.rpartition("@")[2]
        self.digests = {artifact.digest, artifact.index, artifact.config, named} - {""}
        self.packages = {(each.purl, each.path): each for each in report.packages}
        self._at: dict[str, list[tuple[Parts, str]]] | None = None
        self._report = report

    def near(self, wanted: Parts) -> Sequence[tuple[Parts, str]]:
        """Packages of a name, with the paths of the files that tell of them."""
        if self._at is None:
            self._at = {}
            for each in self._report.packages:
                known = parts(each.purl)
                if known:
                    self._at.setdefault(_key(known), []).append((known, each.path))
        return self._at.get(_key(wanted), ())


class _Index:
    """One document's statements by id, name and version of the product."""

    def __init__(self, document: Document, target: _Target) -> None:
        self.place = document.place
        self.unread = document.unread
        self.count = len(document.statements)
        self.used: set[int] = set()
        self._target = target
        self._compared = 0
        self._wholes: dict[int, bool | set[str]] = {}
        self._by: dict[tuple[str, str, str], list[Entry]] = {}
        self._called: dict[tuple[str, str, str], list[Entry]] = {}
        entries = sum(len(each.ids) * len(each.products) for each in document.statements)
        if entries > MAX_ENTRIES:
            raise PolicyError(document.place, f"names more than {MAX_ENTRIES} products")
        for number, statement in enumerate(document.statements):
            for product in statement.products:
                name, version = _name(product)
                for place, id in enumerate(statement.ids):
                    known = self._called if place else self._by
                    known.setdefault((id, name, version), []).append((number, statement, product))

    def last(self, finding: Finding) -> Statement | None:
        """The last statement about a finding, if there is one.

        Its name may be any of the finding's, its aliases only what the finding is called: an
        advisory is an alias of every vulnerability that it mends, and makes them no one thing.
        """
        known = parts(finding.subject)
        package = self._target.packages.get((finding.subject, finding.evidence.path))
        names = list(_names(known, package))
        best = -1
        found: Statement | None = None
        called = [(self._called, finding.rule)]
        for by, id in (*called, *((self._by, id) for id in (finding.rule, *finding.aliases))):
            for name in names:
                for number, statement, product in reversed(by.get((id, *name), ())):
                    if number <= best:
                        break
                    if self._is_of(product, finding, known, package):
                        best, found = number, statement
                        break
        if found:
            self.used.add(best)
        return found

    def _is_of(
        self, product: Product, finding: Finding, known: Parts | None, package: Package | None
    ) -> bool:
        self._count(1)
        path = finding.evidence.path
        if product.path and product.path != path:
            return False
        if product.package and not _fits_either(product.package, known, package):
            return False
        return product.whole is None or self._holds(product.whole, path)

    def _count(self, comparisons: int) -> None:
        self._compared += comparisons
        if self._compared > MAX_COMPARISONS:
            raise PolicyError(self.place, "says too much of the same packages to be compared")

    def _holds(self, whole: Whole, path: str) -> bool:
        """Whether what was scanned is this whole, or holds it at a path or around it."""
        known = self._wholes.get(id(whole))
        if known is None:
            if whole.purl and whole.purl.type not in IMAGES:
                self._count(len(self._target.near(whole.purl)))
            known = self._wholes[id(whole)] = _held(whole, self._target)
        if isinstance(known, bool):
            return known
        return any(around in known for around in _around(path))


def _name(product: Product) -> tuple[str, str]:
    """Name and version by which a product is looked up; empty for all of a whole."""
    package = product.package
    if package is None:
        return "", ""
    kind = "source " if package.qualifiers.get("arch") in _SOURCES else ""
    return f"{kind}{_key(package)}", package.version


def _names(known: Parts | None, package: Package | None) -> Iterator[tuple[str, str]]:
    """By what products a finding is looked for: all, its package, and what that is built from."""
    yield "", ""
    if known:
        yield from ((_key(known), version) for version in {known.version, ""})
    if package and package.source:
        source = purl(package.type, package.source, namespace=package.namespace)
        yield from ((f"source {source}", version) for version in {package.source_version, ""})


def _key(known: Parts) -> str:
    return purl(known.type, known.name, namespace=known.namespace)


def _fits_either(wanted: Parts, known: Parts | None, package: Package | None) -> bool:
    """Whether a product is the package or, where its ``arch`` says so, its source."""
    if known is None:
        return False
    if wanted.qualifiers.get("arch") not in _SOURCES:
        return _fits(wanted, known)
    if package is None or not package.source:
        return False
    others = {key: value for key, value in wanted.qualifiers.items() if key != "arch"}
    source = known._replace(name=package.source, version=package.source_version)
    return _fits(wanted._replace(qualifiers=others), source)


def _fits(wanted: Parts, known: Parts) -> bool:
    """What a product leaves out it has of every kind."""
    return (
        _key(wanted) == _key(known)
        and wanted.version in ("", known.version)
        and wanted.subpath in ("", known.subpath)
        and wanted.qualifiers.items() <= known.qualifiers.items()
    )


def _held(whole: Whole, target: _Target) -> bool | set[str]:
    """Whether the target is this whole, or the paths at which it holds it."""
    if any(digest in target.digests for digest in whole.digests):
        return True
    if whole.name and whole.name in (target.name, target.name.partition(":")[2]):
        return True
    if whole.system and _runs(whole.system, target.distribution):
        return True
    if whole.purl is None:
        return False
    if whole.purl.type in IMAGES:
        return _is_image(whole.purl, target)
    near = target.near(whole.purl)
    return {path for known, path in near if _fits(whole.purl, known)}


def _is_image(wanted: Parts, target: _Target) -> bool:
    """By digest alone, where there is one; else by name and what else is said."""
    if wanted.version.startswith("sha256:"):
        return wanted.version in target.digests
    known = target.image
    if known is None or wanted.name != known.name:
        return False
    place = f"/{known.qualifiers.get('repository_url', '')}"
    if wanted.namespace and not place.endswith(f"/{wanted.namespace}/{wanted.name}"):
        return False
    tags = {"tag": wanted.version} if wanted.version else {}
    return {**wanted.qualifiers, **tags}.items() <= known.qualifiers.items()


def _runs(cpe: str, distribution: Distribution | None) -> bool:
    """Whether a CPE (2.2 or 2.3) is of this operating system, in this release."""
    if distribution is None:
        return False
    fields = cpe.removeprefix("cpe:2.3:").removeprefix("cpe:/").split(":")
    vendor, name, version, update = (*fields[1:5], "", "", "", "")[:4]
    if _SYSTEMS.get((vendor, name)) != distribution.id or version in ("", "*", "-"):
        return False
    if update.startswith("sp"):
        version += f".{update[2:]}"
    return f"{distribution.version}.".startswith(f"{version}.")


def _around(path: str) -> Iterator[str]:
    """A path, and the archives that it lies in."""
    yield path
    at = path.find("!/")
    while at >= 0:
        yield path[:at]
        at = path.find("!/", at + 1)


def _exemption(statement: Statement) -> Exemption:
    return Exemption(
        at=statement.at,
        reason=_words(statement),
        owner=statement.author[:MAX_WORDS],
        status=statement.status,
        justification=statement.justification,
        impact=statement.says[:MAX_WORDS],
    )


def _told(finding: Finding, statement: Statement) -> Finding:
    says = f"{finding.evidence.says}; VEX ({statement.at}): {_words(statement)}"
    return replace(finding, evidence=replace(finding.evidence, says=says))


def _words(statement: Statement) -> str:
    """Status, justification and what is said, and who said it when."""
    told = (statement.status.value, statement.justification, statement.says[:MAX_WORDS])
    by = ", ".join(filter(None, (statement.author[:MAX_WORDS], statement.time[:10])))
    return ": ".join(filter(None, told)) + (f" ({by})" if by else "")


def _contradictions(against: dict[tuple[str, str], list[str]]) -> Iterator[str]:
    for (counts, other), names in against.items():
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        yield f"{counts} counts, which contradicts {other}: {names[0]}{more}"


def _left(indexes: Iterable[_Index]) -> Iterator[str]:
    for each in indexes:
        if left := each.count - len(each.used):
            yield f"{each.place}: {left} of {each.count} statements change nothing here"
        if each.unread:
            yield f"{each.place}: {each.unread} products cannot be compared and were passed over"
