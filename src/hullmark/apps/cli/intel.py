"""``hullmark intel``."""

from collections.abc import Iterable
from datetime import UTC, datetime

import click
from msgspec.structs import replace

import hullmark.intel
from hullmark.apps.cli.intel_lists import TIME, bring, is_address, is_name, lasting, named
from hullmark.apps.cli.main import shown
from hullmark.apps.cli.target import intel_file
from hullmark.model import FeedError
from hullmark.store.intel_file import BlockList, reading, remove_list
from hullmark.unit import ids


@click.group("intel")
def command() -> None:
    """Keep lists of files and addresses that are known to be bad, for scans."""


@command.command("import")
@click.argument("sources", metavar="FILE|DIR|URL...", nargs=-1, required=True)
@click.option(
    "--name", default="", help="One list of this name. Default: one of each, by its file."
)
@click.option(
    "--expires",
    metavar="DAYS|DATE",
    default="",
    help="Use entries for so long at most. Default: as long as they say, or always.",
)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(sorted(ids(hullmark.intel))),
    help="How they are written. Default: as their content shows.",
)
@click.option("--ca-file", metavar="FILE", default="", help="Trust these certificates too (PEM).")
@click.option("--quiet", "-q", is_flag=True, help="No word when all went well.")
def import_(
    *,
    sources: tuple[str, ...],
    name: str,
    expires: str,
    form: str | None,
    ca_file: str,
    quiet: bool,
) -> None:
    """Import lists, each in place of the one of its name.

    All of a list or nothing: what is no entry is told with its line.
    """
    lasts = lasting(expires) if expires else ""
    if name and not is_name(name):
        raise click.UsageError("--name takes letters, digits, dots, dashes and underscores")
    if name and len({is_address(each) for each in sources}) > 1:
        raise click.UsageError("files and addresses make lists of their own")
    grouped = {name: sources} if name else {named(each): (each,) for each in sources}
    if not name and len(grouped) != len(sources):
        raise click.UsageError("two lists would have one name: give --name, or one at a time")
    now = f"{datetime.now(UTC):{TIME}}"
    for each, places in grouped.items():
        wanted = BlockList(name=each, sources=places, imported=now, format=form or "", lasts=lasts)
        _brought(wanted, ca_file, quiet=quiet)


@command.command("update")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--ca-file", metavar="FILE", default="", help="Trust these certificates too (PEM).")
@click.option("--quiet", "-q", is_flag=True, help="No word when all went well.")
def update(*, names: tuple[str, ...], ca_file: str, quiet: bool) -> None:
    """Fetch lists again that came from an address, all or those of these names."""
    with reading(intel_file()) as known:
        lists = known.lists()
    for each in _named(names, lists) if names else lists:
        if is_address(lists[each].sources[0]):
            now = f"{datetime.now(UTC):{TIME}}"
            _brought(replace(lists[each], imported=now), ca_file, quiet=quiet)
        elif names:
            raise FeedError(each, "is of files: import them again")


def _status() -> None:
    """Print the lists on hand, one a line: entries, those expired, import, origin."""
    now = f"{datetime.now(UTC):{TIME}}"
    with reading(intel_file()) as known:
        for name, each in known.lists().items():
            state = known.standing(name, now)
            expired = f", {state.expired} expired" if state.expired else ""
            origin = " ".join(each.sources)
            line = f"{name}  {state.entries} entries{expired}  imported {each.imported}  {origin}"
            click.echo(shown(line))
            _left_out(each)


command.command("status")(_status)
command.command("list", help="The same as status.")(_status)


@command.command("remove")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
def remove(names: tuple[str, ...]) -> None:
    """Take out lists; scans use them no more."""
    with reading(intel_file()) as known:
        listed = tuple(_named(names, known.lists()))
    for name in listed:
        remove_list(intel_file(), name)
        click.echo(shown(f"{name}  removed"))


def _named(names: Iterable[str], lists: Iterable[str]) -> Iterable[str]:
    known = frozenset(lists)
    for each in names:
        if each not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise FeedError(each, f"is no list on hand ({listed})")
    return dict.fromkeys(names)


def _brought(wanted: BlockList, ca_file: str, *, quiet: bool) -> None:
    count = bring(intel_file(), wanted, ca_file)
    if not quiet:
        click.echo(shown(f"{wanted.name}  {count} entries"))
    with reading(intel_file()) as known:
        _left_out(known.lists()[wanted.name])


def _left_out(each: BlockList) -> None:
    for why, count in sorted(each.left_out.items()):
        click.echo(shown(f"{each.name}  left out {count} {why}"), err=True)
