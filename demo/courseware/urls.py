"""Addresses of units, of what blocks bring and answer, and of Studio."""

from django.urls import path

from demo.campus import converters as _course_keys  # noqa: F401  (makes <course_key:…> known)
from demo.courseware import converters, studio, views  # noqa: F401  (makes <usage_key:…> known)

app_name = "courseware"

COURSE = "courses/<course_key:course_key>"
BLOCK = f"{COURSE}/xblock/<usage_key:usage_key>"
STUDIO = "studio/<course_key:course_key>"
STUDIO_BLOCK = f"{STUDIO}/block/<usage_key:usage_key>"

urlpatterns = [
    path(f"{COURSE}/unit/<usage_key:usage_key>", views.unit, name="unit"),
    path(f"{COURSE}/unit/<usage_key:usage_key>/read", views.read, name="read"),
    path(f"{COURSE}/file/<path:name>", views.file, name="file"),
    path(f"{BLOCK}/handler/<str:handler>", views.handle, name="handler"),
    path(f"{BLOCK}/handler/<str:handler>/<path:suffix>", views.handle, name="handler"),
    path(f"{BLOCK}/handler_noauth/<str:handler>", views.handle_noauth, name="handler_noauth"),
    path(f"{BLOCK}/handler_noauth/<str:handler>/<path:suffix>", views.handle_noauth, name="handler_noauth"),
    path("xblock/resource/<str:block_type>/<path:uri>", views.resource, name="resource"),
    path("xblock/inline/<str:name>", views.inline, name="inline"),
    path(f"{STUDIO}/", studio.course_outline, name="studio"),
    path(f"{STUDIO}/unit/<usage_key:usage_key>/add", studio.add, name="studio_add"),
    path(f"{STUDIO_BLOCK}", studio.block, name="studio_block"),
    path(f"{STUDIO_BLOCK}/delete", studio.delete, name="studio_delete"),
    path(f"{STUDIO_BLOCK}/handler/<str:handler>", studio.handle, name="studio_handler"),
    path(f"{STUDIO_BLOCK}/handler/<str:handler>/<path:suffix>", studio.handle, name="studio_handler"),
]
