"""Jobs that got stuck: what they were to do, how they broke, and two buttons."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.jobs import actions, rules
from ratusz.foundation.jobs.models import DueJob
from ratusz.foundation.jobs.registry import job_actions


@require_safe
def parked(request: HttpRequest) -> HttpResponse:
    """Parked jobs, latest first."""
    if not rules.may(request.user, "see_parked"):
        raise PermissionDenied
    page = Paginator(DueJob.objects.parked(), 50).get_page(request.GET.get("p"))
    rows = [(job, job_actions[job.action].what if job.action in job_actions else job.action) for job in page]
    return render(
        request, "jobs/staff/parked.html", {"page": page, "rows": rows, "may_settle": rules.may(request.user, "retry_job")}
    )


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends a parked job round again, or gives it up."""
    job = get_object_or_404(DueJob, pk=pk)
    if request.POST.get("deed") == "retry":
        actions.retry_job(job=job, person=request.user)
        messages.success(request, _("The job will be tried again."))
    else:
        actions.drop_job(job=job, person=request.user)
        messages.success(request, _("The job is given up."))
    return redirect("jobs_parked")
