"""An image in a registry, pulled into an unnamed file for as long as it is read."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from msgspec.structs import replace

from hullmark.model import Gap, SourceError, StoreError
from hullmark.model.vex import Attached
from hullmark.oci.documents import Descriptor
from hullmark.oci.image import Place, open_manifest
from hullmark.oci.reference import is_reference, reference
from hullmark.sandbox.memory import keep_freed
from hullmark.unit import Ask, OpenImage, source

if TYPE_CHECKING:
    from hullmark.oci.registry import Registry

MAX_BLOB_BYTES = 64 * 1024**3
MAX_IMAGE_BYTES = 256 * 1024**3
"""What all blobs promise to take on disk; the largest public images have some 30 GB."""

PAGE_BYTES = 4096
"""Windows begin where pages of memory do."""

ELSEWHERE = ("foreign", "nondistributable")
"""In media types of layers that lie on servers which the manifest names, not in the registry."""


class Windows:
    """Documents, fetched when asked for, and layers, each with its place in a file to come."""

    def __init__(self, registry: "Registry", fd: int) -> None:
        self.name = registry.name
        self.gaps: list[Gap] = []
        self._registry = registry
        self._fd = fd
        self._end = 0
        self._places: dict[str, Place] = {}

    def blob(self, descriptor: Descriptor) -> Place:
        """A document, which must be what its descriptor says."""
        if descriptor.digest not in self._places:
            data = self._registry.document(descriptor)
            place = self._window(descriptor.digest, len(data))
            try:
                os.pwrite(self._fd, data, place.offset)
            except OSError as error:
                why = f"cannot be written to: {error.strerror}"
                raise StoreError("cache folder", why) from error
        return self._places[descriptor.digest]

    def layer(self, descriptor: Descriptor) -> Place:
        """Room for a layer, which stays elsewhere where no registry gives it."""
        if any(kind in descriptor.media_type for kind in ELSEWHERE):
            why = "is kept outside the registry and not fetched"
            self.gaps.append(Gap(unit="layer", subject=descriptor.digest, why=why))
            return Place(-1, 0, descriptor.size)
        if descriptor.media_type.endswith("+encrypted"):
            why = "is encrypted and not fetched"
            self.gaps.append(Gap(unit="layer", subject=descriptor.digest, why=why))
            return Place(-1, 0, descriptor.size)
        if descriptor.digest in self._places:
            place = self._places[descriptor.digest]
            if place.size != descriptor.size:
                raise SourceError(self.name, f"promises two sizes of {descriptor.digest}")
            return place
        return self._window(descriptor.digest, descriptor.size)

    def file(self, path: str) -> None:
        """A registry has no files by name."""

    def _window(self, digest: str, size: int) -> Place:
        place = Place(self._fd, self._end, size)
        self._end += -(-size // PAGE_BYTES) * PAGE_BYTES
        if size > MAX_BLOB_BYTES or self._end > MAX_IMAGE_BYTES:
            raise SourceError(self.name, f"promises more than {MAX_IMAGE_BYTES} bytes")
        self._places[digest] = place
        return place


def names_image(target: str) -> bool:
    """A reference with a tag or a digest; where a path has that name, others were asked before."""
    return not os.path.exists(target) and is_reference(target)


@source(id="registry", recognises=names_image)
@contextmanager
def registry(ask: Ask) -> Iterator[OpenImage]:
    """An image in a registry: ``registry:HOST/NAME:TAG`` or ``registry:HOST/NAME@sha256:...``.

    Without a prefix it is taken for one when it has a tag or a digest. Without a host it is
    Docker Hub's, as docker has it. Of several platforms this machine's is read, unless
    another is asked for. Layers that are in the cache are not fetched.

    Credentials are those of docker and podman (config.json, auth.json, credential helpers), or
    ``HULLMARK_REGISTRY_USERNAME`` and ``HULLMARK_REGISTRY_PASSWORD``, which are for the registry
    that the target names, or for that of ``HULLMARK_REGISTRY`` alone. Everything goes over TLS;
    ``--plain-http`` names hosts without, and registries on this machine may do without, as
    with docker.
    """
    # HTTP and TLS take 100 ms, which only those pay who pull.
    from hullmark.oci.fetching import Fetching  # noqa: PLC0415
    from hullmark.oci.registry import connect  # noqa: PLC0415
    from hullmark.oci.transport import Transport  # noqa: PLC0415

    wanted = reference(ask.target)
    with ExitStack() as closing:
        keep_freed()
        transport = Transport(ask.access.ca_file, ask.access.redirect_hosts)
        closing.callback(transport.close)
        found, descriptor, passed_over = connect(wanted, ask.access, os.environ, transport)
        fd = ask.scratch()
        closing.callback(os.close, fd)
        windows = Windows(found, fd)
        image = open_manifest(
            windows,
            f"registry:{wanted}",
            descriptor,
            platform=ask.platform,
            external=bool(wanted.digest),
        )
        attached: tuple[Attached, ...] = ()
        missed: tuple[Gap, ...] = ()
        if ask.access.attached:
            from hullmark.oci.attached import in_registry  # noqa: PLC0415

            digests = (image.artifact.digest, descriptor.digest)
            attached, missed = in_registry(
                found.name, digests, found.tagged, found.referrers, found.document
            )
        fetching = Fetching(found, transport, fd)
        closing.callback(fetching.stop)
        gaps = (*passed_over, *image.gaps, *windows.gaps, *missed)
        yield replace(
            image, gaps=gaps, attached=attached, fetch=fetching.fetch, give_up=fetching.give_up
        )
