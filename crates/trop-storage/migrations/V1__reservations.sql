-- What trop stores: one port for one key, and one key for one port.
--
-- A tag of '' stands for none, so that the key holds no NULL (two NULLs are never equal).

CREATE TABLE metadata (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reservations (
    path TEXT NOT NULL
        CONSTRAINT path_is_absolute CHECK (path <> ''),
    tag TEXT NOT NULL
        CONSTRAINT tag_fits CHECK (length(CAST(tag AS BLOB)) <= 255),
    port INTEGER NOT NULL
        CONSTRAINT one_key_per_port UNIQUE
        CONSTRAINT port_exists CHECK (port BETWEEN 1 AND 65535),
    project TEXT
        CONSTRAINT project_fits CHECK (length(CAST(project AS BLOB)) BETWEEN 1 AND 255),
    task TEXT
        CONSTRAINT task_fits CHECK (length(CAST(task AS BLOB)) BETWEEN 1 AND 255),
    created_at INTEGER NOT NULL
        CONSTRAINT created_at_has_a_date CHECK (created_at BETWEEN 0 AND 253402300799),
    last_used_at INTEGER NOT NULL
        CONSTRAINT last_used_at_has_a_date CHECK (last_used_at BETWEEN 0 AND 253402300799),
    CONSTRAINT one_port_per_key PRIMARY KEY (path, tag)
) STRICT, WITHOUT ROWID;
