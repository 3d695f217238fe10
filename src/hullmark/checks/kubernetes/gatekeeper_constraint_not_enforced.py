"""Constraints of Gatekeeper that refuse nothing."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sPSPPrivilegedContainer
metadata: {name: privileged}
spec:
  enforcementAction: dryrun
  match: {kinds: [{apiGroups: [""], kinds: [Pod]}]}
"""


@object_check(
    id="gatekeeper-constraint-not-enforced",
    title="Gatekeeper constraint does not deny",
    severity=Severity.MEDIUM,
    bad=(_BAD, _BAD.replace("dryrun", "warn")),
    good=(_BAD.replace("dryrun", "deny"), _BAD.replace("  enforcementAction: dryrun\n", "")),
    remediation="Remove enforcementAction, or set it to deny, once the audit is clean.",
    references=("https://open-policy-agent.github.io/gatekeeper/website/docs/violations/",),
    mend=put(value="deny", says="enforce it", breaks="rejects what was let through", risky=True),
)
def gatekeeper_constraint_not_enforced(subject: Object) -> Iterator[Evidence]:
    """What the constraint forbids is made all the same, and stands in a status that few read."""
    action = subject.spec.text("enforcementAction")
    if action in ("dryrun", "warn") and subject.group == "constraints.gatekeeper.sh":
        yield subject.tell(
            "spec.enforcementAction",
            f"the enforcement action is {action}",
            subject.spec.line_of("enforcementAction"),
        )
