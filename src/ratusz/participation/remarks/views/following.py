"""Following a remark of somebody else by e-mail, with a double opt-in; leaving by a link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkRefused
from ratusz.foundation.people.actions.limits import use_up
from ratusz.participation.remarks import follow_links, rules
from ratusz.participation.remarks.actions import telling
from ratusz.participation.remarks.forms import FollowForm
from ratusz.participation.remarks.models import Remark


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An e-mail address; a letter goes there with a link to confirm."""
    remark = get_object_or_404(Remark.objects.public().select_related("consultation"), consultation__slug=slug, number=number)
    form, status = FollowForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        if use_up(kind="follow-remark", key=client_line(request), most=rules.SENDS, within=rules.SENDS_WITHIN):
            telling.ask_to_follow(remark=remark, email=form.cleaned_data["email"])
            messages.success(request, _("We have sent you a letter. Open its link to confirm."))
            return redirect(remark.get_absolute_url())
        form.add_error(None, _("Many letters were asked for from this connection within an hour. Wait an hour."))
        status = 429
    context = {"form": form, "remark": remark, "consultation": remark.consultation}
    return render(request, "remarks/follow.html", context, status=status)


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it only asks; the button makes a follower."""
    try:
        _address, remark, _asked, _letter = follow_links.read_question(token, database_now())
        if request.method == "POST":
            telling.confirm_follow(token=token)
            messages.success(request, _("Confirmed. We write to you at each public change of this remark."))
            return redirect(remark.get_absolute_url())
    except LinkRefused:
        return render(request, "remarks/bad_link.html", status=404)
    return render(request, "remarks/follow_question.html", {"remark": remark, "is_stop": False})


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it only asks; the button ends the letters about this remark."""
    try:
        _address, remark = follow_links.read_stop(token, database_now())
        if request.method == "POST":
            telling.stop_following(token=token)
            messages.success(request, _("We write to you about this remark no more."))
            return redirect(remark.get_absolute_url())
    except LinkRefused:
        return render(request, "remarks/bad_link.html", status=404)
    return render(request, "remarks/follow_question.html", {"remark": remark, "is_stop": True})
