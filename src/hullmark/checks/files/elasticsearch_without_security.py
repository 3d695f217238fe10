"""An Elasticsearch or OpenSearch that everybody may use."""

from collections.abc import Iterator

from hullmark.checks.declare import file_check
from hullmark.checks.lines import settings
from hullmark.checks.samples import text
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind

OFF = {"xpack.security.enabled": "false", "plugins.security.disabled": "true"}


def _bad() -> tuple[File, ...]:
    return (
        text("usr/share/elasticsearch/config/elasticsearch.yml", "xpack.security.enabled: false"),
        text("usr/share/opensearch/config/opensearch.yml", "plugins.security.disabled: true"),
    )


def _good() -> tuple[File, ...]:
    return (
        text(
            "usr/share/elasticsearch/config/elasticsearch.yml",
            "# xpack.security.enabled: false",
            "xpack.security.enabled: true",
        ),
    )


@file_check(
    id="elasticsearch-without-security",
    title="A search server serves whoever asks",
    kind=Kind.MISCONFIGURATION,
    severity=Severity.MEDIUM,
    names=("elasticsearch.yml", "opensearch.yml"),
    bad=_bad,
    good=_good,
    remediation="Remove the setting, and create the users that you need.",
    references=(
        "https://www.elastic.co/guide/en/elasticsearch/reference/current/security-settings.html",
    ),
)
def elasticsearch_without_security(file: File) -> Iterator[Evidence]:
    """Whoever reaches the port reads, changes and deletes all data, and many a robot does."""
    for setting in settings(file, ("#",), colon=True):
        if OFF.get(setting.key) == setting.value.lower():
            at = f"{setting.key}:{setting.number}"
            says = f"{setting.key} is {setting.value}"
            yield Evidence(at=at, says=says, line=setting.number)
