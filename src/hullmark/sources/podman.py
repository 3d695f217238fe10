"""Images of podman on this machine."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from hullmark.oci.daemon import Daemon, unix_socket
from hullmark.sources.archive import open_archive
from hullmark.unit import Ask, OpenImage, source


@source(id="podman", recognises=lambda _: False)
@contextmanager
def podman(ask: Ask) -> Iterator[OpenImage]:
    """An image of podman: ``podman:NAME[:TAG]`` or ``podman:ID``, by the socket of its service.

    The socket is that of ``CONTAINER_HOST``, else the user's below ``XDG_RUNTIME_DIR``, else
    ``/run/podman/podman.sock``; ``systemctl start podman.socket`` or ``podman system service``
    opens it. The archive that podman sends is put aside in an unnamed file of the cache.
    """
    sockets = [
        unix_socket("podman", "CONTAINER_HOST"),
        f"{os.environ.get('XDG_RUNTIME_DIR', '/run')}/podman/podman.sock",
        "/run/podman/podman.sock",
    ]
    with ExitStack() as closing:
        fd = ask.scratch()
        closing.callback(os.close, fd)
        named = [sockets[0]] if sockets[0] else sockets[1:]
        Daemon("podman", named).export(ask.target, fd)
        yield open_archive(fd, f"podman:{ask.target}", platform=ask.platform)
