"""Services that claim addresses by themselves."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import drop
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports:
  - {port: 443}
  externalIPs: [203.0.113.7, 203.0.113.8]
"""


@object_check(
    "Service",
    id="external-ips",
    title="Service claims external addresses",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(_BAD.replace("[203.0.113.7, 203.0.113.8]", "[]"), _BAD.replace("v1", "x.example/v1")),
    remediation="Remove externalIPs, and use a load balancer or an ingress.",
    references=(
        "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
        "https://nvd.nist.gov/vuln/detail/CVE-2020-8554",
    ),
    mend=drop(prune=1, says="remove the address", breaks="cuts off who comes by it", risky=True),
)
def external_ips(subject: Object) -> Iterator[Evidence]:
    """Traffic of the whole cluster to these addresses goes to the service, whoever owns them.

    By this, who may make services can intercept others' connections (CVE-2020-8554).
    """
    found = subject.spec.items_of("externalIPs")
    if subject.group:
        return
    for index, each in enumerate(found):
        if isinstance(each, str) and each:
            yield subject.tell(
                f"spec.externalIPs[{index}]", f"claims the address {each}", found.line_of(index)
            )
