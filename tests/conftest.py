"""What all tests share: one scanner for the run, and what a skipped test means in CI."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from hullmark.apps.cli.target import source_of
from hullmark.model import Report
from hullmark.scan import Scanner, Settings

IN_CI = os.environ.get("HULLMARK_CI") == "1"
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
if IN_CI:  # the same examples in every run: a change is judged by what it changed
    hypothesis.settings.load_profile("ci")
PASSED = [0]
Scan = Callable[..., Report]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI everything that tests need has been installed: a skip for want of it is a fault."""
    return _judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """The same for a whole module that is skipped."""
    return _judged((yield))


def pytest_report_teststatus(report):
    """In CI every fiftieth test that passes is a dot, so that what fails is not far down."""
    if IN_CI and report.when == "call" and report.passed:
        PASSED[0] += 1
        return "passed", "." if PASSED[0] % 50 == 0 else "", "PASSED"
    return None


def pytest_runtest_logreport(report):
    """In CI what fails is told at once, too: the rest may end before its summary is written."""
    if IN_CI and report.failed:
        crash = getattr(report.longrepr, "reprcrash", None)
        reason = (crash.message if crash else str(report.longrepr)).partition("\n")[0]
        print(f"\n{report.nodeid} ({report.when}): {reason[:300]}", flush=True)


def _judged(report):
    if IN_CI and report.skipped and isinstance(report.longrepr, tuple):
        reason = str(report.longrepr[2]).removeprefix("Skipped: ")
        if reason.startswith("needs "):
            report.outcome = "failed"
            report.longrepr = f"{report.nodeid}: {reason}, which CI has to install"
    return report


@pytest.fixture(scope="session")
def scanner() -> Iterator[Scanner]:
    """The real engine with every parser; made once, since it forks and imports."""
    with Scanner() as made:
        yield made


@pytest.fixture
def scan(scanner: Scanner, tmp_path: Path) -> Scan:
    """Scan a target as the command line names it; settings by keyword."""

    def run(target: object, **settings: object) -> Report:
        source, rest = source_of(str(target))
        given = {"folder": str(tmp_path / "cache"), "use_cache": False, **settings}
        return scanner.scan(source, rest, Settings(**given))  # type: ignore[arg-type]  # any setting

    return run
