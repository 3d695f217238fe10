"""Neo4j and its kin: addresses of databases."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import password
from hullmark.checks.urls import address, carrying, harmless
from hullmark.model import Severity


@secret(
    id="graph-database-url",
    title="Graph database address with a password",
    severity=Severity.HIGH,
    **carrying(r"neo4j(?:\+s|\+ssc)?", r"bolt(?:\+s|\+ssc)?", "arangodb"),
    path="app/.env",
    remediation="Change the user's password, and hand the address over when the container runs.",
    references=("https://neo4j.com/docs/operations-manual/current/",),
    bad=lambda random: address(random, random.choice(("neo4j", "bolt", "neo4j+s"))),
    good=lambda random: harmless(random, random.choice(("neo4j", "bolt", "neo4j+s"))),
)
def graph_database_url(value: str) -> Claim | None:
    """Whoever reads it works on the database with the rights of that user."""
    return password(value)
