"""What a check saw in one file: a finding, once it is known what becomes of the file."""

from msgspec import Struct

from hullmark.model.finding import Kind, Severity


class Spotted(
    Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="fact", tag=True, gc=False
):
    """One rule's claim about a file's content or metadata.

    ``path`` is the file, inside an archive ``app.jar!/config.yml``; ``at`` tells several of one
    rule in one file apart and is empty where there can be one only. ``line`` counts from 1, 0 when
    there is none. ``says`` holds no secret, only its ends; ``mark`` is a secret's fingerprint, the
    same for the same value. ``layer`` is what brought the file; ``allowed`` is the reason by
    which a comment in the file accepts it. ``span`` are
    the bytes of a secret, or of the base 64 around it, in its file.
    """

    rule: str
    kind: Kind
    severity: Severity
    path: str
    says: str
    at: str = ""
    line: int = 0
    mark: str = ""
    layer: str = ""
    allowed: str = ""
    span: tuple[int, int] = (0, 0)


class Accounts(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="fact", tag=True):
    """User numbers by name, as etc/passwd tells them."""

    path: str
    numbers: dict[str, int]


class Subjects(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="fact", tag=True):
    """How much of each kind a file holds that was judged: ``kubernetes/Pod``, ``dockerfile``."""

    path: str
    counts: dict[str, int]


class Root(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="fact", tag=True):
    """A file that only others make whole: a kustomization, or a file of compose that reads some.

    ``system`` says which: ``kustomize`` or ``compose``. ``charts`` are folders of those that a
    kustomization asks for.
    """

    path: str
    system: str
    charts: tuple[str, ...] = ()


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="fact", tag=True):
    """A file, folder or device whose metadata is worth a look; ``kind`` is tar's type letter.

    ``size`` is in bytes, ``mode`` the permission bits with setuid, setgid and sticky.
    """

    path: str
    kind: str
    mode: int
    uid: int
    gid: int
    size: int = 0
