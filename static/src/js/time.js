// London's date and time, whatever the device is set to.
const format = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", ...options });

export const clockTime = (moment = new Date()) =>
  format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);

export const dayNumbers = (moment = new Date()) =>
  format({ day: "2-digit", month: "2-digit", year: "numeric" }).format(moment);
