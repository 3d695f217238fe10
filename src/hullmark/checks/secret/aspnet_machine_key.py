"""ASP.NET: keys of view state and log-ins."""

from re import compile as regex

from hullmark.checks.declare import secret
from hullmark.checks.drawing import HEX, text
from hullmark.checks.kinds import NOTHING_MORE, Claim
from hullmark.checks.passwords import following
from hullmark.model import Severity

_hex = regex("[0-9A-Fa-f]+").fullmatch


@secret(
    id="aspnet-machine-key",
    title="ASP.NET machine key",
    severity=Severity.CRITICAL,
    **following(
        (
            r"<machineKey\s{1,8}(?:(?:decryption|validation|decryptionKey|compatibilityMode)"
            r"=[\"\'][^\"\'\r\n]{0,200}[\"\']\s{1,8}){0,4}validationKey="
        ),
        "validationKey=",
        chars=900,
        least=40,
    ),
    path="srv/www/web.config",
    remediation="Generate other keys, restart the site, and look for what was already left there.",
    references=(
        "https://learn.microsoft.com/en-us/previous-versions/dotnet/netframework-4.0/w8h3skw9(v=vs.100)",
    ),
    bad=lambda random: (
        f'<machineKey validationKey="{text(random, 128, HEX).upper()}" '
        f'decryptionKey="{text(random, 64, HEX).upper()}" />'
    ),
    good=lambda random: random.choice(
        (
            '<machineKey validationKey="AutoGenerate,IsolateApps" />',
            '<machineKey decryption="Auto" />',
            '<machineKey validationKey="" />',
        )
    ),
)
def aspnet_machine_key(value: str) -> Claim | None:
    """Whoever holds it signs view state, which the server runs code from."""
    return NOTHING_MORE if _hex(value) else None
