// Keeps the page of the door when there is no network: the phone has put it into the cache by itself, here it is only read.
// The kept page answers whatever language the phone asks in: the server says that pages vary by it, and there is only one.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || event.request.url.endsWith(".json")) return;
  event.respondWith(
    fetch(event.request).catch(async () => (await caches.match(event.request, { ignoreSearch: true, ignoreVary: true })) || Response.error()),
  );
});
