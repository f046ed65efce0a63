"""Every table says what it holds of a person and what becomes of that; checked by the annotation tool of Open edX."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ["referral_xblock", "community_dashboard"]


def models(label):
    return apps.get_app_config(label).get_models(include_auto_created=True)


@pytest.mark.parametrize("label", PACKAGES)
def test_the_annotation_tool_finds_every_table_annotated(label, tmp_path):
    command = [str(Path(sys.executable).parent / "code_annotations"), "django_find_annotations", "--app_name", label]
    options = ["--config_file", ".pii_annotations.yml", "--lint", "--report_path", str(tmp_path), "--coverage"]
    done = subprocess.run(
        command + options,
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Found {len(list(models(label)))} total models." in done.stdout


@pytest.mark.parametrize("label", PACKAGES)
def test_a_table_that_names_accounts_says_so(label):
    silent = [
        model.__name__
        for model in models(label)
        if any(field.related_model is get_user_model() for field in model._meta.local_concrete_fields)
        and ".. pii:" not in (model.__doc__ or "")
    ]
    assert silent == []
