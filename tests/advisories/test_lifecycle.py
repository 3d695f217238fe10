"""Ends of life of runtimes, servers and frameworks."""

from datetime import date

import pytest

from hullmark.advisories.lifecycle import past_their_end
from hullmark.model import Package
from hullmark.model.purl import purl
from hullmark.model.runtimes_end import ended, packages, table

TODAY = "2026-11-22"


@pytest.mark.parametrize(
    ("type", "name", "version", "release", "after"),
    [
        ("generic", "python", "3.8.10", "3.8", "3.11"),
        ("generic", "python", "2.7.18", "2.7", "3.11"),
        ("generic", "node", "18.20.4", "18", "22"),
        ("generic", "openjdk", "13.0.1+9", "13", ""),
        ("generic", "openssl", "1.1.1w", "1.1.1", "3.5"),
        ("generic", "postgresql", "13.22", "13", "15"),
        ("generic", "postgresql", "9.6.24", "9.6", "15"),
        ("golang", "stdlib", "1.19.3", "1.19", ""),
        ("golang", "stdlib", "1.25.9", "1.25", ""),
        ("golang", "k8s.io/kubernetes", "v1.27.4", "1.27", "1.35"),
        ("maven", "org.springframework.boot:spring-boot", "2.3.12.RELEASE", "2.3", "4.0"),
        ("nuget", "Microsoft.NETCore.App.Runtime.linux-x64", "6.0.1", "6", "10"),
        ("npm", "vue", "2.6.14", "2", ""),
        ("pypi", "Django", "4.1.13", "4.1", "5.2"),
        ("bitnami", "php", "8.0.30-1", "8.0", "8.2"),
    ],
)
def test_a_release_past_its_end_is_told_with_the_oldest_that_is_maintained(
    type, name, version, release, after
):
    end = ended(type, name, version, TODAY)
    assert end is not None
    assert (end.release, end.next) == (release, after)


@pytest.mark.parametrize(
    ("type", "name", "version"),
    [
        ("generic", "python", "3.11.2"),
        ("generic", "python", "3.100.0"),
        ("generic", "openjdk", "1.8.0_402"),
        ("generic", "openjdk", "17.0.8+7"),
        ("generic", "php", ""),
        ("generic", "php", "master"),
        ("generic", "php", "7" * 10_000),
        ("pypi", "python", "3.6.1"),
        ("npm", "node", "10.0.0"),
        ("deb", "python3.8", "3.8.10-1"),
        ("maven", "org.apache.tomcat.embed:tomcat-embed-core", "9.0.1"),
    ],
)
def test_others_are_not_told(type, name, version):
    assert ended(type, name, version, TODAY) is None


def test_the_last_day_itself_is_maintained():
    assert ended("generic", "python", "3.9.1", "2025-10-31") is None
    assert ended("generic", "python", "3.9.1", "2025-11-01")


def test_every_date_is_one_and_every_release_a_number():
    for product, ends in table().items():
        assert ends, product
        for release, end in ends.items():
            assert date.fromisoformat(end)
            assert all(part.isdigit() for part in release.split("."))


def test_every_product_has_packages_that_are_it():
    assert all(packages().values())
    assert packages()["Python"] == ("generic/python", "bitnami/python")


def test_a_finding_says_since_when_and_where_to_go():
    package = Package(
        type="generic", name="node", version="16.1.0", path="opt/node", layer="sha256:aa"
    )
    [finding] = past_their_end([package], TODAY)
    assert finding.rule == "end-of-life-software"
    assert finding.subject == purl("generic", "node", "16.1.0")
    assert finding.evidence.says == "Node.js 16 has had no fixes since 2023-09-11"
    assert finding.evidence.layer == "sha256:aa"
    assert finding.fix is not None
    assert finding.fix.value == "22"


def test_the_vendor_of_a_runtime_is_no_part_of_its_name():
    java = Package(type="generic", namespace="oracle", name="openjdk", version="13.0.1", path="a")
    assert [each.evidence.says for each in past_their_end([java], TODAY)] == [
        "Java 13 has had no fixes since 2020-03-17"
    ]


def test_a_program_is_told_and_the_same_module_in_another_program_is_not():
    module = {"type": "golang", "namespace": "github.com/docker", "name": "docker"}
    daemon = Package(**module, version="v20.10.7+incompatible", path="usr/bin/dockerd")
    client = Package(**module, version="v20.10.7+incompatible", path="usr/bin/other")
    assert [each.evidence.path for each in past_their_end([daemon, client], TODAY)] == [daemon.path]
