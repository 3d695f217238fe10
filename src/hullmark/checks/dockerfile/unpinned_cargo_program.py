"""Rust programs in whatever version there is."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import installed, is_open, named, option, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

WITH_VALUES = (
    *(
        "--version",
        "--vers",
        "--git",
        "--rev",
        "--tag",
        "--branch",
        "--path",
        "--root",
        "--features",
    ),
    *(
        "-F",
        "--target",
        "--index",
        "--registry",
        "--profile",
        "-j",
        "--jobs",
        "--bin",
        "--target-dir",
    ),
)


@dockerfile_check(
    id="unpinned-cargo-program",
    title="Version of a Rust program is not pinned",
    severity=Severity.LOW,
    bad=(
        "FROM rust:1.90\nRUN cargo install ripgrep\n",
        "FROM rust:1.90\nRUN cargo install --git https://example.com/a\n",
    ),
    good=(
        (
            "FROM rust:1.90\n"
            "RUN cargo install --locked ripgrep@15.0.0 && cargo install fd-find --version 10.3.0\n"
        ),
        (
            "FROM rust:1.90\n"
            "RUN cargo install --path . && cargo install --git https://example.com/a --rev 0011\n"
        ),
        "FROM a:1\nRUN cargo install --vers=1.0.0 a\n",
    ),
    remediation=("Write the version, cargo install --locked ripgrep@15.0.0, for --git the --rev."),
    references=("https://doc.rust-lang.org/cargo/commands/cargo-install.html",),
    left="which version is meant is for people to say",
)
def unpinned_cargo_program(build: Build) -> Iterator[Evidence]:
    """Two builds of one file give two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for each, number, command in steps(build):
        if command.program != "cargo" or command.action != "install" or option(command, "--path"):
            continue
        settled = option(command, "--version", "--vers", "--rev", "--tag")
        address = option(command, "--git")
        packages = installed(command, ("install",), WITH_VALUES)
        loose = [one for one in packages if is_open(one) and "@" not in one]
        if not settled and (loose or address):
            yield told(each, number, f"{named(loose or [short(address)])} without a version")
