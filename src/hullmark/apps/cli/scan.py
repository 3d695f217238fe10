"""``hullmark scan``."""

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from io import TextIOWrapper
from re import sub
from typing import TextIO

import click
from msgspec.structs import replace

import hullmark.formats
from hullmark import __version__
from hullmark.advisories.needed import met, remember
from hullmark.apps.cli import settings as file_settings
from hullmark.apps.cli.access import access, stay_offline, tie_credentials
from hullmark.apps.cli.all_options import examining_options
from hullmark.apps.cli.charts import rendering
from hullmark.apps.cli.early import begun
from hullmark.apps.cli.exemptions import exemptions
from hullmark.apps.cli.frameworks import SEVERITY, asked, gated, standing, with_basis
from hullmark.apps.cli.looking import searches, texts
from hullmark.apps.cli.main import DENIED, DONE, told
from hullmark.apps.cli.policy import Accepted, accepted
from hullmark.apps.cli.progress import bar
from hullmark.apps.cli.sarif import analysers, with_results
from hullmark.apps.cli.scan_options import report_options
from hullmark.apps.cli.target import (
    advisories_file,
    cache_folder,
    known_layers_folder,
    parsers_for,
    source_of,
)
from hullmark.apps.cli.vex import ATTACHED, cleared, clearing
from hullmark.disk.whole import whole
from hullmark.model import HullmarkError, Report, Severity, StoreError, Verdict
from hullmark.oci.verify import Expected
from hullmark.policy import decide
from hullmark.policy.exemptions import sifted
from hullmark.policy.unfixed import without_unfixed
from hullmark.scan import Scanner, Settings
from hullmark.unit import Format, load

HELP = """Say what TARGET holds, what is wrong with it, and whether it is what it claims to be.

\b
TARGET is  archive:PATH    a file of docker save, podman save or skopeo
           oci:PATH[:TAG]  an OCI image layout
           dir:PATH        a folder
           file:PATH       one file: a Dockerfile, a manifest, a lock file
           host:           this machine
           registry:REF    an image in a registry, such as debian:12
           docker:REF      an image of the docker daemon, by its socket
           podman:REF      an image of podman, by its socket
           containerd:REF  an image of containerd, by its socket
           sbom:PATH       a bill of materials: CycloneDX, SPDX, Syft
           git:PATH[@RANGE] all that a repository's commits ever held; @staged: its index
           report:PATH     a report of ours (--format json), against what is known today

Without a prefix a path is recognised by what it is. Of several targets each is scanned, whatever
becomes of the others; --output then names a folder. Several scanners, globs
and gaps are given with commas or by the option once more, several files of VEX or exemptions by the
option once more.

Exit code: 0 done and within policy, 1 policy says no or a digest does not match, 2 could not
finish.
"""
ENDINGS = {
    "table": "txt",
    "cyclonedx": "cdx.json",
    "spdx": "spdx.json",
    "github": "txt",
    "gitlab": "gitlab.json",
    "junit": "xml",
    "openvex": "openvex.json",
    "csaf-vex": "csaf.json",
}
"""Of files that hold a report, where it is not the format's id."""

MAX_NAME_CHARS = 100
"""Of a target, in the name of its report: file names end at 255 bytes."""


One = Callable[[click.Context, Scanner, tuple[str, ...], str, int], int]
"""What becomes of a target: context, scanner, notes, target and its number, 0 where it is alone."""


@click.command("scan", help=HELP)
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@report_options
@examining_options
@click.pass_context
def command(ctx: click.Context, /, **_: object) -> None:
    """``HELP`` is what users read."""
    ctx.exit(each_target(ctx, _one))


def each_target(ctx: click.Context, one: One) -> int:
    """The worst exit code of all targets, each scanned and handed on by ``one``."""
    targets = ctx.params["targets"]
    tie_credentials(targets)
    if len(targets) > 1 and texts(ctx.params["sarif"]):
        raise click.UsageError("--sarif is about one target, and there are several")
    with ExitStack() as closing:
        ready: dict[str, tuple[Scanner, tuple[str, ...]]] = {}
        for each in list(searches(ctx, targets)):
            only = parsers_for(each.targets)
            scanner = Scanner(only=only, looking=each.look, early=begun())
            closing.enter_context(scanner)
            ready |= dict.fromkeys(each.targets, (scanner, each.notes))
        if len(targets) == 1:
            return one(ctx, *ready[targets[0]], targets[0], 0)
        return max(
            _survived(one, ctx, ready[each], each, number) for number, each in enumerate(targets, 1)
        )


def _survived(
    one: One,
    ctx: click.Context,
    ready: tuple[Scanner, tuple[str, ...]],
    target: str,
    number: int,
) -> int:
    """The exit code of one of several targets, whose errors are told and stop no other."""
    try:
        return one(ctx, *ready, target, number)
    except HullmarkError as error:
        return told(error)


def _one(
    ctx: click.Context, scanner: Scanner, notes: tuple[str, ...], target: str, number: int
) -> int:
    options = file_settings.options_for(ctx, target)[0]
    form = load(hullmark.formats, Format, str(options["format"]))
    if form is None:
        raise click.BadParameter(f"no format {options['format']!r}", param_hint="--format")
    output = output_of(str(options["output"] or ""), form.id, target, number)
    report = examined(ctx, scanner, notes, target)
    _write(_filtered(report, options), form, output, options)
    return code_of(report)


def code_of(report: Report) -> int:
    """The exit code of a decision."""
    denied = report.decision is not None and report.decision.verdict is Verdict.DENY
    return DENIED if denied else DONE


def examined(ctx: click.Context, scanner: Scanner, notes: tuple[str, ...], target: str) -> Report:
    """The report of a target after all that the user accepts, and the decision about it."""
    options, path, obeyed = file_settings.options_for(ctx, target)
    exempt = exemptions(obeyed, texts(options["ignore_file"]))
    policy = accepted(options, obeyed)
    wanted = asked(options)
    clears = clearing(options)
    others = analysers(options)
    source, rest = source_of(target)
    if options["offline"]:
        stay_offline(source, target)
    with bar("reading", shown=not options["quiet"] and sys.stderr.isatty()) as progress:
        report = scanner.scan(source, rest, _settings(options), progress)
    remember(advisories_file(), met(report))
    today = datetime.now(tz=UTC).date().isoformat()
    report = _licensed(report, options, policy)
    listed = policy.licences is not None and not texts(options["scanners"])
    report = with_basis(report, scanner.looking, options, licences=listed)
    report = with_results(report, others, target)
    unheeded = file_settings.unheeded(path) if path and not obeyed else ()
    said = (*unheeded, *file_settings.left(ctx, target), *notes, *report.notes)
    report = sifted(report, exempt, today)
    report = replace(report, notes=(*said, *report.notes))
    report = cleared(report, clears)
    if options["ignore_unfixed"]:
        report = without_unfixed(report)
    report = standing(report, wanted, scanner.looking, today)
    report = _with_upgrades(report)
    return gated(replace(report, decision=decide(report, policy.policy, today)), options)


def output_of(output: str, form: str, target: str, number: int) -> str:
    """The file to write, empty for the terminal; each of several targets has its own."""
    if not number:
        return output
    if not output:
        if form != "table":
            raise click.UsageError(f"several targets as {form}: give --output FOLDER/")
        return ""
    if not output.endswith("/") and not os.path.isdir(output):
        raise click.UsageError(f"several targets: --output {output} is no folder")
    try:
        os.makedirs(output, exist_ok=True)
    except OSError as error:
        raise StoreError(output, f"cannot be made: {error.strerror}") from error
    name = sub(r"[^A-Za-z0-9._-]+", "-", target).strip("-.")[-MAX_NAME_CHARS:]
    return os.path.join(output, f"{number:03}-{name}.{ENDINGS.get(form, form)}")


def _settings(options: dict[str, object]) -> Settings:
    declared = options["declared"]
    vulnerabilities, malware = _asked(options, "vulnerabilities"), _asked(options, "malware")
    return Settings(
        folder=cache_folder(),
        use_cache=not options["no_cache"],
        jobs=int(str(options["jobs"])),
        platform=str(options["platform"]),
        declared=declared if isinstance(declared, bool) else None,
        skip_dirs=texts(options["skip_dirs"]),
        skip_files=texts(options["skip_files"]),
        expected=_expected(str(options["expect"])) if options["expect"] else None,
        access=replace(access(options), attached=ATTACHED in texts(options["vex"])),
        known_layers=known_layers_folder(),
        advisories=advisories_file() if vulnerabilities or malware else "",
        vulnerabilities=vulnerabilities,
        malware=malware,
        charts=rendering(options),
        stale_days=int(str(options["stale_after"])),
        tool=f"hullmark {__version__}",
    )


def _asked(options: dict[str, object], scanner: str) -> bool:
    """Whether a scanner is wanted: all are, where none is named."""
    named = texts(options["scanners"])
    return not named or scanner in named


def _expected(path: str) -> Expected:
    from hullmark.integrity.record import expected  # noqa: PLC0415 - seldom asked for

    return expected(path)


def _licensed(report: Report, options: dict[str, object], policy: Accepted) -> Report:
    """With what is wrong with licences, where somebody lists them or asks for it."""
    named = texts(options["scanners"])
    if "licences" not in named and (named or policy.licences is None):
        return report
    from hullmark.policy.licences import Lists, judged  # noqa: PLC0415 - where it is asked for

    return judged(report, policy.licences or Lists())


def _with_upgrades(report: Report) -> Report:
    """What ends the vulnerabilities that are among the findings, and what the base has to do."""
    if not report.findings:
        return replace(report, upgrades=(), advice=())
    from hullmark.advisories.advice import advised  # noqa: PLC0415 - orders of versions

    return advised(report)


def _filtered(report: Report, options: dict[str, object]) -> Report:
    """Only findings that the user wants to see; the decision was made on all."""
    if not options["severity"]:
        return report
    lowest = Severity[str(options["severity"]).upper()]
    shown = tuple(each for each in report.findings if each.severity >= lowest)
    basis = {**report.basis, SEVERITY: lowest.label}
    return _with_upgrades(replace(report, findings=shown, basis=basis))


def _write(report: Report, form: Format, output: str, options: dict[str, object]) -> None:
    try:
        with ExitStack() as closing:
            file: TextIO = sys.stdout
            if output:
                plain = closing.enter_context(whole(output))
                file = closing.enter_context(TextIOWrapper(plain, encoding="utf-8"))
            if form.id == "table":
                _show(report, file, options)
            else:
                file.writelines(form.render(report))
            file.flush()
    except OSError as error:
        raise StoreError(output, f"{error.strerror}") from error


def _show(report: Report, file: object, options: dict[str, object]) -> None:
    from rich.console import Console  # noqa: PLC0415 - 60 ms that other formats do not need

    from hullmark.formats.table import PLAIN_WIDTH, show  # noqa: PLC0415

    class Terminal(Console):
        def on_broken_pipe(self) -> None:
            raise  # noqa: PLE0704 - what rich handles when it calls this

    console = Terminal(file=file, highlight=False)  # type: ignore[arg-type]  # a text stream
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PLAIN_WIDTH
    show(
        report,
        console,
        full=bool(options["full"]),
        suppressed=bool(options["show_suppressed"]),
        today=datetime.now(tz=UTC).date().isoformat(),
    )
