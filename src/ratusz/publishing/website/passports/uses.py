"""Where a picture is used: pages as readers see them, their drafts and what is scheduled, and whatever other modules say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from taggit.models import ItemBase
from wagtail.fields import StreamField
from wagtail.images.models import AbstractRendition
from wagtail.models import Page, ReferenceIndex, Revision, get_page_models

from ratusz.publishing.website.models import PortalImage
from ratusz.publishing.website.registries import ImageUse, image_uses

WWW = "www"


def uses_of(image: PortalImage) -> list[tuple[str, ImageUse]]:
    """Every place where the picture is used, each once, with the name of the module that says so."""
    found = [(source, use) for source, find in image_uses.items() for use in find(image)]
    return list({(source, use.lasting_key): (source, use) for source, use in found}.values())


def is_used_by_others(image: PortalImage, person: Any) -> bool:
    """Whether anything but the person's own unpublished pages uses it; a version that waits for its hour counts as published."""
    scheduled = set(Revision.page_revisions.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True))
    own = Page.objects.filter(owner=person, live=False)
    kept = {_key("page", page) for page in own if str(page.pk) not in scheduled}
    return _is_pointed_at(image) or any(source != "website" or use.lasting_key not in kept for source, use in uses_of(image))


def _is_pointed_at(image: PortalImage) -> bool:
    """Whether a row of any module points at it, those that list no use of it (a submission on its way) included."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: image}).exists()
        for relation in _relations()
        if not issubclass(relation.related_model, Page | AbstractRendition | ItemBase)
    )


def _relations() -> list[Any]:
    """The foreign keys to pictures of all modules, those without a name on the picture's side (related_name "+") included."""
    return [field for field in PortalImage._meta.get_fields(include_hidden=True) if field.one_to_many and field.auto_created]


def uses_on_pages(image: PortalImage) -> Iterator[ImageUse]:
    """Pages that show it, then drafts and scheduled versions that would. Read from the texts: Wagtail's index lags behind them."""
    for page in _pages_with(image):
        yield _public_page(page) if page.live else _page_in_work(page)
    for revision in _versions_in_work(image):
        page = revision.as_object()
        if image.pk in pictures_of(page):
            yield _draft(page) if page.live else _page_in_work(page)


def _public_page(page: Page) -> ImageUse:
    return _use(_("Page: %(title)s"), page, "page")


def _page_in_work(page: Page) -> ImageUse:
    return _use(_("Page that is not public: %(title)s"), page, "page")


def _draft(page: Page) -> ImageUse:
    return _use(_("Draft of a page: %(title)s"), page, "draft")


def _use(words: str, page: Page, kind: str) -> ImageUse:
    where = words % {"title": page.get_admin_display_title()}
    return ImageUse(where, reverse("wagtailadmin_pages:edit", args=[page.pk]), WWW, key=_key(kind, page))


def _key(kind: str, page: Page) -> str:
    return f"{kind}:{page.pk}"


def uses_elsewhere(image: PortalImage) -> Iterator[ImageUse]:
    """Rows of modules that list no uses themselves but point at the picture."""
    told = {f"ratusz_{name}" for name, _find in image_uses.items()}
    for relation in _relations():
        model = relation.related_model
        if model._meta.auto_created:
            continue  # a list of pictures kept by a module shows none of them to readers
        if model._meta.app_label in told or getattr(model, "wagtail_reference_index_ignore", False):
            continue
        if issubclass(model, Page | AbstractRendition | ItemBase):
            continue
        for subject in model._default_manager.filter(**{relation.field.name: image}).order_by("pk"):
            name = f"{subject._meta.verbose_name}: {subject}"
            yield ImageUse(name[:300], _address_of(subject), "", key=f"{subject._meta.label}:{subject.pk}")


def pictures_of(subject: Any) -> set[int]:
    """The pictures that a page (or another object as it stands in memory) shows; costs no query for a page without choosers."""
    wanted = ContentType.objects.get_for_model(PortalImage).pk
    # Wagtail reads references of whatever it indexes by this method alone; a draft in memory is in no index.
    found = ReferenceIndex._extract_references_from_object(subject)
    return {int(key) for content_type, key, _model_path, _path in found if content_type == wanted}


def _pages_with(image: PortalImage) -> Iterator[Page]:
    """Pages in whose fields the picture's number stands and who do show it."""
    for model in get_page_models():
        streams = [field.name for field in model._meta.get_fields() if isinstance(field, StreamField)]
        links = [field.name for field in model._meta.get_fields() if field.is_relation and field.related_model is PortalImage]
        wanted = [Q(**{f"text_{name}__regex": _number_of(image)}) for name in streams]
        wanted += [Q(**{name: image}) for name in links]
        if not wanted:
            continue
        texts = {f"text_{name}": Cast(name, TextField()) for name in streams}
        found = model.objects.annotate(**texts).filter(reduce(or_, wanted)).order_by("path")
        yield from (page for page in found if page.specific_class is model and image.pk in pictures_of(page))


def _number_of(image: PortalImage) -> str:
    return rf"\y{image.pk}\y"


def _versions_in_work(image: PortalImage) -> Iterable[Revision]:
    """Newest versions of pages with changes not yet published, and scheduled ones, in which the picture's number stands."""
    pages = Page.objects.filter(has_unpublished_changes=True)
    newest = Q(pk__in=pages.values("latest_revision"))
    versions = Revision.page_revisions.filter(newest | Q(approved_go_live_at__isnull=False))
    named = versions.annotate(text=Cast("content", TextField())).filter(text__regex=_number_of(image))
    return named.order_by("pk").iterator()


def _address_of(subject: Any) -> str:
    try:
        return reverse(f"wagtailsnippets_{subject._meta.app_label}_{subject._meta.model_name}:edit", args=[subject.pk])
    except NoReverseMatch:
        return ""
