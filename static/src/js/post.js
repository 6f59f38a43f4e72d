// Posts from a script: the one way to the token, and the one reading of who refused and why.

// The cookie is current even when somebody has signed in again in another tab; the token in a form
// is the one that its page came with. What the cookie is called differs from site to site.
export function csrfToken() {
  const { csrfCookie } = document.body.dataset;
  const cookies = document.cookie.split("; ").map((pair) => pair.split(/=(.*)/s));
  const named = cookies.find(([name]) => name === csrfCookie);
  return named ? named[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

// Posts a body, without the token of its page and with the present one. Never follows a redirect.
export function post(url, body, headers = { "HX-Request": "true" }) {
  body.delete("csrfmiddlewaretoken");
  return fetch(url, {
    method: "POST",
    body,
    headers: { ...headers, "X-CSRFToken": csrfToken() },
    redirect: "manual",
  });
}

export const isSignedOut = (answer) => answer.status === 401 || answer.type === "opaqueredirect";

// Questions that the markup asks (htmx) go the same way.
export function startTokens() {
  document.body.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb === "get") return;
    delete detail.parameters.csrfmiddlewaretoken;
    detail.headers["X-CSRFToken"] = csrfToken();
  });
}
