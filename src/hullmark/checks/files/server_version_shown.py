"""Web servers that tell everybody their version."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.checks.web_servers import APACHE, NGINX, PHP
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

TELLING = {
    "server_tokens": ("on", "build"),
    "servertokens": ("full", "os", "min", "minimal"),
    "serversignature": ("on", "email"),
    "expose_php": ("on", "1", "true", "yes"),
}


def _bad() -> tuple[File, ...]:
    return (
        text("etc/nginx/nginx.conf", "server_tokens on;"),
        text("etc/apache2/conf-available/security.conf", "ServerTokens OS"),
        text("etc/php/8.2/apache2/php.ini", "[PHP]", "expose_php = On"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/nginx/nginx.conf", "server_tokens off;"),
        text("etc/php/8.2/cli/php.ini", "[PHP]", "expose_php = On"),
        text("etc/apache2/conf-available/security.conf", "#ServerTokens Full", "ServerTokens Prod"),
    )


@file_check(
    id="server-version-shown",
    title="A server tells its version",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.INFO,
    names=(*NGINX, *APACHE, *PHP),
    bad=_bad,
    good=_good,
    remediation="Set server_tokens off, ServerTokens Prod or expose_php Off.",
    references=(
        "https://nginx.org/en/docs/http/ngx_http_core_module.html#server_tokens",
        "https://httpd.apache.org/docs/current/mod/core.html#servertokens",
        "https://www.php.net/manual/en/ini.core.php#ini.expose-php",
    ),
)
def server_version_shown(file: File) -> Iterator[Evidence]:
    """Attackers keep lists of who runs what, and take the list when a fault becomes known."""
    if "/cli/" in file.path:  # PHP on the command line answers nobody
        return
    for setting in settings(file):
        if setting.value.lower() in TELLING.get(setting.key, ()):
            at = f"{setting.key}:{setting.number}"
            says = f"{setting.key} is {setting.value}"
            yield Evidence(at=at, says=says, line=setting.number)
