"""What files say of the containers that they build or run; called inside the jail."""

from collections.abc import Iterable, Iterator
from re import compile as regex

from msgspec.structs import replace

from hullmark.checks.build_file import Build, build_file
from hullmark.checks.build_steps import steps, user_number
from hullmark.checks.built_image import as_image, instructions
from hullmark.checks.compose_file import Compose, Service, compose_file
from hullmark.checks.image_facts import reference
from hullmark.checks.kube import Container, Object, Pod, manifests
from hullmark.checks.pod_security import plain
from hullmark.checks.shell import started as run_by
from hullmark.model import File, ParseError
from hullmark.model.placed import Map
from hullmark.runtime.rooted import of_build as of_entry
from hullmark.runtime.rooted import rooted
from hullmark.runtime.subject import (
    MAX_CHARS,
    MAX_EACH,
    MAX_SUBJECTS,
    Port,
    Subject,
    Told,
    Workload,
    numbered,
    slug,
)

YAML_ENDINGS = (".yaml", ".yml", ".json")
ROLES = ("containers", "initContainers")
MAX_PORT = 65535

SHELLS = frozenset(("sh", "bash", "ash", "dash", "zsh", "ksh", "busybox"))
_OF_ACCOUNTS = ("useradd", "adduser", "usermod", "userdel", "deluser")
"""Programs by which a build changes accounts."""

BARE = ("scratch", "distroless", "static", "chainguard")
"""Words of bases without a shell."""

_port = regex(r"(\d{1,5})(?:-(\d{1,5}))?(?:/([a-z]{1,8}))?\Z").match


def subjects(file: File) -> list[Subject]:
    """Every container of a Dockerfile, a file of compose or a manifest, ``MAX_SUBJECTS`` at most.

    Raises ``ParseError`` where there is none.
    """
    found: list[Subject] = []
    if file.name.endswith(YAML_ENDINGS):
        objects = list(manifests(file))
        found = [each for subject in objects for each in of_object(subject)]
        if not objects:
            compose = compose_file(file)
            found = [*of_compose(compose)] if compose else []
        if not found:
            raise ParseError(file.path, "holds no pod of Kubernetes and no service of compose")
    else:
        build = build_file(file)
        if build is None:
            raise ParseError(file.path, "holds no stage of a Dockerfile")
        if build.is_windows:
            raise ParseError(file.path, "makes an image of Windows, which has no such profiles")
        found = [of_build(build, file)]
    if len(found) > MAX_SUBJECTS:
        raise ParseError(file.path, f"more than the {MAX_SUBJECTS} containers that are read")
    names = numbered([each.name for each in found])
    return [replace(each, name=name) for each, name in zip(found, names, strict=True)]


def of_build(build: Build, file: File) -> Subject:
    """The container of the image that a Dockerfile makes."""
    listed = list(instructions(build))
    last = {each.word: each for each in listed}
    config = as_image(listed).config
    base = _base(build)
    user = last.get("USER")
    entry = last.get("ENTRYPOINT") or last.get("CMD")
    words = (*config.entrypoint, *config.cmd)
    begun = f"{entry.word} in line {entry.line}" if entry else ""
    placed = {each.word: f"{each.word} in line {each.line}" for each in listed}
    return Subject(
        form="dockerfile",
        name=slug(file.path.rpartition("/")[0].rpartition("/")[2] or build.final.name or "app"),
        place=f"{short(file.name)}, stage in line {build.final.line}",
        user=Told(short(config.user), f"USER in line {user.line}") if user else None,
        uid=_uid(build, config.user),
        base="" if _changes(build, config.user) else base,
        gid=_id(config.user.partition(":")[2].strip()),
        folder=short(config.folder),
        ports=tuple(ports_of(config.ports, placed.get("EXPOSE", "EXPOSE"))),
        writable=tuple(paths_of(config.volumes, placed.get("VOLUME", "VOLUME"))),
        programs=(
            *_of_image(base, f"FROM in line {build.final.line}"),
            *started(words, begun),
        )[:MAX_EACH],
        shell=shell_of(words, begun),
        bare=f"the base {short(base)}" if _is_bare(base) else "",
        rooted=tuple(of_entry(build, listed)),
    )


def _base(build: Build) -> str:
    """What the final stage starts from, through the stages of this file."""
    named = {each.name: each for each in build.stages if each.name}
    seen = {id(build.final)}
    stage = build.final
    while (below := named.get(stage.base.lower())) is not None and id(below) not in seen:
        seen.add(id(below))
        stage = below
    return stage.base


def _uid(build: Build, user: str) -> int | None:
    """The number of a user, by itself or from the command of this file that adds the account."""
    name = user.partition(":")[0].strip()
    return _id(name) if name.isdecimal() else user_number(build, name)


def _changes(build: Build, user: str) -> bool:
    """Whether a command of this file adds, changes or removes the account of a user."""
    name = user.partition(":")[0].strip()
    return any(each.program in _OF_ACCOUNTS and name in each.words for _, _, each in steps(build))


def _id(text: str) -> int | None:
    """A user's number; none beyond what Kubernetes takes."""
    return int(text) if text.isdecimal() and len(text) <= 10 and int(text) < 2**31 else None  # noqa: PLR2004


def of_compose(compose: Compose) -> Iterator[Subject]:
    """The container of each service."""
    for service in compose.services():
        yield _of_service(service)


def _of_service(service: Service) -> Subject:
    body, at = service.body, f"services.{short(service.name)}"
    words = [*service.words("entrypoint"), *service.words("command")]
    user = body.text("user")
    image = body.text("image")
    mode = body.text("network_mode")
    begun = f"{at}.{'entrypoint' if service.words('entrypoint') else 'command'}"
    ports = [
        Port(each.inside[0], each.protocol, f"{at}.{each.at}")
        for each in service.ports()
        if each.inside
    ]
    exposed = [(text, f"{at}.{place}") for text, _, place in service.entries("expose")]
    ports += [port for text, place in exposed for port in ports_of([text], place)]
    mounts = [each for each in service.mounts() if not each.read_only]
    left = []
    for flag in ("privileged", "pid", "ipc", "uts", "userns_mode", "cgroup"):
        said = body.get(flag)
        if said in (True, "host"):
            left.append(f"{at}.{flag}: {said!s}".lower())
    left += [f"{at}.devices" for _ in range("devices" in body)]
    left += [f"{at}.network_mode: host" for _ in range(mode == "host")]
    return Subject(
        form="compose",
        name=slug(service.name),
        place=at,
        container=short(service.name),
        image=short(image),
        base=image,
        user=Told(short(user), f"{at}.user") if user else None,
        uid=_id(user.partition(":")[0]),
        gid=_id(user.partition(":")[2]),
        ports=tuple(ports[:MAX_EACH]),
        mounted=tuple(paths_of([each.target for each in mounts], f"{at}.volumes")),
        programs=(*_of_image(image, f"{at}.image"), *started(words, begun))[:MAX_EACH],
        shell=shell_of(words, begun),
        bare=f"{at}.image" if _is_bare(image) else "",
        rooted=rooted(run_by(words), begun),
        capabilities=tuple(
            Told(plain(text[:MAX_CHARS]), f"{at}.{place}")
            for text, _, place in service.entries("cap_add")
        )[:MAX_EACH],
        privileged=service.flag("privileged"),
        network="none" if mode == "none" else "",
        workload=Workload(name=short(service.name)),
        left=tuple(left),
    )


def of_object(subject: Object) -> Iterator[Subject]:
    """Each container of the pods that an object is or makes, but for those of Windows."""
    pod = subject.pod
    if pod is None or pod.is_windows or not subject.metadata.text("name"):
        return
    left = tuple(_asked_of_node(pod))
    shares = [each for each in ("hostNetwork", "hostPID", "hostIPC") if pod.spec.flag(each)]
    for container in pod.containers(*ROLES):
        if container.name:
            yield _of_container(subject, pod, container, left, shares)


def _beyond(context: Map) -> Iterator[str]:
    """Keys of a security context by which a container is confined less than all others are."""
    if context.text("procMount") not in ("", "Default"):
        yield "procMount"
    labels = context.map("seLinuxOptions")
    if any(labels.text(each) for each in ("type", "user", "role")):
        yield "seLinuxOptions"
    if context.map("appArmorProfile").text("type") == "Unconfined":
        yield "appArmorProfile"
    if context.map("windowsOptions").flag("hostProcess"):
        yield "windowsOptions"


def _root(context: Map) -> Iterator[str]:
    """The user of a whole pod, where that is root: each container has its own."""
    if _said(context, "runAsUser") == 0:
        yield "runAsUser"


def _asked_of_node(pod: Pod) -> Iterator[str]:
    for body, at in pod.volumes():
        if "hostPath" in body:
            yield f"{at}.hostPath"
    for each in pod.containers():
        for index, port in enumerate(each.body.maps("ports")):
            if port.number("hostPort"):
                yield f"{each.at}.ports[{index}].hostPort"


def _of_container(
    subject: Object, pod: Pod, container: Container, left: tuple[str, ...], shares: list[str]
) -> Subject:
    at = f"{short(subject.name)} {container.at}"
    security = (container.security, pod.security)
    uid = next((_said(each, "runAsUser") for each in security if "runAsUser" in each), None)
    gid = next((_said(each, "runAsGroup") for each in security if "runAsGroup" in each), None)
    words = [*container.body.texts("command"), *container.body.texts("args")]
    image = container.body.text("image")
    name = subject.metadata.text("name")
    mounts = [
        each.text("mountPath")
        for each in container.body.maps("volumeMounts")
        if each.flag("readOnly") is not True
    ]
    ports = [
        Port(number, each.text("protocol").lower() or "tcp", f"{at}.ports")
        for each in container.body.maps("ports")
        if (number := each.number("containerPort")) and 0 < number <= MAX_PORT
    ]
    return Subject(
        form="kubernetes",
        name=slug(name if name == container.name else f"{name}-{container.name}"),
        place=at,
        container=short(container.name),
        image=short(image),
        user=Told(str(uid), f"{short(subject.name)} runAsUser") if uid is not None else None,
        uid=uid,
        gid=gid,
        volume_gid=_said(pod.security, "fsGroup"),
        ports=tuple(ports[:MAX_EACH]),
        mounted=tuple(paths_of(mounts, f"{at}.volumeMounts")),
        programs=(*_of_image(image, f"{at}.image"), *started(words, f"{at}.command"))[:MAX_EACH],
        shell=shell_of(words, f"{at}.command"),
        bare=f"{at}.image" if _is_bare(image) else "",
        rooted=rooted(run_by(words), f"{at}.command"),
        capabilities=tuple(
            Told(plain(each[:MAX_CHARS]), f"{at}.securityContext.capabilities.add")
            for each in container.security.map("capabilities").texts("add")
        )[:MAX_EACH],
        privileged=container.security.flag("privileged") is True,
        beyond=tuple(_beyond(container.security)),
        workload=Workload(
            api=short(subject.api),
            kind=short(subject.kind),
            name=short(name),
            namespace=short(subject.namespace),
            pod=tuple(pod.at.split(".")),
            role=container.role,
            shares=tuple(shares),
            beyond=(*_beyond(pod.security), *_root(pod.security)),
        ),
        left=left,
    )


def _said(context: Map, key: str) -> int | None:
    """A number of a user or a group that a security context says."""
    number = context.number(key) if key in context else None
    return number if number is not None and 0 <= number < 2**31 else None


def ports_of(listed: Iterable[str], by: str) -> Iterator[Port]:
    """Ports as images declare them (``8080/tcp``, ``8000-8010``); of a range the ends."""
    for each in listed:
        match = _port(each.strip().lower())
        for number in dict.fromkeys(filter(None, match.group(1, 2))) if match else ():
            if match and 0 < int(number) <= MAX_PORT:
                yield Port(int(number), match[3] or "tcp", by)


def paths_of(listed: Iterable[str], by: str) -> Iterator[Told]:
    """Absolute paths among these, each once; those of odd length are left out."""
    found = dict.fromkeys(each for each in listed if each.startswith("/") and len(each) < MAX_CHARS)
    return (Told(each.rstrip("/") or "/", by) for each in [*found][:MAX_EACH])


def _of_image(image: str, by: str) -> Iterator[Told]:
    """The last part of an image's name."""
    name = reference(image[:MAX_CHARS])[0].rpartition("/")[2]
    if name:
        yield Told(name, by)


def started(words: Iterable[str], by: str) -> Iterator[Told]:
    """Programs that a command names first, those of a shell's script too."""
    for each in [*words][:3]:
        for word in each.split()[:MAX_EACH] if " " in each else (each,):
            if not word.startswith("-"):
                yield Told(short(word.rpartition("/")[2]), by)
                break


def shell_of(words: Iterable[str], by: str) -> str:
    """Where a command starts a shell, or a script by its name; empty where it does not."""
    for each in [*words][:2]:
        name = each.partition(" ")[0].rpartition("/")[2]
        if name in SHELLS or name.endswith((".sh", "entrypoint")):
            return f"{by} starts {short(name)}"
    return ""


def _is_bare(image: str) -> bool:
    return any(each in image.lower() for each in BARE)


def short(text: str) -> str:
    """The beginning of a text that a proposal repeats."""
    return text[:MAX_CHARS]
