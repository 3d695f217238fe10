"""Containers that run downloads as they come."""

from collections.abc import Iterator

from hullmark.checks.container_starts import of_container
from hullmark.checks.declare_config import pod_check
from hullmark.checks.download_flow import unseen
from hullmark.checks.kube import Object, Pod
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: registry.example/web:1.4.2
"""
_BAD = f"""{_POD}\
    command: [sh, -c, "curl -fsSL https://example.com/install.sh | sh && exec web"]
"""
_ARGUMENTS = f"""{_POD}\
    command: [/bin/bash]
    args:
    - -ec
    - |
      apt-get update
      bash <(wget -qO- https://example.com/i)
"""
_HOOK = f"""{_POD}\
    lifecycle:
      postStart: {{exec: {{command: [sh, -c, "curl https://example.com/i | sh"]}}}}
"""
_FILE = f"""{_POD}\
    command: [sh, -c, "cd /srv; wget https://example.com/setup.sh; sh /srv/setup.sh"]
"""
_CHECKED = f"""{_POD}\
    command: [sh, -c, "wget -O i.sh https://example.com/i.sh; sha256sum -c /x && sh i.sh"]
"""
_VARIABLE = f"""{_POD}\
    command: [sh, -c, "$(SCRIPT); exec web"]
    env: [{{name: SCRIPT, value: "curl https://example.com/i | sh"}}]
"""
_ESCAPED = f"""{_POD}\
    command: [sh, -c, "echo $$(SCRIPT) $(NONE)"]
    env: [{{name: SCRIPT, value: "curl https://example.com/i | sh"}}]
"""
_GOOD = f"""{_POD}\
    command: [sh, -c, "curl -fsS http://localhost/ready | grep ok; exec web"]
    args: ["curl https://example.com/i | sh"]
    livenessProbe: {{exec: {{command: [curl, "http://localhost/", "|", sh]}}}}
"""


@pod_check(
    id="container-downloads-and-executes",
    needs=("command", "args"),
    title="Container executes a download unseen",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(_BAD, _ARGUMENTS, _HOOK, _FILE, _VARIABLE),
    good=(_GOOD, _CHECKED, _ESCAPED),
    remediation="Put the program into the image, where its digest can be checked as it is built.",
    references=("https://docs.docker.com/build/building/best-practices/#add-or-copy",),
    left="which image brings the program is for people to say",
)
def container_downloads_and_executes(subject: Object, pod: Pod) -> Iterator[Evidence]:
    """Whoever holds the server runs what they like in the pod, at every start anew.

    No digest of an image vouches for it, and what ran is kept nowhere.
    """
    for container in pod.containers():
        for start in of_container(container):
            for each in unseen(start.commands):
                says = f"container {container.name!r}: {each.says}"
                yield subject.tell(start.at, says, start.line)
