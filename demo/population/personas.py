"""Who lives in the crowd: first names of several languages with an initial, a language, a country."""

from __future__ import annotations

from random import Random

from demo.population.story import Persona

# language: (share in per cent, countries, first names)
GROUPS = {
    "fr": (
        34,
        ("FR", "FR", "FR", "BE", "CH", "CA", "SN", "CI", "MA"),
        (
            "Amélie", "Bastien", "Chloé", "Damien", "Élise", "Fatou", "Gaël", "Hélène", "Inès", "Jérôme", "Karim", "Léa",
            "Mamadou", "Noé", "Océane", "Pascal", "Quentin", "Rokhaya", "Solène", "Théo", "Ulysse", "Yasmine", "Zoé",
        ),
    ),
    "en": (
        26,
        ("GB", "US", "US", "IE", "IN", "NG", "GH", "AU", "KE"),
        (
            "Abena", "Benjamin", "Chidi", "Deepa", "Emma", "Finn", "Grace", "Harriet", "Ishaan", "Joy", "Kwame", "Liam",
            "Maya", "Nia", "Oliver", "Priya", "Rhys", "Sinead", "Tunde", "Wanjiru",
        ),
    ),
    "es": (
        12,
        ("ES", "MX", "CO", "AR", "PE", "CL"),
        ("Alba", "Bruno", "Camila", "Diego", "Elena", "Iker", "Lucía", "Mateo", "Núria", "Paula", "Sofía", "Tomás"),
    ),
    "ar": (
        7,
        ("MA", "DZ", "TN", "EG", "LB"),
        ("أمل", "ياسين", "ليلى", "كريم", "سلمى", "طارق", "نور", "هدى"),
    ),
    "pt": (7, ("BR", "BR", "PT", "AO"), ("Ana", "Caio", "Duarte", "Inês", "João", "Luana", "Rui", "Teresa")),
    "de": (6, ("DE", "AT", "CH"), ("Anke", "Björn", "Clara", "Emil", "Greta", "Jürgen", "Mia", "Till")),
    "zh": (4, ("CN", "TW", "SG"), ("晓明", "丽华", "思远", "佳怡", "Jia", "Ming")),
    "pl": (4, ("PL",), ("Agnieszka", "Łukasz", "Kasia", "Paweł", "Zofia")),
}  # fmt: skip
INITIALS = "ABCDEFGHIJKLMNOPRSTVWZ"
HOSTS = ("example.org", "example.net")
LIKE_THE_FRIEND = 0.8  # friends speak one language more often than not


def draw_persona(random: Random, *, friend: Persona | None = None) -> Persona:
    """Somebody; a friend's friend mostly speaks the friend's language."""
    if friend is not None and random.random() < LIKE_THE_FRIEND:
        language = friend.language
    else:
        language = random.choices(list(GROUPS), weights=[share for share, _countries, _names in GROUPS.values()])[0]
    _share, countries, names = GROUPS[language]
    return Persona(
        name=f"{random.choice(names)} {random.choice(INITIALS)}.",
        language=language,
        country=random.choice(countries),
        email_host=random.choice(HOSTS),
    )
