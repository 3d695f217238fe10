"""Packages of C and C++: Conan's and vcpkg's, asked for, locked and installed."""

import os
from json import dumps
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.conan_lock import conan_lock
from hullmark.parsers.conanfile_txt import conanfile_txt
from hullmark.parsers.conaninfo import conaninfo
from hullmark.parsers.spdx_json import spdx_json
from hullmark.parsers.vcpkg_json import vcpkg_json
from hullmark.parsers.vcpkg_port import vcpkg_port
from hullmark.parsers.vcpkg_status import vcpkg_status


def facts(unit, content, path="srv/file"):
    data = content if isinstance(content, bytes) else content.encode()
    return list(unit.parse(File(path=path, content=data)))


def purls(unit, content, path="srv/file"):
    return [fact.purl for fact in facts(unit, content, path)]


RECIPE = """\
from conan import ConanFile
class Recipe(ConanFile):
    requires = {!r}
"""


@pytest.mark.skipif(which("conan") is None, reason="needs conan")
def test_a_lock_that_conan_writes_holds_what_was_asked_for_and_the_rest(tmp_path):
    profile = tmp_path / "home/profiles/default"
    profile.parent.mkdir(parents=True)
    profile.write_text("[settings]\nos=Linux\narch=x86_64\n")
    settings = {**os.environ, "CONAN_HOME": str(tmp_path / "home")}
    recipe = tmp_path / "conanfile.py"
    for needs, *names in (
        ([], "--name=leaf", "--version=1.4.0"),
        ([], "--name=saw", "--version=3.0", "--user=tree", "--channel=stable"),
        (["leaf/[>=1.0]"], "--name=oak", "--version=2.1.0"),
    ):
        recipe.write_text(RECIPE.format(needs))
        command = ["conan", "export", str(recipe), *names]
        run(command, env=settings, check=True, capture_output=True)
    asked = "[requires]\noak/[>=2 <3]\n\n[tool_requires]\nsaw/3.0@tree/stable # cuts\n"
    (tmp_path / "conanfile.txt").write_text(asked)
    command = ["conan", "lock", "create", str(tmp_path / "conanfile.txt"), "-nr"]
    run(command, env=settings, check=True, capture_output=True)
    found = {
        fact.purl.partition("rrev")[0]: fact.development
        for fact in facts(conan_lock, (tmp_path / "conan.lock").read_bytes())
    }
    assert found == {
        "pkg:conan/oak@2.1.0?": False,
        "pkg:conan/leaf@1.4.0?": False,
        "pkg:conan/tree/saw@3.0?channel=stable&": True,
    }
    assert [(fact.purl, fact.direct, fact.development) for fact in facts(conanfile_txt, asked)] == [
        ("pkg:conan/tree/saw@3.0?channel=stable", True, True)
    ]


def test_graphs_of_conan_1_tell_who_asked_for_a_package_and_what_it_requires():
    nodes = {
        "0": {"path": "../conanfile.txt", "context": "host", "requires": ["1"]},
        "1": {"ref": "a/1.0#aa", "requires": ["2"], "build_requires": ["3"], "prev": "0"},
        "2": {"ref": "b/2.0@u/c#bb", "context": "host", "python_requires": ["base/0.1#cc"]},
        "3": {"ref": "c/3.0#dd", "context": "build"},
    }
    lock = {"graph_lock": {"nodes": nodes, "revisions_enabled": True}, "version": "0.4"}
    a, b, c = "pkg:conan/a@1.0?rrev=aa", "pkg:conan/u/b@2.0?channel=c&rrev=bb", "c@3.0?rrev=dd"
    told = facts(conan_lock, dumps(lock))
    assert [(each.purl, each.direct, each.development, each.requires) for each in told] == [
        (a, True, False, (b, f"pkg:conan/{c}")),
        (b, False, False, ()),
        (f"pkg:conan/{c}", False, True, ()),
        ("pkg:conan/base@0.1?rrev=cc", False, True, ()),
    ]


def test_the_first_graphs_of_conan_are_read_too():
    nodes = {
        "5f": {
            "pref": "a/1.0@u/c#aa:6a83#77",
            "python_requires": None,
            "requires": {"b/2.0": "6b"},
        },
        "6b": {"pref": "b/2.0:5ab8", "options": "shared=False"},
    }
    lock = {"profile": "[settings]\n", "version": "0.1", "graph_lock": {"nodes": nodes}}
    assert [(each.purl, each.requires) for each in facts(conan_lock, dumps(lock))] == [
        ("pkg:conan/u/a@1.0?channel=c&rrev=aa", ("pkg:conan/b@2.0",)),
        ("pkg:conan/b@2.0", ()),
    ]


CACHED = "root/.conan/data/oak/2.1.0/{}/package/cceb81cd/conaninfo.txt"
INFO = (
    "[settings]\n    os=Linux\n\n[requires]\n    leaf/1.Y.Z\n\n[full_requires]\n    leaf/1.4.0:4d\n"
)


def test_information_of_conan_is_on_its_cached_package_or_on_all_of_a_project():
    assert purls(conaninfo, INFO, CACHED.format("_/_")) == ["pkg:conan/oak@2.1.0"]
    owned = ["pkg:conan/tree/oak@2.1.0?channel=stable"]
    assert purls(conaninfo, INFO, CACHED.format("tree/stable")) == owned
    assert purls(conaninfo, INFO, "srv/build/conaninfo.txt") == ["pkg:conan/leaf@1.4.0"]
    second = "[settings]\nos=Linux\n[requires]\nleaf/1.Y.Z\n"
    assert facts(conaninfo, second, "root/.conan2/p/b/oakb095f3/p/conaninfo.txt") == []


def test_a_user_without_a_channel_is_a_qualifier():
    text = "[requires]\na/1@u/c\na/1@u\na/1@_/c\na/1@\na/1\n"
    (both, user, *none) = purls(conanfile_txt, text)
    assert (both, user) == ("pkg:conan/u/a@1?channel=c", "pkg:conan/a@1?user=u")
    assert none == ["pkg:conan/a@1"] * 3


def test_a_line_that_is_no_reference_is_an_error_after_the_rest():
    for unit, head in ((conanfile_txt, "[requires]\n"), (conaninfo, "[full_requires]\n")):
        found = []
        with pytest.raises(ParseError, match="'oak'"):
            found.extend(unit.parse(File(path="x", content=f"{head}oak\nleaf/1.4.0\n".encode())))
        assert [fact.purl for fact in found] == ["pkg:conan/leaf@1.4.0"]


def test_versions_of_a_vcpkg_manifest_are_those_of_its_overrides():
    manifest = {
        "dependencies": ["a", {"name": "b", "host": True, "features": ["x"]}, "b", "c", "d"],
        "overrides": [
            {"name": "a", "version-semver": "1.0.0", "port-version": 2},
            {"name": "b", "version": "2.0"},
            {"name": "c", "version-date": "2024-01-01#0"},
            {"name": "unused", "version-string": "x"},
        ],
        "features": {"tests": {"description": "t", "dependencies": [{"name": "e", "host": True}]}},
    }
    told = facts(vcpkg_json, dumps(manifest))
    assert [(each.purl, each.development) for each in told] == [
        ("pkg:vcpkg/a@1.0.0?port_version=2", False),
        ("pkg:vcpkg/b@2.0", False),
        ("pkg:vcpkg/c@2024-01-01", False),
        ("pkg:vcpkg/d", False),
        ("pkg:vcpkg/e", True),
    ]
    old = {"features": [{"name": "tests", "description": "t", "dependencies": ["e"]}]}
    assert purls(vcpkg_json, dumps(old)) == ["pkg:vcpkg/e"]


def test_ports_in_two_triplets_require_those_of_their_own_or_of_the_one_named():
    line = "Package: {}\nVersion: {}\nDepends: {}\nArchitecture: {}\nStatus: install ok installed\n"
    leaf, host = line.format("leaf", "1", "", "x64-linux"), line.format("leaf", "2", "", "host")
    oak = line.format("oak", "3", "leaf, leaf:host", "x64-linux")
    found = {each.purl: each.requires for each in facts(vcpkg_status, f"{leaf}\n{host}\n{oak}")}
    assert found["pkg:vcpkg/oak@3"] == ("pkg:vcpkg/leaf@1", "pkg:vcpkg/leaf@2")


def test_a_paragraph_without_a_name_or_a_state_is_an_error_after_the_rest():
    good = "Package: a\nVersion: 1\nArchitecture: x\nStatus: install ok installed\n"
    for bad in ("Package: b\nVersion: 1\n", "Package: b\nStatus: install ok installed\n"):
        found = []
        with pytest.raises(ParseError, match="1 paragraphs"):
            found.extend(vcpkg_status.parse(File(path="x", content=f"{bad}\n{good}".encode())))
        assert [fact.purl for fact in found] == ["pkg:vcpkg/a@1"]
    assert facts(vcpkg_status, "") == []


def test_a_port_tells_its_licence():
    port = {"SPDXID": "SPDXRef-port", "name": "zlib", "versionInfo": "1.3.1"}
    for said, licences in (("Zlib", ("Zlib",)), ("NOASSERTION", ())):
        (found,) = facts(vcpkg_port, dumps({"packages": [{**port, "licenseConcluded": said}]}))
        assert (found.purl, found.licences) == ("pkg:vcpkg/zlib@1.3.1", licences)


def test_a_bill_that_vcpkg_wrote_is_left_to_its_own_parser():
    path = "srv/vcpkg_installed/x64-linux/share/oak/vcpkg.spdx.json"
    assert facts(spdx_json, vcpkg_port.example.data, path) == []
    assert purls(vcpkg_port, vcpkg_port.example.data, path) == [*vcpkg_port.expect]


@pytest.mark.parametrize("unit", [conan_lock, conanfile_txt, conaninfo, vcpkg_json, vcpkg_port])
@pytest.mark.parametrize("text", ["\0", "<<<<<<< a\n", '{"packages": 1, "dependencies": 1}'])
def test_a_file_that_is_none_of_theirs_is_an_error(unit, text):
    with pytest.raises(ParseError):
        facts(unit, text)
