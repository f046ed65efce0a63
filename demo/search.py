"""The forum without a search server: it indexes nothing and finds nothing.

By default every post is sent to Elasticsearch while its author waits, and fails without one.
"""

from typing import Any

from forum.search.base import (
    BaseDocumentSearchBackend,
    BaseIndexSearchBackend,
    BaseSearchBackend,
    BaseThreadSearchBackend,
)


class NullDocuments(BaseDocumentSearchBackend):
    """Forgets every document."""

    def index_document(self, index_name: str, doc_id: Any, document: dict[str, Any]) -> None:
        """Does nothing."""

    def update_document(self, index_name: str, doc_id: Any, update_data: dict[str, Any]) -> None:
        """Does nothing."""

    def delete_document(self, index_name: str, doc_id: Any) -> None:
        """Does nothing."""


class NullIndex(BaseIndexSearchBackend):
    """Has no index to look after."""

    def initialize_indices(self, force_new_index: bool = False) -> None:
        """Does nothing."""

    def rebuild_indices(self, batch_size: int = 500, extra_catchup_minutes: int = 5) -> None:
        """Does nothing."""

    def validate_indices(self) -> None:
        """Does nothing."""

    def refresh_indices(self) -> None:
        """Does nothing."""

    def delete_unused_indices(self) -> int:
        """How many were deleted: none."""
        return 0


class NullThreads(BaseThreadSearchBackend):
    """Finds nothing."""

    def get_thread_ids(self, *args: Any, **kwargs: Any) -> list[str]:
        """No thread, whatever was asked."""
        return []

    def get_suggested_text(self, search_text: str) -> None:
        """No suggestion."""


class NullSearchBackend(BaseSearchBackend):
    """The three together, as `FORUM_SEARCH_BACKEND` wants them."""

    DOCUMENT_SEARCH_CLASS = NullDocuments
    INDEX_SEARCH_CLASS = NullIndex
    THREAD_SEARCH_CLASS = NullThreads
