"""Packages of Haskell, Julia, D, Elm, Nim, Zig, OCaml and Bazel, locked and installed."""

import os
from json import dumps
from pathlib import Path
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.bazel_lock import bazel_lock
from hullmark.parsers.cabal_freeze import cabal_freeze
from hullmark.parsers.dub_selections import dub_selections
from hullmark.parsers.elm_json import elm_json
from hullmark.parsers.ghc_package import ghc_package
from hullmark.parsers.julia_manifest import julia_manifest
from hullmark.parsers.nimble_lock import nimble_lock
from hullmark.parsers.nimble_package import nimble_package
from hullmark.parsers.stack_lock import stack_lock


def facts(unit, content, path="srv/file", **beside):
    data = content if isinstance(content, bytes) else content.encode()
    near = {
        name: File(path=name, content=text.encode())
        for name, text in ((f"{name}.toml", text) for name, text in beside.items())
    }
    return list(unit.parse(File(path=path, content=data, beside=near)))


def purls(unit, content, path="srv/file"):
    return [fact.purl for fact in facts(unit, content, path)]


def test_packages_of_stack_are_releases_repositories_or_archives():
    text = """\
packages:
- completed: {hackage: "a-b-1.2@rev:1"}
- completed: {name: c, version: "0.1", git: git@code.example:c.git, commit: 4c2a, subdir: x}
- completed: {name: d, version: 1.0.0, url: https://code.example/d.tar.gz, size: 3}
- completed: {hackage: nameless}
snapshots: []
"""
    found = []
    with pytest.raises(ParseError, match="'nameless'"):
        found.extend(stack_lock.parse(File(path="x", content=text.encode())))
    assert [fact.purl for fact in found] == [
        "pkg:hackage/a-b@1.2",
        "pkg:hackage/c@0.1?vcs_url=git%2Bssh://git%40code.example/c.git%404c2a",
        "pkg:hackage/d@1.0.0?download_url=https://code.example/d.tar.gz",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "constraints: any.a ==1.0,\n             a +x -y,\n             any.b-c ==2.0.1\n",
        "-- made by hand\nconstraints:\n  any.a == 1.0\n  , b-c ==2.0.1, d >=1\n  , e installed\n",
        "constraints: a ==1.0\nconstraints: b-c ==2.0.1\nallow-newer: d ==3\n",
    ],
)
def test_constraints_of_cabal_that_leave_one_version_are_packages(text):
    assert purls(cabal_freeze, text) == ["pkg:hackage/a@1.0", "pkg:hackage/b-c@2.0.1"]


@pytest.mark.parametrize(
    ("text", "purl", "licences"),
    [
        ("name: a\nversion: 1.0\nlicense: BSD3\n", "a@1.0", ("BSD-3-Clause",)),
        ("name:\n    z-a-z-b\nversion: 1.0\npackage-name: a\nlib-name: b\n", "a@1.0", ()),
    ],
)
def test_installed_haskell_packages_tell_their_licence(text, purl, licences):
    (found,) = facts(ghc_package, text)
    assert (found.purl, found.licences) == (f"pkg:hackage/{purl}", licences)


DATES, OAK = "ade2ca70-3891-5945-98fb-dc099432e06a", "00000000-0000-4000-8000-000000000001"
JULIA = f"""\
[[{{0}}Dates]]
uuid = "{DATES}"

[[{{0}}Oak]]
deps = ["Dates", "Gone"]
uuid = "{OAK}"
version = "2.1.0"
repo-rev = "main"
repo-url = "https://code.example/Oak.jl.git"

[[{{0}}Own]]
path = "../Own"
uuid = "00000000-0000-4000-8000-000000000002"

[[{{0}}Twin]]
uuid = "00000000-0000-4000-8000-000000000003"
version = "1.0.0"
    [{{0}}Twin.deps]
    Dates = "{DATES}"

[[{{0}}Twin]]
uuid = "00000000-0000-4000-8000-000000000004"
version = "2.0.0"
"""


def test_both_formats_of_a_julia_manifest_are_read():
    twin = "pkg:julia/Twin@{}.0.0?uuid=00000000-0000-4000-8000-00000000000{}"
    origin = "vcs_url=git%2Bhttps://code.example/Oak.jl.git%40main"
    for head, prefix, version in (
        ("# This file is machine-generated\n", "", ""),
        ('julia_version = "1.10.2"\nmanifest_format = "2.0"\n', "deps.", "@1.10.2"),
    ):
        dates = f"pkg:julia/Dates{version}?uuid={DATES}"
        text = head + JULIA.format(prefix)
        assert [(each.purl, each.requires) for each in facts(julia_manifest, text)] == [
            (dates, ()),
            (f"pkg:julia/Oak@2.1.0?uuid={OAK}&{origin}", (dates,)),
            (twin.format(1, 3), (dates,)),
            (twin.format(2, 4), ()),
        ]


def test_what_a_julia_project_asks_for_is_direct_where_its_file_can_be_read():
    text = JULIA.format("")
    asked = facts(julia_manifest, text, "Manifest.toml", Project=f'[deps]\nOak = "{OAK}"\n')
    assert [each.direct for each in asked] == [False, True, False, False]
    assert {each.direct for each in facts(julia_manifest, text)} == {None}
    found = []
    near = {"Project.toml": File(path="Project.toml", content=b"\0")}
    file = File(path="Manifest.toml", content=text.encode(), beside=near)
    with pytest.raises(ParseError, match=r"Project\.toml beside it"):
        found.extend(julia_manifest.parse(file))
    assert [each.direct for each in found] == [None] * 4


def test_a_manifest_of_another_tool_is_nothing():
    assert facts(julia_manifest, "packages = 3\n") == []


@pytest.mark.skipif(which("dub") is None, reason="needs dub")
def test_selections_that_dub_writes_are_read(tmp_path):
    for name, text in (("oak", ""), ("app", 'dependency "oak" version="*"\n')):
        (tmp_path / name / "source").mkdir(parents=True)
        (tmp_path / name / f"source/{name}.d").write_text(f"module {name};\n")
        (tmp_path / name / "dub.sdl").write_text(f'name "{name}"\n{text}')
    settings = {**os.environ, "HOME": str(tmp_path)}
    local = ["dub", "add-local", str(tmp_path / "oak"), "2.1.0"]
    run(local, env=settings, check=True, capture_output=True)
    upgrade = ["dub", "upgrade", "--skip-registry=all"]
    run(upgrade, cwd=tmp_path / "app", env=settings, check=True, capture_output=True)
    selections = (tmp_path / "app/dub.selections.json").read_bytes()
    assert purls(dub_selections, selections) == ["pkg:generic/oak@2.1.0"]


def test_a_branch_that_dub_selected_is_its_version():
    assert purls(dub_selections, '{"versions": {"a": "~master", "b": {"version": "1"}}}') == [
        "pkg:generic/a@~master",
        "pkg:generic/b@1",
    ]


def test_an_elm_application_tells_who_asked_for_a_package_and_a_package_leaves_it_open():
    application = {
        "type": "application",
        "dependencies": {"direct": {"elm/core": "1.0.5"}, "indirect": {"elm/json": "1.1.3"}},
        "test-dependencies": {"direct": {}, "indirect": {"elm/random": "1.0.0"}},
    }
    told = facts(elm_json, dumps(application))
    assert [(each.purl, each.direct, each.development) for each in told] == [
        ("pkg:generic/elm/core@1.0.5", True, False),
        ("pkg:generic/elm/json@1.1.3", False, False),
        ("pkg:generic/elm/random@1.0.0", False, True),
    ]
    package = {"type": "package", "dependencies": {"elm/core": "1.0.0 <= v < 2.0.0"}}
    assert facts(elm_json, dumps(package)) == []


def test_packages_of_nimble_tell_what_they_require():
    leaf = {"version": "1.4.0", "vcsRevision": "aa", "url": "https://x.example/leaf"}
    oak = {"version": "2.1.0", "dependencies": ["leaf", "nim"], "checksums": {"sha1": "00"}}
    told = facts(nimble_lock, dumps({"version": 1, "packages": {"oak": oak, "leaf": leaf}}))
    purl = "pkg:generic/leaf@1.4.0?vcs_url=git%2Bhttps://x.example/leaf%40aa"
    assert [(each.purl, each.requires) for each in told] == [
        ("pkg:generic/oak@2.1.0", (purl,)),
        (purl, ()),
    ]


@pytest.mark.skipif(which("nimble") is None, reason="needs nim")
def test_a_package_that_nimble_installed_is_named_as_its_folder(tmp_path):
    (tmp_path / "leaf").mkdir()
    (tmp_path / "leaf/leaf.nim").write_text("discard\n")
    described = 'version = "1.4.0"\nauthor = "a"\ndescription = "d"\nlicense = "MIT"\n'
    (tmp_path / "leaf/leaf.nimble").write_text(described)
    command = ["nimble", "install", "-y", f"--nimbleDir:{tmp_path / 'kept'}"]
    settings = {**os.environ, "HOME": str(tmp_path)}
    run(command, cwd=tmp_path / "leaf", env=settings, check=True, capture_output=True)
    (meta,) = (tmp_path / "kept").glob("pkgs*/*/nimblemeta.json")
    assert purls(nimble_package, meta.read_bytes(), str(meta)) == ["pkg:generic/leaf@1.4.0"]


@pytest.mark.parametrize(
    ("folder", "purl"),
    [
        ("pkgs/a-b-1.0.0", "a-b@1.0.0"),
        ("pkgs/a-#head", "a@head"),
        (f"pkgs2/a_b-0.2-{'0' * 40}", "a_b@0.2"),
    ],
)
def test_folders_of_nimble_name_package_and_version(folder, purl):
    path = f"root/.nimble/{folder}/nimblemeta.json"
    assert purls(nimble_package, "{}", path) == [f"pkg:generic/{purl}"]


def test_graphs_of_bazel_tell_who_asked_for_a_module_and_what_it_requires():
    graph = {
        "<root>": {"name": "app", "version": "", "deps": {"a": "a@1.0", "own": "own@_"}},
        "a@1.0": {"name": "a", "version": "1.0", "deps": {"bee": "b@2.0.bcr.1"}},
        "b@2.0.bcr.1": {"name": "b", "version": "2.0.bcr.1"},
        "own@_": {"name": "own", "version": ""},
    }
    told = facts(bazel_lock, dumps({"lockFileVersion": 3, "moduleDepGraph": graph}))
    assert [(each.purl, each.direct, each.requires) for each in told] == [
        ("pkg:bazel/a@1.0", True, ("pkg:bazel/b@2.0.bcr.1",)),
        ("pkg:bazel/b@2.0.bcr.1", False, ()),
    ]


def test_hashes_of_bazel_name_the_modules_whose_source_was_asked_for():
    hashes = {
        "https://bcr.bazel.build/bazel_registry.json": "00",
        "https://bcr.bazel.build/modules/a/0.9/MODULE.bazel": "00",
        "https://bcr.bazel.build/modules/a/1.0/MODULE.bazel": "00",
        "https://bcr.bazel.build/modules/a/1.0/source.json": "00",
        "https://x.example/r/modules/b/2.0/source.json": None,
    }
    assert purls(bazel_lock, dumps({"lockFileVersion": 13, "registryFileHashes": hashes})) == [
        "pkg:bazel/a@1.0",
        "pkg:bazel/b@2.0?repository_url=https://x.example/r",
    ]


@pytest.mark.skipif(not Path("/var/lib/ghc/package.conf.d").is_dir(), reason="GHC is not there")
def test_packages_of_ghc_itself_are_named_as_their_files():
    for path in Path("/var/lib/ghc/package.conf.d").glob("*.conf"):
        (found,) = facts(ghc_package, path.read_bytes())
        assert path.stem in (f"{found.name}-{found.version}", found.name)
        assert found.licences


@pytest.mark.parametrize(
    "unit",
    [stack_lock, cabal_freeze, ghc_package, dub_selections, elm_json, nimble_lock, bazel_lock],
    ids=lambda unit: unit.id,
)
@pytest.mark.parametrize("text", ["", "\0", "[]", "<<<<<<< a\n"])
def test_a_file_that_is_none_of_theirs_is_an_error(unit, text):
    with pytest.raises(ParseError):
        facts(unit, text)
