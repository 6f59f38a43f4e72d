// A page that a browser took out of its memory instead of asking for it shows who was signed in then.
export function startBack() {
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || !document.body.dataset.officer) return;
    document.body.hidden = true;
    window.location.reload();
  });
}
