// Measures the screen in front: the open dialog, else the page. Half a pixel is rounding.
const SLACK = 0.6, TARGET = 48, TEXT = 18;
const shown = (element) => {
  if (element.closest("[inert], [hidden]") || element.getClientRects().length === 0) return false;
  const style = getComputedStyle(element);
  return style.visibility !== "hidden" && style.display !== "none";
};
const dialog = [...document.querySelectorAll("dialog[open], [role=dialog][aria-modal=true]")].filter(shown).pop();
const front = dialog ?? document.body;
const says = (element) => (element.getAttribute("aria-label") || element.innerText || element.getAttribute("data-testid") || element.className)
  .replace(/\s+/g, " ").trim().slice(0, 60);
const sized = (element, box) => `${says(element)}: ${Math.round(box.width * 10) / 10} × ${Math.round(box.height * 10) / 10}`;

const scrollers = [dialog, ...(dialog ? dialog.querySelectorAll("*") : document.querySelectorAll("body, main.page"))].filter(Boolean)
  .filter((element) => element === dialog || element.matches?.("main.page, body, .dialog-body"));
const below = Math.max(0, ...scrollers.map((element) => element.scrollHeight - element.clientHeight));

const small = [], TARGETS = "button, a[href], summary, select, textarea, input, label.tile, label.tick, label.yesno-option";
for (const element of front.querySelectorAll(TARGETS)) {
  // A link that shows itself only to the keyboard, and inputs that are drawn by their label.
  if (!shown(element) || element.matches(".visually-hidden, .skip, [type=file]")) continue;
  const box = element.getBoundingClientRect();
  if (box.width < TARGET - SLACK || box.height < TARGET - SLACK) small.push(sized(element, box));
}

const fine = new Set(), cut = new Set();
const walker = document.createTreeWalker(front, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.textContent.trim() || !shown(element)) continue;
  if (element.closest(".visually-hidden, .skip, script, style, option")) continue;
  // Words for screen readers alone, beside a drawing.
  if (getComputedStyle(element).clipPath === "inset(50%)") continue;
  if (parseFloat(getComputedStyle(element).fontSize) < TEXT - 0.1) fine.add(says(element));
  const range = document.createRange();
  range.selectNodeContents(walker.currentNode);
  const text = range.getBoundingClientRect();
  // A word that stands letter below letter is nobody's to read.
  const style = getComputedStyle(element), size = parseFloat(style.fontSize), lines = range.getClientRects().length;
  if (walker.currentNode.textContent.trim().length > 6 && lines > 3 && text.width < 3 * size) cut.add(`letter below letter: ${says(element)}`);
  // Cut by something that hides what sticks out, or by the screen's own edge.
  for (let place = element; place && place !== document.documentElement; place = place.parentElement) {
    const style = getComputedStyle(place), box = place.getBoundingClientRect();
    const hides = style.overflowX !== "visible" && style.overflowX !== "auto" && style.overflowX !== "scroll";
    if (hides && (text.right > box.right + 1 || text.left < box.left - 1)) { cut.add(says(element)); break; }
    if (style.overflowX === "auto" || style.overflowX === "scroll") break;
    if (style.textOverflow === "ellipsis" && place.scrollWidth > place.clientWidth + 1) { cut.add(says(element)); break; }
  }
}
return { below, small, fine: [...fine], cut: [...cut] };
