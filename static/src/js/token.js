// What a post must bring along to show that our own page sent it.

// The cookie is current even when somebody has signed in again in another tab.
export function csrfToken(form) {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
}
