/* The settings form in Studio: sends it, shows each message beside its field, keeps what was typed. */
(function () {
  "use strict";

  function read(form) {
    var values = { networks: [], network_texts: {} };
    form.querySelectorAll("[name]").forEach(function (field) {
      if (field.name === "network_texts") { values.network_texts[field.dataset.slug] = field.value; }
      else if (field.name === "networks") { if (field.checked) { values.networks.push(field.value); } }
      else { values[field.name] = field.type === "checkbox" ? field.checked : field.value; }
    });
    return values;
  }

  function fieldOf(form, name) {
    var parts = name.split(".");
    return form.querySelector(parts.length > 1 ? '[data-slug="' + parts[1] + '"]' : '[name="' + name + '"]');
  }

  /* Puts each sentence beside its field and goes to the first. */
  function show(form, problems) {
    var first = null;
    form.querySelectorAll("[data-referral-error]").forEach(function (place) {
      var name = place.dataset.referralError;
      var field = fieldOf(form, name);
      place.textContent = problems[name] || "";
      if (!field) { return; }
      if (problems[name]) {
        field.setAttribute("aria-invalid", "true");
        first = first || field;
      } else { field.removeAttribute("aria-invalid"); }
    });
    if (first) {
      var closed = first.closest("details");
      if (closed) { closed.open = true; }
      first.focus();
    }
  }

  function cookie(name) {
    var found = document.cookie.split("; ").filter(function (pair) { return pair.indexOf(name + "=") === 0; })[0];
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  window.ReferralStudio = function (runtime, element, args) {
    var root = element.jquery ? element[0] : element;
    var form = root.querySelector("[data-referral-form]");
    var summary = form.querySelector("[data-referral-summary]");

    form.querySelector("[data-referral-save]").disabled = false;

    function notify(name, facts) {
      if (typeof runtime.notify === "function") { runtime.notify(name, facts || {}); }
    }

    function answer(result) {
      summary.textContent = result.saved ? form.dataset.saved : form.dataset.unsaved;
      if (result.saved) { notify("save", { state: "end" }); }
      else { notify("error", { title: form.dataset.unsaved, message: "" }); }
      show(form, result.problems); // last, so that the focus stays on the first marked field
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      summary.textContent = "";
      notify("save", { state: "start" });
      fetch(runtime.handlerUrl(element, "submit_studio_edits"), {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": cookie(args.csrf_cookie) },
        body: JSON.stringify(read(form))
      }).then(function (response) {
        if (!response.ok) { throw new Error(response.status); }
        return response.json();
      }).then(answer).catch(function () {
        summary.textContent = form.dataset.failed;
        notify("error", { title: form.dataset.failed, message: "" });
      });
    });
    form.querySelector("[data-referral-cancel]").addEventListener("click", function () { notify("cancel"); });
  };
})();
