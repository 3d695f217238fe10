"""The NVD's configurations as ranges of a product's versions."""

import json

import pytest

from hullmark.advisories.ranges import judged
from hullmark.feeds import nvd as reading
from hullmark.feeds.nvd import nvd
from hullmark.model import FeedError, File


def cpe(name="forest:oak", version="*", update="*", *, part="a", target="*"):
    return f"cpe:2.3:{part}:{name}:{version}:{update}:*:*:*:{target}:*:*"


def match(criteria, *, vulnerable=True, **ends):
    return {"criteria": criteria, "vulnerable": vulnerable} | ends


def node(*matches, **more):
    return {"operator": "OR", "negate": False, "cpeMatch": list(matches)} | more


def page(*configurations, **more):
    cve = {
        "id": "CVE-2026-0001",
        "published": "2026-01-02T03:04:05.678",
        "lastModified": "2026-02-03T04:05:06.789",
        "vulnStatus": "Analyzed",
        "configurations": configurations,
    }
    told = {"format": "NVD_CVE", "version": "2.0", "vulnerabilities": [{"cve": cve | more}]}
    return json.dumps(told).encode()


def read(data):
    return list(nvd.read(File(path="nvd.json", content=data)))


def names(*configurations):
    return [each.name for found in read(page(*configurations)) for each in found.affected]


def affected(matching, version):
    ((entry,),) = (found.affected for found in read(page({"nodes": [node(matching)]})))
    return judged(entry, version, "generic").affected


@pytest.mark.parametrize(
    ("ends", "inside", "outside"),
    [
        ({}, ["0.1", "99"], []),
        ({"versionEndExcluding": "2.0"}, ["0", "1.9", "2.0-rc1"], ["2", "2.0.1"]),
        ({"versionEndIncluding": "2.0"}, ["1", "2.0"], ["2.0.1"]),
        ({"versionStartIncluding": "1.0", "versionEndExcluding": "2"}, ["1.0"], ["0.9", "2"]),
        ({"versionStartExcluding": "1.0"}, ["1.0.1", "1.0a", "1.1"], ["1.0", "1.0-rc1"]),
    ],
)
def test_ends_of_ranges_hold(ends, inside, outside):
    assert [affected(match(cpe(), **ends), each) for each in inside] == [True] * len(inside)
    assert [affected(match(cpe(), **ends), each) for each in outside] == [False] * len(outside)


def test_a_single_version_is_that_one_with_its_update():
    assert affected(match(cpe(version="1.0")), "1.0.0")
    assert not affected(match(cpe(version="1.0")), "1.0.1")
    assert affected(match(cpe(version="1.0", update="rc1")), "1.0rc1")
    assert not affected(match(cpe(version="1.0", update="rc1")), "1.0")
    assert affected(match(cpe(version="1.0", update="-")), "1.0")


def test_names_are_unquoted():
    assert names({"nodes": [node(match(cpe(r"oak\.org:oak\/otp")))]}) == ["oak.org:oak/otp"]
    assert names({"nodes": [node(match(cpe(r"oak:a\:b")))]}) == ["oak:a:b"]


LINUX = match(cpe("linux:linux_kernel", "-", part="o"), vulnerable=False)
WINDOWS = match(cpe("microsoft:windows", "-", part="o"), vulnerable=False)
BOX = match(cpe("forest:box", "-", part="h"), vulnerable=False)
APP = match(cpe("forest:elm"), vulnerable=False)
OAK = match(cpe())


@pytest.mark.parametrize(
    ("configuration", "kept"),
    [
        ({"nodes": [node(OAK)]}, True),
        ({"nodes": [node(OAK), node(match(cpe("forest:fir")))]}, True),
        ({"nodes": [node(OAK), node(LINUX)], "operator": "AND"}, True),
        ({"nodes": [node(LINUX, WINDOWS), node(OAK)], "operator": "AND"}, True),
        ({"nodes": [node(OAK), node(WINDOWS)], "operator": "AND"}, False),
        ({"nodes": [node(OAK), node(BOX)], "operator": "AND"}, False),
        ({"nodes": [node(OAK), node(APP)], "operator": "AND"}, False),
        ({"nodes": [node(OAK), node(LINUX), node(APP)], "operator": "AND"}, False),
        ({"nodes": [node(OAK), node(match(cpe("forest:fir")))], "operator": "AND"}, False),
        ({"nodes": [node(OAK, APP, operator="AND")]}, False),
        ({"nodes": [node(OAK, negate=True)]}, False),
        ({"nodes": [node(OAK)], "negate": True}, False),
        ({"nodes": [node(LINUX), node(WINDOWS)], "operator": "AND"}, False),
        ({"nodes": [node(match(cpe(part="o")))]}, False),
        ({"nodes": [node(match(cpe(part="h")))]}, False),
        ({"nodes": [node(match(cpe(version="-")))]}, False),
        ({"nodes": [node(match(cpe(target="wordpress")))]}, False),
        ({"nodes": [node(match(cpe(target="linux")))]}, True),
    ],
)
def test_only_what_counts_by_itself_is_kept(configuration, kept):
    assert ("forest:oak" in names(configuration)) is kept


def test_rejected_and_unanalysed_ones_vanish():
    whole = {"nodes": [node(OAK)]}
    assert read(page(whole, vulnStatus="Rejected")) == []
    assert read(page(vulnStatus="Received")) == []


def test_the_record_tells_what_the_nvd_says():
    scores = {
        "cvssMetricV31": [
            {"type": "Secondary", "cvssData": {"vectorString": "CVSS:3.1/other"}},
            {"type": "Primary", "cvssData": {"vectorString": "CVSS:3.1/own"}},
        ],
        "cvssMetricV2": [{"type": "Primary", "cvssData": {"vectorString": "AV:N"}}],
        "cvssMetricV40": [{"type": "Secondary", "cvssData": {"vectorString": "CVSS:4.0/x"}}],
    }
    told = [{"lang": "es", "value": "cae"}, {"lang": "en", "value": "falls"}]
    links = [{"url": "https://v.example/1"}, {"url": "https://v.example/1"}]
    data = page({"nodes": [node(OAK)]}, metrics=scores, descriptions=told, references=links)
    (found,) = read(data)
    assert (found.id, found.aliases) == ("NVD-CVE-2026-0001", ("CVE-2026-0001",))
    assert (found.modified, found.published) == ("2026-02-03T04:05:06Z", "2026-01-02T03:04:05Z")
    assert (found.summary, found.references) == ("falls", ("https://v.example/1",))
    assert [vector for _, vector in found.severities] == [
        *("CVSS:3.1/own", "AV:N", "CVSS:3.1/other", "CVSS:4.0/x"),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{}", "not the JSON expected"),
        (b"[" * 100_000, "not the JSON expected"),
        (b'{"format": "MITRE", "version": "2.0", "vulnerabilities": []}', "'MITRE'"),
        (b'{"format": "NVD_CVE", "version": "1.1", "vulnerabilities": []}', "'1.1'"),
        (page({"nodes": [node(match("cpe:/a:forest:oak"))]}), "is no CPE 2.3"),
        (page(id="CVE-26-1"), "not the JSON expected"),
        (page(lastModified="2026-99-03T04:05:06.789"), "CVE-2026-0001 has no time"),
    ],
)
def test_what_is_no_feed_is_refused_at_its_place(data, why):
    with pytest.raises(FeedError, match=why) as caught:
        read(data)
    assert caught.value.place == "nvd.json"


def test_endless_lists_are_bounded(monkeypatch):
    monkeypatch.setattr(reading, "MAX_MATCHES", 2)
    with pytest.raises(FeedError, match="more than 2 matches"):
        read(page({"nodes": [node(OAK, OAK, OAK)]}))
