"""Where the photo bank, orders, the brand and layouts stand in the Wagtail admin: among what we say."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.publishing.newsroom.rules import may
from ratusz.publishing.newsroom.views import brand, layouts, orders, photo_bank
from ratusz.publishing.website.passports import rules as pictures


class ItemFor(MenuItem):
    """Shown to whoever may do the deed."""

    def __init__(self, *args: Any, rule: Any, deed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.deed = rule, deed

    def is_shown(self, request: HttpRequest) -> bool:
        return self.rule(*with_deed(request, self.deed))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("zdjecia/", photo_bank.bank, name="newsroom_photo_bank"),
        path("zdjecia/lista.csv", photo_bank.bank_csv, name="newsroom_photo_bank_csv"),
        path("zdjecia/dodaj/", photo_bank.add, name="newsroom_add_pictures"),
        path("zdjecia/dodane/", photo_bank.batch, name="newsroom_batch"),
        path("zdjecia/zlecenia/", orders.orders, name="newsroom_orders"),
        path("zdjecia/zlecenia/nowe/", orders.write_order, name="newsroom_new_order"),
        path("zdjecia/zlecenia/<int:pk>/", orders.order, name="newsroom_order"),
        path("zdjecia/zlecenia/<int:pk>/zmien/", orders.write_order, name="newsroom_change_order"),
        path("zdjecia/zlecenia/<int:pk>/<slug:deed>/", orders.move_order, name="newsroom_move_order"),
        path("znak/", brand.assets, name="newsroom_brand"),
        path("znak/nowy/", brand.asset, name="newsroom_new_asset"),
        path("znak/<int:pk>/", brand.asset, name="newsroom_asset"),
        path("znak/<int:pk>/plik/", brand.add_file, name="newsroom_add_brand_file"),
        path("projekty-graficzne/", layouts.layouts, name="newsroom_layouts"),
        path("projekty-graficzne/nowy/", layouts.new_layout, name="newsroom_new_layout"),
        path("projekty-graficzne/<int:pk>/", layouts.layout, name="newsroom_layout"),
        path("projekty-graficzne/<int:pk>/plik/", layouts.send_file, name="newsroom_send_layout_file"),
        path("projekty-graficzne/<int:pk>/odpowiedz/", layouts.answer, name="newsroom_answer_layout"),
        path("projekty-graficzne/<int:pk>/zamknij/", layouts.close, name="newsroom_close_layout"),
    ]


@hooks.register("register_speaking_menu_item")
def photo_bank_item() -> MenuItem:
    url = reverse("newsroom_photo_bank")
    return ItemFor(_("Photo bank"), url, name="photo_bank", icon_name="image", order=60, rule=pictures.may, deed="see")


@hooks.register("register_speaking_menu_item")
def orders_item() -> MenuItem:
    url = reverse("newsroom_orders")
    return ItemFor(_("Photographer's orders"), url, name="photo_orders", icon_name="date", order=61, rule=may, deed="see_orders")


@hooks.register("register_speaking_menu_item")
def brand_item() -> MenuItem:
    return ItemFor(
        _("The city's brand"), reverse("newsroom_brand"), name="brand", icon_name="pick", order=62, rule=may, deed="see_brand"
    )


@hooks.register("register_speaking_menu_item")
def layouts_item() -> MenuItem:
    url = reverse("newsroom_layouts")
    return ItemFor(_("Layouts to approve"), url, name="layouts", icon_name="view", order=63, rule=may, deed="see_layouts")
