"""Options of ``hullmark scan``, by theme."""

from collections.abc import Callable
from math import isnan
from typing import TypeVar

import click

import hullmark.formats
from hullmark.advisories import STALE_DAYS
from hullmark.model import Severity
from hullmark.unit import ids

SEVERITIES = [severity.label for severity in reversed(Severity)]
SCANNERS = ("packages", "vulnerabilities", "licences", "secrets", "malware", "config")
FORMATS = sorted(ids(hullmark.formats))

CLAMD_HERE = "here"
"""The value of ``--clamd`` for the daemon that this machine is set up for."""

Command = TypeVar("Command", bound=Callable[..., object])


class Percent(click.FloatRange):
    """A number within bounds; ``nan`` is within all, and nothing is below it."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number."""
        number = float(super().convert(value, param, ctx))  # type: ignore[arg-type]  # as click has it
        return self.fail(f"{value} is no number.", param, ctx) if isnan(number) else number


class Many(click.Option):
    """An option that may be given several times or with commas."""

    def type_cast_value(self, ctx: click.Context, value: object) -> object:
        """Split each value at its commas."""
        listed = [value] if isinstance(value, str) else list(value or ())  # type: ignore[call-overload]  # click hands anything
        parts = [part.strip() for each in listed for part in str(each).split(",")]
        return super().type_cast_value(ctx, tuple(part for part in parts if part))


def report_options(command: Command) -> Command:
    """Add what says how the report is written."""
    for option in reversed(
        (
            click.option(
                "--format",
                "-f",
                default="table",
                show_default=True,
                type=click.Choice(FORMATS),
                help="How to write the report.",
            ),
            click.option(
                "--output", "-o", metavar="FILE", help="Write there, not to the terminal."
            ),
            click.option(
                "--severity",
                type=click.Choice(SEVERITIES),
                help="Show findings from this severity on.",
            ),
            click.option(
                "--show-suppressed",
                is_flag=True,
                help="List the findings that do not count, and why.",
            ),
            click.option(
                "--full", is_flag=True, help="List every package, finding and upgrade in the table."
            ),
            click.option("--quiet", "-q", is_flag=True, help="No progress bar."),
        )
    ):
        command = option(command)
    return command


def gate_options(command: Command) -> Command:
    """Add what says when a scan fails."""
    for option in reversed(
        (
            click.option(
                "--fail-on",
                type=click.Choice(SEVERITIES),
                help="Exit 1 on findings from this severity on, and on gaps.",
            ),
            click.option(
                "--framework",
                "frameworks",
                cls=Many,
                multiple=True,
                metavar="ID",
                help="Judge only what this framework names: docs/frameworks.md.",
            ),
            click.option(
                "--framework-file",
                "framework_files",
                multiple=True,
                metavar="FILE",
                help="Frameworks of your own, for --framework: docs/reports.md.",
            ),
            click.option(
                "--controls",
                multiple=True,
                metavar="FILE",
                help="What people say of controls that no rule judges: docs/reports.md.",
            ),
            click.option(
                "--fail-under",
                type=Percent(0, 100),
                default=None,
                metavar="PERCENT",
                help="Exit 1 where fewer controls pass of those that could be judged.",
            ),
            click.option(
                "--policy",
                "policy_file",
                metavar="FILE",
                help="Exit 1 on what this file denies, and on gaps: docs/policy.md.",
            ),
            click.option(
                "--allow-gaps",
                "--allow-gap",
                cls=Many,
                multiple=True,
                metavar="UNIT[:SUBJECT]",
                help="Gaps of this unit, or of it about this alone, do not fail a gate; packages:"
                " whatever was not read; all.",
            ),
            click.option(
                "--ignore-unfixed",
                is_flag=True,
                help="Vulnerabilities without a known fix do not count.",
            ),
            click.option(
                "--ignore-file",
                multiple=True,
                metavar="FILE",
                help="Exemptions: .trivyignore, .trivyignore.yaml, .grype.yaml, YAML with a key"
                " ignore, or .gitleaks.toml. Default: those of these names that lie here.",
            ),
            click.option(
                "--vex",
                multiple=True,
                metavar="FILE",
                help="VEX: OpenVEX, CSAF or CycloneDX; attached for what lies beside the image.",
            ),
            click.option(
                "--baseline",
                metavar="FILE",
                help="An earlier report: what it tells already does not count.",
            ),
            click.option(
                "--sarif",
                multiple=True,
                metavar="FILE",
                help="Results of another analyser (SARIF 2.1.0), as findings: docs/reports.md.",
            ),
            click.option(
                "--stale-after",
                type=click.IntRange(0, 36500),
                default=STALE_DAYS,
                show_default=True,
                metavar="DAYS",
                help="Name advisories as a gap when the newest of an ecosystem is older.",
            ),
            click.option(
                "--expect",
                metavar="FILE",
                help="Digests that verify digests --record wrote: the layers must match them.",
            ),
        )
    ):
        command = option(command)
    return command


def reading_options(command: Command) -> Command:
    """Add what says what is read, and how."""
    for option in reversed(
        (
            click.option(
                "--scanners",
                cls=Many,
                multiple=True,
                type=click.Choice(SCANNERS),
                help="What to look for; digests are always checked. Default: all, licences where"
                " there are lists of them; of this machine packages, vulnerabilities and config.",
            ),
            click.option(
                "--yara",
                "yara_rules",
                multiple=True,
                metavar="DIR|FILE",
                help="YARA rules of your own (*.yar, *.yara), held against every file.",
            ),
            click.option(
                "--clamd",
                metavar="[SOCKET|HOST:PORT]",
                default="",
                is_flag=False,
                flag_value=CLAMD_HERE,
                help="Ask this ClamAV daemon about every file; alone as last option: the one here.",
            ),
            click.option(
                "--platform", metavar="OS/ARCH", default="", help="Choose of several platforms."
            ),
            click.option(
                "--declared/--installed",
                default=None,
                help="Also read lock files, or do not. Default: for folders only.",
            ),
            click.option(
                "--skip-dirs", cls=Many, multiple=True, metavar="GLOB", help="Folders to leave out."
            ),
            click.option(
                "--skip-files", cls=Many, multiple=True, metavar="GLOB", help="Files to leave out."
            ),
            click.option(
                "--offline",
                is_flag=True,
                help="Never use the network: refuse images in registries."
                " All else is local anyway.",
            ),
            click.option(
                "--no-cache", is_flag=True, help="Neither use nor fill the cache of layers."
            ),
            click.option(
                "--jobs",
                type=click.IntRange(0, 64),
                default=0,
                metavar="N",
                help="Layers read at a time. Default: one for each processor.",
            ),
            click.option(
                "--config",
                metavar="FILE",
                help="Settings. Default: .hullmark.yaml here or above, else above the target.",
            ),
        )
    ):
        command = option(command)
    return command
