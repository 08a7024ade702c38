// The contact form by the keyboard. Single keys act only while a question, or a marked word of the
// note, has the focus; where one writes they are letters like any others.

const WRITES = "textarea, select, input:not([type=radio], [type=checkbox], [inputmode=numeric])";
const visible = (element) => !element.closest("[hidden]");
const plain = (event) => !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;

export function tendKeys(form) {
  form.addEventListener("keydown", (event) => {
    if (!plain(event)) return;
    const ways = event.target.closest(".ways");
    if (ways) judge(ways, event);
    else if (event.key === "Enter") step(form, event);
    else choose(event);
  });
  tendGate(form);
}

/** One stop for each marked word: the arrows move between its ways. */
export function tendGate(root) {
  for (const ways of root.querySelectorAll(".ways")) {
    const [, ...others] = ways.querySelectorAll("button");
    for (const other of others) other.tabIndex = -1;
  }
}

/** Go to where the note is to be judged next; false when nothing is left. */
export function goToGate(form) {
  const button = form.querySelector(".gate [data-open] button");
  button?.focus();
  return Boolean(button);
}

/** Go to a question, at the answer that it has or at the first. */
export function goToField(field) {
  const boxes = [...(field?.querySelectorAll("input, select, textarea") ?? [])].filter(visible);
  const box = boxes.find((each) => each.checked) ?? boxes.find((each) => each.type !== "hidden");
  box?.focus();
  if (box) field.scrollIntoView({ block: "nearest" });
}

/** Go to the first question that has no answer and needs one, or else to the last of all. */
export function goToEmpty(form, cell) {
  const fields = [...form.querySelectorAll(".field")].filter(visible);
  goToField(fields.find((field) => "needed" in field.dataset && !cell(field)) ?? fields.at(-1));
}

function choose(event) {
  const field = event.target.closest(".field");
  if (!field || event.target.matches(WRITES)) return;
  const isNumber = event.target.matches("[inputmode=numeric]") && /^[0-9]$/.test(event.key);
  const chosen = field.querySelector(`input[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!chosen || isNumber || event.shiftKey) return;
  event.preventDefault();
  chosen.focus();
  chosen.click();
}

/** Enter goes to the next question, with shift to the one before. */
function step(form, event) {
  const field = event.target.closest(".field");
  const isOwn = event.target.matches("textarea, button") || event.target.value && "find" in event.target.dataset;
  if (!field || isOwn) return;
  event.preventDefault();
  const fields = [...form.querySelectorAll(".field")].filter(visible);
  goToField(fields[fields.indexOf(field) + (event.shiftKey ? -1 : 1)]);
}

function judge(ways, event) {
  const buttons = [...ways.querySelectorAll("button")];
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const chosen = way
    ? buttons[buttons.indexOf(event.target) + way]
    : buttons.find((button) => button.dataset.key === event.key);
  if (!chosen) return;
  event.preventDefault();
  if (way) chosen.focus();
  else chosen.click();
}
