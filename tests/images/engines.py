"""Real container tools on data of our own: their stores and sockets are below a test's folder."""

import os
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.roots import needs

START_S = 60.0
"""dockerd prepares its store on the first start."""


def run(*command: object, **variables: str) -> str:
    """What a command prints, which must succeed."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words, env=os.environ | variables, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{words}: {done.stdout[-500:]}{done.stderr[-2000:]}"
    return done.stdout


def needs_root() -> None:
    """Skip the test where we may not make what root makes."""
    if os.geteuid() != 0:
        pytest.skip("needs root")


def debian_root(folder: Path, suite: str) -> Path:
    """A tar of a small Debian root, made once for a folder by Debian's own tools."""
    needs("mmdebstrap")
    needs_root()
    made = folder / f"debian-{suite}.tar"
    if not made.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"debian-{suite}.{os.getpid()}.tar"
        command = ["mmdebstrap", "--quiet", "--variant=minbase", "--format=tar", suite, str(part)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            part.unlink(missing_ok=True)
            pytest.skip(f"needs a Debian mirror: {done.stderr[-300:]}")
        part.rename(made)
    return made


def dpkg_says(root: Path, folder: Path) -> set[tuple[str, ...]]:
    """Name, version, architecture and source of all that dpkg-query finds in a root's tar."""
    needs("dpkg-query")
    admin = folder / "var/lib/dpkg"
    with tarfile.open(root) as archive:
        members = [
            each for each in archive if each.name.removeprefix("./").startswith("var/lib/dpkg")
        ]
        archive.extractall(folder, members, filter="data")
    fields = ("Package", "Version", "Architecture", "source:Package", "source:Version")
    form = "\\t".join(f"${{{field}}}" for field in fields)
    lines = run("dpkg-query", f"--admindir={admin}", "-W", "-f", f"{form}\\n").splitlines()
    return {tuple(line.split("\t")) for line in lines}


@contextmanager
def docker_daemon(folder: Path) -> Iterator[str]:
    """The address of a Docker daemon that touches no network and nothing outside ``folder``."""
    needs("docker", "dockerd")
    needs_root()
    for driver in ("overlay2", "vfs"):
        home = folder / driver
        home.mkdir(parents=True)
        address = f"unix://{home / 'socket'}"
        command = ["dockerd", f"--host={address}", f"--pidfile={home / 'pid'}"]
        command += [f"--data-root={home / 'data'}", f"--exec-root={home / 'exec'}"]
        command += [f"--storage-driver={driver}", "--iptables=false", "--bridge=none"]
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            if answers(process, address):
                yield address
                return
        finally:
            process.terminate()
            process.wait()
            unmount(home / "data")
    tail = (folder / "vfs/log").read_text(errors="replace")[-1000:]
    pytest.skip(f"needs a Docker daemon that starts: {tail}")


CONTAINERD = """version = 2
root = "{0}/root"
state = "{0}/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "{0}/s"
"""


@contextmanager
def containerd_daemon(folder: Path) -> Iterator[Path]:
    """The socket of a containerd that keeps everything in ``folder``, whose name must be short."""
    needs("containerd", "ctr")
    needs_root()
    (folder / "config.toml").write_text(CONTAINERD.format(folder))
    command = ["containerd", "--config", str(folder / "config.toml")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + START_S
        asking = ["ctr", "--address", str(folder / "s"), "version"]
        while subprocess.run(asking, capture_output=True, check=False).returncode:
            assert time.monotonic() < deadline, (folder / "log").read_text()[-1000:]
            assert process.poll() is None, (folder / "log").read_text()[-1000:]
            time.sleep(0.1)
        yield folder / "s"
    finally:
        process.terminate()
        process.wait()


def unmount(folder: Path) -> None:
    """Let go of what an engine left mounted on its own folder, so that it can be removed."""
    mounted = Path("/proc/self/mounts").read_text()
    if f" {folder} " in mounted:  # bound to itself, which os.path.ismount does not see
        run("umount", "--lazy", "--recursive", folder)


def answers(process: subprocess.Popen[bytes], address: str) -> bool:
    """Whether the daemon came up."""
    deadline = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < deadline:
        asked = subprocess.run(
            ["docker", "--host", address, "version"], capture_output=True, check=False
        )
        if asked.returncode == 0:
            return True
        time.sleep(0.2)
    return False


class Podman:
    """podman with a store of its own."""

    def __init__(self, folder: Path) -> None:
        needs("podman")
        needs_root()
        self._store = folder / "root"
        self.base = (
            *("podman", "--root", self._store, "--runroot", folder / "run"),
            *("--storage-driver", "overlay", "--cgroup-manager", "cgroupfs"),
        )

    def close(self) -> None:
        """Let go of its store."""
        unmount(self._store / "overlay")

    def __call__(self, *command: object) -> str:
        return run(*self.base, *command)
