// A place to write and paste instead of the plain field: headings, lists and pictures of pasted text stay, everything else is
// left to the server, which cleans it. Without this script the plain field does the same with marks.
const form = document.querySelector("form[data-editing]");
const plain = form?.querySelector("#id_text");
const hidden = form?.querySelector("#id_html");
const start = form?.querySelector("template[data-editing-start]");

if (form && plain && hidden && start) {
  const words = form.dataset;
  const paper = document.createElement("div");
  paper.className = "editing-paper";
  paper.contentEditable = "true";
  paper.id = "editing-paper";
  paper.setAttribute("role", "textbox");
  paper.setAttribute("aria-multiline", "true");
  const label = document.querySelector(`label[for="${plain.id}"]`);
  if (label) {
    label.id ||= "editing-paper-label";
    paper.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => paper.focus());
  }
  // The server has cleaned this text; it comes escaped inside the template, so it is parsed here.
  const given = new DOMParser().parseFromString(start.content.textContent, "text/html");
  paper.append(...given.body.childNodes);
  if (!paper.childNodes.length) paper.append(document.createElement("p"));

  const tools = document.createElement("div");
  tools.className = "editing-tools";
  tools.setAttribute("role", "toolbar");
  const deeds = [
    [words.heading, () => document.execCommand("formatBlock", false, "h2")],
    [words.text, () => document.execCommand("formatBlock", false, "p")],
    [words.bold, () => document.execCommand("bold")],
    [words.list, () => document.execCommand("insertUnorderedList")],
    [words.numbers, () => document.execCommand("insertOrderedList")],
  ];
  for (const [name, act] of deeds) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = name;
    button.addEventListener("click", () => { paper.focus(); act(); });
    tools.append(button);
  }
  plain.hidden = true;
  plain.before(tools, paper);
  document.execCommand("defaultParagraphSeparator", false, "p");

  // A finding leads to the field that this place stands for, which is hidden. The browser looks for it once more when all of
  // the page is there, and takes the focus away with that: hence after it.
  const comeTo = () => {
    if (window.location.hash !== `#${plain.id}`) return;
    window.setTimeout(() => {
      paper.focus({ preventScroll: true });
      (label ?? tools).scrollIntoView({ block: "start" });
    });
  };
  if (document.readyState === "complete") comeTo();
  else window.addEventListener("load", comeTo);
  window.addEventListener("hashchange", comeTo);

  const pictures = form.querySelector("#id_pictures");
  const pasted = form.querySelector("#id_pasted");
  const alone = new DataTransfer();
  const within = new DataTransfer();

  // A picture written into the text travels as a file too, and leaves its number in its place.
  function apart(image) {
    const [head, content] = image.src.split(",", 2);
    const kind = /^data:(image\/[a-z+.-]+);base64$/i.exec(head)?.[1];
    if (!kind || !pasted) return;
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    within.items.add(new File([bytes], `obrazek-${within.items.length + 1}`, { type: kind }));
    pasted.files = within.files;
    image.setAttribute("src", `pasted:${within.items.length - 1}`);
  }

  // Pictures on the clipboard travel as files: text fields of a form have a limit of size.
  paper.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    const html = event.clipboardData?.getData("text/html");
    if (!html && files.length && pictures) {
      event.preventDefault();
      for (const file of files) alone.items.add(file);
      pictures.files = alone.files;
      return;
    }
    if (!html) return;
    event.preventDefault();
    // Styles under another name: the page's policy refuses them even in a document that is never shown. The server knows Word's
    // lists by them.
    const plainer = html.replace(/<style[\s\S]*?<\/style\s*>/gi, "").replace(/(\s)style(\s*=)/gi, "$1data-style$2");
    const text = new DOMParser().parseFromString(plainer, "text/html");
    for (const element of text.querySelectorAll("script, style, meta, link, title, xml")) element.remove();
    for (const element of text.body.querySelectorAll("*")) {
      for (const { name } of [...element.attributes]) if (name.startsWith("on")) element.removeAttribute(name);
    }
    for (const image of text.body.querySelectorAll("img[src^='data:']")) apart(image);
    document.execCommand("insertHTML", false, text.body.innerHTML);
  });

  let left = paper.innerHTML;
  form.addEventListener("submit", () => {
    hidden.value = paper.innerHTML;
    left = paper.innerHTML;
  });
  window.addEventListener("beforeunload", (event) => {
    if (paper.innerHTML !== left) event.preventDefault();
  });
}
