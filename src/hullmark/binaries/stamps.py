"""Versions that builders stamp into Go programs, where the build information has none.

``-ldflags -X`` makes the linker write a text with a zero behind it, which Go's own texts lack;
``-trimpath`` drops the flag from the build information.
"""

from re import compile as regex

from hullmark.binaries.search import MAX_SEARCH_BYTES
from hullmark.model import File
from hullmark.model.executable import executable

MODULES = frozenset(
    f"github.com/{name}"
    for name in [
        "alexellis/arkade",
        "argoproj/argo-cd",
        "argoproj/argo-workflows",
        "aquasecurity/trivy",
        "containerd/containerd",
        "containernetworking/plugins",
        "containers/buildah",
        "containers/podman",
        "containers/skopeo",
        "coredns/coredns",
        "caddyserver/caddy",
        "cilium/cilium",
        "docker/cli",
        "docker/docker",
        "docker/buildx",
        "docker/compose",
        "etcd-io/etcd",
        "fluxcd/flux2",
        "go-gitea/gitea",
        "google/go-containerregistry",
        "grafana/grafana",
        "grafana/loki",
        "hashicorp/consul",
        "hashicorp/nomad",
        "hashicorp/packer",
        "hashicorp/terraform",
        "hashicorp/vault",
        "influxdata/influxdb",
        "influxdata/telegraf",
        "k3s-io/k3s",
        "kubernetes/kubernetes",
        "minio/minio",
        "moby/buildkit",
        "nats-io/nats-server",
        "open-policy-agent/opa",
        "opencontainers/runc",
        "prometheus/alertmanager",
        "prometheus/blackbox_exporter",
        "prometheus/node_exporter",
        "prometheus/prometheus",
        "prometheus/pushgateway",
        "rclone/rclone",
        "restic/restic",
        "sigstore/cosign",
        "syncthing/syncthing",
        "tianon/gosu",
        "traefik/traefik",
        "VictoriaMetrics/VictoriaMetrics",
    ]
) | {
    "go.etcd.io/etcd",
    "go.etcd.io/etcd/server",
    "helm.sh/helm",
    "istio.io/istio",
    "k8s.io/kubernetes",
}
"""Of other modules, a lone version may be that of a library in C."""

_MAJOR = regex(r"/v[0-9]+\Z").sub
_STAMP = regex(
    rb"\0v?([0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,6}(?:[-+~][-+~.0-9A-Za-z]{1,60})?)(?=\0)"
).findall


def stamped(file: File, module: str) -> str:
    """The one version among a known Go program's texts; empty when there is none, or another.

    Texts that only add to the shortest one (``1.1.5``, ``1.1.5-1``) are the same version.
    """
    if _MAJOR("", module) not in MODULES:
        return ""
    layout = executable(file)
    span = layout.section(b".rodata") if layout else None
    if span is None:
        return ""
    texts = file.read(span.offset, min(span.size, MAX_SEARCH_BYTES))
    found = {stamp.decode() for stamp in _STAMP(texts)}
    shortest = min(found, key=len, default="")
    same = all(each == shortest or each.startswith(f"{shortest}-") for each in found)
    return f"v{shortest}" if shortest and same else ""
