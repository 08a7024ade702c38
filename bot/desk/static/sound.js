// A short tone when somebody comes to wait. Browsers allow it once something has been pressed.

const LENGTH = 0.4; // seconds
const SIGNS = ["click", "keydown"];
let air = null;
let isOn = true;

export function tendSound(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    isOn = !isOn;
    button.setAttribute("aria-pressed", String(isOn));
    if (isOn) rang();
  });
  for (const sign of SIGNS) document.addEventListener(sign, allow);
}

export function rang() {
  if (!isOn || air?.state !== "running") return;
  const [tone, volume] = [air.createOscillator(), air.createGain()];
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.15, air.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, air.currentTime + LENGTH);
  tone.connect(volume).connect(air.destination);
  tone.start();
  tone.stop(air.currentTime + LENGTH);
}

// Shift alone, with which a capital letter begins, is to the browser no sign of a person.
function allow() {
  if (navigator.userActivation?.hasBeenActive === false) return;
  for (const sign of SIGNS) document.removeEventListener(sign, allow);
  air = new AudioContext();
}
