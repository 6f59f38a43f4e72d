// Regions that ask for themselves again, and say plainly when they have lost touch.
import { clockTime } from "./time.js";

const SIGNED_OUT = "You have been signed out. Sign in again to see what is new.";

export function startLive() {
  for (const region of document.querySelectorAll("[data-live]")) watch(region);
}

function watch(region) {
  const told = region.querySelector("[data-live-told]");
  const lost = region.querySelector("[data-live-lost]");
  let lastSeen = clockTime();
  const say = (element, words) => {
    // A live region is spoken only when its words change.
    if (element.textContent !== words) element.textContent = words;
  };

  setInterval(() => {
    const body = region.querySelector("[data-live-body]");
    if (document.hidden) return;
    if (body && body.contains(document.activeElement)) {
      say(told, `Last updated ${lastSeen}. Waiting while you are in the list.`);
      return;
    }
    window.htmx.trigger(region, "house-tick");
  }, Number(region.dataset.liveEvery) * 1000);

  region.addEventListener("htmx:beforeSwap", (event) => {
    // An answer without the region (another page, a sign-in page) must not empty it.
    const body = region.querySelector("[data-live-body]");
    const answer = event.detail.serverResponse || "";
    if (body && !answer.includes(`id="${body.id}"`)) {
      event.detail.shouldSwap = false;
      say(lost, `Not up to date: last updated ${lastSeen}. Reload the page.`);
    }
  });
  region.addEventListener("htmx:afterSwap", () => {
    lastSeen = clockTime();
    say(told, `Last updated ${lastSeen}`);
    say(lost, "");
  });
  region.addEventListener("htmx:responseError", (event) => {
    const isSignedOut = event.detail.xhr.status === 401;
    say(lost, isSignedOut ? SIGNED_OUT : `Not up to date: last updated ${lastSeen}. Trying again.`);
  });
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    region.addEventListener(failure, () => {
      say(lost, `No connection: last updated ${lastSeen}. Trying again.`);
    });
  }
}
