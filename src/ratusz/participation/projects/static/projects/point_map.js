// A point chosen on the drawn map goes into the field of the form. Without scripts the field is typed, and this map is not shown.
const NEARER = 3, MOST = 27, STEP = 60;

for (const box of document.querySelectorAll("[data-point-map]")) start(box, document.getElementById(box.dataset.field));

function start(box, field) {
  const svg = box.querySelector("svg"), mark = box.querySelector("[data-mark]"), said = box.querySelector("[data-said]");
  const { west, north, scale, squeeze } = Object.fromEntries(["west", "north", "scale", "squeeze"].map((name) => [name, Number(box.dataset[name])]));
  const whole = { x: 0, y: 0, width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  let spot = null, zoom = 1;
  box.hidden = false;
  mark.setAttribute("visibility", "hidden");

  const read = () => {
    const numbers = field.value.replace(/(\d),(\d)/g, "$1.$2").match(/-?\d+(\.\d+)?/g);
    if (!numbers || numbers.length !== 2) return;
    const [latitude, longitude] = numbers.map(Number);
    put({ x: (longitude - west) * squeeze * scale, y: (north - latitude) * scale });
  };
  const put = (where) => {
    spot = where;
    mark.setAttribute("transform", `translate(${spot.x} ${spot.y}) scale(${1 / zoom})`);
    mark.setAttribute("visibility", "visible");
    const point = new DOMPoint(spot.x, spot.y);
    const inside = [...svg.querySelectorAll("path")].find((path) => path.isPointInFill(point));
    said.textContent = inside ? (inside.dataset.name ? box.dataset.inside + inside.dataset.name : box.dataset.city) : box.dataset.outside;
  };
  const write = () => {
    field.value = `${(north - spot.y / scale).toFixed(5)}, ${(west + spot.x / scale / squeeze).toFixed(5)}`;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const view = () => {
    const width = whole.width / zoom, height = whole.height / zoom, middle = spot || { x: whole.width / 2, y: whole.height / 2 };
    const x = Math.min(Math.max(middle.x - width / 2, 0), whole.width - width);
    const y = Math.min(Math.max(middle.y - height / 2, 0), whole.height - height);
    svg.setAttribute("viewBox", zoom === 1 ? `0 0 ${whole.width} ${whole.height}` : `${x} ${y} ${width} ${height}`);
    for (const name of svg.querySelectorAll("text")) name.style.setProperty("font-size", `${18 / zoom}px`);
    if (spot) put(spot);
  };

  svg.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    put({ x: point.x, y: point.y });
    write();
  });
  svg.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const from = spot || { x: whole.width / 2, y: whole.height / 2 }, length = whole.width / zoom / STEP;
    put({ x: from.x + way[0] * length, y: from.y + way[1] * length });
    write();
  });
  for (const button of box.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      zoom = button.dataset.zoom === "in" ? Math.min(zoom * NEARER, MOST) : 1;
      view();
    });
  }
  field.addEventListener("change", read);
  read();
}
