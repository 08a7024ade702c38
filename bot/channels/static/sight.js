// What must be seen besides the words that just came. What is in sight already does not move.

const NEAREST = { block: "nearest" };

/** Show what a question in the queue can be answered with; the question itself, whatever fits. */
export function showAnswers(newest) {
  if (!newest.matches("[data-asks]")) return;
  document.querySelector('#choices button[value="skip"]')?.scrollIntoView(NEAREST);
  newest.scrollIntoView(NEAREST);
}

/** Who has gone on with the keyboard meanwhile must see where they are. */
export function showFocus() {
  document.activeElement.closest("#choices button, .messages a")?.scrollIntoView(NEAREST);
}
