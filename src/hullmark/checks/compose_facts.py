"""What checks of compose share: paths of the host, ports, images and secrets that matter."""

from collections.abc import Iterator, Mapping
from posixpath import normpath

from hullmark.checks.compose_file import Compose, Service
from hullmark.checks.compose_merge import alternatives, has_variable, plain
from hullmark.checks.compose_parts import BIND, Mount, Pair, Port
from hullmark.checks.image_facts import holds_secret, short
from hullmark.model import Evidence
from hullmark.model.later import regex
from hullmark.model.placed import Map

FOLDERS = frozenset(
    """
    /bin /boot /dev /etc /home /lib /lib64 /proc /root /run /sbin /sys /usr /usr/lib /usr/local
    /usr/local/bin /var /var/lib /var/run /etc/cron.d /etc/pam.d /etc/ssh /etc/sudoers.d
    """.split()  # noqa: SIM905 - a list of so many words reads as text
)
"""Folders of the host with what runs it: who writes there runs programs as root."""

BELOW = (
    *("/boot/", "/proc/", "/root/", "/sys/", "/usr/bin/", "/usr/sbin/", "/lib/modules"),
    *("/etc/shadow", "/etc/passwd", "/etc/group", "/etc/sudoers", "/etc/crontab", "/etc/ssh/"),
    *("/etc/systemd", "/etc/docker", "/etc/kubernetes", "/etc/ld.so.preload"),
    *("/var/lib/docker", "/var/lib/containerd", "/var/lib/kubelet", "/var/spool/cron"),
)
"""What begins so matters too."""

_HARMLESS_TO_READ = (
    *("/lib/modules", "/etc/passwd", "/etc/group", "/boot/config", "/usr", "/bin", "/sbin", "/lib"),
    *("/lib64", "/sys/fs/cgroup", "/sys/class", "/sys/block", "/sys/devices"),
)
_SOCKETS = (
    *("docker.sock", "containerd.sock", "crio.sock", "podman.sock", "dockershim.sock"),
    *("cri-dockerd.sock", "docker_engine"),
)
_MAX_SOURCE_CHARS = 1000

_credentials = regex(
    r"/\.(?:ssh|aws|kube|docker|gnupg|azure|config/gcloud|netrc|git-credentials|npmrc|pypirc"
    r"|vault-token|password-store|terraform\.d)(?:/|\Z)"
).search

_option = regex(
    r"--?(?:[a-z0-9]+[-_.])*(?:password|passwd|passphrase|secret|token|api-?key|requirepass"
    r"|masterauth|secret-key|access-key)(?:=(.*))?\Z"
).match
_assigned = regex(r"([A-Za-z_][A-Za-z0-9_]{0,99})=(.+)\Z").match
_SHORT_OPTION = regex(r"-p(?=.)(\S{4,})\Z").match
_MYSQL = ("mysql", "mysqladmin", "mariadb", "mariadb-admin", "mysqldump")


def host_path(mount: Mount) -> str:
    """The path of the host that is mounted, in its shortest form; empty where it is none."""
    return shortest(mount.source) if mount.kind == BIND else ""


def shortest(path: str) -> str:
    """An absolute path in its shortest form; empty for another."""
    if not path.startswith("/") or len(path) > _MAX_SOURCE_CHARS:
        return ""
    return "/" + normpath(path).lstrip("/")


def is_of_system(path: str) -> bool:
    """Whether this path of the host holds what runs it."""
    return path in FOLDERS or path.startswith(BELOW)


def is_secret_to_read(path: str) -> bool:
    """Whether reading this path of the host tells more than a service should know."""
    return path == "/" or (is_of_system(path) and not path.startswith(_HARMLESS_TO_READ))


def is_engine_socket(mount: Mount) -> bool:
    """Whether a container engine is ruled through what is mounted."""
    ends = (mount.source.replace("\\", "/"), mount.target.replace("\\", "/"))
    return any(each.rpartition("/")[2] in _SOCKETS for each in ends) and mount.source != ""


def holds_credentials(mount: Mount) -> bool:
    """Whether a person's keys and logins are mounted."""
    source = mount.source[:_MAX_SOURCE_CHARS]
    if "SSH_AUTH_SOCK" in source:
        return True
    if not source.startswith(("/", "~", "$")) or source.endswith((".pub", "/known_hosts")):
        return False
    return bool(_credentials(source))


def literal_secret(pair: Pair) -> bool:
    """Whether the file gives a secret to a name, and no variable."""
    if pair.value is None:
        return False
    if has_variable(pair.value):
        given = alternatives(pair.value[:_MAX_SOURCE_CHARS])
        return any(holds_secret(pair.name, plain(each)) for each in given)
    return holds_secret(pair.name, plain(pair.value))


def secret_of(words: list[str]) -> str:
    """The option or variable by which a command is given a secret; empty where it is given none."""
    program = ""
    for word, following in zip(words, (*words[1:], ""), strict=False):
        found = _option(word.lower()) if len(word) < _MAX_SOURCE_CHARS else None
        value = (word.partition("=")[2] or following) if found else ""
        if found and _is_given(value) and holds_secret("password", value):
            return word.partition("=")[0]
        named = _assigned(word) if len(word) < _MAX_SOURCE_CHARS else None
        if named and _is_given(named[2]) and holds_secret(named[1], named[2]):
            return named[1]
        if word.rpartition("/")[2] in _MYSQL:
            program = word
        short_option = _SHORT_OPTION(word) if program and len(word) < _MAX_SOURCE_CHARS else None
        if short_option and _is_given(short_option[1]):
            return "-p"
    return ""


def _is_given(value: str) -> bool:
    return value != "" and "$" not in value and not value.startswith(("-", "{", "%"))


def pulled(compose: Compose) -> Iterator[tuple[Service, str, str]]:
    """Services whose image is pulled under a name without digest, with its repository and tag."""
    for each in compose.services():
        name = each.body.text("image")
        repository, tag, digest = each.image
        if name and not each.is_built and not has_variable(name) and not digest:
            yield each, repository, tag


def published(compose: Compose, numbers: Mapping[int, str]) -> Iterator[Evidence]:
    """Ports of containers among these that are published on all interfaces."""
    for each in compose.services():
        for port in each.ports():
            if port.is_everywhere and port.protocol == "tcp":
                for number, called in numbers.items():
                    if port.leads_to(number):
                        says = f"{short(port.written)} opens {called} on all interfaces"
                        yield each.tell(port.at, says, port.line)
                        break


def host_port(port: Port) -> str:
    """The port of the host as people say it."""
    if port.host is None:
        return "a port that is drawn"
    first, last = port.host
    return f"port {first}" if first == last else f"ports {first} to {last}"


def awaited_to_end(compose: Compose) -> set[str]:
    """Services that others wait for until they end: they run once and not on."""
    found = set()
    for each in compose.services():
        for name, how in each.body.map("depends_on").items():
            if isinstance(how, Map) and how.text("condition") == "service_completed_successfully":
                found.add(name)
    return found


def runs_once(service: Service) -> bool:
    """Whether a service says that it is not started again."""
    return service.body.text("restart") == "no" or service.body.get("restart") is False


def networks_of(service: Service) -> Iterator[tuple[str, int]]:
    """Networks that a service joins, each with its line."""
    found = service.body.get("networks")
    if isinstance(found, Map):
        yield from ((name, found.line_of(name)) for name in found)
    else:
        for name, line, _ in service.entries("networks"):
            yield name, line


def copies(service: Service) -> int:
    """How many containers of it are wanted."""
    wanted = service.deploy.number("replicas")
    return (service.body.number("scale") or 1) if wanted is None else wanted


def devices_of(service: Service) -> Iterator[tuple[str, int, str]]:
    """Devices of the host that a service is given, each with its line and place."""
    listed = service.body.items_of("devices")
    for index, each in enumerate(listed):
        path = each.text("source") if isinstance(each, Map) else each
        if isinstance(path, str):
            yield path.partition(":")[0], listed.line_of(index), f"devices[{index}]"


def named(compose: Compose, key: str) -> Iterator[tuple[str, int]]:
    """Names below a key at the top, those without settings too, each with its line."""
    found = compose.body.map(key)
    yield from ((name, found.line_of(name)) for name in found)
