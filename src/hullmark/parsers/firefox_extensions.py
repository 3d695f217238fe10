"""extensions.json: what is installed in a profile of Firefox or Thunderbird.

Format: toolkit/mozapps/extensions/internal/XPIDatabase.sys.mjs of Firefox, schemas 1 to 37.
"""

from collections.abc import Iterator

from msgspec import Struct

from hullmark.model import File, Package
from hullmark.unit import parser

BUILT_IN = ("app-builtin", "app-builtin-addons", "app-system-defaults")
"""Places of add-ons that are part of the browser itself."""


class Addon(Struct, frozen=True):
    """One add-on of any kind: extension, theme, dictionary, language pack."""

    id: str
    version: str | None = None
    location: str | None = None


class Profile(Struct, frozen=True):
    """The part of the file that is read; files of other programs of this name have none."""

    addons: tuple[Addon, ...] = ()


@parser(
    id="firefox-extensions",
    names=("extensions.json",),
    example=File(
        path="home/a/.mozilla/firefox/x.default/extensions.json",
        content=b'{"schemaVersion": 37, "addons": [{"id": "weir@example.org", "version": "1.2.3",'
        b' "type": "extension", "location": "app-profile"}, {"id": "formautofill@mozilla.org",'
        b' "version": "1.0.1", "location": "app-builtin"}]}',
    ),
    expect=("pkg:firefox-extension/weir%40example.org@1.2.3",),
)
def firefox_extensions(file: File) -> Iterator[Package]:
    """Yield every add-on that is not part of the browser."""
    if b'"addons"' not in file.data:
        return
    for addon in file.json(Profile).addons:
        if addon.location not in BUILT_IN:
            yield Package(
                type="firefox-extension",
                name=addon.id,
                version=addon.version or "",
                path=file.path,
            )
