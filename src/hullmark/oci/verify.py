"""Digests of blobs and layers: measured by us, compared with what was promised.

Spec: https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests
"""

import hashlib
import mmap
import os
from collections.abc import Callable, Iterator, Sequence
from re import compile as regex

from msgspec import Struct

from hullmark.model import (
    Digest,
    Evidence,
    Finding,
    Kind,
    Layer,
    LayerState,
    Rule,
    Severity,
    SourceError,
)
from hullmark.unit import Blob

MAPPED_BYTES = 16 * 1024 * 1024
"""Mapped at a time: resident while it is hashed, and the step of progress."""

_DIGEST = regex(r"sha256:[0-9a-f]{64}").fullmatch

LAYER_DIGEST_MISMATCH = Rule(
    id="layer-digest-mismatch",
    title="Layer is not what its digest promises",
    kind=Kind.INTEGRITY,
    severity=Severity.CRITICAL,
    why="The bytes of a layer differ from the digest that the image's manifest, its configuration "
    "or a recorded list gives for them.\n\nEither the image was damaged on its way, or somebody "
    "changed it after it was built: whatever was reviewed or signed is not what would run.",
    remediation="Do not run the image. Fetch it again from where it was built, and compare.",
    references=("https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests",),
)
MANIFEST_DIGEST_MISMATCH = Rule(
    id="manifest-digest-mismatch",
    title="Manifest or configuration is not what its digest promises",
    kind=Kind.INTEGRITY,
    severity=Severity.CRITICAL,
    why="An index, manifest or configuration differs from the digest or the size by which it is "
    "referred to.\n\nThese documents name the layers and the command that runs: with them "
    "changed, matching layers prove nothing.",
    remediation="Do not run the image. Fetch it again from where it was built, and compare.",
    references=("https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests",),
)
MANIFEST_CONFIG_DISAGREE = Rule(
    id="manifest-config-disagree",
    title="Manifest, configuration and history disagree about the layers",
    kind=Kind.INTEGRITY,
    severity=Severity.HIGH,
    why="The manifest lists another number of layers than the configuration has diffIDs, or the "
    "history tells of another number of layers.\n\nRuntimes choose differently which of them to "
    "believe, so a reviewed image and a running one may differ.",
    remediation="Build the image again with a tool that writes all three, and compare.",
    references=("https://github.com/opencontainers/image-spec/blob/main/config.md#properties",),
)


def is_digest(text: str) -> bool:
    """Whether this is a SHA-256 digest as we read them; other algorithms are refused by name."""
    return _DIGEST(text) is not None


def digest_of(data: bytes) -> Digest:
    """SHA-256 of bytes in memory."""
    return Digest(f"sha256:{hashlib.sha256(data).hexdigest()}")


def measure(
    fd: int, offset: int, size: int, progress: Callable[[int], None] = lambda _: None
) -> Digest:
    """SHA-256 of a window of an open file; ``progress`` gets the bytes of each step.

    Pages are mapped, not copied. A file that is cut short meanwhile kills the process (SIGBUS),
    so this runs in processes of their own. ``SourceError`` when it is too short to begin with.
    """
    if size and not os.pread(fd, 1, offset + size - 1):
        raise SourceError("blob", f"ends before byte {offset + size}")
    sha256 = hashlib.sha256()
    end = offset + size
    while offset < end:
        start = offset - offset % mmap.ALLOCATIONGRANULARITY
        length = min(MAPPED_BYTES, end - start)
        with (
            mmap.mmap(fd, length, offset=start, access=mmap.ACCESS_READ) as pages,
            memoryview(pages) as view,
            view[offset - start :] as part,
        ):
            sha256.update(part)
        progress(start + length - offset)
        offset = start + length
    return Digest(f"sha256:{sha256.hexdigest()}")


class Measured(Struct, frozen=True, kw_only=True):
    """A layer's blob and the digests we took of it; empty where that could not be done."""

    blob: Blob
    digest: Digest = Digest("")
    diff_id: Digest = Digest("")


class Expected(Struct, frozen=True, kw_only=True):
    """Digests that somebody outside the target vouches for: config, and diffIDs base first."""

    config: str
    layers: tuple[str, ...]


def examine(
    measured: Sequence[Measured], config: str, expected: Expected | None
) -> tuple[tuple[Layer, ...], list[Finding]]:
    """Compare what was measured with what was promised and what was expected."""
    layers: list[Layer] = []
    findings: list[Finding] = []
    if expected is not None:
        findings += _unexpected(config, len(measured), expected)
    for number, each in enumerate(measured):
        wanted = expected.layers[number : number + 1] if expected else ()
        layer, wrong = _judge(each, wanted)
        layers.append(layer)
        if wrong:
            subject = layer.diff_id or layer.digest
            findings.append(_finding(LAYER_DIGEST_MISMATCH, subject, wrong))
    return tuple(layers), findings


def _judge(each: Measured, wanted: tuple[str, ...]) -> tuple[Layer, list[str]]:
    blob = each.blob
    wrong = list(_wrong(blob, each.digest, each.diff_id))
    if wanted and each.diff_id and each.diff_id != wanted[0]:
        wrong.append(f"diffID {wanted[0]} is expected, the layer is {each.diff_id}")
    state = LayerState.SELF
    if wrong:
        state = LayerState.MISMATCH
    elif not each.diff_id or not each.digest:
        state = LayerState.UNREAD
        if wanted:
            wrong.append(f"diffID {wanted[0]} is expected, the layer could not be read")
    elif blob.external or wanted:
        state = LayerState.EXTERNAL
    layer = Layer(
        digest=each.digest or blob.digest,
        diff_id=each.diff_id or blob.diff_id,
        size_bytes=blob.size,
        media_type=blob.media_type,
        state=state,
        command=blob.command,
    )
    return layer, wrong


def _unexpected(config: str, layers: int, expected: Expected) -> Iterator[Finding]:
    if config != expected.config:
        says = f"configuration {expected.config} is expected, the image has {config}"
        yield document_finding(config, says)
    if layers != len(expected.layers):
        says = f"{len(expected.layers)} layers are expected, the image has {layers}"
        yield document_finding(config, says)


def _wrong(blob: Blob, digest: Digest, diff_id: Digest) -> Iterator[str]:
    if blob.problem:
        yield blob.problem
        return
    if blob.promised_size not in (-1, blob.size):
        yield f"manifest promises {blob.promised_size} bytes, the blob has {blob.size}"
    if blob.digest and digest and digest != blob.digest:
        yield f"manifest promises {blob.digest}, the blob is {digest}"
    if blob.diff_id and diff_id and diff_id != blob.diff_id:
        yield f"configuration promises diffID {blob.diff_id}, the layer is {diff_id}"


def document_finding(subject: str, says: str) -> Finding:
    """A manifest, index or configuration that is not what its descriptor says."""
    return _finding(MANIFEST_DIGEST_MISMATCH, subject, [says])


def disagreement(subject: str, says: str) -> Finding:
    """Manifest, configuration and history that tell of different layers."""
    return _finding(MANIFEST_CONFIG_DISAGREE, subject, [says])


def _finding(rule: Rule, subject: str, says: list[str]) -> Finding:
    layer = subject if rule is LAYER_DIGEST_MISMATCH else ""
    return Finding(
        rule=rule.id,
        kind=rule.kind,
        severity=rule.severity,
        subject=subject,
        evidence=Evidence(at=subject, says="; ".join(says), layer=layer),
    )


RULES = (LAYER_DIGEST_MISMATCH, MANIFEST_DIGEST_MISMATCH, MANIFEST_CONFIG_DISAGREE)
