"""The machine we run on, as the host of its containers."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from hullmark.disk.mounts import Mount, mounts
from hullmark.disk.walk import FOLDER, link_target, open_below, walk
from hullmark.model import Artifact, ArtifactKind, Gap, SourceError
from hullmark.unit import Ask, OpenTree, TreeFile, source

KERNEL = frozenset(
    (
        *("autofs", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "debugfs", "devpts"),
        *("devtmpfs", "efivarfs", "fusectl", "hugetlbfs", "mqueue", "nsfs", "proc", "pstore"),
        *("rpc_pipefs", "securityfs", "selinuxfs", "sysfs", "tracefs"),
    )
)
"""File systems that hold the kernel's state and no files that somebody installed."""

REMOTE = frozenset(
    ("9p", "afs", "ceph", "cifs", "davfs", "fuse.sshfs", "glusterfs", "nfs", "nfs4", "smb3")
)
STORES = (
    "var/lib/docker",
    "var/lib/containers/storage",
    "var/lib/containerd",
    "var/lib/rancher/k3s/agent/containerd",
    "var/snap/docker/common/var-lib-docker",
)
"""Where engines unpack images: their packages are not the host's."""


@source(id="host", recognises=lambda target: target == "/")
@contextmanager
def host(ask: Ask) -> Iterator[OpenTree]:
    """The machine we run on: ``host:``. Kernel file systems are passed over, they hold no packages.

    Network file systems and the image stores of container engines are not read, and named
    as gaps: scan those images themselves. Lock files do not count, what is installed does.
    """
    try:
        root = os.open(ask.target or "/", FOLDER)
    except OSError as error:
        raise SourceError(ask.target, f"cannot be opened: {error.strerror}") from error
    mounted = {mount.path.lstrip("/"): mount for mount in mounts()}

    def leave_out(path: str, _: os.stat_result) -> str | None:
        if ask.leaves_out(path):
            return ""
        if path in STORES:
            return "image store of a container engine: scan its images instead"
        return _judge(mounted.get(path))

    def files(gaps: list[Gap]) -> Iterator[TreeFile]:
        return walk(root, gaps, leave_out)

    try:
        name = f"host:{os.uname().nodename}"
        artifact = Artifact(kind=ArtifactKind.HOST, name=name)
        yield OpenTree(
            artifact=artifact,
            walk=files,
            links=partial(link_target, root),
            declared=False,
            open=lambda path: open_below(root, path, leave_out),
        )
    finally:
        os.close(root)


def _judge(mount: Mount | None) -> str | None:
    """Whether what is mounted here belongs to the host's own files."""
    if mount is None:
        return None
    if mount.type in KERNEL:
        return ""
    if mount.type in REMOTE:
        return f"network file system ({mount.type})"
    if mount.type == "overlay":
        return "a container's root file system: scan its image instead"
    return None
