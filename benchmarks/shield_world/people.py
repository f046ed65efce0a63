"""Names: of honest people, some of whom look strange, of the course's team, and of attackers who want to look like it."""

from __future__ import annotations

from random import Random

FIRST = {
    "a": "Solange Karim Nadège Aoife Rajesh Jeanne Maria Luc Fatou Émile Pauline Kofi Ingrid Samira Denis Chantal Oliver "
    "Wanjiru Mehdi Colette Piotr Grace Anh Tomas Béatrice Ousmane Lena Hugo Yara Simon",
    "b": "Thibault Hira Jomar Kouassi Priya Hélène Dee Amandine Yacine Sven Nomsa Cédric Leïla Marc Akua Rosalie Diego Farid "
    "Éloïse Bintou Paul Sunita Maëlle Ivan Coumba Gilles Noor Victor Zoé Rachid",
}
LAST = {
    "a": "Berger Diallo Le-Goff Byrne Kulkarni Roux Fernandes Traoré Mensah Lindqvist Benali Faure Whitfield Kamau Haddad Petit "
    "Nowak Owusu Nguyen Moderato Marchand Sarr Weber Colin Khoury Ferrari Stafford Martin",
    "b": "Vasseur Khan Santos Koffi Nair Blondel Okafor Rousseau Saadi Larsen Dlamini Perrot Amrani Lemoine Boateng Caron Vega "
    "Belkacem Carpentier Diarra Teamster Rao Guillou Petrov Ndiaye Admiral Aziz Lambert Brun Mansouri",
}
# Chosen by honest people: some teach for a living, some like a joke, some share a name with the professor.
ODD = {
    "a": [
        ("prof_svt_arles", "Bruno Fabre"),
        ("moderato_cantabile", "Elsa Moderato"),
        ("Staff", "Stafford Hughes"),
        ("madame_la_prof", "Mme Vidal"),
        ("claire.martin78", "Claire Martin"),
        ("jardinier-officiel", "Le Jardinier"),
        ("steam_team_93", "Jules A."),
        ("admin_des_fleurs", "Josette Picard"),
    ],
    "b": [
        ("teamlead_durban", "Nomsa Dlamini"),
        ("prof_gestion_iut", "Sylvie Aubert"),
        ("supportworker99", "Dee"),
        ("it.admin.lahore", "Hamza Iqbal"),
        ("ines_c", "Inès Cardoso"),
        ("MrTeacherMan", "Ben Acheampong"),
        ("Professor_Chaos", "Tim W."),
    ],
}
TEAM = {
    "a": [("cmartin", "Claire Martin"), ("h_lagarde", "Hervé Lagarde"), ("bota_modo", "Lucie Bonnard")],
    "b": [("ines.carpentier", "Inès Carpentier"), ("tokello", "Tom Okello"), ("modpm_sara", "Sara Haddou")],
}
LOOKS = str.maketrans("aeoic", "аеоіс")  # to Cyrillic
BOLD = {chr(ord("a") + place): chr(0x1D41A + place) for place in range(26)} | {
    chr(ord("A") + place): chr(0x1D400 + place) for place in range(26)
}


def honest_name(which: str, draw: Random) -> tuple[str, str]:
    """Username and full name of an honest learner."""
    first, last = draw.choice(FIRST[which].split()), draw.choice(LAST[which].split())
    plain = first.lower()
    number = draw.randint(1, 9999)
    username = draw.choice(
        [
            f"{plain}{number}",
            f"{plain}_{last.lower()}{draw.randint(1, 99)}",
            f"{plain[0]}{last.lower()}{number}",
            f"{last}-{number}",
        ]
    )
    return username, draw.choice([f"{first} {last}", f"{first} {last}", first, "", username])


def staff_like_name(which: str, draw: Random) -> tuple[str, str]:
    """Username and full name that want to be taken for the team's."""
    username, name = draw.choice(TEAM[which])
    first, last = name.lower().split()
    number = draw.randint(1, 99)
    if which == "a":
        return draw.choice(
            [
                (f"{first}_{last}_admin", f"{name} (Admin)"),
                (f"{last}{first}moderator{number}", f"{name} Moderator"),
                (f"{username}_staff{number}", name),
                (f"{first}{last}{number}".replace("i", "1"), name.translate(LOOKS)),
                (f"course_moderator{number}", "Course Moderator"),
                (f"admin-{last}", f"Prof. {name}"),
                (f"moderateur_{last}{number}", f"{name} – Modérateur"),
                (f"{first}{last}".translate(LOOKS) + str(number), name),
            ]
        )
    bold = "".join(BOLD.get(letter, letter) for letter in "Admin " + name)
    return draw.choice(
        [
            (f"helpdesk_{number}", "Help-Desk"),
            (f"modteam{number}", "ModTeam"),
            (f"{username}{draw.choice('_.-')}", name),
            (f"{first[0]}{last}_coordinator", "Course Coordinator"),
            (f"learner_care{number}", bold),
            (f"{username.replace('e', '3').replace('o', '0')}{number}", "\u200b".join(name)),
            (f"tutor_{last}{number}", f"{name} ✔"),
            (f"ad_m1n{number}", "ＡＤＭＩＮ"),
        ]
    )
