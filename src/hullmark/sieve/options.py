"""What is looked for in the content of files, as the user asks."""

from msgspec import Struct


class OwnRules(Struct, frozen=True, kw_only=True):
    """YARA rules of the user: a file and its text."""

    path: str
    text: str


class Looking(Struct, frozen=True, kw_only=True):
    """Scanners that look at content; ``folder`` keeps compiled patterns, empty for none.

    ``own_rules`` are held against every file.
    """

    secrets: bool = False
    malware: bool = False
    config: bool = False
    folder: str = ""
    own_rules: tuple[OwnRules, ...] = ()

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
