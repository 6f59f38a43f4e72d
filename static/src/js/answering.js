// Answering a handover by keyboard, through a connection that comes and goes.
//
// Nothing counts as answered before the server has said so. An answer that could not be sent is
// sent again until it has been: the server does it once, however often it hears it.

import { isSignedOut, post } from "./post.js";

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15000;
const MOVES = new Set(["j", "k", "ArrowDown", "ArrowUp"]);

export function startAnswering() {
  const list = document.querySelector("[data-answering]");
  if (list) new Answering(list);
}

// The server refused the post itself, such as for its token: a card is never JSON.
const isRefusalOfScript = (response) => response.headers.get("Content-Type")?.startsWith("application/json");

class Answering {
  constructor(list) {
    this.list = list;
    this.told = document.querySelector("[data-answer-told]");
    this.queue = [];
    this.retryIn = FIRST_RETRY_MS;
    this.busy = false;
    list.addEventListener("submit", (event) => this.submit(event));
    list.addEventListener("keydown", (event) => this.press(event));
    // The first press has moved the page on: the second of two would land on another incident.
    for (const kind of ["mousedown", "click"]) {
      list.addEventListener(kind, (event) => event.detail > 1 && event.preventDefault());
    }
    window.addEventListener("online", () => this.work());
    window.addEventListener("beforeunload", (event) => {
      if (this.queue.length) event.preventDefault();
    });
    const start = document.querySelector("[data-answer-start]");
    if (start) {
      start.hidden = this.waiting().length === 0;
      start.addEventListener("click", () => this.focus(this.waiting()[0]));
    }
  }

  cards() {
    return [...this.list.querySelectorAll("[data-answer]")];
  }

  // What can still be answered: on offer, and not on its way.
  waiting() {
    return this.cards().filter((card) => card.dataset.answer === "offered" && !("sending" in card.dataset));
  }

  focus(card) {
    if (card) card.focus();
  }

  // The next card that waits, from this one on and round again.
  after(card, step) {
    const cards = this.cards();
    const start = cards.indexOf(card);
    for (let n = 1; n <= cards.length; n += 1) {
      const other = cards[(start + step * n + cards.length * n) % cards.length];
      if (other !== card && this.waiting().includes(other)) return other;
    }
    return null;
  }

  press(event) {
    const card = event.target.closest("[data-answer]");
    const isTyping = event.target.matches("textarea, select, input");
    if (!card || event.altKey || event.metaKey) return;
    if (event.key === "Escape" && isTyping) {
      this.focus(card);
    } else if (event.key === "Enter" && event.ctrlKey && event.target.matches("textarea")) {
      this.answer(card, "decline");
    } else if (isTyping || event.ctrlKey) {
      return;
    } else {
      const act = this.acts(card)[event.key];
      if (!act) return;
      // A key that is held moves on and on, but answers one, never the whole list.
      if (!event.repeat || MOVES.has(event.key)) act();
    }
    event.preventDefault();
  }

  acts(card) {
    const next = () => this.focus(this.after(card, 1));
    const previous = () => this.focus(this.after(card, -1));
    return {
      j: next,
      ArrowDown: next,
      k: previous,
      ArrowUp: previous,
      a: () => this.answer(card, "accept"),
      r: () => this.answer(card, "accept", "reconfirmed"),
      v: () => this.answer(card, "accept", "review_asked"),
      q: () => this.ask(card),
    };
  }

  ask(card) {
    const fold = card.querySelector("[data-answer-question]");
    if (!fold) return;
    fold.open = true;
    fold.querySelector("textarea").focus();
  }

  answer(card, value, risk) {
    const button = card.querySelector(`button[name="answer"][value="${value}"]`);
    if (!button || "sending" in card.dataset) return;
    const choice = risk && card.querySelector(`input[type="radio"][value="${risk}"]`);
    if (choice) choice.checked = true;
    if (value === "accept" && "answerHigh" in card.dataset && !card.querySelector('input[type="radio"]:checked')) {
      this.say(card, "High risk: press r to re-confirm it, or v to ask for a review of it.");
      return;
    }
    button.form.requestSubmit(button);
  }

  submit(event) {
    const card = event.target.closest("[data-answer]");
    event.preventDefault();
    if (!card || "sending" in card.dataset) return;
    const body = new URLSearchParams(new FormData(event.target));
    if (event.submitter && event.submitter.name) body.set(event.submitter.name, event.submitter.value);
    card.dataset.sending = "";
    this.say(card, "Sending…");
    this.queue.push({ id: card.id, url: event.target.action, body });
    this.focus(this.after(card, 1) || card);
    this.work();
  }

  // One at a time and in order; what cannot be sent stays first in the queue.
  async work() {
    if (this.busy || !this.queue.length) return;
    this.busy = true;
    clearTimeout(this.timer);
    this.timerRuns = false;
    const sent = this.queue[0];
    try {
      const response = await post(sent.url, sent.body);
      this.heard(sent, response, await response.text());
    } catch {
      this.lost(sent, "No connection. Not answered yet: it is sent again when the connection is back.");
    }
    this.busy = false;
    if (this.queue.length && !this.timerRuns) this.work();
  }

  heard(sent, response, html) {
    if (isSignedOut(response)) {
      this.lost(sent, "You have been signed out. Sign in again in another tab: then it is sent.");
      return;
    }
    if (response.status === 403 && isRefusalOfScript(response)) {
      this.lost(sent, "Not answered yet: it is sent again.");
      return;
    }
    if (response.status >= 500) {
      this.lost(sent, "The server could not do it. Not answered yet: it is sent again.");
      return;
    }
    this.queue.shift();
    this.retryIn = FIRST_RETRY_MS;
    this.timerRuns = false;
    const card = document.getElementById(sent.id);
    if (isRefusalOfScript(response)) {
      delete card.dataset.sending;
      this.say(card, JSON.parse(html).message);
      this.count();
      return;
    }
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    const answered = fresh.content.querySelector(`#${sent.id}`);
    if (answered) {
      this.replace(card, answered);
    } else {
      delete card.dataset.sending;
      this.say(card, "This could not be answered. Reload the page to see how it stands.");
    }
    this.count();
  }

  replace(card, answered) {
    const hadFocus = card.contains(document.activeElement);
    card.replaceWith(answered);
    const isWrong = answered.querySelector(".govuk-error-message");
    if (isWrong) {
      this.say(answered, "Not answered: see the message.");
      this.focus(answered);
    } else if (hadFocus) {
      this.focus(this.after(answered, 1) || answered);
    }
  }

  lost(sent, words) {
    this.say(document.getElementById(sent.id), words);
    this.timerRuns = true;
    this.timer = setTimeout(() => {
      this.timerRuns = false;
      this.work();
    }, this.retryIn);
    this.retryIn = Math.min(this.retryIn * 2, LONGEST_RETRY_MS);
    this.count();
  }

  say(card, words) {
    card.querySelector("[data-answer-status]").textContent = words;
  }

  count() {
    const cards = this.cards();
    const answered = cards.filter((card) => card.dataset.answer !== "offered").length;
    const unsent = this.queue.length ? `, ${this.queue.length} not sent yet` : "";
    this.told.textContent = `${answered} of ${cards.length} answered${unsent}`;
  }
}
