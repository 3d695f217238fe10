"""Bills of materials that somebody else wrote."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from re import compile as regex
from stat import S_ISREG

from hullmark.model import Artifact, ArtifactKind, Gap, SourceError
from hullmark.unit import Ask, OpenTree, TreeFile, source

HEAD_BYTES = 256 * 1024
"""Where a document says what it is: CycloneDX and SPDX at once, Syft behind its long lists."""

_SIGNS = (
    ("cyclonedx-json", regex(rb'"bomFormat"\s*:\s*"CycloneDX"').search),
    ("spdx-json", regex(rb'"spdxVersion"\s*:\s*"SPDX-2').search),
    ("spdx-three-json", regex(rb'"@graph"\s*:|"@context"\s*:\s*"https://spdx\.org/').search),
    ("cyclonedx-xml", regex(rb"<bom\b[^>]{1,500}cyclonedx\.org/schema/bom").search),
    ("spdx-tag-value", regex(rb"(?m)^SPDXVersion:\s*SPDX-2").search),
    ("syft-json", regex(rb'"artifactRelationships"\s*:|anchore/syft').search),
)


def parser_of(fd: int) -> str:
    """Id of the parser for this bill, by the document's own words; empty for anything else."""
    status = os.fstat(fd)
    if not S_ISREG(status.st_mode):
        return ""
    head = os.pread(fd, HEAD_BYTES, 0)
    if status.st_size > HEAD_BYTES:
        head += os.pread(fd, HEAD_BYTES, status.st_size - HEAD_BYTES)
    if b"\0" in head[:1024]:
        return ""
    return next((id for id, sign in _SIGNS if sign(head)), "")


def is_bill(target: str) -> bool:
    """A file that says it is a bill of materials."""
    if not os.path.isfile(target):
        return False
    try:
        fd = _opened(target)
    except OSError:
        return False
    try:
        return bool(parser_of(fd))
    finally:
        os.close(fd)


@source(id="sbom", recognises=is_bill, parsers=[id for id, _ in _SIGNS])
@contextmanager
def sbom(ask: Ask) -> Iterator[OpenTree]:
    """A bill of materials: ``sbom:PATH``, whatever the file is called.

    CycloneDX 1.0 to 1.7 as JSON or XML, SPDX 2.2 and 2.3 as JSON or tag-value, SPDX 3.0 as
    JSON-LD, Syft's own JSON. What it lists counts as installed. It is read in the jailed worker.
    """
    try:
        fd = _opened(ask.target)
    except OSError as error:
        raise SourceError(ask.target, f"cannot be opened: {error.strerror}") from error
    try:
        id = parser_of(fd)
        if not id:
            raise SourceError(ask.target, "is no bill of materials that is known here")
        status = os.fstat(fd)
        file = TreeFile(
            path=os.fsencode(os.path.basename(ask.target)).decode(errors="backslashreplace"),
            mode=status.st_mode,
            uid=status.st_uid,
            gid=status.st_gid,
            size=status.st_size,
            open=lambda name: _again(fd, name),
            units=(id,),
        )

        def files(_: list[Gap]) -> Iterator[TreeFile]:
            yield file

        artifact = Artifact(kind=ArtifactKind.SBOM, name=f"sbom:{ask.target}")
        yield OpenTree(artifact=artifact, walk=files, links=lambda _: "", declared=True)
    finally:
        os.close(fd)


def _opened(path: str) -> int:
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)


def _again(fd: int, name: str) -> int:
    """A descriptor for the worker; a bill has no neighbours."""
    if name:
        raise FileNotFoundError(name)
    return os.dup(fd)
