"""Honest people: newcomers with a first post, what they write next, and regulars who are many posts in an hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from random import Random

from benchmarks.shield_world.people import ODD, TEAM, honest_name
from benchmarks.shield_world.reading import Written, fill, read_texts
from benchmarks.shield_world.records import Account, Post

DAYS = 3
PLAIN_NEWCOMERS = 180  # who only say hello; the others write one of the hand-written texts
# Word for word the same, by many.
GREETINGS = {
    "a": [
        "Bonjour à tous",
        "Bonjour",
        "Hello everyone",
        "Hi all",
        "Bonjour à toutes et à tous, ravi de suivre ce cours !",
        "Hello",
    ],
    "b": [
        "Bonsoir à tous",
        "Hi",
        "Good morning everyone",
        "Bonjour tout le monde, bon MOOC à tous",
        "Present",
        "Salut",
        "Hi everyone",
    ],
}
INTRODUCTIONS = {
    "a": [
        "Bonjour, je m'appelle {first}, {job_fr} à {city}. {why_fr}",
        "{first} de {city}, {job_fr}. {why_fr} Au plaisir de vous lire.",
        "Hi, I'm {first}, {job_en} from {city}. {why_en}",
        "Hello from {city}! {first} here, {job_en}. {why_en} Nice to meet you all.",
    ],
    "b": [
        "Bonjour tout le monde. Moi c'est {first}, je vis à {city} et je suis {job_fr}. {why_fr}",
        "{job_fr} à {city} depuis peu, {why_fr} Bonne formation à tous, {first}",
        "Good day, {first} from {city}, {job_en}. {why_en}",
        "My name is {first} and I work as {job_en} in {city}. {why_en} Thank you.",
    ],
}
WORDS = {
    "city": [
        "Lyon", "Dakar", "Rabat", "Liège", "Nairobi", "Pune", "Cork", "Québec", "Tunis", "Yaoundé", "Genève", "Leeds", "Hanoï",
        "Lomé", "Porto",
        "Cotonou", "Kinshasa", "Beyrouth", "Bristol", "Accra", "Nantes", "Pau", "Toulouse", "Ottawa", "Mumbai", "Nice",
    ],
    "job_fr": [
        "infirmière", "étudiant", "retraitée", "comptable", "technicien", "professeur des écoles",
        "sans emploi", "paysagiste",
        "administrateur de base de données", "assistante sociale", "chef d'équipe", "animateur", "bibliothécaire", "ingénieur",
    ],
    "job_en": [
        "a nurse", "a student", "a retired teacher", "an accountant", "a support engineer", "a librarian",
        "between jobs", "a farmer",
        "an office administrator", "a team leader", "a youth worker", "a forum moderator for a sewing site", "an engineer",
    ],
    "why_fr": [
        "Je veux apprendre quelque chose de neuf.", "C'est mon premier MOOC.", "Une amie m'a conseillé ce cours.",
        "Hâte de commencer !",
        "J'ai raté la session précédente.", "Mon employeur me finance le certificat.", "Par curiosité, tout simplement.",
    ],
    "why_en": [
        "This is my first online course.", "A friend told me about it.", "I hope I can keep up with the deadlines.",
        "Excited to start!",
        "I need the certificate for my job.", "Just curious.", "I dropped out last year and try again.",
    ],
}  # fmt: skip
ANSWERS = [
    "Merci pour la réponse, {first}.", "Même problème chez moi depuis ce matin.",
    "Thanks {first}, that is clearer now.",
    "I have the same question.", "Moi aussi je bloque à cet endroit.", "Bonne idée, je vais essayer ce soir.",
    "It worked after I logged out and in again.", "D'accord avec toi, la vidéo va trop vite.",
    "Oui, c'est à la minute {n} de la vidéo.",
    "I got {n} out of 20, and you?", "Je suis aussi de {city}, enchanté !", "See the answer of {first} in the other thread.",
    "Regarde page {n} du polycopié.", "Not sure about this, the text says something else on page {n}.",
    "Super photo, merci du partage.", "Where are you based, {first}? I'm in {city}.",
]  # fmt: skip
WELCOMES = [
    "Bienvenue {first} !",
    "Welcome {first}!",
    "Bienvenue parmi nous",
    "Welcome, nice to have you here",
    "Bienvenue à toi",
]


def draw_genuine(which: str, *, start: datetime, ids: count, draw: Random) -> tuple[list[Account], list[Post]]:
    """The team, and everything honest people write in `DAYS` days from `start`, in no order."""
    accounts = count(1)
    team = [Account(next(accounts), *names, start - timedelta(days=300), team=True) for names in TEAM[which]]
    odd = [*ODD[which]]
    draw.shuffle(odd)

    def newcomer(at: datetime, *, may_be_odd: bool) -> Account:
        """Most made their account in the days of the course's opening, many within the hour."""
        age = draw.choices(
            [
                timedelta(minutes=draw.randint(2, 60)),
                timedelta(hours=draw.randint(1, 72)),
                timedelta(days=draw.randint(4, 900)),
            ],
            weights=[25, 35, 40],
        )[0]
        names = odd.pop() if odd and may_be_odd and draw.random() < 0.15 else honest_name(which, draw)
        return Account(next(accounts), *names, at - age)

    def moment() -> datetime:
        """Any time, more often in the day than at night."""
        hour = draw.choices(range(24), weights=[1] * 7 + [4] * 15 + [2] * 2)[0]
        return start + timedelta(days=draw.randrange(DAYS), hours=hour, seconds=draw.randrange(3600))

    posts: list[Post] = []

    def write(author: Account, at: datetime, text: Written, thread: int | None) -> Post:
        number = next(ids)
        posts.append(
            Post(number, author, at, text.title, text.body, text.kind, False, number if thread is None else thread)
        )
        return posts[-1]

    opening = write(
        team[0], start - timedelta(hours=1), Written("team", "Présentez-vous / Introduce yourself", "…"), None
    )
    write(team[1], start, Written("team", "Les règles du forum", "https://www.example.org/charte"), None)

    texts = read_texts(f"genuine_{which}_fr") + read_texts(f"genuine_{which}_en")
    texts += [_plain_newcomer(which, draw) for _ in range(PLAIN_NEWCOMERS)]
    draw.shuffle(texts)
    firsts = sorted(((moment(), text) for text in texts), key=lambda pair: pair[0])
    for at, text in firsts:
        threads = [post for post in posts if post.starts_thread and post.posted_at < at]
        into = None if text.title else (opening if text.kind == "same_greeting" else draw.choice(threads)).id
        author = newcomer(at, may_be_odd=True)
        write(author, at, text, into)
        for _ in range(draw.choices([0, 1, 2, 5], weights=[55, 25, 15, 5])[0]):  # what the newcomer writes next
            later = at + timedelta(minutes=draw.expovariate(1 / 90) + 1)
            write(author, later, _answer(draw), draw.choice(threads).id)
        if text.kind == "technical" and draw.random() < 0.5:  # nobody answers, so it is asked once more elsewhere
            write(
                author,
                at + timedelta(minutes=draw.randint(3, 40)),
                Written("asked_again", "", text.body),
                draw.choice(threads).id,
            )
    _regulars(which, posts, newcomer, write, draw)
    return team, posts


def _plain_newcomer(which: str, draw: Random) -> Written:
    if draw.random() < 0.25:
        return Written("same_greeting", "", draw.choice(GREETINGS[which]))
    body = fill(draw.choice(INTRODUCTIONS[which]), _gaps(draw), draw)
    return Written("introduction", draw.choice(["", "", "Bonjour", "Hello", "Présentation", "Introduction"]), body)


def _answer(draw: Random) -> Written:
    return Written("follow_up", "", fill(draw.choice(ANSWERS), _gaps(draw), draw))


def _gaps(draw: Random) -> dict[str, str]:
    names = draw.choice(("a", "b"))
    drawn = {name: draw.choice(words) for name, words in WORDS.items()}
    return drawn | {"first": honest_name(names, draw)[1].split(" ")[0] or "Claude", "n": str(draw.randint(2, 20))}


def _regulars(which: str, posts: list[Post], newcomer, write, draw: Random) -> None:
    """Two who welcome everybody in one go, one of them new, and a dozen who answer all day."""
    threads = [post for post in posts if post.starts_thread]
    for joined_long_ago in (True, False):
        at = threads[-1].posted_at + timedelta(minutes=5)
        author = newcomer(at - timedelta(days=30 if joined_long_ago else 1), may_be_odd=False)
        for thread in draw.sample(threads, 25):
            at += timedelta(seconds=draw.randint(15, 50))
            body = fill(draw.choice(WELCOMES), _gaps(draw), draw)
            write(author, max(at, thread.posted_at + timedelta(minutes=1)), Written("welcome", "", body), thread.id)
    for _ in range(12):
        author = newcomer(threads[0].posted_at - timedelta(days=60), may_be_odd=False)
        for thread in draw.sample(threads, 12):
            write(author, thread.posted_at + timedelta(minutes=draw.randint(2, 300)), _answer(draw), thread.id)
