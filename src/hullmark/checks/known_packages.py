"""Packages that are what they say, though their names are nearly those of others, by purl type."""

from collections.abc import Mapping

NPM = """
@storyblok/react accept acorn-node ansi-color ansicolors ansistyles as-number base64js
binaryextensions camel-case chartjs cjs-loader cli-spinner coffeescript color-js colors.js corejs
crypto-es crypto-ts csp-parse css-parse csv-loader dom-utils duplexer enquirer event eventemitter
extend.js findup fs.extra highlightjs http-proxy-agent httperrors immutable-js inherit isnumber
jasmine-node js-cookie json-web-token localstorage lodash-node lrucache mimer mkdir
node-http-server node-redis object.assign parse-url parsejson parseuri postcss-js prism prompt
proptypes punycode.js querystring react-if readdir scss-loader source-map-js sourcemap sqlite
storyblok swipe three.js through tinycolor tslint-config-prettier ttypescript uglify-es
uglifyjs urijs
"""

PYPI = """
aiofile beautifulsoup cchardet config-parser dataset django-filer docker-py dydantic fastai
msgpack-python oauth2-client pacparser persistent psycopg psycopg-binary py-bcrypt pyaml pyasn pygam
pymantic pypdf pytest-csv python-backoff python-bitcoinlib retworkx uri-template websocket
"""

KNOWN: Mapping[str, frozenset[str]] = {
    "npm": frozenset(NPM.split()),
    "pypi": frozenset(PYPI.split()),
    "cargo": frozenset(("memmap", "prettytable-rs")),
    "gem": frozenset(("ffaker", "omniauth-oauth")),
}
