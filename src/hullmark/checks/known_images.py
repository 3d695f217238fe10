"""Well-known images, publishers and registries, and names that are mistaken for them."""

from collections.abc import Iterator

MAX_NAME_CHARS = 128
"""Longer names are mistaken for none of these."""

LEAST_CHARS = 5
"""Shorter names are one letter from too many words."""

LEAST_DROPPED_CHARS = 6
LEAST_REPLACED_CHARS = 7
"""How long a name is of which one letter is missing, or is another."""

IMAGES = frozenset(
    """
    adminer alpine almalinux amazoncorretto amazonlinux apache archlinux arangodb bash busybox caddy
    cassandra centos chronograf clojure composer consul couchbase couchdb dart debian docker drupal
    eclipse-mosquitto eclipse-temurin elasticsearch elixir erlang etcd express-gateway fedora flink
    fluentd flask friendica gazebo gcc ghost gitea gitlab golang gradle grafana groovy haproxy
    haskell hello-world hitch httpd hylang influxdb irssi jenkins jetty joomla jruby julia kapacitor
    keycloak kibana kong logstash loki mageia mariadb matomo maven mediawiki memcache memcached
    minio mongo mongo-express mongodb monica mysql nats neo4j neurodebian nextcloud nginx node
    nodejs odoo openjdk open-liberty opensearch opensuse oraclelinux orientdb percona perl
    phpmyadmin photon php plone postfixadmin postgis postgres postgresql prometheus pypy python
    rabbitmq rakudo-star redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust
    sapmachine silverpeas sonarqube solr spark spiped storm swift swipl teamspeak telegraf temurin
    tomcat tomee traefik ubuntu unit vagrant varnish vault wordpress xwiki yourls znc zookeeper
    """.split()  # noqa: SIM905 - a list of so many words reads as text
)
"""Official images of Docker Hub, and others that are pulled as often."""

PUBLISHERS = frozenset(
    """
    library amazon apache argoproj atlassian bitnami bitnamilegacy calico chainguard cilium circleci
    cloudflare cockroachdb confluentinc datadog docker dockerhub elastic envoyproxy fluent gitea
    gitlab google googlecontainer grafana hashicorp homeassistant istio jenkins jetbrains jfrog
    kindest kubernetes lscr linuxserver localstack mcr microsoft minio mongodb mysql netdata
    newrelic nginxinc nvidia opensearchproject openpolicyagent opentelemetry oracle percona
    portainer prom
    prometheus puppet rancher redhat redislabs rockylinux selenium sonatype splunk sysdig tensorflow
    traefik ubuntu vmware weaveworks wordpress zabbix aquasec anchore snyk
    """.split()  # noqa: SIM905 - a list of so many words reads as text
)
"""Who publishes on Docker Hub and elsewhere what others build upon."""

REGISTRIES = frozenset(
    (
        "cgr.dev",
        "docker.elastic.co",
        "docker.io",
        "gcr.io",
        "ghcr.io",
        "index.docker.io",
        "k8s.gcr.io",
        "lscr.io",
        "mcr.microsoft.com",
        "nvcr.io",
        "public.ecr.aws",
        "quay.io",
        "registry.access.redhat.com",
        "registry.gitlab.com",
        "registry.k8s.io",
        "registry.redhat.io",
        "registry.suse.com",
    )
)
LEAST_HOST_CHARS = 8
"""How long a registry's name is of which one letter is another."""

_PUBLIC = frozenset(("", "docker.io", "index.docker.io", "ghcr.io", "quay.io"))
"""Registries where anybody may publish."""

_GLYPHS = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s", "7": "t", "8": "b"})


def lookalikes(repository: str) -> Iterator[tuple[str, str]]:
    """Each part of a repository's name that is nearly a well-known one, and that one."""
    if len(repository) > MAX_NAME_CHARS:
        return
    parts = repository.lower().split("/")
    host = parts.pop(0) if len(parts) > 1 and {".", ":"} & {*parts[0]} else ""
    if host and host not in REGISTRIES:
        yield from ((host, meant) for meant in sorted(REGISTRIES) if _is_near_host(host, meant))
    if host not in _PUBLIC or not parts:
        return
    name = parts.pop()
    if parts and parts[0] not in PUBLISHERS:
        yield from ((parts[0], meant) for meant in sorted(PUBLISHERS) if _is_near(parts[0], meant))
    if name not in IMAGES and not (parts and parts[0] in PUBLISHERS):
        yield from ((name, meant) for meant in sorted(IMAGES) if _is_near(name, meant))


def _is_near_host(name: str, meant: str) -> bool:
    if name.count(".") != meant.count(".") or len(name) != len(meant):
        return False
    if _reads_as(name) == _reads_as(meant) or _is_swapped(name, meant):
        return True
    differ = sum(one != other for one, other in zip(name, meant, strict=True))
    return differ == 1 and len(meant) >= LEAST_HOST_CHARS


def _is_near(name: str, meant: str) -> bool:
    """Whether a name differs from the one that is meant as slips and tricks do."""
    plain = name.rstrip("0123456789.-_")
    if plain == meant or len(meant) < LEAST_CHARS or abs(len(name) - len(meant)) > 1:
        return False
    if name.translate(_GLYPHS).replace("rn", "m").replace("vv", "w") == meant or (
        _reads_as(name) == _reads_as(meant)
    ):
        return True
    if len(name) == len(meant):
        return _is_swapped(name, meant) or (
            len(meant) >= LEAST_REPLACED_CHARS
            and sum(one != other for one, other in zip(name, meant, strict=True)) == 1
        )
    if len(name) > len(meant):
        return any(
            name[:at] + name[at + 1 :] == meant and name[at] == name[at - 1]
            for at in range(1, len(name))
        )
    return len(meant) >= LEAST_DROPPED_CHARS and any(
        meant[:at] + meant[at + 1 :] == name for at in range(len(meant))
    )


def _reads_as(name: str) -> str:
    """The name with letters that look alike written as one."""
    return name.translate(_GLYPHS).replace("i", "l").replace("rn", "m").replace("vv", "w")


def _is_swapped(name: str, meant: str) -> bool:
    """Whether two neighbouring letters changed places."""
    return len(name) == len(meant) and any(
        name == meant[:at] + meant[at + 1] + meant[at] + meant[at + 2 :] != meant
        for at in range(len(meant) - 1)
    )
