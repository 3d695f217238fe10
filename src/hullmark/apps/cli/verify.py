"""``hullmark verify``."""

import click

from hullmark import __version__
from hullmark.apps.cli.access import access, registry_options
from hullmark.apps.cli.main import shown
from hullmark.apps.cli.target import cache_folder, source_of
from hullmark.integrity import Verifier
from hullmark.integrity.digests import Checked
from hullmark.integrity.record import expected, recorded, write


@click.group("verify")
def command() -> None:
    """Check one promise of an artifact, and nothing else."""


@command.command("digests")
@click.argument("target")
@click.option("--expect", metavar="FILE", help="A list written by --record that must be met.")
@click.option("--record", metavar="FILE", help="Write the measured digests there.")
@click.option("--platform", metavar="OS/ARCH", default="", help="Choose of several platforms.")
@click.option(
    "--jobs",
    type=click.IntRange(0, 64),
    default=0,
    metavar="N",
    help="Layers read at a time. Default: one for each processor.",
)
@registry_options
@click.option("--quiet", "-q", is_flag=True, help="Print no line for layers that hold.")
def digests(
    target: str,
    *,
    expect: str | None,
    record: str | None,
    platform: str,
    jobs: int,
    quiet: bool,
    **reached: object,
) -> None:
    """Hash every blob and layer of TARGET and compare: one line a layer.

    Exit code: 0 all hold, 1 one does not, 2 could not finish.
    """
    wanted = expected(expect) if expect else None
    source, rest = source_of(target)
    with Verifier() as verifier:
        checked = verifier.measure(
            source,
            rest,
            platform=platform,
            jobs=jobs,
            folder=cache_folder(),
            expected=wanted,
            access=access(reached),
        )
    for line in _lines(checked, quiet=quiet):
        click.echo(line)
    checked.hold()
    if record:
        write(record, recorded(checked, f"hullmark {__version__}"))


def _lines(checked: Checked, *, quiet: bool) -> list[str]:
    lines = [f"{each.digest}  {each.state.value}" for each in checked.layers if not quiet]
    lines += [f"{each.subject}  {each.evidence.says}" for each in checked.findings]
    return [shown(line) for line in lines]
