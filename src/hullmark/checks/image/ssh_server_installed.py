"""SSH servers in an image."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import there
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="ssh-server-installed",
    title="SSH server is installed",
    severity=Severity.MEDIUM,
    remediation=(
        "Leave it out, and use docker exec or kubectl exec, or an ephemeral container to debug."
    ),
    references=("https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/",),
    bad=lambda: (holding("usr/sbin/sshd"), holding("usr/sbin/dropbear")),
    good=lambda: (sound(), holding("usr/bin/ssh")),
)
def ssh_server_installed(image: Image) -> Iterator[Evidence]:
    """A second way in, with keys and accounts that nobody rotates and a log that nobody reads."""
    yield from there(image, ("sshd", "dropbear", "tinysshd"), "an SSH server")
