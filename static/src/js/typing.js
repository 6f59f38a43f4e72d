// Finding and changing words in a text box, as if somebody had typed.

// The server counts characters; a script counts some of them, such as emoji, twice.
export function placeOf(field, { at, written }) {
  const start = [...field.value].slice(0, at).join("").length;
  const end = start + written.length;
  return field.value.slice(start, end) === written ? [start, end] : null;
}

// Words that are taken out take one of the spaces around them along.
export function withoutGap(text, [start, end]) {
  if (text[start - 1] === " " && (end === text.length || /[\s.,;:!?)]/.test(text[end]))) return [start - 1, end];
  return text[end] === " " ? [start, end + 1] : [start, end];
}

export function select(field, hit) {
  const place = placeOf(field, hit);
  field.focus();
  if (place) field.setSelectionRange(...place);
}

// As if it had been typed, so that the browser's own undo takes it back too.
export function replace(field, start, end, words) {
  field.focus({ preventScroll: true });
  field.setSelectionRange(start, end);
  const isTyped = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
  if (isTyped) return;
  field.setRangeText(words, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
