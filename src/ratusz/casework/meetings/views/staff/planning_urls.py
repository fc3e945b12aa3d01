"""Addresses of planning and registering, under the admin."""

from django.urls import path

from ratusz.casework.meetings.views.staff import meetings, particulars, registrations, series

urlpatterns = [
    path("spotkania/", meetings.register, name="meetings_register"),
    path("spotkania/nowe/", meetings.plan, name="meetings_plan"),
    path("spotkania/cykle/", series.all_series, name="meetings_series"),
    path("spotkania/cykle/nowy/", series.plan, name="meetings_plan_series"),
    path("spotkania/cykle/<int:pk>/", series.one, name="meetings_one_series"),
    path("spotkania/sale/", series.places, name="meetings_places"),
    path("spotkania/sale/nowa/", series.place, name="meetings_new_place"),
    path("spotkania/sale/<int:pk>/", series.place, name="meetings_place"),
    path("spotkania/wladze/nowe/", series.official, name="meetings_new_official"),
    path("spotkania/wladze/<int:pk>/", series.official, name="meetings_official"),
    path("spotkania/<int:pk>/", meetings.show, name="meetings_meeting"),
    path("spotkania/<int:pk>/szczegoly/", particulars.page, name="meetings_particulars"),
    path("spotkania/<int:pk>/zmiana/", meetings.change, name="meetings_change"),
    path("spotkania/<int:pk>/krok/", meetings.step, name="meetings_step"),
    path("spotkania/<int:pk>/pule/", meetings.groups, name="meetings_groups"),
    path("spotkania/<int:pk>/zapisani/", registrations.registrations, name="meetings_registrations"),
    path("spotkania/<int:pk>/zapisani/nowy/", registrations.enter, name="meetings_enter"),
    path("spotkania/<int:pk>/zapisani/lista.xlsx", registrations.xlsx, name="meetings_xlsx"),
    path("spotkania/<int:pk>/zapisani/lista.pdf", registrations.pdf, name="meetings_pdf"),
    path("spotkania/<int:pk>/zapisani/<int:number>/", registrations.one, name="meetings_registration"),
    path("spotkania/<int:pk>/zaproszeni/", registrations.invited, name="meetings_invited"),
]
