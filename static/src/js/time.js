// London's date and time, whatever the device is set to.
const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options });
const HOURS = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export const clockTime = (moment) => format(HOURS).format(moment);

export const exactTime = (moment) => format({ ...HOURS, second: "2-digit" }).format(moment);

const DAY = { day: "2-digit", month: "2-digit", year: "numeric" };

// The day in London, or so many days from it by the calendar: a day may have 23 or 25 hours.
export function dayNumbers(moment, away = 0) {
  const [day, month, year] = format(DAY).format(moment).split("/").map(Number);
  const noon = new Date(Date.UTC(year, month - 1, day + away, 12));
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...DAY }).format(noon);
}

// How far the device's own clock, which may be wrong, is from the server's. Counted in the device's
// time and not in the page's own, which stands still while a telephone sleeps.
let ahead = 0;

// text: the server's time, told at `when` by the device's clock.
export function setServerTime(text, when = Date.now()) {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) ahead = at - when;
}

export const serverNow = () => new Date(Date.now() + ahead);

// Every page says when it was made; on a slow line its scripts come later.
export function startTime() {
  const [page] = performance.getEntriesByType("navigation");
  const arrived = page ? performance.timeOrigin + page.responseStart : Date.now();
  setServerTime(document.body.dataset.now, Math.min(arrived, Date.now()));
}

const MINUTE = 60000;

// A length of time in its two largest units, in the server's own words (core.templatetags.house).
export function inWords(milliseconds) {
  const all = Math.floor(milliseconds / MINUTE);
  const days = Math.floor(all / 1440);
  const hours = Math.floor(all / 60) % 24;
  const minutes = all % 60;
  if (days >= 14) return `${days} days`;
  if (days) return `${days} day${days > 1 ? "s" : ""}${hours ? ` ${hours} h` : ""}`;
  if (hours) return `${hours} h${minutes ? ` ${minutes} min` : ""}`;
  return `${Math.max(minutes, 1)} min`;
}
