"""Jobs of cron: crontab(5), and the folders whose scripts it runs."""

from collections.abc import Iterator

from hullmark.checks.lines import Line, lines
from hullmark.model import File

TABLES = (
    "etc/crontab",
    "etc/cron.d/*",
    "etc/crontabs/*",
    "var/spool/cron/*",
    "var/spool/cron/crontabs/*",
    "etc/anacrontab",
)
FOLDERS = (
    "etc/cron.hourly/*",
    "etc/cron.daily/*",
    "etc/cron.weekly/*",
    "etc/cron.monthly/*",
    "etc/periodic/15min/*",
    "etc/periodic/hourly/*",
    "etc/periodic/daily/*",
    "etc/periodic/weekly/*",
    "etc/periodic/monthly/*",
)
CRON = (*TABLES, *FOLDERS)
SCRIPTS = tuple(name.removesuffix("*") for name in FOLDERS)
PLACEHOLDER = ".placeholder"

TIMES = 5
ANACRON_TIMES = 3
"""Fields of a line that say when, and how a job of anacron is called."""


def jobs(file: File) -> Iterator[Line]:
    """The commands of a table, or the lines of a script, each with its line."""
    if file.name == PLACEHOLDER:
        return
    for number, line in lines(file):
        if file.path.startswith(SCRIPTS):
            yield Line(number, line)
        elif command := _command(file.path, line):
            yield Line(number, command)


def _command(path: str, line: str) -> str:
    """The command of a line of a table; empty where a variable is set."""
    start = line[0]
    if start.isalpha() and "=" in line.split(None, 1)[0]:
        return ""
    named = path == "etc/crontab" or path.startswith("etc/cron.d/")
    count = (1 if start == "@" else TIMES) + named
    if path == "etc/anacrontab":
        count = ANACRON_TIMES
    parts = line.split(None, count)
    return parts[count] if len(parts) > count else ""
