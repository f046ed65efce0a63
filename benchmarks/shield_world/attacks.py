"""The attack: which account posts what, where and when. Set "a" is the incident as reported, set "b" comes in other ways."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from random import Random

from benchmarks.shield_world.people import TEAM, honest_name, staff_like_name
from benchmarks.shield_world.reading import Written, fill, read_texts
from benchmarks.shield_world.records import Account, Post

AN_HOUR = 200  # posts
SHORTENERS = {
    "a": ["https://bit.ly/{token}", "https://tinyurl.com/{token}", "cutt.ly/{token}", "https://t.ly/{token}", "rb.gy/{token}"],
    "b": ["https://is.gd/{token}", "shorturl.at/{token}", "https://urlz.fr/{token}", "tiny.cc/{token}", "https://s.id/{token}",
          "https://encurtador.com.br/{token}", "https://ln.run/{token}", "https://shrtco.de/{token}"],
}  # fmt: skip
PICTURES = [
    "https://i.ibb.co/{token}/qr-code.png", "https://i.imgur.com/{token}.png", "https://i.postimg.cc/{token}/scan.jpg",
    "https://api.qrserver.com/v1/create-qr-code/?size=200x200&data=https%3A%2F%2Fwa.me%2F{digits}",
]  # fmt: skip
WORDS = ("prime elite global smart fast trusted gold vista nova alpha zenith metro royal apex orbit").split()  # noqa: SIM905
WOMEN = ["Patricia Owens", "Sandrine Morel", "Amanda Clark", "Lúcia Prado"]


def draw_attack(which: str, genuine: list[Post], *, start: datetime, ids: count, draw: Random) -> list[Post]:
    """Everything the attackers post, in no order. Accounts have numbers from 100,000."""
    texts = read_texts(f"attack_{which}")
    numbers = count(100_000)
    threads = [post for post in genuine if post.starts_thread]
    taken_over = [text for text in texts if text.kind == "taken_over"]
    texts = [text for text in texts if text.kind != "taken_over"]
    begin = start + timedelta(days=1, hours=draw.randint(8, 14))
    if which == "a":  # four hours at full rate, a few dozen accounts made on that day
        accounts = [_account(next(numbers), which, 0.85, begin, draw) for _ in range(45)]
        times = [begin + timedelta(seconds=place * 3600 / AN_HOUR) for place in range(4 * AN_HOUR)]
        favourites = {
            account.id: draw.sample(texts, 3) for account in accounts
        }  # a program has a few texts and repeats them
    else:  # one hour at full rate, then a trickle; many accounts with a post or two, some of them registered weeks ago
        accounts = [_account(next(numbers), which, 0.4, begin, draw) for _ in range(160)]
        times = [begin + timedelta(seconds=place * 3600 / AN_HOUR) for place in range(AN_HOUR)]
        times += [begin + timedelta(hours=1, minutes=place * 3) for place in range(200)]
        favourites = {account.id: texts for account in accounts}
    posts = []
    for at in times:
        account = draw.choice(accounts)
        text = draw.choice(favourites[account.id])
        posts.append(_post(next(ids), account, at, text, which, threads, draw))
    if taken_over:
        posts += _taken_over(genuine, taken_over, begin, which, ids, draw)
    return posts


def _account(number: int, which: str, staff_like: float, begin: datetime, draw: Random) -> Account:
    names = staff_like_name(which, draw) if draw.random() < staff_like else honest_name(which, draw)
    age = timedelta(minutes=draw.randint(1, 600))
    if which == "b" and draw.random() < 0.35:
        age = timedelta(days=draw.randint(15, 60))
    return Account(number, *names, begin - age)


def _post(
    number: int, account: Account, at: datetime, text: Written, which: str, threads: list[Post], draw: Random
) -> Post:
    known = [thread for thread in threads if thread.posted_at < at]
    fresh = [thread for thread in known if at - thread.posted_at < timedelta(minutes=20)]
    thread = draw.choice(fresh if fresh and draw.random() < 0.6 else known)
    if thread in fresh and draw.random() < 0.5:  # within seconds of a new thread
        at = max(account.joined_at, thread.posted_at + timedelta(seconds=draw.randint(2, 9)))
    gaps = _gaps(which, thread, draw)
    into = number if text.title else thread.id
    return Post(number, account, at, text.title, fill(text.body, gaps, draw), text.kind, True, into)


def _gaps(which: str, thread: Post, draw: Random) -> dict[str, str]:
    token = "".join(draw.choices("abcdefghjkmnpqrstuvwxyzABCDEFGH23456789", k=7))
    digits = "1555" + "".join(draw.choices("0123456789", k=7))
    gaps = {
        "token": token,
        "digits": digits,
        "phone": f"+{digits[0]} {digits[1:4]} {digits[4:7]} {digits[7:]}",
        "spaced": draw.choice(
            [" ".join(digits), f"+{digits[0]}.{digits[1:4]}.{digits[4:]}", f"({digits[:4]}) {digits[4:]}"]
        ),
        "word": draw.choice(WORDS),
        "woman": draw.choice(WOMEN),
        "instructor": draw.choice(TEAM[which])[1],
        "asker": thread.author.username,
        "course": "botany" if which == "a" else "project management",
        "n": str(draw.randint(2, 9)),
    }
    gaps["short"] = draw.choice(SHORTENERS[which]).replace("{token}", token)
    gaps["picture"] = draw.choice(PICTURES).replace("{token}", token).replace("{digits}", digits)
    return gaps


def _taken_over(
    genuine: list[Post], texts: list[Written], begin: datetime, which: str, ids: count, draw: Random
) -> list[Post]:
    """Two learners' accounts, with honest posts behind them, that somebody else now uses."""
    authors = {post.author.id: post.author for post in genuine if post.label == "follow_up" and post.posted_at < begin}
    posts = []
    for account in draw.sample([authors[one] for one in sorted(authors)], 2):
        at = begin + timedelta(hours=draw.randint(1, 9))
        known = [thread for thread in genuine if thread.starts_thread and thread.posted_at < at]
        text, gaps = draw.choice(texts), _gaps(which, known[0], draw)
        for thread in draw.sample(known, 10):
            at += timedelta(seconds=draw.randint(8, 40))
            posts.append(Post(next(ids), account, at, "", fill(text.body, gaps, draw), text.kind, True, thread.id))
    return posts
