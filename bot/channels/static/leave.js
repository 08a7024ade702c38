// Leaving at once: empty the page, tell the server, and be somewhere else. In that order, so that
// nothing is left to read while the rest takes its time.

const TWICE = 1000; // milliseconds between two presses of Escape

export function offerExit(exit, beforeLeaving) {
  const leave = () => {
    beforeLeaving();
    document.body.replaceChildren();
    navigator.sendBeacon("/exit"); // is sent although the page is going away
    location.replace(exit.dataset.to); // replace: Back does not lead here again
  };

  let pressed = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    if (event.timeStamp - pressed < TWICE) leave();
    pressed = event.timeStamp;
  });
  exit.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  document.getElementById("exit-hint").hidden = false;
}

// A page that the browser kept, and shows again after Back, may be of a conversation that is no
// more. Show nothing, and ask the server.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.body.replaceChildren();
  location.reload();
});
