"""``hullmark fix``."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import click
from msgspec.structs import replace

from hullmark import __version__
from hullmark.advisories.places import places_of
from hullmark.apps.cli import settings
from hullmark.apps.cli.config_options import config_options
from hullmark.apps.cli.early import begun
from hullmark.apps.cli.exemptions import exemptions
from hullmark.apps.cli.looking import texts
from hullmark.apps.cli.main import DONE, shown
from hullmark.apps.cli.scan_options import Many
from hullmark.apps.cli.target import advisories_file, cache_folder, known_layers_folder, source_of
from hullmark.fix import Change, Outcome, Plan, State
from hullmark.fix.configuration import with_configuration
from hullmark.fix.difference import difference
from hullmark.fix.locks import copied, remade, settled
from hullmark.fix.plan import planned
from hullmark.fix.tree import Tree, opened
from hullmark.model import Kind, Report, SourceError
from hullmark.policy.exemptions import sifted
from hullmark.scan import Scanner, Settings
from hullmark.sieve.options import Looking

SCHEMA = "hullmark.fix/1"

MAX_LINES = 10
"""Of one rule in one file that are told to people; JSON has all."""

CONFIG, PACKAGES = SCANNERS = ("config", "vulnerabilities")


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
    "--only",
    cls=Many,
    multiple=True,
    metavar="PACKAGE|RULE",
    help="Mend only these packages, and what these rules found in configuration.",
)
@click.option(
    "--scanners",
    cls=Many,
    multiple=True,
    type=click.Choice(SCANNERS),
    help="What to mend. Default: both.",
)
@click.option(
    "--risky",
    is_flag=True,
    help="Also make changes of configuration by which something that works may stop working.",
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
@config_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    path: str,
    *,
    write: bool,
    lock: bool,
    only: Sequence[str],
    scanners: Sequence[str],
    risky: bool,
    form: str,
    named: Sequence[str],
    stored: str | None,
    **_judging: object,
) -> None:
    """Mend the files of the folder PATH.

    What they ask for is brought to versions without known vulnerabilities, and configuration of
    containers (Kubernetes, compose, workflows, Dockerfiles, scripts) is changed where a check
    knows what ends a fault without a decision that is yours. The changes are written to the
    terminal as a diff, and what becomes of each finding to standard error. The report of an image
    mends the Dockerfiles of PATH, nothing else.

    Exit code: 0 done, 2 could not finish.
    """
    if lock and stored:
        raise click.UsageError("--lock is for a folder that is scanned, not for a --report")
    wanted = frozenset(scanners or SCANNERS)
    if lock and PACKAGES not in wanted:
        raise click.UsageError("--lock is for vulnerabilities, which --scanners leaves out")
    target = f"report:{stored}" if stored else f"dir:{path}"
    asked, notes = _asked(target, wanted, named=bool(scanners) or lock or bool(stored))
    near = settings.chosen(target)
    exempt = exemptions(near if settings.is_near(near) else "", named)
    config = CONFIG in wanted
    with (
        Scanner(looking=_looking(ctx, near, config=config), early=begun()) as scanner,
        opened(path) as tree,
    ):
        report = scanner.scan(*source_of(target), asked)
        report = sifted(report, exempt, datetime.now(tz=UTC).date().isoformat())
        plan = planned(tree, report, only) if asked.advisories else Plan(notes=notes)
        if lock:
            plan = _locked(scanner, tree, plan, asked, report)
        if config:
            plan = with_configuration(tree, report, plan, scanner.mended, only, risky=risky)
        plan = replace(plan, notes=(*plan.notes, *_unmet(report, only)))
        if form == "json":
            _as_json(plan, report)
        else:
            _as_diff(plan)
            _tell(plan, report, write=write)
        if write:
            _write(tree, plan.changes)
    sys.exit(DONE)


def _unmet(report: Report, only: Sequence[str]) -> Iterator[str]:
    """A note for each name of ``--only`` that nothing here has: it may be misspelt."""
    if not only:
        return
    known = {each.rule for each in report.findings}
    for package in report.packages:
        known |= {package.full_name, package.name}
        known |= {each.name for each in places_of(package, report.distribution)}
    for name in only:
        if name not in known:
            yield f"--only {name}: no package is called so, and no finding is of such a rule"


def _looking(ctx: click.Context, near: str, *, config: bool) -> Looking:
    """How configuration is judged: as a scan does by the same options and settings."""
    options = ctx.params
    if settings.is_near(near):
        options = settings.apply(ctx, near, alone=("kubernetes-version", "trusted-registry"))
    return Looking(
        config=config,
        mend=config,
        kubernetes=int(str(options["kubernetes_version"])),
        registries=texts(options["trusted_registries"]),
        units=texts(options["units"]),
    )


def _asked(target: str, wanted: frozenset[str], *, named: bool) -> tuple[Settings, tuple[str, ...]]:
    """How to scan, lock files included, and what is to be told of it.

    Without advisories configuration alone is mended, unless somebody asks for packages by name.
    """
    notes: tuple[str, ...] = ()
    has = os.path.exists(advisories_file())
    if PACKAGES in wanted and not has:
        why = "no advisories are on hand: hullmark advisories update"
        if named or CONFIG not in wanted:
            raise SourceError(target, why)
        notes = (f"packages are left as they are: {why}",)
    asks = PACKAGES in wanted and has
    asked = Settings(
        folder=cache_folder(),
        known_layers=known_layers_folder(),
        advisories=advisories_file() if asks else "",
        vulnerabilities=asks,
        tool=f"hullmark {__version__}",
    )
    return asked, notes


def _locked(scanner: Scanner, tree: Tree, plan: Plan, asked: Settings, before: Report) -> Plan:
    """The plan with locks made anew, judged by a scan of the copy against that of the tree."""
    left_out: list[str] = []
    with copied(tree, plan.changes, cache_folder(), left_out) as folder:
        plan, failed = remade(tree, folder, plan)
        again = scanner.scan(*source_of(f"dir:{folder}"), asked)
        packages = {each.purl: each.full_name for each in again.packages}
        remaining = frozenset(
            (each.rule, packages.get(each.subject, each.subject), each.evidence.path)
            for each in again.findings
            if each.kind is Kind.VULNERABILITY
        )
        known = {(gap.unit, gap.subject) for gap in before.gaps}
        new = (gap.subject for gap in again.gaps if (gap.unit, gap.subject) not in known)
        plan = settled(plan, folder, remaining, frozenset(new))
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
    sys.stdout.flush()  # before files are replaced: what cannot be told is not done


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
        kind = each.rule if each.at else ""
        key = (kind, each.state, each.path, each.package, each.version, each.to, each.why)
        grouped.setdefault(key, []).append(each)
    for (rule, state, path, package, version, to, why), outcomes in grouped.items():
        if rule:
            yield f"{state}  {rule} {_places(path, outcomes)}{f': {why}' if why else ''}"
            continue
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


def _places(path: str, outcomes: Sequence[Outcome]) -> str:
    """A file, and the lines in it."""
    lines = sorted({each.line for each in outcomes if each.line})
    told = ", ".join(map(str, lines[:MAX_LINES])) + (" ..." if len(lines) > MAX_LINES else "")
    return f"{path}:{told}" if told else path
