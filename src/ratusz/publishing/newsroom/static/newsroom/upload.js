// Shows how much of the files has gone; without it the form is sent as any other.
(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form || !window.XMLHttpRequest) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const bar = document.createElement("progress");
    const words = document.createElement("p");
    bar.max = 1;
    words.setAttribute("role", "status");
    words.textContent = form.dataset.words;
    form.append(words, bar);
    form.querySelector("button[type=submit]").disabled = true;
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (sent) => { if (sent.lengthComputable) bar.value = sent.loaded / sent.total; });
    request.addEventListener("load", () => {
      if (request.status < 400) { window.location.assign(request.responseURL); return; }
      const page = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("form[data-upload]");
      if (!page) { form.submit(); return; }
      // The files chosen stay in their field; only what the answer says about the others is taken over.
      const files = form.querySelector("input[type=file][multiple]");
      const fresh = page.querySelector("input[type=file][multiple]");
      if (files && fresh) fresh.replaceWith(files);
      form.replaceChildren(...page.childNodes);
      (form.querySelector("[aria-invalid=true], .w-field--error input, .help-critical") || form).scrollIntoView();
    });
    request.addEventListener("error", () => form.submit());
    request.open("POST", form.action || window.location.href);
    request.send(new FormData(form));
  });
})();
