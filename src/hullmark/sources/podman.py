"""Images of podman on this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from hullmark.sources.docker import exported
from hullmark.unit import Ask, OpenImage, source


@source(id="podman", recognises=lambda _: False)
@contextmanager
def podman(ask: Ask) -> Iterator[OpenImage]:
    """An image of podman: ``podman:NAME[:TAG]`` or ``podman:ID``, by the socket of its service.

    The socket is that of ``CONTAINER_HOST``, else the user's below ``XDG_RUNTIME_DIR``, else
    ``/run/podman/podman.sock``; ``systemctl start podman.socket`` or ``podman system service``
    opens it. The archive that podman sends is put aside in an unnamed file of the cache.
    """
    own = f"{os.environ.get('XDG_RUNTIME_DIR', '/run')}/podman/podman.sock"
    with exported(ask, "podman", "CONTAINER_HOST", [own, "/run/podman/podman.sock"]) as image:
        yield image
