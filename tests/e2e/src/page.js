// Finds what a person would find: by visible words, a label or a test id. Returns null when it is not there yet.
const plain = (text) => (text ?? "").replace(/[\s\u00a0\u202f]+/g, " ").replace(/’/g, "'").trim();
const shown = (element) => {
  if (element.closest("[inert], [hidden]") || element.getClientRects().length === 0) return false;
  // What a closed fold holds keeps its place in some browsers, unseen.
  if (element.checkVisibility && !element.checkVisibility()) return false;
  const style = getComputedStyle(element);
  return style.visibility !== "hidden" && style.display !== "none";
};
const root = () => {
  const open = [...document.querySelectorAll("dialog[open], [role=dialog][aria-modal=true], [role=alertdialog]")];
  return open.filter(shown).pop() ?? document.body;
};
const labelled = (element) => {
  const ids = element.getAttribute("aria-labelledby");
  return ids ? ids.split(/\s+/).map((id) => document.getElementById(id)?.innerText ?? "").join(" ") : "";
};
const name = (element) => plain(
  element.getAttribute("aria-label") || labelled(element) ||
  [...(element.labels ?? [])].map((label) => label.innerText).join(" ") ||
  element.innerText || element.value || element.getAttribute("alt") || element.getAttribute("title") ||
  element.getAttribute("placeholder"));
const TAPPABLE = "button, a[href], summary, label, input[type=checkbox], input[type=radio], input[type=submit], " +
  "[role=button], [role=radio], [role=checkbox], [role=switch], [role=tab], [role=link], [role=menuitem], [role=option]";
const FIELDS = "input, select, textarea, [contenteditable=true]";
// Exact words win over a beginning, a beginning over a part; of equals the first one, as it is read.
const best = (elements, wanted) => {
  const words = plain(wanted), lower = words.toLowerCase();
  const named = elements.map((element) => [element, name(element)]);
  for (const fits of [
    (text) => text === words,
    (text) => text.toLowerCase() === lower,
    (text) => text.toLowerCase().startsWith(lower),
    (text) => text.toLowerCase().includes(lower),
  ]) {
    const found = named.find(([, text]) => fits(text));
    if (found) return found[0];
  }
  return null;
};
const enabled = (element) => !element.disabled && element.getAttribute("aria-disabled") !== "true";
const within = (scope, words) => {
  if (!words) return scope;
  const lower = plain(words).toLowerCase();
  return (element) => plain(element.innerText).toLowerCase().includes(lower);
};
// Of these elements the one named so in the smallest part of the page that also says `part`.
const beside = (all, words, part) => {
  if (!part) return best(all, words);
  const holds = within(null, part);
  for (let size = 0; size < 12; size += 1) {
    for (const element of all) {
      let parent = element;
      for (let step = 0; step < size && parent; step += 1) parent = parent.parentElement;
      if (parent && holds(parent) && best([element], words)) return element;
    }
  }
  return null;
};
const look = {
  // [words, the words of the part of the page that it is in]
  tap: (words, part) => beside([...root().querySelectorAll(TAPPABLE)].filter(shown).filter(enabled), words, part),
  // A radio button that only its tile shows is touched by the tile. With words: the first that says them.
  id: (id, words) => {
    const all = [...document.querySelectorAll(`[data-testid="${CSS.escape(id)}"]`)].filter(shown);
    const found = words ? all.find(within(null, words)) : all[0];
    return found?.matches("input.visually-hidden") ? found.closest("label") : found ?? null;
  },
  press: (id, words) => {
    const found = look.id(id, words);
    return found && enabled(found.control ?? found) ? found : null;
  },
  field: (words, part) => beside(
    [...root().querySelectorAll(FIELDS)].filter((field) => field.type === "file" || shown(field)), words, part),
  text: () => plain(document.body.innerText),
  centre: (element) => element.scrollIntoView({ block: "center", behavior: "instant" }),
  title: () => plain(document.querySelector("h1")?.innerText),
  screen: () => location.pathname + " " + plain(document.querySelector("h1")?.innerText),
  set: (field, value) => {
    const kind = field instanceof HTMLSelectElement ? HTMLSelectElement
      : field instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    let text = value;
    if (kind === HTMLSelectElement) {
      const options = [...field.options], words = plain(value).toLowerCase();
      // The entry itself, else the only one that begins so: «Parapluie» for «Parapluie Odette · Comirnaty 30 µg».
      const begin = options.filter((one) => plain(one.innerText).toLowerCase().startsWith(words));
      const option = options.find((one) => plain(one.innerText) === plain(value) || one.value === value)
        ?? (begin.length === 1 ? begin[0] : undefined);
      if (!option) return false;
      text = option.value;
    }
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
    return true;
  },
};
return look[arguments[0]](...[...arguments].slice(1));
