"""Images out of daemons: real ones, and one that misbehaves."""

import socket
import subprocess
import threading
import time
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from hullmark.model import LayerState, SourceError
from hullmark.oci import containerd, daemon
from hullmark.oci.containerd import Containerd
from hullmark.sources import containerd as containerd_source
from tests.images.build import make_image, os_release, status
from tests.images.engines import Podman, containerd_daemon, docker_daemon, needs_root, run
from tests.roots import needs

LAYERS = [
    [*os_release(), ("var/lib/dpkg/status", status("bash@5.2"))],
    [("srv/node_modules/left/package.json", '{"name": "left", "version": "1.0.0"}')],
]


@pytest.fixture
def short():
    """A folder of short name: sockets end at 108 characters, podman's folders at 50."""
    with TemporaryDirectory(dir="/tmp", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def told(report):
    layers = [layer.diff_id for layer in report.artifact.layers]
    return report.artifact.config, layers, [package.purl for package in report.packages]


def test_an_image_of_a_docker_daemon_is_what_was_loaded(scan, tmp_path, short, monkeypatch):
    archive = make_image(tmp_path, LAYERS, form="docker-old", name="shop", tag="1")
    with docker_daemon(short) as address:
        run("docker", "--host", address, "load", "-i", archive)
        monkeypatch.setenv("DOCKER_HOST", address)
        by_name, here = scan("docker:shop:1"), scan(f"archive:{archive}")
        assert told(by_name) == told(here)
        assert by_name.artifact.name == "docker:shop:1"
        by_id = scan(f"docker:{by_name.artifact.config}")
        assert told(by_id) == told(here)
        with pytest.raises(SourceError, match="docker:absent:2: the daemon has no such image"):
            scan("docker:absent:2")


def test_an_image_of_podman_is_what_was_loaded(scan, tmp_path, short, monkeypatch):
    archive = make_image(tmp_path, LAYERS, form="docker-old", name="shop", tag="1")
    address = short / "socket"
    with closing(Podman(short)) as podman:
        podman("load", "-i", archive)
        with service(podman, address):
            monkeypatch.setenv("CONTAINER_HOST", f"unix://{address}")
            assert told(scan("podman:shop:1")) == told(scan(f"archive:{archive}"))
            with pytest.raises(SourceError, match="podman:absent: the daemon has no such image"):
                scan("podman:absent")


def test_an_image_of_containerd_is_what_was_imported(scan, tmp_path, short, monkeypatch):
    archive = make_image(tmp_path, LAYERS, form="archive", compression="gzip", name="shop", tag="1")
    with containerd_daemon(short) as address:
        ctr = ("ctr", "--address", address, "--namespace", "apart")
        run(*ctr, "images", "import", "--base-name", "docker.io/library/shop", archive)
        monkeypatch.setenv("CONTAINERD_ADDRESS", str(address))
        here = scan(f"archive:{archive}")
        there = scan("containerd:shop:1")
        assert told(there) == told(here)
        assert {layer.state for layer in there.artifact.layers} == {LayerState.EXTERNAL}
        monkeypatch.setattr(Containerd, "content_root", lambda _self, _namespace: "")
        assert told(scan("containerd:docker.io/library/shop:1")) == told(here), "asked for"
        monkeypatch.setenv("CONTAINERD_NAMESPACE", "apart")
        assert told(scan("containerd:shop:1")) == told(here)
        monkeypatch.setenv("CONTAINERD_NAMESPACE", "other")
        with pytest.raises(SourceError, match="has no image 'shop:1' in namespace 'other'"):
            scan("containerd:shop:1")
        monkeypatch.delenv("CONTAINERD_NAMESPACE")
        with pytest.raises(SourceError, match="has no image 'shop:2' in any namespace"):
            scan("containerd:shop:2")


def test_a_layer_that_containerd_has_dropped_is_a_gap(scan, tmp_path, short, monkeypatch):
    archive = make_image(tmp_path, LAYERS, form="archive", compression="gzip", name="shop", tag="1")
    with containerd_daemon(short) as address:
        ctr = ("ctr", "--address", address)
        run(*ctr, "images", "import", "--base-name", "docker.io/library/shop", archive)
        monkeypatch.setenv("CONTAINERD_ADDRESS", str(address))
        layer = scan("containerd:shop:1").artifact.layers[0]
        [kept] = short.rglob(layer.digest.removeprefix("sha256:"))
        run(*ctr, "content", "rm", layer.digest)
        deadline = time.monotonic() + 30
        while kept.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        report = scan("containerd:shop:1")
        assert report.artifact.layers[0].state is LayerState.UNREAD
        assert any("containerd does not keep it" in gap.why for gap in report.gaps)


DIGEST = f"sha256:{'a' * 64}"
NAMES = {
    "debian": ["debian", "docker.io/library/debian:latest"],
    "debian:12": ["debian:12", "docker.io/library/debian:12"],
    "team/shop:1": ["team/shop:1", "docker.io/team/shop:1"],
    "host:5000/shop": ["host:5000/shop", "host:5000/shop:latest"],
    "registry.example/a/b:1": ["registry.example/a/b:1"],
    f"a@{DIGEST}": [f"a@{DIGEST}", f"docker.io/library/a@{DIGEST}"],
    "odd name": ["odd name"],
}


@pytest.mark.parametrize(("reference", "names"), NAMES.items(), ids=NAMES.keys())
def test_short_names_are_dockers(reference, names):
    assert containerd_source.names(reference) == names


def test_no_containerd_and_one_that_speaks_something_else(scan, tmp_path, monkeypatch):
    monkeypatch.setenv("CONTAINERD_ADDRESS", f"unix://{tmp_path}/s")
    with pytest.raises(SourceError, match=r"no daemon answers at .*/s: no such file"):
        scan("containerd:shop:1")
    answers = (b"HTTP/1.1 200 OK\r\n\r\n", b"", b"\0\0\0\4\0\0\0\0\0" + b"\xff" * 500)
    for number, answer in enumerate(answers):
        monkeypatch.setenv("CONTAINERD_ADDRESS", f"{tmp_path}/{number}")
        with answering(tmp_path / str(number), answer), pytest.raises(SourceError) as error:
            scan("containerd:shop:1")
        assert "\n" not in str(error.value)


@contextmanager
def service(podman, address):
    """podman's API at a socket."""
    needs("podman")
    needs_root()
    command = [*map(str, podman.base), "system", "service", "--time=0", f"unix://{address}"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while not address.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def answering(path, answer: bytes):
    """A daemon that sends these bytes to whoever asks, and hangs up."""

    def serve():
        while True:
            try:
                peer, _ = server.accept()
            except OSError:
                return
            with closing(peer):
                peer.recv(65536)
                peer.sendall(answer)

    with closing(socket.socket(socket.AF_UNIX)) as server:
        server.bind(str(path))
        server.listen()
        thread = threading.Thread(target=serve)
        thread.start()
        yield
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


ANSWERS = {
    "error": (
        b'HTTP/1.1 500 No\r\nContent-Length: 22\r\n\r\n{"message": "disk bad"}',
        r"the daemon says: disk bad|the daemon says: No \(500\)",
    ),
    "html": (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\n<html>", r"Forbidden \(403\)"),
    "cut": (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nabc", "broke off at .*more expected"),
    "chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "broke off"),
    "no http": (b"hello\r\n\r\n", "broke off"),
    "deep": (
        b"HTTP/1.1 500 No\r\nContent-Length: 99999\r\n\r\n" + b'{"a":' * 16666 + b"[[[",
        r"the daemon says: No \(500\)",
    ),
    "nothing": (b"", "broke off"),
    "no tar": (b"HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n" + b"x" * 600, "not a tar"),
    "headers": (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 1000 + b"\r\n", "broke off"),
}


@pytest.mark.parametrize(("answer", "says"), ANSWERS.values(), ids=ANSWERS.keys())
def test_a_daemon_that_misbehaves_is_one_clear_error(answer, says, scan, tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/s")
    with answering(tmp_path / "s", answer), pytest.raises(SourceError, match=says) as error:
        scan("docker:shop:1")
    assert "\n" not in str(error.value)


def test_a_daemon_cannot_fill_the_disk(scan, tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/s")
    monkeypatch.setattr(daemon, "MAX_ARCHIVE_BYTES", 500)
    answer = ANSWERS["no tar"][0]
    with answering(tmp_path / "s", answer), pytest.raises(SourceError, match="more than 500 bytes"):
        scan("docker:shop:1")


@pytest.mark.parametrize("name", ["\udcff", "a b", "../x?y#z"])
def test_odd_names_are_asked_for_as_they_are(name, scan, tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/s")
    monkeypatch.setenv("CONTAINERD_ADDRESS", f"{tmp_path}/s")
    monkeypatch.setenv("CONTAINERD_NAMESPACE", "\xe9")
    with answering(tmp_path / "s", b"HTTP/1.1 404 No\r\n\r\n"):
        with pytest.raises(SourceError, match="has no such image"):
            scan(f"docker:{name}")
        with pytest.raises(SourceError, match=r"Images/Get: "):
            scan(f"containerd:{name}")


@pytest.mark.parametrize("error", [ValueError("odd status"), containerd.NotFoundError()])
def test_a_head_that_makes_no_sense_is_one_clear_error(error, monkeypatch):
    def stream(*_, **__):
        raise error

    with ExitStack() as closing:
        there = Containerd("/none", "", closing)
        monkeypatch.setattr(there._pool, "stream", stream)
        with pytest.raises(SourceError, match=r"odd status|lists no namespaces"):
            there.find(["shop:1"])


@pytest.mark.parametrize("sent", [b"abc", b"abcdefg"])
def test_content_that_is_not_as_long_as_containerd_says_is_refused(sent, monkeypatch):
    def told(number, value):  # a field of bytes
        return bytes([number << 3 | 2, len(value)]) + value

    def stream(_, method, *__):
        info = told(1, bytes([2 << 3, 5]))
        yield info if method.endswith("Info") else told(2, sent)

    monkeypatch.setattr(containerd.Containerd, "_stream", stream)
    taken: list[bytes] = []
    with ExitStack() as closing, pytest.raises(SourceError, match=r"cut short|more than it says"):
        containerd.Containerd("/none", "x", closing).read("sha256:a", "x", taken.append)
    assert sum(map(len, taken)) <= 5


def test_without_a_daemon_the_socket_is_named(scan, tmp_path, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none")
    with pytest.raises(SourceError, match=r"no daemon answers at .*/none: No such file"):
        scan("docker:shop:1")
    monkeypatch.setenv("CONTAINER_HOST", "ssh://root@host")
    with pytest.raises(SourceError, match="CONTAINER_HOST='ssh://root@host' is no Unix socket"):
        scan("podman:shop:1")
