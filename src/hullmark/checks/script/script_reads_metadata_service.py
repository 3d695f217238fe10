"""Scripts that ask for the node's identity."""

from collections.abc import Iterator

from hullmark.checks.declare_config import script_check
from hullmark.checks.downloads import DOWNLOADERS
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

HOSTS = ("169.254.169.254", "metadata.google.internal", "100.100.100.200", "[fd00:ec2::254]")


@script_check(
    id="script-reads-metadata-service",
    title="Script asks the cloud's metadata service",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    bad=(
        "#!/bin/sh\ncurl -s http://169.254.169.254/latest/meta-data/\n",
        "wget -qO- http://metadata.google.internal/computeMetadata/v1/\n",
    ),
    good=(
        "curl -s https://example.com/169.254\n",
        "iptables -A OUTPUT -d 169.254.169.254 -j DROP\n",
    ),
    remediation=(
        "Give the workload an identity of its own (IRSA, workload identity), and block "
        "the address for containers."
    ),
    references=(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    ),
    left="which identity stands in for it is for people to say",
)
def script_reads_metadata_service(script: Script) -> Iterator[Evidence]:
    """A container that reaches it can take the credentials of its node, and so can an intruder."""
    yield from script.every(_asking)


def _asking(command: Command) -> str:
    if command.program not in DOWNLOADERS:
        return ""
    for word in command.words:
        host = next((each for each in HOSTS if f"//{each}/" in f"{word}/"), "")
        if host or word.startswith(HOSTS):
            return f"{command.program} asks {host or word.partition('/')[0]}"
    return ""
