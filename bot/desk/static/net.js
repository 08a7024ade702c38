// Talking to the server: one way to post, one place to tell what went wrong.

const csrf = document.querySelector("meta[name=csrf]").content;

/** Post fields and give {status, body}; status 0 when the server could not be reached. */
export async function post(path, fields, { keepalive = false } = {}) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "x-csrf": csrf, accept: "application/json" },
      body: new URLSearchParams(fields),
      keepalive,
    });
    if (answer.status === 401) dispatchEvent(new Event("loggedout"));
    const isJson = answer.headers.get("content-type")?.startsWith("application/json");
    return { status: answer.status, body: isJson ? await answer.json() : {} };
  } catch {
    return { status: 0, body: {} };
  }
}

/** Turn what the server drew into an element. It has escaped every word in it. */
export function drawn(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

const UNSAID = {
  0: "Servern svarar inte. Kontrollera nätet och försök igen.",
  401: "Du är utloggad. Kopiera det du vill behålla och logga in igen.",
  413: "Texten är för lång. Dela upp den.",
};

const STAYS = 60_000; // ms that good news is shown when nothing else is done
let goes = 0; // the timer that takes good news away

/** Show a sentence at the top of the page, or take it away. */
export function notice(sentence) {
  const place = document.getElementById("notice");
  clearTimeout(goes);
  goes = 0;
  place.textContent = sentence;
  place.hidden = !sentence;
}

/** Say that something is done: it goes when the next thing is done, or after a while. */
export function news(sentence) {
  notice(sentence);
  goes = setTimeout(() => notice(""), STAYS);
}
for (const kind of ["input", "click", "submit"]) {
  addEventListener(kind, () => goes && notice(""), true);
}

/** Show why something did not happen. */
export function explain({ status, body }) {
  notice(body.sentence ?? UNSAID[status] ?? "Det gick inte. Ladda om sidan och försök igen.");
}
