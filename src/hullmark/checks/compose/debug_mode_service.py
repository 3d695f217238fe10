"""Services that tell of their inside."""

from collections.abc import Iterator

from hullmark.checks.compose_file import Compose
from hullmark.checks.declare_config import compose_check
from hullmark.checks.image_facts import short
from hullmark.model import Evidence, Severity

_YES = ("1", "true", "yes", "on")
VARIABLES = {
    "APP_DEBUG": _YES,
    "DJANGO_DEBUG": _YES,
    "FLASK_DEBUG": _YES,
    "FLASK_ENV": ("development",),
    "RAILS_ENV": ("development",),
    "SYMFONY_DEBUG": _YES,
    "WERKZEUG_DEBUG_PIN": ("off",),
    "WORDPRESS_DEBUG": _YES,
}
"""Variables of frameworks, and the values that switch debugging on."""

_BAD_1 = """\
services:
  web:
    image: registry.example/web:2.4
    environment: {FLASK_DEBUG: 1}
"""
_BAD_2 = """\
services:
  web:
    image: registry.example/web:2.4
    environment: [APP_DEBUG=true, WERKZEUG_DEBUG_PIN=off]
"""
_GOOD = """\
services:
  web:
    image: registry.example/web:2.4
    environment: {FLASK_DEBUG: 0, APP_DEBUG: "${DEBUG:-false}", DEBUG: "app:*"}
"""


@compose_check(
    id="debug-mode-service",
    title="Service runs in debug mode",
    severity=Severity.MEDIUM,
    bad=(
        _BAD_1,
        _BAD_2,
    ),
    good=(_GOOD,),
    remediation=(
        "Remove it, or move it to a file that only developers use (compose.override.yaml)."
    ),
    references=(
        "https://docs.docker.com/reference/compose-file/services/#environment",
        "https://flask.palletsprojects.com/en/stable/debugging/",
    ),
)
def debug_mode_service(compose: Compose) -> Iterator[Evidence]:
    """Its error pages show settings, code and secrets, and those of some frameworks run code."""
    for each in compose.services():
        for pair in each.environment():
            if (pair.value or "").lower() in VARIABLES.get(pair.name, ()):
                yield each.tell(pair.at, f"{pair.name} is {short(pair.value or '')}", pair.line)
