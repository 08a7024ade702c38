// The talk: words are sent one after the other and tried again until the server has them.

import { explain, notice, post } from "./net.js";

const PAUSES = [500, 1_000, 2_000, 5_000]; // ms between attempts
const WRITES = 4_000; // ms between two signs to the visitor that somebody writes
const WRITING = 6_000; // ms that a sign of writing is shown
const queues = new Map(); // what each panel has not got rid of yet
const told = new Map(); // how far each talk has been reported as read

/** Put what is new into a talk; take its place when it has come to an end. */
export function mergeTalk(panel, fresh) {
  const here = panel.querySelector(".talk");
  if (here.dataset.phase !== fresh.dataset.phase) {
    const left = here.querySelector("textarea")?.value;
    const hadFocus = here.contains(document.activeElement);
    here.replaceWith(fresh);
    if (hadFocus) (fresh.querySelector(".words") ?? panel).focus();
    fresh.querySelector(".words")?.scrollTo(0, 1e6);
    if (left) notice(`Samtalet är slut. Det här skickades inte: ${left}`);
  } else {
    here.querySelector(".facts").replaceWith(fresh.querySelector(".facts"));
    const hasWritten = fresh.querySelector(".line.visitor") !== null; // before they are moved here
    if (fresh.querySelector(".words")) mergeLines(here, fresh);
    if (hasWritten) showWriting(panel, false);
  }
  tellSeen();
}

function mergeLines(here, fresh) {
  const words = here.querySelector(".words");
  const isAtEnd = words.scrollHeight - words.scrollTop - words.clientHeight < 60;
  for (const line of [...fresh.querySelectorAll(".line")]) {
    if (line.dataset.client) {
      words.querySelector(`.pending[data-client="${line.dataset.client}"]`)?.remove();
    }
    const known = document.getElementById(line.id);
    if (known) known.replaceWith(line);
    else words.insertBefore(line, words.querySelector(".pending"));
  }
  words.dataset.last = fresh.querySelector(".words").dataset.last;
  if (isAtEnd) words.scrollTo(0, words.scrollHeight);
}

const signs = new Map(); // the timers that take signs of writing away

/** Show for some seconds that the visitor writes, or take that back. */
export function showWriting(panel, isWriting) {
  const sign = panel?.querySelector(".writing");
  if (!sign) return;
  sign.hidden = !isWriting;
  clearTimeout(signs.get(panel.id));
  if (isWriting) signs.set(panel.id, setTimeout(() => showWriting(panel, false), WRITING));
}

let toldWriting = 0;
function tellWriting(box) {
  if (Date.now() - toldWriting < WRITES) return;
  toldWriting = Date.now();
  post(box.form.action.replace(/say$/, "writes"), {});
}

/** Tell the server how far the talk on the screen has been read. */
export function tellSeen() {
  const panel = document.querySelector(".panel:not([hidden])");
  const form = panel?.querySelector("form.say");
  const last = Number(panel?.querySelector(".words")?.dataset.last ?? 0);
  if (document.hidden || !form || last <= (told.get(panel.id) ?? 0)) return;
  told.set(panel.id, last);
  post(form.action.replace(/say$/, "seen"), { seq: last });
}

/** Whether there are words that would be lost if the page went away. */
export function unsent() {
  const written = [...document.querySelectorAll("form.say textarea")].some((box) => box.value.trim());
  return written || [...queues.values()].some((queue) => queue.length);
}

export function tendTalks(panels) {
  const follow = (event) => {
    const words = event.target.closest(".talk")?.querySelector(".words");
    words?.scrollTo(0, words.scrollHeight); // a tool that opens must not hide what was said last
  };
  panels.addEventListener("toggle", follow, true);
  panels.addEventListener("keydown", (event) => {
    const isSay = event.target.matches("form.say textarea");
    if (!isSay || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) return; // files the form
    event.preventDefault();
    event.target.form.requestSubmit();
  });
  panels.addEventListener("input", (event) => {
    if (event.target.matches("form.say textarea")) tellWriting(event.target);
  });
  panels.addEventListener("submit", (event) => {
    if (!event.target.matches("form.say")) return;
    event.preventDefault();
    enqueue(event.target);
  });
}

function enqueue(form) {
  const box = form.elements.words;
  const words = box.value.trim();
  if (!words) return;
  box.value = "";
  box.focus();
  const panel = form.closest(".panel");
  const id = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  const line = pendingLine(id, words);
  panel.querySelector(".words").append(line);
  line.scrollIntoView({ block: "nearest" });
  const queue = queues.get(panel.id) ?? [];
  queues.set(panel.id, queue);
  queue.push({ action: form.action, id, words, line });
  if (queue.length === 1) pump(queue);
}

/** One at a time, so that no word overtakes another. */
async function pump(queue) {
  for (let attempt = 0; queue.length; ) {
    const { action, id, words, line } = queue[0];
    const answer = await post(action, { words, client_id: id });
    if (answer.status === 0 || answer.status >= 500 || answer.status === 401) {
      say(line, "inte skickat än, försöker igen");
      await new Promise((done) => setTimeout(done, PAUSES[Math.min(attempt, PAUSES.length - 1)]));
      attempt += 1;
      if (answer.status === 401) explain(answer);
      continue;
    }
    attempt = 0;
    queue.shift();
    if (answer.status === 200) continue; // the stream brings the line itself
    line.remove();
    explain(answer);
    giveBack(action, words);
  }
}

/** Words that the server refused go back to where they were written, if that is still there. */
function giveBack(action, words) {
  const box = [...document.querySelectorAll("form.say")].find((form) => form.action === action);
  if (box) box.elements.words.value = [words, box.elements.words.value].filter(Boolean).join("\n");
}

function pendingLine(id, words) {
  const line = document.createElement("div");
  line.className = "line counsellor pending";
  line.dataset.client = id;
  const [by, text] = [document.createElement("p"), document.createElement("p")];
  by.className = "by";
  text.className = "text";
  text.textContent = words;
  line.append(by, text);
  say(line, "skickas");
  return line;
}

function say(line, words) {
  line.querySelector(".by").textContent = `Du · ${words}`;
}
