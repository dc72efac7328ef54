// Keeps the whole shell of Perron on the tablet, so that it opens with no network.
//
// The build fills in SHELL (every file of the app and the SHA-256 of its content) and VERSION (the hash of that list).
// What holds here:
//  - A piece is stored under the hash of its content, and only after that hash was computed from the bytes received.
//    A piece that an older version already stored is copied, not downloaded again.
//  - A version counts when every piece is stored (`COMPLETE` is written last) and not before: all or nothing. A broken
//    download keeps what it has verified, and the next attempt goes on from there.
//  - A new version waits. It takes over only when the page asks, because a person agreed; it never reloads anything.
//  - /sync, /api and the desk under /relais are never touched: what comes from the hub is never answered from here.
"use strict";

const SHELL = /*SHELL*/[];
const VERSION = /*VERSION*/"";

const PREFIX = "perron-shell-";
const CACHE = PREFIX + VERSION;
const COMPLETE = "/.shell/complete";
const AT_ONCE = 4;

/** The address under which a piece is stored: its content, not its name. */
const keyOf = (hash) => `/.shell/${hash}`;
const pathOf = (url) => new URL(url, self.location.origin).pathname;

const HASH_OF = new Map(SHELL.map((piece) => [pathOf(piece.url), piece.hash]));
const INDEX = HASH_OF.get("/index.html") ?? HASH_OF.get("/");

/** True for what belongs to the hub's own endpoints and to the desk, which is online only. */
const isHub = (path) => ["/sync", "/api", "/relais", "/healthz"].some((root) => path === root || path.startsWith(root + "/"));

async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same answer with bytes that were read: what described the transport no longer holds. */
function rebuilt(response, bytes) {
  const headers = new Headers(response.headers);
  for (const name of ["content-encoding", "content-length", "transfer-encoding", "date", "set-cookie"]) {
    headers.delete(name);
  }
  return new Response(bytes, { status: 200, headers });
}

/** Stores `response` as the piece `hash` if its bytes really are that piece; says whether they are. */
async function storeIfTrue(cache, hash, response) {
  const bytes = await response.arrayBuffer();
  if ((await sha256(bytes)) !== hash) return false;
  await cache.put(keyOf(hash), rebuilt(response, bytes));
  return true;
}

async function storePiece(cache, older, { url, hash }) {
  if (await cache.match(keyOf(hash))) return;
  for (const other of older) {
    const kept = await other.match(keyOf(hash));
    if (kept && (await storeIfTrue(cache, hash, kept))) return;
  }
  const response = await fetch(url, { cache: "no-cache", credentials: "same-origin" });
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  if (!(await storeIfTrue(cache, hash, response))) throw new Error(`${url}: not the content that was announced`);
}

/** Stores every piece of this version, then says that it is complete. Fails if one piece is missing. */
async function storeShell() {
  if (SHELL.length === 0) return;
  const cache = await caches.open(CACHE);
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  const older = await Promise.all(names.map((name) => caches.open(name)));
  const left = [...SHELL];
  const work = async () => {
    for (let piece = left.shift(); piece; piece = left.shift()) await storePiece(cache, older, piece);
  };
  const done = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  const failed = done.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  await cache.put(COMPLETE, new Response(VERSION));
}

async function dropOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** What is stored of this version, counted piece by piece: a browser may have thrown some away. */
async function status() {
  const answer = { type: "status", version: VERSION, total: SHELL.length, stored: 0, complete: false };
  if (SHELL.length === 0) return answer;
  const cache = await caches.open(CACHE);
  const found = await Promise.all(SHELL.map(({ hash }) => cache.match(keyOf(hash))));
  answer.stored = found.filter(Boolean).length;
  answer.complete = answer.stored === SHELL.length && Boolean(await cache.match(COMPLETE));
  return answer;
}

async function fromShell(hash, request) {
  const kept = await caches.match(keyOf(hash), { cacheName: CACHE });
  return kept ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(storeShell()));

self.addEventListener("activate", (event) => {
  // Claiming matters for the very first visit only: later versions take over the pages of the version before.
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || SHELL.length === 0) return;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || isHub(url.pathname)) return;
  // A page's address is the app's; the address of a file of the shell is that file, also when somebody goes to it.
  const hash = HASH_OF.get(url.pathname) ?? (request.mode === "navigate" ? INDEX : undefined);
  if (hash) event.respondWith(fromShell(hash, request));
});

self.addEventListener("message", (event) => {
  const answer = (value) => (event.ports[0] ?? event.source)?.postMessage(value);
  switch (event.data?.type) {
    case "activate":
      event.waitUntil(self.skipWaiting());
      break;
    case "status":
      event.waitUntil(status().then(answer));
      break;
    case "repair":
      // Fetches what the browser threw away; the answer is the status reached, whether or not the network helped.
      event.waitUntil(storeShell().catch(() => undefined).then(status).then(answer));
      break;
  }
});
