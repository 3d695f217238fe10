"""Scripts that take the firewall away."""

from collections.abc import Iterator

from hullmark.checks.declare_config import script_check
from hullmark.checks.script_file import Script
from hullmark.checks.shell import Command
from hullmark.model import Evidence, Severity

_GOOD_1 = """\
iptables -F
iptables -A INPUT -p tcp --dport 22 -j ACCEPT
iptables -P INPUT DROP
"""

TABLES = frozenset(("iptables", "ip6tables", "nft"))
SERVICES = frozenset(("firewalld", "ufw", "nftables", "iptables", "firewalld.service"))
STOPS = ("stop", "disable", "mask")


@script_check(
    id="script-disables-firewall",
    title="Script disables the firewall",
    severity=Severity.MEDIUM,
    bad=(
        "#!/bin/sh\nufw disable\n",
        "systemctl stop firewalld\n",
        "iptables -F\niptables -P INPUT ACCEPT\n",
    ),
    good=("ufw enable\nufw allow 22\n", _GOOD_1, "systemctl restart firewalld\n"),
    remediation="Open the ports that are needed instead.",
    references=("https://docs.docker.com/engine/network/packet-filtering-firewalls/",),
    left="which ports are needed is for people to say",
)
def script_disables_firewall(script: Script) -> Iterator[Evidence]:
    """Every port of the host or pod is reachable from then on, databases among them."""
    rebuilt = any(
        each.program in TABLES and (each.has("DROP", "REJECT") or "drop" in " ".join(each.words))
        for each in script.commands
    )
    yield from script.every(lambda each: _disabling(each, rebuilt=rebuilt))


def _disabling(command: Command, *, rebuilt: bool) -> str:
    words = command.words
    if command.program == "ufw" and command.has("disable", "reset"):
        return "ufw is disabled"
    if command.program in ("systemctl", "service", "chkconfig"):
        name = next((each for each in words if each in SERVICES), "")
        if name and command.has(*STOPS, "off"):
            return f"{name} is stopped"
    if command.program in TABLES and not rebuilt:
        flushes = ("-F", "--flush") if command.program != "nft" else ("flush",)
        if command.has(*flushes) and not command.has("-t"):
            return f"{command.program} forgets its rules, and gets none that refuse anything"
    return ""
