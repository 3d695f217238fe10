"""``hullmark``: where it begins, and the exit codes.

0 done and within policy, 1 policy or a check says no, 2 could not finish.
"""

import gc
import signal
import sys

from hullmark.apps.cli import early, output

DONE, DENIED, UNFINISHED = 0, 1, 2
YOUNG = 50_000
"""Objects made between two looks for garbage: most live as long as the command."""


def main() -> None:
    """Run, and turn our errors into one line and an exit code."""
    gc.set_threshold(YOUNG, 20, 100)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # where it is ignored, no child's end is told
    output.prepare()
    try:
        if len(sys.argv) > 2 and sys.argv[1] in early.COMMANDS:  # noqa: PLR2004 - a target
            early.begin()
        code = _run()
    except KeyboardInterrupt:
        code = _say("interrupted")
    finally:
        early.end()
    gc.freeze()  # nobody needs what would be found while all is torn down
    sys.exit(code)


def _run() -> int:
    """The exit code of the command that was given."""
    import click  # noqa: PLC0415 - while workers' process begins

    from hullmark.apps.cli.group import PREFIX, hullmark  # noqa: PLC0415

    try:
        code: int = hullmark.main(standalone_mode=False, auto_envvar_prefix=PREFIX)
    except click.exceptions.Abort:
        return _say("interrupted")
    except click.ClickException as error:
        error.show()
        return UNFINISHED
    except Exception as error:  # noqa: BLE001 - sorted by type, bugs raised again
        return told(error)
    return code


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
