"""Accounts in the Wagtail admin: the administrator makes, changes and disables them; each save calls an action."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.users.views.users import IndexView, UserViewSet

from ratusz.foundation.people import actions
from ratusz.foundation.people.models import User
from ratusz.foundation.people.rules import NotOnesOwn
from ratusz.foundation.people.staff_forms import AccountForm, LostFactorForm, NewAccountForm


class KeepAccount(generic.DeleteView):
    """Nobody deletes accounts, a superuser neither: they are disabled, or erased by the data-protection officer."""

    def dispatch(self, request, *args, **kwargs):
        raise PermissionDenied


class AccountIndex(IndexView):
    """Without bulk actions: roles follow from appointments, and nobody is deleted by the dozen."""

    def get_delete_url(self, instance):
        return None

    @property
    def columns(self):
        return [column for column in super().columns if column.name not in ("bulk_actions", "is_superuser")]


class CreateAccount(generic.CreateView):
    """A new account."""

    def save_instance(self):
        return actions.create_account(**self.form.cleaned_data)


class ChangeAccount(generic.EditView):
    """A changed or disabled account."""

    def get_delete_url(self):
        return None

    def save_instance(self):
        return actions.change_account(account=self.object, **self.form.cleaned_data)


class AccountViewSet(UserViewSet):
    """Takes the place of Wagtail's own (see wagtail_users.py)."""

    template_prefix = ""
    index_view_class = AccountIndex
    add_view_class = CreateAccount
    edit_view_class = ChangeAccount
    copy_view_enabled = False
    delete_view_class = KeepAccount

    def get_form_class(self, for_update=False):
        return AccountForm if for_update else NewAccountForm


@require_http_methods(["GET", "POST"])
def end_sessions(request, pk: int):
    """Asks, then signs the person out of every browser."""
    if not request.user.has_perm("ratusz_people.change_user"):
        raise PermissionDenied
    account = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        actions.end_sessions(account=account)
        messages.success(request, _("%(person)s has been signed out everywhere.") % {"person": account.display_name})
        return redirect("wagtailusers_users:index")
    return render(request, "people/end_sessions.html", {"account": account})


@require_http_methods(["GET", "POST"])
def start_sign_in_afresh(request, pk: int):
    """Asks for the reason, then forgets the password and the second factors of whoever lost the last one."""
    if not request.user.has_perm("ratusz_people.change_user"):
        raise PermissionDenied
    account = get_object_or_404(User, pk=pk, is_active=True)
    form = LostFactorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.start_sign_in_afresh(account=account, reason=form.cleaned_data["reason"], actor=request.user)
        except NotOnesOwn as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(
                request, _("%(person)s gets an e-mail that says how to come in again.") % {"person": account.display_name}
            )
            return redirect("wagtailusers_users:index")
    return render(request, "people/sign_in_afresh.html", {"account": account, "form": form})
