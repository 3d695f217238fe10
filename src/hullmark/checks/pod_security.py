"""What checks of pods share: security contexts, capabilities, volumes of the node, accounts.

Sets and rules are those of the Pod Security Standards as a cluster of the pod's version admits
pods by them. Reference: https://kubernetes.io/docs/concepts/security/pod-security-standards/
and the checks that the cluster runs: https://github.com/kubernetes/pod-security-admission
"""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from hullmark.checks.kube import Container, Object, Pod
from hullmark.model import Evidence
from hullmark.model.placed import Map

STANDARDS = "https://kubernetes.io/docs/concepts/security/pod-security-standards/"
CONTEXTS = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"
CAPABILITIES = "https://man7.org/linux/man-pages/man7/capabilities.7.html"
VOLUMES = "https://kubernetes.io/docs/concepts/storage/volumes/"
ACCOUNTS = "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/"

ALL = "ALL"
OF_RESTRICTED = "NET_BIND_SERVICE"
"""The one capability that the restricted standard lets a container add."""

OF_BASELINE = frozenset(
    {
        "AUDIT_WRITE",
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "FSETID",
        "KILL",
        "MKNOD",
        "NET_BIND_SERVICE",
        "SETFCAP",
        "SETGID",
        "SETPCAP",
        "SETUID",
        "SYS_CHROOT",
    }
)
"""Capabilities that the baseline standard lets a container add, all of them runtimes' defaults."""

WITH_OWN_CHECK = frozenset({ALL, "NET_ADMIN", "NET_RAW", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE"})
"""Capabilities beyond the baseline that have a check each, for what they give by themselves."""

WITH_USER_NAMESPACES = 33
"""From this minor version on pods get a user namespace of their own where they ask for one.

Before, it is an alpha, or a beta that somebody must switch on.
"""

RELAXED, KNOWING_WINDOWS = 35, 25
"""Minor versions from which standards are relaxed in user namespaces, and on Windows."""

SECCOMP = frozenset({"RuntimeDefault", "Localhost"})
"""Types of seccomp profile, and of AppArmor profile, that both standards accept."""

_SOCKETS = frozenset(
    {
        "containerd.sock",
        "cri-dockerd.sock",
        "crio.sock",
        "docker.sock",
        "dockershim.sock",
        "podman.sock",
    }
)
_SOCKET_FOLDERS = frozenset({"/run/containerd", "/run/crio", "/run/k3s/containerd", "/run/podman"})
_PIPES = ("docker_engine", "containerd-containerd")
"""Named pipes of runtimes on Windows, below ``\\\\.\\pipe\\``."""

_HARMLESS_DEVICES = frozenset(
    {"/dev/full", "/dev/null", "/dev/random", "/dev/urandom", "/dev/zero"}
)

_SENSITIVE = frozenset(
    {
        *("/", "/home", "/lib", "/lib64", "/opt", "/run", "/srv", "/usr", "/usr/lib", "/usr/local"),
        *("/var", "/var/lib", "/var/lib/kubelet", "/var/spool"),
    }
)
"""Folders whose own content is the node's, though not all that lies deeper."""

_SENSITIVE_TREES = (
    *("/bin", "/boot", "/etc", "/proc", "/root", "/run/dbus", "/run/systemd", "/sbin", "/sys"),
    *("/lib/systemd", "/usr/bin", "/usr/lib/systemd", "/usr/local/bin", "/usr/local/sbin"),
    *("/usr/sbin", "/var/lib/cni", "/var/lib/containerd", "/var/lib/containers", "/var/lib/crio"),
    *("/var/lib/docker", "/var/lib/etcd", "/var/lib/kubelet/pki", "/var/lib/kubelet/pods"),
    *("/var/lib/rancher", "/var/log", "/var/spool/cron", "/windows"),
)
"""Folders that decide with all below them what the node runs, or hold its or its pods' secrets."""

_PUBLIC = (
    *("/etc/ca-certificates", "/etc/hosts", "/etc/localtime", "/etc/machine-id"),
    *("/etc/os-release", "/etc/pki/ca-trust", "/etc/resolv.conf", "/etc/ssl/certs"),
    *("/etc/timezone", "/sys/fs/bpf"),
)
"""What may be read below those without harm; the last is where programs of eBPF are kept."""


class Context(NamedTuple):
    """A security context: ``who`` has it, in words, and its path in the object."""

    who: str
    body: Map
    at: str


class HostPath(NamedTuple):
    """A volume that is a place of the node; ``line`` is that of the path."""

    volume: str
    path: str
    at: str
    line: int


class Place(Enum):
    """What a path of the node gives away."""

    RUNTIME_SOCKET = "the socket of the container runtime, or the folder that holds it"
    DEVICE = "a device"
    SENSITIVE = "a folder of the system"
    OTHER = "a folder of the node"


def called(container: Container) -> str:
    """A container as evidence names it."""
    return f"container {container.name!r}"


def contexts(pod: Pod) -> Iterator[Context]:
    """The security context of the pod, and that of every container."""
    yield Context("the pod", pod.security, f"{pod.at}.securityContext")
    for each in pod.containers():
        yield Context(called(each), each.security, f"{each.at}.securityContext")


def in_user_namespace(pod: Pod) -> bool:
    """Whether its root is nobody on the node, and the cluster may make it so."""
    return pod.spec.flag("hostUsers") is False and pod.version >= WITH_USER_NAMESPACES


def is_relaxed(pod: Pod) -> bool:
    """Whether standards ask less of it, as its root is nobody on the node."""
    return pod.spec.flag("hostUsers") is False and pod.version >= RELAXED


def is_exempt(pod: Pod) -> bool:
    """Whether it says that it runs on Windows, where standards do not ask for what Linux has."""
    return pod.is_windows and pod.version >= KNOWING_WINDOWS


def added(pod: Pod) -> Iterator[tuple[Container, str, str, int]]:
    """Every capability that is added: container, capability, path in the object, line."""
    for each in pod.containers():
        names = each.security.map("capabilities").items_of("add")
        for index, name in enumerate(names):
            if isinstance(name, str):
                at = f"{each.at}.securityContext.capabilities.add[{index}]"
                yield each, name, at, names.line_of(index)


def plain(capability: str) -> str:
    """A capability as Kubernetes writes it; runtimes also know ``CAP_SYS_ADMIN``."""
    return capability.upper().removeprefix("CAP_")


def adding(subject: Object, pod: Pod, capability: str) -> Iterator[Evidence]:
    """Evidence of every container that is given this capability."""
    for container, name, at, line in added(pod):
        if plain(name) == capability:
            yield subject.tell(at, f"{called(container)} adds the capability {name}", line)


def dropped(container: Container) -> set[str]:
    """The capabilities that a container gives up, as they are written."""
    return set(container.security.map("capabilities").texts("drop"))


def host_paths(pod: Pod, *places: Place) -> Iterator[HostPath]:
    """Every volume that is a path of the node, or those of such places."""
    for body, at in pod.volumes():
        host = body.get("hostPath")
        if isinstance(host, Map) and (not places or place_of(host.text("path")) in places):
            path, line = host.text("path"), host.line_of("path")
            yield HostPath(body.text("name"), path, f"{at}.hostPath.path", line)


def place_of(path: str) -> Place:
    """What a path of the node gives away to who can read it."""
    if path.startswith("\\\\") and path.endswith(_PIPES):
        return Place.RUNTIME_SOCKET
    if path[1:2] == ":":
        path = path[2:].replace("\\", "/").lower()
    if not path.startswith("/"):
        return Place.OTHER
    path = "/" + "/".join(part for part in path.split("/") if part not in {"", "."})
    if path == "/var/run" or path.startswith("/var/run/"):
        path = path.removeprefix("/var")
    if path in _SOCKET_FOLDERS or path.rpartition("/")[2] in _SOCKETS:
        return Place.RUNTIME_SOCKET
    if _within(path, ("/dev",)):
        return Place.OTHER if path in _HARMLESS_DEVICES else Place.DEVICE
    if path in _SENSITIVE or (_within(path, _SENSITIVE_TREES) and not _within(path, _PUBLIC)):
        return Place.SENSITIVE
    return Place.OTHER


def _within(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == each or path.startswith(f"{each}/") for each in folders)


def mounts(pod: Pod) -> Iterator[tuple[Container, Map, str]]:
    """Every mount of a volume: container, mount, path in the object."""
    for each in pod.containers():
        for index, body in enumerate(each.body.items_of("volumeMounts")):
            if isinstance(body, Map):
                yield each, body, f"{each.at}.volumeMounts[{index}]"


def account_of(pod: Pod) -> str:
    """The service account that a pod names; empty where it is left to be ``default``."""
    return pod.spec.text("serviceAccountName") or pod.spec.text("serviceAccount")


def uses_default_account(pod: Pod) -> bool:
    """Whether it asks for the namespace's default account: by name, or by asking for its token."""
    wants_token = pod.spec.flag("automountServiceAccountToken")
    account = account_of(pod)
    if wants_token is False or account not in {"", "default"}:
        return False
    return account == "default" or wants_token is True
