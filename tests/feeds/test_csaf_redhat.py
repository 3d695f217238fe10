"""Red Hat's documents, old and new spelling, as advisories."""

import json

import pytest

from hullmark.feeds.csaf_redhat import csaf_redhat
from hullmark.model import FeedError, File
from hullmark.model import csaf as reading
from tests.feeds.csaf import document, joined, product

NINE = product("9", cpe="cpe:/o:redhat:enterprise_linux:9::baseos")
APP = product("AppStream-9", cpe="cpe:/a:redhat:enterprise_linux:9::appstream")
EUS = product("9.2.EUS", cpe="cpe:/a:redhat:rhel_eus:9.2::appstream")
RELEASE = "Red Hat:enterprise_linux:9"


def read(data):
    return list(csaf_redhat.read(File(path="cve.json", content=data)))


def entries(data):
    (found,) = read(data)
    return {
        each.name: ([dict(range.events) for range in each.ranges], each.status, each.urgency)
        for each in found.affected
    }


def rpm(id, purl):
    return product(id, purl=f"pkg:rpm/redhat/{purl}")


def test_a_vex_is_about_its_cve_and_times_are_utc():
    told = {
        "cve": "CVE-2026-0001",
        "product_status": {"fixed": ["9:oak"]},
        "scores": [{"products": ["9:oak"], "cvss_v3": {"vectorString": "CVSS:3.1/AV:N"}}],
        "notes": [{"category": "summary", "text": "oak: falls"}],
        "references": [{"url": "https://v.example/1"}],
    }
    (found,) = read(
        document(NINE, rpm("oak", "oak@1-1.el9"), joins=[joined("oak", "9")], told=[told])
    )
    assert (found.id, found.upstream) == ("REDHAT-CVE-2026-0001", ("CVE-2026-0001",))
    assert (found.modified, found.published) == ("2026-02-03T04:05:06Z", "2026-01-02T03:04:05Z")
    assert found.severities == (("CVSS_V3", "CVSS:3.1/AV:N"),)
    assert (found.summary, found.references) == ("oak: falls", ("https://v.example/1",))
    assert found.affected[0].ecosystem == RELEASE


def test_repositories_of_a_release_are_one_and_every_fix_is_needed():
    products = (NINE, APP, EUS, rpm("a", "oak@1-1.el9?arch=x86_64"), rpm("b", "oak@1-2.el9"))
    joins = [joined("a", "9"), joined("b", "AppStream-9"), joined("b", "9.2.EUS")]
    told = {
        "cve": "CVE-2026-0001",
        "product_status": {"fixed": ["9:a", "AppStream-9:b", "9.2.EUS:b"]},
    }
    fixed = [{"introduced": "0", "fixed": "1-1.el9"}, {"introduced": "0", "fixed": "1-2.el9"}]
    assert entries(document(*products, joins=joins, told=[told])) == {"oak": (fixed, "", "")}


@pytest.mark.parametrize(
    ("cpe", "kept"),
    [
        ("cpe:/o:redhat:enterprise_linux:9", "9"),
        ("cpe:/a:redhat:enterprise_linux:10.1", "10"),
        ("cpe:2.3:o:redhat:enterprise_linux:8:*:*:*:*:*:*:*", "8"),
        ("cpe:/o:redhat:rhel_els:7", ""),
        ("cpe:/a:redhat:openshift:4.18::el9", ""),
        ("cpe:/o:other:enterprise_linux:9", ""),
        ("", ""),
    ],
)
def test_only_releases_themselves_are_kept(cpe, kept):
    told = {"cve": "CVE-2026-0001", "product_status": {"fixed": ["p:oak"]}}
    tree = (product("p", cpe=cpe), rpm("oak", "oak@1-1"))
    found = read(document(*tree, joins=[joined("oak", "p")], told=[told]))
    names = [each.ecosystem for record in found for each in record.affected]
    assert names == ([f"Red Hat:enterprise_linux:{kept}"] if kept else [])


@pytest.mark.parametrize(
    ("purl", "name", "version"),
    [
        ("pkg:rpm/redhat/bind@9.16-1.el9?arch=x86_64&epoch=32", "bind-32:9.16-1", "32:9.16-1.el9"),
        (
            "pkg:rpm/redhat/bind@9.16-1.el9?arch=x86_64",
            "bind-32:9.16-1.el9.x86_64",
            "32:9.16-1.el9",
        ),
        ("pkg:rpm/redhat/bind@9.16-1.el9?epoch=0", "bind", "9.16-1.el9"),
        ("pkg:rpm/redhat/bind@9.16-1.el9", "bind-0:9.16-1.el9.noarch", "9.16-1.el9"),
        ("pkg:rpm/redhat/bind@9.16-1.el9", "other-3:1", "9.16-1.el9"),
    ],
)
def test_epochs_are_of_the_purl_or_else_of_the_name(purl, name, version):
    told = {"cve": "CVE-2026-0001", "product_status": {"fixed": ["9:b"]}}
    tree = (NINE, product("b", purl=purl, name=name))
    ((ranges, _, _),) = entries(document(*tree, joins=[joined("b", "9")], told=[told])).values()
    assert ranges[0]["fixed"] == version


@pytest.mark.parametrize(
    ("status", "category", "details", "word"),
    [
        ("known_affected", "none_available", "Affected", "unfixed"),
        ("known_affected", "workaround", "Do not use it", "unfixed"),
        ("known_affected", "no_fix_planned", "Will not fix", "will-not-fix"),
        ("known_affected", "no_fix_planned", "Out of support scope", "end-of-life"),
        ("under_investigation", "workaround", "", "under-investigation"),
    ],
)
def test_what_has_no_fix_says_why(status, category, details, word):
    told = {
        "cve": "CVE-2026-0001",
        "product_status": {status: ["9:oak"]},
        "remediations": [{"category": category, "details": details, "product_ids": ["9:oak"]}],
        "threats": [{"category": "impact", "details": "Moderate", "product_ids": ["9:oak"]}],
    }
    tree = (NINE, rpm("oak", "oak"))
    found = entries(document(*tree, joins=[joined("oak", "9")], told=[told]))
    assert found == {"oak": ([{"introduced": "0"}], word, "moderate")}


def test_what_is_not_affected_is_no_advisory():
    told = {"cve": "CVE-2026-0001", "product_status": {"known_not_affected": ["9:oak"]}}
    tree = (NINE, rpm("oak", "oak"))
    assert read(document(*tree, joins=[joined("oak", "9")], told=[told])) == []
    assert read(document(NINE, told=[{"cve": "CVE-2026-0001"}])) == []


def test_packages_of_a_module_are_named_with_it_in_either_spelling():
    module = product("m", purl="pkg:rpmmod/redhat/nodejs@18:8090:abc")
    old = rpm("npm", "npm@8-1.module%2Bel8")
    new = rpm("node", "nodejs@18-1.module%2Bel8?rpmmod=nodejs:18:8090:abc")
    bare = product("old", purl="pkg:rpmmod/redhat/nodejs:16/nodejs")
    joins = [
        joined("m", "9"),
        joined("npm", "9:m", "9:m:npm"),
        joined("node", "9"),
        joined("old", "9"),
    ]
    told = {
        "cve": "CVE-2026-0001",
        "product_status": {"fixed": ["9:m:npm", "9:node"], "known_affected": ["9:old", "9:m"]},
    }
    found = entries(document(NINE, module, old, new, bare, joins=joins, told=[told]))
    assert sorted(found) == ["nodejs:16::nodejs.src", "nodejs:18::nodejs", "nodejs:18::npm"]


@pytest.mark.parametrize(
    ("id", "purl", "name"),
    [
        ("cargo::rust-toolset:rhel9", "cargo", "rust-toolset:rhel9::cargo"),
        ("nodejs-1:18-1.x86_64::nodejs:18", "nodejs@18-1?epoch=1", "nodejs:18::nodejs"),
        ("nodejs:18:8090:abc::nodejs", "nodejs", "nodejs:18::nodejs"),
        ("nodejs-1:18-1.x86_64", "nodejs@18-1?epoch=1", "nodejs"),
        ("nodejs::", "nodejs", "nodejs"),
    ],
)
def test_a_module_may_stand_in_the_product_id(id, purl, name):
    status = "fixed" if "@" in purl else "known_affected"
    told = {"cve": "CVE-2026-0001", "product_status": {status: ["x"]}}
    tree = (NINE, product(id, purl=f"pkg:rpm/redhat/{purl}"))
    assert [*entries(document(*tree, joins=[joined(id, "9", "x")], told=[told]))] == [name]


def test_sources_count_only_where_nothing_built_of_them_is_told():
    tree = (
        NINE,
        rpm("s", "oak@1-2.el9?arch=src&epoch=3"),
        rpm("b", "liboak@1-2.el9?epoch=1"),
        rpm("alone", "elm@2-1.el9?arch=src&epoch=1"),
        rpm("fir", "fir?arch=src"),
        rpm("firbin", "fir"),
        rpm("ash", "ash?arch=src"),
    )
    parts = ("s", "b", "alone", "fir", "firbin", "ash")
    status = {
        "fixed": ["9:s", "9:b", "9:alone"],
        "known_affected": ["9:fir", "9:ash"],
        "known_not_affected": ["9:firbin"],
    }
    told = {"cve": "CVE-2026-0001", "product_status": status}
    found = entries(document(*tree, joins=[joined(each, "9") for each in parts], told=[told]))
    assert {name: ranges[0].get("fixed") for name, (ranges, _, _) in found.items()} == {
        "liboak": "1:1-2.el9",
        "elm.src": "2-1.el9",
        "ash.src": None,
    }


def test_a_fix_goes_before_the_word_that_there_is_none():
    tree = (NINE, APP, rpm("new", "oak@2-1"), rpm("oak", "oak"))
    status = {"fixed": ["AppStream-9:new"], "known_affected": ["9:oak"]}
    told = {"cve": "CVE-2026-0001", "product_status": status}
    joins = [joined("new", "AppStream-9"), joined("oak", "9")]
    assert entries(document(*tree, joins=joins, told=[told])) == {
        "oak": ([{"introduced": "0", "fixed": "2-1"}], "", "")
    }


def test_an_advisory_keeps_its_id_and_names_all_its_cves():
    told = [
        {"cve": f"CVE-2026-000{number}", "product_status": {"fixed": [f"9:{name}"]}}
        for number, name in ((1, "oak"), (2, "elm"))
    ]
    data = document(
        *(NINE, rpm("oak", "oak@1-1"), rpm("elm", "elm@1-1")),
        joins=[joined("oak", "9"), joined("elm", "9")],
        told=told,
        category="csaf_security_advisory",
        id="RHSA-2026:0001",
        aggregate_severity={"text": "Important"},
    )
    (found,) = read(data)
    assert (found.id, found.upstream) == ("RHSA-2026:0001", ("CVE-2026-0001", "CVE-2026-0002"))
    assert [(each.name, each.urgency) for each in found.affected] == [
        ("elm", "important"),
        ("oak", "important"),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{}", "not the JSON expected"),
        (b"\xff", "not the JSON expected"),
        (b"[" * 100_000, "not the JSON expected"),
        (document(csaf_version="1.2"), "version '1.2' is not read"),
        (
            document(told=[{"cve": "CVE-2026-1", "product_status": {"fixed": ["nobody"]}}]),
            "'nobody' is not in the product tree",
        ),
        (
            document(
                joins=[joined("a", "b", "b"), joined("b", "a", "a")],
                told=[{"cve": "CVE-2026-1", "product_status": {"fixed": ["a"]}}],
            ),
            "or of itself",
        ),
        (
            document(
                *(NINE, rpm("oak", "oak")),
                joins=[joined("oak", "9")],
                told=[{"cve": "CVE-2026-1", "product_status": {"fixed": ["9:oak"]}}],
            ),
            "is fixed in no version",
        ),
        (
            document(
                *(NINE, rpm("oak", "oak@1")),
                joins=[joined("oak", "9")],
                told=[{"cve": "a/b", "product_status": {"fixed": ["9:oak"]}}],
            ),
            "'REDHAT-a/b' is no id",
        ),
        (
            document(
                *(NINE, rpm("oak", f"oak@{'1' * 2000}")),
                joins=[joined("oak", "9")],
                told=[{"cve": "CVE-2026-1", "product_status": {"fixed": ["9:oak"]}}],
            ),
            "is no name or version",
        ),
        (
            document(
                told=[{"cve": "CVE-2026-1"}],
                tracking={"id": "x", "current_release_date": "2026-99-01T00:00:00Z"},
            ),
            "is no time",
        ),
        (
            document(
                told=[
                    {
                        "cve": "CVE-2026-1",
                        "remediations": [{"category": "no_fix_planned", "group_ids": ["g"]}],
                    }
                ]
            ),
            "group 'g' is not in the product tree",
        ),
    ],
)
def test_what_is_no_csaf_is_refused_at_its_place(data, why):
    with pytest.raises(FeedError, match=why) as caught:
        read(data)
    assert caught.value.place == "cve.json"


def test_deep_and_wide_trees_are_bounded(monkeypatch):
    inner = {"category": "x", "name": "x"}
    for _ in range(reading.MAX_BRANCHES_DEEP + 1):
        inner = {"category": "x", "name": "x", "branches": [inner]}
    data = json.loads(document(NINE))
    data["product_tree"]["branches"] = [inner]
    with pytest.raises(FeedError, match="deep"):
        read(json.dumps(data).encode())
    monkeypatch.setattr(reading, "MAX_PRODUCTS", 1)
    with pytest.raises(FeedError, match="more than 1 products"):
        read(document(NINE, APP))
    monkeypatch.setattr(reading, "MAX_PRODUCTS", 10)
    monkeypatch.setattr(reading, "MAX_NAMED", 1)
    with pytest.raises(FeedError, match="in its lists"):
        read(document(told=[{"cve": "CVE-2026-1", "product_status": {"fixed": ["a", "b"]}}]))
