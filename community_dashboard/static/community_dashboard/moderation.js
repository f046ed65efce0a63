/* The queue with JavaScript: a post opens beside the list, the next one is read ahead, and keys choose and confirm.
   Without it every link and button does the same as a whole page. Words come from the page, in its language. */
(function () {
  "use strict";

  const AT_ONCE = ["approve", "hide"]; // settle a post for certain: the next may be shown before the answer is there
  const OTHER_SIDE = { endorse: "unendorse", close: "reopen", pin: "unpin", silence: "lift" };
  let ahead = { url: "", html: "" };
  let chosen = null;
  let asked = 0; // how many posts were asked for: an answer that comes after a newer question is not shown
  let waiting = null; // the post that was left before its answer came

  const find = (selector, within) => (within || document).querySelector(selector);
  const queue = () => find("#queue");
  const pane = () => find("#item article");
  const rows = () => [...document.querySelectorAll("#queue-rows .queue-link")];
  const inList = () => Boolean(document.activeElement && document.activeElement.closest("#queue-rows"));
  const words = (name) => queue().dataset[name] || "";

  function hear(sentence) {
    find("#heard").textContent = "";
    setTimeout(() => { find("#heard").textContent = sentence; }, 50);
  }

  function say(sentence, url) {
    const box = document.createElement("div");
    const text = document.createElement("p");
    box.className = "community-done queue-wrong";
    text.textContent = `${sentence} `;
    if (url) {
      const link = document.createElement("a");
      link.href = url;
      link.textContent = words("back");
      text.append(link);
    }
    box.append(text);
    find("#said").replaceChildren(box);
  }

  async function read(url, early) {
    const address = new URL(url, location.href);
    if (early) address.searchParams.set("ahead", "yes");
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return answer.text();
  }

  async function readAhead() {
    const url = pane() && pane().dataset.following;
    if (!url || ahead.url === url) return;
    ahead = { url: "", html: "" };
    try {
      const html = await read(url, true);
      if (pane() && pane().dataset.following === url) ahead = { url, html };
    } catch { /* the next post is then read when it is wanted */ }
  }

  function leave() {
    if (chosen) chosen.removeAttribute("data-chosen");
    chosen = null;
  }

  /* After another post came into the pane, however it came. */
  function opened(intoList) {
    leave();
    find("#heard").textContent = "";
    const post = pane();
    queue().classList.toggle("queue-open", Boolean(post));
    find(".queue-above").classList.toggle("queue-above-open", Boolean(post));
    for (const link of rows()) {
      if (post && link.dataset.post === post.dataset.post) {
        link.setAttribute("aria-current", "true");
        if (intoList) link.focus();
      } else {
        link.removeAttribute("aria-current");
      }
    }
    const url = find("#item [data-url]") && find("#item [data-url]").dataset.url;
    if (url && new URL(url, location.href).href !== location.href) history.pushState({ queue: true }, "", url);
    if (intoList && !inList() && rows().length) rows()[0].focus();
    if (post && !inList()) find("#item-title").focus();
    find(".queue-desk").scrollTop = 0;
    readAhead();
  }

  function put(html, intoList) {
    htmx.swap("#item", html, { swapStyle: "innerHTML" });
    opened(intoList);
  }

  async function open(url, intoList) {
    const mine = ++asked;
    try {
      const same = ahead.html && new URL(ahead.url, location.href).href === new URL(url, location.href).href;
      const html = same ? ahead.html : await read(url, false);
      if (mine !== asked) return;
      put(html, intoList);
      find("#said").replaceChildren();
    } catch {
      if (mine === asked) location.assign(url);
    }
  }

  function move(step) {
    const links = rows();
    const at = links.indexOf(document.activeElement.closest(".queue-link"));
    const link = links[at + step];
    if (!link) { hear(words("end")); return; }
    link.focus();
    open(link.href, true);
  }

  function choose(act) {
    leave();
    const link = document.activeElement.closest(".queue-link");
    if (act === "undo") {
      mark(find(".queue-undo button"));
    } else if (!pane() || !link || link.dataset.post !== pane().dataset.post) {
      hear(words("first"));
    } else {
      const offer = (name) => name && find(`[data-choice="${name}"]`, find(".queue-decide") || document.createElement("p"));
      const found = offer(act) || offer(OTHER_SIDE[act]);
      if (found && found.matches("details")) {
        found.open = true;
        if (found.dataset.quick) mark(find("button", found));
        else find("input:not([type=hidden]), textarea, select", found).focus();
      } else {
        mark(found);
      }
    }
  }

  function mark(button) {
    if (!button) { hear(words("not")); return; }
    chosen = button;
    chosen.setAttribute("data-chosen", "");
    chosen.scrollIntoView({ block: "nearest" });
    hear(words("confirm").replace("%", chosen.textContent.trim()));
  }

  function keys() {
    const told = (find("#queue-rows") && find("#queue-rows").dataset.keys || "").split(" ");
    const acts = {};
    for (let at = 0; at + 1 < told.length; at += 2) acts[told[at + 1]] = told[at];
    return acts;
  }

  document.addEventListener("keydown", (event) => {
    if (!inList() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const act = keys()[event.key];
    if (event.key === "Enter" && chosen) {
      const button = chosen;
      event.preventDefault();
      leave();
      button.click();
    } else if (event.key === "Escape" && chosen) {
      leave();
      hear(words("left"));
    } else if (act) {
      event.preventDefault();
      if (act === "next" || act === "previous") move(act === "next" ? 1 : -1);
      else if (act === "help") find("#keys-shown").showModal();
      else choose(act);
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".queue-link, .queue-next a, .queue-start");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link.href, false);
  });

  /* What is sent: where the keys are, and the post that is shown already. */
  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.target.closest(".queue-decide form, .queue-undo");
    if (!form) return;
    waiting = { intoList: inList(), url: location.href, there: false };
    const choice = event.detail.parameters.choice;
    if (AT_ONCE.includes(choice) && ahead.html && pane().dataset.state === "open") {
      const page = document.createElement("template");
      page.innerHTML = ahead.html;
      event.detail.parameters.shown = find("article", page.content).dataset.post;
      waiting.there = true;
    }
  });
  document.addEventListener("htmx:beforeSend", (event) => {
    if (!waiting || !waiting.there || !event.target.closest(".queue-decide form")) return;
    const html = ahead.html;
    setTimeout(() => put(html, waiting && waiting.intoList), 0);
  });
  /* A page that nobody looks at asks nothing. */
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.target.closest("[data-quiet]")) event.preventDefault();
  });
  /* Nor does it leave by itself for the sign-in page, with words that somebody was writing. */
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status === 401 && event.target.closest("[data-quiet], #claim")) event.preventDefault();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!waiting || !/\/(decide|undo)\/$/.test(event.detail.pathInfo.requestPath)) return;
    const { intoList, url, there } = waiting;
    waiting = null;
    if (event.detail.successful) {
      const came = pane() && pane().dataset.post;
      setTimeout(() => { if (!there || !came || !inList()) opened(intoList); else readAhead(); }, 0);
    } else if (event.detail.xhr.status !== 400 && event.detail.xhr.status !== 409) {
      say(words("failed"), there ? url : "");
    }
  });

  /* A kept reply comes as it would be sent, before what somebody has written already, in the place of the one chosen before. */
  document.addEventListener("change", async (event) => {
    const select = event.target.closest("select[data-words]");
    if (!select) return;
    const field = find("textarea", select.form);
    const number = select.value;
    let text = "";
    let wrong = "";
    if (number) {
      try {
        const answer = await fetch(`${select.dataset.words}?canned=${number}`, { credentials: "same-origin" });
        const said = (await answer.text()).replace(/\r\n?/g, "\n");
        if (answer.status === 409) wrong = said;
        else if (answer.ok && !answer.redirected) text = said;
        else wrong = words("failed");
      } catch { wrong = words("failed"); }
    }
    if (select.value !== number) return;
    const before = field.added && field.value.startsWith(field.added) ? field.added : "";
    const own = before ? field.value.slice(before.length).replace(/^\n\n/, "") : field.value;
    field.value = text && own ? `${text}\n\n${own}` : text || own;
    field.added = text;
    find("[name=filled]", select.form).value = text ? "yes" : "";
    if (wrong) say(wrong, "");
    else if (text) hear(words("filled"));
  });

  window.addEventListener("popstate", () => { if (queue()) location.reload(); });

  /* Who goes lets go, unless a newer page of the same person holds the post. */
  window.addEventListener("pagehide", () => {
    const held = find("#claim [data-until]");
    const token = find("#item [name=csrfmiddlewaretoken]");
    if (!held || !token) return;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token.value);
    body.set("until", held.dataset.until);
    navigator.sendBeacon(words("letGo"), body);
  });

  if (queue()) {
    window.addEventListener("load", () => {
      if (pane()) {
        readAhead();
        if (matchMedia("(min-width: 60rem)").matches) return;
        find("#item-title").scrollIntoView();
      }
    });
  }
})();
