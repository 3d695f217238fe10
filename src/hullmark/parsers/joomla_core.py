"""Joomla itself, by the manifest of its files.

Format: https://docs.joomla.org/Manifest_files, which Joomla has had for itself since 1.6.
"""

from collections.abc import Iterator

from hullmark.model import File, Package, ParseError
from hullmark.model.xml import root
from hullmark.unit import parser


@parser(
    id="joomla-core",
    names=("**/administrator/manifests/files/joomla.xml",),
    example=File(
        path="var/www/html/administrator/manifests/files/joomla.xml",
        content=b"""\
<?xml version="1.0" encoding="UTF-8"?>
<extension type="file" method="upgrade">
  <name>files_joomla</name>
  <version>5.1.2</version>
</extension>
""",
    ),
    expect=("pkg:composer/joomla/joomla-cms@5.1.2",),
)
def joomla_core(file: File) -> Iterator[Package]:
    """Yield Joomla as the package that Composer has of it; not its extensions."""
    version = root(file, "extension").said("version")
    if not version:
        raise ParseError(file.path, "no version of Joomla is given")
    yield Package(
        type="composer",
        namespace="joomla",
        name="joomla-cms",
        version=version,
        path=file.path,
    )
