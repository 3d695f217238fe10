"""What cpanm installs and Carton locks."""

from gzip import compress
from os import environ
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.model.cpan import Distribution, from_pathname
from hullmark.parsers.cpan_install import cpan_install
from hullmark.parsers.cpanfile_snapshot import cpanfile_snapshot

TOOLS = ("cpanm", "carton", "make")
OTHER, TOOL = "pkg:cpan/EXAMPLE/Acme-Other@v0.1.0", "pkg:cpan/EXAMPLE/Acme-Tool@0.20"
LINE = "E/EX/EXAMPLE/"


def parse(unit, content, **beside):
    near = {f"{name}.json": File(path=name, content=text) for name, text in beside.items()}
    return list(unit.parse(File(path="x", content=content, beside=near)))


def publish(mirror, name, version, licence, needs):
    """Make a distribution, and put it where the author EXAMPLE of the mirror has his."""
    source = mirror.parent / name
    module = name.replace("-", "::")
    (source / "lib/Acme").mkdir(parents=True)
    (source / f"lib/{module.replace('::', '/')}.pm").write_text(
        f'package {module};\nour $VERSION = "{version}";\n1;\n'
    )
    needed = ", ".join(f"'{need}' => 0" for need in needs)
    (source / "Makefile.PL").write_text(
        f"use ExtUtils::MakeMaker;\nWriteMakefile(NAME => '{module}', VERSION => '{version}',"
        f" LICENSE => '{licence}', PREREQ_PM => {{{needed}}});\n"
    )
    for command in (["perl", "Makefile.PL"], ["make", "manifest"], ["make", "dist"]):
        run(command, cwd=source, check=True, capture_output=True)
    (source / f"{name}-{version}.tar.gz").rename(
        mirror / f"authors/id/{LINE}{name}-{version}.tar.gz"
    )
    return f"{module} {version} {LINE}{name}-{version}.tar.gz\n"


@pytest.fixture
def mirror(tmp_path):
    place = tmp_path / "mirror"
    (place / "authors/id" / LINE).mkdir(parents=True)
    (place / "modules").mkdir()
    listed = publish(place, "Acme-Other", "v0.1.0", "mit", [])
    listed += publish(place, "Acme-Tool", "0.20", "perl_5", ["Acme::Other"])
    index = place / "modules/02packages.details.txt.gz"
    index.write_bytes(compress(f"Line-Count: 2\n\n{listed}".encode()))
    return f"file://{place}"


@pytest.mark.skipif(not all(map(which, TOOLS)), reason="needs cpanm, carton and make")
def test_distributions_installed_by_carton_and_their_snapshot_are_found(tmp_path, mirror):
    project = tmp_path / "project"
    project.mkdir()
    (project / "cpanfile").write_text("requires 'Acme::Tool';\n")
    place = {**environ, "PERL_CARTON_MIRROR": mirror, "HOME": str(tmp_path)}
    run(["carton", "install"], cwd=project, env=place, check=True, capture_output=True)
    other, tool = parse(cpanfile_snapshot, (project / "cpanfile.snapshot").read_bytes())
    assert (other.purl, tool.purl) == (OTHER, TOOL)
    assert (other.requires, tool.requires) == ((), (OTHER,))
    assert licences(project) == {OTHER: ("MIT",), TOOL: ("Artistic-1.0-Perl OR GPL-1.0-or-later",)}


@pytest.mark.skipif(not all(map(which, TOOLS)), reason="needs cpanm, carton and make")
def test_distributions_installed_by_cpanm_are_found(tmp_path, mirror):
    place = {**environ, "HOME": str(tmp_path)}
    target = str(tmp_path / "local")
    install = ["cpanm", "-n", "-q", "--mirror", mirror, "--mirror-only", "-L", target, "Acme::Tool"]
    run(install, env=place, check=True, capture_output=True)
    assert set(licences(tmp_path / "local")) == {OTHER, TOOL}


def licences(folder):
    """What the notes below a folder tell of licences, by purl."""
    found = {}
    for path in folder.glob("**/.meta/*/install.json"):
        meta = path.with_name("MYMETA.json").read_bytes()
        (package,) = parse(cpan_install, path.read_bytes(), MYMETA=meta)
        found[package.purl] = package.licences
    return found


@pytest.mark.parametrize(
    ("pathname", "expected"),
    [
        ("O/OA/OALDERS/libwww-perl-6.76.tar.gz", ("OALDERS", "libwww-perl", "6.76")),
        ("E/EX/EXAMPLE/Net-SSH2-0.73.tgz", ("EXAMPLE", "Net-SSH2", "0.73")),
        ("E/EX/EXAMPLE/sub/Foo-v1.2.3-TRIAL2.zip", ("EXAMPLE", "Foo", "v1.2.3-TRIAL2")),
        ("authors/id/E/EX/EXAMPLE/perl-5.36.0-RC1.tar.xz", ("EXAMPLE", "perl", "5.36.0-RC1")),
        ("E/EX/EXAMPLE/Foo-1.0_01.tar.bz2", ("EXAMPLE", "Foo", "1.0_01")),
        ("E/EX/EXAMPLE/Foo.tar.gz", ("EXAMPLE", "Foo", "")),
    ],
)
def test_archives_tell_author_name_and_version(pathname, expected):
    assert from_pathname(pathname) == Distribution(*expected)


@pytest.mark.parametrize(
    "pathname", ["", "Foo-1.0.tar.gz", "E/EX/EXAMPLE/", "E/EX//a.zip", "a/b/c/d"]
)
def test_other_paths_name_no_distribution(pathname):
    assert from_pathname(pathname) is None


def test_a_note_without_what_the_distribution_says_has_no_licence():
    (package,) = parse(cpan_install, b'{"pathname": "E/EX/EXAMPLE/Foo-1.0.tar.gz"}')
    assert package.licences == ()


def test_unreadable_words_of_the_distribution_are_an_error_after_the_package():
    near = {"MYMETA.json": File(path="m", content=b"{")}
    note = b'{"pathname": "E/EX/EXAMPLE/Foo-1.0.tar.gz"}'
    facts = iter(cpan_install.parse(File(path="x", content=note, beside=near)))
    assert next(facts).name == "Foo"
    with pytest.raises(ParseError, match="beside it, m: not the JSON"):
        next(facts)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"pathname": "x"}', b'{"pathname": 1}'])
def test_a_note_that_names_no_archive_is_an_error(content):
    with pytest.raises(ParseError):
        parse(cpan_install, content)


def test_a_snapshot_with_an_unknown_archive_tells_the_others_first():
    text = b"DISTRIBUTIONS\n  A-1\n    pathname: odd\n  B-2\n    pathname: E/EX/EXAMPLE/B-2.tgz\n"
    facts = iter(cpanfile_snapshot.parse(File(path="x", content=text)))
    assert next(facts).name == "B"
    with pytest.raises(ParseError, match="'odd'"):
        next(facts)


@pytest.mark.parametrize("content", [b"", b"\0", b"requires 'Moo';\n", b"{}"])
def test_a_snapshot_of_something_else_is_an_error(content):
    with pytest.raises(ParseError):
        parse(cpanfile_snapshot, content)
