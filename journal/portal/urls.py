"""The contributors' addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from journal.portal.views import drafts, files, home, manuscript, people, pictures, unit

__all__ = ["app_name", "urlpatterns"]

app_name = "portal"
ONE = "manuscripts/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("manuscripts/", home.home, name="home"),
    path("manuscripts/new/", home.start, name="start"),
    path(ONE, manuscript.manuscript, name="manuscript"),
    path("manuscripts/notices/<int:notice>/", people.read_notice, name="read-notice"),
    path("manuscripts/unit/<int:pk>/", unit.unit, name="unit"),
    path(ONE + "act/", manuscript.act, name="act"),
    path(ONE + "draft/", drafts.draft, name="draft"),
    path(ONE + "co-authors/", people.co_author, name="co-author"),
    path(ONE + "upload/", pictures.upload, name="upload"),
    path(ONE + "pictures/", pictures.add, name="pictures"),
    path(ONE + "pictures/<int:figure>/", pictures.change, name="picture"),
    path(ONE + "file/", files.renew, name="renew"),
    path("manuscripts/files/<int:number>/", files.original, name="original"),
    path("manuscripts/files/<int:number>/read/", files.read_again, name="read-again"),
    path(ONE + "everything.zip", files.everything, name="everything"),
]
