"""Lock files that cargo writes."""

from json import dumps
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.cargo_lock import cargo_lock

CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"


def purls(text):
    content = text if isinstance(text, bytes) else text.encode()
    return [fact.purl for fact in cargo_lock.parse(File(path="Cargo.lock", content=content))]


def crate(name, version, source=""):
    line = f'source = "{source}"\n' if source else ""
    return f'[[package]]\nname = "{name}"\nversion = "{version}"\n{line}\n'


@pytest.mark.skipif(which("cargo") is None, reason="needs cargo")
def test_a_lock_written_by_cargo_holds_the_registrys_crates(tmp_path):
    vendored = tmp_path / "vendor/dep"
    (vendored / "src").mkdir(parents=True)
    (vendored / "src/lib.rs").write_text("")
    (vendored / "Cargo.toml").write_text('[package]\nname = "dep"\nversion = "1.2.3"\n')
    (vendored / ".cargo-checksum.json").write_text(dumps({"files": {}, "package": "0" * 64}))
    (tmp_path / ".cargo").mkdir()
    (tmp_path / ".cargo/config.toml").write_text(
        '[source.crates-io]\nreplace-with = "kept"\n[source.kept]\ndirectory = "vendor"\n'
    )
    (tmp_path / "src").mkdir()
    (tmp_path / "src/main.rs").write_text("fn main() {}\n")
    (tmp_path / "Cargo.toml").write_text(
        '[package]\nname = "app"\nversion = "0.1.0"\n[dependencies]\ndep = "1"\n'
    )
    run(["cargo", "generate-lockfile", "-q", "--offline"], cwd=tmp_path, check=True)
    assert purls((tmp_path / "Cargo.lock").read_bytes()) == ["pkg:cargo/dep@1.2.3"]


def test_every_version_of_the_format_is_read():
    body = crate("app", "0.1.0") + crate("dep", "1.2.3", CRATES_IO)
    old = '[metadata]\n"checksum dep 1.2.3 (registry+https://example.org)" = "00"\n'
    for lock in (body + old, body, f"version = 3\n\n{body}", f"version = 4\n\n{body}"):
        assert purls(lock) == ["pkg:cargo/dep@1.2.3"]


def test_crates_of_other_sources_say_where_they_come_from():
    lock = crate("a", "1.0.0", "sparse+https://index.crates.io/")
    lock += crate("b", "1.0.0", "registry+https://example.org/index")
    lock += crate("c", "1.0.0", "git+https://example.org/c?branch=main#abc123")
    assert purls(lock) == [
        "pkg:cargo/a@1.0.0",
        "pkg:cargo/b@1.0.0?repository_url=https://example.org/index",
        "pkg:cargo/c@1.0.0?vcs_url=git%2Bhttps://example.org/c%40abc123",
    ]


@pytest.mark.parametrize("text", ["\0", "[[package]]\nname = 1\n", "package = 1\n", "<<<<<<< a\n"])
def test_a_lock_that_is_none_is_an_error(text):
    with pytest.raises(ParseError):
        purls(text)


def test_old_locks_name_the_built_crate_as_root_and_repositories_without_their_commit():
    lock = '[root]\nname = "app"\nversion = "0.1.0"\ndependencies = ["a 2.0.0 (git+https://x/a)"]\n'
    lock += crate("a", "2.0.0", "git+https://x/a#4c2a6b") + crate("a", "2.0.0", CRATES_IO)
    found = list(cargo_lock.parse(File(path="Cargo.lock", content=lock.encode())))
    assert [(each.qualifiers, each.direct) for each in found] == [
        ({"vcs_url": "git+https://x/a@4c2a6b"}, True),
        ({}, False),
    ]


def test_without_the_built_crate_nobody_knows_what_is_direct():
    (found,) = cargo_lock.parse(File(path="c", content=crate("a", "1", CRATES_IO).encode()))
    assert found.direct is None


def test_a_crate_requires_each_other_once_and_none_that_is_not_told_of():
    lock = '[[package]]\nname = "own"\nversion = "1.0.0"\n' + crate("b", "1.0.0", CRATES_IO)
    lock += crate("a", "1.0.0", CRATES_IO).rstrip("\n") + '\ndependencies = ["b", "own", "b"]\n'
    found = cargo_lock.parse(File(path="Cargo.lock", content=lock.encode()))
    assert [each.requires for each in found] == [(), ("pkg:cargo/b@1.0.0",)]


def test_what_the_project_asks_for_is_direct_and_crates_tell_what_they_require():
    lock = '[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = ["a 2.0.0", "b"]\n'
    for name, version, needs in (
        ("a", "1.0.0", "[]"),
        ("a", "2.0.0", "[]"),
        ("b", "1.0.0", '["a 1.0.0"]'),
    ):
        lock += crate(name, version, CRATES_IO).rstrip("\n") + f"\ndependencies = {needs}\n"
    found = list(cargo_lock.parse(File(path="Cargo.lock", content=lock.encode())))
    assert [(each.purl, each.direct, each.requires) for each in found] == [
        ("pkg:cargo/a@1.0.0", False, ()),
        ("pkg:cargo/a@2.0.0", True, ()),
        ("pkg:cargo/b@1.0.0", True, ("pkg:cargo/a@1.0.0",)),
    ]
