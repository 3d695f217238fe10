"""Extensions of the API whose server anybody may pretend to be."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.mending import put
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: v1beta1.metrics.k8s.io}
spec:
  group: metrics.k8s.io
  version: v1beta1
  insecureSkipTLSVerify: true
  service: {name: metrics-server, namespace: kube-system}
"""


@object_check(
    "APIService",
    id="api-service-skips-verification",
    title="API server does not verify the certificate of an extension",
    severity=Severity.MEDIUM,
    bad=(_BAD,),
    good=(
        _BAD.replace("true", "false"),
        _BAD.replace("insecureSkipTLSVerify: true", "caBundle: eA=="),
    ),
    remediation="Remove insecureSkipTLSVerify, and give the authority in caBundle.",
    references=(
        "https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/",
    ),
    mend=put(
        value=False,
        says="check the certificate",
        breaks="fails without a caBundle that fits",
        risky=True,
    ),
)
def api_service_skips_verification(subject: Object) -> Iterator[Evidence]:
    """Whoever gets between answers for the API, and sees what users and controllers send it."""
    spec = subject.spec
    if subject.group == "apiregistration.k8s.io" and spec.flag("insecureSkipTLSVerify"):
        yield subject.tell(
            "spec.insecureSkipTLSVerify",
            "the certificate of the extension is not verified",
            spec.line_of("insecureSkipTLSVerify"),
        )
