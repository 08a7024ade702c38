import { offerExit } from "/static/leave.js";

offerExit(document.getElementById("exit"), () => {});

// However many of our pages somebody reads, they are one step in the window's history: leaving takes
// the place of that step, so that Back leads to where they were before they came.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href="/"], a[href^="/hjalp"]');
  const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || event.button !== 0 || opensElsewhere) return;
  event.preventDefault();
  location.replace(link.href);
});
