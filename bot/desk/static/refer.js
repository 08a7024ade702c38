// Referring: the directory is searched beside the talk, and one digit sends an entry.
//
// A digit sends only while the list of hits has the focus and that hit is in sight; what is typed in
// a box, and the Enter that searches, send nothing.

import { explain, notice, post } from "./net.js";

const turns = new WeakMap(); // how often each tool has searched, or was folded away

export function tendReferrals(panels) {
  panels.addEventListener("toggle", (event) => event.target.matches(".refer[open]") && open(event.target), true);
  panels.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form.find, .services form")) return;
    event.preventDefault();
    if (form.matches("form.find")) find(form, { andGo: true });
    else send(form, event.submitter);
  });
  panels.addEventListener("keydown", (event) => {
    const refer = event.target.closest(".refer");
    if (!refer || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") close(refer, refer.querySelector("summary"));
    else if (event.target.closest(".services")) stepOrSend(refer, event);
    else if (event.key === "ArrowDown" && event.target.matches("input")) goToHits(refer, event);
  });
}

/** Search near where the visitor lives, unless the counsellor has begun to write something else. */
function open(refer) {
  const box = refer.querySelector("input[name=find]");
  const place = municipality(refer.closest(".panel")) || box.defaultValue;
  const isUntouched = !box.value || box.value === box.defaultValue;
  box.focus();
  if (!place || !isUntouched || refer.querySelector(".services")) return;
  box.value = place;
  box.select();
  find(box.form, { andGo: false });
}

/** The municipality that stands in the form, also when it is not saved yet. */
function municipality(panel) {
  const chosen = panel.querySelector("form.paper [name=municipality]")?.selectedOptions[0];
  return /^[0-9]/.test(chosen?.value) ? chosen.textContent : "";
}

/** Show what is found. The focus goes to it only if nothing else has been done meanwhile. */
async function find(form, { andGo }) {
  const [refer, asked] = [form.closest(".refer"), form.elements.find.value];
  const turn = (turns.get(refer) ?? 0) + 1;
  turns.set(refer, turn);
  const answer = await post(form.action, new FormData(form));
  if (turns.get(refer) !== turn) return; // asked anew, or folded away, meanwhile
  if (answer.status !== 200) return explain(answer);
  refer.querySelector(".found").innerHTML = answer.body.html;
  refer.querySelector(".hits").innerHTML = answer.body.hits;
  const isStill = form.contains(document.activeElement) && form.elements.find.value === asked;
  if (andGo && isStill) goToHits(refer);
}

function goToHits(refer, event) {
  const list = refer.querySelector(".services");
  if (!list) return;
  event?.preventDefault();
  list.focus({ preventScroll: true });
  refer.scrollTop = 0;
  refer.scrollIntoView({ block: "start" });
}

/** A digit sends that hit, or shows it first if it is out of sight; the arrows move.
 *
 * The first nine hits have a digit; what is folded under them is passed over until it is unfolded.
 */
function stepOrSend(refer, event) {
  const stops = [...refer.querySelectorAll(".services :is(button, summary)")].filter((each) => each.checkVisibility());
  const here = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const chosen = step ? stops[here + step] : /^[1-9]$/.test(event.key) && stops[event.key - 1];
  if (step) event.preventDefault();
  if (!chosen || event.repeat && !step) return;
  event.preventDefault();
  if (step || !isInSight(chosen)) chosen.focus();
  else chosen.click();
}

function isInSight(button) {
  const { x, y, width, height } = button.getBoundingClientRect();
  return button.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}

/** Send one entry, once; then one goes on writing. */
async function send(form, button) {
  const refer = form.closest(".refer");
  if ("busy" in refer.dataset) return;
  refer.dataset.busy = "";
  const say = refer.closest(".talk").querySelector("form.say textarea");
  const answer = await post(form.action, new FormData(form, button));
  delete refer.dataset.busy;
  if (answer.status !== 200) return explain(answer);
  notice("");
  close(refer, say);
}

/** Fold it away as it was in the beginning. */
function close(refer, next) {
  refer.open = false;
  turns.set(refer, (turns.get(refer) ?? 0) + 1);
  refer.querySelector("form.find").reset();
  for (const part of refer.querySelectorAll(".found, .hits")) part.replaceChildren();
  next.focus();
}
