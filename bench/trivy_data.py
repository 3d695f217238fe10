"""The advisories on hand as Trivy's own database, so that both judge by the same data.

Trivy's form: buckets of bbolt, by distribution and release (``debian 11``) or by ecosystem and
source (``pip::GHSA``), in each a bucket a package, in each a JSON value a vulnerability. bbolt is
written by a small program in Go, built from Debian's golang-github-coreos-bbolt-dev.
"""

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen, run
from typing import IO

from hullmark.advisories.grouping import is_cve, told
from hullmark.advisories.ranges import highest
from hullmark.model.advisory import Advisory, Affected
from hullmark.store.advisory_file import Advisories

SOURCE = Path(__file__).parent / "trivy_data" / "main.go"
LANGUAGES = {
    "Bitnami": "bitnami",
    "Go": "go",
    "Kubernetes": "k8s",
    "Maven": "maven",
    "NuGet": "nuget",
    "Packagist": "composer",
    "PyPI": "pip",
    "RubyGems": "rubygems",
    "crates.io": "cargo",
    "npm": "npm",
}
"""Ecosystems of OSV as Trivy names them."""

_system = re.compile(
    r"(?:(Debian):(\d+)|(Ubuntu):(\d+\.\d+)(?::LTS)?|(Alpine):v(\d+\.\d+))\Z"
).match
_SCHEMES = {"debian": "dpkg", "ubuntu": "dpkg", "alpine": "apk"}

Key = tuple[str, str, str]
"""Bucket, package, vulnerability."""

Entry = tuple[tuple[str, ...], str, dict[str, object]]


def database(advisories: str, folder: Path) -> Path:
    """Make a cache folder of Trivy's below ``folder``; the database itself is answered."""
    made = folder / "db" / "trivy.db"
    made.parent.mkdir(parents=True, exist_ok=True)
    made.unlink(missing_ok=True)
    writer = _built(folder)
    process = Popen([writer, str(made)], stdin=PIPE)
    with Advisories.open(advisories) as known, _stdin(process) as lines:
        for path, key, value in entries(known):
            line = json.dumps({"path": path, "key": key, "value": value})
            lines.write(line.encode() + b"\n")
    if process.wait():
        raise SystemExit("Trivy's database could not be written")
    _metadata(made.parent, 2)
    java = folder / "java-db"
    java.mkdir(exist_ok=True)
    _metadata(java, 1)
    (java / "trivy-java.db").unlink(missing_ok=True)
    with sqlite3.connect(java / "trivy-java.db") as rows:
        rows.executescript(
            "CREATE TABLE artifacts (id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT);"
            "CREATE TABLE indices (artifact_id INTEGER, version TEXT, sha1 BLOB, "
            " archive_type TEXT);"
        )
    return made


def entries(known: Advisories) -> Iterator[Entry]:
    """What Trivy's database holds: what several records say of one package is put together.

    Trivy itself, of two sources that tell of one vulnerability, takes one source's word.
    """
    of_system: dict[Key, str] = {}
    of_language: dict[Key, dict[str, list[str]]] = {}
    details: dict[str, str] = {}
    for record, affected, name in statements(known):
        if match := _system(affected.ecosystem):
            system, release = list(filter(None, match.groups()))
            _raise(of_system, (f"{system.lower()} {release}", affected.name, name), affected)
        elif language := LANGUAGES.get(affected.ecosystem):
            called = trivys_name(language, affected.name)
            one = of_language.setdefault((f"{language}::OSV", called, name), {})
            for key, values in language_advisory(record, affected).items():
                one.setdefault(key, []).extend(values)
        else:
            continue
        details.setdefault(name, record.summary)
    for (bucket, package, name), fixed in of_system.items():
        yield (bucket, package), name, {"FixedVersion": fixed} if fixed else {}
    for (bucket, package, name), one in of_language.items():
        yield (bucket, package), name, dict(one)
    for bucket in sorted({bucket for bucket, _, _ in of_language}):
        yield ("data-source",), bucket, {"ID": bucket, "Name": bucket}
    for name, summary in details.items():
        yield ("vulnerability",), name, {"Title": summary, "Severity": "MEDIUM"}


def trivys_name(language: str, name: str) -> str:
    """A package's name as Trivy looks it up: Go's as it is, others in small letters."""
    if language == "go":
        return name
    return name.lower().replace("_", "-") if language == "pip" else name.lower()


def statements(known: Advisories) -> Iterator[tuple[Advisory, Affected, str]]:
    """What each record says of each package about each of its vulnerabilities."""
    for record in known.records():
        for affected in record.affected:
            for names in told(record):
                yield record, affected, next(filter(is_cve, names), names[0])


def language_advisory(record: Advisory, affected: Affected) -> dict[str, list[str]]:
    """One package's advisory, its ranges as Trivy writes them: ``>=1.0, <1.4``."""
    vulnerable, patched = [], []
    for each in affected.ranges:
        if each.kind == "GIT":
            continue
        low = ""
        for kind, version in each.events:
            if kind == "introduced":
                if low:
                    vulnerable.append(f">={low}")
                low = version
                continue
            sign = "<=" if kind == "last_affected" else "<"
            vulnerable.append(f"{sign}{version}" if low == "0" else f">={low}, {sign}{version}")
            patched += [version] if kind == "fixed" else []
            low = ""
        if low:
            vulnerable.append(f">={low}")
    if not affected.ranges or all(each.kind == "GIT" for each in affected.ranges):
        vulnerable += [f"={version}" for version in affected.versions]
    return {
        "VendorIDs": [record.id],
        "VulnerableVersions": vulnerable,
        "PatchedVersions": patched,
    }


def _raise(found: dict[Key, str], key: Key, one: Affected) -> None:
    """Of several advisories about one package the highest version ends it."""
    scheme = _SCHEMES[key[0].partition(" ")[0]]
    fixes = [version for each in one.ranges for kind, version in each.events if kind == "fixed"]
    before = found.get(key)
    if before == "" or not fixes:
        found[key] = ""
    else:
        found[key] = highest([*fixes, *([before] if before else [])], scheme)


def _stdin(process: Popen[bytes]) -> IO[bytes]:
    if process.stdin is None:
        raise SystemExit("no pipe to the program that writes bbolt")
    return process.stdin


def _metadata(folder: Path, version: int) -> None:
    far = "2099-01-01T00:00:00Z"
    told = {"Version": version, "NextUpdate": far, "UpdatedAt": far, "DownloadedAt": far}
    (folder / "metadata.json").write_text(json.dumps(told))


def _built(folder: Path) -> str:
    """The program that writes bbolt."""
    made = folder / "write-bbolt"
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode"}
    environment["GOCACHE"] = str(folder / "go")
    run(["go", "build", "-o", str(made), str(SOURCE)], check=True, env=environment)
    return str(made)
