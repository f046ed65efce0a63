/* The share panel in the browser: copying, and telling the platform once what was shown and shared.
   Everything else works without this file. */
(function () {
  "use strict";

  /* Makes the panels inside `root` copy; calls `shared(channel)` after each way that only this file can see. */
  function panels(root, shared) {
    root.querySelectorAll("[data-referral-copy]").forEach(function (button) {
      var panel = button.closest(".referral-panel");
      var address = panel.querySelector("[data-referral-address]");
      var said = panel.querySelector("[data-referral-said]");
      function answer(done) {
        said.textContent = done ? button.dataset.done : button.dataset.failed;
        if (done) { button.focus(); shared("copy"); } else { address.focus(); address.select(); }
      }
      function copyTheOldWay() {
        address.select();
        var done = false;
        try { done = document.execCommand("copy"); } catch (error) { done = false; }
        answer(done);
      }
      button.hidden = false;
      button.addEventListener("click", function () {
        said.textContent = "";
        if (navigator.clipboard && window.isSecureContext) {
          navigator.clipboard.writeText(address.value).then(function () { answer(true); }, copyTheOldWay);
        } else { copyTheOldWay(); }
      });
      address.addEventListener("focus", function () { address.select(); });
    });
    root.querySelectorAll("[data-referral-channel]").forEach(function (link) {
      link.addEventListener("click", function () { shared(link.dataset.referralChannel); });
    });
  }

  function cookie(name) {
    var found = document.cookie.split("; ").filter(function (pair) { return pair.indexOf(name + "=") === 0; })[0];
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  /* Calls `work` once, when half of `element` was in view; a taller one than the window, when it fills the window. In a frame
     of another host the browser does not say how tall the window is: half of the device's screen is enough there. */
  function onceSeen(element, work) {
    if (!element || !("IntersectionObserver" in window)) { return; }
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        var enough = entry.rootBounds ? entry.rootBounds.height * 0.9 : window.screen.height * 0.5;
        if (entry.intersectionRatio >= 0.5 || entry.intersectionRect.height >= enough) {
          observer.disconnect();
          work();
        }
      });
    }, { threshold: [0.1, 0.2, 0.3, 0.4, 0.5] });
    observer.observe(element);
  }

  window.ReferralPanels = panels;
  /* In Studio the panel copies as well, and nothing is counted. */
  window.ReferralPreview = function (runtime, element) {
    panels(element.jquery ? element[0] : element, function () {});
  };
  window.ReferralXBlock = function (runtime, element, args) {
    var root = element.jquery ? element[0] : element;
    function tell(handler, facts) {
      fetch(runtime.handlerUrl(element, handler), {
        method: "POST",
        credentials: "same-origin",
        keepalive: true,
        headers: { "Content-Type": "application/json", "X-CSRFToken": cookie(args.csrf_cookie) },
        body: JSON.stringify(facts)
      }).catch(function () { /* a count that got lost disturbs nobody */ });
    }
    panels(root, function (channel) { tell("shared", { channel: channel }); });
    onceSeen(root.querySelector("[data-referral-watch]"), function () { tell("shown", {}); });
  };
})();
