"""Libraries that images bring along without a package."""

from hullmark.binaries.program import Program

PROGRAMS = (
    Program(
        name="openssl",
        files=("libcrypto.so.*", "libssl.so.*", "libcrypto-*", "libssl-*"),
        marks=("\0OpenSSL {}",),
        cpe="openssl:openssl",
        seen=("deb:libssl3",),
    ),
    Program(
        name="libressl",
        files=("libcrypto.so.*",),
        marks=("\0LibreSSL {}\0",),
        cpe="openbsd:libressl",
    ),
    Program(
        name="gnutls",
        files=("libgnutls.so.*",),
        marks=("Enabled GnuTLS {} logging",),
        cpe="gnu:gnutls",
        licence="LGPL-2.1-or-later",
        seen=("deb:libgnutls30",),
    ),
    Program(
        name="curl",
        files=("libcurl.so.*", "libcurl-*"),
        marks=("\0libcurl/{}\0", "CLIENT libcurl {}\r\n"),
        cpe="haxx:libcurl",
        licence="curl",
        seen=("deb:libcurl4",),
    ),
    Program(
        name="glibc",
        files=("libc.so.*", "libc-*"),
        marks=("stable release version {}.\nCopyright",),
        cpe="gnu:glibc",
        licence="LGPL-2.1-or-later",
        seen=("deb:libc6",),
    ),
    Program(
        name="musl",
        files=("ld-*", "libc.so"),
        marks=("\0{1.x.y}\0",),
        cpe="musl-libc:musl",
        licence="MIT",
        seen=("deb:musl",),
    ),
    Program(
        name="sqlite",
        files=("libsqlite*", "sqlite*"),
        marks=("\0{3.x.y}\0",),
        cpe="sqlite:sqlite",
        licence="blessing",
        seen=("deb:libsqlite3-0",),
    ),
    Program(
        name="expat",
        files=("libexpat.so.*", "libexpatw.so.*"),
        marks=("\0expat_{}\0",),
        cpe="libexpat_project:libexpat",
        licence="MIT",
        seen=("deb:libexpat1",),
    ),
    Program(
        name="zlib",
        files=("libz.so.*", "zlib*"),
        marks=(" deflate {} Copyright 1995-", " inflate {} Copyright 1995-"),
        cpe="zlib:zlib",
        licence="Zlib",
        seen=("deb:zlib1g",),
    ),
    Program(
        name="ffmpeg",
        files=("libavcodec.so.*", "libavutil.so.*", "libavformat.so.*", "libswresample.so.*"),
        marks=("FFmpeg version {n}",),
        cpe="ffmpeg:ffmpeg",
        seen=("deb:libavcodec59", "deb:libavutil57"),
    ),
)
