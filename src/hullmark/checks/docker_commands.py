"""Commands of docker, podman and nerdctl: what they run, mount and build.

Options: https://docs.docker.com/reference/cli/docker/container/run/,
https://docs.docker.com/reference/cli/docker/buildx/build/
"""

from collections.abc import Collection, Iterable, Iterator

from msgspec import Struct

from hullmark.checks.image_facts import holds_secret, reference, short
from hullmark.checks.shell import Command

PROGRAMS = frozenset(("docker", "podman", "nerdctl", "docker.io"))

_GROUPS = frozenset(("container", "image", "buildx", "builder"))
_GLOBAL_WITH_WORDS = frozenset(("--context", "-c", "-H", "--host", "--config", "-l", "--log-level"))
_FLAGS = frozenset(
    (
        *("-d", "--detach", "-i", "--interactive", "-t", "--tty", "--rm", "--privileged"),
        *("--init", "--read-only", "-P", "--publish-all", "--no-healthcheck", "-q", "--quiet"),
        *("--oom-kill-disable", "--disable-content-trust", "-a", "--all-tags", "--replace"),
    )
)
"""Options of ``run`` and ``pull`` that are followed by no word of theirs."""

_SHORT_FLAGS = frozenset("ditPq")
_STARTING = ("run", "create")

BINARY_FORMATS = ("multiarch/qemu-user-static", "tonistiigi/binfmt", "docker/binfmt")
"""Images that teach a kernel to run programs of other processors, which takes its root."""

SOCKETS = ("docker.sock", "containerd.sock", "crio.sock", "podman.sock", "cri-dockerd.sock")

ALL_POWERS = frozenset(("ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO"))
"""Capabilities that lead to the host's root without more."""

_NAMESPACES = {
    "--network": "network",
    "--net": "network",
    "--pid": "process",
    "--ipc": "IPC",
    "--userns": "user",
    "--cgroupns": "cgroup",
    "--uts": "UTS",
}


class Started(Struct, frozen=True, kw_only=True):
    """A container that a command starts: options with their words, and the image."""

    options: tuple[tuple[str, str], ...]
    image: str

    def values(self, *names: str) -> Iterator[str]:
        """What these options are given."""
        return (value for name, value in self.options if name in names)


def action(command: Command) -> tuple[str, tuple[str, ...]]:
    """What the program is to do (``run``, ``build``, ``login``), and the words after that."""
    if command.program not in PROGRAMS:
        return "", ()
    words = command.words
    at = 0
    while at < len(words) and (words[at].startswith("-") or words[at] in _GROUPS):
        at += 2 if words[at] in _GLOBAL_WITH_WORDS else 1
    return (words[at], words[at + 1 :]) if at < len(words) else ("", ())


def started(command: Command) -> Started | None:
    """The container that a command starts or makes; ``None`` where it makes none."""
    does, words = action(command)
    return options_of(words) if does in _STARTING else None


def options_of(words: Collection[str]) -> Started:
    """Options of ``docker run``, up to the image."""
    left = iter(words)
    found: list[tuple[str, str]] = []
    for word in left:
        if not word.startswith("-") or word == "-":
            return Started(options=tuple(found), image=word)
        name, given, value = word.partition("=")
        if not word.startswith("--"):
            letters = word[1:].lstrip("".join(_SHORT_FLAGS))
            found += ((f"-{each}", "") for each in word[1 : len(word) - len(letters)])
            name, value, given = f"-{letters[:1]}", letters[1:].removeprefix("="), letters[1:]
            if not letters:
                continue
        if not given and name not in _FLAGS:
            value = next(left, "")
        found.append((name, value))
    return Started(options=tuple(found), image="")


def privileged(command: Command) -> str:
    """By what a command gives a container all that the host's root may do."""
    container = started(command)
    if container is None or container.image.startswith(BINARY_FORMATS):
        return ""
    option = privileged_by(container)
    return f"{command.program} starts {_name(container)} with {option}" if option else ""


def privileged_by(container: Started) -> str:
    """The option that gives a container the power of the host's root."""
    for name, value in container.options:
        if name == "--privileged" and value.lower() not in ("false", "0"):
            return "--privileged"
        if name == "--cap-add" and value.upper().removeprefix("CAP_") in ALL_POWERS:
            return f"--cap-add {value}"
    return ""


def socket_mounted(command: Command) -> str:
    """Which socket of a container runtime a command mounts."""
    container = started(command)
    source = next((each for each in sources(container) if is_socket(each)), "") if container else ""
    if not container or not source:
        return ""
    return f"{command.program} mounts {short(source)} into {_name(container)}"


def root_mounted(command: Command) -> str:
    """How a command mounts the whole file system of the host."""
    container = started(command)
    if container is None or "/" not in sources(container):
        return ""
    return f"{command.program} mounts the host's / into {_name(container)}"


def sources(container: Started) -> list[str]:
    """What of the host is mounted."""
    found = [each.partition(":")[0] for each in container.values("-v", "--volume")]
    for each in container.values("--mount"):
        pairs = dict(part.partition("=")[::2] for part in each.split(","))
        found.append(pairs.get("source") or pairs.get("src") or "")
    return found


def is_socket(source: str) -> bool:
    """Whether a path is that of a container runtime's socket."""
    return source.startswith(("/", "$")) and source.endswith(SOCKETS)


def host_namespace(command: Command) -> str:
    """Which namespace of the host a command lets a container into."""
    container = started(command)
    shared = namespace_shared(container) if container else ""
    if not container or not shared:
        return ""
    return f"{command.program} starts {_name(container)} in the host's {shared} namespace"


def namespace_shared(container: Started) -> str:
    """The namespace of the host that a container is in."""
    for name, value in container.options:
        if name in _NAMESPACES and value == "host":
            return _NAMESPACES[name]
    return ""


def built_names(commands: Iterable[Command]) -> frozenset[str]:
    """Names that commands give to images which they build, without their tags."""
    found = set[str]()
    for command in commands:
        does, words = action(command)
        if does in ("build", "tag", "load", "commit"):
            found |= {reference(each.partition("=")[2] or each)[0] for each in words}
    return frozenset(found)


def moving_image(command: Command, built: Collection[str] = ()) -> str:
    """Which image a command runs or pulls by the tag latest, or by none, and has not built."""
    does, words = action(command)
    if does not in (*_STARTING, "pull"):
        return ""
    image = options_of(words).image
    said = latest(image) if reference(image)[0] not in built else ""
    return f"{command.program} {does} takes {said}" if said else ""


def latest(image: str) -> str:
    """How an image's name asks for the latest; empty where it does not, or is not known."""
    if not image or "$" in image or "{" in image or image.startswith((".", "/", "-", "<")):
        return ""
    repository, tag, digest = reference(image)
    if digest or (tag and tag != "latest"):
        return ""
    return f"{short(repository)} by {'the tag latest' if tag else 'no tag, which is latest'}"


def secret_argument(command: Command) -> str:
    """Which argument of a build holds a secret, by its name."""
    does, words = action(command)
    if does != "build" and command.program not in ("buildah", "kaniko", "executor"):
        return ""
    for before, word in zip(("", *words), words or command.words, strict=False):
        given = word.removeprefix("--build-arg=") if word.startswith("--build-arg=") else ""
        name = given or (word if before == "--build-arg" else "")
        if name and names_secret(name.partition("=")[0]):
            return f"the build argument {short(name.partition('=')[0])} is a secret"
    return ""


def names_secret(name: str) -> bool:
    """Whether a variable of this name holds a secret, whatever its value is."""
    return holds_secret(name, "a value")


def _name(container: Started) -> str:
    return short(container.image) if container.image else "a container"
