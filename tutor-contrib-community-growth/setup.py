"""Packaging of the Tutor plugin; it runs beside Tutor and shares nothing with the platform's own environment."""

from pathlib import Path

from setuptools import find_packages, setup

setup(
    name="tutor-contrib-community-growth",
    version="0.1.0",
    description="Tutor plugin that installs openedx-community-growth in Open edX",
    long_description=(Path(__file__).parent / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    packages=find_packages(include=["tutorcommunitygrowth*"]),
    package_data={"tutorcommunitygrowth": ["patches/*", "settings.json"]},
    python_requires=">=3.10",
    install_requires=["tutor>=20"],
    entry_points={"tutor.plugin.v1": ["community-growth = tutorcommunitygrowth.plugin"]},
)
