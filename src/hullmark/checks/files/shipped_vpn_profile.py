"""Profiles by which a computer joins a private network."""

from collections.abc import Iterator
from re import MULTILINE

from hullmark.checks.declare import file_check
from hullmark.checks.lines import whole
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.later import regex

_openvpn = regex(
    r"^[ \t]{0,20}(?:<(?:key|auth-user-pass|pkcs12)>|(?:key|pkcs12|auth-user-pass)[ \t]{1,20}\S)",
    MULTILINE,
)
_wireguard = regex(r"^[ \t]{0,20}PrivateKey[ \t]{0,20}=[ \t]{0,20}[A-Za-z0-9+/]{43}=", MULTILINE)
_ipsec = regex(r"^[^#\n]{0,200}:[ \t]{0,20}(?:PSK|EAP|XAUTH)[ \t]{1,20}[\"0-9A-Za-z]", MULTILINE)


def _bad() -> tuple[File, ...]:
    return (
        text("root/office.ovpn", "client", "remote vpn.example 1194", "<key>", "</key>"),
        text("etc/wireguard/wg0.conf", "[Interface]", "PrivateKey = " + "a" * 43 + "="),
        text("etc/ipsec.secrets", '192.0.2.1 192.0.2.2 : PSK "drawn"'),
    )


def _good() -> tuple[File, ...]:
    return (
        text("root/office.ovpn", "client", "remote vpn.example 1194", "auth-user-pass"),
        text("etc/wireguard/wg0.conf", "[Interface]", "# PrivateKey is mounted"),
        text("etc/ipsec.secrets", "# : PSK none"),
    )


@file_check(
    id="shipped-vpn-profile",
    title="The image holds a way into a private network",
    kind=Kind.SECRET,
    severity=Severity.HIGH,
    names=(
        "*.ovpn",
        "etc/openvpn/*.conf",
        "etc/openvpn/client/*.conf",
        "etc/wireguard/*.conf",
        "etc/ipsec.secrets",
    ),
    bad=_bad,
    good=_good,
    remediation="Remove the profile, revoke its key, and mount another where the container runs.",
    references=("https://attack.mitre.org/techniques/T1133/",),
)
def shipped_vpn_profile(file: File) -> Iterator[Evidence]:
    """Everybody who can pull the image may join the network as if they sat in the office."""
    kinds = (("OpenVPN", _openvpn), ("WireGuard", _wireguard), ("IPsec", _ipsec))
    wanted = "WireGuard" if "wireguard/" in file.path else "OpenVPN"
    wanted = "IPsec" if file.name == "ipsec.secrets" else wanted
    content = whole(file)
    for kind, pattern in kinds:
        if kind == wanted and (found := pattern.search(content)):
            line = content.count("\n", 0, found.start()) + 1
            yield Evidence(at="", says=f"a profile of {kind} with what lets it in", line=line)
