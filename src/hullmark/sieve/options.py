"""What is looked for in the content of files, as the user asks."""

from msgspec import Struct

from hullmark.model.kubernetes import NEWEST


class OwnRules(Struct, frozen=True, kw_only=True):
    """YARA rules of the user: a file and its text."""

    path: str
    text: str


class AllowList(Struct, frozen=True, kw_only=True):
    """Secrets that do not count: those to which one of these criteria fits, or ``every`` kind.

    ``paths`` and ``regexes`` are patterns of RE2 that match anywhere; ``regexes`` are tried on the
    ``target``: the ``secret``, the whole ``match`` or its ``line``. ``stopwords`` stand in the
    secret, in any case; ``commits`` are whole ids. ``rules`` are the only ones that it is for,
    where there are any. ``at`` is the name of the file that says so.
    """

    at: str
    description: str = ""
    rules: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    commits: tuple[str, ...] = ()
    regexes: tuple[str, ...] = ()
    stopwords: tuple[str, ...] = ()
    target: str = "secret"
    every: bool = False


class Daemon(Struct, frozen=True, kw_only=True):
    """A clamd that is asked: a socket's path or a host and port, and the largest file it takes."""

    address: str
    limit_bytes: int


class Looking(Struct, frozen=True, kw_only=True):
    """Scanners that look at content; ``folder`` keeps compiled patterns, empty for none.

    ``own_rules`` are held against every file, ``allow`` against every secret. ``block_lists`` is
    the file of lists of what is known to be bad, empty for none; ``feeds`` tell what is known
    beside our rules, and of when it is. ``clamd`` is asked about every file. ``kubernetes`` is
    the minor number of the release that clusters run, ``registries`` are patterns of those that
    are trusted, empty where nobody says which. ``mend`` says that files of configuration are to
    be mended, too; ``units`` are folders of checks of the user's own.
    """

    secrets: bool = False
    malware: bool = False
    config: bool = False
    folder: str = ""
    own_rules: tuple[OwnRules, ...] = ()
    allow: tuple[AllowList, ...] = ()
    block_lists: str = ""
    feeds: tuple[tuple[str, str], ...] = ()
    clamd: Daemon | None = None
    kubernetes: int = NEWEST
    mend: bool = False
    units: tuple[str, ...] = ()
    registries: tuple[str, ...] = ()

    @property
    def content(self) -> bool:
        """Whether every byte is searched."""
        return self.secrets or self.malware

    @property
    def files(self) -> bool:
        """Whether single files are checked."""
        return self.secrets or self.malware or self.config

    def wants(self, kind: str) -> bool:
        """Whether findings of this kind are asked for."""
        if kind == "secret":
            return self.secrets
        return self.malware if kind in ("malware", "integrity") else self.config


NOTHING = Looking()
"""Nobody looks at content."""
