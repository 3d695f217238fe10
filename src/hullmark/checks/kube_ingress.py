"""What ingresses say: hosts, certificates, and the annotations of their controllers."""

from collections.abc import Iterator

from hullmark.checks.kube import Object
from hullmark.checks.kube_network import NETWORK_GROUPS, said
from hullmark.model.placed import Map

NGINX = "nginx.ingress.kubernetes.io/"
"""Before the name of an annotation that the ingress controller of nginx reads."""

_CERTIFICATES = (
    "alb.ingress.kubernetes.io/certificate-arn",
    "networking.gke.io/managed-certificates",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "kubernetes.azure.com/tls-cert-keyvault-uri",
)
_TLS_FLAGS = (
    f"{NGINX}ssl-passthrough",
    "haproxy.org/ssl-passthrough",
    "traefik.ingress.kubernetes.io/router.tls",
)


def is_ingress(subject: Object) -> bool:
    """Whether it is an ingress of Kubernetes, not another project's kind of that name."""
    return subject.kind == "Ingress" and subject.group in NETWORK_GROUPS


def notes_of(subject: Object) -> Map:
    """The annotations of an object."""
    return subject.metadata.map("annotations")


def is_encrypted_elsewhere(subject: Object) -> bool:
    """Whether annotations give an ingress its certificate, or pass TLS on to the backend."""
    notes = notes_of(subject)
    ports = notes.text("alb.ingress.kubernetes.io/listen-ports")
    return (
        "HTTPS" in ports
        or any(notes.text(each) for each in _CERTIFICATES)
        or any(said(notes, each) for each in _TLS_FLAGS)
    )


def hosts(subject: Object) -> Iterator[tuple[int, Map, str]]:
    """Every rule of an ingress with its index and its host, which may be empty."""
    for index, rule in enumerate(subject.spec.items_of("rules")):
        if isinstance(rule, Map):
            yield index, rule, rule.text("host")


def is_covered(host: str, covering: list[str]) -> bool:
    """Whether one of the hosts of certificates is this one, or a wildcard for it."""
    return host in covering or f"*.{host.partition('.')[2]}" in covering


def backends(ingress: Object) -> Iterator[tuple[str, str, int]]:
    """Every service that an ingress names, with its place and its line."""
    for key in ("defaultBackend", "backend"):
        yield from _of_backend(ingress.spec.map(key), f"spec.{key}")
    for number, rule in enumerate(ingress.spec.maps("rules")):
        for index, path in enumerate(rule.map("http").maps("paths")):
            at = f"spec.rules[{number}].http.paths[{index}].backend"
            yield from _of_backend(path.map("backend"), at)


def _of_backend(backend: Map, at: str) -> Iterator[tuple[str, str, int]]:
    service = backend.map("service")
    if service.text("name"):
        yield service.text("name"), f"{at}.service.name", service.line_of("name")
    elif backend.text("serviceName"):
        yield backend.text("serviceName"), f"{at}.serviceName", backend.line_of("serviceName")
