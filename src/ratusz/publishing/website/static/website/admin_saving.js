// The editor of pages saves by itself. Who presses a button while that save is on its way would send the same new page a second
// time, and read that its address is taken: the button waits until the save has come back, and no save starts behind a button.
(() => {
  "use strict";

  let onItsWay = false;
  let isLeaving = false;
  let waiting = null;

  function go() {
    onItsWay = false;
    if (!waiting) return;
    const { form, button } = waiting;
    waiting = null;
    // A button that shows that it works is disabled by now, and a disabled one is not sent: its name goes along by itself.
    const pressed = document.createElement("input");
    Object.assign(pressed, { type: "hidden", name: button?.name ?? "", value: button?.value ?? "" });
    if (pressed.name) form.append(pressed);
    isLeaving = true;
    setTimeout(() => form.requestSubmit());
  }

  document.addEventListener("w-autosave:save", (event) => {
    if (isLeaving || waiting) event.preventDefault();
    else onItsWay = true;
  });
  document.addEventListener("w-autosave:success", go);
  document.addEventListener("w-autosave:error", go);

  document.addEventListener("submit", (event) => {
    if (!onItsWay || !event.target.matches("form[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting ??= { form: event.target, button: event.submitter };
  }, true);

  // Last of all that hear of it: another one may have stopped the form to ask something first.
  window.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-edit-form]")) isLeaving = !event.defaultPrevented;
  });
  window.addEventListener("pageshow", () => { isLeaving = false; });
})();
