"""What the forum and the queue raise, told in the errors of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from community_dashboard.host import errors as forum_errors
from community_dashboard.moderation.decisions import errors
from community_dashboard.moderation.queue.errors import NoItemError, NotYoursError


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns what the forum and the queue raise into the errors of this folder."""
    try:
        yield
    except forum_errors.GoneError as error:
        raise errors.GoneError from error
    except (forum_errors.NotAllowedError, forum_errors.DisabledError) as error:
        raise errors.NotAllowedError(error.sentence) from error
    except forum_errors.BadValueError as error:
        raise errors.BadFieldError("", error.sentence) from error
    except forum_errors.ForumError as error:
        raise errors.ForumFailedError from error
    except NotYoursError as error:
        raise errors.NotAllowedError(error.sentence) from error
    except NoItemError as error:
        raise errors.GoneError(error.sentence) from error
