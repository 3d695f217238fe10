"""Variables that are given twice."""

from collections.abc import Iterator

from hullmark.checks.declare_config import pod_check
from hullmark.checks.kube import Object, Pod
from hullmark.checks.kube_mends import without_earlier_variable
from hullmark.checks.mending import by
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
    env:
    - {name: TLS_VERIFY, value: "true"}
    - {name: TLS_VERIFY, value: "false"}
"""


@pod_check(
    id="duplicate-environment-variable",
    needs=("env",),
    title="Environment variable is given twice",
    severity=Severity.LOW,
    bad=(_BAD,),
    good=(_BAD.replace("TLS_VERIFY", "TLS_CHECK", 1),),
    remediation="Remove the one that is not meant: the last one counts.",
    references=("https://kubernetes.io/docs/concepts/containers/container-environment/",),
    mend=by(without_earlier_variable, says="remove the value that loses"),
)
def duplicate_environment_variable(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """The last one wins without a word, so the safe value that one reads may not be in force."""
    for each in pod.containers():
        seen = set[str]()
        for index, one in enumerate(each.body.maps("env")):
            name = one.text("name")
            if name and name in seen:
                yield subject.tell(
                    f"{each.at}.env[{index}].name",
                    f"container {each.name!r} gives {name!r} a value twice",
                    one.line_of("name"),
                )
            seen.add(name)
