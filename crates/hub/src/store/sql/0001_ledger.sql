-- The relay's own row: whoever writes updates it first, so that lock order is commit order and arrivals have no gap.
CREATE TABLE relay (
  only        INTEGER PRIMARY KEY CHECK (only = 1),
  arrival     INTEGER NOT NULL,             -- the last arrival number given
  next_device INTEGER NOT NULL              -- the next device number; the hub itself is 1
) STRICT;
INSERT INTO relay (only, arrival, next_device) VALUES (1, 0, 2);

-- Where each chain ends, and where it starts (head 0).
CREATE TABLE chain (
  scope  INTEGER NOT NULL,
  device INTEGER NOT NULL,
  start  BLOB    NOT NULL,
  number INTEGER NOT NULL,
  hash   BLOB    NOT NULL,
  PRIMARY KEY (scope, device)
) STRICT, WITHOUT ROWID;

-- Every fact, in its exact bytes. `bytes` is NULL when they were erased: the leaf keeps the place.
CREATE TABLE fact (
  arrival     INTEGER PRIMARY KEY,
  scope       INTEGER NOT NULL,
  device      INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  leaf        BLOB    NOT NULL,
  head        BLOB    NOT NULL,
  bytes       BLOB,
  quarantine  INTEGER
) STRICT;
CREATE UNIQUE INDEX fact_of_chain ON fact (scope, device, number);
CREATE INDEX fact_of_scope ON fact (scope, arrival);
CREATE INDEX fact_in_quarantine ON fact (scope, arrival) WHERE quarantine IS NOT NULL;

-- Every signed head ever received or made, none replaced.
CREATE TABLE signed_head (
  scope     INTEGER NOT NULL,
  device    INTEGER NOT NULL,
  number    INTEGER NOT NULL,
  hash      BLOB    NOT NULL,
  signer    INTEGER NOT NULL,
  signature BLOB    NOT NULL,
  PRIMARY KEY (scope, device, number, hash, signer, signature)
) STRICT, WITHOUT ROWID;

-- Chains written here and how far others have them.
CREATE TABLE outbox (
  scope        INTEGER NOT NULL,
  device       INTEGER NOT NULL,
  acknowledged INTEGER NOT NULL,
  stuck        BLOB,
  PRIMARY KEY (scope, device)
) STRICT, WITHOUT ROWID;

-- Batches behind a hole.
CREATE TABLE held (
  scope  INTEGER NOT NULL,
  device INTEGER NOT NULL,
  first  INTEGER NOT NULL,
  hash   BLOB    NOT NULL,
  body   BLOB    NOT NULL,
  PRIMARY KEY (scope, device, first, hash)
) STRICT, WITHOUT ROWID;

-- Chains that appeared twice with different content.
CREATE TABLE fork (
  scope   INTEGER NOT NULL,
  kept_as INTEGER NOT NULL,
  body    BLOB    NOT NULL,
  PRIMARY KEY (scope, kept_as)
) STRICT, WITHOUT ROWID;

-- How far each scope was pulled from another hub.
CREATE TABLE cursor (
  scope   INTEGER PRIMARY KEY,
  epoch   INTEGER NOT NULL,
  arrival INTEGER NOT NULL
) STRICT;

-- Small named values: the relay's identity, the epoch.
CREATE TABLE named (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
