"""Tools that scan networks, listen to them, or open tunnels."""

from collections.abc import Iterator

from msgspec.structs import replace

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import there
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

TOOLS = (
    "nmap",
    "ncat",
    "nc",
    "nc.traditional",
    "nc.openbsd",
    "netcat",
    "socat",
    "tcpdump",
    "tshark",
    "dumpcap",
    "masscan",
    "zmap",
    "hping3",
    "ettercap",
    "arpspoof",
    "dsniff",
    "mitmproxy",
    "hydra",
    "john",
    "hashcat",
    "sqlmap",
    "nikto",
    "msfconsole",
    "proxychains",
    "proxychains4",
    "chisel",
    "ngrok",
    "frpc",
    "autossh",
)


@image_check(
    id="network-tool-installed",
    title="Network tool is installed",
    severity=Severity.LOW,
    remediation=(
        "Remove it, and bring it in an ephemeral container when there is something to debug."
    ),
    references=(
        "https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container",
    ),
    bad=lambda: (holding("usr/bin/nmap"), holding("bin/nc.openbsd"), holding("usr/bin/tcpdump")),
    good=lambda: (sound(), replace(sound(), links={"usr/bin/nc": "/bin/busybox"})),
)
def network_tool_installed(image: Image) -> Iterator[Evidence]:
    """It serves whoever broke in: to look around the cluster, to listen, to open a way out."""
    yield from there(image, TOOLS, "a network tool")
