"""CouchDB, Couchbase, Cassandra, Elasticsearch: addresses of clusters."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="document-database-url",
    title="Document database address with a password",
    severity=Severity.HIGH,
    **carrying(
        "couchdbs?",
        "couchbases?",
        "cassandra",
        "scylla",
        "elasticsearch",
        "opensearch",
        "influxdb",
        "rethinkdb",
        "trino",
        "presto",
        "hive",
        "impala",
        "vertica",
        "redshift",
        "db2",
        "snowflake",
    ),
    path="app/.env",
    remediation="Change the user's password, and hand the address over when the container runs.",
    references=("https://docs.couchbase.com/server/current/guides/connect.html",),
    bad=lambda random: address(
        random, random.choice(("couchbase", "cassandra", "snowflake", "elasticsearch"))
    ),
    good=lambda random: harmless(
        random, random.choice(("couchbase", "cassandra", "snowflake", "elasticsearch"))
    ),
)
def document_database_url(value: str) -> Claim | None:
    """Whoever reads it works on the cluster with the rights of that user."""
    return password(value)
