"""Containers that AppArmor does not confine."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import confined
from hullmark.checks.mending import by
from hullmark.checks.pod_examples import a_pod, annotated
from hullmark.checks.pod_security import SECCOMP, STANDARDS, contexts
from hullmark.model import Evidence, Severity

_NOTE = "container.apparmor.security.beta.kubernetes.io/"
"""Begins the annotations that hold the profiles where no field does."""

_WITH_FIELDS = 30
"""The minor version from which there are fields: a cluster before does not look at them."""


@pod_check(
    id="apparmor-unconfined",
    needs=("appArmorProfile", "annotations"),
    title="AppArmor profile is unconfined",
    severity=Severity.MEDIUM,
    bad=(
        a_pod("securityContext: {appArmorProfile: {type: Unconfined}}"),
        a_pod(spec="securityContext: {appArmorProfile: {type: Unconfined}}", kind="Deployment"),
        annotated("container.apparmor.security.beta.kubernetes.io/web", "unconfined"),
    ),
    good=(
        a_pod("securityContext: {appArmorProfile: {type: RuntimeDefault}}"),
        annotated("container.apparmor.security.beta.kubernetes.io/web", "localhost/web"),
        a_pod(),
    ),
    remediation=(
        "Remove the setting, or set the type to RuntimeDefault or to Localhost with a profile of "
        "your own."
    ),
    references=(
        STANDARDS,
        "https://kubernetes.io/docs/tutorials/security/apparmor/",
    ),
    mend=by(
        confined,
        says="set the profile of the runtime",
        breaks="refuses what the profile forbids",
        risky=True,
    ),
)
def apparmor_unconfined(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Exploits that mount file systems or write kernel settings are open to it.

    The profile of the runtime refuses both.
    """
    for each in contexts(pod) if pod.version >= _WITH_FIELDS else ():
        profile = each.body.map("appArmorProfile")
        type = profile.text("type")
        if type and type not in SECCOMP:
            says = f"{each.who} has the AppArmor profile {type}"
            yield subject.tell(f"{each.at}.appArmorProfile.type", says, profile.line_of("type"))
    notes = pod.metadata.map("annotations")
    for key in notes:
        profile_name = notes.text(key)
        if key.startswith(_NOTE) and not _is_accepted(profile_name):
            name = key.removeprefix(_NOTE)
            says = f"container {name!r} has the AppArmor profile {profile_name}"
            at = f"{pod.at.removesuffix('spec')}metadata.annotations.{key}"
            yield subject.tell(at, says, notes.line_of(key))


def _is_accepted(profile: str) -> bool:
    return profile in {"", "runtime/default"} or profile.startswith("localhost/")
