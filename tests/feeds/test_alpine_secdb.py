import json

import pytest

from hullmark.feeds.alpine_secdb import alpine_secdb
from hullmark.model import FeedError, File


def database(secfixes, **fields):
    told = {
        "distroversion": "v3.20",
        "reponame": "main",
        "urlprefix": "https://mirror.example/alpine",
        "packages": [{"pkg": {"name": "oak", "secfixes": secfixes}}],
    }
    return File(path="main.json", content=json.dumps(told | fields).encode())


def fixes(secfixes, **fields):
    return {
        each.id: [dict(one.events)["fixed"] for one in each.affected[0].ranges]
        for each in alpine_secdb.read(database(secfixes, **fields))
    }


def test_a_vulnerability_that_was_mended_twice_ends_with_the_last():
    assert fixes({"1.2-r3": ["CVE-2026-1"], "1.3-r0": ["CVE-2026-1"]}) == {
        "ALPINE-CVE-2026-1:v3.20-main": ["1.2-r3", "1.3-r0"]
    }


def test_what_is_not_affected_is_not_told_whatever_else_stands_there():
    assert fixes({"0": ["CVE-2026-1"], "1.3-r0": ["CVE-2026-1", "CVE-2026-2"]}) == {
        "ALPINE-CVE-2026-2:v3.20-main": ["1.3-r0"]
    }


def test_remarks_beside_names_are_passed_over_and_other_names_kept():
    lines = ["CVE-2026-1 (+ regression fix)", "CVE_2026-2 GHSA-aaaa-bbbb-cccc", "XSA-7", "soon"]
    records = list(alpine_secdb.read(database({"1-r0": lines, "2-r0": None})))
    assert [(each.upstream, each.related) for each in records] == [
        (("CVE-2026-1",), ()),
        (("CVE-2026-2",), ("GHSA-aaaa-bbbb-cccc",)),
        (("XSA-7",), ()),
    ]


def test_wolfi_and_chainguard_are_known_by_where_their_packages_are():
    wolfi = {"urlprefix": "https://packages.wolfi.dev", "reponame": "os", "distroversion": ""}
    [record] = alpine_secdb.read(database({"1-r0": ["CVE-2026-1"]}, **wolfi))
    assert (record.id, record.affected[0].ecosystem) == ("WOLFI-CVE-2026-1:os", "Wolfi")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"distroversion": "3.20"}, "release '3.20' is none of Alpine's"),
        ({"reponame": "../x"}, "repository '../x'"),
        ({"packages": [{"pkg": {}}]}, "not the JSON expected"),
    ],
)
def test_what_is_no_database_of_a_release_is_refused(fields, why):
    with pytest.raises(FeedError, match=why):
        fixes({}, **fields)
