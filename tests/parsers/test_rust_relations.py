"""Who asks for whom in Cargo.lock, compared with what cargo says of the same workspace."""

from json import dumps, loads
from pathlib import Path
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File
from hullmark.parsers.cargo_lock import cargo_lock

RELEASES = ("1.31", "1.45", "1.60", "1.84")
"""Oldest Rust that a crate says it builds with: by it a new cargo chooses the lock's version."""


def crate(folder: Path, name: str, version: str, rest: str = "") -> None:
    (folder / "src").mkdir(parents=True)
    (folder / "src/lib.rs").write_text("")
    text = f'[package]\nname = "{name}"\nversion = "{version}"\nedition = "2018"\n{rest}'
    (folder / "Cargo.toml").write_text(text)


def workspace(root: Path, release: str) -> Path:
    """Two members, a renamed crate, three that share a name, one for tests, one to build."""
    for name, version, rest in (
        ("leaf", "1.4.0", ""),
        ("leaf", "2.0.0", ""),
        ("oak", "2.1.0", '[dependencies]\nleaf = "1"\n'),
        ("elm", "0.3.0", '[dependencies]\nleaf = "2"\noak = "2"\n'),
        ("axe", "1.0.0", ""),
        ("probe", "1.0.0", '[dependencies]\naxe = "1"\n'),
    ):
        folder = root / "vendor" / f"{name}-{version}"
        crate(folder, name, version, rest)
        checksum = dumps({"files": {}, "package": "0" * 64})
        (folder / ".cargo-checksum.json").write_text(checksum)
    crate(root / "leaf", "leaf", "1.4.0")
    who = ["-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "All"]):
        run(["git", *who, *command], cwd=root / "leaf", check=True)
    app = root / "app"
    least = f'rust-version = "{release}"\n'
    origin = f'git = "{(root / "leaf").as_uri()}", branch = "main"'
    crate(
        app / "one",
        "one",
        "0.1.0",
        f'{least}[dependencies]\nelm = "0.3"\ntwo = {{ path = "../two" }}\n'
        'leaf-two = { package = "leaf", version = "2" }\n'
        f'leaf-own = {{ package = "leaf", {origin} }}\n[dev-dependencies]\nprobe = "1"\n',
    )
    crate(
        app / "two",
        "two",
        "0.1.0",
        f'{least}[dependencies]\noak = "2"\n[build-dependencies]\naxe = "1"\n',
    )
    (app / "Cargo.toml").write_text('[workspace]\nmembers = ["one", "two"]\n')
    (app / ".cargo").mkdir()
    (app / ".cargo/config.toml").write_text(
        '[source.crates-io]\nreplace-with = "kept"\n'
        f'[source.kept]\ndirectory = "{root / "vendor"}"\n'
    )
    return app


def told_by_cargo(app: Path) -> dict[str, tuple[bool, set[str]]]:
    """By name, version and source whether members ask for a crate, and what it requires."""
    command = ["cargo", "metadata", "--format-version=1", "-q"]
    metadata = loads(run(command, cwd=app, check=True, capture_output=True).stdout)
    names = {
        each["id"]: f"{each['name']} {each['version']} {(each['source'] or '')[:4]}"
        for each in metadata["packages"]
    }
    members = set(metadata["workspace_members"])
    needs = {each["id"]: set(each["dependencies"]) for each in metadata["resolve"]["nodes"]}
    asked = {need for member in members for need in needs[member]}
    return {
        names[id]: (id in asked, {names[need] for need in needs[id]})
        for id in needs
        if id not in members
    }


@pytest.mark.skipif(which("cargo") is None, reason="needs cargo")
def test_relations_are_those_that_cargo_tells_in_every_version_of_the_lock(tmp_path):
    for release in RELEASES:
        app = workspace(tmp_path / release, release)
        expected = told_by_cargo(app)
        lock = (app / "Cargo.lock").read_bytes()
        found = list(cargo_lock.parse(File(path="Cargo.lock", content=lock)))
        names = {
            each.purl: f"{each.name} {each.version} {'git+' if each.qualifiers else 'regi'}"
            for each in found
        }
        assert expected == {
            names[each.purl]: (each.direct, {names[need] for need in each.requires})
            for each in found
        }
        assert len(found) == 7
