// Puts a region's new state into the page: all of it, or, where it is made of lines with keys,
// only the lines and parts that differ, so that three hundred of them stay where they are.

// Answers what changed ({added, changed, removed}: lines), or null when the reader is in the way.
export function put(old, next) {
  if (old.querySelector("[data-live-list]")) return putLines(old, next);
  if (old.contains(document.activeElement)) return null;
  old.replaceWith(document.adoptNode(next));
  if (window.htmx) window.htmx.process(next);
  return { added: [], changed: [], removed: [] };
}

function putLines(old, next) {
  const focused = placeOf(document.activeElement, old);
  const known = new Map([...old.querySelectorAll("[data-key]")].map((line) => [line.dataset.key, line]));
  const told = { added: [], changed: [], removed: [] };
  for (const list of old.querySelectorAll("[data-live-list]")) {
    const wanted = [...next.querySelectorAll(`[id="${list.id}"] > [data-key]`)];
    wanted.forEach((line, place) => {
      const before = known.get(line.dataset.key);
      known.delete(line.dataset.key);
      const isSame = before && before.dataset.digest === line.dataset.digest;
      const shown = isSame ? before : document.adoptNode(line);
      if (!before) told.added.push(shown);
      else if (!isSame) {
        told.changed.push({ before, after: shown });
        before.remove();
      }
      if (list.children[place] !== shown) list.insertBefore(shown, list.children[place] || null);
    });
  }
  for (const line of known.values()) {
    told.removed.push(line);
    line.remove();
  }
  for (const part of old.querySelectorAll("[data-live-part]")) {
    const fresh = next.querySelector(`[id="${part.id}"]`);
    if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
  }
  if (focused) focused();
  return told;
}

// A function that gives the focus back to what stands at the same place after the exchange.
function placeOf(element, region) {
  if (!element || !region.contains(element)) return null;
  const line = element.closest("[data-key]");
  const part = element.closest("[data-live-part]");
  const href = element.getAttribute("href");
  return () => {
    if (document.activeElement === element) return;
    const within = line
      ? region.querySelector(`[data-key="${CSS.escape(line.dataset.key)}"]`)
      : part && region.querySelector(`[id="${part.id}"]`);
    const links = within ? [...within.querySelectorAll("a")] : [];
    const again = links.find((link) => link.getAttribute("href") === href);
    if (again) again.focus({ preventScroll: true });
  };
}
