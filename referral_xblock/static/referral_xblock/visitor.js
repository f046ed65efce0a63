// Tells once that a person is on the page: visible, not prerendered, and after a real movement. Without it the page works alike.
(function () {
  "use strict";
  var page = document.querySelector("[data-seen-url]");
  if (!page || !window.fetch) { return; }
  var signs = ["pointermove", "pointerdown", "keydown", "touchstart", "scroll", "wheel"];
  function notice(event) {
    if (!event.isTrusted || document.prerendering || document.visibilityState !== "visible") { return; }
    signs.forEach(function (sign) { window.removeEventListener(sign, notice, true); });
    window.fetch(page.dataset.seenUrl, {
      method: "POST",
      keepalive: true,
      credentials: "omit",
      body: new URLSearchParams({ token: page.dataset.token })
    }).catch(function () {});
  }
  signs.forEach(function (sign) { window.addEventListener(sign, notice, { capture: true, passive: true }); });
})();
