"""The commands of ``hullmark``, loaded when they are called."""

import os
from importlib import import_module

import click

from hullmark import __version__
from hullmark.apps.cli import variables

PREFIX = "HULLMARK"

COMMANDS = {
    "scan": "Say what an image or a file system holds, what is wrong with it, and what to do.",
    "report": "Say how a target stands to frameworks, with evidence, for auditors.",
    "fix": "Bring what a project asks for to versions without known vulnerabilities.",
    "propose": "Say what a container needs when it runs, and write profiles that allow no more.",
    "verify": "Check one promise of an artifact, and nothing else.",
    "layers": "Learn the layers of base images, to recognise them in others.",
    "advisories": "Keep the advisories on hand up to date, and look into them.",
    "intel": "Keep lists of files and addresses that are known to be bad, for scans.",
    "rules": "List what findings may claim.",
    "explain": "Say what a rule claims, why it matters, and what to do.",
    "completion": "Print a completion script for a shell.",
}


class Lazy(click.Group):
    """Imports a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the help page."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"hullmark.apps.cli.{cmd_name}")
        command: click.Command = module.command
        variables.named(command, f"{PREFIX}_{cmd_name.upper()}")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; none of its variables may be misspelt."""
        name, command, rest = super().resolve_command(ctx, args)
        if name and command and not ctx.resilient_parsing:
            variables.check(command, f"{PREFIX}_{name.upper()}", os.environ)
        return name, command, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hullmark", message="%(prog)s %(version)s")
def hullmark() -> None:
    """Examine what makes a container run, and say whether it may.

    Every option can be set by a variable: HULLMARK_SCAN_FORMAT for scan --format.
    """
