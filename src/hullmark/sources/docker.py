"""Images of a Docker daemon on this machine."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from hullmark.oci.daemon import Daemon, unix_socket
from hullmark.sources.archive import open_archive
from hullmark.unit import Ask, OpenImage, source


@source(id="docker", recognises=lambda _: False)
@contextmanager
def docker(ask: Ask) -> Iterator[OpenImage]:
    """An image of the Docker daemon: ``docker:NAME[:TAG]`` or ``docker:ID``; no client is needed.

    The socket is that of ``DOCKER_HOST``, else ``/var/run/docker.sock``, else the one of a daemon
    without root below ``XDG_RUNTIME_DIR``. The daemon packs the image as one archive whose
    manifest comes last, so it is put aside in an unnamed file of the cache while it is read.
    """
    sockets = [
        unix_socket("docker", "DOCKER_HOST"),
        "/var/run/docker.sock",
        f"{os.environ.get('XDG_RUNTIME_DIR', '/run')}/docker.sock",
    ]
    with ExitStack() as closing:
        fd = ask.scratch()
        closing.callback(os.close, fd)
        named = [sockets[0]] if sockets[0] else sockets[1:]
        Daemon("docker", named).export(ask.target, fd)
        yield open_archive(fd, f"docker:{ask.target}", platform=ask.platform)
