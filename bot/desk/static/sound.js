// A short tone when somebody comes to wait. Browsers allow it once something has been pressed.

const LENGTH = 0.4; // seconds
let air = null;
let isOn = true;

export function tendSound(button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    isOn = !isOn;
    button.setAttribute("aria-pressed", String(isOn));
    if (isOn) rang();
  });
  document.addEventListener("pointerdown", allow, { once: true });
  document.addEventListener("keydown", allow, { once: true });
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

function allow() {
  air ??= new AudioContext();
  air.resume();
}
