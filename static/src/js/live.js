// Regions that keep themselves up to date: told at once by a stream of changes where the page has
// one, asking every so many seconds in any case; and saying plainly when they have lost touch.
import { put } from "./exchange.js";
import { exactTime, serverNow, setServerTime } from "./time.js";

const SIGNED_OUT = "You have been signed out. Sign in again to see what is new.";
const ANSWER_WITHIN_MS = 15000;
// A stream beats every ten seconds; after this long without a beat nobody is at the other end.
const SILENCE_MS = 25000;
// After a change is told of: several come together, and a busy minute is not a storm of questions.
const GATHER_MS = 150;
const LEAST_BETWEEN_MS = 1000;
const STREAM_AGAIN_MS = [5000, 15000, 30000, 60000];

export function startLive() {
  for (const region of document.querySelectorAll("[data-live]")) watch(region);
}

function watch(region) {
  const { live: path, livePush: push, liveEvery: every } = region.dataset;
  const told = region.querySelector("[data-live-told]");
  const lost = region.querySelector("[data-live-lost]");
  const body = () => region.querySelector("[data-live-body]");
  // The state that the page came with is not asked for again.
  let etag = body().dataset.etag || "";
  let isAsking = false;
  let isToAskAgain = false;
  let askedAt = 0;
  let waiting = 0;
  let updated = exactTime(serverNow());

  // A live region is spoken only when its words change.
  const say = (element, words) => {
    if (element.textContent !== words) element.textContent = words;
  };
  const inTouch = () => {
    updated = exactTime(serverNow());
    say(told, `Up to date at ${updated}`);
    say(lost, "");
    region.classList.remove("house-live--lost");
  };
  const loseTouch = (words = `Lost touch at ${updated}. Trying again.`) => {
    say(lost, words);
    region.classList.add("house-live--lost");
  };

  async function ask() {
    if (isAsking) {
      isToAskAgain = true;
      return;
    }
    isAsking = true;
    askedAt = Date.now();
    try {
      await askOnce();
    } catch {
      loseTouch();
    }
    isAsking = false;
    if (isToAskAgain) {
      isToAskAgain = false;
      askSoon();
    }
  }
  async function askOnce() {
    const headers = { "HX-Request": "true", ...(etag && { "If-None-Match": etag }) };
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await fetch(path, { headers, cache: "no-store", signal });
    if (answer.status === 304) return inTouch();
    if (answer.status === 401) return loseTouch(SIGNED_OUT);
    if (!answer.ok) return loseTouch();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById(body().id);
    // An answer without the region (another page, a sign-in page) must not empty it.
    if (!next) return loseTouch(`Not up to date since ${updated}. Reload the page.`);
    setServerTime(next.dataset.now);
    const changed = put(body(), next);
    if (!changed) return say(told, `Up to date at ${updated}. Waiting while you are in the list.`);
    etag = answer.headers.get("ETag") || "";
    region.dispatchEvent(new CustomEvent("house-updated", { detail: changed }));
    inTouch();
  }
  function askSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, Math.max(GATHER_MS, askedAt + LEAST_BETWEEN_MS - Date.now()));
  }

  setInterval(() => {
    // A board is heard as well as seen.
    if (push || !document.hidden) ask();
  }, Number(every) * 1000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) ask();
  });
  window.addEventListener("online", ask);
  window.addEventListener("offline", () => loseTouch());
  region.addEventListener("house-tick", ask);
  if (push && window.EventSource) listen(push, askSoon, region);
}

// Where no stream is to be had (none left, no broker, an old proxy) the questions above go on.
function listen(address, changed, region) {
  let failures = 0;
  let silence = 0;
  let stream;
  let mark = null;
  const pushed = (isPushed) => {
    region.dataset.livePushed = isPushed ? "yes" : "no";
  };
  const again = () => {
    clearTimeout(silence);
    stream.close();
    pushed(false);
    const pause = STREAM_AGAIN_MS[Math.min(failures, STREAM_AGAIN_MS.length - 1)];
    failures += 1;
    // Not all boards of a room at the same moment.
    setTimeout(open, pause * (0.75 + Math.random() / 2));
    changed();
  };
  const heard = (event) => {
    failures = 0;
    pushed(true);
    setServerTime(event.data);
    if (event.lastEventId) mark = event.lastEventId;
    clearTimeout(silence);
    silence = setTimeout(again, SILENCE_MS);
  };
  function open() {
    stream = new EventSource(mark === null ? address : withMark(address, mark));
    stream.addEventListener("beat", heard);
    stream.addEventListener("changed", (event) => {
      heard(event);
      changed();
    });
    stream.addEventListener("ended", again);
    stream.addEventListener("error", () => {
      pushed(false);
      // The browser comes back by itself after a stream that ended, never after a refusal.
      if (stream.readyState === EventSource.CLOSED) again();
    });
  }
  open();
}

// A stream that is opened anew goes on from the last change that was told of.
function withMark(address, mark) {
  const url = new URL(address, window.location.href);
  url.searchParams.set("since", mark);
  return url;
}
