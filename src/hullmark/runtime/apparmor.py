"""A profile of AppArmor.

Format: https://gitlab.com/apparmor/apparmor/-/wikis/QuickProfileLanguage and apparmor.d(5). It
includes nothing, so that it loads wherever there is a parser.
"""

from collections.abc import Iterable, Iterator
from re import compile as regex

from hullmark.runtime.needs import SYSTEM_PATHS, Needs
from hullmark.runtime.subject import Subject

PREFIX = "hullmark-"
"""Before the name of a profile, as nodes list it."""

PROGRAMS = (
    *("/{,usr/}bin/**", "/{,usr/}sbin/**", "/{,usr/}lib{,32,64,x32}/**", "/usr/libexec/**"),
    *("/usr/local/**", "/usr/share/**", "/opt/**", "/app/**", "/srv/**", "/home/**"),
    *("/usr/src/**", "/code/**", "/workspace/**", "/layers/**", "/cnb/**", "/{,.}venv/**"),
    *("/docker-entrypoint*.d/**", "/command/**", "/package/**"),
    *("/go/**", "/var/www/**"),
)
"""Where programs are run from: those of distributions, of builders, and parts of entry points."""

_DENIED = (
    ("mount", "the view of files stays as it is made"),
    ("umount", ""),
    ("remount", ""),
    ("pivot_root", ""),
    ("ptrace (trace)", "no process looks into another"),
    ("/proc/sys/** wklx", "settings of the kernel"),
    ("/proc/sysrq-trigger rwklx", ""),
    ("/proc/kcore rwklx", ""),
    ("/proc/kmem rwklx", ""),
    ("/proc/mem rwklx", ""),
    ("/proc/kallsyms rwklx", ""),
    ("/proc/acpi/** wklx", ""),
    ("/proc/irq/** wklx", ""),
    ("/proc/bus/** wklx", ""),
    ("/sys/** wklx", "devices and control groups"),
    ("/sys/firmware/** rwklx", ""),
    ("/sys/kernel/security/** rwklx", ""),
    ("/sys/kernel/debug/** rwklx", ""),
)
_plain = regex(r"/[A-Za-z0-9._/+-]*\Z").match


def profile_name(subject: Subject) -> str:
    """The name under which a node knows the profile."""
    return f"{PREFIX}{subject.name}"


def is_plain(path: str) -> bool:
    """Whether a path means itself alone in a rule: no sign of a pattern, no way up."""
    return bool(_plain(path)) and ".." not in path.split("/") and path != "/"


def apparmor(subject: Subject, needs: Needs) -> str:
    """The text of the profile, which ends with a line break."""
    name = profile_name(subject)
    lines = [f"profile {name} flags=(attach_disconnected,mediate_deleted) {{"]
    lines += [f"  {line}" if line else "" for line in _rules(name, subject, needs)]
    return "\n".join((*lines, "}", ""))


def _rules(name: str, subject: Subject, needs: Needs) -> Iterator[str]:
    yield "# Programs and data of the image: read and run, never written."
    yield "/ r,"
    yield "/** r,"
    yield from (f"{each} mrix," for each in PROGRAMS)
    yield "/* mrix,"
    if is_plain(subject.folder) and subject.folder not in SYSTEM_PATHS:
        yield f"{subject.folder.rstrip('/')}/** mrix,"
    yield ""
    yield "# What may be written, and not run."
    yield from _writes(needs)
    yield "/dev/{null,zero,full,random,urandom,tty,ptmx} rw,"
    yield "/dev/pts/* rw,"
    yield "/dev/{stdin,stdout,stderr} rw,"
    yield "/dev/shm/** rwkm,"  # noqa: S108 - a path in a container
    yield "owner /proc/[0-9]*/task/[0-9]*/comm rw,"
    yield "owner /proc/[0-9]*/oom_score_adj rw,"
    yield ""
    yield "# Network."
    yield from _network(needs.families)
    yield ""
    if needs.low_port:
        yield f"# Port {needs.low_port}, where the node keeps ports below 1024 for root."
        yield "capability net_bind_service,"
        yield ""
    yield f"signal (send, receive) peer={name},"
    yield "signal (receive) peer=unconfined,"
    yield "signal (receive) peer={runc,crun,/usr/{,local/}{,s}bin/{runc,crun}},"
    yield f"ptrace (read, readby) peer={name},"
    yield ""
    for rule, why in _DENIED:
        if why:
            yield f"# Denied whatever else is allowed: {why}."
        yield f"deny {rule},"


def _writes(needs: Needs) -> Iterator[str]:
    for path in dict.fromkeys((*needs.writable, *needs.mounted)):
        if is_plain(path):
            yield f"{path} rw,"
            yield f"{path}/ rw,"
            yield f"{path}/** rwkl,"


def _network(families: Iterable[str]) -> Iterator[str]:
    for each in families:
        if each == "netlink":
            yield "network netlink raw,"
        else:
            yield f"network {each} stream,"
            yield f"network {each} dgram,"
