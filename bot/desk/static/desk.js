// The open desk: one stream of what has changed, the tabs, the sound, and what is pressed.

import { drawn, explain, notice, post } from "./net.js";
import { goToForm, isUnsaved, mergeForm, tendForm } from "./form.js";
import { tendReferrals } from "./refer.js";
import { rang, tendSound } from "./sound.js";
import { mergeTalk, showWriting, tellSeen, tendTalks, unsent } from "./talk.js";

const QUIET_FOR = 25_000; // ms: two missed signs of life and some
const AGAIN = 5_000; // ms until a stream that was refused is tried again
const $ = (id) => document.getElementById(id);
const panels = $("panels");
const TITLE = "Skrivbord";

let heard = Date.now();
let waited = Number(document.querySelector("[data-waiting]")?.dataset.waiting ?? 0);
let wanted = location.hash.slice(1);
let isOut = false;
const late = new Map(); // what came for a panel that is still being fetched

const MEET = {
  beat(text) {
    heard = Date.now();
    $("fresh").textContent = text;
    if (isOut) notice("");
    isOut = false;
    lose(false);
  },
  queue(html) {
    const focused = document.activeElement?.closest("#queue form")?.getAttribute("action");
    $("queue").innerHTML = html;
    document.querySelector(`#queue form[action="${focused}"] button`)?.focus();
    const told = document.querySelector("[data-waiting]").dataset;
    const waiting = Number(told.waiting);
    $("waiting").textContent = told.words;
    document.title = waiting ? `(${waiting}) ${TITLE}` : TITLE;
    if (waiting > waited) rang();
    waited = waiting;
  },
  tabs(html) {
    const focused = document.activeElement?.closest("#tabs a")?.hash;
    $("tabs").innerHTML = html;
    document.querySelector(`#tabs a[href="${focused}"]`)?.focus();
    keepPanels([...$("tabs").querySelectorAll("a")].map((tab) => tab.dataset.panel));
  },
  talk: (html) => forPanel(drawn(html), mergeTalk),
  form: (html) => forPanel(drawn(html), mergeForm),
  writing: (id) => showWriting($(id), true),
  presence(status) {
    for (const button of $("presence").querySelectorAll("[name=status]")) {
      button.setAttribute("aria-pressed", String(button.value === status));
    }
  },
  trouble(sentence) {
    const place = $("trouble");
    place.hidden = !sentence;
    if (place.textContent !== sentence) place.textContent = sentence;
  },
  idle(seconds) {
    $("idle").hidden = !seconds;
  },
  out() {
    leave();
    if (!unsent() && !isUnsaved()) location.assign("/desk/login");
    else notice("Du är utloggad. Kopiera det du vill behålla och logga in igen.");
  },
};

function listen() {
  const source = new EventSource("/desk/events");
  for (const [name, meet] of Object.entries(MEET)) {
    source.addEventListener(name, (event) => meet(event.data));
  }
  source.addEventListener("error", async () => {
    if (source.readyState !== EventSource.CLOSED) return lose(true);
    setTimeout(listen, AGAIN);
    const answer = await fetch("/desk/pulse").catch(() => null);
    if (answer?.status === 401) MEET.out();
    else lose(true);
  });
}

/** Who is logged out is told that alone: the list is old then, but the server answers. */
function leave() {
  isOut = true;
  lose(false);
}
addEventListener("loggedout", leave);

function lose(isCut) {
  const [place, isLost] = [$("lost"), isCut && !isOut];
  if (place.hidden !== isLost) return;
  place.textContent = isLost
    ? `Ingen kontakt med servern. Listan är från kl. ${$("fresh").textContent}. Vi försöker igen.`
    : "";
  place.hidden = !isLost;
}

/** A panel goes when its form is filed or handed back; one that is missing is fetched. */
async function keepPanels(ids) {
  const gone = [...panels.children].filter((panel) => !ids.includes(panel.id));
  const hadFocus = gone.some((panel) => panel.contains(document.activeElement));
  for (const panel of gone) panel.remove();
  $("empty").hidden = ids.length > 0;
  if (hadFocus) goOn();
  else show();
  for (const id of ids) if (!$(id) && !late.has(id)) await fetchPanel(id);
}

async function fetchPanel(id) {
  late.set(id, []);
  const answer = await fetch(`/desk/panel/${id}`).catch(() => null);
  if (answer?.ok && !$(id)) {
    panels.append(drawn(await answer.text()));
    tend($(id));
  }
  const missed = late.get(id);
  late.delete(id);
  for (const [part, merge] of missed) forPanel(part, merge);
  show();
}

function forPanel(part, merge) {
  const id = part.dataset.panel;
  if (late.has(id)) late.get(id).push([part, merge]);
  else if ($(id)) merge($(id), part);
}

function tend(panel) {
  tendForm(panel.querySelector("form.paper"));
}

/** Show one panel: the one that was chosen last, or else the first. */
function show() {
  const all = [...panels.children];
  const talk = all.find((panel) => panel.querySelector("form.say"));
  const current = all.find((panel) => panel.id === wanted) ?? talk ?? all[0];
  for (const panel of all) {
    const was = panel.hidden;
    panel.hidden = panel !== current;
    if (was && !panel.hidden) panel.querySelector(".words")?.scrollTo(0, 1e6);
  }
  for (const tab of $("tabs").querySelectorAll("a")) {
    if (tab.dataset.panel === current?.id) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  tellSeen();
}

document.addEventListener("click", (event) => {
  const tab = event.target.closest("#tabs a");
  if (!tab) return;
  event.preventDefault();
  choose(tab.dataset.panel);
});

/** Go to a panel, and stay there when the page is loaded again. */
function choose(id) {
  wanted = id;
  history.replaceState(null, "", `#${id}`);
  show();
}

/** A panel has gone: go to the tab of a form that waits, or else of a talk; nothing is done yet. */
function goOn() {
  const all = [...panels.children];
  const next = all.find(waits) ?? all[0];
  $("empty").hidden = all.length > 0;
  if (next) choose(next.id);
  (next ? document.querySelector(`#tabs a[data-panel="${next.id}"]`) : $("empty"))?.focus();
}
addEventListener("formgone", goOn);

const waits = (panel) =>
  !panel.querySelector("form.say") && panel.querySelector("form.paper").dataset.stage !== "handed-in";

/** Orders (take, send, hand back, end, status): the stream shows what comes of them. */
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const isPresence = form.id === "presence";
  if (!isPresence && !("order" in form.dataset)) return;
  event.preventDefault();
  const known = new Set([...panels.children].map((each) => each.id));
  const [panel, from] = [form.closest(".panel"), document.activeElement];
  const answer = await post(form.action, new FormData(form, event.submitter));
  if (answer.status !== 200) return explain(answer);
  notice("");
  if (/\/(take|next|phone)$/.test(form.action)) goToNew(known, from);
  if (form.action.endsWith("/end")) goToForm(panel);
  if (form.action.endsWith("/again")) panel.querySelector("form.say textarea")?.focus();
});

/** After taking somebody, go to their panel as soon as it is there, but never away from words that
 * are being written to somebody else: the rest of them would go to the wrong one. */
function goToNew(known, from) {
  const look = () => {
    const fresh = [...panels.children].find((panel) => !known.has(panel.id));
    if (!fresh) return;
    watch.disconnect();
    const isCall = fresh.classList.contains("alone");
    const now = document.activeElement;
    if (panels.contains(now) && !(isCall && now === from)) return;
    choose(fresh.id);
    fresh.querySelector(isCall ? ".field:not([hidden]) input" : "textarea")?.focus();
  };
  const watch = new MutationObserver(look);
  watch.observe(panels, { childList: true });
  setTimeout(() => watch.disconnect(), QUIET_FOR);
  look(); // the stream may have brought it before the order was answered
}

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyN") return;
  event.preventDefault();
  $("call").requestSubmit();
});
/** On a phone the menu stays folded until it is wanted. */
function tendMenu(menu, small) {
  const fold = () => (menu.open = !small.matches);
  small.addEventListener("change", fold);
  fold();
}

$("awake").addEventListener("click", async () => {
  await post("/desk/awake", {});
  $("idle").hidden = true;
});
document.addEventListener("visibilitychange", tellSeen);
// A desk that the browser kept, and shows again after Back, may be of somebody who has logged out.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.body.replaceChildren();
  location.reload();
});
addEventListener("beforeunload", (event) => unsent() && event.preventDefault());
setInterval(() => Date.now() - heard > QUIET_FOR && lose(true), 1_000);

document.documentElement.classList.add("live");
tendSound($("sound"));
tendTalks(panels);
tendReferrals(panels);
tendMenu(document.querySelector(".menu"), matchMedia("(max-width: 40rem)"));
for (const panel of panels.children) tend(panel);
show();
for (const words of document.querySelectorAll(".words")) words.scrollTo(0, 1e6);
listen();
