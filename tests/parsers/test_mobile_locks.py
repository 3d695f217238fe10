"""Lock files of Swift, CocoaPods and Dart, in every version of their formats."""

from json import dumps

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.cocoapods_lock import cocoapods_lock
from hullmark.parsers.pub_lock import pub_lock
from hullmark.parsers.swift_resolved import swift_resolved


def facts(unit, text):
    return list(unit.parse(File(path="srv/lock", content=text.encode())))


def purls(unit, text):
    return [fact.purl for fact in facts(unit, text)]


STATE = {"branch": None, "revision": "0" * 40, "version": "5.4.3"}


def test_every_version_of_a_swift_lock_is_read():
    url = "https://code.example/Tree/Oak.git"
    old = {"package": "Oak", "repositoryURL": url, "state": STATE}
    new = {"identity": "oak", "kind": "remoteSourceControl", "location": url, "state": STATE}
    for lock in (
        {"object": {"pins": [old]}, "version": 1},
        {"pins": [new], "version": 2},
        {"originHash": "0" * 64, "pins": [new], "version": 3},
    ):
        assert purls(swift_resolved, dumps(lock)) == ["pkg:swift/code.example/Tree/Oak@5.4.3"]
    assert purls(swift_resolved, '{"pins": [], "version": 2}') == []


@pytest.mark.parametrize(
    ("url", "purl"),
    [
        ("https://code.example/a/b", "code.example/a/b"),
        ("https://user:secret@Code.example:8443/a/b.git", "code.example/a/b"),
        ("git@code.example:a/b.git", "code.example/a/b"),
        ("ssh://git@code.example:22/a/b.git", "code.example/a/b"),
        ("https://code.example/a/b/c/", "code.example/a/b/c"),
    ],
)
def test_a_swift_package_is_named_by_its_repository(url, purl):
    lock = {"pins": [{"identity": "b", "location": url, "state": STATE}], "version": 2}
    assert purls(swift_resolved, dumps(lock)) == [f"pkg:swift/{purl}@5.4.3"]


def test_swift_packages_without_a_version_have_their_commit_and_folders_are_left_out():
    lock = {
        "pins": [
            {"identity": "a", "location": "https://x.example/a/a", "state": {"revision": "abc"}},
            {"identity": "b", "location": "/home/b", "state": STATE},
            {"identity": "c", "location": "nowhere", "state": STATE},
        ]
    }
    found = []
    with pytest.raises(ParseError, match="'nowhere'"):
        found.extend(swift_resolved.parse(File(path="l", content=dumps(lock).encode())))
    assert [fact.purl for fact in found] == ["pkg:swift/x.example/a/a@abc"]


PODS = """\
PODS:
  - Firebase/Core (10.1.0):
    - Firebase/CoreOnly
    - GoogleUtilities/NSData+zlib (~> 7.8)
  - Firebase/CoreOnly (10.1.0)
  - GoogleUtilities/NSData+zlib (7.8.0)
  - Own (1.0.0)
  - "Quoted+Pod (0.1.0-beta.1)":
    - Own
  - Tagged (2.0)

DEPENDENCIES:
  - Firebase/Core
  - Own (from `../own`)
  - Tagged (from `https://code.example/t.git`, branch `main`)

SPEC REPOS:
  trunk:
    - Firebase

EXTERNAL SOURCES:
  Own:
    :path: "../own"
  Tagged:
    :branch: main
    :git: https://code.example/t.git

CHECKOUT OPTIONS:
  Tagged:
    :commit: 4c2a6b1
    :git: https://code.example/t.git

SPEC CHECKSUMS:
  Firebase: 07150e75d142fb9399f6777fa56a187b17f833a0

PODFILE CHECKSUM: 3a0

COCOAPODS: 1.11.3
"""


def test_pods_tell_their_parts_who_asked_for_them_and_what_they_need():
    found = {fact.purl: (fact.direct, fact.requires) for fact in facts(cocoapods_lock, PODS)}
    only = "pkg:cocoapods/Firebase@10.1.0#CoreOnly"
    data = "pkg:cocoapods/GoogleUtilities@7.8.0#NSData%2Bzlib"
    tagged = "pkg:cocoapods/Tagged@2.0?vcs_url=git%2Bhttps://code.example/t.git%404c2a6b1"
    assert found == {
        "pkg:cocoapods/Firebase@10.1.0#Core": (True, (only, data)),
        only: (False, ()),
        data: (False, ()),
        "pkg:cocoapods/Quoted%2BPod@0.1.0-beta.1": (False, ("pkg:cocoapods/Own@1.0.0",)),
        "pkg:cocoapods/Own@1.0.0": (True, ()),
        tagged: (True, ()),
    }


def test_dart_packages_tell_who_asked_for_them():
    text = """\
packages:
  A_b: {dependency: transitive, source: hosted, version: "1.0.0+2",
        description: {name: A_b, url: "https://pub.dartlang.org", sha256: "00"}}
  c: {dependency: "direct overridden", source: hosted, version: 1.0.0, description: c}
  d: {dependency: "direct dev", source: hosted, version: "0.1", description: {name: d}}
  own: {dependency: "direct main", source: path, version: "0", description: {path: "../o"}}
"""
    found = [(each.purl, each.direct, each.development) for each in facts(pub_lock, text)]
    assert found == [
        ("pkg:pub/a_b@1.0.0%2B2", False, False),
        ("pkg:pub/c@1.0.0", True, False),
        ("pkg:pub/d@0.1", True, True),
    ]
    assert purls(pub_lock, "packages: {}\nsdks: {}\n") == []


@pytest.mark.parametrize("unit", [swift_resolved, cocoapods_lock, pub_lock], ids=lambda one: one.id)
@pytest.mark.parametrize("text", ["", "\0", "[]", "{}", "PODS: 1", "packages: [a]", "<<<<<<< a\n"])
def test_a_lock_that_is_none_is_an_error(unit, text):
    with pytest.raises(ParseError):
        purls(unit, text)
