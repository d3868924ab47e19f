-- Wideberth's tables of records; the one with id 7 is the table records_7 (key, value), made when
-- it is first written. BINARY order of UTF-8 is the order of code points.
CREATE TABLE tables (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

-- The five-dimensional tree, in 32-bit floats, and beside each box its place and exact bounds.
CREATE VIRTUAL TABLE boxes USING rtree (
    id,
    lon_from, lon_to, lat_from, lat_to, height_from, height_to, time_from, time_to,
    freq_from, freq_to,
    +place TEXT,
    +lon_low REAL, +lon_high REAL, +lat_low REAL, +lat_high REAL,
    +height_low REAL, +height_high REAL, +time_low REAL, +time_high REAL,
    +freq_low REAL, +freq_high REAL
);

-- Which boxes a place has.
CREATE TABLE places (
    place TEXT NOT NULL,
    box INTEGER NOT NULL,
    PRIMARY KEY (place, box)
) WITHOUT ROWID;

-- The tree's days count from here: 2026-01-01T00:00:00Z.
CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('epoch_s', 1767225600.0);
