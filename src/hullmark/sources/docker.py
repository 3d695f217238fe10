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
    own = f"{os.environ.get('XDG_RUNTIME_DIR', '/run')}/docker.sock"
    with exported(ask, "docker", "DOCKER_HOST", ["/var/run/docker.sock", own]) as image:
        yield image


@contextmanager
def exported(ask: Ask, name: str, variable: str, sockets: list[str]) -> Iterator[OpenImage]:
    """An image out of the daemon that ``variable`` names, or at the first of these sockets."""
    named = unix_socket(name, variable)
    with ExitStack() as closing:
        fd = ask.scratch()
        closing.callback(os.close, fd)
        Daemon(name, [named] if named else sockets).export(ask.target, fd)
        yield open_archive(fd, f"{name}:{ask.target}", platform=ask.platform)
