"""Packages of opam, asked for, locked and installed, and those that Zig fetches."""

import os
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.model.opam import values
from hullmark.parsers.opam_file import opam_file
from hullmark.parsers.opam_package import opam_package
from hullmark.parsers.zig_zon import zig_zon


def facts(unit, content, path="srv/file"):
    data = content if isinstance(content, bytes) else content.encode()
    return list(unit.parse(File(path=path, content=data)))


def purls(unit, content, path="srv/file"):
    return [fact.purl for fact in facts(unit, content, path)]


HEAD = 'opam-version: "2.0"\nmaintainer: "a@a.example"\nlicense: {}\n'


@pytest.mark.skipif(which("opam") is None, reason="needs opam")
def test_what_opam_installs_and_locks_is_read(tmp_path):
    settings = {**os.environ, "OPAMROOT": str(tmp_path / "root"), "OPAMROOTISOK": "1"}
    repository, app = tmp_path / "repository", tmp_path / "app"
    app.mkdir()
    for release, licence, depends in (
        ("leaf.1.4.0", '"MIT"', ""),
        ("oak.2.1.0", '["ISC" "GPL-3.0-only"]', 'depends: [ "leaf" {>= "1.0"} ]\n'),
    ):
        folder = repository / "packages" / release.partition(".")[0] / release
        folder.mkdir(parents=True)
        (folder / "opam").write_text(HEAD.format(licence) + depends)
    (repository / "repo").write_text('opam-version: "2.0"\n')
    (app / "app.opam").write_text(f'{HEAD.format("[]")}version: "1"\ndepends: [ "oak" ]\n')
    for command in (
        ("init", "--bare", "-n", "--disable-sandboxing", "default", str(repository)),
        ("switch", "create", "here", "--empty"),
        ("install", "-y", "oak"),
        ("lock", "--switch=here", "./app.opam"),
    ):
        run(["opam", *command], cwd=app, env=settings, check=True, capture_output=True)
    installed = [
        (fact.purl, fact.licences)
        for path in sorted((tmp_path / "root/here/.opam-switch/packages").glob("*/opam"))
        for fact in facts(opam_package, path.read_bytes(), str(path))
    ]
    assert installed == [
        ("pkg:opam/leaf@1.4.0", ("MIT",)),
        ("pkg:opam/oak@2.1.0", ("ISC", "GPL-3.0-only")),
    ]
    locked = (app / "app.opam.locked").read_bytes()
    assert sorted(purls(opam_file, locked)) == ["pkg:opam/leaf@1.4.0", "pkg:opam/oak@2.1.0"]


def test_only_what_is_asked_for_in_one_version_is_a_package():
    text = """\
opam-version: "2.0" # of the format
depends: [
  "a" {= "1.0"} "b" {>= "1.0"} "c" (* "no" {= "1"} *) "d" {build & = "2.0~rc"}
  ("e" {= "1"} | "f") "g" {= "1" | = "2"} "h" {with-test & = version} "i" {= "3" & with-doc}
]
depopts: [ "j" {= "1"} ]
"""
    told = facts(opam_file, text, "app.opam")
    assert [(each.purl, each.direct, each.development) for each in told] == [
        ("pkg:opam/a@1.0", True, False),
        ("pkg:opam/d@2.0~rc", True, True),
        ("pkg:opam/e@1", True, False),
        ("pkg:opam/i@3", True, True),
    ]
    assert {each.direct for each in facts(opam_file, text, "app.opam.locked")} == {None}


def test_texts_of_opam_are_read_with_their_quotes_and_escapes():
    text = 'a: """x "y" z"""\nb: "\\"q\\\\"\nurl {\n  src: "s"\n}\nc: [[1 "w"]]\n'
    found = values(File(path="x", content=text.encode()))
    assert (found["a"], found["b"]) == (['"x "y" z'], ['""q\\'])
    assert found["c"] == ["[", "[", "1", '"w', "]", "]"]


@pytest.mark.parametrize("text", ["", "\0", "a: [", '"', '"""', "(* ", "x" * 100])
def test_a_file_that_is_none_of_opams_is_an_error(text):
    for unit in (opam_file, opam_package):
        with pytest.raises(ParseError):
            facts(unit, text, "r/.opam-switch/packages/a.1/opam")


def test_packages_of_zig_are_named_by_their_hash_or_their_dependency():
    digest = "oBajB434AQBDh-Ei3YtoKIRxZacVPF1iSwp3IX_ZB8f0"
    text = f"""\
// comment .{{
.{{ .name = "app", .fingerprint = 0x1234abcd, .version = "0.1.0",
  .dependencies = .{{
    .a = .{{ .url = "https://x.example/a.tgz", .hash = "real-1.2.3-dev.4+a-{digest}" }},
    .@"b-c" = .{{ .url = "git+ssh://x.example/b.git?ref=v1#4c2a", .hash = "1220ab" }},
    .d = .{{ .url = "https://x.example/d.tgz", .hash = "N-V-__8AA{digest}" }},
    .own = .{{ .path = "../own", .lazy = true }},
  }},
  .paths = .{{ "build.zig", "src" }},
}}
"""
    assert purls(zig_zon, text) == [
        "pkg:generic/real@1.2.3-dev.4%2Ba?download_url=https://x.example/a.tgz",
        "pkg:generic/b-c?vcs_url=git%2Bssh://x.example/b.git%404c2a",
        "pkg:generic/d?download_url=https://x.example/d.tgz",
    ]
    assert purls(zig_zon, '.{ .name = .a, .dependencies = .{}, .paths = .{""} }') == []


@pytest.mark.parametrize("text", ["", "\0", ".{", "}", ".{}}", '.{ "', "name = 1"])
def test_a_file_that_is_none_of_zigs_is_an_error(text):
    with pytest.raises(ParseError):
        facts(zig_zon, text)
