"""Tokens that are checked if they come, and not asked for if they do not."""

from collections.abc import Iterator

from hullmark.checks.declare_config import bundle_check
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_joins import Spaces
from hullmark.checks.kube_mesh import ISTIO_SECURITY, ROOT
from hullmark.checks.kube_places import together
from hullmark.model import Evidence, Severity
from hullmark.model.placed import Map
from hullmark.model.rule import Confidence

_BAD = """\
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: {name: web, namespace: shop}
spec:
  jwtRules: [{issuer: "https://id.example.com"}]
"""
_POLICY = """\
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: web, namespace: shop}
spec:
  rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]
"""
_PRINCIPALS = ("requestPrincipals", "notRequestPrincipals")


@bundle_check(
    id="jwt-not-required",
    title="Mesh accepts requests without a token",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _BAD + _POLICY.replace("requestPrincipals", "principals")),
    good=(_BAD + _POLICY, _BAD + _POLICY.replace("requestP", "notRequestP")),
    remediation="Add an AuthorizationPolicy that wants requestPrincipals.",
    references=("https://istio.io/latest/docs/reference/config/security/request_authentication/",),
)
def jwt_not_required(bundle: Bundle) -> Iterator[Evidence]:
    """RequestAuthentication refuses false tokens only: a request without any is let through."""
    policies = [each for each in bundle.of("AuthorizationPolicy") if each.group == ISTIO_SECURITY]
    asking = Spaces(bundle, (each for each in policies if _asks(each)))
    roots = [each for each in policies if each.namespace == ROOT and _asks(each)]
    for each in bundle.of("RequestAuthentication"):
        if each.group != ISTIO_SECURITY or not bundle.is_known(each):
            continue
        if not any(asking.sharing(each)) and not any(
            together(each.source, r.source) for r in roots
        ):
            yield each.tell(
                "spec.jwtRules",
                "no AuthorizationPolicy requires the token in its namespace",
                each.spec.line_of("jwtRules"),
            )


def _asks(policy: Object) -> bool:
    """Whether a policy looks at who a token says it is from."""
    for rule in policy.spec.maps("rules"):
        sources = [each.map("source") for each in rule.maps("from")]
        if any(key in source for source in sources for key in _PRINCIPALS):
            return True
        if any(_is_claim(each) for each in rule.maps("when")):
            return True
    return False


def _is_claim(condition: Map) -> bool:
    return condition.text("key").startswith("request.auth.")
