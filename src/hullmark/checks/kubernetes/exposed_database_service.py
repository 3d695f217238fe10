"""Databases that are reached from outside."""

from collections.abc import Iterator

from hullmark.checks.declare_config import object_check
from hullmark.checks.kube import Object
from hullmark.checks.kube_network import exposed_ports, way_in
from hullmark.model import Evidence, Severity

_BAD = """\
apiVersion: v1
kind: Service
metadata: {name: db}
spec:
  type: LoadBalancer
  selector: {app: db}
  ports:
  - {name: db, port: 5432}
"""
_DATABASES = {
    1433: "SQL Server",
    1521: "Oracle",
    3306: "MySQL",
    5432: "PostgreSQL",
    5984: "CouchDB",
    6379: "Redis",
    7000: "Cassandra",
    8086: "InfluxDB",
    8529: "ArangoDB",
    9042: "Cassandra",
    9200: "Elasticsearch",
    9300: "Elasticsearch",
    11211: "memcached",
    26257: "CockroachDB",
    27017: "MongoDB",
    27018: "MongoDB",
    28015: "RethinkDB",
    50000: "Db2",
}
"""Ports at which databases listen unless told otherwise."""


@object_check(
    "Service",
    id="exposed-database-service",
    title="Database is reached from outside of the cluster",
    severity=Severity.HIGH,
    bad=(_BAD, _BAD.replace("LoadBalancer", "NodePort").replace("5432", "80, targetPort: 6379")),
    good=(
        _BAD.replace("LoadBalancer", "ClusterIP"),
        _BAD.replace("5432", "443"),
        _BAD.replace("type: LoadBalancer", "type: LoadBalancer\n  loadBalancerClass: tailscale"),
    ),
    remediation="Use type ClusterIP, or an internal load balancer for the networks that need it.",
    references=("https://kubernetes.io/docs/concepts/services-networking/service/",),
)
def exposed_database_service(subject: Object) -> Iterator[Evidence]:
    """Open databases are found by scans within hours, and emptied or held to ransom.

    A weak password or a missing one is then all that lies between.
    """
    way = way_in(subject)
    if not way:
        return
    for index, port, numbers in exposed_ports(subject):
        for number in sorted(numbers & _DATABASES.keys())[:1]:
            yield subject.tell(
                f"spec.ports[{index}]",
                f"{_DATABASES[number]} at port {number} is reached by {way}",
                port.line,
            )
