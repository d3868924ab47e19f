-- Records by table and key. Keys are bytes (UTF-8), whose order is that of code points on every
-- server and under every collation, and which may hold U+0000, as text may not.
CREATE TABLE records (
    tab TEXT NOT NULL,
    key BYTEA NOT NULL,
    value BYTEA NOT NULL,
    PRIMARY KEY (tab, key)
);

-- The boxes of places: where in the grid (grid.py), and exactly where.
CREATE TABLE places (
    place BYTEA NOT NULL,
    box INTEGER NOT NULL,
    cell BIGINT NOT NULL,
    step BIGINT NOT NULL,
    lon_low DOUBLE PRECISION NOT NULL,
    lon_high DOUBLE PRECISION NOT NULL,
    lat_low DOUBLE PRECISION NOT NULL,
    lat_high DOUBLE PRECISION NOT NULL,
    height_low DOUBLE PRECISION NOT NULL,
    height_high DOUBLE PRECISION NOT NULL,
    time_low DOUBLE PRECISION NOT NULL,
    time_high DOUBLE PRECISION NOT NULL,
    freq_low DOUBLE PRECISION NOT NULL,
    freq_high DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (place, box)
);

-- The bounds stand in the index too, so that a search fetches only the rows it is after.
CREATE INDEX places_by_cell ON places (
    cell, step, lon_low, lon_high, lat_low, lat_high, time_low, time_high, height_low, height_high
);

-- The last commit of every store that is open, so that one whose answer was lost is looked up.
CREATE TABLE commits (
    handle TEXT PRIMARY KEY,
    number BIGINT NOT NULL
);
