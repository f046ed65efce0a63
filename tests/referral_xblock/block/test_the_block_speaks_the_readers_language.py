"""Translations as they are shipped: built from the one source into both packages, found where the platform looks for them."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = {
    f"{package}/locale/{language}/LC_MESSAGES/django.mo"
    for package in ("referral_xblock", "community_dashboard")
    for language in ("en", "fr")
}

# Draws the built package in French, in a process where nothing else of this repository is installed. The service for texts
# looks where the platform's looks: the folder that Atlas filled, else <package>/translations, else Django's catalogues.
SPEAKS = """
import gettext, json, sys
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from referral_xblock.settings import plugin_settings

root = Path(sys.argv[1])
site = SimpleNamespace(REPO_ROOT=root, LMS_ROOT_URL="https://lms.example", SERVICE_VARIANT="cms")
plugin_settings(site)  # as common: the paths of catalogues are not known yet
site.LOCALE_PATHS = [str(root / "conf/locale")]
plugin_settings(site)
plugin_settings(site)
installed = ["django.contrib.auth", "django.contrib.contenttypes", "referral_xblock"]
del site.REFERRAL_HOST
settings.configure(INSTALLED_APPS=installed, USE_I18N=True, **vars(site))

import django
django.setup()
from django.utils import translation
from webob import Request
from xblock.core import XBlock, XBlockMixin
from xblock.fields import ScopeIds
from xblock.runtime import DictKeyValueStore, KvsFieldData
from xblock.test.tools import TestRuntime

class PlatformTexts:
    def __init__(self, block):
        package = type(block).unmixed_class.__module__.split(".")[0]
        pulled = root / "conf/plugins-locale/xblock.v1" / package
        own = Path(sys.modules[package].__file__).parent / "translations"
        domain, folder = ("django", pulled) if pulled.is_dir() else ("text", own)
        try:
            self._texts = gettext.translation(domain, str(folder), [translation.to_locale(translation.get_language())])
        except OSError:
            self._texts = translation

    def __getattr__(self, name):
        return getattr(self._texts, name)

@XBlock.needs("i18n")
class PlatformMixin(XBlockMixin):
    pass

class PlatformRuntime(TestRuntime):
    local_resource_url = lambda self, block, uri: "/" + uri
    def service(self, block, name):
        found = super().service(block, name)
        return found(block) if isinstance(found, type) else found

services = {"field-data": KvsFieldData(DictKeyValueStore()), "i18n": PlatformTexts}
runtime = PlatformRuntime(services=services, mixins=(PlatformMixin,))
with translation.override("fr"):
    block = runtime.construct_xblock("referral", ScopeIds("ada", "referral", "definition", "usage"))
    request = Request.blank("/", method="POST", body=json.dumps({"networks": []}).encode())
    print(json.dumps({
        "from": sys.modules["referral_xblock"].__file__,
        "paths": settings.LOCALE_PATHS,
        "student_view": block.student_view({}).body_html(),
        "public_view": block.public_view({}).body_html(),
        "studio_view": block.studio_view({}).body_html(),
        "handler": block.handle("submit_studio_edits", request).json_body["problems"]["networks"],
        "service": runtime.service(block, "i18n").gettext("Learn together"),
    }))
"""


def build(source, folder):
    """The folder that a wheel is packed from, built from this source tree."""
    command = [sys.executable, "setup.py", "-q", "egg_info", "--egg-base", str(folder)]
    subprocess.run(
        [*command, "build_py", "--build-lib", str(folder / "lib")], cwd=source, check=True, capture_output=True
    )
    return folder / "lib"


def catalogues(built):
    return {str(path.relative_to(built)) for path in built.rglob("*") if path.suffix in (".mo", ".po")}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build(ROOT, tmp_path_factory.mktemp("built"))


def french(built, site):
    """What the built package says in French on a site whose platform lies in this folder."""
    environment = os.environ | {"PYTHONPATH": str(built)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-c", SPEAKS, str(site)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
        cwd=site,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout)
    assert said["from"].startswith(str(built))
    return said


def test_both_packages_ship_the_compiled_catalogues_and_nothing_else_of_them(built):
    assert catalogues(built) == SHIPPED


def test_a_build_from_the_source_archive_ships_the_same(built, tmp_path):
    source = tmp_path / "source"  # a copy: what goes into the archive is gathered beside setup.py
    unwanted = shutil.ignore_patterns(".*", "build", "dist", "*.egg-info", "__pycache__", "node_modules")
    shutil.copytree(ROOT, source, symlinks=True, ignore=unwanted)
    command = [sys.executable, "setup.py", "-q", "egg_info", "--egg-base", str(tmp_path), "sdist", "--dist-dir"]
    subprocess.run([*command, str(tmp_path / "dist")], cwd=source, check=True, capture_output=True)
    with tarfile.open(next((tmp_path / "dist").iterdir())) as archive:
        archive.extractall(tmp_path, filter="data")
    again = build(next(path for path in tmp_path.glob("openedx_community_growth-*")), tmp_path)
    assert catalogues(again) == SHIPPED
    for name in SHIPPED:
        assert (again / name).read_bytes() == (built / name).read_bytes()


def test_views_and_handlers_speak_french_from_the_shipped_catalogue(built, tmp_path):
    said = french(built, tmp_path)
    assert said["paths"] == [str(tmp_path / "conf/locale")]
    assert "Votre lien personnel" in said["student_view"]
    assert "Apprendre ensemble" in said["public_view"]
    assert "Enregistrer" in said["studio_view"]
    assert "réseau" in said["handler"]
    assert said["service"] == "Apprendre ensemble"


def test_what_a_site_pulled_with_atlas_is_said_instead(built, tmp_path):
    pulled = tmp_path / "conf/plugins-locale/xblock.v1/referral_xblock"
    messages = pulled / "fr/LC_MESSAGES"
    messages.mkdir(parents=True)
    catalogue = Catalog(locale="fr")
    catalogue.add("Learn together", "Étudier à deux")
    with (messages / "django.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
    said = french(built, tmp_path)
    assert said["paths"] == [str(tmp_path / "conf/locale"), str(pulled)]
    assert "Étudier à deux" in said["public_view"]
    assert "Enregistrer" in said["studio_view"], "What was not pulled still comes from the shipped catalogue."
    assert said["service"] == "Étudier à deux"


def test_the_block_brings_no_catalogue_of_its_own_for_the_runtime(built):
    """It would hide the platform's own words for the block, such as those about who may see it."""
    assert not (built / "referral_xblock/translations").exists()
    from referral_xblock.block import ReferralXBlock

    assert "i18n" not in ReferralXBlock._services_requested
    assert ReferralXBlock.i18n_js_namespace is None
