// Saves minutes while they are written. Without this script the button saves the same form; nothing here is needed for that.
const form = document.getElementById("minutes-form");
const state = form.querySelector(".minutes__state");
const words = form.dataset;
const kept = `ratusz-minutes-${form.dataset.autosave}`;
const dirty = new Set();
let timer = 0, running = false;

const blockOf = (field) => field.closest("[data-block]")?.dataset.block;
const values = () => Object.fromEntries([...new FormData(form)].filter(([name, value]) => name.startsWith("b-") && typeof value === "string" && dirty.has(name.slice(2, 38))));
const hidden = (key, name) => form.querySelector(`[name="b-${key}-${name}"]`);

function remember() {
  try { dirty.size ? localStorage.setItem(kept, JSON.stringify(values())) : localStorage.removeItem(kept); } catch { /* a full or closed store only costs the copy */ }
}

function set(name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.multiple) for (const option of field.options) option.selected = (value || []).map(String).includes(option.value);
    else field.value = value ?? "";
  }
}

function say(text) { state.textContent = text; }

function tellTheirs(each) {
  const block = document.getElementById(`b-${each.key}`);
  block.querySelector(".minutes__theirs")?.remove();
  const note = document.createElement("div");
  note.className = "help-block help-warning minutes__theirs";
  note.setAttribute("role", "status");
  const head = document.createElement("p");
  head.textContent = `${words.theirs}: ${each.by}`;
  note.append(head);
  if (each.conflict) {
    // The person's own words stay in the fields; theirs stand here to be joined, and the next saving counts as having seen them.
    for (const value of Object.values(each.fields)) {
      if (!value || typeof value !== "string") continue;
      const line = document.createElement("p");
      line.textContent = value;
      note.append(line);
    }
    block.classList.add("minutes__block--conflict");
  } else {
    for (const [name, value] of Object.entries(each.fields)) set(name, value);
  }
  block.querySelector("h2").after(note);
  hidden(each.key, "revision").value = each.revision;
  hidden(each.key, "was").value = each.was;
}

async function save() {
  if (running) { plan(); return; }
  running = true;
  const sent = new Set(dirty);
  dirty.clear();
  if (sent.size) say(words.saving);
  try {
    const answer = await fetch(words.autosave, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.refused || answer.status);
    for (const [key, now] of Object.entries(said.kept)) {
      hidden(key, "revision").value = now.revision;
      if (!dirty.has(key)) hidden(key, "was").value = now.was;
    }
    for (const each of said.theirs) {
      if (each.conflict) dirty.add(each.key);
      if (each.conflict || !dirty.has(each.key)) tellTheirs(each);
    }
    say(words.saved);
  } catch (problem) {
    for (const key of sent) dirty.add(key);
    say(problem instanceof TypeError || problem instanceof SyntaxError ? words.lost : problem.message);
    plan(10000);
  }
  running = false;
  remember();
}

function plan(wait = 1500) { clearTimeout(timer); timer = setTimeout(save, wait); }

form.addEventListener("input", (event) => {
  const key = blockOf(event.target);
  if (!key || !event.target.name?.startsWith("b-")) return;
  dirty.add(key);
  remember();
  plan();
});
form.addEventListener("submit", () => { clearTimeout(timer); try { localStorage.removeItem(kept); } catch { /* nothing was kept */ } });
addEventListener("beforeunload", (event) => { if (dirty.size && event.target.activeElement?.type !== "submit") remember(); });
addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey) return;
  const button = form.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
  if (button) { event.preventDefault(); button.click(); }
});
setInterval(() => { if (!document.hidden && !dirty.size) save(); }, 20000);

const left = (() => { try { return JSON.parse(localStorage.getItem(kept) || "null"); } catch { return null; } })();
if (left && Object.keys(left).some((name) => { const field = form.elements[name]; return field && !name.endsWith("-was") && !name.endsWith("-revision") && field.value !== left[name]; })) {
  for (const [name, value] of Object.entries(left)) if (!name.endsWith("-was") && !name.endsWith("-revision")) { set(name, value); dirty.add(name.slice(2, 38)); }
  say(words.found);
}
