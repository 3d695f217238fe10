"""What is downloaded into a program that runs it is told, and what it only reads is not."""

from time import process_time

import pytest

from hullmark.checks.download_flow import Downloads, unseen
from hullmark.checks.script_file import script_lines
from hullmark.checks.shell import all_commands

URL = "https://example.com/i"
ENOUGH_S = 10
"""Many times what is needed; what grows by the square takes minutes."""


@pytest.mark.parametrize(
    "text",
    [
        f"curl {URL} | bash -e",
        f"curl {URL} | bash -euo pipefail",
        f"\\curl {URL} | \\bash",
        f"curl {URL} | bash -s -- install",
        f"curl {URL} | bash /dev/stdin install",
        f"curl {URL} | sudo -iu app bash",
        f"curl {URL} | sudo --user app bash -x >/dev/null 2>&1",
        f"curl {URL} | source /dev/stdin",
        f"busybox wget -qO- {URL} | busybox sh",
        f'sh -c "$(https_proxy=proxy:3128 /usr/bin/curl -fsSL {URL})"',
        f"bash -c $'set -e\\ncurl {URL} | sh'",
        f"flock /run/lock sh -c 'curl {URL} | sh'",
        f"docker exec -i box sh -c 'curl {URL} | sh'",
        f"ssh host bash <<'EOF'\ncurl {URL} | sh\nEOF\n",
        f"trap 'curl {URL} | sh' EXIT",
        f"<<'EOF' bash -ex\ncurl {URL} | sh\nEOF\n",
        f"X=1 2>/dev/null curl {URL} | >/dev/null sh",
        f"iwr {URL}.ps1 -UseBasicParsing | iex",
        f"coproc curl {URL} | sh",
        f"bash -O extglob -c 'curl {URL} | sh'",
        f"bash -s < <(curl {URL})",
        f'python3 - <<< "$(curl {URL})"',
        f'node -e "$(curl {URL})"',
        f"curl {URL} | (cd /opt; sh)",
        f"curl {URL} | (cd /opt && sudo tar x)\ncurl {URL} | {{ set -e; bash; }}",
        f"curl {URL} > >(sh)",
        f"curl {URL} | tee >(sudo bash -x) >/dev/null",
        f"curl {URL} | xargs -0 sh -c",
        f"curl {URL} | xargs -I{{}} sh -c '{{}}'",
        f"ssh -i key user@host <<EOF\ncurl {URL} | sh\nEOF\n",
        "iex ((New-Object System.Net.WebClient).DownloadString('https://example.com/i.ps1'))",
        "powershell -c \"iex ((New-Object Net.WebClient).DownloadString('https://h/i.ps1'))\"",
        "pwsh -c 'irm https://example.com/i.ps1 | iex'",
        f"curl {URL} | python3.12 -",
    ],
)
def test_downloads_that_are_run_are_told(text):
    assert [*unseen(all_commands(text))]


@pytest.mark.parametrize(
    "text",
    [
        f"curl {URL} | node -p 'x'",
        f"curl {URL} | perl -0777 -pe 's/a/b/'",
        f"curl {URL} | perl -MJSON::PP -lane 'print'",
        f"curl {URL} | perl -i.save -pe 's/a/b/'",
        f"curl {URL} | php -r 'echo 1;'",
        f"curl {URL} | ruby -rjson -e 'x'",
        f"curl {URL} | python3 parse.py",
        f"curl {URL} | python3 -W ignore parse.py",
        f"curl {URL} | bash filter.sh",
        f"bash x.sh < <(curl {URL})",
        f"python3 x.py <(curl {URL})",
        f"bash install.sh <<EOF\ncurl {URL} | sh\nEOF\n",
        f"bash deploy.sh -c 'curl {URL} | sh'",
        f"bash -c 'echo $1' _ \"$(curl {URL})\"",
        "busybox --list | sort",
    ],
)
def test_downloads_that_are_only_read_are_not_told(text):
    assert not [*unseen(all_commands(text))]


@pytest.mark.parametrize(
    "text",
    [
        f"curl -o x {URL} && sh x",
        f"curl --output ./x {URL}; . x",
        f"curl -fsSLo/tmp/x {URL}; cd /tmp; ./x -y",
        f"curl --output-dir /tmp -O {URL}.sh; bash /tmp/i.sh",
        f"cd /tmp && curl -sSLO '{URL}.sh?v=1' && sudo -E bash ./i.sh",
        f"wget {URL} -O /tmp/i.sh; chmod +x /tmp/i.sh; /tmp/i.sh",
        f"wget -q -P /opt {URL}.bin && /opt/i.bin",
        "wget https://h/setup.bin && ./setup.bin",
        f"wget -qO- {URL} > x; source ./x",
        f"aria2c -x 16 -d /tmp -o i {URL}; sh /tmp/i",
        f"fetch -o i.py {URL}; python3.12 -u i.py",
        f"curl {URL} > x; . ./x",
        f"curl {URL} | sudo tee /tmp/x >/dev/null; bash -e /tmp/x",
        f"curl {URL} | gunzip > tool; chmod +x tool; ./tool",
        f"curl -O {URL}.gz; gunzip i.gz; chmod +x i; ./i",
        f'x=$(curl {URL}); eval "$x"',
        f'x="$(curl -s {URL})"; bash -c "${{x}}"',
        f'x=$(curl {URL})\necho "$x" | sh',
        f"curl -o x {URL}; sh < x",
        f"curl -o x {URL}; cat x | sh -s -- y",
        f'D=$(mktemp -d); curl -o "${{D}}/x" {URL}; chmod +x "$D/x"; "$D/x"',
        f"curl -Lo kubectl {URL}; sudo mv kubectl /usr/local/bin/; kubectl version",
        f"curl -o a {URL}; install -m 755 a /opt/b; /opt/b",
        f"curl -o t.jar {URL}; java -Xmx1g -jar t.jar",
        f"bash -c 'curl -o x {URL} && sh x'",
        f"curl -o x {URL}; md5sum -c sums; sh x",
        f"sha256sum -c sums; curl -o x {URL}; sh x",
        f"if ! curl -fo x {URL}; then exit 1; fi; timeout 60 ./x",
        f"curl -o x {URL}; gpg --import key; sh x",
        f"curl -Os {URL}; chmod +x i; ./i",
        f"f=/tmp/x; curl -o $f {URL}; sh /tmp/x",
        f"curl -o /tmp/x {URL}; f=/tmp/x; sh $f",
        f'U={URL}; wget "$U"; chmod +x i; ./i',
        f'U={URL}.sh; wget "$U"; bash "${{U##*/}}"; cat x',
        f'U={URL}.sh; curl -O $U; bash "$(basename "$U")"',
        f"for f in a; do curl -O https://h/$f; done; sh a; echo {URL}",
        f'SUDO=; SUDO="sudo -E"; curl -o x {URL}; $SUDO sh x',
        f'GET="curl -f"; $GET -o x {URL}; sh x',
        f"t=$(mktemp); curl -o $t {URL}; trap 'rm \"$t\"' EXIT; sh $t",
        f"(cd /tmp; curl -O {URL}); sh /tmp/i",
        f"get() {{ curl -o $1 $2; }}; get x {URL}; sh x",
        f"get() {{ local to=$1; shift; curl -o $to $1; }}; get x {URL}; sh x",
        f"get() {{ curl -o /x {URL}; }}; run() {{ sh /x; }}; main() {{ get; run; }}; main",
        f"run() {{ sh $1; }}; curl -o x {URL}; run x",
        f'try() {{ "$@" || true; }}; try curl -o x {URL}; try sh x',
        f"get() {{ curl -o $1 {URL}; }}; try() {{ sudo $@; $@; }}; try get x; sh x",
        f"su - app <<'EOF'\ncurl -o x {URL}\nsh x\nEOF\n",
        f"run() {{ run; curl -o x {URL}; sh x; }}; run",
        f'run() {{ echo "+ $*"; "$@"; }}; run curl -o x {URL}; run sh x',
        f'curl() {{ command curl -f "$@"; }}; curl -o x {URL}; sh x',
        f'dl() {{ curl -f "$@"; }}; dl {URL} > x; sh x',
        f"SUDO=; curl -o x {URL}; $SUDO sh x",
        f"curl -O {URL}.deb; dpkg -i i.deb",
        f"wget -O /tmp/x.deb {URL}; apt-get install -y /tmp/x.deb",
        f"curl -O {URL}.rpm; rpm -Uvh i.rpm",
        f"cd /tmp; curl -O {URL}.deb; sudo dpkg -i /tmp/*.deb",
        f"curl -O {URL}.rpm; dnf install -y ./i.rpm",
        f"wget {URL}.apk; apk add --allow-untrusted i.apk",
    ],
)
def test_files_that_are_downloaded_and_run_unchecked_are_told(text):
    assert [*unseen(all_commands(text))]
    downloads = Downloads()
    lines = [*script_lines(text)]
    assert [each for line in lines for each in downloads.executed(line.commands)]


@pytest.mark.parametrize(
    "text",
    [
        f"curl -o x {URL}; echo 'HASH  x' | sha256sum -c - && sh x",
        f"curl -o x {URL}; sha512sum --check sums && sh x",
        f"curl -o x {URL}; shasum -a 256 -c sums; sh x",
        f"curl -o x {URL}; gpg --batch --verify x.asc x && ./x",
        f"curl -o x {URL}; cosign verify-blob --key k x; sh x",
        f"curl -o x {URL}; minisign -Vm x -P key; sh x",
        f"curl -o x {URL}; openssl dgst -sha256 -verify k -signature s x; sh x",
        f"curl -o x {URL}; slsa-verifier verify-artifact x; sh x",
        f'curl -o x {URL}; test "$(sha256sum x)" = "HASH  x" && sh x',
        f'curl -o x {URL}; [ "$(sha256sum x | cut -d" " -f1)" = "$SUM" ] || exit 1; sh x',
        f"curl -o x {URL}\nsha256sum -c <<EOF\nHASH  x\nEOF\nsh x",
        f"curl -o x {URL}; verify_checksum x HASH; sh x",
        f"curl -o x {URL}; php -r \"hash_file('sha384', 'x') === 'H' || exit(1);\"; php x",
        f"bash -c 'curl -o x {URL}'; sha256sum -c sums; bash -c 'sh x'",
        f"aria2c --checksum=sha-256=HASH -o x {URL}; sh x",
        f"curl -o /usr/local/bin/x {URL}; chmod +x /usr/local/bin/x",
        f"curl -o x {URL}; install -m 755 x /usr/local/bin/x; rm x",
        f"curl -o data.json {URL}; python3 parse.py data.json",
        f"curl -o x {URL}; rm x; printf 'a' > x; sh x",
        f"curl -o x {URL}; printf 'a' > x; sh x",
        f"curl -o a/x {URL}; sh b/x",
        f"cd a; curl -O {URL}.sh; cd ../b; ./i.sh",
        f"curl -o /etc/default/docker {URL}; docker run x",
        f"curl -o /dev/null {URL}; sh x",
        f"curl -o x {URL}; bash -n x; shellcheck x",
        f"wget --spider {URL}; sh i",
        f'V=$(curl -s {URL}); echo "$V" > version; eval "tool --version $V"',
        f'V=$(curl -s {URL}); curl -o x "https://h/$V"; ls "$V" | sh -c cat',
        "docker exec web <<EOF\ncurl x | sh\nEOF\n",
        f"curl {URL} | xargs -n1 sh -c 'echo $0'",
        f"curl {URL} | tee >(grep x)",
        f"curl {URL} | (cd /opt && tar xz); sh x",
        f"ssh host cat <<EOF\ncurl {URL} | sh\nEOF\n",
        f"ssh -p 22 host tee x <<EOF\ncurl {URL} | sh\nEOF\n",
        f"f=x; curl -o $f {URL}; f=run.sh; sh $f",
        f"t=$(mktemp); curl -o $t {URL}; t=$(mktemp); sh $t",
        f"(cd /tmp; curl -O {URL}); sh i",
        f"bash -c 'cd /tmp; curl -O {URL}'; sh i",
        f'D="$(cd "$(dirname "$0")" && pwd)"; curl -o $D/data {URL}; sh $D/run',
        f"get() {{ curl -o $1 $2; }}; run() {{ sh $1; }}; get data {URL}; run x",
        f"get() {{ curl -o $1 $2; }}; check() {{ sha256sum -c; }}; get x {URL}; check; sh x",
        f"get() {{ v=$(curl {URL}); echo v; }}; get | sh",
        "fetch() { cat $1; }; fetch x | sh; fetch x https://h/x; sh x",
        f"curl -o x {URL}; python3 - <<EOF\nimport hashlib\nEOF\nsh x",
        f"curl -o x {URL}; python3 tools/verify.py x; sh x",
        f"curl -o x {URL}; cmp x known || exit 1; sh x",
        f"curl -o x {URL}; notation verify x; sh x",
        f"curl -o x {URL}; cp known x; sh x",
        f"curl -o x.json {URL}; python3 make.py x.json > run.sh; sh run.sh",
        f"curl -O {URL}.deb; dpkg -x i.deb /opt; apt-get install i",
        f"curl -O {URL}.rpm; rpm -qip i.rpm; rpm --import i.rpm",
        f"curl -O {URL}.apk; apk add i.apk",
        f"curl -O {URL}.deb; dpkg -i j*.deb; dpkg -i a/*.deb",
        f"curl -o x {URL}.deb; sha256sum -c sums; dpkg -i x",
        f"curl -o x {URL}.deb; dpkg-sig --verify x; dpkg -i x",
        f"curl -o x {URL}; cksum -a sha256 -c sums; sh x",
        f"curl -o x {URL}; $SUMS -c sums; sh x",
        f"curl -o x {URL}; \\sha256sum -c sums; sh x",
        f's=$(which shasum || which digest); curl -o x {URL}; "$s" --check sums; sh x',
        f'run() {{ "$@"; }}; curl -o x {URL}; run sha256sum -c sums; sh x',
        "; ".join(
            (
                *(f"f{n}() {{ f{n + 1}; }}" for n in range(20)),
                f"f20() {{ sha256sum -c; }}; curl -o x {URL}; f0; sh x",
            )
        ),
    ],
)
def test_files_that_are_checked_or_never_run_are_not_told(text):
    assert not [*unseen(all_commands(text))]
    downloads = Downloads()
    lines = [*script_lines(text)]
    assert not [each for line in lines for each in downloads.executed(line.commands)]


@pytest.mark.parametrize(
    "text",
    [
        f"curl {URL}.tgz | tar -xzC /opt; /opt/i/run",
        f"curl -o x.tgz {URL}; tar xzf x.tgz; ./x/install",
        f"curl -o /tmp/x.tgz {URL}; tar xzf /tmp/x.tgz; i/run; sh ./x/y",
        f"wget {URL}-1.0.tar.gz; tar -zxf i-1.0.tar.gz && cd i-1.0 && ./configure",
        f"curl {URL}.tgz > x; tar xz < x; cd i; sh run",
        "curl -O https://h/awscliv2.zip; unzip -q awscliv2.zip; sudo ./aws/install",
        "curl https://h/helm-linux-amd64.tgz | tar xz; mv linux-amd64/helm /bin/helm; helm",
        f"curl {URL} | tar xz -C /usr/local/bin tool; tool",
        f"curl {URL} | tar xz --strip-components=1 -C /usr/local/bin a/tool; tool",
        f"mkdir -p /opt/x && curl {URL} | tar --extract --gzip --directory=/opt/x; /opt/x/y",
        f"curl {URL} | tar xz --strip 1 -C /usr/src/x; cd /usr/src/x; ./configure",
        f'D=$(mktemp -d); curl {URL} | tar xz -C "$D"; "$D/any"',
        "wget https://h/terraform_1_linux.zip; unzip terraform_1_linux.zip -d /bin; terraform",
        "curl -L https://h/o/some/archive/main.tar.gz | tar xz; ./some-main/run",
        f"curl {URL}.tgz | tar xz; ln -s /opt/x /y; cp i/a /usr/bin/a; a",
    ],
)
def test_what_evidently_comes_from_an_archive_that_is_downloaded_is_told(text):
    assert any("unpacks to" in each.what for each in unseen(all_commands(text)))


@pytest.mark.parametrize(
    "text",
    [
        f"curl {URL}.tgz | tar xz; ./build.sh; scripts/run; ../i/run; /i/run",
        "wget https://h/data.zip; unzip data.zip; ./data/load.sh",
        f"curl -o x.tgz {URL}; sha256sum -c sums; tar xzf x.tgz; ./x/install",
        f"curl -o x.tgz {URL}; tar xzf x.tgz; sha256sum -c sums; ./x/install",
        f"curl -o x.tgz {URL}; tar tzf x.tgz; ./x/install",
        f"curl -o x.tgz {URL}; tar xzOf x.tgz y >z; ./x/install",
        f"curl -o x.zip {URL}; unzip -l x.zip; ./x/install",
        f"curl -o x.tgz {URL}; tar xzf y.tgz; ./x/install",
        f"curl -o x.tgz {URL}; tar xzf x.tgz -C /opt; ./x/install",
        f"curl {URL} | tar xz -C /usr/local/bin tool; other",
        f"mkdir -p /usr/local/bin; curl {URL} | tar xz -C /usr/local/bin; other",
        f"mkdir -p /opt; curl {URL} | tar xz -C /opt; /opt/other/run",
        f'D=$(mktemp -d); curl {URL} | tar xz -C "$D"; cp run "$D/run"; "$D/run"',
        f'D=$(mktemp -d); curl {URL} | tar xz -C "$D"; D=$(mktemp -d); "$D/run"',
        f"curl {URL}.tgz | tar xz; install -m755 i/a /usr/bin/a",
        f"D=$(mktemp -d); curl {URL} | tar xz -C $D; git clone https://h/i $D/a; $D/a/run",
        f"D=$(mktemp -d); curl {URL} | tar xz -C $D; cp -r a $D/; sh $D/a/run",
        f"D=$(mktemp -d); curl {URL} | tar xz -C $D; cp -r a/. $D/; sh $D/run",
        "wget https://h/models-v1.zip; unzip models-v1.zip; python3 models/train.py",
    ],
)
def test_what_may_be_of_somebody_else_beside_an_archive_is_not_told(text):
    assert not [*unseen(all_commands(text))]


def test_a_file_is_told_in_the_line_that_runs_it():
    downloads = Downloads()
    text = f"curl -o /tmp/x {URL}\nchmod +x /tmp/x\n/tmp/x\n"
    told = [
        (line.number, [each.says for each in downloads.executed(line.commands)])
        for line in script_lines(text)
    ]
    assert told == [(1, []), (2, []), (3, ["what curl downloads to '/tmp/x' is executed"])]


def test_long_scripts_take_time_by_their_length():
    assert not [*unseen(all_commands(f"curl -o x {URL}; cd abcdefgh\n" * 3000))]


def test_a_function_is_told_where_it_runs_the_file_and_a_file_once():
    downloads = Downloads()
    text = f"run() {{\n  sh $1\n}}\ncurl -o x {URL}\nrun x\nrun x\nsh x\n"
    told = [
        (line.tell("", each.says, each.command).line, each.says)
        for line in script_lines(text)
        for each in downloads.executed(line.commands)
    ]
    assert told == [(2, "what curl downloads to 'x' is executed")]


def test_what_is_installed_is_told_as_such():
    told = [each.says for each in unseen(all_commands(f"curl -O {URL}.deb; dpkg -i i.deb"))]
    assert told == ["what curl downloads to 'i.deb' is installed"]


LONG = 60_000


@pytest.mark.parametrize(
    "text",
    [
        "eval '" + "$(a=" * LONG + "'",
        f"curl -o a {URL}; cp " + "a " * LONG + "/" + "b/" * LONG,
        f"curl -o a {URL}; echo " + ">b " * LONG + "c " * LONG,
        f"curl -O {URL}" + ".gz" * LONG + "\ntar xf i\nsh b\n",
        f"curl {URL}.gz | tar x " + "a " * LONG + "\n" + "b " * LONG,
        f"curl -o $b {URL}\n" + "a=$(x)\n" * (LONG // 10),
        "f() { " + 'sh "$1" ' * 500 + "; }\n" + "f a b\n" * (LONG // 10),
        "f() { f; g; g; }\ng() { f; f; sh a; }\n" + "f\n" * (LONG // 10),
        "f() { g" + ' "$@"' * 900 + "; }\ng() { f" + ' "$@"' * 900 + "; }\nf" + " x" * 900,
        "a=x\n" + "a=$a$a$a$a\n" * (LONG // 10) + "sh $a$a$a\n",
        "f() { ls; }\n" * (LONG // 3) + "f\n" * (LONG // 3),
        "f() { eval '" + "ls; " * 2000 + "'; }\n" + "f\n" * (LONG // 10),
        "a=" + "b" * 500 + "\nf() { ls '" + "$a " * 1300 + "'; }\n" + "f\n" * (LONG // 10),
        "".join(f'f{n}() {{ f{n + 1} "{"$1 " * 999}"; }}\n' for n in range(9)) + "f0 " + "a" * LONG,
        "".join(f"f{n}() {{ f{n + 1} {'$@ ' * 9}; }}\n" for n in range(9)) + "f0 a b",
    ],
)
def test_hostile_scripts_take_time_by_their_length(text):
    before = process_time()
    assert not [*unseen(all_commands(text))]
    assert process_time() - before < ENOUGH_S
