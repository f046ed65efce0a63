"""The demo's addresses: its own, then those that the plugins bring, as in the LMS."""

from django.contrib import admin
from django.urls import include, path
from edx_django_utils.plugins import get_plugin_url_patterns

urlpatterns = [
    path("", include("demo.campus.urls")),
    path("", include("demo.courseware.urls")),
    path("", include("demo.forum.urls")),
    path("admin/", admin.site.urls),
]
urlpatterns += get_plugin_url_patterns("lms.djangoapp")

handler403 = "demo.campus.views.errors.forbidden"
handler404 = "demo.campus.views.errors.not_found"
handler500 = "demo.campus.views.errors.broken"
