"""Short addresses of the ballot, the same in every language it speaks: /glosuj/2026/."""

from django.urls import path

from ratusz.participation.voting.views import (
    address_identity,
    ballot,
    codes,
    declaration,
    guardian,
    letter_identity,
    node_identity,
    oidc_identity,
    pesel_identity,
    points,
    signing_in,
)

app_name = "ballot"
urlpatterns = [
    path("to-nie-ja/<str:token>/<str:language>/", ballot.not_me, name="not-me"),
    path("powrot-z-logowania/", oidc_identity.signed_in, name="signed-in"),
    path("powrot-z-login-gov/", node_identity.signed_in, name="node-back"),
    path("<slug:edition_slug>/", ballot.entrance, name="entrance"),
    path("<slug:edition_slug>/<str:language>/", ballot.start, name="start"),
    path("<slug:edition_slug>/<str:language>/kim-jestem/", address_identity.who, name="who"),
    path("<slug:edition_slug>/<str:language>/kod/", codes.code, name="code"),
    path("<slug:edition_slug>/<str:language>/logowanie/", oidc_identity.sign_in, name="sign-in"),
    path("<slug:edition_slug>/<str:language>/logowanie/<slug:whom>/", oidc_identity.leave_for, name="leave-for"),
    path("<slug:edition_slug>/<str:language>/login-gov/", node_identity.sign_in, name="node"),
    path("<slug:edition_slug>/<str:language>/login-gov/<slug:whom>/", node_identity.leave_for, name="node-leave"),
    path("<slug:edition_slug>/<str:language>/dziecko/", signing_in.child, name="child"),
    path("<slug:edition_slug>/<str:language>/punkty/", points.points, name="points"),
    path("<slug:edition_slug>/<str:language>/pesel/", pesel_identity.pesel, name="pesel"),
    path("<slug:edition_slug>/<str:language>/list/", letter_identity.letter, name="letter"),
    path("<slug:edition_slug>/<str:language>/opiekun/", guardian.guardian, name="guardian"),
    path("<slug:edition_slug>/<str:language>/oswiadczenie/", declaration.declaration, name="declaration"),
    path("<slug:edition_slug>/<str:language>/karta/", ballot.ballot, name="ballot"),
    path("<slug:edition_slug>/<str:language>/urna/", ballot.cast, name="cast"),
    path("<slug:edition_slug>/<str:language>/oddany/", ballot.done, name="done"),
    path("<slug:edition_slug>/<str:language>/wyjscie/", ballot.leave, name="leave"),
]
