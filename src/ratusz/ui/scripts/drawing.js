// Points, lines and areas drawn on the map go into the text area as lines of "latitude, longitude"; without scripts they are typed.
const NEARER = 3, MOST = 81, STEP = 60;
for (const box of document.querySelectorAll("[data-drawing][data-west]")) start(box, document.getElementById(box.dataset.drawing));

function start(box, area) {
  const svg = box.querySelector("svg"), shape = box.querySelector("[data-shape]"), cross = box.querySelector("[data-cursor]"), said = box.querySelector("[data-said]");
  const [west, north, scale, squeeze] = ["west", "north", "scale", "squeeze"].map((name) => Number(box.dataset[name]));
  const { width, height } = svg.viewBox.baseVal, kinds = [...box.querySelectorAll("[name$=_kind]")];
  const kind = () => (kinds.find((one) => one.checked) || kinds[0]).value;
  let spots = [], cursor = { x: width / 2, y: height / 2 }, zoom = 1, left = 0, top = 0;

  const spot = (longitude, latitude) => ({ x: (longitude - west) * squeeze * scale, y: (north - latitude) * scale });
  const degrees = ({ x, y }) => `${(north - y / scale).toFixed(6)}, ${(west + x / scale / squeeze).toFixed(6)}`;
  const path = (list, close) => list.length ? "M" + list.map(({ x, y }) => `${x} ${y}`).join("L") + (close && list.length > 2 ? "Z" : "") : "";
  const dot = ({ x, y }) => { const r = 6 / zoom; return `M${x - r} ${y}L${x} ${y - r}L${x + r} ${y}L${x} ${y + r}Z`; };
  const pasted = () => {
    try {
      const found = JSON.parse(area.value), geometry = found.geometry || found.features?.[0]?.geometry || found;
      const rings = [geometry.coordinates].flat(geometry.type.startsWith("Multi") ? 1 : 0), lines = geometry.type.endsWith("Polygon") ? rings.flat() : rings;
      return lines.map((line) => path(line.map(([x, y]) => spot(x, y)), false)).join("");
    } catch { return ""; }
  };
  const draw = () => {
    const json = area.value.trim().startsWith("{");
    shape.setAttribute("d", json ? pasted() : (kind() === "point" ? "" : path(spots, kind() === "area")) + spots.map(dot).join(""));
    shape.classList.toggle("drawing__shape--area", json || kind() === "area");
    cross.setAttribute("transform", `translate(${cursor.x} ${cursor.y}) scale(${1 / zoom})`);
  };
  const read = () => {
    spots = area.value.split("\n").map((line) => line.replace(/(\d),(\d)/g, "$1.$2").match(/-?\d+(\.\d+)?/g)).filter((found) => found?.length === 2).map(([latitude, longitude]) => spot(Number(longitude), Number(latitude)));
    draw();
  };
  const write = (words) => {
    area.value = spots.map(degrees).join("\n");
    area.dispatchEvent(new Event("change", { bubbles: true }));
    said.textContent = words.replace("{number}", spots.length);
  };
  const add = (where) => {
    spots = kind() === "point" ? [where] : [...spots, where];
    cursor = where;
    write(box.dataset.added);
  };
  const back = () => { spots = spots.slice(0, -1); write(box.dataset.removed); };
  const view = () => {
    const wide = width / zoom, high = height / zoom;
    left = Math.min(Math.max(cursor.x - wide / 2, 0), width - wide);
    top = Math.min(Math.max(cursor.y - high / 2, 0), height - high);
    svg.setAttribute("viewBox", `${left} ${top} ${wide} ${high}`);
    for (const name of svg.querySelectorAll("text")) name.setAttribute("font-size", 18 / zoom), name.style.setProperty("font-size", `${18 / zoom}px`);
    draw();
  };
  const move = ([x, y]) => {
    const length = width / zoom / STEP;
    cursor = { x: Math.min(Math.max(cursor.x + x * length, 0), width), y: Math.min(Math.max(cursor.y + y * length, 0), height) };
    if (cursor.x < left || cursor.x > left + width / zoom || cursor.y < top || cursor.y > top + height / zoom) view();
    draw();
    const inside = [...svg.querySelectorAll("[data-name]")].find((one) => one.dataset.name && one.isPointInFill(new DOMPoint(cursor.x, cursor.y)));
    said.textContent = inside ? box.dataset.inside + inside.dataset.name : degrees(cursor);
  };

  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-label", svg.dataset.label);
  cross.setAttribute("visibility", "visible");
  box.querySelector("[data-deeds]").hidden = false;
  svg.addEventListener("click", (event) => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    add({ x, y });
  });
  svg.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way && !["Enter", " ", "Backspace"].includes(event.key)) return;
    event.preventDefault();
    if (way) move(way);
    else if (event.key === "Backspace") back();
    else add(cursor);
  });
  const deeds = { in: () => { zoom = Math.min(zoom * NEARER, MOST); view(); }, out: () => { zoom = 1; view(); }, back, clear: () => { spots = []; write(box.dataset.removed); } };
  for (const button of box.querySelectorAll("[data-deed]")) button.addEventListener("click", deeds[button.dataset.deed]);
  for (const one of kinds) one.addEventListener("change", () => { if (kind() === "point" && spots.length > 1) { spots = spots.slice(-1); write(box.dataset.removed); } draw(); });
  area.addEventListener("change", read);
  read();
  if (spots.length) cursor = spots[spots.length - 1], draw();
}
