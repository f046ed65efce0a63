"""The migrations say what the models say, and every index has a short name of ours."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command

LABELS = ["referral_xblock", "community_dashboard", "campus", "courseware"]


@pytest.mark.django_db
def test_no_migration_is_missing():
    output = io.StringIO()
    labels = [label for label in LABELS if apps.get_app_config(label).models_module]
    call_command("makemigrations", *labels, "--check", "--dry-run", stdout=output)
    assert "No changes detected" in output.getvalue()


@pytest.mark.parametrize("label", LABELS)
def test_index_names_are_short_enough_for_every_database(label):
    long = [
        index.name
        for model in apps.get_app_config(label).get_models()
        for index in [*model._meta.indexes, *model._meta.constraints]
        if len(index.name) > 30
    ]
    assert long == []


@pytest.mark.parametrize("label", LABELS)
def test_no_unique_key_has_a_column_that_may_be_null(label):
    nullable = [
        f"{model.__name__}.{constraint.name}: {name}"
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
        for name in getattr(constraint, "fields", ())
        if model._meta.get_field(name).null
    ]
    assert nullable == []
