"""A kubelet that obeys strangers."""

from collections.abc import Iterator

import msgspec

from hullmark.checks.declare import file_check
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


class _Anonymous(msgspec.Struct):
    enabled: bool = False


class _Authentication(msgspec.Struct):
    anonymous: _Anonymous | None = None


class _Authorization(msgspec.Struct):
    mode: str = ""


class _Kubelet(msgspec.Struct, rename="camel"):
    """https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/."""

    kind: str = ""
    authentication: _Authentication | None = None
    authorization: _Authorization | None = None
    read_only_port: int = 0


def _bad() -> tuple[File, ...]:
    return (
        text(
            "var/lib/kubelet/config.yaml",
            "kind: KubeletConfiguration",
            "authentication:",
            "  anonymous:",
            "    enabled: true",
            "authorization:",
            "  mode: AlwaysAllow",
            "readOnlyPort: 10255",
        ),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "var/lib/kubelet/config.yaml",
            "kind: KubeletConfiguration",
            "authentication: {anonymous: {enabled: false}}",
            "authorization: {mode: Webhook}",
        ),
        text("etc/kubernetes/kubelet.yaml", "kind: Config", "readOnlyPort: 10255"),
    )


@file_check(
    id="kubelet-anonymous-access",
    title="A kubelet answers whoever asks",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.HIGH,
    names=(
        "var/lib/kubelet/config.yaml",
        "etc/kubernetes/kubelet.yaml",
        "etc/kubernetes/kubelet-config.yaml",
        "etc/kubernetes/kubelet/config.json",
        "etc/kubernetes/kubelet/kubelet-config.json",
        "kubelet-config.yaml",
    ),
    bad=_bad,
    good=_good,
    remediation="Set anonymous.enabled to false, authorization.mode to Webhook, readOnlyPort to 0.",
    references=("https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/",),
)
def kubelet_anonymous_access(file: File) -> Iterator[Evidence]:
    """Whoever reaches the node's port lists its pods, or runs commands in each of them."""
    config = file.json(_Kubelet) if file.name.endswith(".json") else file.yaml(_Kubelet)
    if config.kind != "KubeletConfiguration":
        return
    known = config.authentication
    if known and known.anonymous and known.anonymous.enabled:
        yield Evidence(at="authentication.anonymous", says="requests without a name are accepted")
    if config.authorization and config.authorization.mode == "AlwaysAllow":
        yield Evidence(at="authorization.mode", says="every request is allowed")
    if config.read_only_port:
        says = f"port {config.read_only_port} answers without asking who it is"
        yield Evidence(at="readOnlyPort", says=says)
