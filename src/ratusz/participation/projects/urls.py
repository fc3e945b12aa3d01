"""Addresses of projects: submitting by a link, every submitted project with its card, how the winners are built."""

from django.urls import path

from ratusz.participation.projects.views import (
    answering,
    author_kit,
    building,
    delivery,
    ideas,
    lists,
    public,
    remarks,
    supporting,
    writing,
)

app_name = "projects"
urlpatterns = [
    path("realizacja/dzielnica/<slug:district_slug>/", delivery.of_district, name="district-deliveries"),
    path(
        "realizacja/dzielnica/<slug:district_slug>/realizacja.<slug:form>", delivery.district_file, name="district-deliveries-file"
    ),
    path("realizacja/jednostka/<str:token>/", building.page, name="build"),
    path("<slug:edition_slug>/dla-autorow/", author_kit.page, name="author-kit"),
    path("<slug:edition_slug>/dla-autorow/<slug:form>/", author_kit.download, name="author-kit-file"),
    path("<slug:edition_slug>/pomysly/", ideas.survey, name="ideas"),
    path("<slug:edition_slug>/pomysly/pobierz/<slug:form>/", ideas.download, name="ideas-file"),
    path("<slug:edition_slug>/realizacja/", delivery.deliveries, name="deliveries"),
    path("<slug:edition_slug>/realizacja/realizacja.<slug:form>", delivery.edition_file, name="deliveries-file"),
    path("<slug:edition_slug>/zglos/", writing.start, name="start"),
    path("<slug:edition_slug>/zglos/podobne/", writing.similar, name="similar"),
    path("<slug:edition_slug>/zglos/<str:token>/", writing.draft, name="draft"),
    path("<slug:edition_slug>/zglos/<str:token>/plik/", writing.attach, name="attach"),
    path("<slug:edition_slug>/zglos/<str:token>/podpisy/", supporting.supporters, name="supporters"),
    path("<slug:edition_slug>/zglos/<str:token>/wspolautor/", writing.invite, name="invite"),
    path("<slug:edition_slug>/zglos/<str:token>/potwierdzenie/", writing.receipt, name="receipt"),
    path("<slug:edition_slug>/zaproszenie/<str:token>/", writing.invitation, name="invitation"),
    path("<slug:edition_slug>/odpowiedz/<str:token>/", answering.call, name="call"),
    path("<slug:edition_slug>/odpowiedz/<str:token>/plik/", answering.attach, name="call-attach"),
    path("<slug:edition_slug>/laczenie/<str:token>/", answering.merger, name="merger"),
    path("<slug:edition_slug>/listy/<slug:kind>/", lists.published, name="published"),
    path("<slug:edition_slug>/listy/<slug:kind>/wersja-<int:version>/", lists.published, name="published-version"),
    path("<slug:edition_slug>/listy/<slug:kind>/wersja-<int:version>/pobierz/<slug:form>/", lists.download, name="version-file"),
    path("<slug:edition_slug>/listy/<slug:kind>/pobierz/<slug:form>/", lists.download, name="published-file"),
    path("<slug:edition_slug>/zgloszenia/", public.projects, name="list"),
    path("<slug:edition_slug>/zgloszenia/<slug:project_slug>/uwaga/", remarks.remark, name="remark"),
    path("<slug:edition_slug>/zgloszenia/<slug:project_slug>/", public.card, name="card"),
]
