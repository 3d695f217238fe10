"""Accounts of well-known images, by their names.

Sources: https://salsa.debian.org/debian/base-passwd (www-data),
https://github.com/nodejs/docker-node, https://github.com/nginxinc/docker-nginx,
https://github.com/docker-library/postgres, https://github.com/redis/docker-library-redis,
https://github.com/docker-library/mysql, https://github.com/docker-library/memcached,
https://github.com/docker-library/rabbitmq, https://github.com/docker-library/php
"""

from msgspec import Struct

from hullmark.checks.image_facts import reference

OFFICIAL = ("docker.io/library/", "index.docker.io/library/", "library/", "docker.io/")
"""What may stand before the name of an official image."""

_ON_DEBIAN = frozenset(
    (
        *("debian", "ubuntu", "buildpack-deps", "python", "node", "php", "ruby", "perl", "golang"),
        *("rust", "httpd", "nginx", "wordpress", "nextcloud", "drupal", "joomla"),
    )
)
_ON_PHP = frozenset(("php", "wordpress", "nextcloud", "drupal", "joomla"))


class Account(Struct, frozen=True):
    """The numbers of a user and of its group, and whose they are."""

    uid: int
    gid: int
    of: str


_OWN = {
    ("node", "node"): ((1000, 1000), (1000, 1000)),
    ("nginx", "nginx"): ((101, 101), (101, 101)),
    ("postgres", "postgres"): ((999, 999), (70, 70)),
    ("redis", "redis"): ((999, 999), (999, 1000)),
    ("mysql", "mysql"): ((999, 999), None),
    ("memcached", "memcache"): ((11211, 11211), (11211, 11211)),
    ("rabbitmq", "rabbitmq"): ((999, 999), None),
}
"""User and group by image and name: those of its own distribution, and those on Alpine."""


def account(image: str, name: str) -> Account | None:
    """The account that an official image is known to have under a name."""
    repository, tag, _ = reference(image)
    for each in OFFICIAL:
        if repository.startswith(each):
            repository = repository.removeprefix(each)
            break
    on_alpine = "alpine" in tag
    own = _OWN.get((repository, name))
    found = own[on_alpine] if own else None
    if found is not None:
        return Account(*found, f"the official image {repository}{' on Alpine' * on_alpine}")
    if name == "www-data" and not on_alpine and repository in _ON_DEBIAN:
        return Account(33, 33, f"Debian and Ubuntu, which {repository} is built on,")
    if name == "www-data" and on_alpine and repository in _ON_PHP:
        return Account(82, 82, f"the official image {repository} on Alpine")
    return None
