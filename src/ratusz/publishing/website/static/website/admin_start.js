// Starts Wagtail's widgets from data instead of inline scripts, so that the admin's policy needs neither a nonce nor a hash.
// Works for what the server sends at once, for rows added in a form and for modals: all of them come through the observer.
(() => {
  "use strict";

  const FUNCTIONS = ["initDateChooser", "initTimeChooser", "initDateTimeChooser", "createTaskChooser"];
  const CONSTRUCTORS = /^(InlinePanel|MultipleChooserPanel|[A-Za-z]*Chooser)$/;

  // The picker puts today in the place of a date that it cannot read. The server reads more than it does, and says so when it cannot.
  function keepWhatIsTyped() {
    const defaults = window.jQuery?.fn.datetimepicker?.defaults;
    if (defaults) defaults.validateOnBlur = false;
  }
  document.addEventListener("DOMContentLoaded", keepWhatIsTyped);

  // The picker opens a moment after its field is entered and closes when it is left: left within that moment it stayed open below
  // the page, and the next click closed it, moved the page and was lost.
  document.addEventListener("focusout", ({ target }) => {
    const field = window.jQuery?.(target);
    if (!field?.data("xdsoft_datetimepicker")) return;
    window.setTimeout(() => { if (document.activeElement !== target) field.datetimepicker("hide"); }, 150);
  });

  function start(element) {
    if (element.dataset.ratuszStarted) return;
    element.dataset.ratuszStarted = "1";
    const name = element.dataset.ratuszStart;
    const given = JSON.parse(element.dataset.ratuszWith);
    keepWhatIsTyped();
    if (FUNCTIONS.includes(name)) window[name](...given);
    else if (CONSTRUCTORS.test(name) && typeof window[name] === "function") new window[name](...given);
    else console.error(`Nothing to start by the name ${name}`);
  }

  function startAllIn(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches("template[data-ratusz-start]")) start(node);
    node.querySelectorAll("template[data-ratusz-start]").forEach(start);
    // A button of the date picker that Wagtail hides and nobody translated; screen readers and search in the page still met it.
    node.querySelectorAll(".xdsoft_save_selected").forEach((button) => button.remove());
  }

  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.isConnected) startAllIn(node);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
