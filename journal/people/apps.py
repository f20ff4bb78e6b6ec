from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_migrate
from django.utils.translation import gettext_lazy as _

__all__ = ["PeopleConfig"]


class PeopleConfig(AppConfig):
    name = "journal.people"
    label = "people"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from journal.people.models import User
        from journal.people.roles import admit_to_desk, sync_roles

        post_migrate.connect(sync_roles, sender=self, dispatch_uid="people.roles")
        m2m_changed.connect(admit_to_desk, sender=User.groups.through, dispatch_uid="people.desk")
