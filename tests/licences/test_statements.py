"""Every statement becomes a valid SPDX expression; license-expression is the judge."""

from re import fullmatch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from license_expression import get_spdx_licensing  # type: ignore[import-untyped]  # ships none

from hullmark import licences
from hullmark.licences import classifier, debian, rpm, spdx
from hullmark.licences.ids import EXCEPTIONS, FORMER, LICENCES
from hullmark.licences.names import CLASSIFIERS, COMMON, DEBIAN, PHRASES, RPM
from hullmark.licences.names import EXCEPTIONS as NAMED
from hullmark.licences.spelling import LICENCE, key, plain, ref

JUDGE = get_spdx_licensing()
REF = r"(DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+"
KNOWN = set(LICENCES.split()) | set(EXCEPTIONS.split())


def assert_valid(expression):
    if expression:
        parsed = JUDGE.parse(expression, validate=False, strict=True)
        for symbol in JUDGE.license_keys(parsed):
            assert symbol.removesuffix("+") in KNOWN or fullmatch(REF, symbol), symbol
            assert len(symbol) <= 128


SPDX = {
    "": "",
    "  ": "",
    "UNKNOWN": "",
    "NOASSERTION": "",
    "MIT": "MIT",
    "mit": "MIT",
    "  MIT ": "MIT",
    "apache-2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache 2": "Apache-2.0",
    "Apache-2": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "The Apache License, Version 2.0": "Apache-2.0",
    "The Apache Software License, Version 2.0": "Apache-2.0",
    "Apache Software License": "LicenseRef-Apache",
    "Apache": "LicenseRef-Apache",
    "ASL 2.0": "Apache-2.0",
    "Apache-2.0+": "Apache-2.0+",
    "MIT License": "MIT",
    "The MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
    "MIT/X11": "MIT",
    "Expat": "MIT",
    "MIT-0": "MIT-0",
    "MIT No Attribution": "MIT-0",
    "BSD": "LicenseRef-BSD",
    "BSD License": "LicenseRef-BSD",
    "BSD-3-clause": "BSD-3-Clause",
    "BSD 3-Clause": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD License (3-clause)": "BSD-3-Clause",
    "New BSD License": "BSD-3-Clause",
    "Modified BSD License": "BSD-3-Clause",
    'BSD 3-Clause "New" or "Revised" License': "BSD-3-Clause",
    "Simplified BSD": "BSD-2-Clause",
    "the BSD 2-clause license": "BSD-2-Clause",
    "FreeBSD": "BSD-2-Clause",
    "0BSD": "0BSD",
    "ISC License": "ISC",
    "GPL": "GPL-1.0-or-later",
    "GPLv2": "GPL-2.0-only",
    "GPLv2+": "GPL-2.0-or-later",
    "GPL-2.0": "GPL-2.0-only",
    "GPL-2.0+": "GPL-2.0-or-later",
    "GPL-2.0-only": "GPL-2.0-only",
    "GPL v2 or later": "GPL-2.0-or-later",
    "GPL (>= 2)": "GPL-2.0-or-later",
    "GPL-2 | GPL-3": "GPL-2.0-only OR GPL-3.0-only",
    "GNU GPL v3": "GPL-3.0-only",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU General Public License, version 2": "GPL-2.0-only",
    "GNU General Public License version 2 or (at your option) any later version": (
        "GPL-2.0-or-later"
    ),
    "GNU Lesser General Public License, version 2.1": "LGPL-2.1-only",
    "GNU Library General Public License v2": "LGPL-2.0-only",
    "LGPL": "LGPL-2.0-or-later",
    "LGPL-3.0-or-later": "LGPL-3.0-or-later",
    "LGPLv2.1+": "LGPL-2.1-or-later",
    "GNU Affero General Public License v3": "AGPL-3.0-only",
    "AGPLv3": "AGPL-3.0-only",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0 WITH Classpath-exception-2.0": "GPL-2.0-only WITH Classpath-exception-2.0",
    "gpl-2.0-or-later with classpath-exception-2.0": (
        "GPL-2.0-or-later WITH Classpath-exception-2.0"
    ),
    "GPL v2 with the classpath exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "Apache-2.0 WITH LLVM-exception": "Apache-2.0 WITH LLVM-exception",
    "GPL-2.0-only WITH Foo-exception": "LicenseRef-GPL-2.0-only-WITH-Foo-exception",
    "MPL 2.0": "MPL-2.0",
    "MPLv2.0": "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Mozilla Public License, Version 2.0": "MPL-2.0",
    "Eclipse Public License - v 2.0": "EPL-2.0",
    "Eclipse Distribution License - v 1.0": "BSD-3-Clause",
    "Common Development and Distribution License 1.0": "CDDL-1.0",
    "CDDL 1.1": "CDDL-1.1",
    "Boost Software License 1.0": "BSL-1.0",
    "CC0 1.0 Universal": "CC0-1.0",
    "CC0-1.0": "CC0-1.0",
    "CC BY-NC-SA 4.0": "CC-BY-NC-SA-4.0",
    "Creative Commons Attribution 4.0 International": "CC-BY-4.0",
    "Creative Commons Attribution Share Alike 3.0 Unported": "CC-BY-SA-3.0",
    "EUPL 1.2": "EUPL-1.2",
    "European Union Public License 1.2": "EUPL-1.2",
    "SIL Open Font License 1.1": "OFL-1.1",
    "Python Software Foundation License": "PSF-2.0",
    "PSF": "PSF-2.0",
    "Academic Free License v. 2.1": "AFL-2.1",
    "The Unlicense": "Unlicense",
    "Public Domain": "LicenseRef-public-domain",
    "UNLICENSED": "LicenseRef-UNLICENSED",
    "SEE LICENSE IN LICENSE.md": "LicenseRef-SEE-LICENSE-IN-LICENSE.md",
    "proprietary": "LicenseRef-proprietary",
    "WTFPL": "WTFPL",
    "Do What The Fuck You Want To Public License": "WTFPL",
    "University of Illinois/NCSA Open Source License": "NCSA",
    "zlib/libpng": "Zlib",
    "Zope Public License 2.1": "ZPL-2.1",
    "wxWindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
    "(MIT OR Apache-2.0)": "MIT OR Apache-2.0",
    "MIT/Apache-2.0": "MIT OR Apache-2.0",
    "MIT or Apache-2.0": "MIT OR Apache-2.0",
    "Apache-2.0 AND MIT AND MIT": "Apache-2.0 AND MIT",
    "(MIT AND (GPL-2.0 OR BSD-2-Clause)) OR Zlib": "MIT AND (GPL-2.0-only OR BSD-2-Clause) OR Zlib",
    "(MIT OR ISC) AND Zlib": "(MIT OR ISC) AND Zlib",
    "MIT AND (ISC OR Zlib)": "MIT AND (ISC OR Zlib)",
    "MIT, Apache-2.0": "MIT AND Apache-2.0",
    "MIT, ISC or GPL-2": "MIT OR ISC OR GPL-2.0-only",
    "MIT;BSD-3-Clause": "MIT AND BSD-3-Clause",
    "MIT & ISC": "MIT AND ISC",
    "MIT + file LICENSE": "MIT",
    "MIT AND Foo": "MIT AND LicenseRef-Foo",
    "Foo OR Bar": "LicenseRef-Foo OR LicenseRef-Bar",
    "GPL-2.0 or commercial": "GPL-2.0-only OR LicenseRef-commercial",
    "LicenseRef-Foo AND MIT": "LicenseRef-Foo AND MIT",
    "DocumentRef-a:LicenseRef-b": "DocumentRef-a:LicenseRef-b",
    "You may use this and that": "LicenseRef-You-may-use-this-and-that",
    "Free for you, not for me": "LicenseRef-Free-for-you-not-for-me",
    "MIT AND": "LicenseRef-MIT-AND",
    "AND": "LicenseRef-AND",
    "MIT (": "MIT",
    "木兰宽松许可证": "LicenseRef-63c7b17c",
    "http://www.apache.org/licenses/LICENSE-2.0.txt": "Apache-2.0",
    "https://opensource.org/licenses/MIT": "MIT",
    "http://www.opensource.org/licenses/mit-license.php": "MIT",
    "https://spdx.org/licenses/BSD-3-Clause.html": "BSD-3-Clause",
    "http://www.gnu.org/licenses/gpl-3.0.en.html": "GPL-3.0-only",
    "https://www.gnu.org/licenses/old-licenses/lgpl-2.1-standalone.html": "LGPL-2.1-only",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC-BY-SA-4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0-1.0",
    "https://www.mozilla.org/en-US/MPL/2.0/": "MPL-2.0",
    "http://www.eclipse.org/legal/epl-v10.html": "EPL-1.0",
    "https://licenses.nuget.org/MIT": "MIT",
    "https://unlicense.org": "Unlicense",
    "https://example.org/licenses/MIT": "LicenseRef-https-example.org-licenses-MIT",
    "MIT License\n\nCopyright (c) 2020 Somebody\n": "MIT",
    "Apache-2.0\nOR MIT": "Apache-2.0",
}

DEB = {
    "": "",
    "GPL-2": "GPL-2.0-only",
    "GPL-2+": "GPL-2.0-or-later",
    "GPL-2.0+": "GPL-2.0-or-later",
    "LGPL-2.1+": "LGPL-2.1-or-later",
    "Expat": "MIT",
    "ISC": "ISC",
    "ZLIB": "Zlib",
    "BSD-2-clause": "BSD-2-Clause",
    "Artistic": "Artistic-1.0",
    "Artistic-2.0": "Artistic-2.0",
    "Perl": "GPL-1.0-or-later OR Artistic-1.0-Perl",
    "GPL": "GPL-1.0-or-later",
    "CC0": "CC0-1.0",
    "CC-BY-SA-3": "CC-BY-SA-3.0",
    "GFDL-NIV-1.3+": "GFDL-1.3-no-invariants-or-later",
    "public-domain": "LicenseRef-public-domain",
    "permissive": "LicenseRef-permissive",
    "Artistic or GPL-1+": "Artistic-1.0 OR GPL-1.0-or-later",
    "GPL-2+ and BSD-3-clause": "GPL-2.0-or-later AND BSD-3-Clause",
    "GPL-2+ or Artistic and ISC": "GPL-2.0-or-later OR Artistic-1.0 AND ISC",
    "GPL-2+ or Artistic, and BSD-3-clause": ("(GPL-2.0-or-later OR Artistic-1.0) AND BSD-3-Clause"),
    "ISC and MIT, or GPL-2": "ISC AND MIT OR GPL-2.0-only",
    "LGPL-2+ and/or GPL-2": "LGPL-2.0-or-later OR GPL-2.0-only",
    "GPL-2+ with OpenSSL exception": "LicenseRef-GPL-2-with-OpenSSL-exception",
    "GPL-2+ with Libtool exception": "GPL-2.0-or-later WITH Libtool-exception",
    "foo, and bar": "LicenseRef-foo AND LicenseRef-bar",
}

RPMS = {
    "": "",
    "GPLv2+ and LGPLv2+ and MIT": "GPL-2.0-or-later AND LGPL-2.0-or-later AND MIT",
    "GPLv3+ and GPLv3+ with exceptions and BSD": (
        "GPL-3.0-or-later AND LicenseRef-GPLv3-with-exceptions AND LicenseRef-BSD"
    ),
    "ASL 2.0": "Apache-2.0",
    "ASL 1.1": "Apache-1.1",
    "GPL+": "GPL-1.0-or-later",
    "GPL+ or Artistic": "GPL-1.0-or-later OR Artistic-1.0-Perl",
    "(GPL+ or Artistic) and Foo": ("(GPL-1.0-or-later OR Artistic-1.0-Perl) AND LicenseRef-Foo"),
    "Public Domain": "LicenseRef-public-domain",
    "MPLv1.1 or GPLv2+ or LGPLv2+": "MPL-1.1 OR GPL-2.0-or-later OR LGPL-2.0-or-later",
    "zlib and Boost": "Zlib AND BSL-1.0",
    "BSD with advertising": "BSD-4-Clause",
    "LGPL-2.1+ and GFDL-1.3": "LGPL-2.1-or-later AND GFDL-1.3-only",
    "GPL-2.0-or-later AND LicenseRef-Fedora-Public-Domain": (
        "GPL-2.0-or-later AND LicenseRef-Fedora-Public-Domain"
    ),
    "((GPL-2.0-only WITH Linux-syscall-note) OR BSD-2-Clause) AND MIT": (
        "(GPL-2.0-only WITH Linux-syscall-note OR BSD-2-Clause) AND MIT"
    ),
    "SUSE-Permissive": "LicenseRef-SUSE-Permissive",
    "Redistributable, no modification permitted": (
        "LicenseRef-Redistributable-no-modification-permitted"
    ),
    "Freely redistributable without restriction and with exceptions or else": (
        "LicenseRef-Freely-redistributable-without-restriction"
        " AND LicenseRef-with-exceptions OR LicenseRef-else"
    ),
}

TROVE = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "LicenseRef-BSD",
    "License :: OSI Approved": "",
    "License :: Public Domain": "LicenseRef-public-domain",
    "License :: Free For Home Use": "LicenseRef-Free-For-Home-Use",
    "Programming Language :: Python": "",
    "License": "",
    "": "",
}


def cases(function, table):
    return [pytest.param(function, said, means, id=said[:60]) for said, means in table.items()]


@pytest.mark.parametrize(
    ("function", "said", "means"),
    cases(spdx, SPDX) + cases(debian, DEB) + cases(rpm, RPMS) + cases(classifier, TROVE),
)
def test_a_statement_means_one_expression(function, said, means):
    assert function(said) == means
    assert_valid(means)


@pytest.mark.parametrize("function", [spdx, debian, rpm])
def test_every_expression_we_give_is_its_own_meaning(function):
    for means in {*SPDX.values(), *DEB.values(), *RPMS.values(), *FORMER.values()}:
        assert function(means) == means


def test_every_identifier_is_known_in_any_case():
    for id in LICENCES.split():
        assert spdx(id) == spdx(id.lower()) == spdx(id.upper()) == spdx(f"({id})") == id


def test_no_two_identifiers_are_spelled_alike() -> None:
    spelled: dict[str, str] = {}
    for old, current in LICENCE.items():
        assert spelled.setdefault(key(old), current) == current


def test_tables_hold_valid_expressions_under_keys_that_can_be_found():
    for table in (COMMON, DEBIAN, RPM):
        for name, means in table.items():
            assert key(name) == name
            assert_valid(means)
    for table in (CLASSIFIERS, FORMER):
        for means in table.values():
            assert_valid(means)
    assert set(NAMED.values()) <= set(EXCEPTIONS.split())
    assert all(phrase == phrase.lower() for phrase in PHRASES)


def test_abbreviating_leaves_identifiers_alone():
    for id in [*LICENCES.split(), *EXCEPTIONS.split()]:
        assert plain(id) == id


def test_a_name_of_ours_never_hides_an_identifier():
    for table in (COMMON, DEBIAN, RPM):
        for id in LICENCES.split():
            assert table.get(key(id), id) == id


SIGNS = st.sampled_from(("(", ")", ",", ";", "/", "|", "&", "+", "\n", ", and", ">= 2", "v2"))
JOINS = st.sampled_from(("and", "or", "AND", "OR", "with", "WITH", "and/or", "or later"))
NAMES = st.sampled_from(("MIT", "GPLv2+", "GPL-2.0", "BSD", "Artistic", "Apache", "é", "LLVM"))
WORDS = st.one_of(SIGNS, JOINS, NAMES)
GARBAGE = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=30).map(" ".join))


@given(GARBAGE)
@example("(" * 5000)
@example("(a" * 2000)
@example("MIT/" * 1000)
@example("a, " * 1300 + "or b")
@example("x" * 100_000)
@example("\ud800")
@example("LicenseRef-" + "a" * 300)
def test_any_text_gives_a_valid_expression_of_bounded_length(text):
    for function in (spdx, debian, rpm):
        expression = function(text)
        assert_valid(expression)
        assert len(expression) < 12 * len(text) + 100
        assert function(expression) == expression
    assert_valid(classifier(f"License :: {text}"))


@given(st.text(max_size=500))
def test_a_reference_is_valid_and_short(text):
    assert fullmatch(REF, ref(text))
    assert len(ref(text)) <= 80


TEXTS = {
    "This program is free software under the terms of the GNU General Public License as\n"
    "published by the Free Software Foundation; either version 2 of the License, or (at your\n"
    "option) any later version.\n"
    "On Debian systems the full text is in /usr/share/common-licenses/GPL-2.": (
        "GPL-2.0-or-later",
    ),
    "released under version 3 of the GNU Lesser General Public License": ("LGPL-3.0-only",),
    "See /usr/share/common-licenses/LGPL-2.1 for it": ("LGPL-2.1-only",),
    "GPL, v2 or later, see /usr/share/common-licenses/GPL-2": ("GPL-2.0-or-later",),
    "see /usr/share/common-licenses/BSD.": ("BSD-3-Clause",),
    "see /usr/share/common-licenses/Apache-2.0, and /usr/share/common-licenses/Artistic": (
        "Apache-2.0",
        "Artistic-1.0",
    ),
    "Licensed under the Apache License, Version 2.0 (the License)": ("Apache-2.0",),
    "subject to the Mozilla Public License v2.0": ("MPL-2.0",),
    "Redistributions of source code must retain ...\nRedistributions in binary form must": (
        "BSD-2-Clause",
    ),
    "Redistributions of source code must retain ...\nRedistributions in binary form must\n"
    "names may not be used to endorse or promote products derived from": ("BSD-3-Clause",),
    "Permission is hereby granted, free of charge, to any person obtaining a copy\n"
    "of this; the copyright notice and this permission notice shall": ("MIT",),
    "This is free and unencumbered software released into the public domain.": ("Unlicense",),
    "Written by nobody. It is in the public domain.": ("LicenseRef-public-domain",),
    "All rights reserved.": (),
}


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_tell_the_licence(text):
    assert licences.recognise(text) == TEXTS[text]


@pytest.mark.parametrize("text", [text for text in TEXTS if "\n" in text])
def test_a_statement_of_many_lines_is_recognised_by_its_sentences(text):
    assert spdx(text) == " AND ".join(TEXTS[text])


def test_versions_may_be_written_with_underscores():
    assert [spdx(text) for text in ("apache_1_1", "lgpl_2_1", "apache_2_0")] == [
        "Apache-1.1",
        "LGPL-2.1-only",
        "Apache-2.0",
    ]
