"""What stood in the data folder before an upgrade or a restore: kept beside for a week.

Not for longer: it holds what is erased meanwhile, as published forms and old password hashes.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

KEPT_FOR = timedelta(days=7)

COPIES = "*.db.before-*"
"""What `migrate` makes before it changes a database."""

REPLACED = "before-restore-*"
"""Folders of what `restore` put something else in the place of."""


def forget_former(folder: Path, *, now: datetime) -> None:
    """Remove what has stood here longer than it is kept, by the age of its file.

    OSError for what cannot be removed, when all the rest is.
    """
    refusals = list[OSError]()
    for path in (*folder.glob(COPIES), *folder.glob(REPLACED)):
        try:
            if path.lstat().st_mtime < (now - KEPT_FOR).timestamp():
                _remove(path)
        except OSError as error:
            refusals.append(error)
    if refusals:
        raise refusals[0]


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
