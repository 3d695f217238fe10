"""What pods refer to by name: configuration, secrets, volumes that are claimed."""

from collections.abc import Iterator

from hullmark.checks.kube import Bundle, Object, Pod
from hullmark.checks.kube_joins import Named, Spaces
from hullmark.model import Evidence
from hullmark.model.placed import Map

CONFIG_MAP, SECRET, CLAIM = "ConfigMap", "Secret", "PersistentVolumeClaim"

_GIVEN = ("kube-root-ca.crt", "openshift-service-ca.crt")
"""Config maps that every namespace has."""

_KEYS = {
    CONFIG_MAP: ("configMapRef", "configMapKeyRef", "configMap", "name"),
    SECRET: ("secretRef", "secretKeyRef", "secret", "secretName"),
}
"""How containers name all of each and one value, and volumes name it."""


def referred(pod: Pod, kind: str) -> Iterator[tuple[str, int]]:
    """Every name of this kind that a pod cannot run without, with its line."""
    if kind == CLAIM:
        for volume in pod.spec.maps("volumes"):
            yield from _named(volume.map("persistentVolumeClaim"), "claimName")
        return
    whole, part, of_volume, name = _KEYS[kind]
    for container in pod.containers():
        for each in container.body.maps("envFrom"):
            yield from _named(each.map(whole), "name")
        for each in container.body.maps("env"):
            yield from _named(each.map("valueFrom").map(part), "name")
    for volume in pod.spec.maps("volumes"):
        yield from _named(volume.map(of_volume), name)
        for each in volume.map("projected").maps("sources"):
            yield from _named(each.map(of_volume), "name")


def _named(reference: Map, key: str) -> Iterator[tuple[str, int]]:
    name = reference.text(key)
    if name and reference.flag("optional") is not True and name not in _GIVEN:
        yield name, reference.line_of(key)


def missing(bundle: Bundle, kind: str, words: str) -> Iterator[Evidence]:
    """Pods that name an object of this kind which nothing declares.

    Told where other objects of this kind are declared in the namespace, so that those who keep
    them elsewhere hear nothing. ``words`` are how the kind is called.
    """
    known = Named(bundle, kind)
    spaces = Spaces(bundle, bundle.of(kind))
    for subject in bundle.objects if any(bundle.of(kind)) else ():
        pod = subject.pod
        if pod is None or not bundle.is_known(subject):
            continue
        for name, line in dict(referred(pod, kind)).items():
            if any(known.find(subject, kind, name)) or _is_claimed(subject, kind, name):
                continue
            if any(spaces.sharing(subject, evident=True)):
                yield subject.tell(
                    f"{pod.at} {kind}/{name}",
                    f"its namespace has a {words}, and none called {name!r}",
                    line,
                )


def _is_claimed(subject: Object, kind: str, name: str) -> bool:
    """Whether a volume is claimed by the workload itself."""
    templates = subject.spec.maps("volumeClaimTemplates")
    return kind == CLAIM and any(each.map("metadata").text("name") == name for each in templates)
