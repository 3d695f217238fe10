"""Cron jobs that start anew while they run."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: backup}
spec:
  schedule: "*/5 * * * *"
  concurrencyPolicy: Allow
"""


@object_check(
    "CronJob",
    id="concurrent-cron-job",
    title="CronJob may run more than once at the same time",
    severity=Severity.LOW,
    bad=(_BAD, _BAD.replace("  concurrencyPolicy: Allow\n", "")),
    good=(_BAD.replace("Allow", "Forbid"), _BAD.replace("Allow", "Replace")),
    remediation="Set concurrencyPolicy to Forbid, or to Replace where the newest run counts.",
    references=(
        "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy",
    ),
    mend=put(
        value="Forbid",
        says="wait for the run before",
        breaks="leaves runs out while another goes on",
        risky=True,
    ),
)
def concurrent_cron_job(subject: Object) -> Iterator[Evidence]:
    """Runs that hang pile up until the namespace or the node is full, and disturb each other."""
    policy = subject.spec.text("concurrencyPolicy")
    if policy == "Allow" or (not policy and "schedule" in subject.spec):
        yield subject.tell(
            "spec.concurrencyPolicy",
            f"{subject.name} starts again while an earlier run goes on",
            subject.spec.line_of("concurrencyPolicy"),
        )
