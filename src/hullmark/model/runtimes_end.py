"""Until when those who make runtimes, servers and frameworks mend what is found in them.

Facts of each project's own page of releases, as https://endoflife.date gathers them: PEP 602 and
https://devguide.python.org/versions/ (Python); https://github.com/nodejs/release (Node.js);
https://www.ruby-lang.org/en/downloads/branches/; https://www.php.net/supported-versions.php;
https://go.dev/doc/devel/release (a release ends with the second one after it);
https://dotnet.microsoft.com/platform/support/policy;
https://www.oracle.com/java/technologies/java-se-support-roadmap.html (releases without long term
support alone, as vendors differ in the others); https://www.postgresql.org/support/versioning/;
https://www.mysql.com/support/eol-notice.html; https://mariadb.org/about/#maintenance-policy;
https://www.mongodb.com/legal/support-policy/lifecycles; https://nginx.org/en/CHANGES (stable
releases, each until the next); https://tomcat.apache.org/whichversion.html;
https://www.elastic.co/support/eol; https://kubernetes.io/releases/patch-releases/;
https://containerd.io/releases/; https://github.com/moby/moby (project/BRANCHES-AND-TAGS.md);
https://openssl-library.org/policies/releasestrat/; https://www.djangoproject.com/download/;
https://rubyonrails.org/maintenance; https://spring.io/projects/spring-boot#support (open source);
https://angular.dev/reference/releases; https://v2.vuejs.org/eol/;
https://laravel.com/docs/releases; https://logging.apache.org/log4j/1.x/.
"""

from collections.abc import Mapping
from re import compile as regex

from msgspec import Struct

from hullmark.model.pypi import normalised

_ENDS = {
    "Angular": (
        "6 2019-11-03 7 2020-04-18 8 2020-11-28 9 2021-08-06 10 2021-12-24 11 2022-05-11 "
        "12 2022-11-12 13 2023-05-04 14 2023-11-18 "
        "15 2024-05-18 16 2024-11-08 17 2025-05-15 18 2025-11-21 19 2026-05-19"
    ),
    "AngularJS": "1 2021-12-31",
    "containerd": (
        "1.4 2022-03-03 1.5 2023-02-28 1.6 2025-08-23 2.0 2025-11-07 2.1 2026-05-05 2.2 2026-11-06"
    ),
    "Django": (
        "1.11 2020-04-01 2.0 2019-04-01 2.1 2019-12-02 2.2 2022-04-11 3.0 2021-04-06 "
        "3.1 2021-12-07 3.2 2024-04-01 4.0 2023-04-01 4.1 2023-12-01 4.2 2026-04-30 "
        "5.0 2025-04-30 5.1 2025-12-31 5.2 2028-04-30"
    ),
    "Docker Engine": (
        "17.12 2018-02-10 18.06 2018-12-08 18.09 2019-08-22 19.03 2021-01-08 20.10 2023-12-10 "
        "23.0 2025-05-19 24.0 2024-06-08 26.0 2024-06-08 26.1 2025-02-17 27 2025-05-03"
    ),
    "Elasticsearch": "5 2019-03-11 6 2022-02-10 7 2026-01-15 8 2027-07-15",
    "Go": (
        "1.10 2019-02-25 1.11 2019-09-03 1.12 2020-02-25 1.13 2020-08-11 1.14 2021-02-16 "
        "1.15 2021-08-16 1.16 2022-03-15 1.17 2022-08-02 1.18 2023-02-01 1.19 2023-08-08 "
        "1.20 2024-02-06 1.21 2024-08-13 1.22 2025-02-11 1.23 2025-08-12 "
        "1.24 2026-02-11 1.25 2026-08-19"
    ),
    "Java": (
        "9 2018-03-20 10 2018-09-25 12 2019-09-17 13 2020-03-17 14 2020-09-15 15 2021-03-16 "
        "16 2021-09-14 18 2022-09-20 19 2023-03-21 20 2023-09-19 22 2024-09-17 23 2025-03-18 "
        "24 2025-09-16"
    ),
    "Kubernetes": (
        "1.18 2021-06-18 1.19 2021-10-28 1.20 2022-02-28 1.21 2022-06-28 1.22 2022-10-28 "
        "1.23 2023-02-28 1.24 2023-07-28 1.25 2023-10-28 1.26 2024-02-28 1.27 2024-06-28 "
        "1.28 2024-10-28 1.29 2025-02-28 1.30 2025-06-28 1.31 2025-10-28 1.32 2026-02-28 "
        "1.33 2026-06-28 1.34 2026-10-27 1.35 2027-02-28"
    ),
    "Laravel": "8 2023-01-24 9 2024-02-06 10 2025-02-04 11 2026-03-12 12 2027-02-24",
    "Log4j": "1 2015-08-05",
    "MariaDB": (
        "5.5 2020-04-11 10.0 2019-03-31 10.1 2020-10-17 10.2 2022-05-23 10.3 2023-05-25 "
        "10.4 2024-06-18 10.5 2025-06-24 10.6 2026-07-06 10.7 2023-02-14 10.8 2023-05-20 "
        "10.9 2023-08-22 10.10 2023-11-17 10.11 2028-02-16"
    ),
    "MongoDB": (
        "3.0 2018-02-28 3.2 2018-09-30 3.4 2020-01-31 3.6 2021-04-30 4.0 2022-04-30 "
        "4.2 2023-04-30 4.4 2024-02-29 5.0 2024-10-31 6.0 2025-07-31 7.0 2027-08-31 8.0 2029-10-31"
    ),
    "MySQL": "5.5 2018-12-31 5.6 2021-02-28 5.7 2023-10-31 8.0 2026-04-30 8.4 2032-04-30",
    ".NET": (
        "1.0 2019-06-27 1.1 2019-06-27 2.0 2018-10-01 2.1 2021-08-21 2.2 2019-12-23 3.0 2020-03-03 "
        "3.1 2022-12-13 5 2022-05-10 6 2024-11-12 7 2024-05-14 8 2026-11-10 9 2026-11-10 "
        "10 2028-11-14"
    ),
    "nginx": (
        "1.10 2017-04-12 1.12 2018-04-17 1.14 2019-04-23 1.16 2020-04-20 1.18 2021-04-20 "
        "1.20 2022-05-24 1.22 2023-04-11 1.24 2024-04-23 1.26 2025-04-23"
    ),
    "Node.js": (
        "4 2018-04-30 5 2016-06-30 6 2019-04-30 7 2017-06-30 8 2019-12-31 9 2018-06-30 "
        "10 2021-04-30 11 2019-06-01 12 2022-04-30 13 2020-06-01 14 2023-04-30 15 2021-06-01 "
        "16 2023-09-11 17 2022-06-01 18 2025-04-30 19 2023-06-01 20 2026-04-30 21 2024-06-01 "
        "22 2027-04-30 23 2025-06-01 24 2028-04-30 25 2026-06-01"
    ),
    "OpenSSL": (
        "1.0.2 2019-12-31 1.1.0 2019-09-11 1.1.1 2023-09-11 3.0 2026-09-07 3.1 2025-03-14 "
        "3.2 2025-11-23 3.3 2026-04-09 3.4 2026-10-22 3.5 2030-04-08"
    ),
    "PHP": (
        "5.6 2018-12-31 7.0 2019-01-10 7.1 2019-12-01 7.2 2020-11-30 7.3 2021-12-06 7.4 2022-11-28 "
        "8.0 2023-11-26 8.1 2025-12-31 8.2 2026-12-31 8.3 2027-12-31 8.4 2028-12-31 8.5 2029-12-31"
    ),
    "PostgreSQL": (
        "9.3 2018-11-08 9.4 2020-02-13 9.5 2021-02-11 9.6 2021-11-11 10 2022-11-10 11 2023-11-09 "
        "12 2024-11-21 13 2025-11-13 14 2026-11-12 15 2027-11-11 16 2028-11-09 17 2029-11-08 "
        "18 2030-11-14"
    ),
    "Python": (
        "2.7 2020-01-01 3.3 2017-09-29 3.4 2019-03-18 3.5 2020-09-30 3.6 2021-12-23 3.7 2023-06-27 "
        "3.8 2024-10-07 3.9 2025-10-31 3.10 2026-10-31 3.11 2027-10-31 3.12 2028-10-31 "
        "3.13 2029-10-31 3.14 2030-10-31"
    ),
    "Rails": (
        "5.2 2022-06-01 6.0 2023-06-01 6.1 2024-10-01 7.0 2025-04-01 7.1 2025-10-01 7.2 2026-08-09 "
        "8.0 2026-11-07 8.1 2027-10-10"
    ),
    "Ruby": (
        "2.1 2017-03-31 2.2 2018-03-31 2.3 2019-03-31 2.4 2020-03-31 2.5 2021-03-31 2.6 2022-03-31 "
        "2.7 2023-03-31 3.0 2024-04-23 3.1 2025-03-31 3.2 2026-03-31"
    ),
    "Spring Boot": (
        "1.5 2019-08-06 2.0 2019-03-01 2.1 2019-10-30 2.2 2020-10-16 2.3 2021-05-20 2.4 2021-11-18 "
        "2.5 2022-05-19 2.6 2022-11-24 2.7 2023-06-30 3.0 2023-12-31 3.1 2024-06-30 3.2 2024-12-31 "
        "3.3 2025-06-30 3.4 2025-12-31 3.5 2026-06-30 4.0 2026-12-31"
    ),
    "Tomcat": (
        "6 2016-12-31 7 2021-03-31 8.0 2018-06-30 8.5 2024-03-31 9 2027-03-31 10.0 2022-10-31"
    ),
    "Vue": "2 2023-12-31",
}
"""Releases and ISO dates in turn. Only dates that the publisher has fixed, to the day or month."""

_PRODUCTS: Mapping[tuple[str, str], str] = {
    ("composer", "laravel/framework"): "Laravel",
    ("gem", "rails"): "Rails",
    ("generic", "jdk"): "Java",
    ("generic", "jre"): "Java",
    ("generic", "mariadb"): "MariaDB",
    ("generic", "mongodb"): "MongoDB",
    ("generic", "mysql"): "MySQL",
    ("generic", "nginx"): "nginx",
    ("generic", "node"): "Node.js",
    ("generic", "openjdk"): "Java",
    ("generic", "openssl"): "OpenSSL",
    ("generic", "php"): "PHP",
    ("generic", "postgresql"): "PostgreSQL",
    ("generic", "python"): "Python",
    ("generic", "ruby"): "Ruby",
    ("generic", "zulu"): "Java",
    ("golang", "github.com/containerd/containerd"): "containerd",
    ("golang", "github.com/containerd/containerd/v2"): "containerd",
    ("golang", "github.com/docker/docker"): "Docker Engine",
    ("golang", "k8s.io/kubernetes"): "Kubernetes",
    ("golang", "stdlib"): "Go",
    ("maven", "log4j:log4j"): "Log4j",
    ("maven", "org.apache.tomcat.embed:tomcat-embed-core"): "Tomcat",
    ("maven", "org.apache.tomcat:tomcat-catalina"): "Tomcat",
    ("maven", "org.elasticsearch:elasticsearch"): "Elasticsearch",
    ("maven", "org.springframework.boot:spring-boot"): "Spring Boot",
    ("npm", "@angular/core"): "Angular",
    ("npm", "angular"): "AngularJS",
    ("npm", "vue"): "Vue",
    ("nuget", "microsoft.netcore.app"): ".NET",
    ("pypi", "django"): "Django",
}
"""What is meant, by purl type and name; no package of PyPI or npm is the runtime itself."""

_BITNAMI = {
    ("bitnami", name): _PRODUCTS["generic", name]
    for name in ("mariadb", "mongodb", "mysql", "nginx", "node", "php", "postgresql", "python")
}
_NAMES = {**_PRODUCTS, **_BITNAMI}
_RUNTIME_PACK = "microsoft.netcore.app.runtime."

MAX_VERSION_CHARS = 64
"""Longer ones name no release of ours."""

_number = regex(r"[0-9]+(?:\.[0-9]+){0,3}").match


class End(Struct, frozen=True):
    """A release and its last day; ``next`` is the oldest release maintained then, or empty."""

    product: str
    release: str
    date: str
    next: str


def ended(type: str, name: str, version: str, today: str) -> End | None:
    """The release whose end was before ``today``; ``None`` for others, and for what we know not.

    ``name`` is the package's full name and ``today`` a date (``2026-11-22``).
    """
    product = _product(type, name)
    number = _number(version[:MAX_VERSION_CHARS].removeprefix("v").removeprefix("go"))
    if not product or not number:
        return None
    ends, release = table()[product], number[0]
    if product == "Java":
        release = release.removeprefix("1.")
    while release and release not in ends:
        release = release.rpartition(".")[0]
    date = ends.get(release, "")
    if not date or date >= today:
        return None
    above = [each for each, end in ends.items() if end >= today and _order(each) > _order(release)]
    return End(product, release, date, min(above, key=_order, default=""))


def table() -> Mapping[str, Mapping[str, str]]:
    """Last day by release, by product."""
    return _TABLE


def packages() -> Mapping[str, tuple[str, ...]]:
    """Packages that are the product, as ``type/name``, by product."""
    return {
        product: tuple(f"{type}/{name}" for (type, name), its in _NAMES.items() if its == product)
        for product in _TABLE
    }


def _product(type: str, name: str) -> str:
    if type in ("composer", "nuget", "pypi"):
        name = normalised(name) if type == "pypi" else name.lower()
        if name.startswith(_RUNTIME_PACK):
            name = "microsoft.netcore.app"
    return _NAMES.get((type, name), "")


def _order(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))


def _parsed(words: list[str]) -> Mapping[str, str]:
    return dict(zip(words[::2], words[1::2], strict=True))


_TABLE = {product: _parsed(text.split()) for product, text in _ENDS.items()}
