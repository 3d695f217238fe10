"""Ports of databases and caches."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import ports_among
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image

PORTS = {
    1433: "SQL Server",
    1521: "Oracle",
    3306: "MySQL",
    5432: "PostgreSQL",
    5984: "CouchDB",
    6379: "Redis",
    7000: "Cassandra's peers",
    8086: "InfluxDB",
    9042: "Cassandra",
    9200: "Elasticsearch",
    9300: "Elasticsearch's peers",
    11211: "memcached",
    27017: "MongoDB",
    27018: "MongoDB's shards",
}


@image_check(
    id="database-port-exposed",
    of_build=True,
    title="Database port exposed",
    severity=Severity.LOW,
    remediation=(
        "Publish it to nobody but those that need it (a private network, a NetworkPolicy), and "
        "require a password and TLS."
    ),
    references=("https://docs.docker.com/engine/network/port-publishing/",),
    bad=lambda: (sound(ports=("5432/tcp",)), sound(ports=("6379/tcp", "27017/tcp"))),
    good=lambda: (sound(), sound(ports=("5433/tcp",))),
    left="who is to reach it is for people to say",
)
def database_port_exposed(image: Image) -> Iterator[Evidence]:
    """A database that is published on all interfaces is found within minutes and emptied.

    ``docker run -P`` publishes every port that the image declares.
    """
    yield from ports_among(image, PORTS)
