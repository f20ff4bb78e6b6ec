"""The floor plan: one line a room."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("desk/", admin.site.urls),
    path("", include("journal.public.urls")),
]
