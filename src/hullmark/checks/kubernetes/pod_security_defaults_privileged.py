"""Defaults of pod security admission that refuse no pod."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map

_BAD = """\
apiVersion: apiserver.config.k8s.io/v1
kind: AdmissionConfiguration
plugins:
- name: PodSecurity
  configuration:
    apiVersion: pod-security.admission.config.k8s.io/v1
    kind: PodSecurityConfiguration
    defaults: {enforce: privileged, audit: restricted}
"""


@object_check(
    "AdmissionConfiguration",
    id="pod-security-defaults-privileged",
    title="Pod security admission allows privileged pods by default",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("enforce: privileged, ", "")),
    good=(_BAD.replace("privileged", "baseline"), _BAD.replace("name: PodSecurity", "name: Other")),
    remediation="Set enforce of defaults to baseline or restricted.",
    references=(
        "https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-admission-controller/",
    ),
    mend=put(
        value="baseline",
        says="enforce the baseline standard",
        breaks="rejects pods that break the standard",
        risky=True,
    ),
)
def pod_security_defaults_privileged(subject: Object) -> Iterator[Evidence]:
    """Every namespace without labels of its own accepts privileged pods, which own their node."""
    for index, plugin in enumerate(subject.body.items_of("plugins")):
        if not isinstance(plugin, Map) or plugin.text("name") != "PodSecurity":
            continue
        settings = plugin.map("configuration")
        defaults = settings.map("defaults")
        if settings and defaults.text("enforce") not in ("baseline", "restricted"):
            yield subject.tell(
                f"plugins[{index}].configuration.defaults.enforce",
                "the default enforces no standard",
                defaults.line_of("enforce"),
            )
