"""Gems in whatever version there is."""

from collections.abc import Iterator

from hullmark.checks.build_file import Build
from hullmark.checks.build_steps import installed, is_open, named, option, steps, told
from hullmark.checks.declare_config import dockerfile_check
from hullmark.model import Evidence, Severity

WITH_VALUES = ("-v", "--version", "-i", "--install-dir", "-n", "--bindir", "-s", "--source", "-P")


@dockerfile_check(
    id="unpinned-gem",
    title="Version of a gem is not pinned",
    severity=Severity.LOW,
    bad=("FROM ruby:3.4\nRUN gem install bundler rails\n",),
    good=(
        "FROM ruby:3.4\nRUN gem install bundler:2.7.2 && gem install rails -v 8.0.3\n",
        ("FROM ruby:3.4\nRUN gem install ./a.gem a.gem $MORE && gem update --system 3.7.2\n"),
    ),
    remediation="Write the version, gem install bundler:2.7.2, or install from Gemfile.lock.",
    references=("https://bundler.io/man/gemfile.5.html",),
    left="which version is meant is for people to say",
)
def unpinned_gem(build: Build) -> Iterator[Evidence]:
    """Two builds of one file give two images.

    A version that breaks the program, or that somebody tampered with, is in the next build before
    anybody has looked at it.
    """
    for each, number, command in steps(build):
        packages = (
            installed(command, ("install", "i"), WITH_VALUES) if command.program == "gem" else []
        )
        loose = [
            one for one in packages if is_open(one) and ":" not in one and not one.endswith(".gem")
        ]
        if loose and not option(command, "-v", "--version"):
            yield told(each, number, f"{named(loose)} without a version")
