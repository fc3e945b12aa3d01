"""Addresses of the consultation platform for everybody."""

from django.urls import path

from .views import accounts, public, writing

app_name = "forum"
urlpatterns = [
    path("", public.home, name="home"),
    path("kanal.<str:form>", public.feed, name="feed"),
    path("konto/", accounts.account, name="account"),
    path("konto/kod/", accounts.code, name="code"),
    path("konto/nazwa/", accounts.name, name="name"),
    path("konto/wyjscie/", accounts.leave, name="leave"),
    path("konto/stare-forum/", accounts.claim, name="claim"),
    path("moje/", accounts.mine, name="mine"),
    path("kategoria/<slug:slug>/", public.category, name="category"),
    path("temat/<slug:slug>/", public.topic, name="topic"),
    path("temat/<slug:slug>/kanal.<str:form>", public.feed, name="topic-feed"),
    path("temat/<slug:slug>/nowy-watek/", writing.new_thread, name="new-thread"),
    path("watek/<int:pk>/", public.thread, name="thread"),
    path("watek/<int:pk>/druk/", public.print_thread, name="print"),
    path("watek/<int:pk>/wpis/", writing.new_comment, name="new-comment"),
    path("watek/<int:pk>/opinia/", writing.opinion, name="opinion"),
    path("wpis/<int:pk>/", public.comment, name="comment"),
    path("wpis/<int:pk>/odpowiedz/", writing.answer, name="answer"),
    path("wpis/<int:pk>/zmiana/", writing.edit, name="edit"),
    path("wpis/<int:pk>/poparcie/", writing.support, name="support"),
    path("wpis/<int:pk>/zglos/", writing.flag, name="flag"),
    path("plik/<int:pk>/", public.file, name="file"),
]
