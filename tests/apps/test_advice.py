"""From an image with a base to what a scan advises."""

import json
import os

import pytest

from tests.apps.test_cli import hullmark
from tests.apps.test_vulnerabilities import home
from tests.homes import made
from tests.images.build import (
    Documents,
    make_image,
    os_release,
    status,
    tagged,
    write_layout,
)

__all__ = ["home"]

NODE = ("srv/node_modules/left/package.json", '{"name": "left", "version": "2.1.0"}')


@pytest.fixture
def images(tmp_path, home):
    """An image, after its base and a newer one were learned."""
    lowest = [*os_release(), ("var/lib/dpkg/status", status("bash@5.2-1"))]
    built = {
        "debian:12": [lowest],
        "debian:13": [[*lowest, ("etc/motd", "13")]],
        "app": [lowest, [NODE]],
    }
    paths = {name: make_image(tmp_path, layers, name=name[-3:]) for name, layers in built.items()}
    for name in ("debian:12", "debian:13"):
        done = hullmark("layers", "learn", paths[name], "--name", name, **home)
        assert (done.returncode, done.stderr) == (0, "")
    return paths


def scanned(target, home, *options):
    return json.loads(hullmark("scan", target, "-f", "json", *options, **home).stdout)


def test_a_scan_says_what_the_base_brought_and_where_to_go(images, home):
    report = scanned(images["app"], home)
    assert report["artifact"]["base"]["newer"] == "debian:13"
    [advice] = report["advice"]
    assert (advice["brought"], advice["vulnerabilities"], advice["fixable"]) == (2, 3, 2)
    says = (
        "rebuild on debian:13: 2 of 3 vulnerabilities are in the base image's layers,"
        " 2 of them with a fix"
    )
    assert advice["says"] == says
    assert says in " ".join(hullmark("scan", images["app"], **home).stdout.split())
    assert "debian:13" in hullmark("scan", images["app"], "-f", "html", **home).stdout


def test_what_is_not_shown_is_not_advised_on(images, home, tmp_path):
    assert scanned(images["app"], home, "--severity", "critical")["advice"][0]["brought"] == 2
    ignore = tmp_path / ".trivyignore"
    ignore.write_text("CVE-2026-0001\nCVE-2026-0002\n")
    report = scanned(images["app"], home, "--ignore-file", ignore)
    assert (report["advice"], len(report["suppressed"])) == ([], 2)
    assert [each["package"] for each in report["upgrades"]] == []


def test_a_base_itself_has_no_advice(images, home):
    assert scanned(images["debian:12"], home)["advice"] == []


def test_what_the_image_starts_is_told_by_the_package_that_owns_it(tmp_path, home):
    owned = ("var/lib/dpkg/info/bash.list", "/.\n/usr/bin/greet\n")
    image = Documents([[*os_release(), ("var/lib/dpkg/status", status("bash@5.2-1")), owned]])
    image.config["config"] = {
        "Cmd": ["greet", "all"],
        "User": "app",
        "ExposedPorts": {"80/tcp": {}},
    }
    report = scanned(
        write_layout(tmp_path / "app", image.blobs, image.manifest(**tagged("x"))), home
    )
    assert report["artifact"]["exposure"] == {
        "root": False,
        "ports": ["80/tcp"],
        "entry": ["greet", "all"],
        "folder": "",
        "user": "app",
        "volumes": [],
    }
    known = [each for each in report["findings"] if each["kind"] == "vulnerability"]
    assert {each["evidence"]["says"][-21:] for each in known} == {"; the image starts it"}
    assert [each["score"] for each in known] == [round(58.8 * 0.95 * 0.9 + 10, 1)] * 2


def test_software_past_its_end_is_told_without_advisories(tmp_path):
    place = tmp_path / "srv/vendor/django/Django-4.1.13.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: Django\nVersion: 4.1.13\n")
    home = {"HULLMARK_HOME": made(tmp_path / "home")}
    report = scanned(tmp_path / "srv", home)
    [finding] = report["findings"]
    assert (finding["rule"], finding["fix"]["value"]) == ("end-of-life-software", "5.2")
    assert finding["title"] == "Software is past its end of life"
    assert "advisories" in [gap["subject"] for gap in report["gaps"]]
    assert scanned(tmp_path / "srv", home, "--scanners", "packages")["findings"] == []


def test_a_host_tells_the_kernel_that_it_runs(tmp_path, home):
    (tmp_path / "host/etc").mkdir(parents=True)
    (tmp_path / "host/etc/os-release").write_text("ID=debian\nVERSION_ID=12\n")
    report = scanned(f"host:{tmp_path / 'host'}", home)
    [kernel] = report["packages"]
    assert (kernel["name"], kernel["version"]) == ("linux-kernel", os.uname().release)
    assert "Linux" in [gap["subject"] for gap in report["gaps"]]
    assert scanned(f"dir:{tmp_path / 'host'}", home)["packages"] == []
