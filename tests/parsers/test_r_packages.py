"""What R installs and renv locks."""

from json import dumps
from pathlib import Path
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.model.r_package import statements
from hullmark.parsers.r_description import MAX_DESCRIPTION_BYTES, r_description
from hullmark.parsers.renv_lock import renv_lock


def parse(unit, content):
    data = content if isinstance(content, bytes) else dumps(content).encode()
    return list(unit.parse(File(path="x/DESCRIPTION", content=data)))


@pytest.mark.skipif(which("R") is None, reason="needs R")
def test_a_package_installed_by_r_is_found_and_its_source_is_not(tmp_path):
    source = tmp_path / "tool"
    source.mkdir()
    described = "Package: tool\nVersion: 0.1-2\nTitle: T\nDescription: D.\nLicense: GPL (>= 2)\n"
    (source / "DESCRIPTION").write_text(described + "Author: A\nMaintainer: A <a@example.org>\n")
    (source / "NAMESPACE").write_text("")
    library = tmp_path / "library"
    library.mkdir()
    quick = ("--no-docs", "--no-test-load", "--no-byte-compile")
    install = ["R", "--vanilla", "CMD", "INSTALL", *quick, f"--library={library}", str(source)]
    run(install, check=True, capture_output=True)
    (package,) = parse(r_description, (library / "tool/DESCRIPTION").read_bytes())
    assert package.purl == "pkg:cran/tool@0.1-2"
    assert package.licences == ("GPL-2.0-or-later",)
    assert parse(r_description, (source / "DESCRIPTION").read_bytes()) == []


@pytest.mark.skipif(which("R") is None, reason="needs R")
def test_the_packages_of_r_itself_are_found():
    home = run(["R", "RHOME"], check=True, capture_output=True, text=True).stdout.strip()
    found = [
        package
        for path in Path(home, "library").glob("*/DESCRIPTION")
        for package in parse(r_description, path.read_bytes())
    ]
    assert {"base", "stats", "utils"} <= {package.name for package in found}
    assert len({package.version for package in found}) == 1
    assert not any(package.licences for package in found)


def test_a_package_of_bioconductor_names_its_registry():
    text = b"Package: limma\nVersion: 3.54.0\nbiocViews: ExonArray,\n\tPathways\nBuilt: R 4.2.2\n"
    (package,) = parse(r_description, text)
    assert package.purl == "pkg:cran/limma@3.54.0?repository_url=https://bioconductor.org"


@pytest.mark.parametrize("text", [b"", b"A description of the folder.\n", b"Package: x\n", b"\xff"])
def test_other_files_of_that_name_tell_nothing(text):
    assert parse(r_description, text) == []


@pytest.mark.parametrize("text", [b"Package: x\nBuilt: R\n", b"Package:\nVersion: 1\nBuilt: R\n"])
def test_an_installed_package_without_name_or_version_is_an_error(text):
    with pytest.raises(ParseError, match="no name or version"):
        parse(r_description, text)


def test_a_description_too_long_is_an_error():
    with pytest.raises(ParseError, match="more than"):
        parse(r_description, bytes(MAX_DESCRIPTION_BYTES + 1))


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("MIT + file LICENSE", ["MIT"]),
        ("GPL-2 | GPL (>= 3)", ["GPL-2", "GPL-3.0-or-later"]),
        ("Apache License (>= 2)", ["Apache-2.0"]),
        ("GPL (== 2)", ["GPL-2.0"]),
        ("BSD_2_clause + file LICENCE", ["BSD-2-Clause"]),
        ("file LICENSE", []),
        ("Part of R 4.2.2", []),
        ("Unlimited", []),
        ("", []),
    ],
)
def test_licences_are_named_as_others_name_them(field, expected):
    assert statements(field) == expected


def test_a_lock_of_before_renv_1_1_tells_requirements():
    lock = {
        "R": {"Version": "4.2.2"},
        "Packages": {
            "cli": {"Package": "cli", "Version": "3.6.0", "Source": "Repository", "Hash": "0"},
            "rlang": {"Package": "rlang", "Version": "1.1.0", "Requirements": ["R", "cli"]},
        },
    }
    cli, rlang = parse(renv_lock, lock)
    assert rlang.requires == (cli.purl,)
    assert cli.licences == ()
    assert cli.direct is None
    assert cli.declared


def test_a_lock_tells_where_packages_come_from():
    records = [
        {"Source": "Bioconductor", "biocViews": "Software"},
        {"Source": "Git", "RemoteUrl": "https://example.org/a.git", "RemoteSha": "4c2a"},
        {"Source": "GitLab", "RemoteHost": "gitlab.example", "RemoteUsername": "u/v"},
        {"Source": "Local"},
    ]
    records[2]["RemoteRepo"] = "a"
    expected = [
        {"repository_url": "https://bioconductor.org"},
        {"vcs_url": "git+https://example.org/a.git@4c2a"},
        {"vcs_url": "git+https://gitlab.example/u/v/a"},
        {},
    ]
    for record, qualifiers in zip(records, expected, strict=True):
        lock = {"Packages": {"a": {"Package": "a", "Version": "1", **record}}}
        (package,) = parse(renv_lock, lock)
        assert package.qualifiers == qualifiers


@pytest.mark.parametrize("content", [b"", b"{}", {"Packages": []}, {"Packages": {"a": {}}}])
def test_a_lock_of_something_else_is_an_error(content):
    with pytest.raises(ParseError):
        parse(renv_lock, content)
