// Writes the log of saved steps into two files of the origin private file system, for the page that started it.
//
// A synchronous access handle exists in a worker only; it is exclusive: while this worker lives, no other tab has these
// files. What is asked is done in the order in which it is asked, and each answer carries the number of its question:
//   {id, what: "open"}                        makes or opens both files
//   {id, what: "read", file}                  answers all bytes of a file
//   {id, what: "write", file, at, bytes}      writes over what is there; an error when not everything was written
//   {id, what: "truncate", file, at}          cuts, and flushes
//   {id, what: "flush", file}                 answers once everything is on the disk
// An answer is {id, bytes?} or {id, error, message}: the browser's name for what went wrong, and its words.
"use strict";

const FOLDER = "perron";
const NAMES = ["log-1", "log-2"];
/** What page and worker say to each other; another number is another language. */
const LANGUAGE = 1;

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

function read(file) {
  const bytes = new Uint8Array(file.getSize());
  const count = file.read(bytes, { at: 0 });
  return count === bytes.length ? bytes : bytes.slice(0, count);
}

function write(file, at, bytes) {
  if (file.write(bytes, { at }) !== bytes.length) throw new DOMException("not everything was written", "QuotaExceededError");
}

async function answer({ what, file, at, bytes }) {
  const handle = files[file];
  switch (what) {
    case "open":
      return open();
    case "read":
      return read(handle);
    case "write":
      return write(handle, at, bytes);
    case "truncate":
      handle.truncate(at);
      return handle.flush();
    case "flush":
      return handle.flush();
    default:
      throw new DOMException(what, "NotSupportedError");
  }
}

/** One after the other: opening takes a while, and what follows must wait for it. */
let turn = Promise.resolve();

self.addEventListener("message", ({ data }) => {
  turn = turn.then(async () => {
    try {
      const bytes = await answer(data);
      self.postMessage({ id: data.id, bytes }, bytes ? [bytes.buffer] : []);
    } catch (error) {
      self.postMessage({ id: data.id, error: error?.name ?? "Error", message: String(error?.message ?? error) });
    }
  });
});

// A message that comes before this line would be lost: the page waits for it.
self.postMessage({ ready: LANGUAGE });
