"""Models as the Hugging Face hub names them, by where their files lie.

Format: https://huggingface.co/docs/huggingface_hub/guides/manage-cache - a cache holds each model
as ``models--<owner>--<name>/snapshots/<commit>/``.
"""

from hullmark.model.facts import Package
from hullmark.model.later import regex

_cached = regex(r"(?:.*/)?models--(?:([\w.-]+?)--)?([\w.-]+)/snapshots/([0-9a-f]{40})/").match
_shard = regex(r"(.*)-([0-9]{5})-of-[0-9]{5}\Z").match
_address = regex(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/([\w.-]+)/([\w.-]+)").match


def model(
    path: str, name: str, version: str, *, address: str = "", licences: tuple[str, ...] = ()
) -> Package:
    """The model in the file at ``path``: the hub's, by its cache or address, else by its name."""
    owner, title, commit = "", "", ""
    if found := _cached(path):
        owner, title, commit = found.groups(default="")
    elif found := _address(address):
        owner, title = found.groups()
    if title:
        return Package(
            type="huggingface",
            namespace=owner,
            name=title,
            version=commit,
            path=path,
            licences=licences,
        )
    return Package(type="generic", name=name, version=version, path=path, licences=licences)


def shard(stem: str) -> tuple[str, int]:
    """A file's name without its part, and which part it is; the first of one counts as 1."""
    found = _shard(stem)
    return (found[1], int(found[2])) if found else (stem, 1)
