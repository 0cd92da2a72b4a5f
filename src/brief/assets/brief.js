// Links the article with what was found in it: what is hovered, focused or tapped on one side lights up on the other.
(() => {
  "use strict";
  const narrow = matchMedia("(max-width: 61.99rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const sheet = document.querySelector(".sheet");
  const status = document.querySelector("#status");
  const indexes = new Map();  // story -> id -> elements
  let lit = [];
  let pinned = null;

  const words = (text) => (text ? text.split(" ").filter(Boolean) : []);

  function indexOf(story) {
    if (!indexes.has(story)) {
      const index = new Map();
      for (const element of story.querySelectorAll("[data-ids]")) {
        for (const id of words(element.dataset.ids)) {
          if (!index.has(id)) index.set(id, []);
          index.get(id).push(element);
        }
      }
      indexes.set(story, index);
    }
    return indexes.get(story);
  }

  function clear() {
    for (const element of lit) element.classList.remove("on", "near");
    lit = [];
  }

  function light(source) {
    clear();
    const story = source.closest(".story");
    const index = indexOf(story);
    for (const id of words(source.dataset.ids)) {
      for (const element of index.get(id) || []) {
        element.classList.add("on");
        lit.push(element);
        for (const number of words(element.dataset.sentences)) {
          const sentences = story.querySelectorAll(`[data-sentence="${number}"]`);
          for (const sentence of sentences) {
            sentence.classList.add("near");
            lit.push(sentence);
          }
        }
      }
    }
  }

  function marksOf(source) {
    return lit.filter((element) => element.matches(".m") && element.closest(".story") === source.closest(".story"));
  }

  function foundOf(source) {
    return lit.filter((element) => element.matches(".found") && element.closest(".story") === source.closest(".story"));
  }

  // Brings the first mark into the article's pane, without moving the page.
  function revealMark(source) {
    const mark = marksOf(source)[0];
    const pane = mark && mark.closest(".text");
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const box = pane.getBoundingClientRect();
    const at = mark.getBoundingClientRect();
    if (at.top >= box.top + 40 && at.bottom <= box.bottom - 40) return;
    pane.scrollBy({ top: at.top - box.top - pane.clientHeight / 3, behavior: calm.matches ? "auto" : "smooth" });
  }

  function go(element) {
    element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    if (!element.hasAttribute("tabindex") && !element.matches("a")) element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
  }

  function closeSheet() {
    if (sheet) sheet.hidden = true;
  }

  function openSheet(found) {
    const list = sheet.querySelector("ul");
    list.replaceChildren();
    for (const element of found.slice(0, 4)) {
      const item = document.createElement("li");
      const kinds = ["found", "finding", "said", "step", "fault", "on"];
      item.classList.add(...[...element.classList].filter((name) => !kinds.includes(name)));
      const brief = element.querySelector(".short") || element;
      for (const node of brief.childNodes) item.append(node.cloneNode(true));
      for (const link of item.querySelectorAll(".to")) link.remove();
      const link = document.createElement("a");
      link.href = "#" + element.id;
      link.textContent = "more";
      link.addEventListener("click", (event) => {
        event.preventDefault();
        closeSheet();
        go(element);
      });
      item.append(" ", link);
      list.append(item);
    }
    sheet.hidden = list.children.length === 0;
  }

  function pin(source) {
    pinned = source;
    light(source);
    const marks = new Set(marksOf(source).flatMap((mark) => words(mark.dataset.ids)));
    status.textContent = source.matches(".m")
      ? `Lit: ${foundOf(source).map((found) => found.querySelector(".short, th")?.textContent || found.textContent).slice(0, 3).join("; ")}`
      : marks.size ? "Lit in the article." : "Stands nowhere in the article.";
  }

  document.addEventListener("mouseover", (event) => {
    const source = event.target.closest("[data-ids]");
    if (source) {
      light(source);
      if (!source.matches(".m")) revealMark(source);
    } else if (pinned) {
      light(pinned);
    } else {
      clear();
    }
  });

  document.addEventListener("focusin", (event) => {
    const source = event.target.closest("[data-ids]");
    if (!source) return;
    light(source);
    if (!source.matches(".m")) revealMark(source);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const source = event.target.closest("[data-ids]");
    if (!source || (link && !link.getAttribute("href").startsWith("#"))) {
      if (!source && !event.target.closest(".sheet")) {
        pinned = null;
        clear();
        closeSheet();
      }
      return;
    }
    pin(source);
    if (source.matches(".m")) {
      const found = foundOf(source);
      event.preventDefault();
      if (narrow.matches) {
        openSheet(found);
      } else if (found.length) {
        const wanted = link && link.matches(".m") ? document.getElementById(link.getAttribute("href").slice(1)) : found[0];
        go(wanted || found[0]);
      }
    } else if (link && link.matches(".to")) {
      const target = document.getElementById(link.getAttribute("href").slice(1));
      if (target) {
        event.preventDefault();
        go(target);
        pin(source);
      }
    } else {
      revealMark(source);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    pinned = null;
    clear();
    closeSheet();
  });

  sheet.querySelector("button").addEventListener("click", closeSheet);
})();
