"""The base of every module's AppConfig: one label scheme, `ratusz_<module>`, from the first migration."""

from django.apps import AppConfig


class Module(AppConfig):
    """A module of Ratusz. Subclasses name their package; the app label follows from it."""

    default_auto_field = "django.db.models.BigAutoField"

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        # apps.py also imports this base, and Django takes the class marked as default when it finds two.
        cls.default = True
        cls.label = "ratusz_" + cls.name.rsplit(".", 1)[-1]
