"""Databases of pacman, Portage, opkg, Homebrew, chisel and rpm-less images."""

import json
from subprocess import run

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from hullmark.model import File, Licensed, Owned, Package, ParseError
from hullmark.parsers.chisel import chisel
from hullmark.parsers.homebrew import homebrew
from hullmark.parsers.opkg import opkg
from hullmark.parsers.pacman import pacman
from hullmark.parsers.portage import portage
from hullmark.parsers.rpm_manifest import rpm_manifest
from hullmark.parsers.snap import snap
from tests.roots import do, needs, os_release, write

UNITS = (chisel, homebrew, opkg, pacman, portage, rpm_manifest, snap)


def facts(unit, path, content, **beside):
    """What the unit yields, and the reason of the error at its end."""
    folder = path.rpartition("/")[0]
    near = {name: File(path=f"{folder}/{name}", content=text) for name, text in beside.items()}
    found = []
    try:
        found.extend(unit.parse(File(path=path, content=content, beside=near)))
    except ParseError as error:
        return found, error.why
    return found, ""


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_purls_are_as_the_specification_spells_them(unit):
    for fact in unit.parse(unit.example):
        if isinstance(fact, Package):
            assert PackageURL.from_string(fact.purl).to_string() == fact.purl


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
@given(content=st.binary(max_size=300))
def test_rubbish_gives_facts_or_an_error(unit, content):
    facts(unit, unit.example.path, content)
    facts(unit, unit.example.path, unit.example.content + content)


# pacman

PACKAGES = {
    "zed": "pkgbase = zed-src\nlicense = MIT\nlicense = custom:ours\ndepend = libzed\n",
    "libzed-dev": "license = GPL-2.0-or-later\n",
}


def arch_root(folder):
    """An Arch Linux in which pacman installed two packages, one of them for the other."""
    needs("pacman", "tar")
    root = folder / "arch-root"
    (root / "var/lib/pacman").mkdir(parents=True)
    os_release(root, "arch", "")
    write(folder / "pacman.conf", "[options]\nSigLevel = Never\nArchitecture = auto\n")
    built = []
    for name, more in PACKAGES.items():
        tree = folder / name
        write(tree / f"usr/share/{name}/a b", name)
        head = f"pkgname = {name}\npkgver = 1:2.0-1\nsize = 3\narch = any\nbuilddate = 1\n"
        write(tree / ".PKGINFO", head + more)
        built.append(folder / f"{name}.pkg.tar")
        do("tar", "-C", tree, "-cf", built[-1], ".PKGINFO", "usr")
    places = ("--config", folder / "pacman.conf", "--root", root)
    places += ("--dbpath", root / "var/lib/pacman", "--logfile", folder / "log")
    ask = ("pacman", *places, "--cachedir", folder, "--gpgdir", folder)
    do(*ask, "-U", "-dd", "--noconfirm", "--noprogressbar", *built)
    do(*ask, "-D", "--asdeps", "libzed-dev")
    return root, do(*ask, "-Q")


def test_what_pacman_installed_reads_as_pacman_says(tmp_path, scan):
    root, said = arch_root(tmp_path)
    write(root / "usr/share/zed/x.dist-info/METADATA", "Name: x\nVersion: 1\n")
    local = root / "var/lib/pacman/local"
    found = []
    for path in sorted(local.glob("*/*")):
        at = str(path.relative_to(root))
        some, why = facts(pacman, at, path.read_bytes())
        assert not why
        found += some
    packages = [fact for fact in found if isinstance(fact, Package)]
    assert [f"{each.name} {each.version}" for each in packages] == said.splitlines()
    assert [(each.direct, each.source, each.licences) for each in packages] == [
        (False, "libzed-dev", ("GPL-2.0-or-later",)),
        (True, "zed-src", ("MIT", "LicenseRef-custom-ours")),
    ]
    assert [fact for fact in found if isinstance(fact, Owned)] == [
        Owned(type="alpm", package=name, paths=paths.encode())
        for name in ("libzed-dev", "zed")
        for paths in [f"usr/\nusr/share/\nusr/share/{name}/\nusr/share/{name}/a b"]
    ]
    report = scan(f"dir:{root}")
    assert [package.purl for package in report.packages] == [
        "pkg:alpm/arch/libzed-dev@1:2.0-1?arch=any&distro=arch",
        "pkg:alpm/arch/zed@1:2.0-1?arch=any&distro=arch",
        "pkg:pypi/x@1",
    ]


def test_what_pacman_owns_is_not_reported_twice(tmp_path, scan):
    root, _ = arch_root(tmp_path)
    at = "usr/share/zed/x.dist-info/METADATA"
    write(root / at, "Name: x\nVersion: 1\n")
    [files] = (root / "var/lib/pacman/local").glob("zed-1*/files")
    files.write_text(f"{files.read_text().rstrip()}\n{at}\n\n")
    assert [package.name for package in scan(f"dir:{root}").packages] == ["libzed-dev", "zed"]


def test_a_pacman_package_without_a_name_is_an_error():
    place = "var/lib/pacman/local/zed-1-1/desc"
    for content in (b"", b"%NAME%\n\n%VERSION%\n1\n", b"%NAME%\nzed\n", b"%NAME%\nzed"):
        assert facts(pacman, place, content) == ([], "no package's name and version")
    assert facts(pacman, "var/lib/pacman/local/zed-1-1/files", b"%FILES%\n\n%BACKUP%\na\tb\n") == (
        [],
        "",
    )


# Portage

VDB = "var/db/pkg/dev-libs/{}/CONTENTS"


@pytest.mark.parametrize(
    ("folder", "name", "version"),
    [
        ("zed-1", "zed", "1"),
        ("zed-1.2.3a-r10", "zed", "1.2.3a-r10"),
        ("zed-lib-2-utils-0.1_alpha1_p20240101", "zed-lib-2-utils", "0.1_alpha1_p20240101"),
        ("gtk+-2.24.33-r3", "gtk+", "2.24.33-r3"),
        ("zed-9999", "zed", "9999"),
    ],
)
def test_portage_folders_are_split_as_the_specification_says(folder, name, version):
    [package, *_], why = facts(portage, VDB.format(folder), b"")
    assert (package.namespace, package.name, package.version, why) == (
        "dev-libs",
        name,
        version,
        "",
    )


def test_a_portage_folder_without_a_version_is_an_error():
    for folder in ("zed", "zed-x", "-1", "-MERGING-zed"):
        assert "no name and version" in facts(portage, VDB.format(folder), b"")[1]


def test_entries_of_every_kind_are_owned():
    content = (
        b"dir /usr/share/a b\nobj /usr/share/a b/c d 00ff 1653816591\n"
        b"sym /usr/lib/libz.so -> libz.so.1 1653816591\nfif /run/pipe\ndev /dev/zed\n"
    )
    [_, owned], why = facts(portage, VDB.format("zed-1"), content)
    assert not why
    assert owned.paths.split(b"\n") == [
        b"/usr/share/a b",
        b"/usr/share/a b/c d",
        b"/usr/lib/libz.so",
        b"/run/pipe",
        b"/dev/zed",
    ]
    assert facts(portage, VDB.format("zed-1"), b"obj /a\nwhat /b\n\n")[1] == (
        "2 lines that are no entries"
    )


@pytest.mark.parametrize(
    ("stated", "expression"),
    [
        ("GPL-2", "GPL-2.0-only"),
        ("GPL-2+ BSD", "GPL-2.0-or-later AND BSD-3-Clause"),
        ("|| ( GPL-2 MIT )", "GPL-2.0-only OR MIT"),
        ("|| ( GPL-2 ( MIT ISC ) ) BSD-2", "(GPL-2.0-only OR (MIT AND ISC)) AND BSD-2-Clause"),
        ("MIT doc? ( FDL-1.3+ ) MIT", "MIT AND GFDL-1.3-or-later"),
        ("|| ( MIT", "MIT"),
        ("MIT ) ISC", "MIT AND ISC"),
        ("( " * 1000, ""),
        ("", ""),
    ],
)
def test_licences_of_the_tree_become_expressions(stated, expression):
    [package], _ = facts(portage, VDB.format("zed-1"), b"", LICENSE=stated.encode())
    assert package.licences == ((expression,) if expression else ())


def test_the_usual_slot_does_not_qualify():
    for slot, purl in ((b"0/1.2\n", ""), (b"3.11\n", "?slot=3.11")):
        [package], _ = facts(portage, VDB.format("zed-1"), b"", SLOT=slot)
        assert package.purl == f"pkg:ebuild/dev-libs/zed@1{purl}"


# opkg

STATUS = b"""\
Package: busybox
Version: 1.36.1-1
Depends: libc6 (>= 1.2), gone, libx | liby
Status: install user installed
Essential: yes
Architecture: x86_64
Conffiles:
 /etc/syslog.conf 00ff
Installed-Time: 1653816591

Package: libc
Version: 1.2.5-4
Provides: libc6, musl
Status: install ok installed
Architecture: x86_64
Auto-Installed: yes

Package: gone
Version: 1
Status: deinstall ok not-installed
Architecture: x86_64
"""


def test_opkg_tells_what_is_installed_and_who_asked():
    found, why = facts(opkg, "usr/lib/opkg/status", STATUS)
    assert not why
    libc = "pkg:deb/libc@1.2.5-4?arch=x86_64"
    assert [(fact.purl, fact.direct, fact.requires) for fact in found] == [
        ("pkg:deb/busybox@1.36.1-1?arch=x86_64", True, (libc,)),
        (libc, False, ()),
    ]
    found, why = facts(opkg, "var/lib/opkg/status", b"Package: a\n\nrubbish\n\n" + STATUS)
    assert len(found) == 2
    assert why == "2 stanzas without a package's name and version"


def test_opkg_names_the_licence_and_the_files_elsewhere(tmp_path, scan):
    root = tmp_path / "root"
    os_release(root, "openwrt", "23.05.3")
    write(root / "usr/lib/opkg/status", STATUS.decode())
    write(root / "usr/lib/opkg/info/busybox.control", "Package: busybox\nLicense: GPL-2.0\n")
    write(root / "usr/lib/opkg/info/busybox.list", "/bin/busybox\n/a\t0100755\n")
    assert [package.purl for package in scan(f"dir:{root}").packages] == [
        "pkg:deb/openwrt/busybox@1.36.1-1?arch=x86_64&distro=openwrt-23.05.3",
        "pkg:deb/openwrt/libc@1.2.5-4?arch=x86_64&distro=openwrt-23.05.3",
    ]
    assert scan(f"dir:{root}").packages[0].licence == "GPL-2.0-only"
    info = "usr/lib/opkg/info/busybox"
    assert facts(opkg, f"{info}.list", b"/bin/busybox\n/a\t0100755\n") == (
        [Owned(type="deb", package="busybox", paths=b"/bin/busybox\n/a")],
        "",
    )
    assert facts(opkg, f"{info}.control", b"Package: busybox\nLicense: MIT\n") == (
        [Licensed(type="deb", package="busybox", licences=("MIT",))],
        "",
    )
    assert facts(opkg, f"{info}.control", b"License: MIT\n")[1] == "no package's name"
    assert facts(opkg, f"{info}.list", b"\0")[1] == "a path holds a zero byte"


# rpm-less images


def test_the_manifest_of_an_rpm_less_image_is_read():
    row = "{}\t{}\t1\t2\tUs\t(none)\t3\t{}\t{}\t{}\n"
    rows = [
        row.format("zed", "1.2-3.cm2", "x86_64", "0", "zed-src-1.2-3.cm2.src.rpm"),
        row.format("big", "1-1", "noarch", "2", "big-1-1.src.rpm"),
        row.format("gpg-pubkey", "1-1", "(none)", "0", "(none)"),
        "zed-1.2-3.cm2.x86_64\n",
    ]
    found, why = facts(rpm_manifest, "var/lib/rpmmanifest/x", "".join(rows).encode())
    assert why == "1 lines without the 10 columns of a package"
    assert [(each.purl, each.source, each.source_version) for each in found] == [
        ("pkg:rpm/zed@1.2-3.cm2?arch=x86_64", "zed-src", "1.2-3.cm2"),
        ("pkg:rpm/big@1-1?arch=noarch&epoch=2", "big", "1-1"),
    ]


# chisel


def wall(*objects, count=None):
    head = {"jsonwall": "1.0", "schema": "1.0", "count": count or len(objects) + 1}
    return "".join(json.dumps(each) + "\n" for each in (head, *objects)).encode()


ZED = {"kind": "package", "name": "zed", "version": "1-1", "sha256": "0", "arch": "arm64"}
SLICES = [
    {"kind": "content", "slice": slice, "path": path}
    for slice, path in (("zed_bins", "/usr/bin/zed"), ("zed_libs", "/usr/lib/"), ("a_b", "/é"))
]


def test_slices_are_put_together_to_packages():
    needs("zstd")
    content = wall(*SLICES, ZED, {"kind": "slice", "name": "zed_bins"})
    packed = run(("zstd", "-c"), input=content, capture_output=True, check=True).stdout
    found, why = facts(chisel, "var/lib/chisel/manifest.wall", packed)
    assert not why
    assert [getattr(fact, "purl", fact) for fact in found] == [
        "pkg:deb/zed@1-1?arch=arm64",
        Owned(type="deb", package="zed", paths=b"/usr/bin/zed\n/usr/lib/"),
        Owned(type="deb", package="a", paths="/é".encode()),
    ]


def test_a_damaged_manifest_keeps_what_is_good():
    pack = zstandard.ZstdCompressor().compress
    for content, why in (
        (wall(ZED) + b"{", "1 of 3 lines are no objects of a manifest"),
        (wall(ZED, count=9), "only 2 of 9 lines are there"),
    ):
        found, said = facts(chisel, "manifest.wall", pack(content))
        assert ([fact.name for fact in found], said) == (["zed"], why)
    assert facts(chisel, "manifest.wall", b"") == ([], "0 of 0 lines are no objects of a manifest")
    bomb = zstandard.ZstdCompressor().compress(bytes(65 * 1024 * 1024))
    assert "unpacks to more than" in facts(chisel, "manifest.wall", bomb)[1]


# Homebrew


def brew(receipt, path="opt/homebrew/Cellar/foo/1.2.3_1/INSTALL_RECEIPT.json", **beside):
    return facts(homebrew, path, json.dumps(receipt).encode(), **beside)


def test_receipts_of_formulae_and_casks_are_read():
    core = {"source": {"tap": "homebrew/core"}, "installed_on_request": False}
    [package], why = brew(core)
    assert (package.purl, package.direct, why) == ("pkg:brew/foo@1.2.3_1", False, "")
    [package], _ = brew({"source": {"tap": "Us/Tools"}, "installed_on_request": True})
    assert (package.purl, package.direct) == ("pkg:brew/Us/Tools/foo@1.2.3_1", True)
    [package], _ = brew({"source": {"path": None, "tap": None}})
    assert (package.purl, package.direct) == ("pkg:brew/foo@1.2.3_1", None)
    [package], _ = brew(
        {"source": {"tap": "homebrew/cask", "version": "7.1"}},
        "opt/homebrew/Caskroom/Bar/.metadata/INSTALL_RECEIPT.json",
    )
    assert package.purl == "pkg:brew/bar@7.1"


def test_the_licence_stands_in_the_document_beside():
    document = {"packages": [{"name": "dep", "licenseDeclared": "ISC"}, {"name": "foo"}]}
    for stated, licences in (("MIT OR 0BSD", ("MIT OR 0BSD",)), ("NOASSERTION", ())):
        document["packages"][1]["licenseDeclared"] = stated
        [package], why = brew({}, **{"sbom.spdx.json": json.dumps(document).encode()})
        assert (package.licences, why) == (licences, "")
    [package], why = brew({}, **{"sbom.spdx.json": b"["})
    assert (package.licences, why[:13]) == ((), "its licence: ")


# snap


def test_snaps_tell_their_kind_base_and_licence():
    text = b"name: core22\nversion: '20240101'\ntype: base\narchitectures: [amd64, arm64]\n"
    [package], why = facts(snap, "snap/core22/1/meta/snap.yaml", text + b"license: MIT\n")
    assert (package.purl, package.licences, why) == (
        "pkg:generic/snap/core22@20240101?type=base",
        ("MIT",),
        "",
    )
    [package], _ = facts(snap, "meta/snap.yaml", b"name: zed\nversion: 1.10\n")
    assert package.purl == "pkg:generic/snap/zed@1.10?type=app"
    assert facts(snap, "meta/snap.yaml", b"version: 1\n")[1]
