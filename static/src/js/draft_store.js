// Words not yet saved, in the tab's own storage: gone when the tab is closed or the officer signs out.
const PREFIX = "mispers-draft:";
const SENT = "mispers-sent:";

export function keep(key, values) {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(values));
  } catch {
    // Storage may be full or forbidden; the words are still in their boxes.
  }
}

export function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

export function forget(key) {
  sessionStorage.removeItem(PREFIX + key);
  sessionStorage.removeItem(SENT + key);
}

// The form was posted with these words in it; whether it arrived is not known yet.
export function markSent(key) {
  sessionStorage.setItem(SENT + key, "yes");
}

export function forgetSent() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(SENT)) forget(key.slice(SENT.length));
  }
}

export function forgetAll() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) || key.startsWith(SENT)) sessionStorage.removeItem(key);
  }
}
