"""Registries that lie, lead away, stall or flood: one clear line, exit code 2, in bounded time."""

import json
import socket
import threading
import time
import tracemalloc

import pytest

from hullmark.model import SourceError
from hullmark.oci import exchange, fetching, transport
from hullmark.oci.addresses import Reach
from hullmark.oci.documents import MAX_DOCUMENT_BYTES
from hullmark.oci.proxy import proxied
from hullmark.oci.transport import Transport
from hullmark.unit import Access
from tests.hostile.judging import judge
from tests.images.build import Documents
from tests.images.hub import hub

SECRET = "s3cret-token"


@pytest.fixture(autouse=True, params=[0, fetching.EARLY_BYTES], ids=["as-it-comes", "whole"])
def hurried(request, monkeypatch, tmp_path):
    """No credentials of the machine, and waits that tests can afford; blobs are read both ways."""
    monkeypatch.setattr(fetching, "EARLY_BYTES", request.param)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HULLMARK_REGISTRY_USERNAME", "ada")
    monkeypatch.setenv("HULLMARK_REGISTRY_PASSWORD", SECRET)
    monkeypatch.setattr(exchange, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(exchange, "MAX_WAIT_S", 0.02)
    monkeypatch.setattr(transport, "SILENCE_S", 0.3)
    monkeypatch.setattr(transport, "ANSWER_S", 1.0)


@pytest.fixture
def image():
    return Documents([[("a", "one" * 1000)], [("b", "two")]], "gzip")


@pytest.fixture
def refused(scanner, tmp_path):
    """The one line that a user sees of a registry, which must come soon and tell no secret."""

    def says(there, target=""):
        begun = time.monotonic()
        judged = judge(scanner, target or there.target, tmp_path / "cache", access=there.access)
        assert judged.code == 2, judged
        assert time.monotonic() - begun < 15
        assert "\n" not in judged.says
        assert SECRET not in judged.says
        assert len(judged.says) < 1000
        return judged.says

    return says


def blob(request):
    return "/blobs/" in request.path


def layer_of(image):
    return image.layers[0]["digest"]


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("file:///etc/passwd", "is no HTTP address"),
        ("gopher://h.io/", "is no HTTP address"),
        ("http://169.254.169.254/latest/meta-data", "leads to 169.254.169.254"),
        ("http://[fe80::1]/", "leads to fe80::1"),
        ("http://[fd00:ec2::254]/", "leads to fd00:ec2::254"),
        ("http://[::ffff:169.254.169.254]/", "leads to ::ffff:"),
        ("http://100.100.100.200/", "leads to 100.100.100.200"),
        ("http://[fd20:ce::254]/", "leads to fd20:ce::254"),
        ("http://[64:ff9b::a9fe:a9fe]/", "leads to 64:ff9b::"),
        ("http://[2002:a9fe:a9fe::1]/", "leads to 2002:"),
        ("http://2852039166/", "leads to 2852039166"),
        ("http://0xa9.0xfea9fe./", "leads to 0xa9."),
        ("http://user:pass@h.io/", "with credentials or odd characters"),
        ("http://h.io:99999/?signed=s3cret-token", "is no address"),
        ("http://[broken/", "what is no address"),
        ("", "sends on more than 5 times"),
    ],
)
def test_a_redirect_leads_to_no_wrong_place(refused, image, where, says):
    with hub(image) as there:
        there.first = lambda request: blob(request) and request.answer(307, location=where)
        assert says in refused(there)


@pytest.mark.parametrize(
    "here", ["127.0.0.1", "[::1]", "0.0.0.0", "localhost", "[::ffff:127.0.0.1]"]
)
def test_no_registry_from_afar_leads_to_this_machine(image, here):
    with hub(image) as there:
        port = there.host.rpartition(":")[2]
        far = Transport()
        asking = far.ask("GET", f"http://{here}:{port}/v2/", {}, led_by=Reach.INTERNET)
        with pytest.raises(SourceError, match=r"leads to|cannot be reached"), asking:
            pass
        far.close()
        assert not there.asked


def test_a_name_is_connected_only_where_it_may_lead_and_in_one_deadline(monkeypatch):
    monkeypatch.setattr(transport, "ANSWER_S", 0.5)
    places, tried = ["169.254.169.254"], []
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (each, 80)) for each in places]
    )

    def connect(address, timeout, **_):
        tried.append(address[0])
        time.sleep(min(timeout, 0.2))
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    far = Transport()
    led = far.ask("GET", "http://a.b/", {}, led_by=Reach.MACHINE)
    with pytest.raises(SourceError, match="leads to"), led:
        pass
    assert not tried
    places[:] = [f"192.0.2.{number}" for number in range(200)]
    with pytest.raises(SourceError, match="does not answer"), far.ask("GET", "http://a.b/", {}):
        pass
    assert len(tried) == 3


@pytest.mark.parametrize("proxy", ["http://h.io:99999", "http://[h", "socks5://h.io", "http://"])
def test_a_proxy_that_is_none_is_told(monkeypatch, proxy):
    monkeypatch.setenv("http_proxy", proxy)
    with (
        pytest.raises(SourceError, match="the environment's proxy is no HTTP address"),
        Transport().ask("GET", "http://a.b/", {}),
    ):
        pass


def test_the_name_for_a_proxy_is_decoded():
    assert proxied("http://a%40b:c%3Ad@h.io:1").auth == (b"a@b", b"c:d")


def test_redirects_end(refused, image):
    with hub(image) as there:
        there.first = lambda request: request.answer(302, location=request.path + "x")
        assert "sends on more than 5 times" in refused(there)
        assert len(there.asked) == exchange.MAX_REDIRECTS + 1


def test_a_token_server_is_no_wrong_place_either(refused, image):
    with hub(image) as there:
        for realm in ("http://169.254.169.254/token", "file:///etc/passwd", "", "x y"):
            challenge = f'Bearer realm="{realm}",service="a"'
            there.first = lambda request, c=challenge: request.answer(401, www_authenticate=c)
            assert "leads to" in (says := refused(there)) or "address" in says


@pytest.mark.parametrize("token", ["", "a b", "a\r\nX: y", "é", "a" * 70_000, None, 1])
def test_a_token_that_cannot_be_sent_is_not(refused, image, token):
    def first(request):
        if request.path.startswith("/token"):
            return request.answer(200, json.dumps({"token": token}).encode())
        realm = f'Bearer realm="http://{there.host}/token"'
        return request.answer(401, www_authenticate=realm)

    with hub(image) as there:
        there.first = first
        assert "token" in refused(there) or "more than" in refused(there)


@pytest.mark.parametrize(
    "challenge", ["", "Bearer", "Negotiate x", "Basic", 'Basic realm="' + "x" * 9000]
)
def test_challenges_without_end_or_sense_end(refused, image, challenge):
    with hub(image) as there:
        there.first = lambda request: request.answer(401, www_authenticate=challenge)
        refused(there)
        assert len(there.asked) <= 4


def test_a_blob_that_is_not_what_its_digest_says_is_no_layer(refused, image):
    with hub(image) as there:
        data = bytearray(there.blobs[layer_of(image)])
        data[20] ^= 1
        there.blobs[layer_of(image)] = bytes(data)
        assert f"{layer_of(image)} is promised, the blob that came is sha256:" in refused(there)


def test_a_document_that_is_not_what_its_digest_says_is_none(refused, image):
    with hub(image) as there:
        config = json.loads(there.blobs[there.tags["1"]])["config"]["digest"]
        there.blobs[config] = there.blobs[config].replace(b"amd64", b"arm64")
        assert "are promised, it has" in refused(there)
    with hub(image) as there:
        digest = there.tags["1"]
        there.blobs[digest] += b" "
        assert "is promised, the document is" in refused(
            there, f"registry:{there.host}/app@{digest}"
        )


def test_a_tag_whose_header_names_another_digest_is_none(refused, image):
    with hub(image) as there:
        data = there.blobs[there.tags["1"]]
        other = "sha256:" + "0" * 64
        there.first = lambda request: (
            not blob(request) and request.answer(200, data, docker_content_digest=other)
        )
        assert f"{other} is promised" in refused(there)


@pytest.mark.parametrize("by", [-1, 1, 10_000_000, 2**62])
def test_sizes_that_a_manifest_lies_about_are_noticed(refused, image, by):
    image.layers[0]["size"] += by
    with hub(image) as there:
        says = refused(there)
    assert "promise" in says


@pytest.mark.parametrize("length", ["1", "99999999", ""])
def test_lengths_that_a_registry_lies_about_are_noticed(refused, image, length):
    def first(request):
        if request.path.endswith(layer_of(image)):
            request.close_connection = True
            data = there.blobs[layer_of(image)]
            return request.answer(200, data + b"more", content_length=length)
        return False

    with hub(image) as there:
        there.first = first
        assert layer_of(image) in refused(there)


def test_a_range_from_elsewhere_is_noticed(refused):
    image = Documents([[("a", "x" * 3_000_000)]])

    def first(request):
        if not request.path.endswith(layer_of(image)):
            return False
        data = there.blobs[layer_of(image)]
        if "Range" in request.headers:
            return request.answer(206, data[7:], content_range=f"bytes 7-{len(data)}/{len(data)}")
        request.close_connection = True
        return request.answer(200, data[:1_000_000], content_length=str(len(data)))

    with hub(image) as there:
        there.first = first
        assert "from another byte on than was asked for" in refused(there)


def test_a_blob_that_never_comes_whole_is_given_up(refused, image):
    def first(request):
        if not request.path.endswith(layer_of(image)):
            return False
        request.close_connection = True
        return request.answer(200, b"", content_length=str(image.layers[0]["size"]))

    with hub(image) as there:
        there.first = first
        assert "broke off" in refused(there)
        assert len(there.fetched) <= exchange.MAX_TRIES + 2


def test_silence_in_a_body_ends(refused, image):
    def first(request):
        if blob(request):
            request.answer(200, b"x", content_length="100")
            request.wfile.flush()
            time.sleep(0.6)
        return blob(request)

    with hub(image) as there:
        there.first = first
        assert "does not answer" in refused(there)


def test_a_drip_ends(refused, image, monkeypatch):
    monkeypatch.setattr(fetching, "SLOW_S", 0.5)

    def first(request):
        if not request.path.endswith(layer_of(image)):
            return False
        request.answer(200, b"", content_length=str(image.layers[0]["size"]))
        for _ in range(100):
            request.wfile.write(b"x")
            time.sleep(0.05)
        return True

    with hub(image) as there:
        there.first = first
        assert "too slowly" in refused(there)


@pytest.mark.parametrize("drip", [b"x", b"a: b\r\n"])
def test_a_head_that_never_ends_ends(refused, image, drip, tmp_path):
    server = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve():
        while not stop.is_set():
            try:
                client, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=flood, args=[client], daemon=True).start()

    def flood(client):
        with client:
            try:
                client.recv(10_000)
                client.sendall(b"HTTP/1.1 200 OK\r\n")
                while not stop.is_set():
                    client.sendall(drip * 1000 if len(drip) > 1 else drip)
                    time.sleep(0.0 if len(drip) > 1 else 0.02)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    host = f"127.0.0.1:{server.getsockname()[1]}"

    class There:
        target = f"registry:{host}/app:1"
        access = Access(plain_http=(host,))

    says = refused(There)
    stop.set()
    server.close()
    assert "does not answer" in says or "broke off" in says


def test_a_web_page_is_no_manifest(refused, image):
    with hub(image) as there:
        there.first = lambda request: request.answer(200, b"<html>", content_type="text/html")
        assert "answers a web page" in refused(there)
        there.first = lambda request: request.answer(200, b"<html>")
        assert "is promised" in (says := refused(there)) or "JSON" in says or "malformed" in says


@pytest.mark.parametrize(
    "document",
    [
        *(b"", b"[]", b"{}", b"null", b'{"layers":[],"manifests":[]}', b'{"layers":[[[['),
        *(b"\xff" * 100, b"[" * 100_000),
        b'{"manifests":[],"mediaType":"application/vnd.oci.image.manifest.v1+json"}',
    ],
)
def test_a_document_of_another_kind_is_none(refused, image, document):
    with hub(image) as there:
        there.first = lambda request: not blob(request) and request.answer(200, document)
        assert there.host in refused(there)


def test_a_huge_manifest_is_not_kept(refused, image):
    def first(request):
        request.answer(200, content_length=str(1 << 40))
        for _ in range(1000):
            request.wfile.write(b" " * 1_000_000)
        return True

    with hub(image) as there:
        there.first = first
        tracemalloc.start()
        assert f"more than {MAX_DOCUMENT_BYTES} bytes" in refused(there)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 10 * MAX_DOCUMENT_BYTES


def test_an_encoding_that_nobody_asked_for_is_not_decoded(refused, image):
    with hub(image) as there:
        data = there.blobs[there.tags["1"]]
        there.first = lambda request: (
            not blob(request) and request.answer(200, data, content_encoding="gzip")
        )
        assert "encoding not asked for: 'gzip'" in refused(there)
        there.first = lambda request: (
            request.path.endswith(layer_of(image))
            and request.answer(200, there.blobs[layer_of(image)], content_encoding="gzip")
        )
        assert "in an encoding that was not asked for" in refused(there)


@pytest.mark.parametrize("status", [429, 503])
def test_a_registry_that_is_always_busy_is_given_up(refused, image, status):
    with hub(image) as there:
        there.first = lambda request: request.answer(status, retry_after="99999999")
        assert f"answers with status {status}" in refused(there)
        assert len(there.asked) == exchange.MAX_TRIES


@pytest.mark.parametrize("status", [204, 206, 304, 400, 404, 416, 418])
def test_an_odd_status_is_told(refused, image, status):
    with hub(image) as there:
        there.first = lambda request: request.answer(status)
        refused(there)


def test_more_layers_than_any_image_has_are_refused(refused, image):
    image.layers *= 600
    with hub(image) as there:
        assert "1200 layers are more than 1000" in refused(there)


def test_one_digest_of_two_sizes_is_refused(refused, image):
    image.layers.append({**image.layers[0], "size": 1})
    with hub(image) as there:
        assert "promises two sizes" in refused(there)


def test_more_than_a_disk_holds_is_refused_before_anything_comes(refused, image):
    image.layers = [
        {**image.layers[0], "digest": f"sha256:{number:064x}", "size": 63 * 1024**3}
        for number in range(10)
    ]
    with hub(image) as there:
        assert "promises more than" in refused(there)
        assert len(there.fetched) == 1  # the configuration


def test_nobody_at_home_is_told_soon(refused):
    with socket.create_server(("127.0.0.1", 0)) as server:
        host = f"127.0.0.1:{server.getsockname()[1]}"

    class There:
        target = f"registry:{host}/app:1"
        access = Access()

    assert "cannot be reached: [Errno 111] Connection refused" in refused(There)
