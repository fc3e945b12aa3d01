"""The same contract holds for each real transport and for the fake beside it; and what SMTP faults mean step by step."""

import email
import email.policy
import smtplib
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.foundation.notifications.adapters import Permanent, Temporary, Uncertain
from ratusz.foundation.notifications.adapters.fake import FakeTransport
from ratusz.foundation.notifications.adapters.mime import mime_bytes
from ratusz.foundation.notifications.adapters.sms import SmsTransport
from ratusz.foundation.notifications.adapters.smtp import SmtpTransport
from ratusz.foundation.notifications.composing import Attachment, Envelope
from ratusz.foundation.notifications.testing import MailServer, SmsGateway


def letter(number=1, channel="email"):
    to = "jan@example.pl" if channel == "email" else "+48600100200"
    return Envelope(channel, to, f"Temat {number}", "Zażółć\n.\n..kropki\n", message_id=f"<{number}@ratusz.example>")


@contextmanager
def fake(*faults):
    transport = FakeTransport(*faults)
    yield transport, lambda: [envelope.message_id for envelope in transport.sent]


@contextmanager
def smtp(*faults):
    with MailServer(*faults) as server:
        transport = SmtpTransport(server.url, timeout=5)
        yield transport, lambda: [_parsed(kept[1])["Message-ID"] for kept in server.kept]
        transport.close()


@contextmanager
def sms(*faults):
    with SmsGateway(*faults) as gateway:
        yield SmsTransport(gateway.url, "token", timeout=5), lambda: [kept["id"] for kept in gateway.kept]


def _parsed(data):
    return email.message_from_bytes(data, policy=email.policy.default)


TRANSPORTS = pytest.mark.parametrize(
    ("make", "channel"),
    [(fake, "email"), (fake, "sms"), (smtp, "email"), (sms, "sms")],
    ids=["fake mail", "fake sms", "smtp", "gateway"],
)


@TRANSPORTS
def test_what_is_taken_arrives_once(make, channel):
    with make() as (transport, arrived):
        for number in (1, 2, 3):
            transport.send(letter(number, channel))
        transport.close()
        transport.send(letter(4, channel))
        assert arrived() == [f"<{number}@ratusz.example>" for number in (1, 2, 3, 4)]


@TRANSPORTS
@pytest.mark.parametrize(
    ("fault", "raised", "is_bad"),
    [
        ("temporary", Temporary, None),
        ("permanent", Permanent, False),
        ("bad_address", Permanent, True),
        ("uncertain", Uncertain, None),
    ],
)
def test_each_refusal_has_its_meaning_and_the_next_message_goes(make, channel, fault, raised, is_bad):
    with make(fault) as (transport, arrived):
        with pytest.raises(raised) as refusal:
            transport.send(letter(1, channel))
        transport.send(letter(2, channel))
        assert getattr(refusal.value, "address_is_bad", None) is is_bad
        assert "<2@ratusz.example>" in arrived()
        assert "later" not in str(refusal.value)


@pytest.mark.parametrize(
    ("fault", "raised", "kept"),
    [
        ("refuse_data", Permanent, 0),
        ("temporary_data", Temporary, 0),
        ("drop", Temporary, 0),
        ("hang", Uncertain, 0),
        ("slow", None, 1),
        ("uncertain", Uncertain, 1),
    ],
)
@pytest.mark.slow
def test_smtp_faults_mean_what_their_step_says(fault, raised, kept):
    with MailServer(fault, hang=1.0, slow=0.1) as server:
        transport = SmtpTransport(server.url, timeout=0.5)
        if raised:
            with pytest.raises(raised):
                transport.send(letter())
        else:
            transport.send(letter())
        assert len(server.kept) == kept
        transport.close()


def test_a_server_that_is_not_there_is_worth_another_try():
    with pytest.raises(Temporary, match="ConnectionRefusedError"):
        SmtpTransport("smtp://127.0.0.1:1", timeout=1).send(letter())
    with pytest.raises(Temporary, match="ConnectionRefusedError"):
        SmsTransport("http://127.0.0.1:1/", "t", timeout=1).send(letter(channel="sms"))


def test_a_connection_that_died_between_messages_is_made_anew():
    with MailServer() as server:
        transport = SmtpTransport(server.url, timeout=5)
        transport.send(letter(1))
        transport.client.sock.close()
        transport.send(letter(2))
        assert len(server.kept) == 2
        transport.close()


def test_a_slow_gateway_leaves_doubt_and_a_second_try_sends_nothing_twice():
    with SmsGateway("slow", slow=0.5) as gateway:
        transport = SmsTransport(gateway.url, "t", timeout=0.1)
        with pytest.raises(Uncertain):
            transport.send(letter(1, "sms"))
        SmsTransport(gateway.url, "t", timeout=5).send(letter(1, "sms"))
        assert len(gateway.kept) == 1


def test_an_e_mail_is_text_first_then_html_in_seven_bits():
    envelope = Envelope(
        "email", "jan@example.pl", "Zażółć", "Dzień dobry\n", "<p>Dzień dobry</p>", "<1@x>", {"Auto-Submitted": "auto-generated"}
    )
    data = mime_bytes(envelope, "Urząd Miasta Łódź <komunikacja@ratusz.example>")
    message = _parsed(data)
    assert data.isascii()
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert (message["From"], message["Subject"]) == ("Urząd Miasta Łódź <komunikacja@ratusz.example>", "Zażółć")


EXPECTED_HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "X-Name", "MIME-Version", "Content-Type"]
NASTY = st.text(st.one_of(st.sampled_from("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00 :\t=?"), st.characters()), max_size=60)
SEEDS = [
    "x\r\nBcc: a@b.pl",
    "x\nBcc: a@b.pl",
    "x\rBcc: a",
    "x\u2028Bcc: a",
    "=?utf-8?q?x=0D=0ABcc:_a@b.pl?=",
    "\r\n\r\n<script>",
    "\x85Bcc: a",
]


def _injects_nothing(text):
    data = mime_bytes(Envelope("email", "jan@example.pl", text, "tekst\n", message_id="<1@x>", headers={"X-Name": text}), "a@b.pl")
    message = email.message_from_bytes(data)
    names = [name for name in message if not name.startswith("Content-Transfer")]
    assert sorted(names) == sorted(EXPECTED_HEADERS)
    assert message.get_payload(decode=True).decode().replace("\r\n", "\n") == "tekst\n"


@pytest.mark.parametrize("text", SEEDS)
def test_known_header_injections_come_to_nothing(text):
    _injects_nothing(text)


@pytest.mark.slow
@settings(max_examples=500, deadline=None)
@given(NASTY)
def test_no_text_becomes_a_header(text):
    _injects_nothing(text)


@pytest.mark.long
@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(NASTY)
def test_none_of_ten_thousand_texts_becomes_a_header(text):
    _injects_nothing(text)


def test_the_private_function_of_smtplib_that_we_use_is_still_there():
    assert smtplib._quote_periods(b".\r\n..x\r\n") == b"..\r\n...x\r\n"


def test_a_small_file_goes_with_a_message_in_base64():
    calendar = Attachment(
        "spotkanie.ics", "text/calendar; method=PUBLISH; charset=utf-8", b"BEGIN:VCALENDAR\r\nSUMMARY:\xc5\x81\r\n"
    )
    envelope = Envelope("email", "jan@example.pl", "s", "tekst\n", "<p>x</p>", message_id="<1@x>", attachments=[calendar])
    read = email.message_from_bytes(mime_bytes(envelope, "a@b.pl"), policy=email.policy.default)
    assert read.get_body(("plain",)).get_content() == "tekst\r\n" or read.get_body(("plain",)).get_content() == "tekst\n"
    (part,) = read.iter_attachments()
    assert (part.get_filename(), part.get_content_type(), part.get_param("method")) == ("spotkanie.ics", "text/calendar", "PUBLISH")
    assert (part["Content-Transfer-Encoding"], part.get_payload(decode=True)) == ("base64", calendar.body)
