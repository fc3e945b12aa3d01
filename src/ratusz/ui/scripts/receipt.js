// Offers what only a script can do with a receipt: copy its number, print it.
for (const receipt of document.querySelectorAll(".receipt")) {
  const deeds = receipt.querySelector("[data-deeds]");
  const code = receipt.querySelector("[data-copy]").dataset.copy;
  const add = (label, deed) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--secondary", textContent: label });
    button.addEventListener("click", () => deed(button));
    deeds.append(button);
  };
  add(deeds.dataset.printLabel, () => window.print());
  if (navigator.clipboard) {
    add(deeds.dataset.copyLabel, async (button) => {
      await navigator.clipboard.writeText(code);
      button.textContent = deeds.dataset.copiedLabel;
    });
  }
}
