"""``hullmark report``."""

import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

import click

from hullmark.apps.audits import FORMS, renderer
from hullmark.apps.cli import settings as file_settings
from hullmark.apps.cli.all_options import examining_options
from hullmark.apps.cli.looking import texts
from hullmark.apps.cli.scan import code_of, each_target, examined, output_of
from hullmark.apps.cli.scan_options import Many
from hullmark.disk.whole import whole
from hullmark.model import ArtifactKind, Report, StoreError
from hullmark.scan import Scanner

HELP = """Say how TARGET stands to frameworks, control by control, with evidence, for auditors.

TARGET is what scan takes. report:FILE (scan --format json) takes what was found then, and scans
nothing twice: findings of packages are those of today.

\b
  hullmark report dir:. --framework nist-800-190 --format pdf --output nist.pdf
  hullmark report report:scan.json --framework mlps-2,cis-docker --controls answers.yaml

The report holds a SHA-256 over its content, time included. Of several formats of one report, which
share it, --output gives the name before .pdf and the like. docs/reports.md has more.

Exit code: 0 done and within policy, 1 a gate says no (--fail-under, --fail-on, --policy) or a
digest does not match, 2 could not finish.
"""


@click.command("report", help=HELP)
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@click.option(
    "--format",
    "-f",
    "forms",
    cls=Many,
    multiple=True,
    default=("html",),
    show_default=True,
    type=click.Choice(FORMS),
    help="How to write the report.",
)
@click.option("--output", "-o", "file", metavar="FILE", help="Write there, not to the terminal.")
@click.option("--font", metavar="FILE", help="TrueType font for other letters than Latin in PDF.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
@examining_options
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> None:
    """``HELP`` is what users read."""
    for target in ctx.params["targets"]:
        if not texts(file_settings.options_for(ctx, target)[0]["frameworks"]):
            raise click.UsageError("name what is reported on with --framework: docs/frameworks.md")
    if "pdf" in ctx.params["forms"] and not ctx.params["file"] and sys.stdout.isatty():
        raise click.UsageError("a terminal cannot show PDF: give --output FILE")
    ctx.exit(each_target(ctx, _one))


def _one(
    ctx: click.Context, scanner: Scanner, notes: tuple[str, ...], target: str, number: int
) -> int:
    outputs = {form: _output(ctx, form, target, number) for form in texts(ctx.params["forms"])}
    font = str(ctx.params["font"] or "")
    renders = {form: renderer(form, font) for form in outputs}
    report = examined(ctx, scanner, notes, target)
    from hullmark.policy.audit import audit  # noqa: PLC0415 - imports every framework

    now = datetime.now(tz=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    made = audit(report, time=now, commit=_commit(report, target))
    for form, output in outputs.items():
        _write(renders[form](made), output)
    return code_of(report)


def _output(ctx: click.Context, form: str, target: str, number: int) -> str:
    """The file to write, empty for the terminal; of several forms each has its own ending."""
    named, several = str(ctx.params["file"] or ""), len(set(ctx.params["forms"])) > 1
    if not named and (number or several):
        what = "targets: give --output FOLDER/" if number else "formats: give --output NAME"
        raise click.UsageError(f"several {what}")
    output = output_of(named, form, target, number)
    return f"{output}.{form}" if several and not number else output


def _commit(report: Report, target: str) -> str:
    """The commit of a folder that is a repository's."""
    if report.artifact.kind is not ArtifactKind.TREE or target.startswith("report:"):
        return ""
    from hullmark.disk.head import commit_of  # noqa: PLC0415 - for folders

    return commit_of(target if os.path.isdir(target) else target.partition(":")[2])


def _write(pieces: Iterable[bytes], output: str) -> None:
    try:
        if output:
            with whole(output) as file:
                file.writelines(pieces)
        else:
            sys.stdout.buffer.writelines(pieces)
            sys.stdout.buffer.flush()
    except OSError as error:
        raise StoreError(output, f"{error.strerror}") from error
