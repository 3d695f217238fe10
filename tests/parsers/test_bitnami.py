"""Bitnami's component lists and SPDX documents, and reading purls of others."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from hullmark.model import File, ParseError
from hullmark.model.purl import parts
from hullmark.parsers.bitnami import bitnami

PLACE = "opt/bitnami/redis/.spdx-redis.spdx"
END = "arch=arm64&distro=debian-12"


def facts(content, path=PLACE):
    """What the unit yields, and the reason of the error at its end."""
    found = []
    if isinstance(content, dict):
        content = json.dumps(content)
    try:
        found.extend(bitnami.parse(File(path=path, content=content.encode())))
    except ParseError as error:
        return found, error.why
    return found, ""


def described(id, purl, licence="NOASSERTION"):
    cpe = {"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:*:a:b:1:*:*:*:*:*:*:*"}
    refs = [cpe, {"referenceType": "purl", "referenceLocator": purl}] if purl else [cpe]
    return {"SPDXID": id, "name": id, "licenseDeclared": licence, "externalRefs": refs}


def related(left, kind, right):
    return {"spdxElementId": left, "relationshipType": kind, "relatedSpdxElement": right}


def test_a_document_tells_the_component_and_what_it_contains():
    purls = [f"pkg:bitnami/redis@7.4.1-0?{END}", "pkg:maven/org.x/y@1", f"pkg:bitnami/z@2?{END}"]
    document = {
        "packages": [
            described("R", purls[0], "RSALv2"),
            described("Y", purls[1], "NONE"),
            described("Z", purls[2], "BSD-3-Clause"),
            described("nameless", ""),
        ],
        "relationships": [
            related("SPDXRef-DOCUMENT", "DESCRIBES", "R"),
            related("R", "CONTAINS", "Z"),
            related("R", "CONTAINS", "nameless"),
            related("Z", "CONTAINS", "Y"),
            related("R", "OTHER", "Y"),
            related("R", "CONTAINS", "absent"),
        ],
    }
    found, why = facts(document)
    assert not why
    assert [(each.purl, each.direct, each.licences, each.requires) for each in found] == [
        (purls[0], True, ("LicenseRef-RSALv2",), (purls[2],)),
        (purls[1], False, (), ()),
        (purls[2], False, ("BSD-3-Clause",), (purls[1],)),
    ]
    del document["relationships"]
    document["documentDescribes"] = ["Z", "absent"]
    assert [each.direct for each in facts(document)[0]] == [False, False, True]


def test_tags_and_values_tell_the_same():
    head = "SPDXVersion: SPDX-2.3\nSPDXID: SPDXRef-DOCUMENT\n## Relationships\n"
    head += "Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-redis\n"
    head += "Relationship: SPDXRef-redis CONTAINS SPDXRef-lua\n\n"
    body = "PackageName: {0}\nSPDXID: SPDXRef-{0}\nPackageVersion: {1}\n"
    body += "PackageLicenseDeclared: {2}\nExternalRef: SECURITY cpe23Type cpe:2.3:x\n"
    body += "ExternalRef: PACKAGE-MANAGER purl pkg:bitnami/{0}@{1}?" + END + "\n\n"
    text = head + body.format("redis", "7.4.1-0", "MIT") + body.format("lua", "5.4", "NONE")
    found, why = facts(text)
    assert not why
    lua = f"pkg:bitnami/lua@5.4?{END}"
    assert [(each.purl, each.direct, each.licences, each.requires) for each in found] == [
        (f"pkg:bitnami/redis@7.4.1-0?{END}", True, ("MIT",), (lua,)),
        (lua, False, (), ()),
    ]


def test_documents_that_tell_nothing_are_errors():
    assert facts("hello")[1] == "no SPDX document"
    assert facts("PackageName: x\n")[1] == "no SPDX document"
    assert facts({})[1] == "no package with a purl"
    many = {"packages": [described("R", "")] * 20_001}
    assert facts(many)[1] == "more than 20000 packages"


def test_the_table_of_components_is_read():
    entry = {"arch": "amd64", "digest": "00", "distro": "debian-10", "type": "NAMI"}
    table = {"yq": {**entry, "version": "4.16.2-2"}, "Bare": {"version": "1"}}
    found, why = facts(table, "opt/bitnami/.bitnami_components.json")
    assert not why
    assert [each.purl for each in found] == [
        "pkg:bitnami/bare@1",
        "pkg:bitnami/yq@4.16.2-2?arch=amd64&distro=debian-10",
    ]


@given(st.text(max_size=200))
def test_rubbish_gives_facts_or_an_error(text):
    facts(text)
    facts(f"SPDXVersion: 2\nPackageName: a\n{text}")
    facts(text, "opt/bitnami/.bitnami_components.json")


@pytest.mark.parametrize(
    "text",
    [
        "pkg:bitnami/redis@7.4.1-0?arch=arm64&distro=debian-12",
        "pkg:npm/%40babel/core@7.0.0",
        "pkg:golang/github.com/a/b@v1.0.0%2Bincompatible#sub/dir",
        "pkg:maven/org.x/y@1?type=war&classifier=",
        "pkg:deb/debian/bash@5.2.15-2%2Bb8?arch=amd64",
        "pkg:generic/a%2Fb",
        "pkg:pypi/x",
    ],
)
def test_purls_are_read_as_the_reference_reads_them(text):
    expected = PackageURL.from_string(text)
    found = parts(text)
    assert found is not None
    assert (found.type, found.namespace, found.name) == (
        expected.type,
        expected.namespace or "",
        expected.name,
    )
    assert (found.version, found.subpath) == (expected.version or "", expected.subpath or "")
    assert found.qualifiers == expected.qualifiers


def test_what_names_no_package_is_no_purl():
    for text in ("", "pkg:", "pkg:npm", "pkg:npm/", "http://x/y", "pkg:/x"):
        assert parts(text) is None
