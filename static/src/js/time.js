// London's date and time, whatever the device is set to.
const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options });
const HOURS = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export const clockTime = (moment = new Date()) => format(HOURS).format(moment);

export const exactTime = (moment) => format({ ...HOURS, second: "2-digit" }).format(moment);

export const dayNumbers = (moment = new Date()) =>
  format({ day: "2-digit", month: "2-digit", year: "numeric" }).format(moment);

// The server's time, by how long ago it was told: a device's own clock may be wrong.
let told = { at: Date.now(), when: performance.now() };

export function setServerTime(text) {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) told = { at, when: performance.now() };
}

export const serverNow = () => new Date(told.at + performance.now() - told.when);

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
