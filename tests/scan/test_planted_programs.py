"""Programs and packages that do not belong in an image, and a secret between holes of a file."""

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.scan import Scanner, Settings
from hullmark.sieve.options import Looking
from tests.images.build import Program, make_image
from tests.images.planting import drawn
from tests.roots import do, needs, os_release, rpm, write

ELF = b"\x7fELF\2\1\1" + bytes(200)
SPEC = """\
Name: tool
Version: 1
Release: 1
Summary: one
License: MIT
%description
two
%install
mkdir -p %{buildroot}/usr/bin
cp TOOL %{buildroot}/usr/bin/tool
cp TOOL %{buildroot}/usr/bin/other
%files
%attr(755,root,root) /usr/bin/tool
%attr(755,root,root) /usr/bin/other
"""


@pytest.fixture(scope="module")
def eager(tmp_path_factory):
    """A scanner that looks at everything."""
    folder = str(tmp_path_factory.mktemp("kept"))
    with Scanner(looking=Looking(secrets=True, malware=True, config=True, folder=folder)) as made:
        yield made


@pytest.fixture
def found(eager, tmp_path):
    """What a scan of these layers tells: rule, subject and number of the layer."""

    def scanned(*layers, name="image"):
        path = make_image(tmp_path, layers, name=name, compression="gzip")
        settings = Settings(folder=str(tmp_path / "c"), use_cache=False, malware=True)
        report = eager.scan(*source_of(str(path)), settings)
        numbers = {layer.diff_id: number for number, layer in enumerate(report.artifact.layers)}
        return {
            (each.rule, each.subject, numbers.get(each.evidence.layer, -1))
            for each in report.findings
        }

    return scanned


def rpm_layer(folder):
    """A Fedora in which rpm installed two programs, as a tar."""
    needs("rpm", "rpmbuild")
    root = folder / "root"
    (root / "usr").mkdir(parents=True)
    os_release(root, "fedora", "40")
    (folder / "tool").write_bytes(ELF)
    spec = write(folder / "tool.spec", "")
    spec.write_text(SPEC.replace("TOOL", str(folder / "tool")))
    defines = (
        f"_topdir {folder}/rpmbuild",
        "_build_id_links none",
        "debug_package %{nil}",
        "__os_install_post %{nil}",
        "_binary_payload w0.gzdio",
    )
    options = [word for define in defines for word in ("--define", define)]
    do("rpmbuild", "-bb", "--quiet", *options, spec)
    [built] = (folder / "rpmbuild/RPMS").rglob("*.rpm")
    do(*rpm(root), "-i", "--nodeps", built)
    do("tar", "-C", root, "--sort=name", "-cf", folder / "root.tar", ".")
    return (folder / "root.tar").read_bytes()


def test_a_program_of_rpm_that_a_layer_changes_is_told_in_that_layer(found, tmp_path):
    base = rpm_layer(tmp_path)
    changed = [("usr/bin/tool", Program(ELF + b"!")), ("usr/bin/other", Program(ELF))]
    told = found(base, changed)
    rule = "altered-packaged-file"
    assert {each for each in told if each[0] == rule} == {(rule, "usr/bin/tool", 1)}
    assert rule not in {each[0] for each in found(base, name="sound")}


def test_a_package_whose_name_is_nearly_that_of_another_is_told(found):
    folder = "usr/lib/python3/site-packages"
    layer = [
        (
            f"{folder}/{name}-1.0.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        )
        for name in ("reqeusts", "requests")
    ]
    told = {subject for rule, subject, _ in found(layer) if rule == "typosquatted-package"}
    assert told == {"pkg:pypi/reqeusts@1.0"}


def test_programs_where_none_belong_are_told_in_their_layer(found):
    lower = [("usr/bin/good", Program(ELF)), ("dev/shm/gone", Program(ELF))]
    upper = [
        ("dev/shm/.wh.gone", ""),
        ("dev/shm/kworker", Program(ELF)),
        ("tmp/build/tool", Program(ELF)),
        ("var/lib/.x/kworker", Program(ELF)),
        ("var/lib/.y/run", Program(b"#!/bin/sh\n")),
    ]
    told = found(lower, upper)
    assert ("hidden-program", "dev/shm/kworker", 1) in told
    assert ("program-in-scratch-folder", "tmp/build/tool", 1) in told
    assert ("hidden-program", "var/lib/.x/kworker", 1) in told
    assert ("program-in-hidden-folder", "var/lib/.y", 1) in told, "by folder"
    assert ("hidden-program", "dev/shm/gone", 0) in told, "whoever has the layer has it"
    assert not {each for each in told if each[1] == "usr/bin/good"}


@pytest.mark.parametrize("form", ["gnu", "posix"])
def test_a_secret_between_the_holes_of_a_sparse_file_is_found(form, found, tmp_path):
    needs("tar")
    line, _ = drawn("github-token", 3)
    (tmp_path / "tree").mkdir()
    with (tmp_path / "tree/disk.img").open("wb") as file:
        file.seek(1024 * 1024)
        file.write(f"\n{line}\n".encode())
        file.truncate(8 * 1024 * 1024)
    packed = tmp_path / "layer.tar"
    do("tar", "-C", tmp_path / "tree", f"--format={form}", "--sparse", "-cf", packed, "disk.img")
    assert packed.stat().st_size < 100_000
    assert ("github-token", "disk.img", 0) in found(packed.read_bytes())
