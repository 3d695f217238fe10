"""Roles that delete events."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.rbac import CORE, DELETES, GUIDE, ROLES, granted
from hullmark.checks.rbac_samples import role
from hullmark.model import Evidence, Severity


@object_check(
    *ROLES,
    id="event-deletion",
    title="Role deletes events",
    severity=Severity.MEDIUM,
    bad=(
        role("events", "delete"),
        role("events", "create, deletecollection", "events.k8s.io", kind="Role"),
    ),
    good=(
        role("events", "create, patch"),
        role("events", "delete", "example.com"),
    ),
    remediation="Remove delete and deletecollection: events expire by themselves.",
    references=(
        GUIDE,
        "https://attack.mitre.org/techniques/T1070/",
    ),
)
def event_deletion(subject: Object) -> Iterator[Evidence]:
    """Events tell what was started, pulled and killed.

    Who deletes them wipes the traces of an intrusion.
    """
    return granted(subject, {CORE: ("events",), "events.k8s.io": ("events",)}, DELETES)
