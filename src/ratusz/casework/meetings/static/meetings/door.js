// The door on a phone. The list is kept encrypted (AES-GCM, a key that cannot leave the browser) until the end of the day; what is
// pressed without a network waits and is sent later. Nothing of it is in the page itself.
const box = document.querySelector("[data-door]");
const words = JSON.parse(document.getElementById("door-words").textContent);
const meeting = box.dataset.meeting;
const state = { rows: [], others: {}, room: 0, presses: [], key: null, device: "", inside: 0, isSending: false };
const at = (selector) => box.querySelector(selector);

function database() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("ratusz-door", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}
const opened = database();
async function kept(mode, deed) {
  const store = (await opened).transaction("kept", mode).objectStore("kept");
  return new Promise((done, failed) => {
    const asked = deed(store);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}
const read = (name) => kept("readonly", (store) => store.get(`${meeting}:${name}`));
const write = (name, value) => kept("readwrite", (store) => store.put(value, `${meeting}:${name}`));
const forget = (name) => kept("readwrite", (store) => store.delete(`${meeting}:${name}`));

async function seal(name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(value));
  await write(name, { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, state.key, text) });
}
async function unseal(name) {
  const sealed = await read(name);
  if (!sealed) return null;
  const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, state.key, sealed.data);
  return JSON.parse(new TextDecoder().decode(text));
}

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[łŁ]/g, "l").toLowerCase();
const hour = (seconds) => new Date(seconds * 1000).toLocaleTimeString("pl", { hour: "2-digit", minute: "2-digit" });
const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_all, name) => facts[name]);

function say(text, kind) {
  const place = at("[data-said]");
  place.textContent = text;
  place.className = `door__said door__said--${kind}`;
}

function take(list) {
  Object.assign(state, { rows: list.rows, others: list.others, room: list.room });
  const gone = new Map(state.presses.filter((press) => press.kind === "in").map((press) => [press.key, press]));
  for (const row of state.rows) {
    const press = gone.get(row[0]);
    if (press && !row[4]) [row[4], row[5]] = [Math.floor(press.moment / 1000), press.door];
  }
  if ("inside" in list) state.inside = list.inside;
}

function draw() {
  const wanted = plain(at("[data-search]").value.trim());
  const found = wanted ? state.rows.filter((row) => plain(row[1]).includes(wanted) || plain(row[0]) === wanted) : [];
  at("[data-found]").replaceChildren(...found.slice(0, 30).map(line));
  at("[data-none]").hidden = !wanted || found.length > 0;
  const waiting = state.presses.length;
  at("[data-waiting]").textContent = waiting ? filled(words.waiting, { count: waiting }) : words.nothing_waits;
  const extra = state.presses.reduce((sum, press) => sum + (press.kind === "walk" ? press.step : press.persons), 0);
  const inside = state.inside + extra;
  at("[data-inside]").textContent = state.room ? filled(words.inside_of, { inside, room: state.room }) : filled(words.inside, { inside });
  const share = state.room ? inside / state.room : 0;
  at("[data-room]").textContent = share >= 1 ? words.full : share >= 0.9 ? words.near : "";
}

function line(row) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.textContent = `${row[1] || words.nameless} · ${row[0]}${row[2] > 1 ? ` · ${filled(words.persons, { count: row[2] })}` : ""}`;
  item.append(name);
  if (row[4]) {
    const came = document.createElement("strong");
    came.textContent = filled(words.already, { time: hour(row[4]), door: row[5] });
    item.append(came);
  } else {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.in;
    button.setAttribute("aria-label", `${words.in}: ${row[1]} ${row[0]}`);
    button.addEventListener("click", () => letIn(row[0]));
    item.append(button);
  }
  return item;
}

async function letIn(text) {
  const parts = text.trim().toUpperCase().split(":");
  const isScanned = parts.length === 3 && parts[0] === "R1";
  if (isScanned && parts[1] !== meeting) {
    const other = state.others[parts[1]];
    return say(other ? filled(words.other, { meeting: other }) : words.not_ours, "bad");
  }
  const code = (isScanned ? parts[2] : text).toUpperCase().replace(/[^0-9A-Z]/g, "");
  const row = state.rows.find((each) => each[0] === code);
  if (!row) return say(words.unknown, "bad");
  if (row[4]) return say(filled(words.already, { time: hour(row[4]), door: row[5] }), "warn");
  const door = at("[data-at]").value.trim() || "A";
  [row[4], row[5]] = [Math.floor(Date.now() / 1000), door];
  await press({ kind: "in", key: code, moment: Date.now(), persons: row[2], door });
  say(filled(words.came, { name: row[1] || code, time: hour(row[4]) }), "good");
}

async function press(made) {
  state.presses.push(made);
  await seal("presses", state.presses);
  draw();
  send();
}

async function send() {
  if (state.isSending) return;
  state.isSending = true;
  const sent = [...state.presses];
  try {
    const answer = await fetch(box.dataset.sync, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": box.dataset.token },
      body: JSON.stringify({ presses: sent, door: at("[data-at]").value.trim() || "A", device: state.device }),
    });
    if (answer.redirected || !answer.ok) throw new Error(answer.redirected || answer.status === 403 ? "signed-out" : "odd");
    const list = await answer.json();
    const keys = new Set(sent.map((each) => each.key));
    state.presses = state.presses.filter((each) => !keys.has(each.key));
    take(list);
    await seal("list", list);
    await seal("presses", state.presses);
    at("[data-network]").textContent = filled(words.sent, { time: hour(Date.now() / 1000) });
    const doubled = list.answers.filter((each) => each.result !== "in" && sent.length);
    if (doubled.length) say(doubled.map((each) => `${each.key}: ${each.words}`).join(" "), "warn");
  } catch (problem) {
    at("[data-network]").textContent = problem.message === "signed-out" ? words.sign_in : words.offline;
  }
  state.isSending = false;
  draw();
}

async function scan() {
  const video = at("video");
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return say(words.no_camera, "warn");
  }
  video.hidden = false;
  await video.play();
  let last = "";
  const look = async () => {
    const [found] = await detector.detect(video).catch(() => []);
    if (found && found.rawValue !== last) {
      last = found.rawValue;
      await letIn(last);
    }
    if (video.srcObject) setTimeout(look, 250);
  };
  look();
}

async function start() {
  state.key = await read("key");
  const keptList = state.key ? await unseal("list").catch(() => null) : null;
  if (!keptList || keptList.until * 1000 < Date.now()) {
    await Promise.all(["list", "key"].map(forget));
    state.key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    await write("key", state.key);
    await forget("presses");
  } else {
    state.presses = (await unseal("presses").catch(() => null)) || [];
    take(keptList);
  }
  state.device = (await read("device")) || crypto.randomUUID();
  await write("device", state.device);
  draw();
  await send();
  const cache = await caches.open("ratusz-door");
  const files = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((each) => each.href || each.src);
  await Promise.all([location.pathname, ...files].map((each) => cache.add(each).catch(() => {})));
  await navigator.serviceWorker?.register(box.dataset.worker, { scope: box.dataset.scope }).catch(() => {});
  box.dataset.ready = "yes";
}

at("[data-search]").addEventListener("input", draw);
at("[data-code-form]").addEventListener("submit", (event) => {
  event.preventDefault();
  letIn(at("[data-code]").value);
  at("[data-code]").value = "";
});
for (const button of box.querySelectorAll("[data-walk]")) {
  button.addEventListener("click", () =>
    press({ kind: "walk", key: crypto.randomUUID(), moment: Date.now(), group: Number(button.dataset.walk), step: 1 }),
  );
}
if ("BarcodeDetector" in window) {
  at("[data-scan]").hidden = false;
  at("[data-scan]").addEventListener("click", scan);
}
window.addEventListener("online", send);
setInterval(send, 15000);
start();
