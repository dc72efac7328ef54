// Writes the log of saved steps into two files of the origin private file system, for the page that started it.
//
// A synchronous access handle exists in a worker only; it is exclusive: while this worker lives, no other tab has these
// files. What is asked is done in the order in which it is asked, and each answer carries the number of its question:
//   {id, what: "open"}                        makes or opens both files
//   {id, what: "length", file}                answers how many bytes a file has
//   {id, what: "read", file, at, count}       answers bytes from a place on, fewer where the file ends
//   {id, what: "write", file, at, bytes}      writes over what is there; an error when not everything was written
//   {id, what: "truncate", file, at}          cuts, and flushes
//   {id, what: "flush", file}                 answers once everything is on the disk
//   {id, what: "turn"}                        answers when what was asked before is done
// An answer is {id, answer?} or {id, error, message}: the browser's name for what went wrong, and its words.
"use strict";

const FOLDER = "perron";
const NAMES = ["log-1", "log-2"];
/** What page and worker say to each other; another number is another language. */
const LANGUAGE = 2;

let files = [];

async function open() {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER, { create: true });
  const opened = [];
  try {
    for (const name of NAMES) {
      const file = await folder.getFileHandle(name, { create: true });
      opened.push(await file.createSyncAccessHandle());
    }
  } catch (error) {
    for (const handle of opened) handle.close();
    throw error;
  }
  files = opened;
}

function read(file, at, count) {
  const bytes = new Uint8Array(Math.max(0, Math.min(count, file.getSize() - at)));
  const got = file.read(bytes, { at });
  return got === bytes.length ? bytes : bytes.slice(0, got);
}

function write(file, at, bytes) {
  if (file.write(bytes, { at }) !== bytes.length) throw new DOMException("not everything was written", "QuotaExceededError");
}

async function answer({ what, file, at, count, bytes }) {
  const handle = files[file];
  switch (what) {
    case "open":
      return open();
    case "length":
      return handle.getSize();
    case "read":
      return read(handle, at, count);
    case "write":
      return write(handle, at, bytes);
    case "truncate":
      handle.truncate(at);
      return handle.flush();
    case "flush":
      return handle.flush();
    case "turn":
      return undefined;
    default:
      throw new DOMException(what, "NotSupportedError");
  }
}

/** One after the other: opening takes a while, and what follows must wait for it. */
let turn = Promise.resolve();

self.addEventListener("message", ({ data }) => {
  turn = turn.then(async () => {
    try {
      const answered = await answer(data);
      self.postMessage({ id: data.id, answer: answered }, answered?.buffer ? [answered.buffer] : []);
    } catch (error) {
      self.postMessage({ id: data.id, error: error?.name ?? "Error", message: String(error?.message ?? error) });
    }
  });
});

// A message that comes before this line would be lost: the page waits for it.
self.postMessage({ ready: LANGUAGE });
