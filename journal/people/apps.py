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
        from axes.signals import user_locked_out
        from django.contrib.auth.signals import user_logged_in

        from journal.people.giving import roles_changed
        from journal.people.lockout import tell_lockout
        from journal.people.models import User
        from journal.people.roles import sync_roles
        from journal.people.second_factor import remember_debt

        post_migrate.connect(sync_roles, sender=self, dispatch_uid="people.roles")
        m2m_changed.connect(roles_changed, sender=User.groups.through, dispatch_uid="people.giving")
        user_locked_out.connect(tell_lockout, dispatch_uid="people.lockout")
        user_logged_in.connect(remember_debt, dispatch_uid="people.second-factor")
