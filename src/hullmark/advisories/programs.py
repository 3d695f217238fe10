"""Programs that no distribution packaged: under which names advisories tell of them.

Names: https://pkg.go.dev/vuln/ (Go), https://kubernetes.io/docs/reference/issues-security/
official-cve-feed/ (Kubernetes, by component), https://github.com/bitnami/vulndb (versions as the
projects number them) and https://ossf.github.io/osv-schema/#defined-ecosystems (Linux).
"""

from collections.abc import Mapping
from re import compile as regex

from msgspec import Struct

from hullmark.model import Package

Name = tuple[str, str]
"""Ecosystem and name."""


class Program(Struct, frozen=True, kw_only=True):
    """A Go program: its main modules without their major version, and what its files are called.

    ``also`` are further names of it; of those only what names a fix counts, since the same code is
    told of under several names, and under some of them for ever.
    """

    modules: tuple[str, ...]
    files: tuple[str, ...]
    also: tuple[Name, ...] = ()


def _component(file: str, *names: str) -> Program:
    """A program of Kubernetes, with the names of its parts in the project's own feed."""
    also = tuple(("Kubernetes", f"k8s.io/{name}") for name in ("kubernetes", *names))
    return Program(modules=("k8s.io/kubernetes",), files=(file,), also=also)


PROGRAMS = (
    Program(modules=("github.com/opencontainers/runc",), files=("runc", "docker-runc")),
    Program(
        modules=("github.com/containerd/containerd",),
        files=(
            "containerd",
            "containerd-shim",
            "containerd-shim-runc-v1",
            "containerd-shim-runc-v2",
            "ctr",
            "docker-containerd",
        ),
    ),
    Program(
        modules=("github.com/docker/docker",),
        files=("dockerd", "docker-proxy"),
        also=(("Go", "github.com/moby/moby"),),
    ),
    Program(modules=("github.com/moby/moby",), files=("dockerd", "docker-proxy")),
    Program(modules=("github.com/docker/cli",), files=("docker",)),
    Program(modules=("github.com/moby/buildkit",), files=("buildkitd", "buildctl")),
    Program(modules=("github.com/cri-o/cri-o",), files=("crio",)),
    Program(modules=("github.com/containers/podman",), files=("podman", "podman-remote")),
    Program(modules=("github.com/containers/buildah",), files=("buildah",)),
    Program(modules=("github.com/containers/skopeo",), files=("skopeo",)),
    Program(
        modules=("go.etcd.io/etcd", "go.etcd.io/etcd/server"),
        files=("etcd",),
        also=(("Go", "go.etcd.io/etcd/v3"), ("Go", "github.com/etcd-io/etcd")),
    ),
    _component("kube-apiserver", "apiserver"),
    _component("kube-controller-manager", "controller-manager"),
    _component("kube-scheduler"),
    _component("kube-proxy", "kube-proxy"),
    _component("kubeadm"),
    _component("kubectl", "kubectl"),
    _component("kubelet", "kubelet"),
)

BITNAMI: Mapping[str, str] = {
    "clickhouse": "clickhouse",
    "envoy": "envoy",
    "git": "git",
    "haproxy": "haproxy",
    "httpd": "apache",
    "lua": "lua",
    "mariadb": "mariadb",
    "memcached": "memcached",
    "mongodb": "mongodb",
    "mysql": "mysql",
    "nginx": "nginx",
    "node": "node",
    "openldap": "openldap",
    "pgbouncer": "pgbouncer",
    "php": "php",
    "postgresql": "postgresql",
    "python": "python",
    "redis": "redis",
    "ruby": "ruby",
    "sqlite": "sqlite",
    "valkey": "valkey",
    "varnish": "varnish",
}
"""Bitnami's names of programs that are found by their signature."""

KERNEL: Name = ("Linux", "Kernel")

_major = regex(r"/v[0-9]+\Z").sub
_number = regex(r"[0-9]+(?:\.[0-9]+){1,3}").match
_BY_FILE = {
    (module, file): program
    for program in PROGRAMS
    for module in program.modules
    for file in program.files
}


_NO_RELEASES = ("(devel)", "UNKNOWN")
"""What bills of materials say where a module tells no version."""

_is_checkout = regex(r"v0\.0\.0-.*\+dirty\Z").match
"""What Go says of a main module of a tree without tags and with changes of its own."""


def program_of(package: Package) -> Program | None:
    """The program whose main module a package is; ``None`` where it is only built in."""
    if package.type != "golang":
        return None
    file = package.path.partition("!/")[0].rpartition("/")[2]
    return _BY_FILE.get((_major("", package.full_name), file))


def comparable(package: Package) -> str:
    """The version of a Go module to compare; empty of a program built from a checkout.

    A distribution stamps its own mark behind that of a program: ``v1.6.20~ds1``.
    """
    version = package.version
    if version in _NO_RELEASES or _is_checkout(version):
        return ""
    if not version.startswith("v0.0.0-") and "~" not in version:
        return version
    if program_of(package) is None:
        return version
    return "" if version.startswith("v0.0.0-") else version.partition("~")[0]


def names_of(package: Package) -> tuple[Name, ...]:
    """Further names under which advisories tell of a program."""
    if package.type == "generic":
        if package.name == "linux-kernel":
            return (KERNEL,)
        name = BITNAMI.get(package.name)
        return (("Bitnami", name),) if name else ()
    program = program_of(package)
    return program.also if program else ()


def release_of_go(toolchain: str) -> str:
    """The release that a toolchain was built from: ``1.22.5`` of ``go1.22.5-fips X:boringcrypto``.

    What is between releases (``1.24-0a1b2c``) is taken for the beginning of the next.
    """
    return toolchain.removeprefix("go").partition(" ")[0].partition("-")[0]


def release_of_kernel(release: str) -> str:
    """The version that a kernel's release begins with; empty where it begins with none."""
    found = _number(release)
    return found[0] if found else ""
