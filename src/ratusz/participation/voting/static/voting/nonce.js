// A random of the voter's own device goes into the sealed ballot beside the server's. Without scripts the server's alone is there.
for (const field of document.querySelectorAll("[data-nonce]")) {
  field.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
