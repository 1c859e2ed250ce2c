"""Texts as they come: which are pages, in what encoding, what of a page is seen; cases in several languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cte_corpus.errors import CteError
from cte_corpus.text import sources
from cte_corpus.text.html import html_text, is_html
from cte_corpus.text.view import plain_1, reference_text

if TYPE_CHECKING:
    from pathlib import Path

ARABIC = "عُقد اللقاء في أوسترهافن بحضور إينا تورفالد. وقال يورن ماس إن المال عبر الميناء ليلا."
ENGLISH = "“Veltania’s gates are shut” – said Ina Torvald."
RUSSIAN = "Министр открыла встречу в порту. Группа перевела деньги через порт, сказала она."
GERMAN = "Die Außenministerin eröffnete das Treffen in Osterhavn. Die Gruppe hat Geld über den Hafen geschmuggelt."
FRENCH = "La ministre a ouvert la réunion à l’hôtel de ville. « Le groupe a déplacé l’argent », a déclaré Éloïse Varn."
JAPANESE = "外務大臣は港町で会議を開いた。その団体は港を通じて資金を動かした。"


def seen(page: str) -> str:
    return plain_1(html_text(page))


@pytest.mark.parametrize(
    "start",
    [
        "<!doctype html><p>",
        "<!-- saved -->\n<!doctype html>",
        "<section>",
        "<h1>",
        "<p dir=rtl>",
        "<!DOCTYPE HTML PUBLIC>",
        "\ufeff \n<table>",
        "<A HREF=x>",
        "<br/>",
        "<main\nid=a>",
        "<!--x-->",
        "<?xml version='1.0'?><html>",
        "<ul>",
        "<span>",
    ],
)
def test_a_text_that_begins_as_a_page_is_one(start: str) -> None:
    assert is_html(start + "Ina")
    assert sources.of_text(start + "Ina").text.strip() == "Ina"


@pytest.mark.parametrize(
    "text",
    ["Ina < Joren", "<3 boats", "<ina@veltania.example> wrote", "<pirate> said", "a <p> b", "< p>", "<!ina>", "<?php"],
)
def test_a_text_that_begins_otherwise_is_none(text: str) -> None:
    assert not is_html(text)
    assert sources.of_text(text).text == text


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.HTML", True),
        ("a.htm", True),
        ("a.XHT", True),
        ("a.xhtml", True),
        ("a.txt", False),
        ("a.md", False),
        ("", False),
    ],
)
def test_the_suffix_tells(name: str, page: bool) -> None:
    assert sources.of_bytes(b"Ina &amp; <b>Joren</b>", name).is_page == page
    assert sources.of_bytes(b"<p>Ina</p>", name).is_page == (not name.endswith(".md"))


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>مرحبا بـ<x-term>الوزيرة</x-term>، قالت", "مرحبا بـالوزيرة، قالت"),
        ("<p>Ina <nobr>Torvald</nobr>, said", "Ina Torvald, said"),
        ("<p>press <button>Go</button>, now", "press Go, now"),
        ("<p>He said <q>no, <q>never</q></q>.", "He said “no, ‘never’”."),
        ("<p>و<x-org>التنظيم</x-org>", "والتنظيم"),
        ("<p>Éloïse <amp-fit-text>Varn</amp-fit-text>; et", "Éloïse Varn; et"),
        ("<p>Ina<img src=a> Torvald<meta itemprop=a content=b>, said", "Ina Torvald, said"),
        ("<div>один<blink>два</blink><center>три</center>", "одиндва\nтри"),
        ("<p>漢<ruby>字<rp>(</rp><rt>ji</rt><rp>)</rp></ruby>", "漢字ji"),
    ],
)
def test_what_is_no_block_does_not_break_the_line(page: str, text: str) -> None:
    assert seen(page) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>no<div>no</div>no</div>",
        "<p hidden=''>no<p>",
        "<span hidden=hidden>no</span>",
        '<span style="display:none">no</span>',
        "<b style='color:red; DISPLAY : none !important'>no</b>",
        "<i style='visibility:hidden'>no<b>no</b></i>",
        "<x-ad hidden><div>no</div></x-ad>",
        "<script>no</script>",
        "<script>no</ſcript>no</script>",
        "<style>no</ſtyle >no</STYLE\t>",
        "<ul><li hidden>no<ul><li>no</ul><li></ul>",
        "<table><tr hidden><td>no<tr><td></table>",
        "<title>no</title>",
        "<dialog>no</dialog>",
        "<template><p>no</template>",
        "<noscript>no</noscript>",
        "<style>no</style>",
        "<textarea hidden>no</textarea>",
        "<section><p hidden>no</section>",
        "<dl><dt hidden>no<dd></dl>",
        "<p style='display:block;display:none'>no</p>",
        "<div style='display:none'><p style='display:block'>no</div>",
        "<select hidden><option>no<option>no</select>",
        "<p style='/**/display:/**/none'>no</p>",
        "<div><p hidden>no</div>",
        "<audio>no</audio>",
        "<table hidden><tr><td><div>no</table>",
        "<svg><text>no</text></svg>",
        "<div hidden><p></span>no</div>",
    ],
)
def test_what_is_hidden_is_not_read(hidden: str) -> None:
    assert seen(f"<body><div>الميناء</div>{hidden}<div>porte</div>").split() == ["الميناء", "porte"]


@pytest.mark.parametrize(
    "shown",
    [
        "<p aria-hidden=true>yes</p>",
        "<p class=hidden>yes</p>",
        "<p ſtyle='display:none'>yes</p>",
        "<lin\u212a hidden=''>no</lin\u212a>yes",
        "<trac\u212a>yes</track>",
        "<p data-hidden>yes</p>",
        "<p style='color:red'>yes</p>",
        "<input hidden>yes",
        "<br hidden>yes",
        "<dialog open>yes</dialog>",
        "<p hidden style='display:block'>yes</p>",
        "<p hidden>no<p>yes",
        "<i style='visibility:hidden'>no<b style='visibility:visible'>yes</b></i>",
        "<div hidden><div>no</div></div>yes",
        "<body style='display:none'>yes",
        "<p title='hidden'>yes",
        "<details>yes</details>",
        "<p style='display:none;display:inline'>yes</p>",
        "<div><span hidden>no</div>yes",
        "<ul><li hidden>no<li>yes</ul>",
        "<table><tr><td hidden>no<td>yes</table>",
        "<noscript>yes",
        "<b title='<p hidden>'>yes</b>",
        "<p style='/* display:none'>yes</p>",
        f"<p style='&#{'1' * 5_000};'>yes</p>",
        *(f"</{name}>yes" for name in ("table", "td", "caption", "button", "select", "marquee", "applet", "q")),
    ],
)
def test_what_is_shown_is_read(shown: str) -> None:
    assert seen(f"<!doctype html>{shown}").replace("no", "").strip() == "yes"
    assert "no" not in seen(f"<!doctype html>{shown}")


def test_a_hidden_copy_and_a_hidden_word_change_nothing() -> None:
    body = f"<p>{ARABIC}</p><p>{ENGLISH}</p>"
    assert seen(f"<div hidden>{body}</div><div>{body}</div>") == seen(body)
    assert seen(body.replace("Ina ", "Ina <span style=display:none>zz9</span>")) == seen(body)


XML = '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'


@pytest.mark.parametrize(
    "page",
    [
        XML + '<head><script src="a.js"/><title/></head><body><p>Ina &amp; Joren</p></body></html>',
        XML
        + "<body><script>//<![CDATA[\nif (a < b) w('</script>')\n//]]></script>"
        + "<p>Ina <![CDATA[& Joren]]></p></body></html>",
        XML + '<body><iframe src="a"/><textarea/><p>Ina <span hidden="hidden"/>&#38; Joren</p></body></html>',
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html><script src="a"/><p>Ina &amp; Joren</html>',
        '<html lang="ar" xmlns="http://www.w3.org/1999/xhtml"><title/><p>Ina &amp; Joren</p></html>',
    ],
)
def test_xhtml_ends_elements_where_it_says_so(page: str) -> None:
    assert seen(page) == "Ina & Joren"


def test_a_file_of_xhtml_need_not_say_so() -> None:
    page = "<html><script src='a'/><p>إينا تورفالد</p></html>"
    assert sources.of_bytes(page.encode(), "a.xhtml").text.strip() == "إينا تورفالد"
    with pytest.raises(CteError, match="nothing can be read on this page"):
        sources.of_bytes(page.encode(), "a.html")


@pytest.mark.parametrize(
    "page",
    ["", "<p></p>", "<div id=root></div><script>draw()</script>", "<p hidden>Ina</p>", "<p>&nbsp;…</p>", "<!--x-->"],
)
def test_a_page_without_text_is_an_error(page: str) -> None:
    with pytest.raises(CteError, match=r"nothing can be read on this page|the text is empty"):
        sources.of_bytes(page.encode(), "a.html")


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (ENGLISH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", "latin1"),
        (GERMAN, "cp1252", "US-ASCII"),
        (ARABIC.replace("ُ", ""), "cp1256", "windows-1256"),
        (ARABIC.replace("ُ", ""), "cp1256", "x-cp1256"),
        (ARABIC, "iso8859-6", "arabic"),
        (RUSSIAN, "koi8-r", "koi8"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (JAPANESE, "cp932", "x-sjis"),
        (JAPANESE, "euc-jp", "euc-jp"),
        (ENGLISH, "utf-8", "unicode-1-1-utf-8"),
        (RUSSIAN, "utf-16-le", "utf-16"),
        (RUSSIAN, "utf-16-be", "utf-16be"),
    ],
)
def test_labels_are_those_of_the_web(text: str, encoding: str, label: str) -> None:
    page = f"<!doctype html><p>{text}"
    read = sources.of_bytes(page.encode(encoding), "a.html", label)
    assert (read.text.strip(), read.doubt) == (text, "")
    if not encoding.startswith("utf-16"):
        for named in (
            f"<!-- <meta charset=koi8-u> --><meta charset='{label}'>",
            f"<meta name=a content='charset=x'><META content='text/html; charset={label}' HTTP-EQUIV=content-type>",
            f"<script>a</script>{' ' * 3000}<meta charset={label} charset=big5>",
        ):
            assert sources.of_bytes(f"<!doctype html>{named}<p>{text}".encode(encoding)).text.strip() == text
        declared = f'<?xml version="1.0" encoding="{label}"?><html><p>{text}</p></html>'
        assert sources.of_bytes(declared.encode(encoding)).text.strip() == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", [ARABIC, ENGLISH, JAPANESE])
def test_a_byte_order_mark_wins_and_is_no_text(text: str, encoding: str) -> None:
    for label in (None, "windows-1256", "utf-8"):
        for name in ("a.txt", "a.md", ""):
            assert sources.of_bytes(text.encode(encoding), name, label).text == text
        page = f"<meta charset=koi8-r><p>{text}".encode(encoding)
        assert sources.of_bytes(page, "", label).text.strip() == text
    assert reference_text(text.encode(encoding), "plain-1") == text
    assert sources.of_text("\ufeff" + text).text == text


def test_a_page_that_names_utf16_in_ascii_is_in_utf8() -> None:
    assert sources.of_bytes(f"<meta charset=utf-16><p>{ARABIC}".encode()).text.strip() == ARABIC


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC.replace("ُ", ""), "cp1256"),
        (ARABIC, "iso8859-6"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (JAPANESE, "cp932"),
    ],
)
def test_what_names_no_encoding_or_a_wrong_one_is_guessed_and_said_so(text: str, encoding: str) -> None:
    for name, page, label in (
        ("a.txt", text, None),
        ("a.html", f"<p class=story>{text}</p>", None),
        ("a.html", f"<meta charset=utf-8><p>{text}", "utf-8"),
    ):
        read = sources.of_bytes(page.encode(encoding), name, label)
        assert read.text.strip() == text
        assert "is a guess" in read.doubt
    with pytest.raises(ValueError, match=r"expected UTF-8, got byte .* is a guess"):
        reference_text(text.encode(encoding), "plain-1")


def test_single_bytes_that_do_not_fit_are_replaced_and_said() -> None:
    read = sources.of_bytes(ARABIC.encode() + b"\xff", "a.txt")
    assert (read.text, read.doubt) == (ARABIC + "\ufffd", "1 of its characters are none in utf-8")
    with pytest.raises(ValueError, match="expected UTF-8, got byte 0xff"):
        reference_text(ARABIC.encode() + b"\xff", "plain-1")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n\xe2\xe3", b"PK\x03\x04\x00\x00", "Ina".encode("utf-16-le")])
def test_what_is_no_text_is_an_error(data: bytes) -> None:
    with pytest.raises(CteError, match=r"this is (a PDF file|no text)"):
        sources.of_bytes(data, "a.txt")


@pytest.mark.parametrize("text", ["Ina\ud83d", "\udcd9\udc85", "تورفالد \ude00."])
def test_half_a_surrogate_is_named_with_its_place(text: str) -> None:
    with pytest.raises(CteError, match=r"U\+D[0-9A-F]{3} at \d+ is half of a surrogate pair"):
        sources.of_text(text)


def test_files_are_read_with_their_name_in_the_error(tmp_path: Path) -> None:
    path = tmp_path / "ميناء.HTM"
    path.write_text(f"<p>{ARABIC}")
    assert sources.read_file(path).text.strip() == ARABIC
    path.write_text("<p>")
    with pytest.raises(CteError, match=r"ميناء.HTM: nothing can be read on this page"):
        sources.read_file(path)


def test_a_reference_text_is_that_of_a_page_where_the_file_is_one() -> None:
    page = f"<!-- saved --><p>{ARABIC}</p>".encode()
    assert reference_text(page, "plain-1", "a.html") == ARABIC
    assert reference_text(page, "plain-1", "a.txt") == ARABIC
    assert reference_text(b"<p>Ina</p>\n\nJoren", "markdown-2") == "Joren"
