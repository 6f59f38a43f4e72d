// Narrows a long list of people by typing. Without it the list is a plain select.
const LONG = 12;

export function startPickers(root = document) {
  for (const select of root.querySelectorAll("select[data-picker]")) {
    if (select.dataset.ready || select.options.length <= LONG) continue;
    select.dataset.ready = "yes";
    addBox(select);
  }
}

function addBox(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const options = [...select.querySelectorAll("option")];
  const box = document.createElement("input");
  box.type = "search";
  box.className = "govuk-input house-picker";
  box.autocomplete = "off";
  box.placeholder = "Type part of a name";
  box.setAttribute("aria-label", `${label ? label.textContent.trim() : "List"}: type to narrow the list`);
  box.setAttribute("aria-controls", select.id);
  const count = document.createElement("p");
  count.className = "govuk-hint house-picker__count";
  count.setAttribute("role", "status");

  box.addEventListener("input", (event) => {
    // The words that narrow the list are not part of the form.
    event.stopPropagation();
    const parts = box.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matching = options.filter((option) => {
      const text = option.textContent.toLowerCase();
      const fits = option.value !== "" && parts.every((part) => text.includes(part));
      option.hidden = parts.length > 0 && !fits && option.value !== "" && !option.selected;
      return fits;
    });
    count.textContent = parts.length ? `${matching.length} on the list` : "";
    if (parts.length && matching.length === 1) {
      select.value = matching[0].value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      count.textContent = `Chosen: ${matching[0].textContent.trim()}`;
    }
  });
  select.before(box, count);
}
