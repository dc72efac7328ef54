// Put into every page before its own scripts, by Chromium itself: notes when the app's store is open, when its steps
// are durable, and when something appears. The app knows nothing of it.
(() => {
  const noted = { opened: null, seen: null, written: [] };
  window.__noted = noted;
  const open = IDBFactory.prototype.open;
  const begin = IDBDatabase.prototype.transaction;
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given);
    if (given[0] === "perron") {
      request.addEventListener("success", () => isOpen("database"));
    }
    return request;
  };

  // The store is open once its log and its database are; where a browser gives no files, once its database is.
  const parts = new Set();
  const isOpen = (part) => {
    parts.add(part);
    if (parts.size === 2 || !navigator.storage.getDirectory) noted.opened ??= performance.now();
  };

  // A step is durable once the log's worker has answered that it is flushed.
  const ask = Worker.prototype.postMessage;
  const asked = new WeakMap();
  Worker.prototype.postMessage = function (message, ...given) {
    if (!asked.has(this)) {
      const waiting = new Map();
      asked.set(this, waiting);
      this.addEventListener("message", ({ data }) => {
        const what = waiting.get(data.id);
        waiting.delete(data.id);
        if (what === "open" && !data.error) isOpen("log");
        if (what === "flush" && !data.error) noted.written.push(performance.now());
      });
    }
    asked.get(this).set(message.id, message.what);
    return ask.call(this, message, ...given);
  };

  const look = () => {
    if (document.querySelector("[data-testid='door']")) noted.seen = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  // One step: presses `button`; resolves with how long it took until the write was durable, until the text of `shown`
  // had changed, and until the frame after that.
  window.__step = (button, shown) => new Promise((resolve) => {
    const before = shown.textContent;
    noted.written = [];
    const started = performance.now();
    const step = {};
    const done = () => {
      if (step.changed === undefined && shown.textContent !== before) step.changed = performance.now() - started;
      if (step.changed === undefined || noted.written.length === 0) return false;
      step.durable = noted.written[0] - started;
      requestAnimationFrame(() => resolve({ ...step, frame: performance.now() - started }));
      return true;
    };
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { if (!done()) channel.port2.postMessage(0); };
    button.click();
    channel.port2.postMessage(0);
  });

  // The floor: so many raw writes of `bytes` bytes into a database of their own, one strict transaction each.
  window.__raw = async (times, bytes) => {
    const opened = open.call(indexedDB, "floor", 1);
    opened.onupgradeneeded = () => opened.result.createObjectStore("floor");
    const db = await new Promise((resolve) => { opened.onsuccess = () => resolve(opened.result); });
    const took = [];
    for (let time = 0; time < times; time += 1) {
      const started = performance.now();
      const work = begin.call(db, "floor", "readwrite", { durability: "strict" });
      work.objectStore("floor").put(new Uint8Array(bytes), time);
      await new Promise((resolve) => { work.oncomplete = resolve; });
      took.push(performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    db.close();
    indexedDB.deleteDatabase("floor");
    return took;
  };
})();
