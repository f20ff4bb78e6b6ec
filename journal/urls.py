"""The floor plan: one line a room."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", admin.site.urls),
    path("", include("journal.people.urls")),
    path("", include("journal.portal.urls")),
    path("", include("journal.public.urls")),
]

# The reader's edition owns the pages for what is not there, not open, or broken.
handler403 = "journal.public.views.errors.forbidden"
handler404 = "journal.public.views.errors.not_found"
handler500 = "journal.public.views.errors.server_error"
