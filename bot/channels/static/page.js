// The visitor's page, alive: events down, acts up. Everything it shows was made by the server; all
// it knows lives in this window and dies with it.

import { offerExit } from "/static/leave.js";
import { Outbox } from "/static/outbox.js";
import { showAnswers, showFocus } from "/static/sight.js";

const byId = (id) => document.getElementById(id);
const said = document.body.dataset; // the page's own sentences
const log = byId("messages");
const pending = byId("pending");
const composer = byId("composer");
const box = byId("words");
const fault = byId("fault");
const newer = byId("newer");

const TOGETHER = 300; // milliseconds: messages that come close together are acknowledged together
const SETTLED = 60; // milliseconds: messages that come at once are shown from the first of them
const RECONNECT = 3000;
const NEAR = 40; // pixels
const WRITES = 4000; // how often the counsellor is told that somebody writes
const WRITING = 6000; // how long a sign of writing is shown

const fresh = []; // the messages that just came
let source = null;
let last = said.of ? Number(said.last) : 0; // the newest message shown
let acknowledged = 0;
let unseen = 0;
let acknowledging = 0; // the timer of the next acknowledgement
let isGone = false;
let writing = 0; // the timer that takes the sign of writing away
let toldWriting = 0;

const outbox = new Outbox({ taken, late, refused, gone });
offerExit(byId("exit"), () => { outbox.drop(); source?.close(); });
document.addEventListener("submit", onSubmit);
document.addEventListener("scroll", () => { if (isAtEnd()) newer.hidden = true; });
newer.addEventListener("click", () => log.lastElementChild.scrollIntoView());
document.addEventListener("visibilitychange", () => { if (!document.hidden) count(0); });
window.addEventListener("beforeunload", (event) => { if (!outbox.isEmpty) event.preventDefault(); });
setUpBox();
if (said.of) {
  listen();
  acknowledge();
  scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
}

// What the visitor does

function onSubmit(event) {
  const form = event.target;
  if (form === composer) say();
  else if (event.submitter?.name === "choice") choose(event.submitter);
  else return;
  event.preventDefault();
}

function say() {
  const text = box.value;
  if (!text.trim()) return box.focus();
  const act = outbox.add("/say", { text });
  showPending(act, "visitor", text);
  box.value = "";
  fit();
  complain("");
}

function choose(button) {
  const act = outbox.add("/choose", { choice: button.value });
  showPending(act, "choice", button.textContent);
  log.focus({ preventScroll: true }); // the answer comes there; the next Tab leads to new choices
  byId("choices").inert = true;
}

function showPending(act, kind, text) {
  const article = element("article", `message pending ${kind}`);
  article.dataset.clientId = act.fields.client_id;
  const words = element("p", "words", text);
  words.dir = "auto";
  const when = element("p", "when");
  when.append(element("span", "mark", said.sending));
  article.append(element("p", "who", said.you), words, when);
  pending.append(article);
  reveal(article, true);
}

// What became of it

function taken(act, answer) {
  complain("");
  if (!source) {
    said.of = answer.of;
    listen();
  }
  byId("choices").inert = false;
  mark(act, said.sent);
  if (!answer.seq) pendingOf(act.fields.client_id)?.remove(); // nothing will come in its place
}

function late(act, sentence) {
  mark(act, said.retrying);
  complain(sentence ?? "");
}

function refused(act, sentence) {
  pendingOf(act.fields.client_id)?.remove();
  byId("choices").inert = false;
  complain(sentence ?? said.refused);
  if (!act.fields.text) return;
  box.value = [act.fields.text, box.value].filter(Boolean).join("\n");
  fit();
  box.focus();
}

function mark(act, words) {
  const shown = pendingOf(act.fields.client_id)?.querySelector(".mark");
  if (shown) shown.textContent = words;
}

function complain(sentence) {
  fault.hidden = !sentence;
  fault.textContent = sentence;
}

// What the server tells

function listen() {
  source = new EventSource(`/events?after=${last}&of=${said.of}`);
  source.addEventListener("open", () => { byId("offline").hidden = true; });
  source.addEventListener("message", (event) => showMessage(event.data));
  source.addEventListener("state", (event) => showState(event.data));
  source.addEventListener("writing", (event) => showWriting(event.data));
  source.addEventListener("gone", gone);
  source.addEventListener("error", () => {
    byId("offline").hidden = false;
    // the browser tries again by itself, unless what stands between us answered for the server
    if (source.readyState === EventSource.CLOSED && !isGone) setTimeout(listen, RECONNECT);
  });
}

function showMessage(html) {
  const article = fragment(html).querySelector("article");
  const { seq, slot, clientId } = article.dataset;
  const sent = pendingOf(clientId);
  const isWanted = sent || fresh.length || isAtEnd();
  sent?.remove();
  if (!log.querySelector(`[data-seq="${seq}"]`)) {
    if (slot) log.querySelector(`[data-slot="${slot}"]`)?.remove();
    log.append(article);
    reveal(article, isWanted);
    if (document.hidden) count(unseen + 1);
    if (article.classList.contains("counsellor")) showWriting("");
  }
  last = Math.max(last, Number(seq));
  acknowledge();
}

function showWriting(sentence) {
  const sign = byId("writing");
  sign.textContent = sentence;
  sign.hidden = !sentence;
  clearTimeout(writing);
  if (sentence) writing = setTimeout(() => showWriting(""), WRITING);
}

function tellWriting() {
  const isTalking = byId("place").dataset.place === "talking";
  if (!isTalking || Date.now() - toldWriting < WRITES) return;
  toldWriting = Date.now();
  fetch("/writing", { method: "POST" }).catch(() => {});
}

function showState(html) {
  const parts = fragment(html);
  for (const id of ["place", "choices", "seen"]) swap(byId(id), parts.getElementById(id));
  composer.hidden = byId("place").dataset.place === "closing";
  markRead(byId("seen").dataset);
}

// Change only what is different, and leave the keyboard where it was.
function swap(old, made) {
  const isOpen = Boolean(old.querySelector("details[open]")); // "end?" waits for its answer
  made.querySelector("details")?.toggleAttribute("open", isOpen);
  if (old.outerHTML === made.outerHTML) return;
  const hadFocus = old.contains(document.activeElement);
  const status = old.querySelector(".status");
  if (status) {
    // the sentence is changed in place: a new element would not be read out
    const changed = made.querySelector(".status");
    if (status.textContent !== changed.textContent) status.textContent = changed.textContent;
    changed.replaceWith(status);
  }
  old.replaceWith(made);
  if (hadFocus) made.focus({ preventScroll: true });
}

function markRead({ from, to }) {
  for (const article of log.querySelectorAll(".visitor")) {
    const seq = Number(article.dataset.seq);
    const isRead = seq >= Number(from) && seq <= Number(to);
    article.querySelector(".mark").textContent = isRead ? said.read : said.sent;
  }
}

function acknowledge() {
  if (acknowledging || last <= acknowledged) return;
  acknowledging = setTimeout(async () => {
    const seq = last;
    const body = new URLSearchParams({ seq });
    const answer = await fetch("/ack", { method: "POST", body }).catch(() => null);
    acknowledging = 0;
    if (answer?.ok) acknowledged = seq;
    acknowledge();
  }, TOGETHER);
}

// Everything is erased: on the server already, and now here.
function gone() {
  isGone = true;
  outbox.drop();
  source?.close();
  takeBackCookie();
  count(0);
  const main = document.querySelector("main");
  main.replaceChildren(byId("gone").content.cloneNode(true));
  byId("place").remove();
  main.querySelector("h2").focus();
}

// It leads to nothing now, and the answer that would have taken it back may have come too late.
function takeBackCookie() {
  fetch("/", { method: "HEAD", keepalive: true }).catch(() => {});
}

// Small things

function setUpBox() {
  const isTouch = matchMedia("(pointer: coarse)").matches;
  box.addEventListener("input", fit);
  box.addEventListener("input", tellWriting);
  box.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && !event.isComposing && !isTouch;
    if (!sends) return;
    event.preventDefault();
    composer.requestSubmit();
  });
  fit();
}

// For browsers where a text box does not yet grow by itself.
function fit() {
  if (CSS.supports("field-sizing", "content")) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}

function count(number) {
  unseen = number;
  const title = document.title.replace(/^\(\d+\) /, "");
  document.title = unseen ? `(${unseen}) ${title}` : title;
}

// Whether the visitor is reading along: the end of what is said stands above the text box.
function isAtEnd() {
  const floor = composer.hidden ? innerHeight : composer.getBoundingClientRect().top;
  return pending.getBoundingClientRect().bottom < floor + NEAR;
}

// Show what is new from its first line on, or, to somebody who is reading further up, that it came.
function reveal(article, isWanted) {
  if (!isWanted) return void (newer.hidden = false);
  if (fresh.push(article) > 1) return;
  setTimeout(() => {
    fresh.find((each) => each.isConnected)?.scrollIntoView();
    showAnswers(fresh.at(-1));
    fresh.length = 0;
    showFocus();
  }, SETTLED);
}

function pendingOf(clientId) {
  return clientId && pending.querySelector(`[data-client-id="${CSS.escape(clientId)}"]`);
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // made by our own templates, which escape everything
  return template.content;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
