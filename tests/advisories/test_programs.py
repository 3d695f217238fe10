"""Programs that no distribution packaged, against advisories that tests write."""

import pytest

from hullmark.advisories.places import places_of
from hullmark.advisories.programs import BITNAMI, PROGRAMS, comparable, release_of_kernel
from hullmark.binaries import PROGRAMS as SIGNATURES
from hullmark.model import Package
from tests.advisories.test_match import about, found, record


def go(module, version, path):
    namespace, _, name = module.rpartition("/")
    return Package(type="golang", namespace=namespace, name=name, version=version, path=path)


def generic(name, version, path="opt/bin/it"):
    return Package(type="generic", name=name, version=version, path=path)


def rules(package, *records):
    return [finding.rule for finding in found(package, *records).findings]


KUBELET = record("CVE-2023-3676", about("Kubernetes", "k8s.io/kubelet", "introduced 0", "fixed 2"))
SERVER = record("CVE-2023-0001", about("Kubernetes", "k8s.io/apiserver", "introduced 0", "fixed 2"))
OF_ALL = record(
    "CVE-2020-8564", about("Kubernetes", "k8s.io/kubernetes", "introduced 0", "fixed 2")
)


def test_kubernetes_is_judged_by_component():
    kubelet = go("k8s.io/kubernetes", "v1.27.1", "usr/local/bin/kubelet")
    assert rules(kubelet, KUBELET, SERVER, OF_ALL) == ["CVE-2020-8564", "CVE-2023-3676"]


def test_a_module_of_kubernetes_in_another_program_is_no_component():
    assert not rules(go("k8s.io/kubernetes", "v1.27.1", "usr/bin/other"), KUBELET, OF_ALL)


def test_one_vulnerability_under_two_names_is_one_finding():
    runs = [("introduced 0", "fixed 26.0.0")]
    records = [
        record("GO-1", about("Go", "github.com/docker/docker", *runs[0]), aliases=("CVE-2026-1",)),
        record("GO-2", about("Go", "github.com/moby/moby", *runs[0]), aliases=("CVE-2026-1",)),
    ]
    dockerd = go("github.com/docker/docker", "v24.0.7+incompatible", "usr/bin/dockerd")
    [finding] = found(dockerd, *records).findings
    assert finding.rule == "CVE-2026-1"
    assert finding.aliases == ("GO-1", "GO-2")


def test_another_name_of_a_program_counts_only_with_a_fix():
    told = record("GO-3", about("Go", "go.etcd.io/etcd/v3", "introduced 0"))
    ended = record("GO-4", about("Go", "go.etcd.io/etcd/v3", "introduced 0", "fixed 3.5.28"))
    etcd = go("go.etcd.io/etcd/server/v3", "v3.5.9", "usr/local/bin/etcd")
    assert rules(etcd, told, ended) == ["GO-4"]


def test_a_program_without_a_release_is_a_gap_and_not_older_than_all():
    runc = go("github.com/opencontainers/runc", "v0.0.0-20240101000000-abcdefabcdef", "bin/runc")
    bad = record(
        "GO-5", about("Go", "github.com/opencontainers/runc", "introduced 0", "fixed 1.2.0")
    )
    result = found(runc, bad)
    assert not result.findings
    assert "Go github.com/opencontainers/runc" in [gap.subject for gap in result.gaps]
    library = go("github.com/opencontainers/runc", runc.version, "bin/other")
    assert comparable(library) == library.version


def test_containerd_of_the_second_major_version_is_a_program_too():
    path = "usr/bin/containerd-shim-runc-v2"
    assert not comparable(go("github.com/containerd/containerd/v2", "v0.0.0-2024", path))


def test_what_a_distribution_stamps_behind_a_version_is_not_compared():
    bad = record(
        "GO-6", about("Go", "github.com/containerd/containerd", "introduced 0", "fixed 1.7")
    )
    assert rules(go("github.com/containerd/containerd", "v1.6.20~ds1", "opt/containerd"), bad)


@pytest.mark.parametrize(("name", "other"), [("redis", "redis"), ("httpd", "apache")])
def test_programs_found_by_signature_are_looked_for_by_their_own_numbers(name, other):
    bad = record("BIT-1", about("Bitnami", other, "introduced 7.0.0", "fixed 7.2.10"))
    assert rules(generic(name, "7.2.9"), bad) == ["BIT-1"]
    assert not rules(generic(name, "7.2.10"), bad)


def test_a_kernel_is_looked_for_by_what_its_release_begins_with():
    bad = record("CVE-2025-1", about("Linux", "Kernel", "introduced 6.2.0", "fixed 6.6.15"))
    assert rules(generic("linux-kernel", "6.6.9-custom+"), bad) == ["CVE-2025-1"]
    assert not rules(generic("linux-kernel", "6.6.15-custom+"), bad)


def test_a_kernel_without_advisories_is_a_gap():
    result = found(generic("linux-kernel", "6.6.9"), record("GO-1", about("Go", "x")))
    assert "Linux" in [gap.subject for gap in result.gaps]


@pytest.mark.parametrize(
    ("release", "version"),
    [("6.1.0-50-amd64", "6.1.0"), ("5.10.199-190.747.amzn2", "5.10.199"), ("next", "")],
)
def test_release_of_kernel(release, version):
    assert release_of_kernel(release) == version


def test_names_are_of_programs_that_signatures_find():
    assert set(BITNAMI) <= {program.name for program in SIGNATURES}


def test_no_file_of_a_module_is_named_twice():
    pairs = [(module, file) for each in PROGRAMS for module in each.modules for file in each.files]
    assert len(pairs) == len(set(pairs))


def test_other_packages_have_the_places_they_had():
    [place] = places_of(go("github.com/opencontainers/runc", "v1.1.5", "usr/bin/runc"), None)
    assert (place.ecosystem, place.version) == ("Go", "v1.1.5")
    others = places_of(generic("zlib", "1.2.13"), None)
    assert "Bitnami" not in [each.ecosystem for each in others]


@pytest.mark.parametrize(
    ("toolchain", "release"),
    [
        ("1.22.5", "1.22.5"),
        ("go1.22.5-fips", "1.22.5"),
        ("1.22.5 X:boringcrypto", "1.22.5"),
        ("1.24-0a1b2c", "1.24"),
        ("v1.22.5", "v1.22.5"),
    ],
)
def test_the_standard_library_is_of_the_release_that_a_toolchain_was_built_from(toolchain, release):
    [place] = places_of(Package(type="golang", name="stdlib", version=toolchain), None)
    assert place.version == release


@pytest.mark.parametrize(
    "version", ["(devel)", "UNKNOWN", "v0.0.0-20260101000000-abcdefabcdef+dirty"]
)
def test_a_module_that_tells_no_version_is_one_gap(version):
    bad = [
        record(f"GO-{each}", about("Go", "a.b/c", "introduced 0", "fixed 1.2.0")) for each in "12"
    ]
    result = found(go("a.b/c", version, "bin/x"), *bad)
    assert [gap.subject for gap in result.gaps] == ["Go a.b/c"]
