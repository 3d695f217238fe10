"""Debian's docker-registry, pushed to by skopeo: open, with a password, and with its own CA."""

import base64
import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from hullmark.model import LayerState, SourceError
from hullmark.unit import Access
from tests.images.build import STATUS, Documents, os_release, status, tagged, write_layout

TOOLS = [tool for tool in ("docker-registry", "skopeo", "openssl") if not shutil.which(tool)]
pytestmark = pytest.mark.skipif(bool(TOOLS), reason=f"needs {' and '.join(TOOLS)}")

HTPASSWD = "ada:$2y$05$/tWKBChd9sEGBXzAKG9RL.EOEgORuoZxoymIbuyWe.PIj5cBNxi3K\n"
"""Made by ``htpasswd -nbB ada s3cret``."""


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """Nobody's credentials but the test's."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def layout(tmp_path):
    """An index of two platforms, as builders push it."""
    images = [
        Documents([os_release(), [(STATUS, status(f"{name}@1"))]], "gzip", platform=platform)
        for name, platform in (("intel", "linux/amd64"), ("arm", "linux/arm64"))
    ]
    images[1].blobs |= images[0].blobs
    made = [
        {**each.manifest(), "platform": {"os": "linux", "architecture": name}}
        for each, name in zip(images, ("amd64", "arm64"), strict=True)
    ]
    top = images[1].index(*made, **tagged("1"))
    return write_layout(tmp_path / "layout", images[0].blobs | images[1].blobs, top)


@contextmanager
def served(tmp_path, **settings):
    """The registry with these settings; its host and port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    http = {"addr": address, **settings.pop("http", {})}
    value = {
        "version": "0.1",
        "log": {"level": "error", "accesslog": {"disabled": True}},
        "storage": {"filesystem": {"rootdirectory": str(tmp_path / "store")}},
        "http": http,
        **settings,
    }
    file = tmp_path / "registry.yml"
    file.write_text(json.dumps(value))
    with open(tmp_path / "registry.log", "wb") as log:
        running = subprocess.Popen(
            ["docker-registry", "serve", str(file)], stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _listening(address)
        yield address
    finally:
        running.terminate()
        running.wait(20)


def _listening(address):
    host, _, port = address.partition(":")
    for _ in range(200):
        try:
            socket.create_connection((host, int(port))).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)


def push(tmp_path, layout, host, *options):
    policy = tmp_path / "policy.json"
    policy.write_text('{"default":[{"type":"insecureAcceptAnything"}]}')
    skopeo = ["skopeo", "--policy", str(policy), "copy", "-q", "--all", "--dest-tls-verify=false"]
    there = f"docker://{host}/org/app:1"
    subprocess.run([*skopeo, *options, f"oci:{layout}:1", there], check=True, timeout=60)


def names(report):
    return [package.name for package in report.packages]


def test_an_open_registry_on_this_machine_needs_no_option(scan, tmp_path, layout):
    with served(tmp_path) as host:
        push(tmp_path, layout, host)
        report = scan(f"{host}/org/app:1", platform="linux/arm64")
        with pytest.raises(SourceError, match="has no image '2'"):
            scan(f"{host}/org/app:2")
    local = scan(f"oci:{layout}:1", platform="linux/arm64")
    assert names(report) == names(local) == ["arm"]
    assert report.artifact.layers == local.artifact.layers
    assert report.artifact.digest == local.artifact.digest


def test_digests_of_an_image_in_a_registry_are_verified(tmp_path, layout, monkeypatch):
    monkeypatch.setenv("HULLMARK_HOME", str(tmp_path / "cache"))
    verify = [sys.executable, "-m", "hullmark", "verify", "digests", "--platform", "linux/arm64"]
    with served(tmp_path) as host:
        push(tmp_path, layout, host)
        done = subprocess.run(
            [*verify, f"{host}/org/app:1"], capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("self-consistent only") == 2


def test_docker_manifests_are_read_from_a_real_registry(scan, tmp_path, layout):
    with served(tmp_path) as host:
        push(tmp_path, layout, host, "--format", "v2s2")
        report = scan(f"{host}/org/app:1", platform="linux/amd64")
    assert names(report) == ["intel"]
    assert report.artifact.layers[0].media_type.startswith("application/vnd.docker.image.rootfs")


def test_a_password_is_asked_for_and_taken_from_where_docker_keeps_it(
    scan, tmp_path, layout, monkeypatch
):
    users = tmp_path / "htpasswd"
    users.write_text(HTPASSWD)
    auth = {"htpasswd": {"realm": "here", "path": str(users)}}
    with served(tmp_path, auth=auth) as host:
        push(tmp_path, layout, host, "--dest-creds=ada:s3cret")
        with pytest.raises(SourceError, match="does not let us read 'org/app' without credentials"):
            scan(f"{host}/org/app:1")
        login = base64.b64encode(b"ada:s3cret").decode()
        (tmp_path / "config.json").write_text(json.dumps({"auths": {host: {"auth": login}}}))
        monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
        assert names(scan(f"{host}/org/app:1", platform="linux/arm64")) == ["arm"]


def test_a_registry_of_its_own_ca_is_trusted_only_with_that(scan, tmp_path, layout):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    made += ["-nodes", "-keyout", str(key), "-out", str(certificate), "-days", "2"]
    made += ["-subj", "/CN=registry", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run(made, check=True, capture_output=True, timeout=60)
    tls = {"tls": {"certificate": str(certificate), "key": str(key)}}
    with served(tmp_path, http=tls) as host:
        push(tmp_path, layout, host)
        with pytest.raises(SourceError, match="has no certificate to trust: self-signed"):
            scan(f"{host}/org/app:1")
        access = Access(ca_file=str(certificate))
        digest = scan(f"{host}/org/app:1", access=access, platform="linux/arm64").artifact.digest
        report = scan(f"{host}/org/app@{digest}", access=access)
        assert {each.state for each in report.artifact.layers} == {LayerState.EXTERNAL}
        with pytest.raises(SourceError, match="status 400"):
            scan(f"{host}/org/app:1", access=Access(plain_http=(host,)))
