"""XML as its writers make it, and as nobody should."""

import pytest

from hullmark.model import File, ParseError, xml


def root(content, *names):
    return xml.root(File(path="pom.xml", content=content), *(names or ("a",)))


def refused(content):
    with pytest.raises(ParseError) as caught:
        root(content)
    assert caught.value.place == "pom.xml"
    return caught.value.why


def test_elements_are_found_by_path_and_named_without_prefix():
    found = root(b"<m:a xmlns:m='u'><b><c>1</c></b><m:b x='y'><c> 2\n</c><c>3</c></m:b><d/></m:a>")
    assert [each.text for each in found.every("b", "c")] == ["1", "2", "3"]
    assert found.said("b", "c") == "1"
    assert found.said("d") == found.said("e") == found.said("e", "f") == ""
    assert [each.attributes for each in found.every("b")] == [{}, {"x": "y"}]
    assert found.find("d") is not None
    assert found.find("d", "c") is None


def test_text_is_joined_over_comments_and_sections():
    found = root(b"<a>x<!-- no -->y&amp;&#x41;<![CDATA[<z>]]><?pi no?></a>")
    assert found.text == "xy&A<z>"


def test_text_between_elements_is_left_out():
    found = root(b"<a>one<b>two</b>three<b/>four</a>")
    assert (found.text, found.said("b")) == ("", "two")


def test_text_longer_than_one_piece_is_whole():
    text = "0123456789" * 300_000
    assert root(f"<a><b>{text}</b></a>".encode()).said("b") == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings_of_project_files_are_read(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n<a><b>J\u00f8rgen</b></a>'
    assert root(text.encode(encoding)).said("b") == "J\u00f8rgen"


def test_a_byte_order_mark_is_allowed():
    assert root("<a b='1'/>".encode("utf-8-sig")).attributes == {"b": "1"}
    assert root("<a b='1'/>".encode("utf-16")).attributes == {"b": "1"}


def test_an_encoding_that_python_would_load_late_is_refused():
    for encoding in (b"utf-7", b"utf-32", b"big5"):
        why = refused(b"<?xml version='1.0' encoding='%b'?><a/>" % encoding)
        assert f"encoding {encoding.decode()!r}" in why
    padding = b" " * 500
    declared = b"<?xml version='1.0' encoding%b='cp1252'?><a/>" % padding
    assert "encoding 'cp1252'" in refused(declared)


def test_a_document_type_is_never_fetched_nor_declared():
    plain = b'<!DOCTYPE a PUBLIC "-//X//EN" "http://example.org/a.dtd"><a><b>1</b></a>'
    assert root(plain).said("b") == "1"
    for inside in (
        b'<!ENTITY x "y">',
        b'<!ENTITY % x SYSTEM "file:///etc/passwd">%x;',
        b'<!ATTLIST a b CDATA "long">',
        b"",
    ):
        why = refused(b"<!DOCTYPE a [%b]><a>&x;</a>" % inside)
        assert why == "not the XML expected: declares its own document type"


def test_an_unknown_entity_leaves_a_mark():
    assert root(b"<a>Bj&oslash;rn</a>").text == "Bj\ufffdrn"


def test_what_is_no_xml_is_an_error():
    for content in (b"", b" ", b"a", b"{}", b"<a>", b"<a></b>", b"<a/><a/>", b"<a b=1/>", b"\0"):
        assert refused(content).startswith("not the XML expected: ")


def test_another_root_element_is_an_error():
    assert refused(b"<b/>") == "the root element is 'b', not 'a'"
    assert root(b"<b/>", "a", "b").name == "b"


def test_depth_and_numbers_end_at_limits(monkeypatch):
    deep = b"<a>" * xml.MAX_DEPTH + b"</a>" * xml.MAX_DEPTH
    assert root(deep).name == "a"
    assert "nest more than 100 deep" in refused(b"<a>%b</a>" % deep)
    monkeypatch.setattr(xml, "MAX_MARKS", 10)
    for content in (b"<a>%b</a>" % (b"<b/>" * 9), b"<a>%b</a>" % (b"&lt;" * 9)):
        assert refused(content) == "has too many elements and attributes"
    monkeypatch.setattr(xml, "MAX_BYTES", 10)
    assert "more than the 10 that are read as XML" in refused(b"<a>1234</a>")


def pieces(content, *names):
    return list(xml.elements(File(path="pom.xml", content=content), "a", *(names or ("b",))))


def test_elements_of_a_large_document_come_one_by_one_wherever_they_stand():
    found = pieces(b"<a>x<b><b>1</b></b><c t='u'><b q='1'> 2 </b></c><d/></a>")
    assert [(each.said("b"), each.text) for each in found] == [("1", ""), ("", "2")]
    assert [each.name for each in pieces(b"<a><b/><c/><d/></a>", "b", "d")] == ["b", "d"]


def test_what_is_read_piece_by_piece_may_be_larger_than_what_is_read_at_once(monkeypatch):
    monkeypatch.setattr(xml, "MAX_BYTES", 2000)
    monkeypatch.setattr(xml, "MAX_MARKS", 100)
    assert len(pieces(b"<a>" + b"<c x='1'>around</c><b>1</b>" * 1000 + b"</a>")) == 1000


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<c><b/></c>", "the root element is 'c', not 'a'"),
        (b"<a><b>", "no element found"),
        (b"", "no element found"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a><b>&x;</b></a>', "its own document type"),
        (b"<a>" + b"<c>" * 200, "elements nest more than 100 deep"),
        (b"<a><b>" + b"<c/>" * 200, "an element b has too many inside"),
        (b"<a><b>" + b"text " * 5000, "an element b has too much text"),
        (b"<a " + b"x='' " * 1000, "one tag has more than"),
    ],
)
def test_pieces_are_bounded_as_documents_are(content, why, monkeypatch):
    monkeypatch.setattr(xml, "MAX_BYTES", 20_000)
    monkeypatch.setattr(xml, "MAX_MARKS", 100)
    monkeypatch.setattr(xml, "_CHUNK_BYTES", 1000)
    with pytest.raises(ParseError) as caught:
        pieces(content)
    assert why in caught.value.why


def test_a_document_above_the_bound_of_pieces_is_refused(monkeypatch):
    monkeypatch.setattr(xml, "MAX_STREAM_BYTES", 10)
    with pytest.raises(ParseError, match="more than the 10 that are read"):
        pieces(b"<a><b/></a>" + b" " * 10)
