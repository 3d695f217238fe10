"""Small root file systems, made by the package managers that real ones are made by."""

from pathlib import Path
from shutil import which
from subprocess import run
from textwrap import dedent
from typing import NamedTuple

import pytest


class Root(NamedTuple):
    """A root file system and what is installed in it, as sorted ``name@version``."""

    path: Path
    packages: list[str]


def needs(*tools: str) -> None:
    """Skip the test where a tool is absent."""
    for tool in tools:
        if not which(tool):
            pytest.skip(f"needs {tool}")


def do(*command: object) -> str:
    """Run a command and answer what it prints."""
    words = [str(word) for word in command]
    done = run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}: {done.stderr}"
    return done.stdout


def write(path: Path, text: str) -> Path:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text))
    return path


def os_release(root: Path, id: str, version: str) -> None:
    """An os-release of this distribution."""
    write(root / "etc/os-release", f'ID={id}\nVERSION_ID="{version}"\nNAME="{id}"\n')


DEBS = {
    "zed": "Source: zed-src (1:1.2-1)\nVersion: 1:1.2-1+b1\nArchitecture: amd64\n",
    "libzed1": "Source: zed-src\nVersion: 1:1.2-1\nArchitecture: amd64\nMulti-Arch: same\n",
    "zed-data": "Version: 0~rc1-1\nArchitecture: all\n",
    "zed-gone": "Version: 7\nArchitecture: all\n",
}


def deb_root(folder: Path) -> Root:
    """A Debian 12 in which dpkg installed three packages, and removed one but its settings."""
    needs("dpkg", "dpkg-deb")
    root = folder / "deb-root"
    for name in ("info", "updates", "triggers"):
        (root / "var/lib/dpkg" / name).mkdir(parents=True)
    write(root / "var/lib/dpkg/status", "")
    write(root / "etc/debian_version", "12.7\n")
    os_release(root, "debian", "12")
    for name, control in DEBS.items():
        tree = folder / f"{name}.deb-tree"
        head = f"Package: {name}\nMaintainer: Us <us@example.org>\nDescription: one\n two\n"
        write(tree / "DEBIAN/control", head + control)
        write(tree / f"etc/{name}.conf", "setting\n")
        write(tree / "DEBIAN/conffiles", f"/etc/{name}.conf\n")
        write(tree / f"usr/share/{name}/payload", name)
        write(
            tree / f"usr/share/doc/{name}/copyright",
            """\
            Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

            Files: *
            Copyright: 2020 Us
            License: GPL-2+ or Expat
            """,
        )
        do("dpkg-deb", "--build", "--root-owner-group", tree, folder / f"{name}.deb")
    dpkg = ("dpkg", "--root", root, "--force-all", "--no-triggers", "--log=/dev/null")
    do(*dpkg, "-i", *(folder / f"{name}.deb" for name in DEBS))
    do(*dpkg, "-r", "zed-gone")
    return Root(root, ["libzed1@1:1.2-1", "zed-data@0~rc1-1", "zed@1:1.2-1+b1"])


RPMS = {
    "zed": "Epoch: 2\nLicense: GPLv2+ and MIT\nBuildArch: noarch\nVendor: Us\nRequires: libzed",
    "libzed": "License: Apache-2.0 OR MIT\nModularityLabel: zed:1:20240101:abc",
    "zed-empty": "License: Public Domain\nBuildArch: noarch\nRequires: /etc/zed.conf, absent",
}


def rpm_root(folder: Path) -> Root:
    """A Fedora 40 in which rpm installed three packages and imported no key."""
    needs("rpm", "rpmbuild")
    root = folder / "rpm-root"
    root.mkdir()
    os_release(root, "fedora", "40")
    for name, tags in RPMS.items():
        empty = name == "zed-empty"
        files = "" if empty else f"/usr/share/{name}\n/etc/{name}.conf"
        install = f"mkdir -p %{{buildroot}}/usr/share/{name}/deep %{{buildroot}}/etc\n"
        install += f"echo a > %{{buildroot}}/usr/share/{name}/deep/a\n"
        install += f"echo b > %{{buildroot}}/etc/{name}.conf\n"
        spec = f"Name: {name}\nVersion: 1.0~rc1\nRelease: 3.fc40\nSummary: one\n{tags}\n"
        spec += f"%description\ntwo\n%install\n{'' if empty else install}%files\n{files}\n"
        at = write(folder / f"{name}.spec", "")
        at.write_text(spec)
        defines = (f"_topdir {folder}/rpmbuild", "_build_id_links none", "debug_package %{nil}")
        options = [word for define in defines for word in ("--define", define)]
        do("rpmbuild", "-bb", "--quiet", *options, at)
    built = sorted((folder / "rpmbuild/RPMS").rglob("*.rpm"))
    do(*rpm(root), "-i", "--nodeps", "--ignorearch", *built)
    return Root(root, sorted(f"{name}@1.0~rc1-3.fc40" for name in RPMS))


def rpm(root: Path) -> tuple[object, ...]:
    """How rpm is called on a root of ours."""
    backend = ("--define", "_db_backend sqlite")
    return ("rpm", "--root", root, "--dbpath", "/usr/lib/sysimage/rpm", *backend)


APKS = """\
    C:Q1+lJ0pYxUr0cY9rRkkbDPd+dUmE=
    P:musl
    V:1.2.5-r0
    A:x86_64
    S:407278
    I:667648
    T:the musl c library (libc) implementation
    U:https://musl.libc.org/
    L:MIT
    o:musl
    m:Natanael <n@example.org>
    t:1710000000
    c:0123456789abcdef0123456789abcdef01234567
    p:so:libc.musl-x86_64.so.1=1
    F:lib
    R:ld-musl-x86_64.so.1
    a:0:0:755
    Z:Q1kNoMYqALvmHPeIr7GGDRSVN8XhU=
    R:libc.musl-x86_64.so.1
    a:0:0:777
    Z:Q17yJ3JFNypA4mxhJJr0ou6CzsJVI=

    C:Q1dDpgzlWvKbqYM6JC2PHvKYYkXZE=
    P:libssl3
    V:3.3.2-r1
    A:x86_64
    S:1
    I:1
    T:TLS
    L:Apache-2.0
    o:openssl
    F:usr
    F:usr/lib
    R:libssl.so.3
    a:0:0:755
    F:etc/empty
    M:0:0:700

    """


def apk_root(folder: Path) -> Root:
    """An Alpine 3.20 whose database is written by its specification, with two packages."""
    root = folder / "apk-root"
    os_release(root, "alpine", "3.20.3")
    write(root / "etc/alpine-release", "3.20.3\n")
    write(root / "lib/apk/db/installed", APKS)
    for name in ("lib/ld-musl-x86_64.so.1", "usr/lib/libssl.so.3"):
        write(root / name, name)
    (root / "lib/libc.musl-x86_64.so.1").symlink_to("ld-musl-x86_64.so.1")
    return Root(root, ["libssl3@3.3.2-r1", "musl@1.2.5-r0"])
