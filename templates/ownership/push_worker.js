// Shows a notice when one comes, and opens what it is about. It keeps nothing and fetches nothing.
self.addEventListener("push", (event) => {
  let notice = {};
  try {
    notice = event.data ? event.data.json() : {};
  } catch {
    // Something must be shown all the same: browsers withdraw leave from a silent worker.
  }
  event.waitUntil(
    self.registration.showNotification(notice.title || "You have been told something", {
      body: notice.body || "",
      data: { url: notice.url || "/inbox/" },
      requireInteraction: true,
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const wanted = new URL(event.notification.data.url, self.location.origin);
  const url = wanted.origin === self.location.origin ? wanted.href : "/inbox/";
  event.waitUntil(self.clients.openWindow(url));
});
