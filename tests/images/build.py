"""Images made from nothing, in every form that tools write: what is in them is ours alone.

``make_image`` is for most tests; those that break an image change its documents before they
are written (``Documents``).
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import zstandard

from hullmark.model import Distribution, Fact, Licensed, Owned, Package
from hullmark.model.asked import Asked
from hullmark.model.pom import Pom
from hullmark.model.shipped import Shipped

OCI = "application/vnd.oci.image"
SUFFIXES = {"none": "", "gzip": "+gzip", "zstd": "+zstd"}
FORMS = ("oci", "archive", "docker-old", "docker-new")
CREATED = "2026-01-02T03:04:05Z"


class Symlink(NamedTuple):
    """A symbolic link to a path."""

    to: str


class Hardlink(NamedTuple):
    """A hard link to a path of the same layer, or of one below."""

    to: str


class Folder(NamedTuple):
    """A folder."""

    mode: int = 0o755


class Program(NamedTuple):
    """An executable file."""

    content: bytes


class Special(NamedTuple):
    """A device or a pipe, by its tar type."""

    type: bytes


What = bytes | str | Symlink | Hardlink | Folder | Program | Special
Members = Iterable[tuple[str, What]]


def member(name: str, what: What) -> tuple[tarfile.TarInfo, bytes]:
    """A header of a tar and the bytes that follow it."""
    info = tarfile.TarInfo(name)
    content = b""
    match what:
        case Symlink():
            info.type, info.linkname = tarfile.SYMTYPE, what.to
        case Hardlink():
            info.type, info.linkname = tarfile.LNKTYPE, what.to
        case Folder():
            info.type, info.mode = tarfile.DIRTYPE, what.mode
        case Special():
            info.type = what.type
        case Program():
            info.mode, content = 0o755, what.content
        case _:
            content = what.encode() if isinstance(what, str) else what
    info.size = len(content)
    return info, content


def tar(members: Members, form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar of these members, in their order; a name may come twice."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, what in members:
            info, content = member(name, what)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def pack(data: bytes, compression: str) -> bytes:
    """A layer as stored."""
    match compression:
        case "gzip":
            return gzip.compress(data, 6, mtime=0)
        case "zstd":
            return zstandard.compress(data)
    return data


def sha256(data: bytes) -> str:
    """A digest as manifests write it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


class Documents:
    """An image as blobs by digest, with the documents that tie them together.

    Change ``config``, ``layers`` (descriptors) or ``blobs`` before ``manifest`` is called, and
    what that returns before an index is written over it.
    """

    def __init__(
        self,
        layers: Sequence[Members | bytes],
        compression: str = "none",
        *,
        platform: str = "linux/amd64",
        commands: Sequence[str] = (),
    ) -> None:
        self.tars = [each if isinstance(each, bytes) else tar(each) for each in layers]
        self.blobs: dict[str, bytes] = {}
        kind = f"{OCI}.layer.v1.tar{SUFFIXES[compression]}"
        self.layers = [self.add(pack(data, compression), kind) for data in self.tars]
        os, architecture, *variant = platform.split("/")
        told = commands or [f"make layer {number}" for number in range(len(self.tars))]
        self.config: dict[str, Any] = {
            "architecture": architecture,
            "os": os,
            **({"variant": variant[0]} if variant else {}),
            "created": CREATED,
            "config": {"Cmd": ["/bin/true"]},
            "rootfs": {"type": "layers", "diff_ids": [sha256(data) for data in self.tars]},
            "history": [{"created_by": command} for command in told],
        }

    def add(self, data: bytes, media_type: str, **more: object) -> dict[str, Any]:
        """Store a blob; its descriptor."""
        digest = sha256(data)
        self.blobs[digest] = data
        return {"mediaType": media_type, "digest": digest, "size": len(data), **more}

    def document(self, value: object, media_type: str, **more: object) -> dict[str, Any]:
        """Store a JSON document; its descriptor."""
        return self.add(json.dumps(value).encode(), media_type, **more)

    def configuration(self) -> dict[str, Any]:
        """Store the configuration; its descriptor."""
        return self.document(self.config, f"{OCI}.config.v1+json")

    def manifest(self, **more: object) -> dict[str, Any]:
        """Store the manifest and its configuration; the manifest's descriptor."""
        kind = f"{OCI}.manifest.v1+json"
        value = {
            "schemaVersion": 2,
            "mediaType": kind,
            "config": self.configuration(),
            "layers": self.layers,
        }
        return self.document(value, kind, **more)

    def index(self, *manifests: Mapping[str, Any], **more: object) -> dict[str, Any]:
        """Store an index of these; its descriptor."""
        return self.document(index(*manifests), f"{OCI}.index.v1+json", **more)


def index(*manifests: Mapping[str, Any]) -> dict[str, Any]:
    """An index of these descriptors."""
    return {"schemaVersion": 2, "mediaType": f"{OCI}.index.v1+json", "manifests": manifests}


def tagged(tag: str) -> dict[str, dict[str, str]]:
    """What a descriptor carries to be found by a tag."""
    return {"annotations": {"org.opencontainers.image.ref.name": tag}}


def saved_as(name: str) -> dict[str, dict[str, str]]:
    """What docker save notes of an image's name."""
    full = {"io.containerd.image.name": f"docker.io/{name}"}
    short = {"org.opencontainers.image.ref.name": name.rpartition(":")[2]}
    return {"annotations": full | short}


def layout_files(
    blobs: Mapping[str, bytes], *manifests: Mapping[str, Any]
) -> Iterator[tuple[str, bytes]]:
    """Names and contents of an image layout."""
    yield "oci-layout", b'{"imageLayoutVersion": "1.0.0"}'
    for digest, data in blobs.items():
        yield f"blobs/{digest.replace(':', '/')}", data
    yield "index.json", json.dumps(index(*manifests)).encode()


def write_layout(folder: Path, blobs: Mapping[str, bytes], *manifests: Mapping[str, Any]) -> Path:
    """An image layout folder."""
    for name, data in layout_files(blobs, *manifests):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def docker_old(image: Documents, *tags: str) -> Iterator[tuple[str, What]]:
    """What docker save wrote up to version 24; a layer that comes again is a link."""
    config = json.dumps(image.config).encode()
    name = f"{sha256(config)[7:]}.json"
    folders: list[str] = []
    seen: dict[str, str] = {}
    for number, data in enumerate(image.tars):
        folder = sha256(f"{number} {sha256(data)}".encode())[7:]
        folders.append(folder)
        yield folder, Folder()
        yield f"{folder}/VERSION", "1.0"
        yield f"{folder}/json", json.dumps({"id": folder})
        first = seen.setdefault(sha256(data), folder)
        yield f"{folder}/layer.tar", (data if first == folder else Symlink(f"../{first}/layer.tar"))
    yield name, config
    layers = [f"{folder}/layer.tar" for folder in folders]
    saved = {"Config": name, "RepoTags": list(tags) or None, "Layers": layers}
    yield "manifest.json", json.dumps([saved])


def docker_new(image: Documents, *tags: str) -> Iterator[tuple[str, What]]:
    """What docker save writes from version 25 on: a layout with the old list beside it."""
    config = image.configuration()
    manifest = image.manifest()
    named = [{**manifest, **saved_as(tag)} for tag in tags] or [manifest]
    yield "blobs", Folder()
    yield "blobs/sha256", Folder()
    yield from layout_files(image.blobs, *named)
    layers = [f"blobs/{each['digest'].replace(':', '/')}" for each in image.layers]
    where = f"blobs/{config['digest'].replace(':', '/')}"
    yield "manifest.json", json.dumps([{"Config": where, "RepoTags": tags, "Layers": layers}])


def make_image(
    folder: Path,
    layers: Sequence[Members | bytes],
    *,
    form: str = "oci",
    compression: str = "none",
    tag: str = "latest",
    platform: str = "linux/amd64",
    name: str = "image",
) -> Path:
    """One image of these layers (members, or a ready tar), base first; where it was written.

    ``compression`` is of the layers (docker's old form has none).
    """
    image = Documents(layers, compression, platform=platform)
    if form == "oci":
        return write_layout(folder / name, image.blobs, image.manifest(**tagged(tag)))
    path = folder / f"{name}.tar"
    match form:
        case "archive":
            path.write_bytes(tar(layout_files(image.blobs, image.manifest(**tagged(tag)))))
        case "docker-old":
            path.write_bytes(tar(docker_old(image, f"{name}:{tag}")))
        case "docker-new":
            path.write_bytes(tar(docker_new(image, f"{name}:{tag}")))
        case _:
            raise ValueError(form)
    return path


OS_RELEASE = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'
STATUS = "var/lib/dpkg/status"


def status(*packages: str) -> str:
    """A dpkg status of packages given as ``name@version``."""
    fields = "Status: install ok installed\nArchitecture: amd64\nMaintainer: Us <us@example.org>\n"
    stanzas = []
    for package in packages:
        name, _, version = package.partition("@")
        stanzas.append(f"Package: {name}\n{fields}Version: {version}\nDescription: one\n")
    return "\n".join(stanzas)


def os_release() -> list[tuple[str, What]]:
    """The members that make a Debian 12."""
    return [
        ("usr/lib/os-release", OS_RELEASE),
        ("etc/os-release", Symlink("../usr/lib/os-release")),
    ]


def _manifest(fact: Asked | Pom) -> str:
    if isinstance(fact, Asked):
        return f"asks for {len(fact.names)} of {fact.type}"
    return f"project {fact.said_group}:{fact.artifact}:{fact.said_version}"


def named(fact: Fact) -> str:  # noqa: PLR0911 - one line a kind of fact
    """A fact as units' ``expect`` writes it."""
    match fact:
        case Package():
            return fact.purl
        case Owned():
            return f"owned {fact.type}/{fact.package}"
        case Shipped():
            count = len(fact.sums.splitlines())
            return f"shipped {fact.type}/{fact.package} {fact.algorithm} {count}"
        case Licensed():
            return " ".join(("licensed", f"{fact.type}/{fact.package}", *fact.licences))
        case Distribution():
            return f"distribution {fact.id} {fact.version}".rstrip()
        case Asked() | Pom():
            return _manifest(fact)
    return msgspec.json.encode(fact).decode()
