"""Addresses of the day of a meeting, under the admin."""

from django.urls import path

from ratusz.casework.meetings.views.staff import agenda, day, door, duties, preparation, room, triage

urlpatterns = [
    path("spotkania/na-spotkaniu/", day.days, name="meetings_days"),
    path("spotkania/wejscie.js", door.worker, name="meetings_door_worker"),
    path("spotkania/odpowiedz/<int:pk>/", triage.unit_reply, name="meetings_unit_reply"),
    path("spotkania/<int:pk>/porzadek/", agenda.agenda, name="meetings_agenda"),
    path("spotkania/<int:pk>/porzadek/<int:item>/", agenda.point, name="meetings_point"),
    path("spotkania/<int:pk>/przygotowanie/", preparation.preparation, name="meetings_preparation"),
    path("spotkania/<int:pk>/przygotowanie/karta.pdf", preparation.sheet_pdf, name="meetings_sheet"),
    path("spotkania/<int:pk>/przygotowanie/zaproszenie.pdf", preparation.letter, name="meetings_letter"),
    path("spotkania/<int:pk>/przygotowanie/plakat-<slug:paper>.pdf", preparation.poster, name="meetings_poster"),
    path("spotkania/<int:pk>/zadania/", duties.duties, name="meetings_duties"),
    path("spotkania/<int:pk>/wejscie/", door.door, name="meetings_door"),
    path("spotkania/<int:pk>/telefon/", door.phone, name="meetings_phone"),
    path("spotkania/<int:pk>/telefon/lista.json", door.phone_list, name="meetings_phone_list"),
    path("spotkania/<int:pk>/telefon/wyslij.json", door.phone_sync, name="meetings_phone_sync"),
    path("spotkania/<int:pk>/sala/", room.room, name="meetings_room"),
    path("spotkania/<int:pk>/wnioski/", room.requests, name="meetings_requests"),
    path("spotkania/<int:pk>/wnioski/<int:number>/potwierdzenie.pdf", room.receipt, name="meetings_receipt"),
    path("spotkania/<int:pk>/rozstrzygniecia/", triage.triage, name="meetings_triage"),
]
