"""Subtitles as text to read: SRT and WebVTT without their numbers and times. Plain Python."""

from __future__ import annotations

import re

TIME = re.compile(r"\d+:\d{2}[.,:]\d+\s*-->")
MARK = re.compile(r"<[^>]*>|\{\\[^}]*\}")


def plain_transcript(subtitles: str) -> str:
    """The spoken words, one line per subtitle; text that is no subtitle file comes back as it is."""
    if "-->" not in subtitles:
        return subtitles.strip()
    spoken = []
    for group in re.split(r"\n\s*\n", subtitles.replace("\r\n", "\n")):
        lines = group.strip().split("\n")
        times = next((index for index, line in enumerate(lines) if TIME.search(line)), None)
        if times is not None:
            words = MARK.sub("", " ".join(lines[times + 1 :])).strip()
            if words:
                spoken.append(words)
    return "\n".join(spoken)
