"""Annotations of Kubernetes objects by which a rule is accepted."""

from hullmark.checks.kube import Object
from hullmark.checks.kube_packed import ANNOTATION


def has_annotations(subject: object) -> bool:
    """Whether an annotation of a subject may accept a rule."""
    if not isinstance(subject, Object) or subject.keys is None:
        return isinstance(subject, Object)
    return any(each.startswith(ANNOTATION) for each in subject.keys)


def annotated(rule: str, subject: object) -> str:
    """The reason by which an object's annotation accepts a rule."""
    if isinstance(subject, Object):
        return subject.metadata.map("annotations").text(f"{ANNOTATION}{rule}")
    return ""
