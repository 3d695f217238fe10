"""VEX: read in three formats, held against findings, and written so that it can be read again."""

import json

import pytest
from msgspec.structs import replace

import hullmark.formats
from hullmark.apps.cli.vex import Clearing, cleared, clearing, document
from hullmark.model import (
    Artifact,
    ArtifactKind,
    Distribution,
    Evidence,
    Finding,
    Fix,
    Kind,
    Package,
    PolicyError,
    Report,
    Severity,
    vex_openvex,
)
from hullmark.model.exemption import Exemption
from hullmark.model.vex import Attached, Status
from hullmark.policy import vex
from hullmark.policy.exemptions import sifted
from hullmark.policy.vex import weighed
from hullmark.unit import Format, load

DIGEST = f"sha256:{'1' * 64}"
SSL = Package(
    type="deb",
    namespace="debian",
    name="libssl3",
    version="3.0.1-1",
    qualifiers={"arch": "amd64", "distro": "debian-12"},
    path="var/lib/dpkg/status",
    source="openssl",
    source_version="3.0.1-1",
)
MAIN = Package(type="golang", namespace="example.org", name="tool", version="v1", path="bin/tool")
PART = Package(type="golang", namespace="example.org", name="part", version="v2", path="bin/tool")
LEAF = Package(type="npm", namespace="@x", name="leaf", version="1.0", path="a/package.json")
AGAIN = replace(LEAF, path="b/package.json")


def fault(package, rule="CVE-2026-0001", *aliases):
    return Finding(
        rule=rule,
        kind=Kind.VULNERABILITY,
        severity=Severity.HIGH,
        subject=package.purl,
        evidence=Evidence(at=package.path, says="is affected", path=package.path),
        aliases=aliases,
        fix=Fix(says="upgrade it", value="9"),
    )


def report(*findings):
    return Report(
        artifact=Artifact(
            kind=ArtifactKind.IMAGE,
            name="registry:registry.example/team/shop:1",
            digest=DIGEST,
            config=f"sha256:{'2' * 64}",
            platform="linux/amd64",
        ),
        distribution=Distribution(id="rhel", version="9.4"),
        packages=(SSL, MAIN, PART, LEAF, AGAIN),
        findings=findings,
        tool="hullmark 0.1.0",
    )


def openvex(*statements, **more):
    return json.dumps(
        {
            "@context": "https://openvex.dev/ns/v0.2.0",
            "@id": "https://example.org/1",
            "author": "Ada",
            "timestamp": "2026-01-01T00:00:00Z",
            "version": 1,
            "statements": statements,
            **more,
        }
    ).encode()


def statement(product, status="fixed", name="CVE-2026-0001", **more):
    return {"vulnerability": {"name": name}, "products": [product], "status": status, **more}


def after(data, *findings):
    return weighed(report(*findings), [document(data, "v.json")])


@pytest.mark.parametrize(
    ("product", "package", "clears"),
    [
        ({"@id": SSL.purl}, SSL, True),
        ("pkg:deb/debian/libssl3", SSL, True),
        ("pkg:deb/debian/libssl3?arch=amd64", SSL, True),
        ("pkg:deb/debian/libssl3?arch=arm64", SSL, False),
        ("pkg:deb/debian/libssl3@3.0.1-2", SSL, False),
        ("pkg:deb/debian/libssl", SSL, False),
        ("pkg:deb/debian/openssl?arch=source", SSL, True),
        ("pkg:deb/debian/openssl@3.0.1-1?arch=source&distro=debian-12", SSL, True),
        ("pkg:deb/debian/openssl", SSL, False),
        ({"identifiers": {"purl": "pkg:npm/%40x/leaf"}}, LEAF, True),
        (f"pkg:oci/other@{DIGEST}", LEAF, True),
        (f"pkg:oci/shop@sha256:{'3' * 64}", LEAF, False),
        ("pkg:oci/shop?repository_url=registry.example/team/shop", LEAF, True),
        ("pkg:oci/shop?repository_url=other.example/shop", LEAF, False),
        ("pkg:oci/shop?tag=2", LEAF, False),
        ("pkg:docker/team/shop@1", LEAF, True),
        ("pkg:docker/others/shop@1", LEAF, False),
        ({"hashes": {"sha-256": "1" * 64}}, LEAF, True),
        ("registry.example/team/shop:1", LEAF, True),
        ("https://example.org/shop", LEAF, False),
    ],
)
def test_a_product_fits_what_it_names(product, package, clears):
    found = after(openvex(statement(product)), fault(package))
    assert bool(found.suppressed) is clears
    assert bool(found.findings) is not clears
    assert bool(found.notes) is not clears


@pytest.mark.parametrize(
    ("whole", "part", "clears"),
    [
        (f"pkg:oci/shop@{DIGEST}", PART.purl, True),
        (f"pkg:oci/shop@{DIGEST}", LEAF.purl, False),
        (f"pkg:oci/shop@sha256:{'3' * 64}", PART.purl, False),
        ("pkg:golang/example.org/tool", PART.purl, True),
        ("pkg:npm/%40x/leaf", PART.purl, False),
    ],
)
def test_a_part_counts_in_its_whole_alone(whole, part, clears):
    product = {"@id": whole, "subcomponents": [{"@id": part}]}
    assert bool(after(openvex(statement(product)), fault(PART)).suppressed) is clears


def test_an_image_is_known_by_its_index_too():
    index = f"sha256:{'7' * 64}"
    found = report(fault(LEAF))
    found = replace(found, artifact=replace(found.artifact, index=index))
    said = document(openvex(statement(f"pkg:oci/shop@{index}")), "v.json")
    assert weighed(found, [said]).suppressed


def test_a_statement_holds_for_its_name_and_for_what_it_calls_an_alias():
    said = statement(LEAF.purl, vulnerability={"name": "CVE-2026-7", "aliases": ["GHSA-1"]})
    assert after(openvex(said), fault(LEAF, "GHSA-1")).suppressed
    assert after(openvex(said), fault(LEAF, "PYSEC-1", "CVE-2026-7")).suppressed
    assert not after(openvex(said), fault(LEAF, "CVE-2026-8")).suppressed


def test_vulnerabilities_that_one_advisory_mends_are_not_one():
    said = statement(LEAF.purl, vulnerability={"name": "CVE-2026-7", "aliases": ["DSA-1"]})
    assert not after(openvex(said), fault(LEAF, "CVE-2026-8", "DSA-1")).suppressed


def test_the_reason_says_what_was_said_who_and_when():
    said = statement(
        LEAF.purl,
        "not_affected",
        justification="component_not_present",
        status_notes="removed",
    )
    (only,) = after(openvex(said), fault(LEAF)).suppressed
    assert only.by.at == "v.json: statement 1"
    assert only.by.reason == "not_affected: component_not_present: removed (Ada, 2026-01-01)"


@pytest.mark.parametrize("status", ["affected", "under_investigation"])
def test_what_does_not_clear_is_told_in_the_finding(status):
    said = statement(LEAF.purl, status, action_statement="wait")
    (only,) = after(openvex(said), fault(LEAF)).findings
    assert only.evidence.says.startswith("is affected; VEX (v.json: statement 1): ")
    assert f"{status}: wait (Ada" in only.evidence.says


def test_the_later_statement_of_a_document_counts():
    for earlier, later, clears in (("affected", "fixed", True), ("fixed", "affected", False)):
        data = openvex(
            statement(LEAF.purl, later, timestamp="2026-03-01T00:00:00+01:00"),
            statement(LEAF.purl, earlier, timestamp="2026-02-28T22:00:00Z"),
        )
        assert bool(after(data, fault(LEAF)).suppressed) is clears


def test_the_document_named_last_counts_and_a_contradiction_is_told():
    good, bad = openvex(statement(LEAF.purl)), openvex(statement(LEAF.purl, "affected"))
    documents = [document(good, "a.json"), document(bad, "b.json")]
    found = weighed(report(fault(LEAF), fault(AGAIN)), documents)
    assert len(found.findings) == 2
    assert found.notes == (
        f"b.json counts, which contradicts a.json: CVE-2026-0001 {LEAF.purl} and 1 more",
    )
    assert len(weighed(report(fault(LEAF)), documents[::-1]).suppressed) == 1


def test_statements_of_no_use_are_one_note():
    data = openvex(*(statement(LEAF.purl, name=f"CVE-{number}") for number in range(9)))
    assert after(data).notes == ("v.json: 9 of 9 statements change nothing here",)


def test_broken_integrity_is_never_cleared():
    broken = replace(fault(LEAF), kind=Kind.INTEGRITY)
    assert after(openvex(statement(LEAF.purl)), broken).findings == (broken,)


def test_too_many_comparisons_are_refused(monkeypatch):
    monkeypatch.setattr(vex, "MAX_COMPARISONS", 3)
    data = openvex(
        *(statement(f"pkg:npm/%40x/leaf?os={number}") for number in range(5)),
    )
    with pytest.raises(PolicyError, match="too much"):
        after(data, fault(LEAF))


def test_too_many_names_are_refused(monkeypatch):
    monkeypatch.setattr(vex, "MAX_ENTRIES", 3)
    names = {"name": "CVE-1", "aliases": ["A", "B", "C"]}
    with pytest.raises(PolicyError, match="more than 3 products"):
        after(openvex(statement("pkg:npm/a", vulnerability=names)), fault(LEAF))


def test_products_times_parts_have_a_bound(monkeypatch):
    monkeypatch.setattr(vex_openvex, "MAX_PRODUCTS", 5)
    said = statement("pkg:npm/a", subcomponents=["pkg:npm/b"] * 3)
    said["products"] *= 2
    with pytest.raises(PolicyError, match="statement 1: more than 5 products"):
        after(openvex(said), fault(LEAF))


CSAF = {
    "document": {
        "category": "csaf_vex",
        "csaf_version": "2.0",
        "title": "t",
        "publisher": {"category": "vendor", "name": "Maker", "namespace": "https://example.org"},
        "tracking": {"id": "1", "current_release_date": "2026-01-01T00:00:00Z"},
    },
    "product_tree": {
        "branches": [
            {
                "category": "product_version",
                "name": "1.0",
                "product": {
                    "name": "leaf 1.0",
                    "product_id": "L",
                    "product_identification_helper": {"purl": "pkg:npm/%40x/leaf"},
                },
            },
            {
                "category": "product_version_range",
                "name": "vers:npm/<5",
                "product": {
                    "name": "leaf",
                    "product_id": "R",
                    "product_identification_helper": {"purl": "pkg:npm/%40x/leaf"},
                },
            },
        ],
        "full_product_names": [
            {
                "name": "9",
                "product_id": "9",
                "product_identification_helper": {"cpe": "cpe:/o:redhat:enterprise_linux:9"},
            },
            {
                "name": "8",
                "product_id": "8",
                "product_identification_helper": {"cpe": "cpe:/o:redhat:enterprise_linux:8"},
            },
        ],
        "relationships": [
            {
                "category": "default_component_of",
                "full_product_name": {"name": f"L in {system}", "product_id": f"{system}:L"},
                "product_reference": "L",
                "relates_to_product_reference": system,
            }
            for system in "89"
        ],
    },
}


@pytest.mark.parametrize(
    ("status", "id", "clears"),
    [
        ("known_not_affected", "L", True),
        ("fixed", "9:L", True),
        ("fixed", "8:L", False),
        ("fixed", "R", False),
        ("known_affected", "L", False),
        ("under_investigation", "9:L", False),
        ("recommended", "L", False),
    ],
)
def test_products_of_csaf_are_resolved_through_its_tree(status, id, clears):
    known = {
        "cve": "CVE-2026-0001",
        "product_status": {status: [id]},
        "flags": [{"label": "component_not_present", "product_ids": [id]}],
    }
    data = json.dumps({**CSAF, "vulnerabilities": [known]}).encode()
    found = after(data, fault(LEAF))
    assert bool(found.suppressed) is clears
    if status == "known_not_affected":
        assert "component_not_present (Maker, 2026-01-01)" in found.suppressed[0].by.reason
    assert ("cannot be compared" in "".join(found.notes)) is (id == "R")


def test_a_package_of_a_module_is_no_other_of_its_name():
    names = ({"name": each, "product_id": each} for each in ("module", "leaf"))
    module, leaf = names
    leaf["product_identification_helper"] = {"purl": "pkg:npm/%40x/leaf"}
    joined = [
        {
            "category": "default_component_of",
            "full_product_name": {"name": id, "product_id": id},
            "product_reference": part,
            "relates_to_product_reference": whole,
        }
        for id, part, whole in (("9:module", "module", "9"), ("all", "leaf", "9:module"))
    ]
    tree = dict(CSAF["product_tree"])
    tree["full_product_names"] = [*tree["full_product_names"], module, leaf]
    tree["relationships"] = joined
    known = {"cve": "CVE-2026-0001", "product_status": {"fixed": ["all"]}}
    data = {**CSAF, "product_tree": tree, "vulnerabilities": [known]}
    assert not after(json.dumps(data).encode(), fault(LEAF)).suppressed
    tree["branches"] = [{"category": "product_version", "name": "1.0", "product": leaf}]
    tree["full_product_names"].remove(leaf)
    assert after(json.dumps(data).encode(), fault(LEAF)).suppressed


def test_of_two_statuses_in_csaf_the_graver_counts():
    both = {"known_not_affected": ["L"], "known_affected": ["L"]}
    known = {"cve": "CVE-2026-0001", "product_status": both}
    assert not after(
        json.dumps({**CSAF, "vulnerabilities": [known]}).encode(), fault(LEAF)
    ).suppressed


def cyclonedx(state, ref, **affected):
    return json.dumps(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "metadata": {"component": {"bom-ref": "root", "name": "shop", "version": DIGEST}},
            "components": [{"bom-ref": "leaf", "name": "leaf", "purl": LEAF.purl}],
            "vulnerabilities": [
                {"id": "CVE-2026-0001", "affects": [{"ref": LEAF.purl}]},
                {
                    "id": "CVE-2026-0001",
                    "analysis": {"state": state, "justification": "code_not_reachable"},
                    "affects": [{"ref": ref, **affected}],
                },
            ],
        }
    ).encode()


@pytest.mark.parametrize(
    ("state", "ref", "affected", "clears"),
    [
        ("not_affected", "leaf", {}, True),
        ("false_positive", "root", {}, True),
        ("resolved", f"urn:cdx:0/1#{LEAF.purl}", {}, True),
        ("resolved", "urn:cdx:0/1#pkg%3Anpm%2F%2540x%2Fleaf%401.0", {}, True),
        ("resolved", "urn:cdx:0/1#unknown", {}, False),
        ("resolved", "leaf", {"versions": [{"version": "2.0"}]}, False),
        ("resolved", "leaf", {"versions": [{"range": "vers:npm/<9"}]}, False),
        ("exploitable", "leaf", {}, False),
        ("in_triage", "leaf", {}, False),
    ],
)
def test_analyses_of_cyclonedx_are_statements(state, ref, affected, clears):
    assert bool(after(cyclonedx(state, ref, **affected), fault(LEAF)).suppressed) is clears


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"{", "not the JSON expected"),
        (b"{}", "is neither OpenVEX nor CSAF nor CycloneDX"),
        (openvex(**{"@context": "https://example.org"}), "no context of OpenVEX"),
        (openvex(statement("pkg:npm/a", "fine")), "statement 1: 'fine' is no status"),
        (openvex(statement("pkg:npm/a", "not_affected")), "without justification"),
        (openvex(statement("pkg:npm/a", justification="so")), "'so' is no justification"),
        (openvex(statement("pkg:npm/a", name="")), "names no vulnerability"),
        (openvex(statement("pkg:npm/a", timestamp="soon")), "'soon' is no time"),
        (cyclonedx("so", "leaf"), "vulnerability 2: 'so' is no status"),
        (
            json.dumps(
                {**CSAF, "vulnerabilities": [{"cve": "C", "product_status": {"fixed": ["X"]}}]}
            ).encode(),
            "product 'X' is not in the product tree",
        ),
    ],
)
def test_a_bad_document_is_an_error_that_names_the_place(data, says, tmp_path):
    path = tmp_path / "v.json"
    path.write_bytes(data)
    with pytest.raises(PolicyError, match=says) as raised:
        clearing({"vex": (str(path),), "baseline": None})
    assert str(raised.value).startswith(str(path))


def judged():
    """A report of which some is exempt, each in its way."""
    found = report(
        fault(SSL),
        fault(PART, "CVE-2026-0002", "GHSA-2"),
        fault(LEAF, "CVE-2026-0003"),
        fault(LEAF, "CVE-2026-0004"),
    )
    exemptions = [
        Exemption(at="1", id="CVE-2026-0001", reason="not called"),
        Exemption(at="2", id="CVE-2026-0002", reason="patched", status="fixed"),
        Exemption(
            at="3",
            id="CVE-2026-0003",
            reason="cut out",
            status="not_affected",
            justification="component_not_present",
        ),
    ]
    return sifted(found, exemptions, "2026-01-01")


@pytest.mark.parametrize("id", ["openvex", "csaf-vex", "cyclonedx"])
def test_what_we_write_clears_the_same_findings_when_read(id):
    unit = load(hullmark.formats, Format, id)
    told = "".join(unit.render(judged()))
    again = weighed(
        replace(judged(), findings=tuple(each.finding for each in judged().suppressed)),
        [document(told.encode(), "v.json")],
    )
    assert not again.findings
    statuses = [each.by.status for each in again.suppressed[3:]]
    assert statuses == [Status.NOT_AFFECTED, Status.FIXED, Status.NOT_AFFECTED]
    assert weighed(judged(), [document(told.encode(), "v")]).findings[0].rule == "CVE-2026-0004"


def test_where_one_place_is_open_the_package_is_affected():
    known = sifted(
        report(fault(LEAF), fault(AGAIN)),
        [Exemption(at="1", path="a/*", reason="a test")],
        "2026-01-01",
    )
    told = json.loads("".join(load(hullmark.formats, Format, "openvex").render(known)))
    assert [each["status"] for each in told["statements"]] == ["affected"]


def test_statements_of_openvex_hold_what_its_schema_wants():
    told = json.loads("".join(load(hullmark.formats, Format, "openvex").render(judged())))
    assert {"@context", "@id", "author", "timestamp", "version", "statements"} <= told.keys()
    for each in told["statements"]:
        assert each["vulnerability"]["name"]
        product = each["products"][0]
        assert product["@id"].startswith(f"pkg:oci/shop@{DIGEST}")
        assert product["subcomponents"]
        if each["status"] == "not_affected":
            assert ("justification" in each) is not ("impact_statement" in each)
        assert ("action_statement" in each) is (each["status"] == "affected")


def test_a_vex_document_of_csaf_holds_what_its_profile_wants():
    told = json.loads("".join(load(hullmark.formats, Format, "csaf-vex").render(judged())))
    assert told["document"]["category"] == "csaf_vex"
    tracking = told["document"]["tracking"]
    assert tracking["revision_history"][-1]["number"] == tracking["version"]
    tree = told["product_tree"]
    ids = [each["product_id"] for each in tree["full_product_names"]]
    joined = [each["full_product_name"]["product_id"] for each in tree["relationships"]]
    assert len({*ids, *joined}) == len(ids) + len(joined)
    for each in told["vulnerabilities"]:
        assert each["notes"]
        assert each["cve"].startswith("CVE-")
        status = each["product_status"]
        assert {id for listed in status.values() for id in listed} <= {*joined}
        for id in status.get("known_not_affected", ()):
            said = [*each.get("flags", ()), *each.get("threats", ())]
            assert any(id in one["product_ids"] for one in said)
        for id in status.get("known_affected", ()):
            assert any(id in one["product_ids"] for one in each["remediations"])


def test_attached_documents_count_only_where_they_are_named():
    beside = Attached(name="oci:shop: VEX", data=openvex(statement(LEAF.purl)))
    found = replace(report(fault(LEAF)), attached=(beside,))
    untouched = cleared(found, Clearing())
    assert untouched.findings
    assert "--vex attached" in untouched.notes[0]
    obeyed = clearing({"vex": ("attached",), "baseline": None})
    assert cleared(found, obeyed).suppressed
    assert not cleared(found, obeyed).notes
    nothing = cleared(report(fault(LEAF)), obeyed)
    assert nothing.notes == ("--vex attached: no VEX was found beside what was scanned",)
