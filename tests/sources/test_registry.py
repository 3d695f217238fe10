"""Images in registries: what is asked of whom, what is not, and what comes of it."""

import base64
import json
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from hullmark.apps.cli import target as targets
from hullmark.intake import opened
from hullmark.model import LayerState, ParseError, SourceError, StoreError
from hullmark.oci import credentials as logins
from hullmark.oci import exchange, fetching
from hullmark.oci.arriving import Arriving, let_go
from hullmark.oci.authorization import Challenge, read_challenges
from hullmark.oci.credentials import Credentials, credentials
from hullmark.oci.reference import reference
from hullmark.oci.transport import BusyError
from hullmark.unit import Access, Blob
from tests.images.build import (
    STATUS,
    Documents,
    Symlink,
    os_release,
    sha256,
    status,
    tagged,
    write_layout,
)
from tests.images.hub import hub

LAYERS = (
    [*os_release(), (STATUS, status("adduser@3.134"))],
    [("srv/readme", "hello")],
)
DIGEST = "sha256:" + "a" * 64
BASIC = "Basic " + base64.b64encode(b"ada:secret").decode()


@pytest.fixture(autouse=True, params=[0, fetching.EARLY_BYTES], ids=["as-it-comes", "whole"])
def alone(request, monkeypatch, tmp_path):
    """Nobody's credentials but the test's, and no patience; blobs are read both ways."""
    monkeypatch.setattr(fetching, "EARLY_BYTES", request.param)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(exchange, "FIRST_WAIT_S", 0.01)


@pytest.fixture
def image():
    return Documents(LAYERS, "gzip")


def log_in(monkeypatch, name="ada", password="secret"):
    monkeypatch.setenv("HULLMARK_REGISTRY_USERNAME", name)
    monkeypatch.setenv("HULLMARK_REGISTRY_PASSWORD", password)


def names(report):
    return [package.name for package in report.packages]


@pytest.mark.parametrize("compression", ["gzip", "zstd", "none"])
def test_an_image_in_a_registry_is_reported_as_its_layout_is(scan, tmp_path, compression):
    image = Documents(LAYERS, compression)
    layout = write_layout(tmp_path / "layout", image.blobs, image.manifest(**tagged("1")))
    with hub(image) as there:
        pulled = scan(there.target, access=there.access)
    local = scan(f"oci:{layout}")
    assert names(pulled) == names(local) == ["adduser"]
    assert pulled.artifact.layers == local.artifact.layers
    assert pulled.artifact.digest == local.artifact.digest
    assert pulled.artifact.name == f"registry:{there.host}/app:1"
    assert (pulled.gaps, pulled.findings) == (local.gaps, local.findings)


def test_of_an_index_the_image_for_the_wanted_platform_is_pulled(scan, image):
    arm = Documents([[(STATUS, status("arm@1"))]], "gzip", platform="linux/arm64")
    arm.blobs = image.blobs | arm.blobs
    image.blobs = arm.blobs
    platforms = {"os": "linux", "architecture": "amd64"}, {"os": "linux", "architecture": "arm64"}
    manifests = [
        {**each.manifest(), "platform": platform}
        for each, platform in zip((image, arm), platforms, strict=True)
    ]
    with hub(image, image.index(*manifests)) as there:
        found = scan(there.target, access=there.access, platform="linux/arm64")
        assert names(found) == ["arm"]
        with pytest.raises(SourceError, match="has no image for linux/s390x, but for: linux/amd64"):
            scan(there.target, access=there.access, platform="linux/s390x")


def test_docker_schema_2_is_read_as_oci_is(scan, image):
    docker = "application/vnd.docker.distribution.manifest"
    config = image.configuration()
    value = {"schemaVersion": 2, "config": config, "layers": image.layers}
    top = image.document({**value, "mediaType": f"{docker}.v2+json"}, f"{docker}.v2+json")
    entry = {**top, "platform": {"os": "linux", "architecture": "amd64"}}
    listed = {"schemaVersion": 2, "mediaType": f"{docker}.list.v2+json", "manifests": [entry]}
    for each in (top, image.document(listed, f"{docker}.list.v2+json")):
        with hub(image, each) as there:
            assert names(scan(there.target, access=there.access)) == ["adduser"]


@pytest.mark.parametrize("said", ["application/vnd.docker.distribution.manifest.v1+prettyjws", ""])
def test_schema_1_is_refused_by_name(scan, image, said):
    top = image.document({"schemaVersion": 1, "fsLayers": []}, said)
    with hub(image, top) as there, pytest.raises(SourceError, match="schema 1, which is not read"):
        scan(there.target, access=there.access)


def test_a_digest_from_the_user_vouches_for_the_layers(scan, image):
    with hub(image) as there:
        target = f"registry:{there.host}/app@{there.tags['1']}"
        assert {each.state for each in scan(target, access=there.access).artifact.layers} == {
            LayerState.EXTERNAL
        }
        tag = scan(there.target, access=there.access)
        assert {each.state for each in tag.artifact.layers} == {LayerState.SELF}
        where = f"arch=amd64&repository_url={there.host}/app&tag=1"
        assert tag.artifact.purl == f"pkg:oci/app@{there.tags['1']}?{where}"


def test_layers_in_the_cache_are_not_fetched(scan, image):
    layers = {each["digest"] for each in image.layers}
    with hub(image) as there:
        first = scan(there.target, access=there.access, use_cache=True)
        assert layers <= set(there.fetched)
        there.asked.clear()
        again = scan(there.target, access=there.access, use_cache=True)
    assert not layers & set(there.fetched)
    assert again == first


def test_a_cached_layer_is_fetched_when_a_link_in_another_wants_more_of_it(scan):
    base = [("opt/db/status", status("hidden@1"))]
    linked = [("var/lib/dpkg", Symlink("../../opt/db"))]
    alone, both = Documents([base], "gzip"), Documents([base, linked], "gzip")
    with hub(alone) as there:
        scan(there.target, access=there.access, use_cache=True)
    with hub(both) as there:
        assert names(scan(there.target, access=there.access, use_cache=True)) == ["hidden"]


def test_a_broken_connection_is_taken_up_where_it_broke(scan):
    image = Documents([[*LAYERS[0], ("blob", os.urandom(3_000_000))]])
    layer, data = image.layers[0]["digest"], image.blobs[image.layers[0]["digest"]]

    def breaking(request):
        if request.path.endswith(layer) and "Range" not in request.headers:
            request.answer(200, data[:1_500_000], content_length=str(len(data)))
            request.close_connection = True
            return True
        return False

    with hub(image) as there:
        there.first = breaking
        report = scan(there.target, access=there.access)
    assert names(report) == ["adduser"]
    ranges = [headers["Range"] for path, headers in there.asked if "Range" in headers]
    assert len(ranges) == 1
    assert 0 < int(ranges[0][6:-1]) <= 1_500_000


def test_a_registry_without_ranges_sends_all_again(scan):
    image = Documents([[*LAYERS[0], ("blob", os.urandom(2_000_000))]])
    layer, data = image.layers[0]["digest"], image.blobs[image.layers[0]["digest"]]
    tries = []

    def breaking(request):
        if not request.path.endswith(layer):
            return False
        tries.append(1)
        request.answer(
            200, data[:900_000] if len(tries) < 3 else data, content_length=str(len(data))
        )
        request.close_connection = True
        return True

    with hub(image) as there:
        there.first = breaking
        assert names(scan(there.target, access=there.access)) == ["adduser"]


def test_a_registry_without_ranges_may_take_its_time_to_send_all_again(scan, monkeypatch):
    monkeypatch.setattr(fetching, "SLOW_S", 0.1)
    monkeypatch.setattr(fetching, "SLOW_BYTES", 1000)
    image = Documents([[*LAYERS[0], ("blob", os.urandom(800_000))]])
    layer, data = image.layers[0]["digest"], image.blobs[image.layers[0]["digest"]]
    tries = []

    def breaking(request):
        if not request.path.endswith(layer):
            return False
        tries.append(1)
        if len(tries) == 1:
            request.answer(200, data[:700_000], content_length=str(len(data)))
            request.close_connection = True
            return True
        request.answer(200, b"", content_length=str(len(data)))
        for at in range(0, len(data), 100_000):
            request.wfile.write(data[at : at + 100_000])
            time.sleep(0.05)
        return True

    with hub(image) as there:
        there.first = breaking
        assert names(scan(there.target, access=there.access)) == ["adduser"]


def test_a_connection_that_breaks_behind_the_last_byte_has_brought_the_blob(scan, image):
    def breaking(request):
        if "/blobs/" not in request.path:
            return False
        data = image.blobs[request.path.rpartition("/")[2]]
        chunk = b"%x\r\n%s\r\n" % (len(data), data)
        request.answer(200, chunk, content_length="", transfer_encoding="chunked")
        request.close_connection = True
        return True

    layers = {each["digest"] for each in image.layers}
    with hub(image) as there:
        there.first = lambda request: request.path[-71:] in layers and breaking(request)
        assert names(scan(there.target, access=there.access)) == ["adduser"]


def test_a_worker_cannot_write_to_what_was_pulled(image, tmp_path):
    source, _ = targets.source_of("registry:x")
    with hub(image) as there:
        rest = there.target.removeprefix("registry:")
        found = opened(None, source, rest, folder=str(tmp_path), access=there.access)
        with found as pulled:
            come = list(pulled.fetch(pulled.blobs, lambda _, __: None))
            assert len(come) == len(LAYERS)
            for each in come:
                let_go(each)
            for blob in pulled.blobs:
                data = os.pread(blob.fd, blob.size, blob.offset)
                assert sha256(data) == blob.digest
                with pytest.raises(OSError, match="Bad file descriptor"):
                    os.pwrite(blob.fd, b"x", 0)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(blob.fd)


def test_a_layer_is_told_of_before_its_bytes_are_here(image, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "EARLY_BYTES", 0)
    source, _ = targets.source_of("registry:x")
    with hub(image) as there:
        gate = threading.Event()
        layer = image.layers[0]["digest"]
        there.first = lambda request: layer in request.path and not gate.wait(10)
        rest = there.target.removeprefix("registry:")
        found = opened(None, source, rest, folder=str(tmp_path), access=there.access)
        with found as pulled:
            coming = pulled.fetch(pulled.blobs[:1], lambda _, __: None)
            early = next(coming)
            gate.set()
            assert Arriving(early.counter).beyond(early.blob.size - 1) == early.blob.size
            assert list(coming) == []
            let_go(early)


def test_who_waits_for_bytes_is_told_when_another_layer_fails(image, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "EARLY_BYTES", 0)
    source, _ = targets.source_of("registry:x")
    first, second = (each["digest"] for each in image.layers[:2])
    with hub(image) as there:
        gate = threading.Event()
        there.first = lambda request: (
            (first in request.path and not gate.wait(10))
            or (second in request.path and request.answer(404))
        )
        rest = there.target.removeprefix("registry:")
        found = opened(None, source, rest, folder=str(tmp_path), access=there.access)
        with found as pulled:
            coming = pulled.fetch(pulled.blobs, lambda _, __: None)
            early = next(each for each in coming if each.blob.digest == first)
            with pytest.raises(ParseError, match="stopped coming"):
                Arriving(early.counter).beyond(early.blob.size - 1)
            let_go(early)
            with pytest.raises(SourceError, match="lacks blob"):
                list(coming)
            gate.set()


def test_a_blob_listed_twice_is_fetched_once(image, tmp_path):
    source, _ = targets.source_of("registry:x")
    image.layers.append(image.layers[0])
    image.config["rootfs"]["diff_ids"].append(sha256(b"another"))
    with hub(image) as there:
        rest = there.target.removeprefix("registry:")
        found = opened(None, source, rest, folder=str(tmp_path), access=there.access)
        with found as pulled:
            assert len(pulled.blobs) == len(LAYERS) + 1
            for each in pulled.fetch(pulled.blobs, lambda _, __: None):
                let_go(each)
        assert there.fetched.count(image.layers[0]["digest"]) == 1


def test_what_cannot_be_written_is_written_nowhere_else(image, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "WRITTEN_BYTES", 1)
    blob = Blob(fd=-1, offset=0, size=8, digest=sha256(b"x"), diff_id="")
    failed, places = [OSError(5, "Input/output error")], []

    def pwrite(_fd, data, place):
        places.append(place)
        if failed:
            raise failed.pop()
        return len(data)

    monkeypatch.setattr(os, "pwrite", pwrite)
    lane = fetching._Lane(None, 3, None, None)
    answer = SimpleNamespace(headers={}, status=200, pieces=lambda: iter([b"aaaa", b"bbbb"]))
    with pytest.raises(StoreError, match="Input/output error"):
        lane._take(answer, fetching._Bringing(blob), lambda _: None)
    assert places == [0]


class Tokens:
    """A token server beside the registry: tokens for ada last a second, for nobody none."""

    def __init__(self, there, *, lasts_s=60, user=BASIC):
        self.there, self.lasts_s, self.user = there, lasts_s, user
        self.granted = {}
        self.asked = []
        there.first = self

    def __call__(self, request):
        if request.path.startswith("/token"):
            query = parse_qs(urlsplit(request.path).query)
            self.asked.append((query, request.headers.get("Authorization")))
            if self.user and request.headers.get("Authorization") != self.user:
                return request.answer(401, b"{}")
            token = f"token-{len(self.granted)}"
            self.granted[f"Bearer {token}"] = time.monotonic() + self.lasts_s
            answer = {"token": token, "expires_in": self.lasts_s}
            return request.answer(200, json.dumps(answer).encode())
        ends_at = self.granted.get(request.headers.get("Authorization", ""), 0)
        if ends_at > time.monotonic():
            return False
        realm = f'Bearer realm="http://{self.there.host}/token",service="hub",scope="repository:app:pull"'
        return request.answer(401, b"{}", www_authenticate=realm)


def test_a_token_is_asked_for_with_service_and_scope_and_kept_while_it_lasts(
    scan, image, monkeypatch
):
    log_in(monkeypatch)
    with hub(image) as there:
        tokens = Tokens(there)
        assert names(scan(there.target, access=there.access)) == ["adduser"]
    assert len(tokens.asked) == 1
    query, sent = tokens.asked[0]
    assert (query["service"], query["scope"], sent) == (["hub"], ["repository:app:pull"], BASIC)
    assert [headers.get("Authorization") for path, headers in there.asked if "/blobs/" in path] == [
        "Bearer token-0"
    ] * 3


def test_a_token_for_nobody_needs_no_credentials(scan, image):
    with hub(image) as there:
        tokens = Tokens(there, user="")
        assert names(scan(there.target, access=there.access)) == ["adduser"]
    assert tokens.asked[0][1] is None


def test_a_token_that_ends_during_a_pull_is_renewed(scan, image, monkeypatch):
    log_in(monkeypatch)
    with hub(image) as there:
        tokens = Tokens(there, lasts_s=60)

        def ending(request):
            if "/blobs/" in request.path and len(tokens.granted) == 1:
                tokens.granted = dict.fromkeys(tokens.granted, 0.0)
            return tokens(request)

        there.first = ending
        assert names(scan(there.target, access=there.access)) == ["adduser"]
    assert len(tokens.granted) >= 2


def test_a_refresh_token_is_posted_and_never_part_of_an_address(scan, image, monkeypatch, tmp_path):
    with hub(image) as there:
        file = tmp_path / "auth.json"
        file.write_text(json.dumps({"auths": {there.host: {"identitytoken": "refresh-me"}}}))
        monkeypatch.setenv("REGISTRY_AUTH_FILE", str(file))
        tokens = Tokens(there, user="")
        posted = []

        def reading(request):
            if request.path == "/token":
                posted.append(request.rfile.read(int(request.headers["Content-Length"])))
            return tokens(request)

        there.first = reading
        assert names(scan(there.target, access=there.access)) == ["adduser"]
    assert parse_qs(posted[0].decode())["refresh_token"] == ["refresh-me"]
    assert not any("refresh-me" in path for path, _ in there.asked)


def test_basic_authentication_is_answered_only_when_asked_for(scan, image, monkeypatch):
    def basic(request):
        if request.headers.get("Authorization") == BASIC:
            return False
        return request.answer(401, b"{}", www_authenticate='Basic realm="here"')

    with hub(image) as there:
        there.first = basic
        with pytest.raises(SourceError, match="does not let us read 'app' without credentials"):
            scan(there.target, access=there.access)
        log_in(monkeypatch, password="wrong")
        with pytest.raises(SourceError, match="with the credentials it was given") as error:
            scan(there.target, access=there.access)
        assert "wrong" not in str(error.value)
        log_in(monkeypatch)
        there.asked.clear()
        assert names(scan(there.target, access=there.access)) == ["adduser"]
        assert "Authorization" not in there.asked[0][1]


def test_credentials_stay_behind_when_blobs_lie_on_another_host(scan, image, monkeypatch):
    log_in(monkeypatch)
    with hub(image) as there, hub(image) as storage:

        def sending_on(request):
            if request.headers.get("Authorization") != BASIC:
                return request.answer(401, b"{}", www_authenticate="Basic")
            if "/blobs/" in request.path:
                where = f"http://{storage.host}{request.path}?signature=s3cret"
                return request.answer(307, location=where)
            return False

        there.first = sending_on
        storage.first = lambda request: setattr(request, "path", request.path.partition("?")[0])
        assert names(scan(there.target, access=there.access)) == ["adduser"]
    assert len(storage.asked) == 3
    assert not any("Authorization" in headers for _, headers in storage.asked)


def test_a_mirror_is_asked_first_and_the_registry_when_it_fails(scan, image):
    with hub(image) as there, hub(image) as mirror:
        mirror.prefix = "/v2/cache/app/"
        access = Access(
            plain_http=(there.host, mirror.host), mirrors=(f"{there.host}={mirror.host}/cache",)
        )
        report = scan(there.target, access=access)
        assert names(report) == ["adduser"]
        assert not there.asked
        mirror.first = lambda request: request.answer(404)
        without = scan(there.target, access=access)
        assert there.asked
        mirror.first = lambda request: request.answer(410)
        told = scan(there.target, access=access)
    assert without.packages == told.packages == report.packages
    assert without.gaps == report.gaps
    assert [(gap.unit, gap.subject) for gap in told.gaps] == [
        ("registry", f"{mirror.host}/cache/app")
    ]
    assert told.gaps[0].why.endswith("answers with status 410")


def test_layers_that_no_registry_gives_are_gaps(scan, image):
    foreign = image.add(b"far", "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")
    locked = image.add(b"key", "application/vnd.oci.image.layer.v1.tar+gzip+encrypted")
    image.layers += [{**foreign, "urls": ["http://169.254.169.254/layer"]}, locked]
    image.config["rootfs"]["diff_ids"] += [sha256(b"far"), sha256(b"key")]
    image.config["history"] = []
    with hub(image) as there:
        report = scan(there.target, access=there.access)
    assert names(report) == ["adduser"]
    assert sorted(gap.why for gap in report.gaps) == [
        "is encrypted and not fetched",
        "is kept outside the registry and not fetched",
    ]
    assert [each.state for each in report.artifact.layers[2:]] == [LayerState.UNREAD] * 2
    assert not {foreign["digest"], locked["digest"]} & set(there.fetched)


def test_a_busy_registry_is_asked_again_when_it_says(scan, image):
    busy = []

    def first(request):
        busy.append(1)
        return len(busy) in (1, 4) and request.answer(429, retry_after="0")

    with hub(image) as there:
        there.first = first
        assert names(scan(there.target, access=there.access)) == ["adduser"]


def test_retry_after_is_seconds_or_a_date():
    now = datetime(2026, 1, 2, tzinfo=UTC)
    then = format_datetime(now + timedelta(seconds=20), usegmt=True)
    assert exchange.retry_after("7", now.timestamp) == 7
    assert exchange.retry_after(then, now.timestamp) == 20
    for odd in ("", "soon", "-5", "١٢", "9" * 400, "Mon, 99 Jan 99999 00:00:00 GMT"):
        assert exchange.retry_after(odd, now.timestamp) <= 999_999


def test_waiting_is_bounded_over_all_requests_of_a_pull():
    patience, error = exchange.Patience(), BusyError("place", "busy", 5.0)
    patience._left_s = 0.001
    with pytest.raises(SourceError, match="busy"):
        patience.wait(1, error)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("debian", "docker.io/library/debian:latest"),
        ("debian:12", "docker.io/library/debian:12"),
        ("index.docker.io/library/debian:12", "docker.io/library/debian:12"),
        ("org/app:1", "docker.io/org/app:1"),
        ("localhost/app:1", "localhost/app:1"),
        ("localhost:5000/app:1", "localhost:5000/app:1"),
        ("[::1]:5000/a/b:1", "[::1]:5000/a/b:1"),
        ("ghcr.io/Org".lower(), "ghcr.io/org:latest"),
        ("GHCR.io/org/app", "ghcr.io/org/app:latest"),
        (f"debian@{DIGEST}", f"docker.io/library/debian@{DIGEST}"),
        (f"q.io/a/b:1@{DIGEST}", f"q.io/a/b:1@{DIGEST}"),
    ],
)
def test_references_are_read_as_docker_reads_them(text, full):
    assert str(reference(text)) == full


@pytest.mark.parametrize(
    "text",
    [
        *("", ":", "a:", "A", "a//b", "../a:1", "a b:1", "a:1:2", "user@host/a", "a@sha256:12"),
        *("-a/b", "h.io/../x:1", "h.io/a?b:1", "h.io/a#b", "h.io:999999/a:1"),
        *("h.io/" + "a" * 256, "a" * 2000),
    ],
)
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(SourceError):
        reference(text)


def test_a_bare_reference_is_an_image_and_a_bare_word_is_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for text in ("debian:12", "localhost:5000/app:1", f"debian@{DIGEST}"):
        source, rest = targets.source_of(text)
        assert (source.id, rest) == ("registry", text)
    for text in ("image.tar", "srv/app", "./app:1", "/srv/app:1"):
        with pytest.raises(SourceError, match="names no image"):
            targets.source_of(text)
    with pytest.raises(SourceError, match="NAME:TAG and registry:NAME do"):
        targets.source_of("debian")
    (tmp_path / "debian:12").mkdir()
    assert targets.source_of("debian:12")[0].id == "dir"


def test_a_prefix_alone_names_nothing():
    for text in ("dir:", "docker:", "registry:", "sbom:"):
        with pytest.raises(SourceError, match=f"{text}: names nothing behind the colon"):
            targets.source_of(text)
    assert targets.source_of("host:")[0].id == "host"


def test_what_other_tools_call_it_is_no_image_in_a_registry(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for text, here in (
        ("docker-archive:a.tar", "is called archive:a.tar here"),
        ("oci-dir:layout:1", "is called oci:layout:1 here"),
        ("docker://debian:12", "is written without slashes: docker:debian:12"),
    ):
        with pytest.raises(SourceError, match=here):
            targets.source_of(text)
    (tmp_path / "oci-dir:a").mkdir()
    assert targets.source_of("oci-dir:a")[0].id == "dir"


@pytest.mark.parametrize(
    ("header", "challenges"),
    [
        ("Basic", [Challenge(scheme="basic")]),
        (
            'Bearer realm="https://a/t",service="s",scope="repository:x:pull,push"',
            [
                Challenge(
                    scheme="bearer",
                    realm="https://a/t",
                    service="s",
                    scope="repository:x:pull,push",
                )
            ],
        ),
        (
            'bearer Realm=https://a/t , Basic realm="b"',
            [Challenge(scheme="bearer", realm="https://a/t"), Challenge(scheme="basic", realm="b")],
        ),
        ("Negotiate abc", []),
        ('Bearer realm="unended', [Challenge(scheme="bearer")]),
        ("", []),
        ('Basic a="' + '","' * 100_000, [Challenge(scheme="basic")]),
    ],
)
def test_challenges_are_read_as_rfc_7235_writes_them(header, challenges):
    assert list(read_challenges(header)) == challenges


def config(tmp_path, value):
    folder = tmp_path / "docker"
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(value))
    return {"DOCKER_CONFIG": str(folder), "PATH": f"{tmp_path}:{os.environ['PATH']}"}


def helper(tmp_path, name, script):
    path = tmp_path / f"docker-credential-{name}"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


AUTH = {"auth": base64.b64encode(b"ada:se:cret").decode()}
ADA = Credentials(username="ada", password="se:cret")


@pytest.mark.parametrize(
    ("key", "host", "found"),
    [
        ("q.io", "q.io", ADA),
        ("https://q.io", "q.io", ADA),
        ("https://q.io/v1/", "q.io", ADA),
        ("q.io/org", "q.io", ADA),
        ("q.io/other", "q.io", None),
        ("q.io", "evil-q.io", None),
        ("q.io", "q.io:5000", None),
        ("q.io:5000", "q.io", None),
        ("https://index.docker.io/v1/", "docker.io", ADA),
        ("docker.io", "docker.io", ADA),
    ],
)
def test_logins_are_for_their_registry_alone(tmp_path, key, host, found):
    environ = config(tmp_path, {"auths": {key: AUTH}})
    assert credentials(host, "org/app", environ, named=True) == found


def test_the_environment_is_for_the_registry_that_the_target_names():
    environ = {"HULLMARK_REGISTRY_USERNAME": "ada", "HULLMARK_REGISTRY_PASSWORD": "se:cret"}
    assert credentials("q.io", "app", environ, named=True) == ADA
    assert credentials("mirror.io", "app", environ, named=False) is None
    environ["HULLMARK_REGISTRY"] = "q.io"
    assert credentials("q.io", "app", environ, named=True) == ADA
    assert credentials("other.io", "app", environ, named=True) is None


def test_podman_keeps_logins_elsewhere(tmp_path):
    (tmp_path / "containers").mkdir()
    (tmp_path / "containers" / "auth.json").write_text(json.dumps({"auths": {"q.io": AUTH}}))
    for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
        assert credentials("q.io", "app", {name: str(tmp_path)}, named=True) == ADA
    environ = {"REGISTRY_AUTH_FILE": str(tmp_path / "containers" / "auth.json")}
    assert credentials("q.io", "app", environ, named=True) == ADA


def test_a_helper_is_asked_with_a_clean_environment(tmp_path):
    answer = '{"ServerURL":"q.io","Username":"ada","Secret":"se:cret"}'
    helper(tmp_path, "mine", f"env >{tmp_path}/env; cat >{tmp_path}/in; echo '{answer}'")
    for value in ({"credsStore": "mine"}, {"credHelpers": {"q.io": "mine"}}):
        environ = config(tmp_path, value) | {"SECRET_OF_CI": "x", "LD_PRELOAD": "", "HOME": "/h"}
        assert credentials("q.io", "app", environ, named=True) == ADA
        assert (tmp_path / "in").read_text() == "q.io"
        seen = (tmp_path / "env").read_text()
        assert "HOME=/h" in seen
        assert "SECRET_OF_CI" not in seen
        assert "LD_PRELOAD" not in seen


def test_a_helper_may_know_nothing_or_have_a_refresh_token(tmp_path):
    helper(tmp_path, "none", "echo 'credentials not found in native keychain'; exit 1")
    environ = config(tmp_path, {"credsStore": "none", "auths": {"q.io": AUTH}})
    assert credentials("q.io", "app", environ, named=True) == ADA
    helper(tmp_path, "token", """echo '{"Username":"<token>","Secret":"refresh"}'""")
    environ = config(tmp_path, {"credsStore": "token"})
    assert credentials("q.io", "app", environ, named=True) == Credentials(identity="refresh")


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("echo secret; exit 3", "gave no credentials for q.io: status 3"),
        ("echo secret", "answered something else than credentials"),
        ("yes secret", "answered more than 65536 bytes"),
        ("sleep 60", "did not answer within"),
        ("sleep 60 & sleep 60", "did not answer within"),
        ("setsid sleep 20 &", "did not answer within"),
        ("exec >&-; sleep 60", "did not answer within"),
    ],
)
def test_a_helper_that_fails_is_named_and_not_quoted(tmp_path, monkeypatch, script, says):
    monkeypatch.setattr(logins, "HELPER_S", 0.5)
    helper(tmp_path, "bad", script)
    environ = config(tmp_path, {"credsStore": "bad"})
    begun = time.monotonic()
    with pytest.raises(SourceError, match=says) as error:
        credentials("q.io", "app", environ, named=True)
    assert time.monotonic() - begun < 10
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("name", ["../../bin/sh", "a b", "", "-x", "a/b"])
def test_a_helper_is_a_name_and_no_path(tmp_path, name):
    environ = config(tmp_path, {"credHelpers": {"q.io": name}})
    with pytest.raises(SourceError, match="is no name of a credential helper"):
        credentials("q.io", "app", environ, named=True)


@pytest.mark.parametrize(
    "content",
    [
        '{"auths": {"q.io": {"auth": "c2VjcmV0"}}}',
        '{"auths": ["se',
        "[]",
        '{"auths": 1}',
        '{"auths": {"q.io": {"auth": "%%%secret"}}}',
    ],
)
def test_a_broken_file_of_logins_is_named_and_not_quoted(tmp_path, content):
    file = tmp_path / "auth.json"
    file.write_text(content)
    with pytest.raises(SourceError) as error:
        credentials("q.io", "app", {"REGISTRY_AUTH_FILE": str(file)}, named=True)
    assert str(error.value).startswith(f"{file}: ")
    assert "secret" not in str(error.value)


def test_credentials_do_not_show_what_they_hold():
    assert "cret" not in repr(ADA)
    assert "cret" not in f"{ADA}"


def test_local_scans_and_the_version_import_no_http(tmp_path):
    asks = (
        "import sys; sys.argv[1:] = {}; from hullmark.apps.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\nassert 'httpcore2' not in sys.modules"
    )
    (tmp_path / "empty").mkdir()
    for arguments in (["--version"], ["scan", "-q", f"dir:{tmp_path}/empty"]):
        subprocess.run([sys.executable, "-c", asks.format(arguments)], check=True, timeout=60)


def test_offline_asks_no_registry(image, tmp_path):
    program = [sys.executable, "-m", "hullmark", "scan", "--offline"]
    with hub(image) as there:
        done = subprocess.run([*program, there.target], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert (
        done.stderr == f"hullmark: {there.target}: is in a registry, which --offline does not ask\n"
    )
    assert not there.asked


def test_more_layers_than_are_fetched_at_a_time_come_once_each(scan):
    image = Documents([[(f"f{number}", "x" * number)] for number in range(fetching.AT_A_TIME * 4)])
    with hub(image) as there:
        report = scan(there.target, access=there.access)
    assert {each.state for each in report.artifact.layers} == {LayerState.SELF}
    assert len(there.fetched) == len(set(there.fetched)) == len(image.layers) + 1


def test_of_many_images_that_share_layers_each_layer_comes_once(scan):
    """A registry serves twenty images, one after the other, on two shared layers."""
    fetched: list[str] = []
    for number in range(20):
        own = [(f"srv/{number}/Cargo.lock", "")]
        image = Documents([*LAYERS, own], "gzip")
        with hub(image) as there:
            report = scan(there.target, access=there.access, use_cache=True)
            assert names(report) == ["adduser"]
            fetched += [each["digest"] for each in image.layers if each["digest"] in there.fetched]
    assert len(fetched) == len(set(fetched)) == len(LAYERS) + 20
