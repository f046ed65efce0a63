/* Pages of their own: the same panels, and the share sheet of the device, which works here but not inside a unit. */
(function () {
  "use strict";
  document.querySelectorAll("[data-referral-shared-url]").forEach(function (part) {
    var token = document.querySelector("input[name=csrfmiddlewaretoken]");
    function shared(channel) {
      fetch(part.dataset.referralSharedUrl, {
        method: "POST",
        credentials: "same-origin",
        keepalive: true,
        headers: { "X-CSRFToken": token ? token.value : "" },
        body: new URLSearchParams({ channel: channel })
      }).catch(function () { /* a count that got lost disturbs nobody */ });
    }
    window.ReferralPanels(part, shared);
    var button = part.querySelector("[data-referral-native]");
    if (!button || !navigator.share) { return; }
    button.parentNode.hidden = false;
    button.addEventListener("click", function () {
      var what = { title: button.dataset.title, text: button.dataset.text, url: button.dataset.address };
      navigator.share(what).then(function () { shared("native"); }, function (error) {
        if (error.name !== "AbortError") {
          part.querySelector("[data-referral-said]").textContent = button.dataset.failed;
        }
      });
    });
  });
})();
