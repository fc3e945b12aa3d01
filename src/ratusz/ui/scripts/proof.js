// While a person fills a guarded form in, a worker does its sum; sending waits for it. Without this script the form waits by the clock.
for (const guard of document.querySelectorAll("[data-proof]")) {
  const form = guard.closest("form");
  const answer = guard.querySelector("[name=proof_answer]");
  const status = guard.querySelector("[role=status]");
  let worker, pressed, isOver = Boolean(answer.value);
  const end = (found) => {
    answer.value = found;
    isOver = true;
    status.textContent = "";
    if (pressed !== undefined) form.requestSubmit(pressed);
  };
  const begin = () => {
    if (worker || isOver) return;
    try {
      worker = new Worker(guard.dataset.worker);
    } catch { end(""); return; }
    worker.addEventListener("message", ({ data }) => end(data));
    worker.addEventListener("error", () => end(""));
    worker.postMessage({ challenge: guard.dataset.proof, bits: Number(guard.dataset.bits) });
  };
  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", (event) => {
    if (isOver) return;
    event.preventDefault();
    pressed = event.submitter;
    status.textContent = guard.dataset.busy;
    begin();
  });
}
