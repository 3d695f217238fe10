"""``hullmark fix``."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import click

from hullmark import __version__
from hullmark.apps.cli import settings
from hullmark.apps.cli.exemptions import exemptions
from hullmark.apps.cli.main import DONE, shown
from hullmark.apps.cli.scan_options import Many
from hullmark.apps.cli.target import advisories_file, cache_folder, known_layers_folder, source_of
from hullmark.fix import Change, Outcome, Plan, State
from hullmark.fix.difference import difference
from hullmark.fix.locks import copied, remade, settled
from hullmark.fix.plan import planned
from hullmark.fix.tree import Tree, opened
from hullmark.model import Kind, Report, SourceError
from hullmark.policy.exemptions import sifted
from hullmark.scan import Scanner, Settings

SCHEMA = "hullmark.fix/1"


@click.command("fix")
@click.argument("path", metavar="PATH")
@click.option("--write", is_flag=True, help="Replace the files; without it they are left alone.")
@click.option(
    "--lock",
    is_flag=True,
    help="Have npm, cargo, go, uv and pip-compile make locks anew, in a copy of PATH. They ask"
    " their registries.",
)
@click.option(
    "--only", cls=Many, multiple=True, metavar="PACKAGE", help="Bring only these elsewhere."
)
@click.option(
    "--format",
    "-f",
    "form",
    default="diff",
    show_default=True,
    type=click.Choice(("diff", "json")),
    help="How to write what is done.",
)
@click.option(
    "--ignore-file",
    "named",
    multiple=True,
    metavar="FILE",
    help="Exemptions, as scan takes them; what is exempt is left.",
)
@click.option(
    "--report",
    "stored",
    metavar="FILE",
    help="Mend what this report lists (scan --format json), not what lies in PATH.",
)
def command(
    path: str,
    *,
    write: bool,
    lock: bool,
    only: Sequence[str],
    form: str,
    named: Sequence[str],
    stored: str | None,
) -> None:
    """Bring what the files of the folder PATH ask for to versions without known vulnerabilities.

    The changes are written to the terminal as a diff, and what becomes of each finding to
    standard error. The report of an image mends the Dockerfiles of PATH, nothing else.

    Exit code: 0 done, 2 could not finish.
    """
    if lock and stored:
        raise click.UsageError("--lock is for a folder that is scanned, not for a --report")
    target = f"report:{stored}" if stored else f"dir:{path}"
    near = settings.chosen(target)
    exempt = exemptions(near if settings.is_near(near) else "", named)
    with Scanner() as scanner, opened(path) as tree:
        report = _scanned(scanner, target)
        report = sifted(report, exempt, datetime.now(tz=UTC).date().isoformat())
        plan = planned(tree, report, only)
        if lock:
            plan = _locked(scanner, tree, plan)
        if form == "json":
            _as_json(plan, report)
        else:
            _as_diff(plan)
            _tell(plan, report, write=write)
        if write:
            _write(tree, plan.changes)
    sys.exit(DONE)


def _scanned(scanner: Scanner, target: str) -> Report:
    """A scan that asks for vulnerabilities, lock files included."""
    if not os.path.exists(advisories_file()):
        why = "no advisories are on hand: hullmark advisories update"
        raise SourceError(target, why)
    asked = Settings(
        folder=cache_folder(),
        known_layers=known_layers_folder(),
        advisories=advisories_file(),
        tool=f"hullmark {__version__}",
    )
    return scanner.scan(*source_of(target), asked)


def _locked(scanner: Scanner, tree: Tree, plan: Plan) -> Plan:
    """The plan with locks made anew, judged by a scan of the copy."""
    left_out: list[str] = []
    with copied(tree, plan.changes, cache_folder(), left_out) as folder:
        plan, failed = remade(tree, folder, plan)
        again = _scanned(scanner, f"dir:{folder}")
        packages = {each.purl: each.full_name for each in again.packages}
        remaining = frozenset(
            (each.rule, packages.get(each.subject, each.subject), each.evidence.path)
            for each in again.findings
            if each.kind is Kind.VULNERABILITY
        )
        plan = settled(plan, folder, remaining, frozenset(gap.subject for gap in again.gaps))
    notes = (*(note for note in plan.notes if not note.endswith("go mod tidy")), *left_out, *failed)
    return Plan(changes=plan.changes, outcomes=plan.outcomes, notes=notes)


def _write(tree: Tree, changes: Sequence[Change]) -> None:
    """Replace the files, none before all of them are seen to be as they were."""
    for change in changes:
        tree.check(change)
    for change in changes:
        tree.write(change)


def _as_diff(plan: Plan) -> None:
    to_people = sys.stdout.isatty()
    for change in plan.changes:
        for line in difference(change):
            if to_people:
                text = line.decode(errors="replace").rstrip("\r\n")
                click.echo("\t".join(map(shown, text.split("\t"))))
            else:
                sys.stdout.buffer.write(line)


def _as_json(plan: Plan, report: Report) -> None:
    files = [
        {"path": each.path, "diff": b"".join(difference(each)).decode(errors="replace")}
        for each in plan.changes
    ]
    outcomes = [
        {field: getattr(each, field) for field in each.__struct_fields__} for each in plan.outcomes
    ]
    notes = (*report.notes, *plan.notes)
    told = {"schema": SCHEMA, "files": files, "findings": outcomes, "notes": notes}
    click.echo(json.dumps(told, indent=1))


def _tell(plan: Plan, report: Report, *, write: bool) -> None:
    """What becomes of each package's findings, to standard error."""
    for line in _lines(plan, report):
        click.echo(shown(line), err=True)
    if plan.changes and not write:
        click.echo("nothing is written: --write does it", err=True)


def _lines(plan: Plan, report: Report) -> Iterator[str]:
    grouped: dict[tuple[str, ...], list[Outcome]] = {}
    for each in plan.outcomes:
        key = (each.state, each.path, each.package, each.version, each.to, each.why)
        grouped.setdefault(key, []).append(each)
    for (state, path, package, version, to, why), outcomes in grouped.items():
        rules = ", ".join(sorted({each.rule for each in outcomes}))
        bring = f" to {to}" if to else ""
        where = f" in {', '.join(outcomes[0].files)}" if state == State.MENDED else f" ({path})"
        yield f"{state}  {package} {version}{bring}{where}: {rules}{f'; {why}' if why else ''}"
    yield from (f"note  {note}" for note in (*report.notes, *plan.notes))
    yield from (f"gap  {gap.unit} {gap.subject}: {gap.why}" for gap in report.gaps)
    mended = sum(each.state is State.MENDED for each in plan.outcomes)
    if not plan.changes:
        yield "nothing to change"
    yield f"{mended} findings mended, {len(plan.outcomes) - mended} left"
