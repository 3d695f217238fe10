"""Plugins of WordPress, by the comment at the start of their main file.

Format: https://developer.wordpress.org/plugins/plugin-basics/header-requirements/
"""

from collections.abc import Iterator

from hullmark.licences import spdx
from hullmark.model import File, Package
from hullmark.model.wordpress import HEADER_BYTES, header
from hullmark.unit import parser

_FOLDERS = ("plugins", "mu-plugins")


@parser(
    id="wordpress-plugin",
    names=(
        "**/wp-content/plugins/*.php",
        "**/wp-content/plugins/*/*.php",
        "**/wp-content/mu-plugins/*.php",
    ),
    example=File(
        path="var/www/html/wp-content/plugins/tool/tool.php",
        content=b"""\
<?php
/**
 * Plugin Name: The Tool
 * Version:     1.2.3
 * License:     GPLv2 or later
 */
""",
    ),
    expect=("pkg:wordpress-plugin/tool@1.2.3",),
)
def wordpress_plugin(file: File) -> Iterator[Package]:
    """Yield the plugin by the name of its folder, or of its file when it has none of its own.

    That is the name under which it is published and warned of. Files without the comment are
    parts of a plugin and tell nothing.
    """
    fields = header(file.read(0, HEADER_BYTES))
    if not fields.get("plugin name"):
        return
    *_, folder, name = file.path.split("/")
    yield Package(
        type="wordpress-plugin",
        name=name.removesuffix(".php") if folder in _FOLDERS else folder,
        version=fields.get("version", ""),
        licences=tuple(filter(None, [spdx(fields.get("license", ""))])),
        path=file.path,
    )
