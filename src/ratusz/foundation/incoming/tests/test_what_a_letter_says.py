"""Letters of every sort are read from their bytes; whatever harms or cannot be read comes back as a reason, never as an error."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.incoming import rules
from ratusz.foundation.incoming.factories import make_bytes
from ratusz.foundation.incoming.reading import read_letter
from ratusz.foundation.incoming.reading.html import text_of_html
from ratusz.foundation.incoming.reading.quoting import blocks_of


def plain(charset: str, body: bytes, more: bytes = b"") -> bytes:
    head = b"From: Ewa <ewa@poczta.example>\r\nSubject: Uwaga\r\n" + more
    return head + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + body


def test_a_letter_says_who_when_what_and_where_to():
    read = read_letter(
        make_bytes(
            "Proszę o ławki.\n", subject="Ławki w parku", to="Konsultacje <konsultacje+ks-2026-9101.4@ratusz.example>",
            message_id="<a@b>", files=(("Mapa żółta.pdf", "application/pdf", b"%PDF"),), Date="Mon, 30 Nov 2026 10:00:00 +0100",
        )
    )  # fmt: skip
    assert (read.sender, read.sender_name, read.subject) == ("ewa@poczta.example", "Ewa Zmyślona", "Ławki w parku")
    assert (read.text, read.problem, read.message_id) == ("Proszę o ławki.", "", "<a@b>")
    assert read.sent_to == ("konsultacje+ks-2026-9101.4@ratusz.example",)
    assert [(each.name, each.content) for each in read.attachments] == [("Mapa żółta.pdf", b"%PDF")]
    assert read.dated_at.isoformat() == "2026-11-30T10:00:00+01:00"


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("utf-8", "Zażółć".encode()), ("windows-1250", "Zażółć".encode("cp1250")), ("iso-8859-2", "Zażółć".encode("iso-8859-2")),
        ("utf-8", "Zażółć".encode("cp1250")), ("wcale-nie-ma", "Zażółć".encode("cp1250")), ("us-ascii", "Zażółć".encode()),
        ("punycode", "Zażółć".encode()), ("iso-8859-2", "Zażółć".encode("cp1250").replace(b"Z", b"\x8aZ")), ("\xff", "Zażółć".encode()),
        ("utf-16", "Zażółć".encode("utf-16")), ("koi8-u", "Zaж".encode("koi8-u")),
    ],
)  # fmt: skip
def test_polish_letters_are_read_in_whatever_charset_they_came(charset, content):
    text = read_letter(plain(charset, content)).text
    assert text.endswith(("Zażółć", "Zaж")), text


def test_a_header_of_eight_bits_and_one_of_a_false_charset_are_read():
    raw = b"From: =?utf-8?q?Ewa_=22z=22?= <ewa@poczta.example>\r\nSubject: " + "Ławki".encode("cp1250") + b" =?x?b?!?=\r\n\r\ntak"
    read = read_letter(raw)
    assert (read.sender, read.sender_name) == ("ewa@poczta.example", 'Ewa "z"')
    assert read.subject.startswith("Ławki")
    assert (
        read_letter(b"From: =?utf-8?q?szef=40ratusz.example_=3Ca=40b=3E?= <ewa@poczta.example>\n\nx").sender == "ewa@poczta.example"
    )


def test_html_alone_is_read_as_text_and_nothing_of_it_runs():
    html = "<html><head><title>x</title><style>p{}</style></head><body><p>Dzień dobry,<br>proszę</p><ul><li>o&nbsp;ławki</li></ul>"
    html += "<script>alert(1)</script><blockquote>stare<br>słowa</blockquote></body>"
    raw = b"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n" + html.encode()
    assert read_letter(raw).text == "Dzień dobry,\nproszę\n\n- o ławki\n\n> stare\n> słowa"


MACHINES = {
    "auto_reply": make_bytes(Auto_Submitted="auto-replied (vacation)"),
    "mailing_list": make_bytes(List_Id="<nowiny.example>"),
    "report": b"From: MAILER-DAEMON@x.example\nContent-Type: multipart/report; boundary=a\n\n--a\n\nx\n--a--\n",
    "calendar": b"From: a@b.example\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n",
}
UNREADABLE = {
    "nothing": b"From: a@b.example\n\n \n",
    "winmail": b"From: a@b.example\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\nAAAA\n",
    "encrypted": b"From: a@b.example\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nx\n",
    "long_headers": b"X-Y: " + b"a" * 300_000 + b"\n\nx",
    "too_many_parts": b"From: a@b.example\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000)),
}


@pytest.mark.parametrize(("problem", "raw"), [*MACHINES.items(), *UNREADABLE.items()], ids=[*MACHINES, *UNREADABLE])
def test_machines_and_what_cannot_be_read_are_told_apart(problem, raw):
    began = time.monotonic()
    assert read_letter(raw).problem == problem
    assert str(rules.problem_words(problem))
    assert time.monotonic() - began < 20, "a letter may not hold up the others"


def test_further_signs_of_machines():
    for headers in (
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"subject": "Automatyczna odpowiedź: tak"},
    ):
        assert read_letter(make_bytes(**headers)).problem in rules.AUTOMATIC, headers
    assert read_letter(make_bytes(sender="no-reply@x.example")).problem == "auto_reply"
    assert read_letter(make_bytes(Auto_Submitted="no", Precedence="normal")).problem == ""
    small = b"From: a@b.example\n" + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(40))
    assert read_letter(small).problem == "too_many_parts"


def test_a_letter_too_large_is_known_by_its_header():
    read = read_letter(make_bytes(subject="Film z parku"), is_whole=False)
    assert (read.problem, read.subject, read.text) == ("too_large", "Film z parku", "")


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"Content-Type: multipart/mixed; boundary=a\n\n--a\n", b"From: <@,\nDate: 99\n"])
)
def test_no_bytes_at_all_raise(noise, head):
    read = read_letter(head + noise)
    assert read.problem in ("", *rules.PROBLEMS)


@pytest.mark.slow
def test_deep_html_does_not_hold_up_the_others():
    began = time.monotonic()
    assert text_of_html("<div>" * 50_000 + "tak" + "</div>" * 50_000) == ("tak", False)
    assert "tak" in text_of_html("<" * 100_000 + " tak")[0]
    assert text_of_html("<form><div></form>" * 20_000 + "tak")[0] == "tak"
    assert text_of_html("tak" * 300_000)[1]
    assert time.monotonic() - began < 20


LETTER = """Dzień dobry,

zgłaszam dwie uwagi do parku:
1. Brakuje ławek przy stawie.
Wystarczą trzy.
2) Zostawcie topole.

Z poważaniem
Ewa Zmyślona
ul. Kozielska 12/3

W dniu 30.11.2026 o 10:00, Urząd Miasta pisze:
> Zapraszamy do konsultacji.
Ktoś jeszcze: stare słowa
"""


def test_own_words_are_told_from_greeting_quote_and_signature_and_no_line_is_lost():
    found = blocks_of(LETTER)
    assert [(each.kind, each.number, each.words.split("\n")[0][:12]) for each in found] == [
        ("greeting", 0, "Dzień dobry,"), ("words", 0, "zgłaszam dwi"), ("words", 1, "1. Brakuje ł"), ("words", 2, "2) Zostawcie"),
        ("signature", 0, "Z poważaniem"), ("quote", 0, "W dniu 30.11"),
    ]  # fmt: skip
    assert "".join("".join(each.words.split()) for each in found) == "".join(LETTER.split())


@given(st.text(alphabet="ab1.>- \nŻ", max_size=200))
def test_no_line_of_any_text_is_lost(text):
    assert "".join("".join(each.words.split()) for each in blocks_of(text)) == "".join(text.split())
