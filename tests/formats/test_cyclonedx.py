"""CycloneDX by the judgement of its own library."""

import json

import pytest
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import ComponentType
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from packageurl import PackageURL

from hullmark.formats.cyclonedx import cyclonedx as unit
from hullmark.model import Artifact, ArtifactKind, Package, Report
from tests.formats.samples import (
    ALIKE,
    BARE,
    FULL,
    LOCKED,
    VULNERABLE,
    attacked,
    digest,
    many,
    reports,
)

VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)


def rendered(report: Report) -> str:
    return "".join(unit.render(report))


def document(report: Report):
    text = rendered(report)
    assert VALIDATOR.validate_str(text) is None
    return json.loads(text)


def properties(component) -> list[tuple[str, str]]:
    return [(known["name"], known["value"]) for known in component.get("properties", ())]


@pytest.mark.parametrize("report", [FULL, BARE, many(50)], ids=["full", "bare", "many"])
def test_a_report_is_valid_and_its_library_reads_it(report):
    bom = Bom.from_json(document(report))
    assert bom.validate()
    assert len(bom.components) == len(report.packages) + bool(report.distribution)


@given(reports)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_is_valid_and_every_reference_unique(report):
    made = document(report)
    refs = [component["bom-ref"] for component in made["components"]]
    assert len(refs) == len(set(refs)) == len(report.packages) + bool(report.distribution)
    root = made["metadata"]["component"]["bom-ref"]
    assert root not in refs
    assert made["dependencies"] == [{"ref": root, "dependsOn": refs}]
    assert Bom.from_json(made).validate()


def test_an_image_is_a_container_with_its_digest_and_purl():
    root = document(FULL)["metadata"]["component"]
    assert root["type"] == "container"
    assert root["hashes"] == [{"alg": "SHA-256", "content": "1" * 64}]
    assert PackageURL.from_string(root["purl"]).to_dict(encode=False) == {
        "type": "oci",
        "namespace": None,
        "name": "shop",
        "version": digest("1"),
        "qualifiers": {"arch": "amd64", "tag": "1.2"},
        "subpath": None,
    }
    assert ("hullmark:layer", digest("c")) in properties(root)


@pytest.mark.parametrize(
    ("name", "purl"),
    [
        ("Team/Shop", "pkg:oci/shop@"),
        ("shop.tar.gz", "pkg:oci/shop@"),
        ("a:5000/shop", "pkg:oci/shop@"),
        ("layouts/shop/", "pkg:oci/shop@"),
        ("shop@sha256:ab", "pkg:oci/shop@"),
        ("/", "pkg:oci/image@"),
    ],
)
def test_an_images_purl_is_named_after_its_repository(name, purl):
    image = Artifact(kind=ArtifactKind.IMAGE, name=name, digest=digest("1"))
    assert image.purl == f"{purl}{digest('1')}"


def test_an_image_known_by_its_config_alone_has_no_purl():
    image = Artifact(kind=ArtifactKind.IMAGE, name="x", digest=digest("1"), config=digest("1"))
    assert "purl" not in document(Report(artifact=image))["metadata"]["component"]


def test_a_tree_is_an_application_and_a_distribution_an_operating_system():
    assert document(BARE)["metadata"]["component"]["type"] == "application"
    system = document(FULL)["components"][0]
    assert (system["type"], system["name"], system["version"]) == (
        ComponentType.OPERATING_SYSTEM.value,
        "debian",
        "12",
    )


def test_licences_are_one_expression():
    library = document(FULL)["components"][1]
    assert library["licenses"] == [
        {"expression": "Apache-2.0 AND (Artistic-1.0-Perl OR GPL-1.0-or-later)"}
    ]


def test_a_group_is_part_of_the_name_and_never_the_distribution():
    by_name = {component["name"]: component for component in document(FULL)["components"]}
    assert by_name["core"]["group"] == "@babel"
    assert by_name["slf4j-api"]["group"] == "org.slf4j"
    assert "group" not in by_name["libssl3"]


def test_where_a_package_was_found_stands_in_its_properties():
    by_name = {component["name"]: component for component in document(FULL)["components"]}
    assert properties(by_name["libssl3"]) == [
        ("hullmark:path", "var/lib/dpkg/status"),
        ("hullmark:layer", digest("a")),
        ("hullmark:source", "openssl"),
        ("hullmark:source-version", "3.0.15-1~deb12u1"),
    ]
    assert ("hullmark:declared", "true") in properties(by_name["flask"])


def test_the_same_package_at_the_same_place_gets_references_of_its_own():
    one = Package(type="npm", name="x", version="1", path="a")
    trap = Package(type="npm", name="x", version="1", path="a#2")
    made = document(replace(BARE, packages=(trap, one, trap, one, one, one)))
    refs = [component["bom-ref"] for component in made["components"]]
    assert len(set(refs)) == 6


def test_gaps_make_the_composition_incomplete():
    assert document(FULL)["compositions"][0]["aggregate"] == "incomplete"
    assert document(BARE)["compositions"][0]["aggregate"] == "unknown"


def test_findings_and_gaps_survive_a_reading_by_the_library():
    said = [known.value for known in Bom.from_json(document(FULL)).metadata.properties]
    assert "jar: app/x.jar: encrypted members are not read" in said
    assert any(value.startswith("critical layer-digest-mismatch sha256:ddd") for value in said)


def test_another_content_has_another_serial_number():
    serial = document(FULL)["serialNumber"]
    assert document(replace(FULL, gaps=()))["serialNumber"] != serial


def test_the_time_is_the_images_own():
    assert document(FULL)["metadata"]["timestamp"] == "2026-01-02T02:04:05Z"
    assert document(BARE)["metadata"]["timestamp"] == "1970-01-01T00:00:00Z"


def test_what_a_package_requires_is_among_the_dependencies():
    document = json.loads(rendered(LOCKED))
    depends = {each["ref"]: each["dependsOn"] for each in document["dependencies"][1:]}
    assert depends == {"pkg:pypi/flask@3.1": ["pkg:pypi/werkzeug@3.0"]}
    told = {(each["name"], each["value"]) for each in document["components"][0]["properties"]}
    assert {("hullmark:direct", "true"), ("hullmark:development", "true")} <= told


def test_every_reference_depends_once_and_never_on_itself():
    depends = json.loads(rendered(ALIKE))["dependencies"][1:]
    assert depends == [{"ref": "pkg:npm/a@1", "dependsOn": ["pkg:npm/a@1#l"]}]
    assert VALIDATOR.validate_str(rendered(ALIKE)) is None


def test_a_vulnerability_stands_once_with_all_that_it_affects():
    made = document(VULNERABLE)["vulnerabilities"]
    assert [each["id"] for each in made] == ["CVE-2026-0002", "GHSA-xxxx-yyyy-zzzz"]
    flaw = made[0]
    page = "https://nvd.nist.gov/vuln/detail/CVE-2026-0002"
    assert flaw["source"] == {"name": "NVD", "url": page}
    assert [each["id"] for each in flaw["references"]] == ["DSA-1-1", "GHSA-aaaa-bbbb-cccc"]
    assert flaw["ratings"] == [
        {"source": {"name": "hullmark"}, "method": "other", "severity": "high", "score": 81.2}
    ]
    assert flaw["advisories"] == [
        {"url": "https://example.org/a%20b?c=d#e"},
        {"url": "https://example.org/x"},
    ]
    assert flaw["recommendation"] == (
        "upgrade libssl3 to 4; upgrade github.com/spf13/cobra to 4; upgrade @babel/core to 4"
    )
    assert flaw["affects"] == [
        {"ref": ref, "versions": [{"version": version, "status": "affected"}]}
        for ref, version in (
            (VULNERABLE.packages[0].purl, "3.0.15-1~deb12u1"),
            ("pkg:golang/github.com/spf13/cobra@v1.8.1", "v1.8.1"),
            ("pkg:npm/%40babel/core@7.26.0", "7.26.0"),
            (
                "pkg:npm/%40babel/core@7.26.0#srv/node_modules/@babel/core/package.json",
                "7.26.0",
            ),
        )
    ]


def test_the_library_reads_vulnerabilities_whose_components_it_knows():
    bom = Bom.from_json(document(VULNERABLE))
    assert bom.validate()
    assert len(bom.vulnerabilities) == 2
    known = {component.bom_ref.value for component in bom.components}
    assert {hit.ref for each in bom.vulnerabilities for hit in each.affects} <= known


def test_a_vulnerability_of_no_component_affects_the_artifact():
    stray = replace(VULNERABLE.findings[1], subject="pkg:npm/absent@1")
    (only,) = document(replace(VULNERABLE, findings=(stray,)))["vulnerabilities"]
    assert only["affects"] == [{"ref": digest("1")}]


def test_vulnerabilities_are_no_properties_but_the_age_of_advisories_is_one():
    made = properties(document(VULNERABLE)["metadata"])
    said = [value for name, value in made if name == "hullmark:finding"]
    assert [value.split()[1] for value in said] == ["layer-digest-mismatch"]
    assert ("hullmark:feed", "Debian:12: 2026-11-21T00:00:00Z") in made


def test_hostile_text_breaks_nothing():
    made = document(attacked())
    assert len(made["vulnerabilities"]) == 1
    (advisory,) = made["vulnerabilities"][0]["advisories"]
    assert advisory["url"].startswith("https://example.org/%1B%5D0;owned")
    assert Bom.from_json(made).validate()
