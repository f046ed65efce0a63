"""A domain's tables are imported by that domain and by the gatherers alone; everybody else asks its queries and actions."""

import grimp
import pytest

PACKAGES = ["referral_xblock", "community_dashboard"]
# The gatherers, and whoever may see everything by what it is for.
ALLOWED = {"models", "admin", "migrations"}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph(*PACKAGES, "demo", include_external_packages=False)


def test_tables_stay_home(graph):
    strangers = []
    for module in graph.modules:
        parts = module.split(".")
        if parts[0] not in PACKAGES or parts[-1] != "models" or len(parts) < 3:
            continue
        domain = ".".join(parts[:-1])
        for importer in graph.find_modules_that_directly_import(module):
            inside = importer.startswith(domain + ".")
            gatherer = importer.split(".")[0] == parts[0] and importer.split(".")[1] in ALLOWED
            if not inside and not gatherer:
                strangers.append(f"{importer} imports {module}")
    assert strangers == []
