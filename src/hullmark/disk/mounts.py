"""What is mounted where: /proc/self/mountinfo (proc_pid_mountinfo(5))."""

from re import compile as regex

from msgspec import Struct

_ESCAPE = regex(r"\\([0-7]{3})")


class Mount(Struct, frozen=True):
    """One mount point, absolute, and its file system's type."""

    path: str
    type: str


def mounts() -> list[Mount]:
    """Every mount of this process's namespace; none where /proc is not mounted."""
    try:
        with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:
            return [_mount(line) for line in file]
    except FileNotFoundError:
        return []


def _mount(line: str) -> Mount:
    before, _, after = line.partition(" - ")
    path = _ESCAPE.sub(lambda found: chr(int(found[1], 8)), before.split(" ")[4])
    return Mount(path=path, type=after.split(" ")[0])
