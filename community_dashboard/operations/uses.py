"""What one of our files does with a name of another package: a *use*. Plain data."""

from __future__ import annotations

from dataclasses import dataclass

IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})


@dataclass(frozen=True)
class Attribute:
    """An attribute is taken."""

    name: str


@dataclass(frozen=True)
class Call:
    """It is called."""

    positional: int = 0
    keywords: tuple[str, ...] = ()
    texts: tuple[str | None, ...] = ()  # of each positional argument: the text, if one is written out
    conditions: tuple[str, ...] = ()  # keywords of a Q(…) among the arguments
    open_ended: bool = False  # there is a *sequence or a **mapping, whose length is not known here


@dataclass(frozen=True)
class Each:
    """One of the things it yields."""


@dataclass(frozen=True)
class Instance:
    """An object of this class, as an annotation says."""


Step = Attribute | Call | Each | Instance


@dataclass(frozen=True)
class Use:
    """One thing that is done with a name: without steps, it is imported."""

    module: str
    name: str  # "" for the module itself
    steps: tuple[Step, ...] = ()
    file: str = ""
    line: int = 0
    verb: str = ""  # the function it stands in, "EdxPlatform.roles"
    caught: frozenset[str] = frozenset()  # names of the errors that the file itself provides for here
    instead_of: tuple[tuple[str, str], ...] = ()  # imported only where one of these could not be

    @property
    def optional(self) -> bool:
        """Whether the file provides for the import to fail: then a miss degrades and does not break."""
        return bool(self.caught & IMPORT_ERRORS)

    @property
    def place(self) -> str:
        """Where it stands, "edx_platform.py:71"."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Origin:
    """What a local name stands for."""

    module: str
    name: str
    steps: tuple[Step, ...] = ()

    def then(self, step: Step) -> Origin:
        """What it stands for after one step more."""
        return Origin(self.module, self.name, (*self.steps, step))
