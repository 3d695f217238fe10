"""``hullmark advisories``."""

import os
import sys
from datetime import UTC, datetime

import click

from hullmark.advisories.bringing import bring
from hullmark.advisories.bringing import remove as removed
from hullmark.advisories.export import export as exported
from hullmark.advisories.mirror import Folder, Origin
from hullmark.advisories.needed import remembered
from hullmark.advisories.standing import age_days, standing
from hullmark.advisories.update import Updated
from hullmark.advisories.update import update as updated
from hullmark.advisories.web import OSV_DEV, Web
from hullmark.apps.cli.feeds import wishes
from hullmark.apps.cli.main import shown
from hullmark.apps.cli.progress import bar
from hullmark.apps.cli.target import advisories_file, cache_folder
from hullmark.model import FeedError
from hullmark.model.advisory import Advisory, Affected
from hullmark.store.advisory_file import Advisories

MAX_SHOWN = 20
"""Versions listed one by one."""


@click.group("advisories")
def command() -> None:
    """Keep the advisories on hand up to date, and look into them."""


@command.command("update")
@click.option(
    "--from",
    "origin",
    metavar="DIR|URL",
    default="",
    help="A mirror: ECOSYSTEM/all.zip as OSV.dev has it, overlays/ beside. Default: OSV.dev.",
)
@click.option(
    "--ecosystem",
    "ecosystems",
    metavar="NAME",
    multiple=True,
    help="Import this one only (repeatable). Others stay as they are.",
)
@click.option(
    "--feed",
    "feeds",
    metavar="ID[:NAME][=DIR|FILE|URL]",
    multiple=True,
    help="Bring in what a publisher has, not a mirror (repeatable): from here, from where it came "
    "before, or from its publisher.",
)
@click.option("--ca-file", metavar="FILE", default="", help="Trust these certificates too (PEM).")
@click.option("--all", "every", is_flag=True, help="Import every ecosystem that is offered.")
@click.option("--whole", is_flag=True, help="Fetch whole archives, not the records that changed.")
@click.option(
    "--key",
    metavar="FILE",
    default="",
    help="Public keys of OpenSSH: one of them must have signed the mirror. Default: mirror.pub "
    "beside the advisories, if it is there.",
)
@click.option("--allow-older", is_flag=True, help="Take a mirror older than the one before.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, and no word when all went well.")
def update(
    *,
    origin: str,
    ecosystems: tuple[str, ...],
    feeds: tuple[str, ...],
    ca_file: str,
    every: bool,
    whole: bool,
    key: str,
    allow_older: bool,
    quiet: bool,
) -> None:
    """Import what changed since the last update, all of it or nothing.

    Of a server that is the ecosystems on hand and those that scans missed, or all where there are
    none. Where a mirror has a hullmark-manifest.json, every file must be what that promises. With
    --feed alone no mirror is asked.
    """
    folder = f"{cache_folder()}/advisories"
    if key and feeds and not origin and not ecosystems:
        raise click.UsageError("--key is for mirrors, and no mirror is asked: feeds are not signed")
    if feeds:
        _told(bring(advisories_file(), wishes(feeds), folder, ca_file), quiet=quiet)
        if not origin and not ecosystems:
            return
    path = advisories_file()
    with bar("fetching", shown=not quiet and sys.stderr.isatty()) as progress:
        if origin and "://" not in origin:
            found: Origin = Folder(origin, key or _pinned(path), folder)
            needed = None
        else:
            found = Web(
                origin or OSV_DEV,
                folder,
                ca_file,
                key=key or (_pinned(path) if origin else ""),
                whole=whole,
                progress=progress,
            )
            needed = None if every else remembered(path)
        done = updated(path, found, ecosystems, needed=needed, older=allow_older)
    _told(done, quiet=quiet)


@command.command("remove")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
def remove(names: tuple[str, ...]) -> None:
    """Take out all that came under NAME, as status prints it."""
    removed(advisories_file(), names)
    for name in names:
        click.echo(shown(f"{name}  removed"))


def _told(done: Updated, *, quiet: bool) -> None:
    if not quiet:
        for name in done.changed:
            click.echo(shown(f"{name}  imported"))
        for name in done.same:
            click.echo(shown(f"{name}  unchanged"))
    for name, lines in done.left_out.items():
        for line in lines:
            click.echo(shown(f"{name}  left out {line}"), err=True)
    for name in done.missing:
        click.echo(shown(f"{name}  not offered there"), err=quiet)


@command.command("status")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to write it; json tells of single releases too.",
)
def status(form: str) -> None:
    """Print what is on hand, one file a line: records, date of the newest, age, origin, import.

    The age is that of the newest record, however lately it was imported.
    """
    with Advisories.open(advisories_file()) as known:
        if form == "json":
            click.echo(standing(known, advisories_file(), datetime.now(UTC)))
            return
        rows = [
            (name, str(feed.records), feed.dated[:10] or "undated", _age(feed.dated), feed.origin)
            for name, feed in known.feeds().items()
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row, feed in zip(rows, known.feeds().values(), strict=True):
            cells = map(str.ljust, row, widths)
            click.echo(shown(f"{'  '.join(cells)}  imported {feed.imported}"))


@command.command("show")
@click.argument("id")
def show(id: str) -> None:
    """Print the records of this ID, or of which it is an alias or the vulnerability (a CVE)."""
    with Advisories.open(advisories_file()) as known:
        found = known.named(id)
        exploited, epss, vector = known.exploited(id), known.epss(id), known.cvss(id)
        if not found and not exploited and not epss and not vector:
            raise FeedError(id, "no record of this name is on hand")
        if exploited:
            click.echo(shown(f"used by attackers, on CISA's list since {exploited.added}"))
        if epss:
            click.echo(f"EPSS {epss[0]:.5f}, percentile {epss[1]:.5f}")
        if vector:
            click.echo(shown(vector))
        for each in found:
            for line in _lines(known.record(each)):
                click.echo(shown(line))


@command.command("export")
@click.argument("folder", metavar="DIR")
@click.option(
    "--sign",
    "key",
    metavar="KEY",
    default="",
    help="Sign it by ssh-keygen: a private key of OpenSSH, or a public one that an agent knows.",
)
def export(folder: str, key: str) -> None:
    """Write what is on hand to DIR, a mirror for update --from, with digests of all files."""
    with Advisories.open(advisories_file()) as known:
        count = exported(known, folder, key)
        _left_out(known, err=True)
    click.echo(shown(f"{folder}  {count} files"))


def _left_out(known: Advisories, *, err: bool = False) -> None:
    for name, lines in known.left_out().items():
        for line in lines:
            click.echo(shown(f"{name}  left out {line}"), err=err)


def _pinned(path: str) -> str:
    """Keys that every mirror must be signed with, where somebody put them beside the advisories."""
    keys = os.path.join(os.path.dirname(path), "mirror.pub")
    return keys if os.path.lexists(keys) else ""


def _age(dated: str) -> str:
    days = age_days(dated, datetime.now(UTC))
    return "age unknown" if days is None else f"{days} days old"


def _lines(record: Advisory) -> list[str]:
    heads = (
        ("", record.summary),
        ("modified ", record.modified),
        ("published ", record.published),
        ("aliases ", " ".join(record.aliases)),
        ("upstream ", " ".join(record.upstream)),
        ("related ", " ".join(record.related)),
        ("severity ", ", ".join(f"{kind} {score}" for kind, score in record.severities)),
    )
    return [
        record.id,
        *(f"  {head}{text}" for head, text in heads if text),
        *(f"  {_affected(each)}" for each in record.affected),
        *(f"  {url}" for url in record.references),
    ]


def _affected(each: Affected) -> str:
    ranges = [", ".join(f"{kind} {version}" for kind, version in one.events) for one in each.ranges]
    listed = " ".join(each.versions[:MAX_SHOWN])
    more = len(each.versions) - MAX_SHOWN
    parts = [*ranges, f"{listed} and {more} more" if more > 0 else listed, each.status]
    return f"{each.ecosystem} {each.name}: {'; '.join(part for part in parts if part)}"
