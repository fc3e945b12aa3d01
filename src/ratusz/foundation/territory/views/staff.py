"""Staff screens: upload shapes or streets, read every fault with its row, confirm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.files.aside import Aside
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory import actions
from ratusz.foundation.territory.imports import MOST_BYTES, Checked, check_shapes, check_streets
from ratusz.foundation.territory.rules import may

ENDINGS = (".geojson", ".json", ".csv")
uploads = Aside("territory", ENDINGS)


class MapFileForm(forms.Form):
    """A file of shapes (GeoJSON) or streets (CSV); its ending says which."""

    file = forms.FileField(label=gettext_lazy("Shapes of districts (.geojson) or streets (.csv)"))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(ENDINGS):
            raise forms.ValidationError(_("Choose a file that ends with .geojson, .json or .csv."))
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file has more than 20 MB."))
        return file


def import_map(request: HttpRequest) -> HttpResponse:
    """Upload, then the preview with faults by row, then a second button writes everything or nothing."""
    if not may(request.user, "import_map", None, database_now()):
        raise PermissionDenied
    if request.method == "POST" and request.POST.get("kept"):
        return _confirm(request)
    form = MapFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "page_title": _("Shapes and streets")}
    if request.method == "POST" and form.is_valid():
        name = uploads.put(form.cleaned_data["file"])
        checked = _check(name, uploads.path(name).read_bytes())
        if checked.faults:
            uploads.remove(name)
        context |= {"checked": checked, "kept": "" if checked.faults else name, "file_name": form.cleaned_data["file"].name}
    return render(request, "territory/staff_import.html", context)


def _check(name: str, content: bytes) -> Checked:
    return check_streets(content) if name.endswith(".csv") else check_shapes(content)


def _confirm(request: HttpRequest) -> HttpResponse:
    name = request.POST["kept"]
    path = uploads.path(name)
    if path is None:
        messages.error(request, _("The file is not here any more. Choose it again."))
        return redirect("territory_staff_import")
    write = actions.import_streets if name.endswith(".csv") else actions.import_shapes
    try:
        number = write(content=path.read_bytes(), actor=request.user)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        uploads.remove(name)
        messages.success(request, _("Written: {number}.").format(number=number))
    return redirect("territory_staff_import")
