"""Images of containerd on this machine."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from msgspec.structs import replace

from hullmark.model import SourceError
from hullmark.oci.image import open_manifest
from hullmark.oci.reference import reference
from hullmark.unit import Ask, OpenImage, source

SOCKETS = ("/run/containerd/containerd.sock", "/run/k3s/containerd/containerd.sock")
ADDRESS, NAMESPACE = "CONTAINERD_ADDRESS", "CONTAINERD_NAMESPACE"


@source(id="containerd", recognises=lambda _: False)
@contextmanager
def containerd(ask: Ask) -> Iterator[OpenImage]:
    """An image of containerd: ``containerd:NAME[:TAG]``, in whatever namespace it is.

    ``CONTAINERD_ADDRESS`` names the socket (else that of containerd or k3s),
    ``CONTAINERD_NAMESPACE`` the only namespace to look in. Short names are Docker's: ``debian:12``
    is ``docker.io/library/debian:12``. Blobs are read where the daemon keeps them, without a
    copy; where we may not, they are asked for and put aside in the cache. Layers that the daemon
    has dropped after unpacking are gaps.
    """
    from hullmark.oci.containerd import Containerd, Content  # noqa: PLC0415 - 50 ms of HTTP/2

    known = [os.environ[ADDRESS].removeprefix("unix://")] if os.environ.get(ADDRESS) else SOCKETS
    found = next((path for path in known if os.path.exists(path)), known[0])
    if not os.path.exists(found):
        raise SourceError(f"containerd:{ask.target}", f"no daemon answers at {found}: no such file")
    with ExitStack() as closing:
        daemon = Containerd(found, os.environ.get(NAMESPACE, ""), closing)
        namespace, descriptor = daemon.find(names(ask.target))
        content = Content(daemon, namespace, ask.scratch, closing)
        name = f"containerd:{ask.target}"
        image = open_manifest(content, name, descriptor, platform=ask.platform, external=True)
        yield replace(image, gaps=(*image.gaps, *content.gaps))


def names(target: str) -> list[str]:
    """What an image may be called: as it was given, and in full, as Docker completes names."""
    try:
        return list(dict.fromkeys([target, str(reference(target))]))
    except SourceError:  # containerd takes any name
        return [target]
