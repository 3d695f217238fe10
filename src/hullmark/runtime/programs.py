"""Languages and servers by their names: what they call, and where they write.

The names are those of images, packages and commands. Where each writes is what its documentation
and the image of its publisher say.
"""

from re import compile as regex

from msgspec import Struct

from hullmark.runtime import syscalls as calls

_word = regex(r"[a-z][a-z+]*").findall


class Program(Struct, frozen=True, kw_only=True):
    """A kind of program: ``words`` by which it is known, ``writes`` the folders that it needs.

    ``keeps`` are folders of its data, which ought to outlive it, and ``ports`` those below 1024
    that its image listens at.
    """

    id: str
    words: frozenset[str]
    groups: tuple[calls.Group, ...]
    writes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    why: str


def _program(
    id: str,
    words: str,
    why: str,
    *groups: calls.Group,
    writes: tuple[str, ...] = (),
    keeps: tuple[str, ...] = (),
    ports: tuple[int, ...] = (),
) -> Program:
    return Program(
        id=id,
        words=frozenset(words.split()),
        groups=groups,
        writes=writes,
        keeps=keeps,
        ports=ports,
        why=why,
    )


PROGRAMS = (
    _program(
        "java",
        """java jdk jre openjdk temurin corretto zulu tomcat jetty wildfly keycloak jenkins kafka
        zookeeper elasticsearch opensearch logstash cassandra solr spring quarkus maven gradle
        neo sonarqube nexus activemq""",
        "the JVM watches folders and sets priorities of its threads",
        *(calls.PROCESSES, calls.WATCHING, calls.PRIORITY),
    ),
    _program(
        "node",
        "node nodejs npm yarn pnpm next nuxt bun deno ghost",
        "Node.js watches files and starts programs through libuv",
        *(calls.PROCESSES, calls.WATCHING, calls.PRIORITY),
    ),
    _program(
        "python",
        """python pypy pip uv poetry gunicorn uvicorn celery django flask jupyter airflow superset
        streamlit""",
        "servers of Python start workers",
        calls.PROCESSES,
    ),
    _program(
        "ruby",
        "ruby rails puma unicorn jruby sidekiq redmine",
        "servers of Ruby start workers and watch files",
        *(calls.PROCESSES, calls.WATCHING),
    ),
    _program(
        "php",
        "php",
        "FPM starts workers",
        *(calls.PROCESSES, calls.OWNERS),
        writes=("/run",),
    ),
    _program("perl", "perl", "programs of Perl start others", calls.PROCESSES),
    _program(
        "dotnet",
        "dotnet aspnet aspnetcore mono",
        ".NET watches its configuration and starts threads of several priorities",
        *(calls.PROCESSES, calls.WATCHING, calls.PRIORITY),
    ),
    _program("go", "golang go", "the scheduler of Go needs threads and signals alone"),
    _program("rust", "rust cargo", "programs of Rust need threads and signals alone"),
    _program(
        "erlang",
        "erlang elixir rabbitmq couchdb emqx ejabberd",
        "the BEAM starts helpers beside it",
        calls.PROCESSES,
    ),
    _program(
        "php-site",
        "wordpress drupal nextcloud joomla mediawiki phpmyadmin",
        "its image brings Apache, whose workers share semaphores",
        *(calls.PROCESSES, calls.LISTENER, calls.OWNERS, calls.SHARED),
        writes=("/run", "/var/lock"),
        keeps=("/var/www/html",),
        ports=(80,),
    ),
    _program(
        "nginx",
        "nginx openresty angie tengine",
        "nginx starts workers, gives its folders to their user, and may read asynchronously",
        *(calls.PROCESSES, calls.LISTENER, calls.OWNERS, calls.ASYNC, calls.PRIORITY),
        writes=("/run", "/var/cache/nginx", "/var/lib/nginx", "/var/lib/nginx/tmp"),
        ports=(80,),
    ),
    _program(
        "apache",
        "httpd apache",
        "Apache starts workers that share semaphores",
        *(calls.PROCESSES, calls.LISTENER, calls.OWNERS, calls.SHARED),
        writes=("/run", "/usr/local/apache2/logs", "/var/lock"),
        ports=(80,),
    ),
    _program(
        "haproxy",
        "haproxy squid envoy",
        "proxies start workers and drop rights",
        *(calls.PROCESSES, calls.LISTENER, calls.OWNERS),
        writes=("/run",),
    ),
    _program(
        "caddy",
        "caddy traefik varnish",
        "proxies start workers and drop rights",
        *(calls.PROCESSES, calls.LISTENER, calls.OWNERS),
        writes=("/run", "/config"),
        keeps=("/data",),
        ports=(80,),
    ),
    _program(
        "postgresql",
        "postgres postgresql postgis pgbouncer timescaledb pgvector",
        "PostgreSQL starts a process for each connection, which share memory of System V",
        *(calls.PROCESSES, calls.LISTENER, calls.SHARED, calls.OWNERS, calls.ATTRIBUTES),
        writes=("/run/postgresql",),
        keeps=("/var/lib/postgresql",),
    ),
    _program(
        "mysql",
        "mysql mariadb percona",
        "InnoDB reads files asynchronously",
        *(calls.PROCESSES, calls.LISTENER, calls.ASYNC, calls.OWNERS, calls.PRIORITY),
        writes=("/run/mysqld",),
        keeps=("/var/lib/mysql",),
    ),
    _program(
        "mongodb",
        "mongo mongodb ferretdb",
        "MongoDB gives its folder to its user at the start",
        *(calls.PROCESSES, calls.LISTENER, calls.OWNERS),
        keeps=("/data/db",),
    ),
    _program(
        "redis",
        "redis valkey keydb memcached dragonfly",
        "snapshots are written by a second process",
        *(calls.PROCESSES, calls.LISTENER, calls.OWNERS),
        keeps=("/data",),
    ),
)

_SHORT = ("go", "neo", "uv", "next", "node", "spring", "mono")
"""Words that mean a program only where they stand first."""


def known_by(word: str) -> list[Program]:
    """The programs that a name of an image, a package or a command stands for."""
    words = _word(word.lower())[:8]
    if not words:
        return []
    heard = {words[0], *(each for each in words[1:] if each not in _SHORT)}
    return [each for each in PROGRAMS if heard & each.words]


ROOTED = frozenset(
    (
        *("gosu", "su-exec", "su", "sudo", "runuser", "setpriv", "s6-setuidgid", "chroot"),
        *("chown", "chgrp", "setuidgid", "chpst", "mount", "sysctl", "iptables", "useradd"),
        *("adduser", "usermod", "groupadd", "addgroup", "groupmod"),
    )
)
"""Programs that only root may use: they change users, owners, accounts or the kernel."""
