"""What checks of images ask again and again: steps of the build, variables, programs, places."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from hullmark.model import Evidence
from hullmark.model.exposure import FOLDERS
from hullmark.model.image import Image
from hullmark.model.phrases import decimal, shortened

MAX_EACH = 50
"""Files that are told one by one; those after them are counted."""

MAX_LISTED = 5
"""Names in one sentence."""

MAX_SHOWN_CHARS = 200
"""Of a path or name in a sentence; Linux has 4096."""

MAX_LINK_HOPS = 40
"""Links that are followed on the way to a file: Linux's own limit (path_resolution(7))."""

ROOTS = ("", "0", "root")

_SECRETIVE = ("PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "TOKEN", "APIKEY", "CREDENTIALS")
_KEYS = ("API", "PRIVATE", "ACCESS", "ENCRYPTION", "SIGNING", "MASTER", "AUTH", "ACCOUNT", "APP")
_ELSEWHERE = (
    "_FILE",
    "_PATH",
    "_DIR",
    "_URL",
    "_URI",
    "_NAME",
    "_ID",
    "_TYPE",
    "_TTL",
    "_HEADER",
    "_ENDPOINT",
    "_EXPIRY",
    "_LENGTH",
    "_TIMEOUT",
    "_MODE",
    "_ENABLED",
    "_ALGORITHM",
    "_USER",
    "_USERNAME",
    "_CERT",
)
_NO_VALUES = frozenset(
    ("", "0", "1", "true", "false", "yes", "no", "on", "off", "none", "null", "auto", "default")
)


def variables(image: Image) -> Iterator[tuple[str, str]]:
    """Names and values of the environment."""
    for each in image.config.env:
        name, equals, value = each.partition("=")
        if equals:
            yield name, value


def path_folders(image: Image) -> list[str]:
    """The folders of ``PATH``, as written."""
    values = [value for name, value in variables(image) if name == "PATH"]
    return values[-1].split(":") if values else []


def holds_secret(name: str, value: str) -> bool:
    """Whether a variable of this name with this value is likely a secret, and no mere setting."""
    upper = name.upper().replace("-", "_")
    if upper.endswith(_ELSEWHERE) or "PUBLIC" in upper:
        return False
    flat = upper.replace("_", "")
    ends_in_key = upper.endswith("_KEY") and any(each in upper for each in _KEYS)
    if not (ends_in_key or any(each in flat for each in _SECRETIVE)):
        return False
    text = value.strip().strip("'\"")
    if text.lower() in _NO_VALUES or text.isdigit() or text.startswith(("/", "./", "~", "$", "<")):
        return False
    return "://" not in text or "@" in text


def user(image: Image) -> str:
    """The user part of ``USER``: a name, a number, or empty."""
    return image.config.user.strip().partition(":")[0].strip()


def is_root(image: Image) -> bool:
    """Whether the image says that it runs as user 0, or says nothing."""
    name = user(image)
    digits = name.removeprefix("+")
    return name in ROOTS or (digits.isdecimal() and not digits.strip("0"))


def words_started(image: Image) -> tuple[str, ...]:
    """Entry point and command, as they are started."""
    return (*image.config.entrypoint, *image.config.cmd)


def shell_script(words: Sequence[str]) -> str:
    """The script of ``sh -c SCRIPT``; empty where a program is started directly."""
    if len(words) > 2 and words[0].rpartition("/")[2] in SHELLS and words[1] in ("-c", "-ec"):  # noqa: PLR2004 - shell, option, script
        return words[2]
    return ""


SHELLS = frozenset(("sh", "bash", "ash", "dash", "zsh", "ksh", "busybox"))


def resolved(image: Image, path: str) -> str:
    """The path with its links followed; empty where they go round in circles."""
    for _ in range(MAX_LINK_HOPS):
        following = _one_link(image, path)
        if following is None:
            return path
        path = following
    return ""


def _one_link(image: Image, path: str) -> str | None:
    parts = path.split("/")
    for count in range(1, len(parts) + 1):
        place = "/".join(parts[:count])
        target = image.links.get(place)
        if target is not None:
            folder = [] if target.startswith("/") else parts[: count - 1]
            return _normal([*folder, *target.split("/"), *parts[count:]])
    return None


def _normal(parts: Iterable[str]) -> str:
    kept: list[str] = []
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part not in ("", "."):
            kept.append(part)
    return "/".join(kept)


def normal(path: str) -> str:
    """The path below the root, without ``.``, ``..`` and doubled slashes."""
    return _normal(path.split("/"))


def found_program(image: Image, word: str) -> str | None:
    """The path of what a word starts, empty where no file is there; ``None`` if nobody can know."""
    if not image.files or not word or "$" in word or "\\" in word or ":" in word:
        return None
    if "/" in word:
        place = word if word.startswith("/") else f"{image.config.folder}/{word}"
        places = [normal(place)]
    else:
        folders = path_folders(image) or [*FOLDERS]
        if any("$" in folder for folder in folders):
            return None
        places = [normal(f"{folder}/{word}") for folder in folders]
    for place in places:
        path = resolved(image, place)
        if path in image.files:
            return path
    return ""


def programs(image: Image, names: Iterable[str]) -> Iterator[str]:
    """Paths of programs of these names, each name once; applets of BusyBox are left out."""
    for name in names:
        for folder in FOLDERS:
            path = f"{folder}/{name}"
            if path in image.files or (
                path in image.links and not image.links[path].endswith(("busybox", "coreutils"))
            ):
                yield path
                break


def owner(image: Image, path: str) -> str:
    """The distribution package that brought a file, in words; empty where none did."""
    name = image.owners.get(path)
    return f" (package {name})" if name else ""


def there(image: Image, names: Iterable[str], what: str) -> Iterator[Evidence]:
    """Evidence for each program of these names that the image holds."""
    for path in programs(image, names):
        yield seen(image, path, f"{short(path)} is {what}{owner(image, path)}")


def seen(image: Image, path: str, says: str) -> Evidence:
    """Evidence at a file of the image."""
    return Evidence(at=path, says=says, path=path, layer=image.layer_of.get(path, ""))


def each_of(
    image: Image, paths: Iterable[str], says: Callable[[str], str], what: str
) -> Iterator[Evidence]:
    """Evidence for each path up to a bound, then one for how many more there are."""
    ordered = sorted(paths)
    for path in ordered[:MAX_EACH]:
        yield seen(image, path, says(path))
    if len(ordered) > MAX_EACH:
        more = len(ordered) - MAX_EACH
        yield Evidence(at="others", says=f"{more} more {what}, the first is {ordered[MAX_EACH]!r}")


def by_folder(
    image: Image, paths: Iterable[str], depth: int, what: str, *, sized: bool = False
) -> Iterator[Evidence]:
    """One piece of evidence for the files of each folder of so many parts."""
    groups: dict[str, list[str]] = {}
    for path in paths:
        parts = path.split("/")
        groups.setdefault("/".join(parts[: min(depth, len(parts) - 1)]), []).append(path)
    ordered = sorted(groups.items())
    for folder, files in ordered[:MAX_EACH]:
        size = f", {decimal(sum(image.files.get(path, 0) for path in files))}" if sized else ""
        files.sort()
        count = f"{len(files)} " if len(files) > 1 else ""
        yield Evidence(
            at=folder or "/",
            says=f"{count}{what}{size}: {listed(files)}",
            path=folder,
            layer=image.layer_of.get(files[0], ""),
        )
    if len(ordered) > MAX_EACH:
        yield Evidence(at="others", says=f"{len(ordered) - MAX_EACH} more folders with {what}")


def short(text: str) -> str:
    """Untrusted text, quoted and of bounded length."""
    return repr(shortened(text, MAX_SHOWN_CHARS))


def listed(names: Sequence[str], limit: int = MAX_LISTED) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - limit
    text = ", ".join(short(name) for name in names[:limit])
    return text + (f" and {more} more" if more > 0 else "")


MAX_PORTS = 1000
"""Ports of one configuration that are looked at; ranges are counted out."""

LOGIN_PORTS = frozenset((20, 21, 22, 23, 69, 512, 513, 514, 873))
"""Ports below 1024 that have rules of their own."""


def ports(image: Image) -> Iterator[tuple[int, str]]:
    """Each declared port and its protocol; ranges (``8000-8010/tcp``) port by port."""
    left = MAX_PORTS
    for each in image.config.ports:
        span, _, protocol = each.partition("/")
        first, dash, last = span.partition("-")
        if first.isdecimal() and (last.isdecimal() or not dash) and len(span) <= len("65535-65535"):
            for port in range(int(first), min(int(last or first), int(first) + left) + 1):
                yield port, protocol.lower() or "tcp"
                left -= 1


def ports_among(
    image: Image, names: Mapping[int, str], udp: Iterable[int] = ()
) -> Iterator[Evidence]:
    """Evidence for each declared port that has a name here; ``udp`` are those that listen there."""
    over_udp = frozenset(udp)
    for port, protocol in ports(image):
        if port in names and (protocol == "udp") == (port in over_udp):
            at = f"ExposedPorts {port}/{protocol}"
            yield Evidence(at=at, says=f"port {port}/{protocol} is that of {names[port]}")


def is_odd_place(folder: str) -> bool:
    """Whether a folder of a search path is one where anybody may write, or none of its own."""
    if folder.startswith("$"):
        return False
    if not folder.startswith("/"):
        return True
    return f"{normal(folder)}/".startswith(TEMPORARY)


TEMPORARY = ("tmp/", "var/tmp/", "dev/shm/", "run/shm/")


def host(address: str, *, quoted: bool = True) -> str:
    """The host of an address, without the user and password before it."""
    place = address.partition("://")[2].partition("/")[0].rpartition("@")[2]
    return short(place) if quoted else place.partition(":")[0]


def reference(name: str) -> tuple[str, str, str]:
    """Repository, tag and digest of an image's name, each empty where it has none."""
    rest, _, digest = name.strip().partition("@")
    if rest.startswith("sha256:"):
        return "", "", rest
    place, colon, tag = rest.rpartition(":")
    return (place, tag, digest) if colon and "/" not in tag else (rest, "", digest)


EARLIEST = date(2013, 3, 1)
"""Docker's first release: times before are those of reproducible builds."""


def age_in_days(image: Image) -> int | None:
    """Days between the image's creation and today; ``None`` where one of them is not told."""
    try:
        created = date.fromisoformat(image.config.created[:10])
        today = date.fromisoformat(image.today[:10])
    except ValueError:
        return None
    return (today - created).days if EARLIEST <= created <= today else None
