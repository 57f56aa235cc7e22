// What a journal's file is.

/** Says that a file is a journal of ours: "TRSJ". SQLite keeps it in the header. */
export const applicationId = 0x5452534a;

/** What this version writes. A file of another version is refused: it may hold what this one does not understand. */
export const fileVersion = 1;

/** So long, in milliseconds, what another program holds for a moment is waited for; the event loop stands still meanwhile. */
export const busyTimeoutMs = 50;

/** `entry` and `call` are JSON, as `body` is: a text with a NUL is cut off there by the SQLite of Node 22.13. */
export const schema = `
  create table meta (name text primary key, value text not null) strict, without rowid;
  create table trail (
    seq integer primary key,
    at integer not null,
    type text not null,
    entry text,
    call text not null,
    body text not null,
    hash blob not null
  ) strict;
  create index trail_of_call on trail (call);
  pragma application_id = ${applicationId};
  pragma user_version = ${fileVersion};
`;
