"""Whom a registry's user trusts with what: logins, mirrors, where servers may lead, how long."""

import base64
import json
import os
import socket
import subprocess
import sys
import time

import pytest

from hullmark.apps.cli.access import tie_credentials
from hullmark.model import PolicyError, SourceError
from hullmark.oci import addresses, exchange, fetching, transport
from hullmark.oci.addresses import Reach
from hullmark.oci.credentials import Credentials, credentials
from hullmark.oci.transport import Transport
from hullmark.unit import Access
from tests.homes import made
from tests.images.build import STATUS, Documents, os_release, status
from tests.images.hub import hub

LAYERS = ([*os_release(), (STATUS, status("adduser@3.134"))], [("srv/readme", "hello")])
LOGIN = {"HULLMARK_REGISTRY_USERNAME": "ada", "HULLMARK_REGISTRY_PASSWORD": "secret"}
ADA = Credentials(username="ada", password="secret")
BASIC = "Basic " + base64.b64encode(b"ada:secret").decode()
PUBLIC, STORAGE, INSIDE, BESIDE = "93.184.216.34", "151.101.1.1", "10.1.2.3", "192.168.7.7"
PLACES = {"hub.example": PUBLIC, "cdn.example": STORAGE, "own.corp": INSIDE, "blobs.corp": BESIDE}


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """Nobody's credentials or proxies but the test's, and no patience."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith(("HULLMARK_REGISTRY", "XDG_")):
            monkeypatch.delenv(name)
    for name in ("DOCKER_CONFIG", "REGISTRY_AUTH_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(exchange, "FIRST_WAIT_S", 0.01)


@pytest.fixture
def image():
    return Documents(LAYERS, "gzip")


@pytest.fixture
def world(monkeypatch):
    """Names of ``PLACES`` lead to their addresses, and those to this machine."""
    connect, look_up = socket.create_connection, socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        if host in PLACES:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PLACES[host], port))]
        return look_up(host, port, *args, **kwargs)

    def create_connection(address, *args, **kwargs):
        here = "127.0.0.1" if address[0] in PLACES.values() else address[0]
        return connect((here, address[1]), *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)


def at(name, there):
    """A server under another name."""
    return f"{name}:{there.host.rpartition(':')[2]}"


def names(report):
    return [package.name for package in report.packages]


def hullmark(*arguments, **variables):
    command = [sys.executable, "-m", "hullmark", *map(str, arguments)]
    env = os.environ | variables
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("tied", "host", "named", "found"),
    [
        (None, "q.io", True, ADA),
        (None, "mirror.io", False, None),
        ("q.io", "q.io", True, ADA),
        ("Q.io", "q.io", True, ADA),
        ("https://q.io", "q.io", True, ADA),
        ("q.io", "other.io", True, None),
        ("mirror.io", "mirror.io", False, ADA),
        ("mirror.io", "q.io", True, None),
        ("docker.io", "docker.io", True, ADA),
        ("", "q.io", True, None),
    ],
)
def test_a_login_of_the_environment_is_for_one_host(tied, host, named, found):
    environ = LOGIN if tied is None else {**LOGIN, "HULLMARK_REGISTRY": tied}
    assert credentials(host, "app", environ, named=named) == found


@pytest.mark.parametrize(
    "targets",
    [
        ["registry:a.io/x:1"],
        ["registry:a.io/x:1", "a.io/y:2", "dir:.", "no/such/thing", "registry:A:B:C"],
        ["debian:12", "registry:index.docker.io/org/app:1"],
    ],
)
def test_targets_in_one_registry_need_two_variables_only(monkeypatch, targets):
    for name, value in LOGIN.items():
        monkeypatch.setenv(name, value)
    tie_credentials(targets)


def test_targets_in_several_registries_must_say_whose_the_login_is(monkeypatch):
    targets = ["registry:b.io/x:1", "debian:12", "b.io/y:1"]
    tie_credentials(targets)
    monkeypatch.setenv("HULLMARK_REGISTRY_USERNAME", "ada")
    with pytest.raises(PolicyError, match=r"b\.io, docker\.io: name its own in HULLMARK_REGISTRY$"):
        tie_credentials(targets)
    monkeypatch.setenv("HULLMARK_REGISTRY", "b.io")
    tie_credentials(targets)


@pytest.mark.parametrize("command", [("scan",), ("layers", "learn")])
def test_no_registry_is_asked_before_that_is_said(image, command):
    with hub(image) as one, hub(image) as other:
        done = hullmark(*command, one.target, other.target, **LOGIN)
        assert not [*one.asked, *other.asked]
    assert done.returncode == 2
    assert "HULLMARK_REGISTRY\n" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mirror_gets_the_login_only_by_name(scan, image, monkeypatch):
    for name, value in LOGIN.items():
        monkeypatch.setenv(name, value)
    seen = []

    def guarded(request):
        seen.append(request.headers.get("Authorization"))
        return seen[-1] != BASIC and request.answer(401, www_authenticate="Basic")

    with hub(image) as there, hub(image) as mirror:
        mirror.first = guarded
        access = Access(
            plain_http=(there.host, mirror.host), mirrors=(f"{there.host}={mirror.host}",)
        )
        report = scan(there.target, access=access)
        assert set(seen) == {None}
        assert [(gap.unit, gap.subject) for gap in report.gaps] == [
            ("registry", f"{mirror.host}/app")
        ]
        assert "does not let us read 'app' without credentials" in report.gaps[0].why
        monkeypatch.setenv("HULLMARK_REGISTRY", mirror.host)
        there.asked.clear()
        assert not scan(there.target, access=access).gaps
        assert not there.asked
        assert BASIC in seen


def test_a_mirror_that_lies_is_told(scan, image):
    with hub(image) as there, hub(image) as mirror:
        wanted = f"registry:{there.host}/app@{there.tags['1']}"
        mirror.blobs = {**mirror.blobs, there.tags["1"]: b"{}"}
        mirror.first = lambda request: (
            "/manifests/" in request.path and request.answer(200, b'{"layers":[],"a":1}')
        )
        access = Access(
            plain_http=(there.host, mirror.host), mirrors=(f"{there.host}={mirror.host}",)
        )
        report = scan(wanted, access=access)
    assert names(report) == ["adduser"]
    assert [gap.subject for gap in report.gaps] == [f"{mirror.host}/app"]
    assert "the mirror was passed over: " in report.gaps[0].why
    assert "is promised, the document is sha256:" in report.gaps[0].why


def test_layers_are_learned_by_way_of_a_mirror(image, tmp_path):
    with hub(image) as there:
        options = ("--registry-mirror", f"far.example={there.host}", "--plain-http", there.host)
        home = {"HULLMARK_HOME": made(tmp_path / "home")}
        done = hullmark("layers", "learn", "registry:far.example/app:1", *options, **home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("far.example/app:1  2 layers  ")


def test_a_registry_of_the_internet_leads_into_no_private_network(scan, image, world):
    with hub(image) as there, hub(image) as storage:
        host = at("hub.example", there)
        access = Access(plain_http=(host,))
        for place in ("own.corp", INSIDE, "[fd12::1]", "100.64.0.1", "[::ffff:10.1.2.3]"):
            where = f"http://{at(place, storage)}"
            there.first = lambda request, where=where: (
                "/blobs/" in request.path and request.answer(307, location=where + request.path)
            )
            with pytest.raises(SourceError, match="where no image is fetched from"):
                scan(f"registry:{host}/app:1", access=access)
        assert not storage.asked


def test_who_is_led_by_the_internet_is_led_by_it_to_the_end(scan, image, world):
    with hub(image) as there, hub(image) as cdn, hub(image) as inside:
        host = at("own.corp", there)

        def to(name, server):
            where = f"http://{at(name, server)}"
            return lambda request: (
                "/blobs/" in request.path and request.answer(307, location=where + request.path)
            )

        there.first, cdn.first = to("cdn.example", cdn), to("blobs.corp", inside)
        with pytest.raises(SourceError, match=f"leads to {BESIDE}"):
            scan(f"registry:{host}/app:1", access=Access(plain_http=(host,)))
        assert cdn.asked
        cdn.first = lambda request: request.answer(307, location=f"http://{host}/on")
        onward = f"http://{at('blobs.corp', inside)}/"
        to_cdn = there.first
        there.first = lambda request: (
            request.answer(307, location=onward) if request.path == "/on" else to_cdn(request)
        )
        with pytest.raises(SourceError, match=f"leads to {BESIDE}"):
            scan(f"registry:{host}/app:1", access=Access(plain_http=(host,)))
        assert not inside.asked


def test_a_registry_in_a_private_network_leads_to_its_neighbours(scan, image, world):
    with hub(image) as there, hub(image) as storage:
        host = at("own.corp", there)
        where = f"http://{at('blobs.corp', storage)}"
        there.first = lambda request: (
            "/blobs/" in request.path and request.answer(307, location=where + request.path)
        )
        assert names(scan(f"registry:{host}/app:1", access=Access(plain_http=(host,)))) == [
            "adduser"
        ]
        assert len(storage.asked) == 3


@pytest.mark.parametrize(("name", "allowed"), [("hub.example", False), ("own.corp", True)])
def test_a_token_server_is_where_its_registry_may_lead(scan, image, world, name, allowed):
    with hub(image) as there, hub(image) as tokens:
        host = at(name, there)
        realm = f'Bearer realm="http://{at("blobs.corp", tokens)}/token",service="hub"'
        tokens.first = lambda request: request.answer(200, json.dumps({"token": "t"}).encode())
        there.first = lambda request: (
            "Authorization" not in request.headers and request.answer(401, www_authenticate=realm)
        )
        target, access = f"registry:{host}/app:1", Access(plain_http=(host,))
        if allowed:
            assert names(scan(target, access=access)) == ["adduser"]
        else:
            with pytest.raises(SourceError, match=f"leads to {BESIDE}"):
                scan(target, access=access)
        assert bool(tokens.asked) is allowed


def test_what_comes_through_a_proxy_is_not_where_the_proxy_is(image, monkeypatch):
    with hub(image) as proxy:
        proxy.first = lambda request: request.answer(200)
        monkeypatch.setenv("http_proxy", f"http://{proxy.host}")
        through = Transport()
        for host, inside in (("a.example", False), (PUBLIC, False), (INSIDE, True)):
            with through.ask("GET", f"http://{host}/", {}) as response:
                assert response.reach is (Reach.NETWORK if inside else Reach.INTERNET)
        led = through.ask("GET", f"http://{INSIDE}/", {}, led_by=Reach.INTERNET)
        with pytest.raises(SourceError, match=f"leads to {INSIDE}"), led:
            pass
        through.close()
        assert len(proxy.asked) == 3


@pytest.mark.parametrize(
    ("host", "reach"),
    [
        *((each, 2) for each in ("127.0.0.1", "[::1]", "0.0.0.0", "::", "::ffff:127.0.0.1")),
        *((each, 1) for each in ("10.0.0.1", "172.31.0.1", "192.168.0.1", "100.64.0.1")),
        *((each, 1) for each in ("[fd00::1]", "fec0::1", "167772161")),
        *((each, 1) for each in ("::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::")),
        *((each, 0) for each in ("8.8.8.8", "2606:4700::1", "64:ff9b::808:808", "10.corp")),
        *((each, 0) for each in ("172.32.0.1", "100.128.0.1", "own.corp", "")),
    ],
)
def test_nobody_leads_further_in_than_they_are(host, reach):
    assert addresses.reach_of(host) == reach
    for by in Reach:
        assert addresses.leads_astray(host, by) is (by < reach)


@pytest.mark.parametrize(
    "host",
    ["169.254.169.254", "fe80::1", "64:ff9b:1::a00:1", "::10.0.0.1", "::ffff:0:10.0.0.1"],
)
def test_only_the_user_names_addresses_where_nobody_keeps_images(host):
    assert [addresses.leads_astray(host, by) for by in Reach] == [True, True, True, False]


def test_the_user_says_where_registries_may_lead_all_the_same(scan, image, world):
    with hub(image) as there, hub(image) as storage:
        host = at("hub.example", there)
        where = f"http://{at('own.corp', storage)}"
        there.first = lambda request: (
            "/blobs/" in request.path and request.answer(307, location=where + request.path)
        )
        target, plain = f"registry:{host}/app:1", (host,)
        with pytest.raises(SourceError, match="unless --redirect-host names it"):
            scan(target, access=Access(plain_http=plain))
        access = Access(plain_http=plain, redirect_hosts=("Own.Corp",))
        assert names(scan(target, access=access)) == ["adduser"]


def test_a_connection_that_was_made_for_some_is_not_used_for_others(scan, image, world):
    first, second = (each["digest"] for each in image.layers[:2])
    with hub(image) as there, hub(image) as cdn, hub(image) as inside:
        host = at("own.corp", there)

        def to(name, server):
            return f"http://{at(name, server)}"

        def lead(request):
            if first in request.path:
                return request.answer(307, location=to("blobs.corp", inside) + request.path)
            if second in request.path:
                return request.answer(307, location=to("cdn.example", cdn) + request.path)
            return False

        there.first = lead
        cdn.first = lambda request: request.answer(
            307, location=to("blobs.corp", inside) + request.path
        )
        with pytest.raises(SourceError, match="leads to"):
            scan(f"registry:{host}/app:1", access=Access(plain_http=(host,)), jobs=1)
        assert not any(second in path for path in inside.asked)


def test_a_local_mirror_leads_to_this_machine(scan, image, world):
    with hub(image) as mirror, hub(image) as storage:
        where = f"http://{storage.host}"
        mirror.first = lambda request: (
            "/blobs/" in request.path and request.answer(307, location=where + request.path)
        )
        access = Access(plain_http=(mirror.host,), mirrors=(f"far.example={mirror.host}",))
        assert names(scan("registry:far.example/app:1", access=access)) == ["adduser"]


def test_a_busy_mirror_leaves_its_registry_all_patience(scan, image, monkeypatch):
    monkeypatch.setattr(exchange, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(exchange, "MAX_WAITED_S", 0.05)
    with hub(image) as there, hub(image) as mirror:
        mirror.first = lambda request: request.answer(503)
        answers = iter([503])
        there.first = lambda request: next(answers, 0) and request.answer(503)
        access = Access(
            plain_http=(there.host, mirror.host), mirrors=(f"{there.host}={mirror.host}",)
        )
        assert names(scan(there.target, access=access)) == ["adduser"]


def test_a_mirror_with_a_scheme_is_told_what_to_say(scan, image):
    with hub(image) as there, pytest.raises(SourceError, match="with --plain-http MIRROR"):
        scan(there.target, access=Access(mirrors=("far.example=http://m.example",)))


def test_a_trickle_that_is_fast_enough_ends_all_the_same(scan, image, monkeypatch):
    monkeypatch.setattr(transport, "PULL_S", 0.5)
    monkeypatch.setattr(fetching, "SLOW_BYTES", 0)
    layer = image.layers[0]["digest"]

    def first(request):
        if not request.path.endswith(layer):
            return False
        request.close_connection = True
        request.answer(200, b"", content_length=str(image.layers[0]["size"]))
        for _ in range(60):
            request.wfile.write(b"x")
            time.sleep(0.05)
        return True

    begun = time.monotonic()
    with hub(image) as there:
        there.first = first
        with pytest.raises(SourceError, match="registry: not all came within"):
            scan(there.target, access=there.access)
    assert time.monotonic() - begun < 4
