"""``hullmark rules``."""

from collections.abc import Sequence

import click

from hullmark.apps.cli.config_options import units_option
from hullmark.apps.cli.main import DENIED, DONE, shown
from hullmark.apps.cli.scan_options import SEVERITIES
from hullmark.model import Kind, Rule, Severity

KINDS = [str(kind) for kind in Kind]


@click.group("rules")
def command() -> None:
    """List what findings may claim; explain tells of one rule."""


@command.command("list")
@click.option("--kind", type=click.Choice(KINDS), help="Rules of this kind.")
@click.option("--severity", type=click.Choice(SEVERITIES), help="Rules from this severity on.")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to write them.",
)
@units_option("Checks of your own, listed with ours.")
def listed(*, kind: str | None, severity: str | None, form: str, units: tuple[str, ...]) -> None:
    """Print all rules: id, kind, severity, title.

    Vulnerabilities and malicious packages are named by their advisories, and rules of --yara by
    their own names: neither are among them.
    """
    from hullmark.apps.rules import every, of_user  # noqa: PLC0415 - imports every check

    lowest = Severity[severity.upper()] if severity else Severity.INFO
    rules = [
        each.rule
        for each in (*every().values(), *of_user(units).values())
        if kind in (None, str(each.rule.kind)) and each.rule.severity >= lowest
    ]
    click.echo(_json(rules) if form == "json" else _lines(rules))


@command.command("test")
@click.argument("folders", metavar="DIR...", nargs=-1, required=True)
@click.pass_context
def tested(ctx: click.Context, folders: tuple[str, ...]) -> None:
    """Try the checks of DIR on their own good and bad examples: docs/own-checks.md.

    Exit code: 0 all are as they say, 1 one is not, 2 a module is none.
    """
    from hullmark.scan.trying import tried  # noqa: PLC0415 - imports every check

    done = list(tried(folders))
    for each in done:
        click.echo(f"{'failed' if each.faults else 'ok':6}  {each.id}  ({each.examples} examples)")
        for fault in each.faults:
            click.echo(f"        {shown(each.path)}: {shown(fault)}")
    ctx.exit(DENIED if any(each.faults for each in done) else DONE)


def _json(rules: Sequence[Rule]) -> str:
    import msgspec  # noqa: PLC0415 - for who wants it

    told = [
        {
            "id": rule.id,
            "title": rule.title,
            "kind": str(rule.kind),
            "severity": rule.severity.label,
            "confidence": str(rule.confidence),
            "why": rule.why,
            "remediation": rule.remediation,
            "references": list(rule.references),
        }
        for rule in rules
    ]
    return msgspec.json.format(msgspec.json.encode(told)).decode()


def _lines(rules: Sequence[Rule]) -> str:
    ids = max((len(rule.id) for rule in rules), default=0)
    kinds = max(map(len, KINDS))
    return "\n".join(
        f"{rule.id:{ids}}  {rule.kind!s:{kinds}}  {rule.severity.label:8}  {rule.title}"
        for rule in rules
    )
