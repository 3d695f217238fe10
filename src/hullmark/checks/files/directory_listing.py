"""Web servers that list the files of a folder."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.checks.web_servers import APACHE, NGINX
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind


def _bad() -> tuple[File, ...]:
    return (
        text("etc/nginx/conf.d/default.conf", "location / {", "  autoindex on;", "}"),
        text("usr/local/apache2/conf/httpd.conf", "Options Indexes FollowSymLinks"),
    )


def _good() -> tuple[File, ...]:
    return (
        text("etc/nginx/conf.d/default.conf", "# autoindex on;", "autoindex off;"),
        text("usr/local/apache2/conf/httpd.conf", "Options -Indexes +FollowSymLinks"),
    )


@file_check(
    id="directory-listing",
    title="A web server lists the files of a folder",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.LOW,
    names=(*NGINX, *APACHE),
    bad=_bad,
    good=_good,
    remediation="Switch it off, with autoindex off or Options -Indexes.",
    references=(
        "https://nginx.org/en/docs/http/ngx_http_autoindex_module.html",
        "https://httpd.apache.org/docs/current/mod/core.html#options",
    ),
)
def directory_listing(file: File) -> Iterator[Evidence]:
    """Backups and other files that nobody links to are found by whoever opens the folder."""
    for setting in settings(file, ("#",)):
        words = setting.value.lower().split()
        at = f"{setting.key}:{setting.number}"
        if setting.key == "autoindex" and words[:1] == ["on"]:
            yield Evidence(at=at, says="autoindex is on", line=setting.number)
        elif setting.key == "options" and {"indexes", "+indexes"} & set(words):
            yield Evidence(at=at, says="Options holds Indexes", line=setting.number)
