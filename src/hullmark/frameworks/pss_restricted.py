"""The Pod Security Standard *restricted*: hardening as it is best practice today.

Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from hullmark.frameworks import pss_baseline as baseline
from hullmark.model.framework import Control, Framework


def _of_baseline(id: str) -> tuple[str, ...]:
    """The rules of a control of the other standard that one of this standard takes in."""
    return next(each.rules for each in baseline.PSS_BASELINE.controls if each.id == id)


PSS_RESTRICTED = Framework(
    id="pss-restricted",
    title="Pod Security Standard restricted",
    version=baseline.PSS_BASELINE.version,
    of_kubernetes=True,
    references=(baseline.STANDARDS,),
    controls=(
        *baseline.PSS_BASELINE.controls,
        Control(
            id="Volume Types",
            title="Only volumes of configuration, of scratch space and by claim",
            rules=("restricted-volume-type", "git-repo-volume", *_of_baseline("HostPath Volumes")),
        ),
        Control(
            id="Privilege Escalation",
            title="Processes cannot get more rights than their parent has",
            rules=("privilege-escalation-allowed",),
        ),
        Control(
            id="Running as Non-root",
            title="Containers must run as somebody else than root",
            rules=("non-root-not-required",),
        ),
        Control(
            id="Running as Non-root user",
            title="No container sets user 0",
            rules=("run-as-root-user",),
            since=23,
        ),
        Control(
            id="Seccomp (v1.19+)",
            title="A seccomp profile is set",
            rules=("seccomp-profile-missing", *_of_baseline("Seccomp")),
        ),
        Control(
            id="Capabilities (v1.22+)",
            title="All capabilities are dropped, and NET_BIND_SERVICE alone may be added",
            rules=(
                *("capabilities-not-dropped", "capability-beyond-restricted"),
                *_of_baseline("Capabilities"),
            ),
            since=22,
        ),
        Control(
            id="/proc Mount Type (v1.35+)",
            title="The masked /proc, in user namespaces too",
            rules=("unmasked-proc-mount-in-user-namespace", *_of_baseline("/proc Mount Type")),
            since=35,
        ),
    ),
)
