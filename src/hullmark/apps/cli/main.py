"""``hullmark``: the commands, loaded when they are called, and the exit codes.

0 done and within policy, 1 policy or a check says no, 2 could not finish.
"""

import gc
import os
import sys
from importlib import import_module
from io import TextIOWrapper

import click

from hullmark import __version__

DONE, DENIED, UNFINISHED = 0, 1, 2
YOUNG = 50_000
"""Objects made between two looks for garbage: most live as long as the command."""

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
        return command

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


def main() -> None:
    """Run, and turn our errors into one line and an exit code."""
    gc.set_threshold(YOUNG, 20, 100)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = hullmark.main(standalone_mode=False, auto_envvar_prefix="HULLMARK")
    except click.exceptions.Abort:
        code = _say("interrupted")
    except click.ClickException as error:
        error.show()
        code = UNFINISHED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    except Exception as error:  # noqa: BLE001 - sorted by type, bugs raised again
        code = told(error)
    sys.exit(code)


def told(error: Exception) -> int:
    """Say what went wrong. VerifyError is a no, all else could not finish; not ours is a bug."""
    from hullmark.model import HullmarkError, VerifyError  # noqa: PLC0415 - not for --version

    if not isinstance(error, HullmarkError):
        sys.excepthook(type(error), error, error.__traceback__)
        return _say("stopped by a fault of its own, told above: please report it")
    _say(str(error))
    return DENIED if isinstance(error, VerifyError) else UNFINISHED


def shown(text: str) -> str:
    """Text for a terminal: control characters of untrusted text as escapes."""
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)


def _say(text: str) -> int:
    """One line to stderr."""
    print(f"hullmark: {shown(text)}", file=sys.stderr)  # noqa: T201 - the command line's voice
    return UNFINISHED
