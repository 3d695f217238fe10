"""Compilers and build tools in an image that is to run."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import listed, owner, programs, seen
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

COMPILERS = (
    "gcc",
    "cc",
    "g++",
    "c++",
    "clang",
    "clang++",
    "tcc",
    "rustc",
    "cargo",
    "go",
    "javac",
    "ghc",
    "gfortran",
    "swiftc",
    "zig",
    "kotlinc",
    "nasm",
    "as",
    "ld",
    "make",
    "gmake",
    "cmake",
    "ninja",
    "meson",
    "bazel",
    "mvn",
    "gradle",
    "ant",
)
PLACES = (
    "usr/local/go/bin/go",
    "usr/local/cargo/bin/rustc",
    "usr/lib/go/bin/go",
    "opt/java/openjdk/bin/javac",
    "usr/local/openjdk-21/bin/javac",
    "usr/local/openjdk-17/bin/javac",
    "usr/share/maven/bin/mvn",
    "opt/gradle/bin/gradle",
)


@image_check(
    id="compiler-installed",
    title="Compilers and build tools are installed",
    severity=Severity.LOW,
    remediation="Build in one stage, and copy the result into an image without tools.",
    references=("https://docs.docker.com/build/building/multi-stage/",),
    bad=lambda: (holding("usr/bin/gcc", "usr/bin/make"), holding("usr/local/go/bin/go")),
    good=lambda: (sound(), holding("usr/share/doc/gcc/README")),
)
def compiler_installed(image: Image) -> Iterator[Evidence]:
    """An intruder compiles exploits for the very kernel the container runs on.

    The tools bring hundreds of packages whose faults are reported and never matter to the service.
    """
    found = [*programs(image, COMPILERS), *(path for path in PLACES if path in image.files)]
    if found:
        yield seen(image, found[0], f"there are {listed(found)}{owner(image, found[0])}")
