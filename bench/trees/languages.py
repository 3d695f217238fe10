"""What Rust, Go, Java, Ruby, PHP, C and R make of small packages of our own, without a network."""

import json
import os
import shutil
import zlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from zipfile import ZipFile

from bench.workshop import Make, Workshop, write

# Cargo writes the newest lock that the oldest compiler of a project can read.
CARGO_LOCKS = {1: "1.40", 2: "1.52", 3: "1.77", 4: "1.80"}

CRATES = {
    "packages": [
        {
            "name": "own-app",
            "version": "0.1.0",
            "source": "local",
            "root": True,
            "dependencies": [1],
        },
        {"name": "oak", "version": "1.2.3", "source": "crates.io", "dependencies": [2]},
        {"name": "leaf", "version": "2.0.0+x", "source": "crates.io"},
        {"name": "maker", "version": "0.2.0", "source": "crates.io", "kind": "build"},
    ]
}


def cargo(version: int, shop: Workshop, folder: Path) -> None:
    """Lock with cargo at one version of its lock, against a folder of crates."""
    for name, release, needs in (("oak", "1.2.3", 'leaf = "2"\n'), ("leaf", "2.0.0+x", "")):
        crate = folder / "kept" / name
        manifest = f'[package]\nname = "{name}"\nversion = "{release}"\n[dependencies]\n{needs}'
        write(crate / "Cargo.toml", manifest)
        write(crate / "src" / "lib.rs", "")
        write(crate / ".cargo-checksum.json", {"files": {}, "package": "0" * 64})
    settings = '[source.crates-io]\nreplace-with = "kept"\n[source.kept]\ndirectory = "kept"\n'
    write(folder / ".cargo" / "config.toml", settings)
    write(folder / "src" / "main.rs", "fn main() {}\n")
    write(
        folder / "Cargo.toml",
        f'[package]\nname = "own-app"\nversion = "0.1.0"\nrust-version = "{CARGO_LOCKS[version]}"\n'
        '[dependencies]\noak = "1"\n',
    )
    place = {"RUSTUP_HOME": os.environ.get("RUSTUP_HOME") or str(Path.home() / ".rustup")}
    words = ("generate-lockfile", "--quiet", "--offline")
    shop.call("cargo", *words, cwd=folder, environment=place)
    shutil.rmtree(folder / "kept")


def auditable(shop: Workshop, folder: Path) -> None:
    """Add to a real program the list that cargo auditable builds in."""
    crates = write(folder / "crates", zlib.compress(json.dumps(CRATES).encode()))
    section = f"--add-section=.dep-v0={crates}"
    program = Path(shutil.which("true") or "/bin/true").resolve()
    shop.call("objcopy", section, program, "program", cwd=folder)
    crates.unlink()


def publish(proxy: Path, module: str, version: str, source: str, requires: str = "") -> None:
    """Serve a module from a folder, as a Go proxy does."""
    manifest = f"module {module}\n\ngo 1.17\n\n{requires}"
    at = proxy / module / "@v"
    write(at / "list", f"{version}\n")
    write(at / f"{version}.info", {"Version": version})
    write(at / f"{version}.mod", manifest)
    with ZipFile(at / f"{version}.zip", "w") as archive:
        archive.writestr(f"{module}@{version}/go.mod", manifest)
        archive.writestr(f"{module}@{version}/source.go", source)


def go_project(shop: Workshop, folder: Path) -> dict[str, str]:
    """Write a program of modules of our own; return the settings to build it with."""
    proxy = folder.with_name(f"{folder.name}.proxy")
    publish(proxy, "b.example/leaf/v2", "v2.4.0", "package leaf\n")
    source = 'package oak\nimport _ "b.example/leaf/v2"\n'
    publish(proxy, "a.example/oak", "v1.0.0", source, "require b.example/leaf/v2 v2.4.0\n")
    publish(proxy, "a.example/fork", "v1.1.0", "package elm\n")
    commit = "v0.0.0-20240102030405-0123456789ab"
    publish(proxy, "a.example/ash", commit, "package ash\n")
    imports = "".join(f'import _ "a.example/{name}"\n' for name in ("oak", "elm", "ash"))
    write(folder / "main.go", f"package main\n{imports}func main() {{}}\n")
    requires = f"a.example/oak v1.0.0\na.example/elm v1.0.0\na.example/ash {commit}\n"
    write(
        folder / "go.mod",
        f"module a.example/own-app\n\ngo 1.17\n\nrequire (\n{requires})\n\n"
        "replace a.example/elm => a.example/fork v1.1.0\n",
    )
    settings = {
        "GOPATH": str(shop.home / "gopath"),
        "GOCACHE": str(shop.home / "gocache"),
        "GOFLAGS": "-mod=mod -modcacherw",
        "GOPROXY": proxy.as_uri(),
        "GONOSUMDB": "*",
        "GOTOOLCHAIN": "local",
        "CGO_ENABLED": "0",
    }
    shop.call("go", "mod", "tidy", cwd=folder, environment=settings)
    return settings


def go_module(shop: Workshop, folder: Path) -> None:
    """Resolve a module's requirements."""
    go_project(shop, folder)


def go_vendor(shop: Workshop, folder: Path) -> None:
    """Vendor a module's requirements, and leave only those."""
    settings = go_project(shop, folder)
    shop.call("go", "mod", "vendor", cwd=folder, environment=settings)


def go_programs(shop: Workshop, folder: Path) -> None:
    """Build programs, one of them stripped and with a version."""
    settings = go_project(shop, folder)
    stamp = "-ldflags=-s -w -X main.version=v9.8.7"
    for name, *flags in (("plain",), ("stripped", stamp, "-trimpath")):
        shop.call("go", "build", "-o", name, *flags, cwd=folder, environment=settings)
    for source in ("go.mod", "go.sum", "main.go"):
        (folder / source).unlink()


def pom(artifact: str, body: str, *, parent: bool = False) -> str:
    """Return a Maven project of our own."""
    above = (
        "<parent><groupId>org.example</groupId><artifactId>own-parent</artifactId>"
        "<version>1.0</version></parent>"
    )
    own = above if parent else "<groupId>org.example</groupId><version>1.0</version>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        f"{own}<artifactId>{artifact}</artifactId>{body}</project>\n"
    )


def dependency(artifact: str, version: str = "", scope: str = "") -> str:
    """Return a dependency of a Maven project."""
    fields = {"groupId": "org.tree", "artifactId": artifact, "version": version, "scope": scope}
    inside = "".join(f"<{key}>{value}</{key}>" for key, value in fields.items() if value)
    return f"<dependency>{inside}</dependency>"


def maven(_shop: Workshop, folder: Path) -> None:
    """Write a project with a module, as Maven takes them."""
    managed = dependency("managed", "4.0")
    write(
        folder / "pom.xml",
        pom(
            "own-parent",
            "<packaging>pom</packaging><modules><module>part</module></modules>"
            "<properties><oak.version>2.1.0</oak.version></properties>"
            f"<dependencyManagement><dependencies>{managed}</dependencies></dependencyManagement>"
            f"<dependencies>{dependency('oak', '${oak.version}')}{dependency('managed')}"
            f"{dependency('check', '3.0', 'test')}</dependencies>",
        ),
    )
    inside = dependency("leaf", "1.0.0") + dependency("managed")
    write(
        folder / "part" / "pom.xml",
        pom("own-part", f"<dependencies>{inside}</dependencies>", parent=True),
    )


def record(artifact: str, version: str) -> dict[str, str]:
    """Return what Maven packs of a project."""
    at = f"META-INF/maven/org.tree/{artifact}"
    values = f"artifactId={artifact}\ngroupId=org.tree\nversion={version}\n"
    return {f"{at}/pom.properties": values, f"{at}/pom.xml": pom(artifact, "")}


def jars(shop: Workshop, folder: Path) -> None:
    """Pack archives with the JDK's own tool: plain, shaded, nested, with only a manifest."""
    write(folder / "A.java", "class A {}\n")
    shop.call("javac", "A.java", cwd=folder)

    def jar(name: str, files: Mapping[str, str | bytes], manifest: str = "") -> bytes:
        content = folder / f"{name}.d"
        for path, data in files.items():
            write(content / path, data)
        write(content / "A.class", (folder / "A.class").read_bytes())
        write(folder / "manifest", manifest)
        shop.call("jar", "cfm", name, "manifest", "-C", content, ".", cwd=folder)
        shutil.rmtree(content)
        return (folder / name).read_bytes()

    jar("oak-2.1.0.jar", record("oak", "2.1.0"))
    jar("shading-1.0.jar", record("shading", "1.0") | record("shaded", "3.2.1"))
    jar("bundle-5.0.jar", {}, "Bundle-SymbolicName: org.tree.bundle\nBundle-Version: 5.0.0\n")
    titled = "Implementation-Title: titled\nImplementation-Version: 6.0\n"
    jar("titled-6.0.jar", {}, f"{titled}Implementation-Vendor-Id: org.tree\n")
    inner = jar("leaf-1.0.0.jar", record("leaf", "1.0.0"))
    web = record("web", "7.0") | {"WEB-INF/lib/leaf-1.0.0.jar": inner}
    jar("web-7.0.war", web)
    for scratch in ("A.java", "A.class", "manifest", "leaf-1.0.0.jar"):
        (folder / scratch).unlink()


SPECIFICATION = """\
Gem::Specification.new do |s|
  s.name = '{name}'
  s.version = '{version}'
  s.summary = 's'
  s.authors = ['A']
  s.files = []
  s.license = 'MIT'
  {extra}
end
"""

GEMS = (
    ("leaf", "1.0.0", ""),
    ("oak", "2.1.0.pre1", "s.add_dependency 'leaf'"),
    ("acorn", "3.0", "s.platform = 'x86_64-linux'"),
)


def gems(shop: Workshop, folder: Path) -> None:
    """Build gems and install them."""
    for name, version, extra in GEMS:
        text = SPECIFICATION.format(name=name, version=version, extra=extra)
        write(folder / f"{name}.gemspec", text)
        shop.call("gem", "build", "-q", "-o", f"{name}.gem", f"{name}.gemspec", cwd=folder)
        words = ("--local", "--force", "--no-document", "-q")
        place = {"GEM_HOME": str(folder / "usr" / "lib" / "ruby" / "gems" / "3.1.0")}
        shop.call("gem", "install", *words, f"{name}.gem", cwd=folder, environment=place)
    for scratch in (*folder.glob("*.gem"), *folder.glob("*.gemspec")):
        scratch.unlink()
    shutil.rmtree(folder / "usr/lib/ruby/gems/3.1.0/cache")


def bundler(shop: Workshop, folder: Path) -> None:
    """Lock installed gems with Bundler."""
    made = folder.with_name(f"{folder.name}.gems")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    gems(shop, made)
    part = SPECIFICATION.format(name="part", version="0.1.0", extra="s.add_dependency 'leaf'")
    write(folder / "part" / "part.gemspec", part)
    write(folder / "Gemfile", "gem 'oak', '2.1.0.pre1'\ngem 'acorn'\ngem 'part', path: 'part'\n")
    place = {"GEM_HOME": str(made / "usr/lib/ruby/gems/3.1.0"), "BUNDLE_PATH__SYSTEM": "true"}
    shop.call("bundle", "lock", "--local", cwd=folder, environment=place)


def composer(shop: Workshop, folder: Path) -> None:
    """Install packages from folders with Composer."""
    offered = folder.with_name(f"{folder.name}.packages")
    for name, version, needs in (
        ("leaf", "v1.0.0", {}),
        ("oak", "2.1.0", {"tree/leaf": "*"}),
        ("check", "3.0", {}),
    ):
        manifest = {
            "name": f"tree/{name}",
            "version": version,
            "license": "MIT",
            "require": needs or {"php": "*"},
        }
        write(offered / name / "composer.json", manifest)
    place = {"type": "path", "url": f"{offered}/*", "options": {"symlink": False}}
    wanted = {
        "name": "own/own-app",
        "repositories": [{"packagist.org": False}, place],
        "require": {"tree/oak": "*"},
        "require-dev": {"tree/check": "*"},
    }
    write(folder / "composer.json", wanted)
    root = {"COMPOSER_ALLOW_SUPERUSER": "1", "COMPOSER_HOME": str(shop.home / "composer")}
    shop.call("composer", "install", "-q", "-n", cwd=folder, environment=root)


RECIPE = "from conan import ConanFile\nclass Recipe(ConanFile):\n    requires = {!r}\n"
OLD_RECIPE = "from conans import ConanFile\nclass Recipe(ConanFile):\n    requires = {!r}\n"


def conan(major: int, shop: Workshop, folder: Path) -> None:
    """Lock recipes of our own with one Conan."""
    release = {1: "conan==1.66.0", 2: "conan==2.21.0"}[major]
    command = shop.python("conan", release)
    home = folder.with_name(f"{folder.name}.home")
    place = {"CONAN_HOME": str(home), "CONAN_USER_HOME": str(home)}
    profile = "[settings]\nos=Linux\narch=x86_64\n"
    write(home / "profiles" / "default", profile)
    write(home / ".conan" / "profiles" / "default", profile)
    write(home / ".conan" / "remotes.json", {"remotes": []})
    recipe = home / "conanfile.py"
    for needs, name, version in (([], "leaf", "1.4.0"), (["leaf/[>=1.0]"], "oak", "2.1.0")):
        write(recipe, (OLD_RECIPE if major == 1 else RECIPE).format(tuple(needs)))
        named = (f"{name}/{version}@",) if major == 1 else ("--name", name, "--version", version)
        shop.call(command, "export", recipe, *named, cwd=home, environment=place)
    write(folder / "conanfile.txt", "[requires]\noak/2.1.0\n")
    alone = ("--no-remote",) if major == 2 else ()
    words = ("lock", "create", "conanfile.txt", *alone)
    shop.call(command, *words, cwd=folder, environment=place)


def r(shop: Workshop, folder: Path) -> None:
    """Install a package with R."""
    source, library = folder.with_name(f"{folder.name}.source"), folder / "usr/lib/R/site-library"
    described = "Package: oak\nVersion: 0.1-2\nTitle: T\nDescription: D.\nLicense: GPL (>= 2)\n"
    write(source / "DESCRIPTION", f"{described}Author: A\nMaintainer: A <a@example.org>\n")
    write(source / "NAMESPACE", "")
    library.mkdir(parents=True)
    quick = ("--no-docs", "--no-test-load", "--no-byte-compile")
    shop.call(
        "R", "--vanilla", "CMD", "INSTALL", *quick, f"--library={library}", source, cwd=folder
    )


CASES: Mapping[str, Make] = {
    **{f"cargo lock {version}": partial(cargo, version) for version in CARGO_LOCKS},
    "cargo auditable": auditable,
    "go module": go_module,
    "go vendor": go_vendor,
    "go programs": go_programs,
    "maven": maven,
    "jars": jars,
    "gems": gems,
    "bundler": bundler,
    "composer": composer,
    "conan 1": partial(conan, 1),
    "conan 2": partial(conan, 2),
    "r": r,
}
