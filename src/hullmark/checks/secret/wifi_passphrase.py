"""Wi-Fi: keys of networks."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password
from hullmark.model import Severity


@secret(
    id="wifi-passphrase",
    title="Wi-Fi passphrase",
    severity=Severity.MEDIUM,
    names=(
        "wpa_supplicant*.conf",
        "hostapd*.conf",
        "*.nmconnection",
        "*.psk",
        "interfaces",
        "**/iwd/*",
        "*.conf",
    ),
    **following(
        r"(?:\bpsk|wpa_passphrase|wpa_psk|sae_password|wifi_password)[ \t]{0,4}=[ \t]{0,4}",
        "psk",
        "wpa_passphrase",
        "sae_password",
        "wifi_password",
        chars=40,
        least=8,
    ),
    path="etc/wpa_supplicant/wpa_supplicant.conf",
    remediation="Change it at the access point, and hand it over when the device is set up.",
    references=("https://w1.fi/wpa_supplicant/",),
    bad=lambda random: f'network={{\n  ssid="office"\n  psk="{drawn(random)}"\n}}',
    good=lambda random: random.choice(('psk="changeme"', "key_mgmt=WPA-PSK", "wpa=2")),
)
def wifi_passphrase(value: str) -> Claim | None:
    """Whoever is near and reads it joins the network, and reads what others there send."""
    return password(value)
