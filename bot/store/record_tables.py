"""The tables of the records store, and what is asked of them."""

_FIRST = """
CREATE TABLE waiting (
    id BLOB PRIMARY KEY,
    period TEXT NOT NULL,
    answers TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_records (
    id BLOB PRIMARY KEY,
    period TEXT NOT NULL,
    answers TEXT NOT NULL,
    invented INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

# A block was made by the version `form`; 0 or less says that it lacks records. `tidying` holds one
# row: how often the pages should have been rewritten since they were.
_SECOND = """
ALTER TABLE waiting ADD COLUMN counsellor TEXT NOT NULL DEFAULT '';
CREATE INDEX contact_records_by_period ON contact_records (period);
CREATE INDEX contact_records_invented ON contact_records (invented) WHERE invented;
CREATE TABLE months (
    period TEXT PRIMARY KEY,
    form INTEGER NOT NULL DEFAULT 0,
    block BLOB NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;
INSERT INTO months (period) SELECT DISTINCT period FROM contact_records;
CREATE TABLE imports (
    digest BLOB PRIMARY KEY,
    records INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tidying (
    what TEXT PRIMARY KEY,
    is_owed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO tidying VALUES ('rewrite', 1);
"""

# The ids under which published forms were filed, and nothing else of them; `is_former`: of the
# publication before the last.
_THIRD = """
CREATE TABLE published (
    id BLOB PRIMARY KEY,
    is_former INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
"""

STEPS = (_FIRST, _SECOND, _THIRD)

FILE = """
INSERT INTO waiting (id, period, counsellor, answers)
SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM published WHERE id = ?1)
ON CONFLICT (id) DO UPDATE
SET period = excluded.period, counsellor = excluded.counsellor, answers = excluded.answers
"""

CORRECT = "UPDATE waiting SET period = ?, answers = ? WHERE id = ? AND counsellor = ?"

# Laid down again one after the other, rows stand in the file in the order of their random ids.
WAITING = "SELECT id, period, answers, counsellor FROM waiting ORDER BY id"
TAKE_UP = "DELETE FROM waiting"
LAY_DOWN = "INSERT INTO waiting (id, period, answers, counsellor) VALUES (?, ?, ?, ?)"

CLOSED = "SELECT answers FROM waiting WHERE period < ?"
DROP_CLOSED = "DELETE FROM waiting WHERE period < ?"

# A form may be filed once more after a crash, but by no draft that has outlived two publications:
# while the service runs a draft is forgotten within a day or once it is filed, and while it does
# not run no forms come that would make up one batch after another.
FORGET_FORMER = "DELETE FROM published WHERE is_former"
MAKE_FORMER = "UPDATE published SET is_former = 1"
REMEMBER = "INSERT INTO published (id) SELECT id FROM waiting WHERE period < ? ORDER BY id"

PUBLISH = "INSERT INTO contact_records (id, period, answers, invented) VALUES (?, ?, ?, ?)"

# Another number each time, so that whoever packs meanwhile finds out.
STALE = """
INSERT INTO months (period) VALUES (?)
ON CONFLICT (period) DO UPDATE SET form = min(form, 0) - 1
"""

STALE_MONTHS = "SELECT period FROM months WHERE form <> ?"

MADE_BY = "SELECT form FROM months WHERE period = ?"

RECORDS_OF_MONTH = "SELECT answers FROM contact_records WHERE period = ? ORDER BY id"

MAKE_BLOCK = "UPDATE months SET form = ?, block = ? WHERE period = ? AND form = ?"

BLOCKS = "SELECT form, block FROM months WHERE period BETWEEN ? AND ? ORDER BY period"

STALE_INVENTED = """
UPDATE months SET form = min(form, 0) - 1
WHERE period IN (SELECT period FROM contact_records WHERE invented)
"""

DROP_INVENTED = "DELETE FROM contact_records WHERE invented"

DROP_EMPTY_MONTHS = """
DELETE FROM months WHERE period NOT IN (SELECT period FROM contact_records)
"""

IMPORTED = """
INSERT INTO imports (digest, records) VALUES (?, ?)
ON CONFLICT (digest) DO UPDATE SET records = records + excluded.records
"""

IMPORTED_BEFORE = "SELECT records FROM imports WHERE digest = ?"

NOTES = """
SELECT json_extract(answers, '$.note') AS note FROM contact_records
WHERE period BETWEEN ? AND ? AND note <> '' ORDER BY note
"""

WAITING_MONTHS = """
SELECT period, count(*) FROM waiting WHERE period < ? GROUP BY period ORDER BY period
"""

# Each by itself, since only then does SQLite look no further than the ends of the index.
FIRST_AND_LAST = """
SELECT coalesce((SELECT min(period) FROM contact_records WHERE period < ?1), ''),
       coalesce((SELECT max(period) FROM contact_records WHERE period < ?1), '')
"""

UNTIDY = "UPDATE tidying SET is_owed = is_owed + 1"
OWED = "SELECT is_owed, freelist_count FROM tidying, pragma_freelist_count"
TIDY = "UPDATE tidying SET is_owed = 0 WHERE is_owed = ?"
