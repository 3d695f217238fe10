"""``hullmark explain``."""

from textwrap import fill

import click

from hullmark.apps.cli.config_options import units_option
from hullmark.apps.cli.main import shown

WIDTH = 90
"""Columns of a paragraph."""


@click.command("explain")
@click.argument("rule", metavar="RULE")
@units_option("Checks of your own, which may have it.")
def command(rule: str, units: tuple[str, ...]) -> None:
    """Say what RULE claims, why it matters, and what to do.

    RULE is the id that findings show. Of a vulnerability: hullmark advisories show ID.
    """
    from hullmark.apps.rules import close, of_user, one  # noqa: PLC0415 - imports checks

    known = of_user(units).get(rule) or one(rule)
    if known is None:
        alike = close(rule)
        hint = f"; did you mean {', '.join(alike)}?" if alike else ""
        if rule[:1].isupper():  # as ids of advisories begin, and none of ours
            hint = f"; of a vulnerability: hullmark advisories show {rule}"
        raise click.UsageError(shown(f"no rule is called {rule!r}{hint}"))
    found = known.rule
    head = (str(found.kind), found.severity.label, str(found.confidence))
    click.echo(f"{found.id}  ({', '.join(head)})")
    click.echo(f"{_plain(found.title)}.\n")
    for paragraph in found.why.strip().split("\n\n"):
        click.echo(f"{fill(_plain(paragraph), WIDTH)}\n")
    if known.looks_at:
        click.echo(f"{fill(f'Looked at: {known.looks_at}.', WIDTH, break_on_hyphens=False)}\n")
    click.echo(fill(f"Remediation: {_plain(found.remediation)}", WIDTH))
    for reference in found.references:
        click.echo(f"  {reference}")


def _plain(text: str) -> str:
    """Without marks of literals, on one line."""
    return " ".join(text.replace("``", "").split())
