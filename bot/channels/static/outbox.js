// What the visitor does, sent one at a time and in order. What the server could not take is sent
// again under the same name until it is taken, so nothing is lost and nothing arrives twice.

const PATIENCE = 20_000; // milliseconds until an answer counts as lost
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10_000;
const AGAIN = new Set([0, 408, 425, 429, 500, 502, 503, 504]); // 0: the server was not reached

export class Outbox {
  #acts = [];
  #isBusy = false;
  #request = null;

  // `on`: { taken(act, answer), late(act, sentence), refused(act, sentence), gone() }
  constructor(on) {
    this.on = on;
  }

  get isEmpty() {
    return this.#acts.length === 0;
  }

  add(path, fields) {
    const act = { path, fields: { ...fields, client_id: newId() } };
    this.#acts.push(act);
    this.#work();
    return act;
  }

  // Forget everything that is not sent, and what is being sent.
  drop() {
    this.#acts.length = 0;
    this.#request?.abort();
  }

  async #work() {
    if (this.#isBusy) return;
    this.#isBusy = true;
    let pause = FIRST_PAUSE;
    while (this.#acts.length) {
      const act = this.#acts[0];
      const { status, answer } = await this.#send(act);
      if (this.#acts[0] !== act) break; // dropped meanwhile
      if (AGAIN.has(status)) {
        this.on.late(act, answer.error);
        await sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
        continue;
      }
      pause = FIRST_PAUSE;
      this.#acts.shift();
      if (status === 410 || answer.gone) this.on.gone();
      else if (status === 200) this.on.taken(act, answer);
      else this.on.refused(act, answer.error);
    }
    this.#isBusy = false;
  }

  async #send(act) {
    this.#request = new AbortController();
    const patience = setTimeout(() => this.#request.abort(), PATIENCE);
    try {
      const response = await fetch(act.path, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(act.fields),
        signal: this.#request.signal,
      });
      const isJson = response.headers.get("content-type")?.startsWith("application/json");
      return { status: response.status, answer: isJson ? await response.json() : {} };
    } catch {
      return { status: 0, answer: {} };
    } finally {
      clearTimeout(patience);
    }
  }
}

const sleep = (milliseconds) => new Promise((wake) => { setTimeout(wake, milliseconds); });

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
