"""SPDX by the judgement of spdx-tools."""

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from spdx_tools.spdx.model.document import Document
from spdx_tools.spdx.model.relationship import RelationshipType
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from hullmark.formats.spdx import spdx as unit
from hullmark.model import Package, Report
from tests.formats.samples import ALIKE, BARE, FULL, LOCKED, digest, many, reports


def rendered(report: Report) -> str:
    return "".join(unit.render(report))


def document(report: Report) -> Document:
    """The report as spdx-tools reads it, after it has found no fault."""
    parsed = JsonLikeDictParser().parse(json.loads(rendered(report)))
    assert validate_full_spdx_document(parsed) == []
    return parsed


@pytest.mark.parametrize("report", [FULL, BARE, many(50)], ids=["full", "bare", "many"])
def test_a_report_is_valid(report):
    assert len(document(report).packages) == 1 + bool(report.distribution) + len(report.packages)


@given(reports)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_report_is_valid_and_every_identifier_unique(report):
    made = document(report)
    ids = [package.spdx_id for package in made.packages]
    assert len(ids) == len(set(ids)) == 1 + bool(report.distribution) + len(report.packages)
    assert len(made.annotations) == len(report.findings) + len(report.gaps)


def test_the_document_describes_the_artifact_and_the_artifact_contains_the_rest():
    made = document(FULL)
    kinds = Counter(known.relationship_type for known in made.relationships)
    assert kinds == {
        RelationshipType.DESCRIBES: 1,
        RelationshipType.CONTAINS: 1 + len(FULL.packages),
    }
    root = made.packages[0]
    assert root.primary_package_purpose.name == "CONTAINER"
    assert root.checksums[0].value == "1" * 64
    assert {known.related_spdx_element_id for known in made.relationships} == {
        package.spdx_id for package in made.packages
    }


def test_a_package_names_its_purl_place_and_licence():
    package = json.loads(rendered(FULL))["packages"][2]
    assert package["externalRefs"] == [
        {
            "referenceCategory": "PACKAGE-MANAGER",
            "referenceType": "purl",
            "referenceLocator": "pkg:deb/debian/libssl3@3.0.15-1~deb12u1?arch=amd64",
        }
    ]
    assert package["sourceInfo"] == (
        f"path: var/lib/dpkg/status; layer: {digest('a')}; source: openssl 3.0.15-1~deb12u1"
    )
    assert package["licenseDeclared"] == ("Apache-2.0 AND (Artistic-1.0-Perl OR GPL-1.0-or-later)")
    assert package["licenseConcluded"] == package["downloadLocation"] == "NOASSERTION"
    assert package["filesAnalyzed"] is False


def test_every_licence_that_spdx_does_not_list_is_explained_once():
    refs = [known.license_id for known in document(FULL).extracted_licensing_info]
    assert refs == ["LicenseRef-list-7", "LicenseRef-slf4j-own"]


def test_equal_packages_get_identifiers_of_their_own():
    package = Package(type="npm", name="名" * 300, version="1", path="a")
    ids = [known.spdx_id for known in document(replace(BARE, packages=(package,) * 3)).packages]
    assert len(set(ids)) == 4
    assert max(map(len, ids)) < 120


def test_findings_and_gaps_are_annotations():
    comments = [known.annotation_comment for known in document(FULL).annotations]
    assert "gap: jar: app/x.jar: encrypted members are not read" in comments
    assert any(said.startswith("finding: critical layer-digest-mismatch") for said in comments)


def test_another_content_has_another_namespace():
    name = document(FULL).creation_info.document_namespace
    assert name.startswith("https://hullmark.dev/spdx/")
    assert document(replace(FULL, gaps=())).creation_info.document_namespace != name


@pytest.mark.parametrize(
    ("created", "normal"),
    [
        ("2026-01-02T03:04:05.123456789+08:00", "2026-01-01T19:04:05Z"),
        ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z"),
        ("0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59-14:00", "1970-01-01T00:00:00Z"),
        ("yesterday", "1970-01-01T00:00:00Z"),
        ("", "1970-01-01T00:00:00Z"),
    ],
)
def test_created_is_the_images_own_time_in_utc(created, normal):
    report = replace(FULL, artifact=replace(FULL.artifact, created=created))
    assert json.loads(rendered(report))["creationInfo"]["created"] == normal


def test_what_a_package_requires_is_a_relationship():
    document = json.loads(rendered(LOCKED))
    names = {each["SPDXID"]: each["name"] for each in document["packages"]}
    found = [
        (names[each["spdxElementId"]], names[each["relatedSpdxElement"]])
        for each in document["relationships"]
        if each["relationshipType"] == "DEPENDS_ON"
    ]
    assert found == [("flask", "werkzeug")]


def test_no_package_is_told_to_depend_on_itself():
    found = [
        each
        for each in json.loads(rendered(ALIKE))["relationships"]
        if each["relationshipType"] == "DEPENDS_ON"
    ]
    (one,) = found
    assert one["spdxElementId"] != one["relatedSpdxElement"]
