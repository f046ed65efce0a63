"""The neighbours' addresses, then the demo's."""

from django.urls import include, path

from benchmarks.click_site import views
from demo.urls import handler403, handler404, handler500, urlpatterns  # noqa: F401

urlpatterns = [
    path("bare/", views.bare),
    path("bare-insert/", views.bare_insert),
    path("referrals/", include("pinax.referrals.urls")),
    *urlpatterns,
]
