-- A code the desk hands out to let one tablet in. Used up at the first authenticated push of a device it let in.
CREATE TABLE enrolment_code (
  code       TEXT    PRIMARY KEY,           -- eight letters, without the hyphen
  label      TEXT    NOT NULL,              -- what the relay calls the tablet
  account    INTEGER NOT NULL,              -- who made the code
  made_ms    INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  used_by    INTEGER                        -- the device whose push used it up
) STRICT;

-- A device the hub has given a number to. The binding that others trust is the fact in `common`; this is the hub's index.
CREATE TABLE device (
  number      INTEGER PRIMARY KEY,          -- never used twice
  public_key  BLOB    NOT NULL UNIQUE,
  code        TEXT    REFERENCES enrolment_code (code),
  label       TEXT    NOT NULL,
  enrolled_ms INTEGER NOT NULL,
  seen_ms     INTEGER                       -- its last authenticated request
) STRICT;
CREATE INDEX device_of_code ON device (code);
