"""Names of packages that everybody knows, by purl type: those that others imitate.

A compilation of our own; names are in the form by which registries compare them.
"""

from collections.abc import Mapping

PYPI = """
absl-py accelerate adal aiobotocore aiofiles aiohttp aiosignal airflow alembic altair amqp anaconda
annotated-types ansible anthropic antlr4-python3-runtime anyio apache-airflow apache-beam appdirs
apscheduler argcomplete argon2-cffi arrow asgiref asn1crypto astroid asttokens async-timeout asyncpg
attrs autopep8 awscli azure-common azure-core azure-identity azure-storage-blob babel backoff bcrypt
beautifulsoup4 billiard bitcoinlib black bleach blinker bokeh boto boto3 botocore bottle bs4 build
cachetools cattrs celery certifi cffi chardet charset-normalizer cherrypy click cloudpickle colorama
coloredlogs colorlog confluent-kafka configobj configparser construct contourpy coverage
cryptography cssselect cupy cycler cython dask databricks-cli datadog dataclasses-json datasets
dateparser debugpy decorator defusedxml deprecated dill discord-py distlib distro django
django-cors-headers django-filter djangorestframework dnspython docker docker-compose docopt
docstring-parser docutils dotenv ecdsa elasticsearch email-validator eth-account execnet executing
fabric faker falcon fastapi fastjsonschema filelock flake8 flask flask-cors flask-login
flask-sqlalchemy fonttools frozenlist fsspec future gast gensim gevent geopandas gitdb gitpython
google-api-core google-api-python-client google-auth google-cloud-bigquery google-cloud-storage
googleapis-common-protos graphql-core graphviz greenlet grpcio grpcio-tools gunicorn h11 h5py
hiredis html5lib httpcore httplib2 httpx huggingface-hub humanize hypothesis idna imageio
importlib-metadata importlib-resources iniconfig ipykernel ipython ipywidgets isodate isort
itsdangerous jax jedi jeepney jellyfish jinja2 jmespath joblib jsonpath-ng jsonpickle jsonpointer
jsonschema jupyter jupyterlab jwt kafka-python keras keyring kiwisolver kombu kubernetes langchain
lazy-object-proxy ldap3 librosa lightgbm litellm lockfile loguru lxml mako markdown markdown-it-py
markupsafe marshmallow matplotlib mccabe minio mistune mlflow mock more-itertools moto msal msgpack
multidict mypy mypy-extensions mysqlclient nest-asyncio networkx nltk nose notebook numba numpy
oauth2client oauthlib odfpy onnx onnxruntime openai opencv-python openpyxl opentelemetry-api orjson
packaging pandas paramiko parso passlib pathspec peewee pexpect pika pillow pip pipenv platformdirs
playwright plotly pluggy poetry portalocker pre-commit prettytable prometheus-client prompt-toolkit
protobuf psutil psycopg2 psycopg2-binary ptyprocess pulp py4j pyarrow pyasn1 pyasn1-modules
pycodestyle pycparser pycryptodome pycryptodomex pydantic pydantic-core pydub pyflakes pygame
pygments pyinstaller pyjwt pylint pymongo pymysql pynacl pyodbc pyopenssl pyparsing pyperclip pypdf2
pyrsistent pyserial pysocks pyspark pytest pytest-asyncio pytest-cov pytest-mock python-dateutil
python-dotenv python-jose python-multipart pytz pywin32 pyyaml pyzmq ray redis regex reportlab
requests requests-oauthlib requests-toolbelt responses rich rsa ruamel-yaml ruff s3fs s3transfer
sacremoses scapy scikit-image scikit-learn scipy scrapy seaborn selenium sentencepiece sentry-sdk
setuptools shapely simplejson six slack-sdk smart-open smmap sniffio snowballstemmer
snowflake-connector-python sortedcontainers soupsieve spacy sphinx sqlalchemy sqlparse starlette
statsmodels streamlit sympy tabulate telethon tenacity tensorboard tensorflow termcolor tiktoken
tokenizers toml tomli tomlkit toolz torch torchvision tornado tox tqdm traitlets transformers trio
twilio twine twisted typer types-requests typing-extensions tzdata tzlocal ujson uritemplate urllib3
uvicorn uvloop virtualenv watchdog watchfiles wcwidth web3 webencodings websocket-client websockets
werkzeug wheel wrapt wtforms xgboost xlrd xlsxwriter xmltodict yapf yarl zipp zope-interface
"""
"""Of PyPI."""

NPM = """
abbrev accepts acorn ajv angular ansi-colors ansi-regex ansi-styles anymatch apollo-server argparse
array-flatten async asynckit autoprefixer aws-sdk axios axios-retry babel-loader babel-core
balanced-match base64-js bcrypt bcryptjs bignumber.js binary-extensions bluebird bn.js body-parser
bootstrap boxen brace-expansion browserify browserslist buffer bunyan camelcase caniuse-lite canvas
chai chalk chart.js cheerio chokidar classnames cli-spinners cli-table cliui clone clsx coa
coffee-script color color-convert color-name color-string colorette colors commander commitlint
compression concat-map concat-stream concurrently connect content-disposition content-type cookie
cookie-parser cookie-signature core-js core-util-is cors cosmiconfig cross-env cross-fetch
cross-spawn crypto-js css-loader cssnano csv-parse d3 date-fns dayjs debug deep-equal deepmerge
delayed-stream depd destroy discord.js dompurify domutils dotenv duplexer2 ee-first ejs electron
electron-builder elliptic emoji-regex encodeurl enzyme error-ex es6-promise esbuild escape-html
escape-string-regexp eslint eslint-config-prettier eslint-plugin-import eslint-plugin-react
eslint-scope esprima estraverse esutils etag ethers event-stream eventemitter3 events execa express
express-session extend fast-deep-equal fast-glob fast-json-stable-stringify fastify faker fbjs fetch
file-loader finalhandler find-up firebase follow-redirects forever form-data formik framer-motion
fresh fs-extra fs.realpath fsevents function-bind gatsby glob glob-parent got graceful-fs graphql
grunt gulp handlebars has-flag helmet highlight.js hoist-non-react-statics hosted-git-info
html-webpack-plugin http-errors http-proxy http-proxy-middleware http-server https-proxy-agent husky
i18next iconv-lite ignore immer immutable inflight inherits ini inquirer ioredis ip ipaddr.js
is-number isarray isexe jasmine jest joi jquery js-yaml jsdom json5 jsonfile jsonwebtoken jszip
karma keyv kind-of knex koa leaflet left-pad less lerna lint-staged local-storage lodash
lodash.merge log4js loose-envify lru-cache luxon magic-string make-dir marked material-ui
memoize-one meow micromatch mime mime-types mimic-fn minimatch minimist mkdirp mobx mocha moment
moment-timezone mongodb mongoose morgan ms multer mysql mysql2 nan nanoid negotiator next nock
node-fetch node-gyp node-ipc node-sass nodemailer nodemon normalize-path npm npm-run-all npmlog nuxt
nyc object-assign on-finished once ora p-limit p-locate parse-json parseurl parcel passport
passport-jwt path-exists path-parse path-to-regexp pg phantomjs picocolors picomatch pino playwright
pm2 postcss postcss-loader prettier prisma process-nextick-args progress prompts prop-types
proxy-addr pump punycode puppeteer q qs query-string ramda range-parser raw-body rc react
react-bootstrap react-dom react-hook-form react-is react-native react-query react-redux react-router
react-router-dom react-scripts readable-stream readdirp recharts redis redux redux-saga redux-thunk
regenerator-runtime request require-directory resolve restify rimraf rollup rxjs safe-buffer
safer-buffer sass sass-loader sax selenium-webdriver semver send sequelize serve serve-static
setprototypeof sharp shelljs shx signal-exit sinon socket.io socket.io-client solc source-map
source-map-support sprintf-js sqlite3 statuses storybook string-width string_decoder strip-ansi
strip-json-comments style-loader styled-components stylelint superagent supertest supports-color
svelte swagger-ui-express swiper tailwindcss tap tape tar terser three through2 tinycolor2 tmp
tough-cookie ts-jest ts-loader ts-node tslib tslint tsx twilio typeorm typescript ua-parser-js
uglify-js underscore unpipe upath uri-js url-loader util-deprecate uuid validator vary vite vitest
vue vue-loader vue-router vuex watchpack web3 webpack webpack-cli webpack-dev-server which winston
wrap-ansi wrappy ws xlsx xml2js xmldom xtend y18n yallist yaml yargs yargs-parser yarn yup zod
zone.js
"""
"""Of npm, without scopes."""

SCOPED = """
@angular/cli @angular/common @angular/core @apollo/client @aws-sdk/client-s3 @azure/identity
@babel/core @babel/preset-env @babel/runtime @emotion/react @eslint/js @fortawesome/fontawesome-free
@google-cloud/storage @hapi/hapi @jest/core @mui/material @nestjs/common @nestjs/core
@nrwl/workspace @octokit/rest @openzeppelin/contracts @prisma/client @reduxjs/toolkit
@rollup/plugin-commonjs @sentry/browser @sentry/node @solana/web3.js @storybook/react
@stripe/stripe-js @supabase/supabase-js @tailwindcss/forms @tanstack/react-query
@testing-library/react @types/node @types/react @typescript-eslint/parser @vitejs/plugin-react
@vue/cli @webassemblyjs/ast @svgr/webpack
"""
"""Of npm, with their scopes, which are imitated too."""

GEM = """
actioncable actionmailer actionpack actionview active_model_serializers activeadmin activejob
activemodel activerecord activestorage activesupport addressable airbrake ast atlas
autoprefixer-rails aws-sdk aws-sdk-core aws-sdk-s3 backports bcrypt better_errors bigdecimal
binding_of_caller bootsnap bootstrap-sass brakeman builder bullet bundler byebug cancancan
capistrano capybara carrierwave childprocess chronic cocoapods coderay coffee-rails colorize
concurrent-ruby connection_pool crass daemons dalli database_cleaner debug devise diff-lcs discourse
docile domain_name dotenv dotenv-rails doorkeeper elasticsearch erubi erubis eventmachine excon
execjs factory_bot factory_bot_rails factory_girl faker faraday fastlane ffi fog fog-core foreman
formtastic friendly_id geocoder globalid google-api-client grape graphql guard haml hashie highline
hiredis hitimes http httparty httpclient i18n jbuilder jekyll jmespath jquery-rails json json-schema
jwt kaminari knapsack kramdown launchy letter_opener listen liquid loofah mail marcel method_source
mime-types mini_magick mini_mime mini_portile2 minitest mocha mongo mongoid msgpack multi_json
multi_xml multipart-post mustache mysql2 net-ssh net-scp net-http nio4r nokogiri oauth oauth2
octokit omniauth omniauth-oauth2 ox paperclip parallel parser pg phantomjs pry pry-byebug psych
public_suffix puma pundit puppet rack rack-attack rack-cors rack-protection rack-test rails
rails-html-sanitizer railties rainbow rake ransack rb-inotify rbnacl rdoc redcarpet redis
redis-rails regexp_parser representable rest-client resque rouge rspec rspec-core rspec-expectations
rspec-mocks rspec-rails rubocop rubocop-rails ruby-progressbar rubygems-update rubyzip sanitize sass
sass-rails sassc selenium-webdriver sentry-raven sequel shoulda shoulda-matchers sidekiq signet
simple_form simplecov sinatra slim slop spree spring sprockets sprockets-rails sqlite3 stripe
strong_migrations terminal-table thin thor thread_safe tilt timecop treetop turbolinks twitter
typhoeus tzinfo uglifier unf unicorn vagrant vcr warden web-console webdrivers webmock webpacker
websocket-driver whenever wicked_pdf will_paginate xcpretty yajl-ruby yard zeitwerk
"""
"""Of RubyGems."""

CARGO = """
actix actix-rt actix-web addr2line adler ahash aho-corasick alloy ansi-term anyhow arbitrary
arc-swap arrayvec async-channel async-std async-stream async-trait atty autocfg aws-config axum
backtrace base64 bincode bindgen bit-vec bitcoin bitflags blake2 blake3 block-buffer bumpalo
byteorder bytes cargo-metadata cc cfg-if chrono clap clap-derive colored config console cookie
core-foundation cpufeatures crates-io criterion crossbeam crossbeam-channel crossbeam-utils
crypto-common csv ctor curve25519-dalek darling dashmap deadpool derive-more diesel digest dirs
dotenv ed25519-dalek either encoding-rs env-logger ethers eyre fastrand filetime flate2 fnv
foreign-types form-urlencoded futures futures-channel futures-core futures-util generic-array
getrandom gimli git2 glob gloo h2 half hashbrown headers heck hex hmac home http http-body httparse
httpdate humantime hyper hyper-tls iana-time-zone idna image indexmap indicatif indoc insta instant
ipnet itertools itoa jobserver js-sys json jsonwebtoken kube lalrpop lazy-static lettre libc
libloading libsqlite3-sys libz-sys linked-hash-map linux-raw-sys lock-api log log4rs lru matches
matrixmultiply md5 memchr memmap2 memoffset mime mime-guess miniz-oxide mio mockall nalgebra
native-tls ndarray nix nom notify num num-bigint num-cpus num-integer num-traits object once-cell
opaque-debug openssl openssl-sys opentelemetry ordered-float parking-lot paste pem percent-encoding
pest petgraph phf pin-project pin-utils pkg-config polars postgres ppv-lite86 pretty-assertions
prettytable proc-macro2 proptest prost protobuf pyo3 quick-xml quickcheck quote rand rand-chacha
rand-core rayon redis redox-syscall regex regex-automata regex-syntax reqwest ring rlua rocket rsa
rstest rusqlite rust-decimal rustc-demangle rustc-hash rustc-version rustfmt rustix rustls
rustls-pemfile rustversion ryu same-file schannel schemars scopeguard sea-orm secp256k1
security-framework semver serde serde-derive serde-json serde-yaml sha1 sha2 signal-hook signature
siphasher slab slog smallvec socket2 solana-sdk spin sqlx static-assertions strsim structopt strum
strum-macros subtle syn synstructure sysinfo tar tauri tempfile termcolor textwrap thiserror
thread-local time tinyvec tokio tokio-rustls tokio-stream tokio-util toml tonic tower tower-http
tracing tracing-core tracing-subscriber tungstenite typenum unicode-bidi unicode-width untrusted url
uuid vcpkg version-check void walkdir warp wasm-bindgen wasmtime web-sys webpki winapi windows-sys
winnow yaml-rust zeroize zip zstd
"""
"""Of crates.io, with hyphens where they have underscores."""

GO = """
github.com/aws/aws-sdk-go github.com/aws/aws-sdk-go-v2 github.com/beorn7/perks
github.com/boltdb/bolt github.com/burntsushi/toml github.com/caddyserver/caddy
github.com/cespare/xxhash github.com/cilium/ebpf github.com/containerd/containerd
github.com/coreos/etcd github.com/davecgh/go-spew github.com/dgrijalva/jwt-go github.com/docker/cli
github.com/docker/docker github.com/docker/go-connections github.com/docker/go-units
github.com/dustin/go-humanize github.com/elastic/go-elasticsearch github.com/ethereum/go-ethereum
github.com/fatih/color github.com/fsnotify/fsnotify github.com/gin-gonic/gin github.com/go-chi/chi
github.com/go-kit/kit github.com/go-logr/logr github.com/go-playground/validator
github.com/go-redis/redis github.com/go-resty/resty github.com/go-sql-driver/mysql
github.com/gofiber/fiber github.com/gogo/protobuf github.com/golang-jwt/jwt github.com/golang/glog
github.com/golang/mock github.com/golang/protobuf github.com/golang/snappy github.com/google/go-cmp
github.com/google/uuid github.com/google/wire github.com/gorilla/mux github.com/gorilla/websocket
github.com/grpc-ecosystem/grpc-gateway github.com/hashicorp/consul
github.com/hashicorp/go-multierror github.com/hashicorp/golang-lru github.com/hashicorp/hcl
github.com/hashicorp/terraform github.com/hashicorp/vault github.com/imdario/mergo
github.com/jackc/pgx github.com/jinzhu/gorm github.com/jmoiron/sqlx github.com/json-iterator/go
github.com/julienschmidt/httprouter github.com/kelseyhightower/envconfig
github.com/klauspost/compress github.com/labstack/echo github.com/lib/pq github.com/mattn/go-isatty
github.com/mattn/go-sqlite3 github.com/miekg/dns github.com/mitchellh/mapstructure
github.com/nats-io/nats.go github.com/nats-io/nats-server github.com/olekukonko/tablewriter
github.com/onsi/ginkgo github.com/onsi/gomega github.com/opencontainers/go-digest
github.com/opencontainers/image-spec github.com/opencontainers/runc github.com/pelletier/go-toml
github.com/pkg/errors github.com/pmezard/go-difflib github.com/prometheus/client_golang
github.com/prometheus/common github.com/redis/go-redis github.com/rs/zerolog
github.com/satori/go.uuid github.com/segmentio/kafka-go github.com/shopify/sarama
github.com/shopspring/decimal github.com/sirupsen/logrus github.com/spf13/afero
github.com/spf13/cobra github.com/spf13/pflag github.com/spf13/viper github.com/stretchr/objx
github.com/stretchr/testify github.com/tidwall/gjson github.com/uber/jaeger-client-go
github.com/urfave/cli github.com/valyala/fasthttp github.com/vishvananda/netlink
github.com/xeipuuv/gojsonschema go.etcd.io/bbolt go.etcd.io/etcd go.mongodb.org/mongo-driver
go.opentelemetry.io/otel go.uber.org/atomic go.uber.org/zap golang.org/x/crypto golang.org/x/net
golang.org/x/sync golang.org/x/sys golang.org/x/text google.golang.org/grpc
google.golang.org/protobuf gopkg.in/yaml.v2 gopkg.in/yaml.v3 gorm.io/gorm k8s.io/api
k8s.io/apimachinery k8s.io/client-go sigs.k8s.io/yaml
"""
"""Modules of Go, without what names their major version."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


POPULAR: Mapping[str, frozenset[str]] = {
    "pypi": _names(PYPI),
    "npm": _names(NPM) | _names(SCOPED),
    "gem": _names(GEM),
    "cargo": _names(CARGO),
    "golang": _names(GO),
}
"""By purl type."""
