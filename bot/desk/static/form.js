// The contact form: questions come and go with the answers, and it is saved while it is filled in.

import { goToEmpty, goToField, goToGate, tendGate, tendKeys } from "./keys.js";
import { drawn, explain, news, notice, post } from "./net.js";

const PAUSE = 700; // ms after the last change
const LONGEST = 2_500; // ms after the first change, also when nobody pauses
const WAITS = 50; // ms until an order looks again whether the save before it has come back
const timers = new WeakMap();
const since = new WeakMap(); // when the first change came that no save has taken along

/** What one question is answered with, put as the server puts it. */
function cell(field) {
  const boxes = [...field.querySelectorAll("input, select, textarea")].filter(
    (box) => box.name && !("find" in box.dataset) && !box.closest(".gate"),
  );
  const beside = boxes.find((box) => "beside" in box.dataset)?.value.trim();
  if (beside) return beside;
  return boxes
    .filter((box) => !("beside" in box.dataset))
    .filter((box) => box.checked || !/^(radio|checkbox)$/.test(box.type))
    .map((box) => box.value.normalize("NFC").trim())
    .filter(Boolean)
    .join("|");
}

const fieldsOf = (form) => [...form.querySelectorAll(".field")];
const isDirty = (form) => fieldsOf(form).some((field) => cell(field) !== field.dataset.cell);

/** Show the questions that the answers so far ask for; the server decides in the same way. */
function relate(form) {
  const asked = new Map();
  for (const field of fieldsOf(form)) {
    const conditions = JSON.parse(field.dataset.when ?? "[]");
    field.hidden = !conditions.every(({ question, among, notIn }) => {
      if (!asked.has(question)) return false;
      const given = asked.get(question).split("|").filter(Boolean);
      return !given.some((code) => notIn.includes(code)) &&
        (among === null || given.some((code) => among.includes(code)));
    });
    if (!field.hidden) asked.set(field.dataset.name, cell(field));
  }
  for (const part of form.querySelectorAll(".part")) {
    const inside = [...part.querySelectorAll(".field")];
    if (inside.length) part.hidden = inside.every((field) => field.hidden);
  }
}

/** Codes that stand alone, and boxes beside the codes, each put the other out. */
function settleChoice(box) {
  const field = box.closest(".field");
  if (!field) return;
  const others = [...field.querySelectorAll("input, select")].filter((other) => other !== box);
  if ("beside" in box.dataset && box.value) {
    for (const other of others) {
      other.checked = false;
      if (other.matches("select")) other.value = "";
    }
  } else if (box.type === "checkbox" && box.checked) {
    for (const other of others) {
      if ("alone" in box.dataset || "alone" in other.dataset) other.checked = false;
    }
  } else if (box.matches("select, [type=radio]")) {
    for (const other of others) if ("beside" in other.dataset) other.value = "";
  }
}

/** A municipality lies in the county that its code begins with. */
function fillCounty(form, box) {
  const county = form.elements.county;
  if (box.name !== "municipality" || !/^[0-9]/.test(box.value) || !county) return;
  county.value = box.value.slice(0, 2);
}

export function tendForm(form) {
  relate(form);
  tendKeys(form);
  form.addEventListener("input", (event) => {
    if ("find" in event.target.dataset || event.target.name?.startsWith("settle.")) return;
    settleChoice(event.target);
    fillCounty(form, event.target);
    relate(form);
    schedule(form);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if ("find" in event.target.dataset && event.target.value.trim()) {
      event.preventDefault();
      find(form, event.target);
    } else if (event.target.matches("input")) {
      event.preventDefault(); // Enter in a box is no order; Ctrl+Enter is
    }
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-find-now]")) {
      event.preventDefault();
      find(form, form.querySelector("[data-find]"));
    }
    const link = event.target.closest(".faults a");
    if (link) goTo(event, document.getElementById(link.hash.slice(1)));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.name === "judge") order(form, "note", button);
    else if (button?.dataset.order) order(form, button.dataset.order);
    else save(form);
  });
}

function goTo(event, field) {
  event.preventDefault();
  field?.scrollIntoView({ block: "center" });
  goToField(field);
}

document.addEventListener("keydown", (event) => {
  const isFiling = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  const isRest = event.altKey && event.code === "KeyR";
  const form = document.querySelector(".panel:not([hidden]) form.paper");
  if (!form?.getClientRects().length || !(isFiling || isRest)) return; // there, but not to be seen
  const button = form.querySelector("[data-order=file]:not([hidden])");
  event.preventDefault();
  if (isRest) return order(form, "rest");
  if (button) order(form, "file");
  else notice("Formuläret kan lämnas in när samtalet är slut.");
});
const unsaved = () => [...document.querySelectorAll("form.paper")].filter(isDirty);
addEventListener("pagehide", () => unsaved().forEach((form) => save(form, true)));
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  for (const form of unsaved()) if (!("busy" in form.dataset)) save(form, true);
});

/** Go to the first question that needs an answer. */
export const goToForm = (panel) => goToEmpty(panel.querySelector("form.paper"), cell);

/** Whether a form holds answers that the server does not have. */
export const isUnsaved = () => unsaved().length > 0;

function schedule(form) {
  clearTimeout(timers.get(form));
  say(form, "Sparar …");
  if (!since.has(form)) since.set(form, Date.now());
  const left = since.get(form) + LONGEST - Date.now();
  timers.set(form, setTimeout(() => save(form), Math.max(WAITS, Math.min(PAUSE, left))));
}

function say(form, words) {
  form.querySelector(".saving").textContent = words;
}

/** Save, one save after the other; what is typed meanwhile is saved next. */
async function save(form, keepalive = false) {
  clearTimeout(timers.get(form));
  if ("busy" in form.dataset && !keepalive) return schedule(form);
  if (form.querySelector(".differences")) return;
  form.dataset.busy = "";
  since.delete(form);
  const cells = new Map(fieldsOf(form).map((field) => [field, cell(field)]));
  const answer = await post(`${base(form)}/save`, new FormData(form), { keepalive });
  delete form.dataset.busy;
  if (answer.status === 200) {
    for (const [field, sent] of cells) field.dataset.cell = sent;
    setRevision(form, answer.body.revision);
    setGate(form, drawn(answer.body.gate));
    say(form, isDirty(form) ? "Sparar …" : saved(form));
  } else if (answer.body.html) {
    replace(form, answer.body.html);
  } else if (answer.status === 0 || answer.status >= 500) {
    say(form, "Inte sparat än. Försöker igen.");
    timers.set(form, setTimeout(() => save(form), 3_000));
  } else {
    say(form, "Inte sparat.");
    explain(answer);
  }
}

function saved(form) {
  const isOpen = form.querySelector(".gate [data-open]");
  const when = `Sparat kl. ${document.getElementById("fresh").textContent}.`;
  return isOpen ? `${when} Anteckningen har ord att se över.` : when;
}

/** Show the note as the gate reads it, if it is still the note that stands here. */
function setGate(form, fresh) {
  const gate = form.querySelector(".gate");
  const note = form.elements.note.value.normalize("NFC").trim();
  const read = fresh.querySelector("[name=read]")?.value ?? note;
  tendGate(fresh);
  if (read === note && gate.innerHTML !== fresh.innerHTML) gate.replaceWith(fresh);
}

/** File the form, judge its note, fill in the rest, settle two tabs, throw it away. */
async function order(form, name, button) {
  clearTimeout(timers.get(form));
  while ("busy" in form.dataset) await new Promise((done) => setTimeout(done, WAITS));
  form.dataset.ordered = "";
  const answer = await post(`${base(form)}/${name}`, new FormData(form, button));
  delete form.dataset.ordered;
  if (answer.body.gone) {
    form.closest(".panel").remove();
    news(answer.body.gone);
    dispatchEvent(new Event("formgone"));
  } else if (answer.body.html) {
    const fresh = replace(form, answer.body.html);
    if (name === "note" && !goToGate(fresh)) fresh.querySelector("[data-order=file]").focus();
    if (name === "rest") goToEmpty(fresh, cell);
  } else {
    explain(answer);
  }
}

function replace(form, html) {
  const fresh = drawn(html);
  swap(form, fresh);
  notice("");
  const isNoteAlone = fresh.querySelector(".faults li:only-child a[href$='-note']");
  if (!(isNoteAlone && goToGate(fresh))) fresh.querySelector(".faults, .differences, .handed")?.focus();
  return fresh;
}

function swap(form, fresh) {
  clearTimeout(timers.get(form));
  form.replaceWith(fresh);
  tendForm(fresh);
}

/** The form was changed elsewhere: take what was not touched here; the rest is asked about. */
export function mergeForm(panel, fresh) {
  const form = panel.querySelector("form.paper");
  const revision = Number(fresh.elements.revision.value);
  if (revision < Number(form.elements.revision.value) || form.querySelector(".differences")) return;
  const isOther = form.dataset.stage !== fresh.dataset.stage;
  if (isOther && !isDirty(form) && !("ordered" in form.dataset)) return swap(form, fresh);
  for (const part of ["h2", ".known"]) {
    form.querySelector(part).replaceWith(fresh.querySelector(part));
  }
  const [filing, newFiling] = [form.querySelector(".filing"), fresh.querySelector(".filing")];
  keepOpen(filing, newFiling);
  if (!filing.isEqualNode(newFiling)) filing.replaceWith(newFiling);
  mergeHanded(form.querySelector(".handed"), fresh.querySelector(".handed"));
  const results = fieldsOf(form).map((field) => mergeField(field, fresh));
  // With the old revision the next save is refused, and shows both answers side by side.
  if (results.every(Boolean)) setRevision(form, revision);
  setGate(form, fresh.querySelector(".gate") ?? form.querySelector(".gate"));
  relate(form);
}

/** What was unfolded stays so, and is not taken from under the hand. */
function keepOpen(old, fresh) {
  const summaries = [...fresh.querySelectorAll("details > summary")];
  for (const opened of old.querySelectorAll("details[open] > summary")) {
    summaries.find((each) => each.isEqualNode(opened))?.parentElement.setAttribute("open", "");
  }
}

/** Say what has become of a form that was handed in; the keyboard stays where it is. */
function mergeHanded(told, fresh) {
  if (fresh) told?.replaceChildren(...fresh.childNodes);
  else told?.remove();
}

/** Take one answer over; false when it was changed here too, and differently. */
function mergeField(field, fresh) {
  const other = fresh.querySelector(`[data-name="${field.dataset.name}"]`);
  const [mine, before, theirs] = [cell(field), field.dataset.cell, other.dataset.cell];
  if (theirs === before || theirs === mine) {
    field.dataset.cell = theirs;
    return true;
  }
  if (mine !== before) return false;
  const box = field.contains(document.activeElement) ? document.activeElement : null;
  field.replaceWith(other);
  if (box) other.querySelector(`[name="${box.name}"][value="${CSS.escape(box.value)}"], [name="${box.name}"]`)?.focus();
  return true;
}

function setRevision(form, revision) {
  form.elements.revision.value = Math.max(revision, Number(form.elements.revision.value));
}

const base = (form) => `/desk/form/${form.dataset.panel}`;

async function find(form, box) {
  const fields = { find: box.value, panel: form.dataset.panel, into: "form" };
  const answer = await post("/desk/search", fields);
  if (answer.status !== 200) return explain(answer);
  form.querySelector(".more").innerHTML = answer.body.html;
  form.querySelector(".more input")?.focus();
}
