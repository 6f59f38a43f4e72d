// The duty board: clocks that run, a count in the title and a tone for what came in high,
// and one sentence for who listens instead of looking.
import { inWords, serverNow } from "./time.js";

const MINUTE = 60000;
const SOON = 60 * MINUTE;
const TICK_MS = 1000;
// For a screen reader: the changes of so long in one sentence.
const SAY_EVERY_MS = 20000;
const KEPT = "mispers-board-sound";

export function startBoard() {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const region = board.querySelector("[data-live]");
  setInterval(() => runClocks(board), TICK_MS);
  const sound = soundOf(board);
  const count = countOf(board);
  const say = speakerOf(board);
  region.addEventListener("house-updated", ({ detail }) => {
    const high = [
      ...detail.added.filter(isHigh),
      ...detail.changed.filter(({ before, after }) => isHigh(after) && !isHigh(before)).map((each) => each.after),
    ];
    count.add(high.map((line) => line.dataset.key));
    if (high.length) sound.play();
    say(high.length, detail.added.length, detail.changed.length);
    runClocks(board);
  });
  board.querySelector("[data-board-controls]").hidden = false;
}

const isHigh = (line) => "high" in line.dataset;

function runClocks(board) {
  const now = serverNow().getTime();
  for (const clock of board.querySelectorAll(".house-due, .house-since")) {
    const at = Date.parse(clock.dateTime);
    const isDue = clock.classList.contains("house-due");
    const words = isDue ? dueIn(at - now) : sinceIn(now - at);
    if (clock.textContent === words) continue;
    clock.textContent = words;
    if (!isDue) continue;
    clock.classList.toggle("house-due--overdue", at < now);
    clock.classList.toggle("house-due--soon", at >= now && at - now <= SOON);
  }
}

function dueIn(left) {
  if (left < 0) return `overdue by ${inWords(-left)}`;
  return left < MINUTE ? "now" : `in ${inWords(left)}`;
}

const sinceIn = (gone) => (gone < MINUTE ? "just now" : `${inWords(gone)} ago`);

// How many came in high since somebody last looked, before the page's title.
function countOf(board) {
  const title = document.title;
  const seen = board.querySelector("[data-board-seen]");
  const arrived = new Set();
  const show = () => {
    document.title = arrived.size ? `(${arrived.size} high) ${title}` : title;
    const hadFocus = seen === document.activeElement;
    seen.hidden = !arrived.size;
    seen.textContent = `Seen: ${arrived.size} new at high risk`;
    if (seen.hidden && hadFocus) board.querySelector("[data-board-sound]").focus();
  };
  seen.addEventListener("click", () => {
    arrived.clear();
    show();
  });
  return {
    add(keys) {
      for (const key of keys) arrived.add(key);
      show();
    },
  };
}

// Two short notes, made here. A browser lets a page sound only after somebody has touched it.
function soundOf(board) {
  const button = board.querySelector("[data-board-sound]");
  let isOn = kept();
  let audio = null;
  const show = () => {
    button.setAttribute("aria-pressed", String(isOn));
    const isReady = audio && audio.state === "running";
    button.textContent = isOn ? (isReady ? "Turn sound off" : "Sound is on: press any key to hear it") : "Turn sound on";
    board.dataset.boardSounds = isOn && isReady ? "yes" : "no";
  };
  const ready = async () => {
    if (!isOn) return;
    audio = audio || new AudioContext();
    await audio.resume();
    show();
  };
  button.addEventListener("click", async () => {
    // The first press on a device that has sound on already only wakes it.
    const isAsleep = isOn && !(audio && audio.state === "running");
    if (!isAsleep) isOn = !isOn;
    keep(isOn);
    await ready();
    show();
    if (isOn) tone(audio);
  });
  for (const touch of ["pointerdown", "keydown"]) {
    document.addEventListener(touch, (event) => {
      if (event.target !== button && !(audio && audio.state === "running")) ready();
    });
  }
  show();
  return {
    play() {
      if (!isOn || !audio || audio.state !== "running") return;
      tone(audio);
      board.dataset.boardSounded = String(Number(board.dataset.boardSounded || 0) + 1);
    },
  };
}

function tone(audio) {
  const start = audio.currentTime;
  [660, 880].forEach((pitch, place) => {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    const from = start + place * 0.22;
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, from);
    volume.gain.exponentialRampToValueAtTime(0.25, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.2);
    note.connect(volume).connect(audio.destination);
    note.start(from);
    note.stop(from + 0.21);
  });
}

// Kept on the device, which is what is loud or quiet; nothing about anybody is in it.
function kept() {
  try {
    return localStorage.getItem(KEPT) === "on";
  } catch {
    return false;
  }
}

function keep(isOn) {
  try {
    localStorage.setItem(KEPT, isOn ? "on" : "off");
  } catch {
    // A device that keeps nothing asks again next time.
  }
}

function speakerOf(board) {
  const place = board.querySelector("[data-board-said]");
  let sums = [0, 0, 0];
  let waiting = 0;
  const speak = () => {
    waiting = 0;
    const [high, added, changed] = sums;
    sums = [0, 0, 0];
    place.textContent = [
      high && `${high} new at high risk`,
      added && `${added} new on the board`,
      changed && `${changed} changed`,
    ].filter(Boolean).join(", ");
  };
  return (...numbers) => {
    sums = sums.map((sum, place) => sum + numbers[place]);
    if (!sums.some(Boolean)) return;
    // What came in high is said at once, with what had been waiting; the rest when there is a pause.
    if (sums[0]) {
      clearTimeout(waiting);
      speak();
    } else {
      waiting ||= setTimeout(speak, SAY_EVERY_MS);
    }
  };
}
