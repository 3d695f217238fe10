"""The registry in which PEAR and PECL note each package that they installed.

Format: ``PEAR_Registry`` of https://github.com/pear/pear-core keeps what package.xml said
(https://pear.php.net/manual/en/guide.developers.package2.php), serialised by PHP.
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Package, ParseError, dig
from hullmark.model.php_serialised import SerialisedError, unserialised
from hullmark.unit import parser

_FIRST_CHANNEL = "pear.php.net"
"""The only one when package.xml was of version 1 and named none."""


@parser(
    id="pear-registry",
    names=("**/.registry/*.reg", "**/.registry/*/*.reg"),
    example=File(
        path="usr/local/lib/php/.registry/.channel.pecl.php.net/tool.reg",
        content=b'a:4:{s:4:"name";s:4:"Tool";s:7:"channel";s:12:"pecl.php.net";s:7:"version";'
        b'a:2:{s:7:"release";s:5:"1.2.3";s:3:"api";s:3:"1.0";}s:7:"license";a:2:{s:7:"attribs";'
        b'a:1:{s:3:"uri";s:19:"http://example.org/";}s:8:"_content";s:11:"BSD License";}}',
    ),
    expect=("pkg:pear/pecl.php.net/Tool@1.2.3",),
)
def pear_registry(file: File) -> Iterator[Package]:
    """Yield the package with its channel; what it requires stands in other files."""
    try:
        entry = unserialised(file.data)
    except SerialisedError as error:
        raise ParseError(file.path, f"not what PHP serialises: {error}") from error
    name = dig(entry, "name") or dig(entry, "package")
    stated = dig(entry, "version")
    version = dig(stated, "release") or stated
    channel = dig(entry, "channel") or _FIRST_CHANNEL
    if not isinstance(name, str) or not isinstance(version, str) or not isinstance(channel, str):
        raise ParseError(file.path, "no name and version of a package")
    licence = dig(entry, "license") or dig(entry, "release_license")
    licence = dig(licence, "_content") or licence
    yield Package(
        type="pear",
        namespace=channel,
        name=name,
        version=version,
        licences=tuple(filter(None, [spdx(licence)])) if isinstance(licence, str) else (),
        path=file.path,
    )
