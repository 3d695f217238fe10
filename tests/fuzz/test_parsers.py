"""Every parser family is fed broken variants of its own examples.

Whatever comes in, only facts or ``ParseError`` may come out, in bounded time. In the normal suite
this is a short run with fixed seeds; with HULLMARK_FUZZ_SECONDS each family is fed fresh variants
for that long, and a failure prints the bytes that reproduce it.
"""

import time
import zlib
from re import ASCII
from re import compile as regex

import pytest
from hypothesis import strategies as st
from packageurl import PackageURL

import hullmark.parsers
from hullmark.model import File, Package, ParseError
from hullmark.unit import Parser, discover
from tests.fuzz.variants import TOKENS, broken, feed, rounds

PARSERS = discover(hullmark.parsers, Parser)
PLAIN_NAME = regex(r"@?[A-Za-z0-9][A-Za-z0-9.-]*|", ASCII).fullmatch
ONE_FILE_S = 20.0
"""As long as the engine gives a parser; far more than any example's variant needs."""

FAMILIES = {
    "dpkg": ("dpkg-",),
    "apk": ("apk-",),
    "rpm": ("rpm-",),
    "system": ("bitnami", "chisel", "homebrew", "nix-", "opkg", "pacman", "portage", "snap"),
    "bills": ("cyclonedx-", "spdx-", "syft-"),
    "python": (
        "conda-",
        "pdm-",
        "python-",
        "requirements-",
        "poetry-",
        "pipfile",
        "pyproject-",
        "setup-",
        "uv-",
        "pylock-",
    ),
    "node": ("bun-", "deno-", "npm-", "package-json", "yarn-", "pnpm-"),
    "go": ("go-",),
    "mobile": ("swift-", "cocoapods-", "pub-"),
    "beam": ("mix-", "rebar-", "otp-", "hex-", "gleam-"),
    "haskell": ("stack-", "cabal-", "ghc-"),
    "c": ("conan", "vcpkg-"),
    "compiled": ("dub-", "elm-", "nimble-", "zig-", "bazel-", "opam-", "julia-"),
    "java": ("gradle-", "ivy", "java-", "jvm-", "maven-", "sbt-"),
    "dotnet": (
        *("csproj", "directory-", "dotnet-", "nuget-", "packages-config", "paket-", "project-"),
    ),
    "scripts": ("cpan", "luarocks-", "r-", "renv-", "swi-"),
    "signatures": ("binary-",),
    "texts": ("licence-",),
    "rust": ("cargo-", "rust-"),
    "ruby": ("gem",),
    "php": ("composer-", "drupal-", "joomla-", "pear-", "wordpress-"),
    "binaries": ("linux-", "elf-", "pe-"),
    "manifests": ("dockerfile-", "compose-", "kubernetes-", "github-", "helm-"),
    "extensions": ("chrome-", "firefox-", "vscode-"),
    "models": ("gguf-", "safetensors-"),
    "distribution": ("os-release", "distribution-"),
}


def test_every_parser_is_in_one_family():
    for unit in PARSERS:
        assert sum(unit.startswith(FAMILIES[name]) for name in FAMILIES) == 1, unit


def variants(unit: Parser) -> st.SearchStrategy[bytes]:
    """Broken forms of the unit's example, of its inside where that is compressed, and rubbish."""
    good = unit.example.data
    inner = st.sampled_from(TOKENS).map(lambda token: good.replace(good[:8], token + good[:8]))
    return st.one_of(broken(good), inner, st.binary(max_size=400), packed(good))


def packed(good: bytes) -> st.SearchStrategy[bytes]:
    """Variants of what a zlib stream in the example holds, packed again."""
    at = good.find(b"\x78\x9c")
    if at < 0:
        return broken(good)
    try:
        text = zlib.decompressobj().decompress(good[at:])
    except zlib.error:
        return broken(good)
    return broken(text).map(lambda made: good[:at] + zlib.compress(made))


def check(unit: Parser, data: bytes) -> None:
    """Facts or ``ParseError``, soon, and every package with a purl that others can read.

    A package without a name is made a gap by the engine.
    """
    began = time.monotonic()
    file = File(path=unit.example.path, content=data, beside=unit.example.beside)
    try:
        for fact in unit.parse(file):
            if isinstance(fact, Package):
                check_purl(fact)
    except ParseError as error:
        why = error.why
    else:
        why = "read"
    assert why
    assert time.monotonic() - began < ONE_FILE_S


def check_purl(package: Package) -> None:
    """Others read from the purl what the package says, where its name is one that exists.

    What rubbish makes of names (spaces, dots, line breaks alone) is spelled, but means nothing.
    """
    if (
        package.name
        and PLAIN_NAME(package.name)
        and all(map(PLAIN_NAME, package.namespace.split("/")))
    ):
        read = PackageURL.from_string(package.purl)
        assert read.type == package.type
        assert folded(read.name) == folded(package.name)
        assert folded(read.namespace or "") == folded(package.namespace)


def folded(text: str) -> str:
    """A name as far as the types of purl do not change it."""
    parts = (part.strip() for part in text.lower().replace("_", "-").split("/"))
    return "/".join(part for part in parts if part)


@pytest.mark.parametrize("family", FAMILIES)
def test_variants_give_facts_or_a_parse_error(family):
    units = [unit for id, unit in PARSERS.items() if id.startswith(FAMILIES[family])]
    for number in rounds():
        for unit in units:
            feed(variants(unit), lambda data, unit=unit: check(unit, data), number)
