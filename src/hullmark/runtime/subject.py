"""What is known of one container before it runs, with where each thing is said."""

from re import sub

from msgspec import Struct

MAX_SUBJECTS = 100
"""Containers of one file: a chart of a whole platform has some fifty."""

MAX_EACH = 200
"""Ports, paths, capabilities and programs of one container."""

MAX_CHARS = 200
"""Of a text that is repeated in a proposal."""

MAX_NAME_CHARS = 60
"""Of a name that becomes that of files and profiles; labels of Kubernetes end at 63."""


class Told(Struct, frozen=True):
    """A thing and what tells of it: ``/data`` and ``VOLUME in line 4``."""

    what: str
    by: str


class Port(Struct, frozen=True):
    """A port that is listened at: ``number`` within 1 and 65535, ``protocol`` in lower case."""

    number: int
    protocol: str
    by: str


class Workload(Struct, frozen=True, kw_only=True):
    """The object or service that a container belongs to.

    ``pod`` are the keys that lead to the pod's specification, ``role`` is the list that holds the
    container (``initContainers``); both are empty of a service of compose. ``shares`` are the
    namespaces of the node that the pod asks for (``hostNetwork``), ``beyond`` the keys of its
    security context that no proposal leaves as they are (``seLinuxOptions``).
    """

    api: str = ""
    kind: str = ""
    name: str = ""
    namespace: str = ""
    pod: tuple[str, ...] = ()
    role: str = ""
    shares: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()


class Subject(Struct, frozen=True, kw_only=True):
    """One container as far as a file or an image tells of it.

    ``form`` is ``image``, ``dockerfile``, ``kubernetes`` or ``compose``; ``place`` names it to
    people, ``name`` is fit for files and profiles. ``folder`` is where it starts, ``base`` the
    image whose accounts it has, where it changes none. ``user`` is
    ``None`` where nobody says it, ``uid`` its number where that is known, ``gid`` that of its
    group where somebody says one, and ``volume_gid`` that of the group that volumes of the pod
    belong to. ``writable`` are absolute paths that are volumes of the image, ``mounted`` those
    that something writable is mounted at already. ``programs`` are words by which languages and
    servers are known. ``bare`` tells why there is no shell. ``rooted`` are programs that it starts
    with and that only root may use. ``beyond`` are keys of its security context that no proposal
    leaves as they are, ``left`` things that ask for more than any profile may give.
    """

    form: str
    name: str
    place: str
    container: str = ""
    image: str = ""
    base: str = ""
    folder: str = ""
    user: Told | None = None
    uid: int | None = None
    gid: int | None = None
    volume_gid: int | None = None
    ports: tuple[Port, ...] = ()
    writable: tuple[Told, ...] = ()
    mounted: tuple[Told, ...] = ()
    programs: tuple[Told, ...] = ()
    shell: str = ""
    bare: str = ""
    capabilities: tuple[Told, ...] = ()
    privileged: bool = False
    architecture: str = ""
    network: str = ""
    workload: Workload | None = None
    rooted: tuple[Told, ...] = ()
    beyond: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def is_root(self) -> bool:
        """Whether it is said to run as root."""
        return self.uid == 0 or (
            self.user is not None and self.user.what.partition(":")[0] in ("", "0", "root")
        )


def slug(text: str) -> str:
    """A text as the name of files and profiles: lower case, digits and dashes."""
    plain = sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    return plain[:MAX_NAME_CHARS].strip("-") or "container"


def numbered(names: list[str]) -> list[str]:
    """The same names, with a number behind those that come again."""
    seen: set[str] = set()
    found = []
    for each in names:
        name, count = each, 1
        while name in seen:
            count += 1
            name = f"{each}-{count}"
        seen.add(name)
        found.append(name)
    return found
