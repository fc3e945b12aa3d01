"""A maildir and an IMAP server are read alike: each letter once, marked only after it was kept, nothing lost on the way.

The IMAP server is our own small one over loopback with TLS; with RATUSZ_DOVECOT=host:port:user:password a real one is asked, too.
"""

from __future__ import annotations

import imaplib
import os
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from tests.harness.at_once import at_once

from ratusz.foundation.incoming import adapters
from ratusz.foundation.incoming.actions import visiting
from ratusz.foundation.incoming.adapters import NotReached, open_mailbox
from ratusz.foundation.incoming.factories import make_bytes, put
from ratusz.foundation.incoming.models import Letter, Visit
from ratusz.foundation.incoming.testing import PASSWORD, FakeImap, Held, make_certificate

AT = datetime(2024, 5, 6, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def imap(certificate, settings):
    server = FakeImap(certificate)
    settings.RATUSZ_MAIL_AUTHORITIES = str(certificate)
    yield server
    server.end()


def of_imap(server, password=PASSWORD, folder="INBOX"):
    return f"imaps://konsultacje%40ratusz.example:{quote(password, safe='')}@{server.place}/{folder}"


class MaildirPost:
    """Puts letters into a maildir."""

    def __init__(self, folder):
        self.folder, self.url = folder, f"maildir://{folder}"

    def put(self, number, content):
        put(self.folder, str(number), content, AT)


class ImapPost:
    """Puts letters on the IMAP server."""

    def __init__(self, server):
        self.server, self.url = server, of_imap(server)

    def put(self, number, content):
        self.server.letters[number] = Held(content)


@pytest.fixture(params=["maildir", "imap"])
def post(request, tmp_path):
    if request.param == "imap":
        return ImapPost(request.getfixturevalue("imap"))
    (tmp_path / "m" / "new").mkdir(parents=True)
    return MaildirPost(tmp_path / "m")


def keys(url, mark=False, most=9):
    source = open_mailbox(url)
    found = list(source.waiting(most))
    for each in found if mark else ():
        source.mark(each)
        source.mark(each)  # marked twice is marked
    source.close()
    return [(each.content, each.arrived_at, each.is_whole) for each in found]


@pytest.mark.slow
def test_letters_wait_until_they_are_marked_and_come_oldest_first(post, monkeypatch):
    one, two = make_bytes("pierwszy"), make_bytes("drugi")
    post.put(1, one)
    post.put(2, two)
    assert keys(post.url) == keys(post.url) == [(one, AT, True), (two, AT, True)], "reading alone marks nothing"
    assert keys(post.url, mark=True, most=1) == [(one, AT, True)]
    assert keys(post.url, mark=True) == [(two, AT, True)]
    assert keys(post.url) == []
    for module in (adapters.maildir, adapters.imap):
        monkeypatch.setattr(module, "LARGEST", 100)
        monkeypatch.setattr(module, "LONGEST_HEADERS", 50)
    post.put(3, b"Subject: film\n\n" + b"x" * 200)
    assert [(len(content), whole) for content, _at, whole in keys(post.url, mark=True)] == [(50, False)]


def test_a_server_without_flags_of_others_is_read_by_its_own(imap):
    imap.keeps_flags = False
    imap.letters[1] = Held(b"Subject: a\n\nb")
    assert len(keys(of_imap(imap), mark=True)) == 1
    assert (keys(of_imap(imap)), imap.letters[1].flags) == ([], {"\\Seen"})
    imap.keeps_flags = True
    assert len(keys(of_imap(imap))) == 1, "opened in a mail program, but not taken by us"


def test_a_mailbox_that_cannot_be_read_says_why_and_no_password(imap, settings, tmp_path):
    for url in (of_imap(imap, password="zle-haslo"), of_imap(imap, folder="inny"), "maildir:///nie/ma", "pop3://x"):
        with pytest.raises(NotReached) as refusal:
            open_mailbox(url)
        assert str(refusal.value) and "haslo" not in str(refusal.value)
    settings.RATUSZ_MAIL_AUTHORITIES = ""
    with pytest.raises(NotReached, match="TLS"):
        open_mailbox(of_imap(imap))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.link").symlink_to("/etc/hostname")
    (tmp_path / "new" / "2.folder").mkdir()
    os.mkfifo(tmp_path / "new" / "3.fifo")
    assert keys(f"maildir://{tmp_path}") == []


def test_each_minute_what_came_is_kept_and_then_marked(box):
    put(box.folder, "a", make_bytes("Ławki.", message_id="<a@x>"), AT)
    put(box.folder, "b", make_bytes(Auto_Submitted="auto-replied"), AT + timedelta(minutes=1))
    put(box.folder, "c", b"From: a@b.example\n\n", AT + timedelta(minutes=2))
    assert visiting.read_mailboxes() == 3
    found = [(each.state, each.problem, each.text, each.arrived_at) for each in Letter.objects.order_by("arrived_at")]
    assert found[0] == ("waiting", "", "Ławki.", AT)
    assert [each[:2] for each in found[1:]] == [("automatic", "auto_reply"), ("unreadable", "nothing")]
    assert list((box.folder / "new").iterdir()) == []
    assert all(name.endswith(":2,S") for name in os.listdir(box.folder / "cur"))
    assert (visiting.read_mailboxes(), Letter.objects.count(), len(box.heard)) == (0, 3, 3)
    assert Visit.objects.get().problem == ""


@pytest.mark.slow
def test_a_crash_between_keeping_and_marking_doubles_nothing(box, imap):
    imap.letters[1] = Held(make_bytes("Ławki.", message_id="<a@x>"))
    imap.refuses_marks = True
    box_url = of_imap(imap)
    for _again in range(2):
        visiting.visit(mailbox="test", source=open_mailbox(box_url))
    assert (Letter.objects.count(), bool(Visit.objects.get().problem)) == (1, True)
    imap.refuses_marks = False
    assert visiting.visit(mailbox="test", source=open_mailbox(box_url)) == 1
    assert (Letter.objects.count(), Visit.objects.get().problem, imap.letters[1].flags) == (1, "", {"\\Seen", "RatuszTaken"})


def test_what_cannot_be_kept_stays_in_the_mailbox_and_keeps_no_other_waiting(box, monkeypatch):
    kept = visiting.keep_letter

    def full_disk(*, mailbox, came):
        if b"pierwszy" in came.content:
            raise OSError(28, "No space left on device")
        return kept(mailbox=mailbox, came=came)

    monkeypatch.setattr(visiting, "keep_letter", full_disk)
    put(box.folder, "a", make_bytes("pierwszy"), AT)
    put(box.folder, "b", make_bytes("drugi"), AT)
    assert visiting.read_mailboxes() == 1
    assert len(list((box.folder / "new").iterdir())) == 1
    assert "1" in Visit.objects.get().problem
    since = Visit.objects.get().problem_since
    visiting.read_mailboxes()
    assert Visit.objects.get().problem_since == since


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_letter_keep_it_once(box):
    from ratusz.foundation.incoming.actions.keeping import keep_letter
    from ratusz.foundation.incoming.adapters import Came

    content = make_bytes("Ławki.", message_id="<a@x>", files=(("a.exe", "application/pdf", b"MZ"),))
    other = content.replace(b"From:", b"Received: inna droga\r\nFrom:")
    deeds = [lambda each=each: keep_letter(mailbox="test", came=Came("1", AT, len(each), each)).pk for each in (content, other) * 3]
    assert len(set(at_once(*deeds))) == 1
    assert (Letter.objects.count(), len(box.heard)) == (1, 1)
    put(box.folder, "a", content, AT)
    assert sum(at_once(visiting.read_mailboxes, visiting.read_mailboxes)) >= 1
    assert Letter.objects.count() == 1


@pytest.mark.skipif("RATUSZ_DOVECOT" not in os.environ, reason="no real IMAP server was named")
def test_a_real_server_is_read_alike(settings):
    host, port, user, password = os.environ["RATUSZ_DOVECOT"].split(":")
    settings.RATUSZ_MAIL_AUTHORITIES = os.environ["RATUSZ_DOVECOT_CERTIFICATE"]
    url = f"imaps://{user}:{password}@{host}:{port}/INBOX"
    source = open_mailbox(url)
    one, two = make_bytes("pierwszy"), make_bytes("drugi", subject="x" * 3000)
    for content in (one, two):
        source.client.append("INBOX", "", imaplib.Time2Internaldate(AT.timestamp()), content)
    source.close()
    assert [each[:2] for each in keys(url)] == [(one, AT), (two, AT)]
    assert len(keys(url, mark=True)) == 2 and keys(url) == []
