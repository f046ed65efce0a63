"""The errors of the platform's discussion API, told in our own five kinds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from forum.utils import ForumV2RequestError
from rest_framework.exceptions import APIException
from rest_framework.exceptions import PermissionDenied as RestPermissionDenied

from community_dashboard.host.errors import (
    BadValueError,
    DisabledError,
    ForumError,
    GoneError,
    NotAllowedError,
    UnavailableError,
)

NOT_EDITABLE = "This field is not editable."  # the discussion API's own words, untranslated in every release


@contextmanager
def told_plainly() -> Iterator[None]:
    """Runs its body in a savepoint and turns what the platform raises into a ForumError."""
    from lms.djangoapps.discussion.rest_api.exceptions import DiscussionDisabledError
    from openedx.core.djangoapps.django_comment_common.comment_client.utils import CommentClientError
    from openedx.core.lib.exceptions import CourseNotFoundError

    try:
        with transaction.atomic():
            yield
    except ForumError:
        raise
    except DiscussionDisabledError as error:
        raise DisabledError from error
    except CourseNotFoundError as error:  # what the platform says to an account that may not enter the course, too
        raise NotAllowedError from error
    except ObjectDoesNotExist as error:  # a thread, a comment; also an account without a profile
        raise (UnavailableError if "profile" in str(error) else GoneError) from error
    except ValidationError as error:
        messages = set(error.messages)
        raise (NotAllowedError if messages == {NOT_EDITABLE} else BadValueError) from error
    except RestPermissionDenied as error:
        raise NotAllowedError from error
    except APIException as error:  # discussions are closed for a while, and whatever a later release adds
        raise (NotAllowedError if error.status_code == 403 else BadValueError) from error
    except ForumV2RequestError as error:
        raise (GoneError if "exist" in str(error) else BadValueError) from error
    except (CommentClientError, OSError) as error:  # the old forum service is reached over the network
        raise UnavailableError from error
