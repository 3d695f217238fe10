"""Elasticsearch: passwords of its built-in users."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="elasticsearch-password",
    title="Elasticsearch password",
    severity=Severity.HIGH,
    **following(
        (
            r"\b(?:ELASTIC_PASSWORD|ELASTICSEARCH_PASSWORD|KIBANA_PASSWORD|KIBANA_SYSTEM_PASSW"
            r"ORD|LOGSTASH_INTERNAL_PASSWORD|elasticsearch\.password|xpack\.security\.\w{1,40}"
            r"password|bootstrap\.password|OPENSEARCH_INITIAL_ADMIN_PASSWORD)[\"']?[ \t]{0,8}"
            r"[:=][ \t]{0,8}"
        ),
        "PASSWORD",
        "elasticsearch.password",
        "password",
        chars=90,
    ),
    path="etc/kibana/kibana.yml",
    remediation="Set another with elasticsearch-reset-password, and keep it in the keystore.",
    references=(
        "https://www.elastic.co/docs/deploy-manage/users-roles/cluster-or-deployment-auth/built-in-users",
    ),
    bad=lambda random: random.choice(
        (f"ELASTIC_PASSWORD={drawn(random)}", f"elasticsearch.password: {drawn(random)}")
    ),
    good=lambda random: random.choice(
        (
            f"ELASTIC_PASSWORD={stand_in(random)}",
            "elasticsearch.username: kibana_system",
            "# elasticsearch.password: pass",
        )
    ),
)
def elasticsearch_password(value: str) -> Claim | None:
    """Whoever reads it reads every index that this user may, which for elastic is all."""
    return password(value)
