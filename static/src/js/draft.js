// Saves a form while it is typed. What could not be saved waits on this device, for this officer only.
import { isSignedOut, post } from "./post.js";
import { clockTime, serverNow, setServerTime } from "./time.js";
import { forget, forgetAll, forgetSent, keep, markSent, recall } from "./draft_store.js";

const PAUSE_MS = 1500;
const FIRST_RETRY_MS = 2000;
const LAST_RETRY_MS = 60000;
const NEVER_SENT = new Set(["csrfmiddlewaretoken", "typed_by"]);

const NO_CONNECTION = "Not saved: no connection. Your words are kept on this device until it is back.";
const SIGNED_OUT = "You have been signed out; sign in again in this tab, nothing is lost.";
const OUT_OF_DATE = "Not saved: reload this page to go on. Your words are kept on this device.";
const MORE = "Reload this page to see every word that was kept.";
const RESTORED = "Words that had not been saved are back in their boxes.";

export function startDrafts() {
  const arrivedBy = performance.getEntriesByType("navigation")[0]?.type;
  if (arrivedBy === "navigate") forgetSent();
  for (const form of document.querySelectorAll("form[data-autosave-url]")) new Draft(form).start();
  document.querySelector("form#sign-out")?.addEventListener("submit", forgetAll);
}

class Draft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.key = `${document.body.dataset.officer || ""}:${form.dataset.autosaveUrl}`;
    this.changed = new Set();
    // Kept words whose boxes are not on the page yet, such as those of a question or row added later.
    this.waiting = {};
    this.timer = 0;
    this.retryMs = FIRST_RETRY_MS;
    this.isSaving = false;
    this.isStopped = false;
  }

  start() {
    this.restore();
    this.noteWhatWasTypedBefore();
    this.form.addEventListener("input", (event) => this.note(event, PAUSE_MS));
    this.form.addEventListener("change", (event) => this.note(event, PAUSE_MS));
    this.form.addEventListener("focusout", () => this.changed.size && this.save());
    window.addEventListener("online", () => this.changed.size && this.save());
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    document.body.addEventListener("htmx:oobAfterSwap", () => this.fillWaiting());
    window.addEventListener("pageshow", () => {
      this.isStopped = false;
    });
  }

  note(event, delay) {
    const { name } = event.target;
    if (!name || NEVER_SENT.has(name)) return;
    this.changed.add(name);
    keep(this.key, this.changedValues());
    this.schedule(delay);
  }

  // On a slow line somebody types before this script has come: those words are saved as well.
  noteWhatWasTypedBefore() {
    const typed = [...this.form.elements].filter((control) => control.name && hasBeenTyped(control));
    for (const control of typed) this.note({ target: control }, PAUSE_MS);
  }

  schedule(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  changedValues() {
    const data = new FormData(this.form);
    const valuesOf = (name) => this.waiting[name] || data.getAll(name).map(String);
    return Object.fromEntries([...this.changed].map((name) => [name, valuesOf(name)]));
  }

  async save() {
    clearTimeout(this.timer);
    if (this.isSaving || this.isStopped || !this.changed.size) return;
    this.isSaving = true;
    const sent = this.changedValues();
    this.changed.clear();
    try {
      const headers = { "X-Draft": "1", Accept: "application/json" };
      const answer = await post(this.form.dataset.autosaveUrl, this.bodyFor(sent), headers);
      if (answer.ok) await this.onSaved(answer);
      else await this.onRefused(answer, sent);
    } catch {
      this.putBack(sent);
      this.say(NO_CONNECTION);
      this.retry();
    } finally {
      this.isSaving = false;
    }
    if (this.changed.size && !this.isStopped && this.retryMs === FIRST_RETRY_MS) this.schedule(PAUSE_MS);
  }

  bodyFor(values) {
    const body = new URLSearchParams();
    body.append("typed_by", this.form.elements.typed_by?.value || "");
    for (const [name, several] of Object.entries(values)) {
      body.append("_changed", name);
      for (const value of several) body.append(name, value);
    }
    return body;
  }

  async onSaved(answer) {
    this.retryMs = FIRST_RETRY_MS;
    const told = await answer.json().catch(() => ({}));
    if (this.changed.size) keep(this.key, this.changedValues());
    else forget(this.key);
    const more = Object.keys(this.waiting).length ? `. ${MORE}` : "";
    setServerTime(told.saved_at);
    this.say(`Saved ${clockTime(serverNow())}${more}`);
  }

  async onRefused(answer, sent) {
    this.putBack(sent);
    const told = await answer.json().catch(() => ({}));
    if (isSignedOut(answer)) {
      this.sayWithSignIn();
    } else if (answer.status === 403) {
      this.say(OUT_OF_DATE);
    } else if (answer.status >= 500) {
      this.say("Not saved yet. Your words are kept on this device; trying again.");
      this.retry();
    } else {
      this.say(`Not saved: ${told.message || "it was refused"}`);
    }
  }

  putBack(values) {
    for (const name of Object.keys(values)) this.changed.add(name);
    keep(this.key, this.changedValues());
  }

  retry() {
    this.schedule(this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  restore() {
    const values = recall(this.key);
    if (!values) return;
    for (const [name, several] of Object.entries(values)) {
      if (!this.form.elements.namedItem(name)) this.waiting[name] = several;
      if (name in this.waiting || fill(this.form, name, several)) this.changed.add(name);
    }
    if (!this.changed.size) {
      forget(this.key);
      return;
    }
    this.say(RESTORED);
    this.schedule(0);
  }

  fillWaiting() {
    for (const [name, several] of Object.entries(this.waiting)) {
      const found = this.form.elements.namedItem(name);
      if (!found) continue;
      delete this.waiting[name];
      if (!fill(this.form, name, several)) continue;
      const control = found instanceof RadioNodeList ? found[0] : found;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  onSubmit(event) {
    if (navigator.onLine === false) {
      event.preventDefault();
      this.say(NO_CONNECTION);
      return;
    }
    // Kept until a new page shows that it arrived; going back to this one brings the words back.
    clearTimeout(this.timer);
    this.isStopped = true;
    markSent(this.key);
  }

  say(words) {
    if (this.status && this.status.textContent !== words) this.status.textContent = words;
  }

  sayWithSignIn() {
    this.say(`${SIGNED_OUT} `);
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = window.location.href;
    link.textContent = "Sign in";
    this.status?.append(link);
  }
}

// Whether a control holds something else than the page came with.
function hasBeenTyped(control) {
  if (["checkbox", "radio"].includes(control.type)) return control.checked !== control.defaultChecked;
  if (control instanceof HTMLTextAreaElement || ["text", "tel"].includes(control.type)) {
    return control.value !== control.defaultValue;
  }
  return false;
}

// Puts kept words back in their controls; tells whether anything differed from what was there.
function fill(form, name, several) {
  const found = form.elements.namedItem(name);
  if (!found) return false;
  const controls = found instanceof RadioNodeList ? [...found] : [found];
  const before = new FormData(form).getAll(name).map(String);
  for (const [index, control] of controls.entries()) {
    if (["checkbox", "radio"].includes(control.type)) control.checked = several.includes(control.value);
    else if (control.type !== "hidden") control.value = several[index] ?? "";
  }
  return JSON.stringify(before) !== JSON.stringify(new FormData(form).getAll(name).map(String));
}
