// Words that may blame the person, told while they are typed into any field that holds sentences.
// Each is reworded at one press, or kept with a reason; nothing is changed unless somebody presses.
import { post } from "./post.js";
import { placeOf, replace, select, withoutGap } from "./typing.js";

const PAUSE_MS = 700;
const KEPT_PHRASE = "words_kept_phrase";
const KEPT_REASON = "words_kept_reason";

export function startWords() {
  for (const form of document.querySelectorAll("form[data-writing-url]")) new Words(form).start();
}

class Words {
  constructor(form) {
    this.form = form;
    this.asked = new Map();
    this.panels = new Map();
    this.timer = 0;
    this.status = element("p", { className: "govuk-visually-hidden" });
    this.status.setAttribute("role", "status");
  }

  start() {
    this.form.append(this.status);
    this.form.addEventListener("input", (event) => {
      if (!event.target.matches("[data-words]")) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE_MS);
    });
    // What was typed before, such as a draft, is asked about as well.
    if (this.fields().some((field) => field.value.trim())) this.timer = setTimeout(() => this.ask(), 0);
  }

  fields() {
    return [...this.form.querySelectorAll("[data-words]")].filter((field) => field.name);
  }

  async ask() {
    const changed = this.fields().filter((field) => field.value !== (this.asked.get(field) ?? ""));
    const body = new URLSearchParams();
    for (const field of changed) {
      this.asked.set(field, field.value);
      if (field.value.trim()) body.append(field.name, field.value);
      else this.show(field, []);
    }
    if (![...body].length) return;
    try {
      const answer = await post(this.form.dataset.writingUrl, body);
      if (!answer.ok) throw new Error(String(answer.status));
      const { fields } = await answer.json();
      for (const field of changed) {
        // A slower answer must not be shown for what has been typed since.
        if (field.value === this.asked.get(field)) this.show(field, fields[field.name] ?? []);
      }
    } catch {
      // Without an answer nothing is lost: the words are looked at again when they are recorded.
      for (const field of changed) this.asked.delete(field);
    }
  }

  show(field, hits) {
    const panel = this.panels.get(field) ?? this.panelFor(field);
    const before = panel.hits.length;
    panel.hits = hits;
    this.draw(field);
    if (hits.length > before) {
      const label = labelOf(field);
      this.say(`${hits.length === 1 ? "A phrase" : `${hits.length} phrases`} to think over in “${label}”.`);
    }
  }

  panelFor(field) {
    const box = element("div", { className: "house-words-help", hidden: true });
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Words to think over");
    const panel = { box, hits: [], done: null, drawn: "" };
    this.panels.set(field, panel);
    (field.closest(".govuk-form-group") ?? field.parentElement).append(box);
    return panel;
  }

  draw(field) {
    const panel = this.panels.get(field);
    const kept = this.kept();
    const state = JSON.stringify([panel.hits, panel.done?.words, [...kept]]);
    if (state === panel.drawn) return;
    panel.drawn = state;
    panel.box.replaceChildren();
    panel.box.hidden = !panel.hits.length && !panel.done;
    if (panel.hits.some((hit) => !kept.has(folded(hit.written)))) {
      const lead = "These words may blame the person. Reword them, or keep them with a reason.";
      panel.box.append(element("p", { className: "house-words-help__lead", textContent: lead }));
    }
    const list = element("ul", { className: "house-words-help__list" });
    for (const hit of panel.hits) list.append(this.item(field, hit, kept.get(folded(hit.written))));
    if (panel.hits.length) panel.box.append(list);
    if (panel.done) panel.box.append(this.undoLine(field, panel.done));
  }

  item(field, hit, reason) {
    const item = element("li");
    if (reason !== undefined) {
      item.append(element("p", { textContent: `“${hit.written}” stays: ${reason}` }));
      item.append(button("Ask about it again", hit.written, () => this.unkeep(field, hit)));
      return item;
    }
    item.append(element("p", { textContent: `“${hit.written}”. Better: ${hit.prefer}` }));
    const row = element("div", { className: "house-words-help__buttons" });
    if (hit.instead === null) {
      row.append(button("Show it in the text", hit.written, () => select(field, hit)));
    } else {
      const words = hit.instead ? `Write “${hit.instead}”` : "Take it out";
      row.append(button(words, hit.written, () => this.reword(field, hit)));
    }
    row.append(button("Keep it, with a reason", hit.written, () => this.askWhy(field, hit, item)));
    item.append(row);
    return item;
  }

  reword(field, hit) {
    const place = placeOf(field, hit);
    if (!place) {
      this.ask();
      return;
    }
    const [start, end] = hit.instead ? place : withoutGap(field.value, place);
    const panel = this.panels.get(field);
    const taken = field.value.slice(start, end);
    this.put(field, start, end, hit.instead);
    panel.done = { words: hit.instead, start, taken };
    const shift = hit.instead.length - (end - start);
    panel.hits = panel.hits
      .filter((each) => each !== hit)
      .map((each) => (each.at > hit.at ? { ...each, at: each.at + shift } : each));
    this.draw(field);
    this.say(hit.instead ? `Written instead: ${hit.instead}` : `Taken out: ${hit.written}`);
    panel.box.querySelector("[data-undo]")?.focus();
  }

  // What is put there is asked about again, even if it makes the text what it was before.
  put(field, start, end, words) {
    this.asked.delete(field);
    replace(field, start, end, words);
  }

  undoLine(field, done) {
    const line = element("p", { className: "house-words-help__done" });
    const said = done.words ? `Written instead of “${done.taken.trim()}”: ${done.words}. ` : `Taken out: “${done.taken.trim()}”. `;
    line.append(said);
    const undo = button("Put it back", done.taken.trim(), () => {
      const end = done.start + done.words.length;
      const panel = this.panels.get(field);
      panel.done = null;
      // Somebody may have typed there since; then it is theirs to put back.
      if (field.value.slice(done.start, end) === done.words) this.put(field, done.start, end, done.taken);
      this.draw(field);
      this.say(`Put back: ${done.taken.trim()}`);
      field.focus();
    });
    undo.dataset.undo = "";
    line.append(undo);
    return line;
  }

  askWhy(field, hit, item) {
    const id = `why-${field.id}-${hit.at}`;
    const label = element("label", {
      className: "govuk-label",
      htmlFor: id,
      textContent: `Why does “${hit.written}” stay? Such as whose words they are.`,
    });
    const why = element("input", { id, type: "text", className: "govuk-input", maxLength: 2000 });
    const keep = () => {
      if (!why.value.trim()) {
        this.say("Say why it stays.");
        why.focus();
        return;
      }
      this.keep(field, hit, why.value.trim());
    };
    why.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      // Enter would send the whole form.
      event.preventDefault();
      keep();
    });
    const row = element("div", { className: "house-words-help__buttons" });
    row.append(button("Keep it", hit.written, keep));
    row.append(
      button("Do not keep it", hit.written, () => {
        this.panels.get(field).drawn = "";
        this.draw(field);
        this.panels.get(field).box.querySelector("button")?.focus();
      }),
    );
    item.replaceChildren(label, why, row);
    why.focus();
  }

  keep(field, hit, reason) {
    for (const [name, value] of [
      [KEPT_PHRASE, hit.written],
      [KEPT_REASON, reason],
    ]) {
      const hidden = element("input", { type: "hidden", name, value });
      this.form.append(hidden);
    }
    this.tellDraft();
    this.drawAll();
    this.say(`Kept: ${hit.written}`);
    this.panels.get(field).box.querySelector("button")?.focus();
  }

  unkeep(field, hit) {
    const phrases = this.hidden(KEPT_PHRASE);
    const reasons = this.hidden(KEPT_REASON);
    phrases.forEach((phrase, index) => {
      if (folded(phrase.value) !== folded(hit.written)) return;
      phrase.remove();
      reasons[index]?.remove();
    });
    this.tellDraft();
    this.drawAll();
    this.panels.get(field).box.querySelector("button")?.focus();
  }

  kept() {
    const reasons = this.hidden(KEPT_REASON);
    return new Map(
      this.hidden(KEPT_PHRASE).map((phrase, index) => [folded(phrase.value), reasons[index]?.value ?? ""]),
    );
  }

  hidden(name) {
    return [...this.form.querySelectorAll(`input[type=hidden][name=${name}]`)];
  }

  // A draft is saved by name; one that has no field left is saved as empty.
  tellDraft() {
    for (const name of [KEPT_PHRASE, KEPT_REASON]) {
      const [first] = this.hidden(name);
      const told = first ?? this.form.appendChild(element("input", { type: "hidden", name, disabled: true }));
      told.dispatchEvent(new Event("input", { bubbles: true }));
      if (!first) told.remove();
    }
  }

  drawAll() {
    for (const field of this.panels.keys()) this.draw(field);
  }

  say(words) {
    this.status.textContent = words;
  }
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

function button(words, about, press) {
  const made = element("button", { type: "button", className: "govuk-button govuk-button--secondary", textContent: words });
  made.append(element("span", { className: "govuk-visually-hidden", textContent: ` (${about})` }));
  made.addEventListener("click", press);
  return made;
}

const folded = (phrase) => phrase.split(/\s+/).filter(Boolean).join(" ").toLowerCase();

function labelOf(field) {
  const label = field.labels?.[0]?.textContent.trim() ?? "";
  return label.replace(/\s*\(optional\)$/, "");
}
