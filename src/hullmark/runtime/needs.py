"""From what is known of a container to what it needs, each need with what tells of it."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from hullmark.runtime import syscalls as calls
from hullmark.runtime.accounts import Account, account
from hullmark.runtime.programs import Program, known_by
from hullmark.runtime.subject import Port, Subject, Told

NOBODY = 65532
"""The user that is proposed where the image's is root or is not known: one that no distribution
gives to anybody, and that images without a shell call ``nonroot``."""

ACCOUNTS = {"nonroot": 65532, "nobody": 65534}
"""Numbers of users that are the same in all images that have them."""

FIRST_FREE_PORT = 1024
"""Ports below are the kernel's privileged ones (``net.ipv4.ip_unprivileged_port_start``)."""

MAX_WRITABLE = 50
"""Folders that one container may write to; each becomes a volume."""

SYSTEM_PATHS = ("/", "/proc", "/sys", "/dev", "/etc", "/usr", "/bin", "/sbin", "/lib", "/boot")
"""Folders that are never proposed to be written to, whatever asks for it."""

CONFINED = "the proposal takes it back"
REFUSED = "no proposal grants it: it reaches beyond the container"


class Choice(Struct, frozen=True, kw_only=True):
    """One thing that is proposed: ``of`` which part, ``what``, and ``why`` with the evidence."""

    of: str
    what: str
    why: str


class Needs(Struct, frozen=True, kw_only=True):
    """What a container needs: groups of system calls, folders, ports, a user.

    ``writable`` are volumes that are proposed, ``mounted`` those that are there. ``families``
    are address families. ``unknown`` is what only a run can tell.
    """

    groups: tuple[calls.Group, ...]
    families: tuple[str, ...] = ()
    uid: int = NOBODY
    gid: int = NOBODY
    writable: tuple[str, ...] = ()
    mounted: tuple[str, ...] = ()
    ports: tuple[Port, ...] = ()
    choices: tuple[Choice, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every system call that is allowed whatever its arguments, sorted."""
        return tuple(sorted({name for each in self.groups for name in each.names}))

    @property
    def low_port(self) -> int:
        """The lowest privileged port; 0 where there is none."""
        low = [each.number for each in self.ports if each.number < FIRST_FREE_PORT]
        return min(low, default=0)


def needs_of(subject: Subject) -> Needs:
    """What a container needs, as far as its file or image tells."""
    known = list(_known(subject))
    subject = replace(subject, ports=subject.ports or tuple(_usual_ports(subject, known)))
    choices: list[Choice] = []
    unknown: list[str] = []
    groups = _groups(subject, known, choices, unknown)
    families = _families(subject, choices, unknown)
    uid = _user(subject, choices, unknown)
    writable = _writable(subject, known, choices)
    unknown += _general(subject, known)
    return Needs(
        groups=groups,
        families=families,
        uid=uid,
        gid=_group(subject, uid, choices, unknown),
        writable=writable,
        mounted=tuple(each.what for each in subject.mounted),
        ports=subject.ports,
        choices=tuple(choices),
        unknown=tuple(unknown),
    )


def _known(subject: Subject) -> Iterator[tuple[Program, Told]]:
    """The programs that the words of a container stand for, each once."""
    seen = set()
    for told in subject.programs:
        for each in known_by(told.what):
            if each.id not in seen:
                seen.add(each.id)
                yield each, told


def _usual_ports(subject: Subject, known: list[tuple[Program, Told]]) -> Iterator[Port]:
    """Ports below 1024 at which images of known servers listen; an image itself tells its own."""
    for program, told in known if subject.form != "image" else ():
        by = f"{told.by} ({told.what}): its image"
        yield from (Port(each, "tcp", by) for each in program.ports)


def _groups(
    subject: Subject,
    known: list[tuple[Program, Told]],
    choices: list[Choice],
    unknown: list[str],
) -> tuple[calls.Group, ...]:
    """The groups of system calls; of those that are optional each is told, taken or not."""
    found: dict[str, str] = {}
    for id, why in _asked(subject, known):
        found.setdefault(id, why)
    base = ", ".join(each.id for each in calls.ALWAYS)
    choices.append(Choice(of="seccomp", what=base, why="every program needs these"))
    for each in calls.OPTIONAL:
        taken = each.id in found
        why = found[each.id] if taken else _without(each, subject)
        choices.append(
            Choice(of="seccomp", what=f"{'' if taken else 'without '}{each.id}", why=why)
        )
    if "listener" not in found:
        unknown.append("whether it listens: no port is declared, so it may take no connections")
    return (*calls.ALWAYS, *(each for each in calls.OPTIONAL if each.id in found))


def _asked(subject: Subject, known: list[tuple[Program, Told]]) -> Iterator[tuple[str, str]]:
    """Groups with what asks for them, the strongest evidence first."""
    if subject.ports:
        port = subject.ports[0]
        more = f" and {len(subject.ports) - 1} more" if len(subject.ports) > 1 else ""
        yield calls.LISTENER.id, f"{port.by} declares {port.number}/{port.protocol}{more}"
    if subject.shell:
        yield calls.PROCESSES.id, subject.shell
    for program, told in known:
        for group in program.groups:
            yield group.id, f"{told.by} ({told.what}): {program.why}"
    if subject.network != "none":
        why = "not known to be without: names and databases are asked over the network"
        yield calls.CLIENT.id, why
    if not known and not subject.bare:
        yield calls.PROCESSES.id, "nothing tells which program this is, so it may start others"
    if subject.is_root:
        yield calls.OWNERS.id, "it is made to start as root, and may give files to another user"


def _without(group: calls.Group, subject: Subject) -> str:
    if group is calls.PROCESSES and subject.bare:
        return f"{subject.bare} brings no shell and no other program"
    return f"nothing asks for it ({group.why})"


def _refused(subject: Subject) -> Iterator[str]:
    """What the file asks for and no proposal gives."""
    for told in subject.capabilities:
        if told.what != "NET_BIND_SERVICE":
            yield f"why {told.by} asks for {told.what}: the proposal drops it"
    if subject.privileged:
        yield f"why {subject.place} is privileged: {REFUSED}"
    yield from (f"what could stand in for {each}: {REFUSED}" for each in subject.left)
    yield from (f"why {subject.place} sets {each}: {CONFINED}" for each in subject.beyond)
    if subject.workload is not None:
        yield from (f"why the pod sets {each}: {CONFINED}" for each in subject.workload.beyond)
        yield from (
            f"why the pod shares {each} with its node: {REFUSED}"
            for each in subject.workload.shares
        )


def _families(subject: Subject, choices: list[Choice], unknown: list[str]) -> tuple[str, ...]:
    if subject.network == "none":
        choices.append(Choice(of="seccomp", what="sockets: unix", why="it has no network"))
        return ("unix",)
    choices.append(
        Choice(
            of="seccomp",
            what=f"sockets: {', '.join(calls.FAMILIES)}",
            why="other families (raw packets, virtual machines, ciphers of the kernel) are seldom"
            " needed and were ways out",
        )
    )
    raw = [each.by for each in subject.capabilities if each.what in ("NET_RAW", "NET_ADMIN")]
    unknown += [f"whether {each} is for raw packets, which are refused" for each in raw]
    return tuple(calls.FAMILIES)


def _user(subject: Subject, choices: list[Choice], unknown: list[str]) -> int:
    known = ACCOUNTS.get(subject.user.what.partition(":")[0]) if subject.user else None
    if known is not None and subject.user is not None:
        why = f"{subject.user.by} says {subject.user.what}, which is that number everywhere"
        choices.append(Choice(of="user", what=str(known), why=why))
        return known
    if subject.uid:
        by = subject.user.by if subject.user else subject.place
        choices.append(Choice(of="user", what=str(subject.uid), why=f"{by} says so"))
        return subject.uid
    own = _of_base(subject)
    if own is not None and subject.user is not None:
        name = subject.user.what.partition(":")[0]
        why = f"{subject.user.by} says {name!r}, and {own.of} gives it this number"
        choices.append(Choice(of="user", what=str(own.uid), why=why))
        unknown.append(f"whether the image gives {name!r} another number than {own.uid}")
        return own.uid
    if subject.is_root:
        by = subject.user.by if subject.user else subject.place
        why = f"{by} says root: nothing here shows that root is needed"
    elif subject.user is not None:
        name = subject.user.what.partition(":")[0]
        why = f"{subject.user.by} says {name!r}, whose number is not told here"
        unknown.append(f"the number of the user {name!r}: put it in place of {NOBODY}")
    else:
        why = "nobody says which user, so it is taken for root"
    choices.append(Choice(of="user", what=str(NOBODY), why=why))
    if subject.is_root or subject.user is None:
        unknown.append(f"whether files of the image can be read, and volumes written, by {NOBODY}")
    return NOBODY


def _group(subject: Subject, uid: int, choices: list[Choice], unknown: list[str]) -> int:
    if subject.gid is not None:
        by = subject.user.by if subject.user else subject.place
        choices.append(Choice(of="group", what=str(subject.gid), why=f"{by} says so"))
        return subject.gid
    known = _of_base(subject)
    if known is not None and known.uid == uid and subject.uid is None:
        why = f"{known.of} gives this group to the user"
        choices.append(Choice(of="group", what=str(known.gid), why=why))
        return known.gid
    choices.append(Choice(of="group", what=str(uid), why="nobody says which, so it is the user's"))
    if subject.uid:
        unknown.append(f"whether a group other than {uid} may read and write what it needs")
    return uid


def _of_base(subject: Subject) -> Account | None:
    """The account that the image is known to have under the name of the user."""
    return account(subject.base, subject.user.what.partition(":")[0]) if subject.user else None


def _writable(
    subject: Subject, known: list[tuple[Program, Told]], choices: list[Choice]
) -> tuple[str, ...]:
    """Folders that get a volume, where nothing is mounted yet."""
    wanted = {"/tmp": "temporary files of most programs"}  # noqa: S108 - a path in a container
    wanted |= {each.what: f"{each.by} declares it" for each in subject.writable}
    for program, told in known:
        for path in program.writes:
            wanted.setdefault(path, f"{told.by} ({told.what}): it writes there")
    there = {each.what for each in subject.mounted}
    found = [
        (path, why) for path, why in wanted.items() if path not in there and not _is_system(path)
    ][:MAX_WRITABLE]
    choices += [Choice(of="writable", what=path, why=why) for path, why in found]
    choices += [Choice(of="writable", what=each.what, why=each.by) for each in subject.mounted]
    choices.append(Choice(of="root", what="read-only", why="what is writable is listed by folder"))
    return tuple(path for path, _ in found)


def _is_system(path: str) -> bool:
    return path in SYSTEM_PATHS or path.startswith(("/proc/", "/sys/", "/dev/"))


def _general(subject: Subject, known: list[tuple[Program, Told]]) -> Iterator[str]:
    yield from _refused(subject)
    for told in subject.rooted:
        yield f"whether {told.by} can do without root: it starts {told.what}, which needs it"
    there = [each.what for each in (*subject.mounted, *subject.writable)]
    for program, told in known:
        for path in program.keeps:
            if not any(f"{each}/".startswith(f"{path}/") for each in there):
                by = f"{told.by} ({told.what})"
                yield f"what becomes of {path}, where {by} keeps its data: no volume is there"
    if not known:
        yield "which language or server it is: nothing known is named"
    if not subject.architecture:
        yield "the architecture: the profile holds for amd64 and arm64"
    yield "files that it writes elsewhere, and programs that it loads from writable folders"
