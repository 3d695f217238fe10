"""VEX that lies beside an image: as attestations of cosign, and as referrers of OCI 1.1.

Specs: https://github.com/sigstore/cosign/blob/main/specs/ATTESTATION_SPEC.md and
https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
Signatures are not verified here: whoever can write to the place can write what is found.
"""

import os
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec import Struct, field

from hullmark.model import Gap, SourceError
from hullmark.model.vex import Attached
from hullmark.oci.documents import MAX_DOCUMENT_BYTES, Descriptor, decode
from hullmark.oci.image import REF_NAME, Store
from hullmark.oci.verify import digest_of, is_digest

MAX_CANDIDATES = 100
"""Manifests beside one image that are looked into, and documents of each."""

MAX_ATTACHED_BYTES = 64 * 1024 * 1024
"""Of all that is read beside one image."""

UNIT = "vex"
ENDING = ".att"
KIND = "kind"
ATTESTATIONS = "dev.cosignproject.cosign/atts"
"""By what cosign save marks attestations in a layout."""

KINDS = ("in-toto", "dsse", "openvex", "sigstore.bundle")
"""In media types of manifests and layers that may hold VEX."""

_CONTEXT = "https://openvex.dev/ns"
_PREDICATES = (_CONTEXT, "text/vex")


class _Index(Struct, frozen=True, rename="camel"):
    manifests: list[Descriptor]


class _Subject(Struct, frozen=True):
    digest: str = ""


class _Manifest(Struct, frozen=True, rename="camel"):
    layers: list[Descriptor] | None = None
    subject: _Subject | None = None


class _Envelope(Struct, frozen=True, rename="camel"):
    payload: str = ""
    payload_type: str = ""
    dsse_envelope: "_Envelope | None" = None


class _About(Struct, frozen=True):
    digest: dict[str, str] = {}


class _Statement(Struct, frozen=True):
    predicate_type: str = field(name="predicateType", default="")
    context: object = field(name="@context", default=None)
    subject: list[_About] = []
    predicate: msgspec.Raw = msgspec.Raw(b"null")


class _Cosigned(Struct, frozen=True):
    """How older cosign wraps a predicate."""

    data: dict[str, object] | str = field(name="Data")


Read = Callable[[Descriptor], bytes]


def in_layout(store: Store, image: str) -> tuple[tuple[Attached, ...], tuple[Gap, ...]]:
    """What a layout holds beside the image of this digest; a gap for what cannot be read."""

    def read(descriptor: Descriptor) -> bytes:
        place = store.blob(descriptor) if is_digest(descriptor.digest) else None
        if place is None or place.size > MAX_DOCUMENT_BYTES:
            raise SourceError(descriptor.digest, "is missing or too large")
        return _checked(os.pread(place.fd, place.size, place.offset), descriptor)

    place = store.file("index.json")
    if place is None or place.size > MAX_DOCUMENT_BYTES:
        return (), ()
    data = os.pread(place.fd, place.size, place.offset)
    listed = decode(data, _Index, f"{store.name}: index.json").manifests
    looked = _Look(store.name, read, image)
    looked.around(each for each in listed if "index" in each.media_type)
    looked.into(listed)
    return tuple(looked.found), tuple(looked.gaps)


def in_registry(
    name: str,
    digests: Iterable[str],
    tagged: Callable[[str], bytes | None],
    referrers: Callable[[str], bytes | None],
    read: Read,
) -> tuple[tuple[Attached, ...], tuple[Gap, ...]]:
    """What a registry holds beside an image; the first digest is the image's own manifest's.

    ``tagged`` answers a manifest by tag, ``referrers`` an index, ``None`` where there is none.
    """
    first, *others = dict.fromkeys(digests)
    looked = _Look(name, read, first)
    looked.about.update(others)
    for digest in (first, *others):
        tag = digest.replace(":", "-")
        if data := tagged(f"{tag}{ENDING}"):
            looked.manifest(data, f"{name}:{tag}{ENDING}", is_named=True)
        listed = referrers(digest) or tagged(tag)
        if listed:
            looked.into(decode(listed, _Index, f"{name}: referrers").manifests)
    return tuple(looked.found), tuple(looked.gaps)


class _Look:
    """One look at what lies beside an image."""

    def __init__(self, name: str, read: Read, image: str) -> None:
        self.found: list[Attached] = []
        self.gaps: list[Gap] = []
        self.about = {image}
        self._name = name
        self._fetch = read
        self._left = MAX_ATTACHED_BYTES
        self._image = image
        self._seen: set[str] = set()

    def _read(self, descriptor: Descriptor) -> bytes:
        self._left -= descriptor.size
        if self._left < 0:
            why = f"is beyond the {MAX_ATTACHED_BYTES} bytes that are read beside an image"
            raise SourceError(descriptor.digest, why)
        return self._fetch(descriptor)

    def around(self, indexes: Iterable[Descriptor]) -> None:
        """Take indexes that list the image for the image: cosign attests to these."""
        for index in list(indexes)[:MAX_CANDIDATES]:
            try:
                nested = decode(self._read(index), _Index, index.digest).manifests
            except SourceError as error:
                self._missed(index.digest, error)
                continue
            if any(each.digest == self._image for each in nested):
                self.about.add(index.digest)

    def into(self, listed: Iterable[Descriptor]) -> None:
        """Every manifest that may hold VEX about the image."""
        tags = {digest.replace(":", "-") for digest in self.about}
        for each in listed:
            tag = each.note(REF_NAME)
            is_named = tag.removesuffix(ENDING) in tags or each.note(KIND) == ATTESTATIONS
            is_kind = any(kind in each.artifact_type for kind in KINDS)
            if not (is_named or is_kind) or each.digest in self._seen:
                continue
            if len(self._seen) >= MAX_CANDIDATES:
                why = f"more than {MAX_CANDIDATES} documents lie beside the image"
                self.gaps.append(Gap(unit=UNIT, subject=self._name, why=why))
                return
            self._seen.add(each.digest)
            try:
                data = self._read(each)
                if tag in tags:
                    self.into(decode(data, _Index, each.digest).manifests)
                else:
                    place = f"{self._name}@{each.digest}"
                    self.manifest(data, place, is_named=is_named)
            except SourceError as error:
                self._missed(each.digest, error)

    def manifest(self, data: bytes, place: str, *, is_named: bool) -> None:
        """Documents of one manifest, if it is about the image by its tag or subject."""
        try:
            manifest = decode(data, _Manifest, place)
            subject = manifest.subject.digest if manifest.subject else ""
            if not is_named and subject not in self.about:
                return
            for number, layer in enumerate(_layers(manifest, place), 1):
                self.found += self._documents(self._read(layer), f"{place} document {number}")
        except SourceError as error:
            self._missed(place, error)

    def _documents(self, data: bytes, name: str) -> Iterator[Attached]:
        """VEX in an envelope, a statement or by itself; other attestations are none."""
        try:
            payload = _opened(data)
            statement = msgspec.json.decode(payload, type=_Statement)
            if str(statement.context).startswith(_CONTEXT):
                yield Attached(name=name, data=payload)
            elif statement.predicate_type.startswith(_PREDICATES):
                about = {f"sha256:{each.digest.get('sha256', '')}" for each in statement.subject}
                if about & self.about:
                    yield Attached(name=name, data=self._inherited(statement.predicate))
        except (msgspec.DecodeError, UnicodeDecodeError, NoBase64, RecursionError) as error:
            raise SourceError(name, f"is no attestation: {error}") from error

    def _inherited(self, predicate: msgspec.Raw) -> bytes:
        """A document whose statements without a product are about the image."""
        document = msgspec.json.decode(predicate, type=dict[str, object])
        if "Data" in document:
            data = msgspec.json.decode(predicate, type=_Cosigned).data
            document = (
                msgspec.json.decode(data, type=dict[str, object]) if isinstance(data, str) else data
            )
        statements = document.get("statements")
        product = {"hashes": {"sha-256": self._image.removeprefix("sha256:")}}
        for each in statements if isinstance(statements, list) else ():
            if isinstance(each, dict) and not each.get("products"):
                each["products"] = [product]
        return msgspec.json.encode(document)

    def _missed(self, subject: str, error: SourceError) -> None:
        self.gaps.append(Gap(unit=UNIT, subject=subject, why=f"cannot be read: {error.why}"))


def _layers(manifest: _Manifest, place: str) -> list[Descriptor]:
    """Those that may hold VEX."""
    layers = [
        layer for layer in manifest.layers or () if any(kind in layer.media_type for kind in KINDS)
    ]
    if len(layers) > MAX_CANDIDATES:
        raise SourceError(place, f"has more than {MAX_CANDIDATES} documents")
    return layers


def _opened(data: bytes) -> bytes:
    """The payload of an envelope, or of the one in a bundle; what is no envelope as it is."""
    envelope = msgspec.json.decode(data, type=_Envelope)
    envelope = envelope.dsse_envelope or envelope
    if not envelope.payload_type:
        return data
    return b64decode(envelope.payload, validate=True)


def _checked(data: bytes, descriptor: Descriptor) -> bytes:
    """A document that is what its descriptor promises."""
    if digest_of(data) != descriptor.digest or len(data) != descriptor.size:
        raise SourceError(descriptor.digest, "is not what its digest promises")
    return data
