"""What to do about a whole image, beyond its packages."""

from msgspec import Struct


class BaseAdvice(Struct, frozen=True, kw_only=True):
    """How much of what was found comes from the base image.

    ``base`` is its name, empty where nothing tells; ``newer`` a later one that was learned. Of
    ``vulnerabilities`` in all ``brought`` are in the base's layers, ``fixable`` of them with a fix.
    """

    base: str
    newer: str
    vulnerabilities: int
    brought: int
    fixable: int

    @property
    def says(self) -> str:
        """One sentence for people."""
        what = f"a newer {self.base}" if self.base else "a newer base image"
        are = "is" if self.vulnerabilities == 1 else "are"
        return (
            f"rebuild on {self.newer or what}: {self.brought} of {self.vulnerabilities}"
            f" {'vulnerability' if self.vulnerabilities == 1 else 'vulnerabilities'} {are} in the"
            f" base image's layers, {self.fixable} of them with a fix"
        )
