"""Which packages the scanners found: named alike, counted, and what only some of them found."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from packageurl import PackageURL

from bench.image import ARCHIVE, OCI
from bench.peers import OURS, SYFT, TRIVY, WARM

Package = tuple[str, str, str]
"""A purl's type, its namespace with its name, and its version."""

Packages = Mapping[tuple[str, str], frozenset[Package]]
"""What each tool found in each form."""

# The key that each scanner's report keeps packages under.
REPORTED = {TRIVY: "components", SYFT: "artifacts", OURS: "packages", WARM: "packages"}


def found(report: Path, scanner: str) -> frozenset[Package]:
    """Return the packages of a scanner's report."""
    entries = json.loads(report.read_text()).get(REPORTED[scanner]) or []
    return frozenset(normal(entry["purl"]) for entry in entries if entry.get("purl"))


def normal(text: str) -> Package:
    """Return a purl's identity, in which the tools' habits make no difference.

    - Qualifiers and subpaths say where a package is, not which it is: they are left out, but
      - the epoch of a Debian or RPM version, which Trivy makes a qualifier and Syft leaves in it,
      - the major version of a Go module's path, which Syft makes a subpath.
    - A Go version begins with v in module versions, with nothing in the standard library's, and
      a binary built from a work tree has none, which Syft writes as (devel).
    - PyPI names are equal where PEP 503 says so; Trivy leaves dots in them.
    - A version that is not known is written as none at all, or as UNKNOWN.
    """
    try:
        purl = PackageURL.from_string(text)
    except ValueError:
        return ("invalid", text, "")
    name = "/".join(part for part in (purl.namespace, purl.name) if part)
    version = purl.version or ""
    match purl.type:
        case "deb" | "rpm" if "epoch" in purl.qualifiers and ":" not in version:
            version = f"{purl.qualifiers['epoch']}:{version}"
        case "golang":
            major = purl.subpath if re.fullmatch(r"v\d+", purl.subpath or "") else ""
            name = f"{name}/{major}".rstrip("/").lower()
            version = version.removeprefix("go").removeprefix("v")
        case "pypi":
            name = re.sub(r"[-_.]+", "-", name).lower()
    return (purl.type, name, "" if version.lower() in {"(devel)", "unknown"} else version)


def missed(packages: Packages, form: str) -> frozenset[Package] | None:
    """Return what both peers found and we did not, where all three ran."""
    names = (TRIVY, SYFT, OURS)
    sets = [packages[name, form] for name in names if (name, form) in packages]
    return (sets[0] & sets[1]) - sets[2] if len(sets) == len(names) else None


def comparison(packages: Packages, *, shown: int | None) -> str:
    """List who found what the others did not; ``shown`` shortens each list."""
    by_form = {form: list(differences(packages, form, shown)) for form in (ARCHIVE, OCI)}
    if by_form[ARCHIVE] == by_form[OCI]:
        by_form = {"both forms": by_form[OCI]}
    lines = (line for form, found in by_form.items() for line in (f"In {form}:", *found))
    return "\n".join([*lines, ""])


def differences(packages: Packages, form: str, shown: int | None) -> Iterator[str]:
    """Yield the lists for one form, if we ran on it."""
    names = (OURS, TRIVY, SYFT)
    mine, trivy, syft = (packages.get((name, form), frozenset()) for name in names)
    if mine:
        yield from listing("Both peers find, we miss", missed(packages, form) or (), shown)
        yield from listing("Only ours", mine - trivy - syft, shown)
        yield from listing("Only Trivy's", trivy - mine - syft, shown)
        yield from listing("Only Syft's", syft - mine - trivy, shown)


def listing(title: str, packages: Collection[Package], shown: int | None) -> Iterator[str]:
    """Yield one list under its title, with its counts by type."""
    counts = Counter(kind for kind, _, _ in packages)
    by_type = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
    yield f"{title}: {len(packages)}" + (f" ({by_type})" if by_type else "")
    yield from listed(packages, shown)


def listed(packages: Collection[Package], shown: int | None) -> Iterator[str]:
    """Yield a line for each package, ``shown`` at most, and how many there are besides."""
    for kind, name, version in sorted(packages)[:shown]:
        yield f"  {kind} {name} {version}".rstrip()
    if shown and len(packages) > shown:
        yield f"  and {len(packages) - shown} more"


def found_table(packages: Packages) -> Iterator[str]:
    """Yield the table of how many packages each tool found."""
    names = [name for name in (OURS, TRIVY, SYFT) if (name, OCI) in packages]
    kinds = sorted({kind for name in names for kind, _, _ in packages[name, OCI]})
    yield f"| Packages | {' | '.join(names)} |"
    yield f"|---|{'---:|' * len(names)}"
    for kind in kinds:
        counts = (sum(each[0] == kind for each in packages[name, OCI]) for name in names)
        yield f"| {kind} | {' | '.join(map(str, counts))} |"
