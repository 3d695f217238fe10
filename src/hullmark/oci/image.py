"""From an index or a saved archive to one image's layers, every document checked on the way."""

import os
import platform as machine
from collections.abc import Iterable, Iterator, Sequence
from re import compile as regex
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from hullmark.model import Artifact, ArtifactKind, Digest, Finding, Gap, SourceError
from hullmark.oci import documents
from hullmark.oci.base import stated
from hullmark.oci.configured import image_config
from hullmark.oci.documents import (
    MAX_DOCUMENT_BYTES,
    Config,
    Descriptor,
    Index,
    Manifest,
    Platform,
    Saved,
    decode,
)
from hullmark.oci.exposed import exposure
from hullmark.oci.verify import digest_of, disagreement, document_finding, is_digest
from hullmark.unit import Blob, OpenImage

REF_NAME = "org.opencontainers.image.ref.name"
IMAGE_NAME = "io.containerd.image.name"
ATTESTATION = "vnd.docker.reference.type"
_BESIDE = regex(r"sha256-[0-9a-f]{64}(\.(att|sbom|sig))?\Z").match
"""Tags of what cosign and registries without referrers keep beside an image."""

MAX_INDEX_DEPTH = 4
MAX_MANIFESTS = 100_000
"""In an index and all those in it; each may itself name 40,000 others, a few levels deep."""

MAX_PLATFORMS_READ = 100
"""Manifests of which only the configuration says what they are for: two documents each."""

MAX_LAYERS = 1000
"""Overlay mounts end at 500, Docker refuses more than 127."""

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "armv7l": "arm", "i686": "386"}


class Place(Struct, frozen=True):
    """A stored blob: a window on an open file."""

    fd: int
    offset: int
    size: int


class Store(Protocol):
    """Blobs by digest and files by name, of a layout folder or a tar."""

    name: str

    def blob(self, descriptor: Descriptor) -> Place | None:
        """Where a blob is; ``None`` when it is missing."""

    def layer(self, descriptor: Descriptor) -> Place | None:
        """Where a layer is or will be; with a descriptor of -1 it stays away, which is a gap."""

    def file(self, path: str) -> Place | None:
        """Where a named file is; ``None`` when it is missing."""


def open_layout(store: Store, name: str, *, reference: str, platform: str) -> OpenImage:
    """The image of an OCI layout that ``reference`` (tag, digest or empty) and platform choose."""
    place = store.file("index.json")
    if place is None:
        raise SourceError(store.name, "has no index.json")
    index = decode(_whole(store, place), Index, f"{store.name}: index.json")
    opener = _Opener(store, name)
    chosen, external = opener.choose(index, reference, platform)
    asked = [each for each in index.manifests if _is_asked(each, reference)]
    return _through(asked, opener.image(chosen, external=external))


def open_manifest(
    store: Store, name: str, descriptor: Descriptor, *, platform: str, external: bool
) -> OpenImage:
    """The image of one manifest, or of the one in an index that fits the platform."""
    opener = _Opener(store, name)
    image = opener.image(opener.below(descriptor, platform), external=external)
    return _through([descriptor], image)


def _through(asked: Sequence[Descriptor], image: OpenImage) -> OpenImage:
    """An image with the index through which it was chosen, where that is the only one."""
    if len({each.digest for each in asked}) != 1 or not _is_index(asked[0]):
        return image
    return replace(image, artifact=replace(image.artifact, index=asked[0].digest))


def open_saved(store: Store, name: str, *, reference: str, platform: str) -> OpenImage:
    """The image of a ``docker save`` archive; ``SourceError`` when it is of another platform."""
    place = store.file("manifest.json")
    if place is None:
        raise SourceError(store.name, "has neither index.json nor manifest.json")
    images = decode(_whole(store, place), list[Saved], f"{store.name}: manifest.json")
    if reference:
        images = [image for image in images if _tagged(image, reference)]
    if len(images) != 1:
        tags = sorted(tag for image in images for tag in image.repo_tags or ())
        said = f"holds {len(images)} images ({', '.join(tags[:10])}): name one, as PATH:TAG"
        raise SourceError(store.name, said if images else f"holds no image {reference!r}")
    opened = _Opener(store, name).saved(images[0], platform)
    return replace(opened, names=tuple(images[0].repo_tags or ()))


def host_platform() -> Platform:
    """The platform that images for this machine have."""
    return Platform(os="linux", architecture=ARCHITECTURES.get(machine.machine(), ""))


def _tagged(image: Saved, reference: str) -> bool:
    return any(
        tag == reference or tag.rpartition(":")[2] == reference for tag in image.repo_tags or ()
    )


def _whole(store: Store, place: Place) -> bytes:
    """All bytes of a manifest or configuration; ``SourceError`` above the bound for them."""
    if place.size > MAX_DOCUMENT_BYTES:
        raise SourceError(store.name, f"a manifest of {place.size} bytes is not read")
    return os.pread(place.fd, place.size, place.offset)


class _Opener:
    """Collects findings while it follows descriptors."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._findings: list[Finding] = []
        self._gaps: list[Gap] = []
        self._listed = 0

    def choose(self, index: Index, reference: str, platform: str) -> tuple[Descriptor, bool]:
        """One manifest's descriptor, and whether the user gave its digest."""
        if is_digest(reference):
            for descriptor in self._flat(index, 0):
                if descriptor.digest == reference:
                    if not _is_index(descriptor):
                        return descriptor, True
                    return self.below(descriptor, platform), True
            raise SourceError(self._store.name, f"holds no manifest {reference}")
        top = [each for each in index.manifests if _is_meant(each, reference)]
        names = sorted({_label(each) for each in top})
        if not top:
            known = ", ".join(sorted({_label(each) for each in index.manifests})[:10])
            raise SourceError(self._store.name, f"holds no image {reference!r}, but: {known}")
        if len(names) > 1 and len({each.digest for each in top}) > 1:
            said = f"holds {len(names)} images ({', '.join(names[:10])}): name one, as PATH:TAG"
            raise SourceError(self._store.name, said)
        return self._for_platform(list(self._flat(Index(top), 0)), platform), False

    def _flat(self, index: Index, depth: int) -> Iterator[Descriptor]:
        """Manifests of an index and of those nested in it; attestations are no images."""
        yield from self._below(index, depth, set())

    def _below(self, index: Index, depth: int, seen: set[str]) -> Iterator[Descriptor]:
        """As ``_flat``; an index that comes again, as only one that lies can, is not read again."""
        if depth > MAX_INDEX_DEPTH:
            raise SourceError(self._store.name, f"indexes nested deeper than {MAX_INDEX_DEPTH}")
        self._listed += len(index.manifests)
        if self._listed > MAX_MANIFESTS:
            raise SourceError(self._store.name, f"lists more than {MAX_MANIFESTS} manifests")
        for descriptor in index.manifests:
            if _is_index(descriptor):
                yield descriptor
                if descriptor.digest not in seen:
                    seen.add(descriptor.digest)
                    nested = decode(self._document(descriptor), Index, descriptor.digest)
                    yield from self._below(nested, depth + 1, seen)
            elif not descriptor.note(ATTESTATION):
                yield descriptor

    def _for_platform(self, found: list[Descriptor], platform: str) -> Descriptor:
        images = [each for each in found if not _is_index(each)]
        wanted = platform or str(host_platform())
        if len({each.digest for each in images}) == 1 and not platform:
            return images[0]
        if sum(each.platform is None for each in images) > MAX_PLATFORMS_READ:
            said = f"holds more than {MAX_PLATFORMS_READ} images for unnamed platforms: name one"
            raise SourceError(self._store.name, said)
        platforms = [each.platform or self._platform(each) for each in images]
        for image, its_own in zip(images, platforms, strict=True):
            if _fits(its_own, wanted):
                return image
        raise self._not_for(wanted, platforms)

    def _platform(self, descriptor: Descriptor) -> Platform:
        """What the configuration says, where an index says nothing."""
        return self._read(descriptor)[1].platform

    def _not_for(self, wanted: str, platforms: Iterable[Platform]) -> SourceError:
        known = ", ".join(sorted({str(each) or "unnamed" for each in platforms}))
        return SourceError(self._store.name, f"has no image for {wanted}, but for: {known}")

    def below(self, descriptor: Descriptor, platform: str) -> Descriptor:
        """The manifest of an index that fits the platform."""
        return self._for_platform(list(self._flat(Index([descriptor]), 0)), platform)

    def image(self, descriptor: Descriptor, *, external: bool) -> OpenImage:
        """Follow a manifest to its configuration and layers."""
        manifest, config, digest = self._read(descriptor)
        layers = manifest.layers or []
        self._agree(descriptor.digest, len(layers), config)
        diff_ids, commands = config.diff_ids, _commands(config, len(layers))
        blobs = [
            self._blob(layer, diff_ids[number : number + 1], command, external=external)
            for number, (layer, command) in enumerate(zip(layers, commands, strict=True))
        ]
        return self._opened(digest, manifest.config.digest, config, blobs)

    def _read(self, descriptor: Descriptor) -> tuple[Manifest, Config, Digest]:
        """A manifest, its configuration and its digest as measured."""
        data = self._document(descriptor)
        manifest = decode(data, Manifest, f"{self._store.name}: {descriptor.digest}")
        config = decode(self._document(manifest.config), Config, manifest.config.digest)
        return manifest, config, digest_of(data)

    def saved(self, image: Saved, platform: str) -> OpenImage:
        """Follow one entry of manifest.json."""
        place = self._store.file(image.config)
        if place is None:
            raise SourceError(self._store.name, f"lacks its configuration {image.config!r}")
        data = _whole(self._store, place)
        digest = digest_of(data)
        self._check_config_name(image.config, digest)
        config = decode(data, Config, f"{self._store.name}: {image.config}")
        if platform and not _fits(config.platform, platform):
            raise self._not_for(platform, [config.platform])
        layers = image.layers or []
        self._agree(image.config, len(layers), config)
        commands = _commands(config, len(layers))
        blobs = []
        for number, (layer, command) in enumerate(zip(layers, commands, strict=True)):
            found = self._store.file(layer)
            promised = Digest((config.diff_ids[number : number + 1] or [""])[0])
            blobs.append(
                Blob(
                    fd=found.fd if found else -1,
                    offset=found.offset if found else 0,
                    size=found.size if found else 0,
                    digest=Digest(""),
                    diff_id=promised,
                    command=command,
                    problem="" if found else f"the archive lacks {layer!r}",
                )
            )
        return self._opened("", digest, config, blobs)

    def _blob(self, layer: Descriptor, diff_id: list[str], command: str, *, external: bool) -> Blob:
        place, problem = None, ""
        if not is_digest(layer.digest):
            problem = f"digest {layer.digest!r} is not SHA-256"
        else:
            place = self._store.layer(layer)
            if place is None and is_elsewhere(layer):
                why = "is kept elsewhere, as its manifest says, and was not read"
                self._gaps.append(Gap(unit="layer", subject=layer.digest, why=why))
                place = Place(-1, 0, layer.size)
            elif place is None:
                problem = f"blob {layer.digest} is missing"
        return Blob(
            fd=place.fd if place else -1,
            offset=place.offset if place else 0,
            size=place.size if place else 0,
            digest=Digest(layer.digest),
            diff_id=Digest(diff_id[0] if diff_id else ""),
            promised_size=layer.size,
            media_type=layer.media_type,
            command=command,
            external=external,
            problem=problem,
        )

    def _document(self, descriptor: Descriptor) -> bytes:
        """A small blob, its digest and size compared with its descriptor."""
        if not is_digest(descriptor.digest):
            raise SourceError(self._store.name, f"digest {descriptor.digest!r} is not SHA-256")
        place = self._store.blob(descriptor)
        if place is None:
            raise SourceError(self._store.name, f"lacks blob {descriptor.digest}")
        data = _whole(self._store, place)
        digest = digest_of(data)
        says = ""
        if digest != descriptor.digest:
            says = f"{descriptor.digest} is promised, the document is {digest}"
        elif len(data) != descriptor.size:
            says = f"{descriptor.size} bytes are promised, the document has {len(data)}"
        if says:
            found = document_finding(descriptor.digest, says)
            self._findings += [] if found in self._findings else [found]
        return data

    def _check_config_name(self, name: str, digest: str) -> None:
        """An archive calls its configuration by its digest: ``<hex>.json`` or ``blobs/...``."""
        stem = name.rpartition("/")[2].removesuffix(".json")
        promised = f"sha256:{stem}"
        if is_digest(promised) and promised != digest:
            says = f"{promised} is promised, the configuration is {digest}"
            self._findings.append(document_finding(promised, says))

    def _agree(self, subject: str, layers: int, config: Config) -> None:
        if layers > MAX_LAYERS:
            raise SourceError(self._store.name, f"{layers} layers are more than {MAX_LAYERS}")
        diff_ids = len(config.diff_ids)
        if layers != diff_ids:
            says = f"the manifest lists {layers} layers, the configuration {diff_ids}"
            self._findings.append(disagreement(subject, says))
        told = [step for step in config.history or () if not step.empty_layer]
        if config.history and len(told) != diff_ids:
            says = f"the history tells of {len(told)} layers, the configuration of {diff_ids}"
            self._findings.append(disagreement(subject, says))

    def _opened(
        self, digest: str, config_digest: str, config: Config, blobs: list[Blob]
    ) -> OpenImage:
        return OpenImage(
            artifact=Artifact(
                kind=ArtifactKind.IMAGE,
                name=self._name,
                digest=digest or config_digest,
                config=config_digest,
                platform=str(config.platform),
                created=config.created or "",
                base=stated(config, len(blobs)),
                exposure=exposure(config),
            ),
            blobs=tuple(blobs),
            findings=tuple(self._findings),
            gaps=tuple(self._gaps),
            config=image_config(config),
        )


def _commands(config: Config, layers: int) -> list[str]:
    """What made each layer, where the history tells of as many as there are."""
    told = [step.created_by for step in config.history or () if not step.empty_layer]
    return told if len(told) == layers else [""] * layers


def _is_meant(descriptor: Descriptor, reference: str) -> bool:
    """By its name; where nobody names one, whatever does not lie beside another."""
    if reference:
        return _named(descriptor, reference)
    return not descriptor.artifact_type and not _BESIDE(descriptor.note(REF_NAME))


def _is_asked(descriptor: Descriptor, reference: str) -> bool:
    """Whether it is the entry that a reference, by name or digest, leads to."""
    return descriptor.digest == reference or _is_meant(descriptor, reference)


def _named(descriptor: Descriptor, reference: str) -> bool:
    """By tag, or by name and tag, with or without the registry."""
    name = descriptor.note(IMAGE_NAME)
    return reference in (descriptor.note(REF_NAME), name) or name.endswith(f"/{reference}")


def _label(descriptor: Descriptor) -> str:
    return descriptor.note(IMAGE_NAME) or descriptor.note(REF_NAME) or "unnamed"


def is_elsewhere(layer: Descriptor) -> bool:
    """Whether a layer need not be with its image: Windows' base layers never were."""
    kinds = ("foreign", "nondistributable")
    return bool(layer.urls) or any(kind in layer.media_type for kind in kinds)


def _is_index(descriptor: Descriptor) -> bool:
    return "index" in descriptor.media_type or "manifest.list" in descriptor.media_type


def _fits(platform: Platform, wanted: str) -> bool:
    """Whether a manifest's platform is the wanted one; an unnamed variant fits any."""
    has, asks = str(platform).split("/"), wanted.split("/")
    return has[: len(asks)] == asks or (len(asks) > len(has) and asks[: len(has)] == has)


__all__ = [
    "Place",
    "Store",
    "documents",
    "host_platform",
    "open_layout",
    "open_manifest",
    "open_saved",
]
