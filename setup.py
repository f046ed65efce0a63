"""Packaging: what the platform finds of us through entry points, and the catalogues compiled into the wheel."""

import re
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


def read_requirements(name):
    """The lines of a requirements/*.in file that name a distribution."""
    lines = (HERE / "requirements" / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if re.match(r"[A-Za-z]", line)]


class BuildWithCatalogues(build_py):
    """Compiles locale/*/LC_MESSAGES/*.po into <package>/locale of both packages, where Django looks; see docs/translations.md.

    The repository holds the sources once; there, and in an editable install, <package>/locale is a link to them.
    """

    def run(self):
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        super().run()
        root = HERE if self.editable_mode else Path(self.build_lib)
        for source in (HERE / "locale").glob("*/LC_MESSAGES/*.po"):
            for package in ("referral_xblock", "community_dashboard"):
                compiled = root / package / source.relative_to(HERE).with_suffix(".mo")
                compiled.parent.mkdir(parents=True, exist_ok=True)
                with source.open("rb") as lines, compiled.open("wb") as catalogue:
                    write_mo(catalogue, read_po(lines, locale=source.parts[-3]))


setup(
    name="openedx-community-growth",
    version="0.1.0",
    description="Referrals inside a unit, and a moderation and engagement dashboard, for Open edX",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    packages=find_packages(include=["referral_xblock*", "community_dashboard*"]),
    include_package_data=True,
    python_requires=">=3.11",
    install_requires=read_requirements("base.in"),
    extras_require={
        "forum": read_requirements("forum.in"),
        "learning": read_requirements("learning.in"),
        "files": read_requirements("files.in"),
    },
    entry_points={
        "lms.djangoapp": [
            "referral_xblock = referral_xblock.apps:ReferralConfig",
            "community_dashboard = community_dashboard.apps:DashboardConfig",
        ],
        "cms.djangoapp": [
            "referral_xblock = referral_xblock.apps:ReferralConfig",
            "community_dashboard = community_dashboard.apps:DashboardConfig",
        ],
        "xblock.v1": ["referral = referral_xblock.block:ReferralXBlock"],
        "openedx.course_tab": ["community = community_dashboard.instructor_entry.course_tab:CommunityTab"],
        "openedx.course_tool": ["community = community_dashboard.instructor_entry.course_tool:CommunityTool"],
    },
    cmdclass={"build_py": BuildWithCatalogues},
)
