"""Folders that the loader takes libraries from, and that others may write to."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import lines, shown
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

WRITABLE = ("/tmp", "/var/tmp", "/dev/shm", "/run/user", "/home")  # noqa: S108 - what is looked for


def _bad() -> tuple[File, ...]:
    return (
        text("etc/ld.so.conf.d/a.conf", "/tmp/lib"),  # noqa: S108 - what is looked for
        text("etc/ld.so.conf", "include ld.so.conf.d/*.conf", "lib"),
        text("etc/ld-musl-x86_64.path", "/lib:/usr/lib:/usr/lib/.x"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/ld.so.conf", "include ld.so.conf.d/*.conf"),
        text("etc/ld.so.conf.d/x.conf", "# libc", "/usr/local/lib", "/usr/lib/x86_64-linux-gnu"),
    )


@file_check(
    id="writable-library-path",
    title="Libraries are loaded from a folder that others may write to",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=(
        "etc/ld.so.conf",
        "etc/ld.so.conf.d/*.conf",
        "etc/ld-musl-x86_64.path",
        "etc/ld-musl-aarch64.path",
    ),
    bad=_bad,
    good=_good,
    remediation="Remove the folder from the list, or move the libraries below /usr/local/lib.",
    references=("https://man7.org/linux/man-pages/man8/ldconfig.8.html",),
)
def writable_library_path(file: File) -> Iterator[Evidence]:
    """A library that somebody puts there is loaded by programs of all users, root's too."""
    for number, line in lines(file):
        if line.startswith(("include ", "hwcap ")):
            continue
        for folder in line.replace(":", " ").replace(",", " ").split():
            path = folder.rstrip("/") + "/"
            why = ""
            if not folder.startswith("/"):
                why = "is relative"
            elif path.startswith(tuple(f"{each}/" for each in WRITABLE)):
                why = "may be written to by others"
            elif "/." in path:
                why = "is hidden"
            if why:
                says = f"library folder {shown(folder)} {why}"
                yield Evidence(at=f"{folder}:{number}", says=says, line=number)
