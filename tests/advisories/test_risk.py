"""How an image's configuration changes the order of what is found in it."""

import json

import msgspec
import pytest

from hullmark.advisories.match import matched
from hullmark.advisories.risk import Exposed
from hullmark.model import Package
from hullmark.model.exposure import MAX_STARTED, Exposure
from hullmark.oci.documents import Config
from hullmark.oci.exposed import MAX_PORTS, MAX_WORDS, exposure
from hullmark.scan.running import running_kernel
from tests.advisories.test_match import DEBIAN, FIX, NOW, OPENSSL, Known, record

OPEN = Exposure(root=True, ports=("80/tcp",), entry=("/usr/bin/shop",))


def package(path="usr/bin/shop", type="golang", name="shop"):
    return Package(type=type, name=name, version="1", path=path)


def configured(**settings):
    return exposure(msgspec.json.decode(json.dumps({"config": settings}), type=Config))


@pytest.mark.parametrize(
    ("root", "ports", "started", "risk"),
    [
        (True, ("80/tcp",), False, 50.0),
        (False, ("80/tcp",), False, 47.5),
        (True, (), False, 47.5),
        (False, (), False, 45.0),
        (True, ("80/tcp",), True, 55.0),
        (False, (), True, 50.5),
    ],
)
def test_each_part_of_the_configuration_weighs(root, ports, started, risk):
    assert Exposed(Exposure(root=root, ports=ports)).risk(50.0, started=started) == risk


@pytest.mark.parametrize("risk", [0.0, 12.3, 100.0])
def test_a_risk_stays_between_0_and_100_and_is_what_it_was_where_nothing_is_known(risk):
    assert Exposed().risk(risk, started=False) == risk
    assert 0 <= Exposed(OPEN).risk(risk, started=True) <= 100


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        (("/usr/bin/shop",), "usr/bin/shop"),
        (("shop", "serve"), "usr/bin/shop"),
        (("/bin/sh", "-c", "exec shop --port 80"), "usr/bin/shop"),
        (("java", "-jar", "/srv/shop.jar"), "srv/shop.jar!/lib/leaf.jar"),
        (("java", "-jar", "shop.jar"), "srv/app/shop.jar"),
        (("./bin/shop",), "srv/app/bin/shop"),
    ],
)
def test_what_the_words_of_a_command_name_is_started(entry, path):
    assert Exposed(Exposure(root=True, entry=entry, folder="/srv/app")).starts(package(path))


@pytest.mark.parametrize(
    "entry", [(), ("sh",), ("other",), ("-shop",), ("x",) * MAX_STARTED + ("shop",)]
)
def test_nothing_else_is(entry):
    assert not Exposed(Exposure(root=True, entry=entry)).starts(package())
    assert not Exposed(Exposure(root=True, entry=entry)).starts(package("usr/bin/sh"))


def test_a_package_that_owns_what_is_started_is_started():
    exposed = Exposed(OPEN, {("deb", "libssl3")})
    known = Known(record("DSA-1", FIX))
    [plain] = matched([OPENSSL], DEBIAN, known, now=NOW).findings
    [raised] = matched([OPENSSL], DEBIAN, known, now=NOW, exposed=exposed).findings
    assert raised.score > plain.score
    assert raised.evidence.says == f"{plain.evidence.says}; the image starts it"
    assert raised.severity == plain.severity


@pytest.mark.parametrize(
    ("user", "root"),
    [("", True), ("0", True), ("root", True), ("0:100", True), ("1000", False), ("app:app", False)],
)
def test_who_root_is(user, root):
    found = configured(User=user)
    assert found is not None
    assert found.root is root


def test_what_a_configuration_says_is_read():
    assert configured(
        Entrypoint=["/init"],
        Cmd=["shop", "serve"],
        ExposedPorts={"8080/tcp": {}, "53/udp": {}},
        WorkingDir="/srv",
    ) == Exposure(
        root=True, ports=("53/udp", "8080/tcp"), entry=("/init", "shop", "serve"), folder="/srv"
    )
    assert exposure(Config()) is None


def test_what_it_should_not_say_is_passed_over_and_bounded():
    strange = configured(User=7, Entrypoint="shop", Cmd=[1, None, "x"], ExposedPorts=[80])
    assert strange == Exposure(root=True, entry=("x",))
    many = configured(Cmd=["x"] * 5000, ExposedPorts={str(port): {} for port in range(5000)})
    assert many is not None
    assert (len(many.entry), len(many.ports)) == (MAX_WORDS, MAX_PORTS)


def system(type, name, version):
    return Package(type=type, name=name, version=version, path="db")


@pytest.mark.parametrize(
    ("known", "release"),
    [
        (system("deb", "linux-image-6.1.0-50-amd64", "6.1.176-1"), "6.1.0-50-amd64"),
        (system("rpm", "kernel-core", "5.14.0-427.el9"), "5.14.0-427.el9.x86_64"),
        (system("apk", "linux-lts", "6.6.9-r0"), "6.6.9-0-lts"),
        (system("rpm", "kernel", "5.15.1-1.cm2"), "5.15.1-1.cm2"),
        (system("alpm", "linux", "6.6.1.arch1-1"), "6.6.1-arch1-1"),
        (system("generic", "linux-kernel", "6.8.0-own"), "6.8.0-own"),
    ],
)
def test_a_kernel_that_a_package_brought_is_not_told_again(known, release):
    assert running_kernel([known], release) == ()


def test_one_that_nothing_on_the_disk_tells_of_is_told():
    others = [
        system("deb", "linux-libc-dev", "6.8.0-1"),
        system("deb", "linux-image-6.1.0-50-amd64", "6.1.176-1"),
        system("deb", "bash", "6.8.0"),
    ]
    assert running_kernel(others, "6.1.0-49-amd64"), "an older build that still runs"
    newer = [
        system("deb", "linux-modules-6.8.0-49-generic", "6.8.0-49.49"),
        system("rpm", "kernel-core", "5.14.0-503.el9"),
    ]
    assert running_kernel(newer, "6.8.0-31-generic")
    assert running_kernel(newer, "5.14.0-427.el9.x86_64")
    [kernel] = running_kernel(others, "6.8.0-own+")
    assert (kernel.type, kernel.name, kernel.version) == ("generic", "linux-kernel", "6.8.0-own+")
    assert running_kernel(others, "unknown") == ()
