"""A form sent twice does its deed once; what was changed, drawn anew or refused is sent again."""

import threading
import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once import actions
from ratusz.foundation.once.models import SentForm
from ratusz.foundation.once.rules import TOKEN, key_of
from ratusz.foundation.once.sending import once_only

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return []


@pytest.fixture
def view(made):
    """Makes a thing of the words, refuses an empty sentence, breaks on "broken"."""

    @once_only
    def make(request, folder="a"):
        words = request.POST.get("words", "")
        if words == "broken":
            raise ValueError
        if not words:
            return HttpResponse("What is missing: words")
        made.append((folder, words))
        return redirect(f"/things/{len(made)}/")

    return make


def send(view, path="/new/", user=None, method="post", **fields):
    request = getattr(RequestFactory(), method)(path, {TOKEN: "mask"} | fields)
    request.user, request.session = user or AnonymousUser(), {}
    request._messages = FallbackStorage(request)
    answer = view(request)
    return answer.status_code, answer.get("Location"), [str(each) for each in request._messages]


BEFORE = "Ten formularz był już wysłany. Tu widać, co z niego wynikło. Żeby wysłać jeszcze raz, otwórz go od nowa."


def test_the_second_sending_leads_to_what_the_first_made(view, made):
    assert [send(view, words="Uwaga") for _time in range(3)] == [
        (302, "/things/1/", []), (302, "/things/1/", [BEFORE]), (302, "/things/1/", [BEFORE]),
    ]  # fmt: skip
    assert made == [("a", "Uwaga")]


def test_another_rendering_other_words_another_address_another_file_are_new_deeds(view, made):
    send(view, words="Uwaga")
    send(view, words="Uwaga druga")
    send(view, words="Uwaga", **{TOKEN: "mask of a later page"})
    send(view, path="/other/", words="Uwaga")
    for content in (b"1", b"22"):
        send(view, words="Uwaga", file=SimpleUploadedFile("a.txt", content))
    assert len(made) == 6


def test_a_refused_or_broken_sending_may_be_repeated(view, made):
    assert [send(view) for _time in range(2)] == [(200, None, []), (200, None, [])]
    for _time in range(2):
        with pytest.raises(ValueError):
            send(view, words="broken")
    assert SentForm.objects.count() == 0


def test_without_a_rendering_and_when_only_looking_nothing_is_kept(view, made):
    for _time in range(2):
        send(view, words="Uwaga", **{TOKEN: ""})
        send(view, method="get")
    assert (len(made), SentForm.objects.count()) == (2, 0)


def test_the_key_tells_persons_apart_and_not_the_order_of_fields():
    def key(person="1", **fields):
        return key_of(person, "/new/", {TOKEN: ["m"]} | fields, [])

    assert key(a=["1"], b=["2"]) == key(b=["2"], a=["1"]) != key("2", a=["1"], b=["2"])
    assert key(a=["1", "2"]) != key(a=["2", "1"])
    assert key_of("1", "/new/", {}, []) == ""


def test_sent_forms_are_forgotten_after_a_week():
    for days in (6, 8):
        SentForm.objects.create(key=str(days), sent_at=database_now() - timedelta(days=days), led_to="/")
    assert actions.forget_sent_forms() == 1
    assert [str(each) for each in SentForm.objects.all()] == ["/"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_is_carried_out_and_the_others_wait_for_it():
    gate, led = threading.Barrier(3), []

    def deed():
        time.sleep(0.2)
        return "/things/1/"

    def run():
        gate.wait()
        led.append((actions.carry_out_once(key="k", deed=deed), actions.led_to(key="k")))
        connection.close()

    threads = [threading.Thread(target=run) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(led, key=str) == [("/things/1/", "/things/1/"), (None, "/things/1/"), (None, "/things/1/")]
