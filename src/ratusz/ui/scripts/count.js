// Says how many characters of a text area are used; the text itself is never cut.
for (const note of document.querySelectorAll("[data-count-for]")) {
  const area = document.getElementById(note.dataset.countFor);
  const limit = Number(note.dataset.limit);
  const tell = () => {
    note.textContent = note.dataset.text.replace("{now}", area.value.length).replace("{limit}", note.dataset.most);
    note.classList.toggle("count--over", area.value.length > limit);
  };
  let waiting;
  note.setAttribute("aria-live", "polite");
  area.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(tell, 400); });
  tell();
}
