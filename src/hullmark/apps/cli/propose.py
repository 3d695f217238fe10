"""``hullmark propose``."""

import json
import os
import sys
from contextlib import suppress

import click

from hullmark import __version__
from hullmark.apps.cli.access import access, registry_options
from hullmark.apps.cli.main import DONE, shown
from hullmark.apps.cli.target import cache_folder, parsers_for, source_of
from hullmark.disk.whole import whole
from hullmark.model import Report, SourceError, StoreError
from hullmark.runtime.proposal import Proposed, as_json, as_text, proposed
from hullmark.runtime.subject import Subject
from hullmark.scan import Scanner, Settings

NO_IMAGES = ("dir", "file", "git", "host", "sbom")
"""Sources of what no container is made of, or whose configuration nobody tells."""

MAX_GAPS = 10
"""Of an image's gaps, each told in a line; the rest are counted."""


@click.command("propose")
@click.argument("target", metavar="TARGET|FILE")
@click.option(
    "--format",
    "-f",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(("text", "json")),
    help="How to write the choices and their reasons.",
)
@click.option("--output", "-o", metavar="DIR", help="Write the profiles into this folder.")
@click.option(
    "--apparmor",
    "by_apparmor",
    is_flag=True,
    help="Have pods and services name the AppArmor profiles too: nodes without AppArmor do not"
    " start them.",
)
@click.option("--platform", metavar="OS/ARCH", default="", help="Choose of several platforms.")
@registry_options
def command(
    target: str,
    *,
    form: str,
    output: str | None,
    by_apparmor: bool,
    platform: str,
    **reached: object,
) -> None:
    """Propose the least that a container needs: security context, seccomp, AppArmor.

    TARGET is an image as scan takes it, or a report of one (report:PATH). FILE is a Dockerfile, a
    file of compose or a manifest of Kubernetes, each container of which gets its profiles. Every
    choice is told with what shows it, and what nothing shows is told too.

    Exit code: 0 done, 2 could not finish.
    """
    found = proposed(target, _subjects(target, platform, reached), by_apparmor=by_apparmor)
    if output:
        for path in _written(output, found):
            click.echo(shown(f"written: {path}"), err=True)
    if form == "json":
        click.echo(json.dumps(as_json(found), indent=1))
    else:
        _tell(found, files=not output)
    sys.exit(DONE)


def _subjects(target: str, platform: str, reached: dict[str, object]) -> tuple[Subject, ...]:
    """The containers that a file tells of, or the one of an image."""
    if os.path.isfile(target) and not _is_image(target):
        from hullmark.runtime.reading import Reader  # noqa: PLC0415 - for files

        with Reader() as reader:
            return reader.read(target)
    from hullmark.runtime.image import subject_of  # noqa: PLC0415 - for images

    source, rest = source_of(target)
    if source.id in NO_IMAGES:
        why = "is no image: name one, or a Dockerfile, a manifest or a file of compose"
        raise SourceError(target, why)
    asked = Settings(
        folder=cache_folder(),
        platform=platform,
        vulnerabilities=False,
        access=access(reached),
        tool=f"hullmark {__version__}",
    )
    with Scanner(only=parsers_for([target])) as scanner:
        report = scanner.scan(source, rest, asked)
    _held(report)
    return (subject_of(report),)


def _is_image(path: str) -> bool:
    """Whether a file without a prefix is the archive of an image."""
    with suppress(SourceError):
        return source_of(path)[0].id == "archive"
    return False


def _held(report: Report) -> None:
    """Tell what of an image could not be read, since a proposal rests on the rest alone."""
    for gap in report.gaps[:MAX_GAPS]:
        click.echo(shown(f"gap  {gap.unit} {gap.subject}: {gap.why}"), err=True)
    if len(report.gaps) > MAX_GAPS:
        click.echo(
            f"gap  and {len(report.gaps) - MAX_GAPS} more: hullmark scan tells them", err=True
        )


def _written(folder: str, found: Proposed) -> list[str]:
    """Write the files; ``StoreError`` where one cannot be. Nothing is written through a link."""
    written = []
    try:
        os.makedirs(folder, exist_ok=True)
        for name, text in found.files.items():
            path = os.path.join(folder, name)
            with whole(path, follow=False) as file:
                file.write(text.encode())
            written.append(path)
    except OSError as error:
        raise StoreError(folder, f"cannot be written: {error.strerror}") from error
    return written


def _tell(found: Proposed, *, files: bool) -> None:
    for line in as_text(found):
        click.echo(shown(line))
    for name, text in found.files.items() if files else ():
        if name.endswith(".json"):
            continue
        click.echo(f"# {shown(name)}")
        click.echo(text)
    if files:
        click.echo("nothing is written: --output DIR writes all files", err=True)
