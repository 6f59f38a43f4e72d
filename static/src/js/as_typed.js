// Asks the server for help while named fields are typed, such as earlier reports of the same person.
const PAUSE_MS = 500;

export function startAsTyped() {
  for (const region of document.querySelectorAll("[data-as-typed-url]")) watch(region);
}

function watch(region) {
  const names = region.dataset.asTypedFields.split(",").map((name) => name.trim());
  const form = region.closest("form") || document.querySelector("main form");
  if (!form) return;
  const isWatched = (name) => names.some((watched) => name?.startsWith(watched));
  let timer = 0;
  let asked = "";

  const ask = async () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const isWanted = names.some((wanted) => name === wanted || name.startsWith(`${wanted}_`));
      if (isWanted && value) query.append(name, value);
    }
    const wanted = query.toString();
    if (wanted === asked) return;
    asked = wanted;
    try {
      const answer = await fetch(`${region.dataset.asTypedUrl}?${wanted}`, {
        headers: { "HX-Request": "true" },
      });
      // A slower answer to an earlier question must not overwrite a later one.
      if (answer.ok && asked === wanted) region.innerHTML = await answer.text();
    } catch {
      asked = "";
    }
  };
  // Somebody on a slow line has typed before this script came: that is asked about as well.
  const isTyped = (control) => isWatched(control.name) && control.value !== control.defaultValue;
  if ([...form.elements].some(isTyped)) timer = setTimeout(ask, PAUSE_MS);
  form.addEventListener("input", (event) => {
    if (!isWatched(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
}
