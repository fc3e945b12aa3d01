"""Where minutes stand in the admin."""

from django.urls import path

from ratusz.casework.meetings.views.staff import minutes, minutes_review, minutes_word

urlpatterns = [
    path("spotkania/protokoly/", minutes.register, name="meetings_minutes_register"),
    path("spotkania/<int:pk>/protokol/", minutes.write, name="meetings_minutes_write"),
    path("spotkania/<int:pk>/protokol/nowy/", minutes.begin, name="meetings_minutes_begin"),
    path("spotkania/<int:pk>/protokol/zapis/", minutes.autosave, name="meetings_minutes_autosave"),
    path("spotkania/<int:pk>/protokol/podglad/", minutes.look, name="meetings_minutes_look"),
    path("spotkania/<int:pk>/protokol/krok/", minutes.step, name="meetings_minutes_step"),
    path("spotkania/<int:pk>/protokol/plik/<slug:which>.<slug:ending>", minutes.file, name="meetings_minutes_file"),
    path("spotkania/<int:pk>/protokol/uwagi/", minutes_review.review, name="meetings_minutes_review"),
    path("spotkania/<int:pk>/protokol/word/", minutes_word.upload, name="meetings_minutes_word"),
    path("spotkania/<int:pk>/protokol/word/<int:upload_pk>/", minutes_word.mark, name="meetings_minutes_mark"),
]
