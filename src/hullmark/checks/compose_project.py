"""Files of compose that are read together: overrides, includes, services of other files, ``.env``.

Reference: https://docs.docker.com/reference/compose-file/include/,
https://docs.docker.com/reference/compose-file/services/#extends and
https://docs.docker.com/reference/compose-file/merge/
"""

from collections.abc import Iterator, Mapping, Sequence

from hullmark.checks.compose_file import MAX_COMPOSE_BYTES, Compose, composed
from hullmark.checks.compose_merge import (
    MAX_CHAIN,
    TAGS,
    Joining,
    TooMuchError,
    has_variable,
    interpolated,
    untagged,
)
from hullmark.checks.origins import BuildError, Origins, below, folder_of, short
from hullmark.model.documents import DocumentError
from hullmark.model.later import regex
from hullmark.model.placed import Items, Map, documents, line_in_file
from hullmark.model.repository import without_login

BASES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDES = (
    *("compose.override.yml", "compose.override.yaml"),
    *("docker-compose.override.yml", "docker-compose.override.yaml"),
)
"""What compose reads when nobody names a file, and what it lays over that."""

ENV = ".env"
MAX_INCLUDED = 500
"""Files that one project may include; people include ten."""

MAX_ENV_BYTES = 256 * 1024
MAX_NAMED = 10_000
"""Variables of one project."""

_remote = regex(r"[a-z][a-z0-9+.-]*:|git@|[^/]+\.[a-z]+/[^#]*\.git(?:[#?]|\Z)").match
_name = regex(r"(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)\Z").match


class Project:
    """One project: ``covered`` are files that are wholly part of it.

    ``extended`` are services of other files that services of it are made of, ``gaps`` what is
    not there.
    """

    def __init__(self, origins: Origins) -> None:
        self._origins = origins
        self._joining = Joining()
        self._done: dict[tuple[str, str, int], tuple[Map, bool]] = {}
        self._bodies: dict[tuple[str, int], Map] = {}
        self._values: list[Mapping[str, str]] = []
        self._whole: dict[str, bool] = {}
        self._included = 0
        self.covered: dict[str, None] = {}
        self.extended: dict[tuple[str, str], None] = {}
        self.gaps: dict[str, None] = {}

    def read(self, path: str, without: Sequence[str] = ()) -> Compose:
        """The project of a file as compose reads it, but for some services.

        Raises ``BuildError``.
        """
        folder = folder_of(path)
        paths = [path]
        if path.rpartition("/")[2] in BASES:
            override = self._origins.there([below(folder, each) for each in OVERRIDES])
            paths += [override] if override else []
        try:
            values = self._env(below(folder, ENV), {})
            body = untagged(self._model(paths, values, ()))
        except (DocumentError, TooMuchError) as error:
            raise BuildError(f"{short(path)}: {error}") from error
        if not isinstance(body, Map):
            raise BuildError(f"{short(path)} is no mapping")
        services = {
            name: (service, self._whole.get(name, True))
            for name, service in body.map("services").items()
            if isinstance(service, Map) and name not in without
        }
        return composed(body, services)

    def _model(
        self, paths: Sequence[str], values: Mapping[str, str], chain: tuple[str, ...]
    ) -> Map:
        """What several files say together, the later ones over the earlier."""
        model: Map | None = None
        for path in paths:
            body = self._body(path, values)
            self.covered[path] = None
            own = self._with_extended(path, body, values)
            for included in self._includes(path, body, values, chain):
                model = included if model is None else self._joining.joined(model, included)
            model = own if model is None else self._joining.joined(model, own)
        return Map() if model is None else model

    def _body(self, path: str, values: Mapping[str, str]) -> Map:
        """All documents of a file together, variables filled in."""
        key = path, id(values)
        if key not in self._bodies:
            data = self._origins.bytes_of(path)
            if len(data) > MAX_COMPOSE_BYTES:
                raise BuildError(f"{short(path)} is more than the {MAX_COMPOSE_BYTES} bytes read")
            body: Map | None = None
            for each in documents(data, first=self._origins.first(path), keep=TAGS):
                if isinstance(each, Map):
                    body = each if body is None else self._joining.joined(body, each)
            if body is None:
                raise BuildError(f"{short(path)} is no file of compose")
            self._bodies[key] = interpolated(body, values) if b"$" in data else body
        return self._bodies[key]

    def _with_extended(self, path: str, body: Map, values: Mapping[str, str]) -> Map:
        services = body.map("services")
        done = Map(body.line, body.lines)
        done.update(body)
        listed = Map(services.line, services.lines)
        for name, service in services.items():
            listed[name] = service
            if isinstance(service, Map):
                listed[name], whole = self._service(path, name, values, ())
                self._whole[name] = self._whole.get(name, True) and whole
        if services:
            done["services"] = listed
        return done

    def _service(
        self, path: str, name: str, values: Mapping[str, str], chain: tuple[tuple[str, str], ...]
    ) -> tuple[Map, bool]:
        """A service of a file with all that it extends, and whether all of that is there."""
        key = path, name, id(values)
        if key in self._done:
            return self._done[key]
        own = self._body(path, values).map("services").get(name)
        if not isinstance(own, Map):
            raise BuildError(f"{short(path)} has no service {short(name)}")
        done, whole = own, True
        if "extends" in own:
            asked = own.map("extends")
            try:
                base, whole = self._base(path, own, values, (*chain, (path, name)))
                done = self._joining.joined(base, own)
            except BuildError as error:
                self._tell(path, own.line_of("extends"), f"extends: {error}")
                done, whole = own, False
            if not asked and not own.text("extends"):
                whole = False
        self._done[key] = done, whole
        return done, whole

    def _base(
        self, path: str, own: Map, values: Mapping[str, str], chain: tuple[tuple[str, str], ...]
    ) -> tuple[Map, bool]:
        """The service that another one extends."""
        asked = own.map("extends")
        name = asked.text("service") or own.text("extends")
        file = asked.text("file")
        other = self._local(path, file) if file else path
        if (other, name) in chain or len(chain) >= MAX_CHAIN:
            raise BuildError(f"service {short(name)} of {short(other)} is made of itself")
        if other != path:
            self._body(other, values)
        found = self._service(other, name, values, chain)
        if other != path:
            self.extended[other, name] = None
        return found

    def _local(self, path: str, entry: str) -> str:
        if _remote(entry):
            raise BuildError(f"{short(without_login(entry))} lies elsewhere and is not fetched")
        if has_variable(entry):
            raise BuildError(f"{short(entry)} depends on a variable")
        return below(folder_of(path), entry)

    def _includes(
        self, path: str, body: Map, values: Mapping[str, str], chain: tuple[str, ...]
    ) -> Iterator[Map]:
        listed = body.items_of("include")
        for index, each in enumerate(listed):
            try:
                yield self._include(path, each, values, (*chain, path))
            except (BuildError, DocumentError) as error:
                self._tell(path, listed.line_of(index), f"include: {error}")

    def _include(
        self, path: str, entry: object, values: Mapping[str, str], chain: tuple[str, ...]
    ) -> Map:
        paths = entry.texts("path") if isinstance(entry, Map) else [entry]
        places = [self._local(path, each) for each in paths if isinstance(each, str)]
        self._included += len(places)
        if self._included > MAX_INCLUDED:
            raise BuildError(f"more than the {MAX_INCLUDED} files that are included")
        if not places:
            raise BuildError("it names no file")
        if set(places) & {*chain}:
            raise BuildError("it includes itself")
        if len(chain) >= MAX_CHAIN:
            raise BuildError(f"more than {MAX_CHAIN} files that are included by each other")
        self._origins.want(places)
        folder = folder_of(places[0])
        files = [below(folder, ENV)]
        if isinstance(entry, Map):
            if entry.text("project_directory"):
                folder = self._local(path, entry.text("project_directory"))
                files = [below(folder, ENV)]
            files = [self._local(path, each) for each in entry.texts("env_file")] or files
        for each in reversed(files):
            values = self._env(each, values)
        return self._model(places, values, chain)

    def _env(self, path: str, values: Mapping[str, str]) -> Mapping[str, str]:
        """Variables with those of a file that is read for them; what is there already stays."""
        why = self._origins.why_not(path)
        data = b"" if why else self._origins.bytes_of(path)
        if len(data) > MAX_ENV_BYTES:
            self._tell(path, 0, f"more than the {MAX_ENV_BYTES} bytes that are read")
            data = b""
        own = dict(_variables(data.decode(errors="replace")))
        if not own:
            return values
        done = {**own, **values}
        if len(done) > MAX_NAMED:
            raise BuildError(f"more than {MAX_NAMED} variables")
        self._values.append(done)
        return done

    def _tell(self, path: str, line: int, why: str) -> None:
        self.gaps[f"{path}:{line_in_file(line)}: {why}"] = None


def others(body: Map) -> bool:
    """Whether a file is made of others: it includes some, or extends services of some."""
    if isinstance(body.get("include"), Items):
        return True
    services = (each for each in body.map("services").values() if isinstance(each, Map))
    return any(each.map("extends").get("file") is not None for each in services)


def _variables(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        found = _name(line.strip())
        if found:
            value = found[2]
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            else:
                value = value.partition(" #")[0].rstrip()
            yield found[1], value
