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

  /* Puts each sentence beside its field; returns the first of these fields. */
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
    }
    return first;
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

    /* Studio takes its "Saving" away only for an error that has a title and a message. */
    function refuse(sentence, detail) {
      summary.textContent = sentence;
      notify("error", { title: sentence, message: detail || sentence });
    }

    function answer(result) {
      var first = show(form, result.problems);
      if (result.saved) {
        summary.textContent = form.dataset.saved;
        notify("save", { state: "end" });
      } else { refuse(form.dataset.unsaved, Object.values(result.problems)[0]); }
      if (first) { first.focus(); } // last: what Studio shows may take the focus
    }

    /* The press and not the sending of the form: the library's editor keeps the form from being sent. Enter presses it too. */
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.querySelector("[data-referral-save]").addEventListener("click", function (event) {
      event.preventDefault();
      summary.textContent = "";
      notify("save", { state: "start" });
      fetch(runtime.handlerUrl(element, "submit_studio_edits"), {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": cookie(args.csrf_cookie) },
        body: JSON.stringify(read(form))
      }).then(function (response) {
        if (response.status === 403 || response.redirected) { refuse(form.dataset.refused); return null; }
        if (!response.ok) { throw new Error(response.status); }
        return response.json().then(answer);
      }).catch(function () { refuse(form.dataset.failed); });
    });
    form.querySelector("[data-referral-cancel]").addEventListener("click", function () { notify("cancel"); });
  };
})();
