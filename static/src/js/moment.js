// Turns "now" and "today" into figures as they are typed, so that they do not drift, and adds a button.
import { clockTime, dayNumbers, serverNow } from "./time.js";

const SPOKEN = { today: 0, yesterday: -1, tomorrow: 1 };

export function startMoments(root = document) {
  for (const group of root.querySelectorAll("[data-moment]")) {
    if (group.dataset.ready) continue;
    group.dataset.ready = "yes";
    const [day, time] = group.querySelectorAll("input");
    const setNow = () => {
      const now = serverNow();
      fill(day, dayNumbers(now));
      fill(time, clockTime(now));
    };
    for (const box of [day, time]) {
      box.addEventListener("blur", () => {
        const word = box.value.trim().toLowerCase();
        if (word === "now") setNow();
        if (box === day && word in SPOKEN) {
          fill(day, dayNumbers(serverNow(), SPOKEN[word]));
        }
      });
    }
    group.append(nowButton(group, setNow));
  }
}

function fill(box, value) {
  box.value = value;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function nowButton(group, setNow) {
  const legend = group.closest("fieldset")?.querySelector("legend");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary house-moment__now";
  button.textContent = "Now";
  const about = document.createElement("span");
  about.className = "govuk-visually-hidden";
  about.textContent = ` (${legend ? legend.textContent.trim() : "date and time"})`;
  button.append(about);
  button.addEventListener("click", setNow);
  return button;
}
