// Asks the browser for leave to show notices, and hands its address and keys to the page's form.
const UNSUPPORTED = "This browser cannot show notices. On an iPhone, add Mispers to the home screen first.";
const REFUSED = "The browser has been told to show no notices from Mispers. Allow them in its settings, then try again.";
const FAILED = "The browser could not be set up for notices. Try again with a connection.";

export function startPush() {
  for (const place of document.querySelectorAll("[data-push]")) start(place);
}

function start(place) {
  const add = place.querySelector("[data-push-add]");
  const says = place.querySelector("[data-push-says]");
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) {
    says.textContent = UNSUPPORTED;
    return;
  }
  says.textContent = "";
  add.hidden = false;
  add.addEventListener("click", async (event) => {
    const form = add.form;
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    says.textContent = "Asking the browser…";
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        says.textContent = REFUSED;
        return;
      }
      const subscription = await subscribe(place.dataset.pushWorker, place.dataset.pushKey);
      const { endpoint, keys } = subscription.toJSON();
      form.elements.endpoint.value = endpoint;
      form.elements.p256dh.value = keys.p256dh;
      form.elements.auth.value = keys.auth;
      form.requestSubmit(add);
    } catch {
      says.textContent = FAILED;
    }
  });
}

async function subscribe(worker, key) {
  const registration = await navigator.serviceWorker.register(worker);
  await active(registration);
  return registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(key),
  });
}

function active(registration) {
  const worker = registration.active || registration.waiting || registration.installing;
  if (worker.state === "activated") return Promise.resolve();
  return new Promise((resolve) => {
    worker.addEventListener("statechange", () => worker.state === "activated" && resolve());
  });
}

function bytesOf(base64url) {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
