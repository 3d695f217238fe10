"""What a file adds to checks that compare objects of several files."""

from msgspec import Struct


class Gathered(Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="fact", tag=True):
    """Kubernetes objects of one file, as far as checks across files read them.

    ``path`` is the file, ``layer`` what brought it. ``packed`` is what
    ``hullmark.checks.kube_packed`` wrote: only jailed workers look into it. ``count`` is how many
    objects that are: none where the file makes or changes objects of which nothing more is known.
    ``rendered`` says that they are all that a tool makes of the folder ``path``
    lies in, so that nothing is missing there; ``release`` is the chart that they are rendered of.
    """

    path: str
    count: int
    packed: bytes
    layer: str = ""
    rendered: bool = False
    release: str = ""
