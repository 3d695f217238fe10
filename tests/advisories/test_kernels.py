"""Kernels in images, and on hosts beside the one that runs."""

import pytest
from msgspec.structs import replace

from hullmark.advisories.kernels import NO_CODE, NOT_IN_IMAGE, OF_IDLE, OF_NO_CODE, aside
from hullmark.advisories.match import matched
from hullmark.model import Distribution, Package
from tests.advisories.test_match import NOW, Known, about, record


def deb(name, source="linux"):
    return Package(type="deb", name=name, version="6.1.1-1", source=source)


def rpm(name, version="5.14.0-503.11.1.el9", source="kernel"):
    arch = {"arch": "x86_64"}
    return Package(type="rpm", name=name, version=version, source=source, qualifiers=arch)


IMAGES = [
    deb("linux-image-6.1.0-47-amd64", "linux-signed-amd64"),
    deb("linux-image-6.1.0-47-amd64-unsigned"),
    deb("linux-modules-6.8.0-49-generic"),
    deb("linux-modules-extra-6.8.0-49-aws", "linux-aws-6.8"),
    rpm("kernel"),
    rpm("kernel-core"),
    rpm("kernel-rt-64k-modules-extra"),
    rpm("kernel-default", source="kernel-default"),
    Package(type="apk", name="linux-lts", version="6.6.58-r0"),
    Package(type="generic", name="linux-kernel", version="6.1.0-47-amd64"),
]
NO_KERNELS = [
    deb("linux-libc-dev"),
    deb("linux-headers-6.1.0-47-amd64"),
    deb("linux-image-amd64", "linux-signed-amd64"),
    deb("linux-image-6.1.0-47-amd64-dbg"),
    deb("linux-perf"),
    deb("linux-tools-common", "linux-6.8"),
    rpm("kernel-headers"),
    rpm("kernel-devel"),
    rpm("bpftool"),
    Package(type="apk", name="linux-lts-dev", version="6.6.58-r0"),
]
OTHERS = [
    deb("linuxptp", "linuxptp"),
    deb("linux-firmware", "linux-firmware"),
    deb("openssl", "openssl"),
    deb("linux-base", "linux-base"),
    rpm("kernelshark", source="kernelshark"),
    rpm("linux-firmware", source="linux-firmware"),
    Package(type="pypi", name="linux", version="1"),
]


@pytest.mark.parametrize("package", IMAGES, ids=lambda package: package.name)
def test_a_kernel_in_an_image_does_not_run(package):
    assert aside(package, "") == (NOT_IN_IMAGE, OF_IDLE)
    assert aside(package, None) == ("", 1.0)


@pytest.mark.parametrize("package", NO_KERNELS, ids=lambda package: package.name)
def test_headers_tools_and_wishes_hold_no_kernel_anywhere(package):
    for running in ("", None, "6.1.0-47-amd64"):
        assert aside(package, running) == (NO_CODE, OF_NO_CODE)


@pytest.mark.parametrize("package", OTHERS, ids=lambda package: package.name)
def test_what_is_no_kernel_is_left_alone(package):
    for running in ("", None, "6.1.0-47-amd64"):
        assert aside(package, running) == ("", 1.0)


@pytest.mark.parametrize(
    ("package", "running"),
    [
        (deb("linux-image-6.1.0-47-amd64"), "6.1.0-47-amd64"),
        (deb("linux-image-unsigned-6.8.0-49-generic"), "6.8.0-49-generic"),
        (rpm("kernel-core"), "5.14.0-503.11.1.el9.x86_64"),
        (rpm("kernel-rt-core"), "5.14.0-503.11.1.el9.x86_64+rt"),
        (rpm("kernel-default", "5.14.21-150500.55.62.2"), "5.14.21-150500.55.62-default"),
        (Package(type="apk", name="linux-lts", version="6.6.58-r0"), "6.6.58-0-lts"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_the_kernel_that_runs_on_a_host_counts_and_others_less(package, running):
    assert aside(package, running) == (f"of the running kernel {running}", 1.0)
    other = "4.0.0-1"
    assert aside(package, other) == (f"not of the running kernel {other}", OF_IDLE)


def test_findings_of_kernels_say_so_and_weigh_less():
    debian = Distribution(id="debian", version="12")
    fault = about("Debian:12", "linux", "introduced 0", "fixed 6.1.99-1")
    known = Known(record("DSA-1-1", fault, upstream=("CVE-2024-0001",)))

    def found(package, running):
        [finding] = matched([package], debian, known, now=NOW, running_kernel=running).findings
        return finding.score, finding.evidence.says.rpartition("; ")[2]

    image = replace(deb("linux-image-6.1.0-47-amd64"), path="x", source_version="6.1.1-1")
    score, _ = found(image, None)
    assert found(image, "") == (round(score * OF_IDLE, 1), NOT_IN_IMAGE)
    assert found(image, "6.1.0-47-amd64") == (score, "of the running kernel 6.1.0-47-amd64")
    headers = replace(image, name="linux-libc-dev")
    assert found(headers, None) == (round(score * OF_NO_CODE, 1), NO_CODE)
