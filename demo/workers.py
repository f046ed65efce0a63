"""The Celery application of the demo: tasks of every installed app, run on the spot unless a broker is set."""

from celery import Celery

app = Celery("demo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
