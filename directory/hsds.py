"""The directory as Open Referral HSDS 3.1, the standard of its field: pages, export, import (pure).

What is exported and read back gives the same services. How what fits nowhere else is kept stands
in `directory.hsds_words`.
"""

from functools import lru_cache
from math import ceil

from directory.hsds_read import read, slugs
from directory.hsds_write import Document, as_service
from directory.models import Directory, Service

__all__ = ["Document", "as_list", "as_page", "as_service", "named", "read"]

MOST_KEPT = 1024
"""Services that are kept as pages show them, since anybody may ask; a directory holds fewer."""


def as_page(directory: Directory, *, page: int, per_page: int) -> Document:
    """One page of all living services, whole, in the shape that HSDS gives its lists."""
    services = directory.living_services()
    pages = ceil(len(services) / per_page)
    shown = services[(page - 1) * per_page : page * per_page]
    return {
        "total_items": len(services),
        "total_pages": pages,
        "page_number": page,
        "size": len(shown),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not shown,
        "contents": [_kept(directory, service) for service in shown],
    }


@lru_cache(maxsize=MOST_KEPT)
def _kept(directory: Directory, service: Service) -> Document:
    return as_service(directory, service)


def as_list(directory: Directory) -> list[Document]:
    """All living services, for an export."""
    return [as_service(directory, service) for service in directory.living_services()]


def named(directory: Directory, id: str) -> Service | None:
    """Find a living service by our own name for it, or by its UUID."""
    service = directory.services.get(slugs(directory).get(id.lower(), id))
    return service if service and service.status != "retired" else None
