"use strict";
(function () {
  const notes = Array.from(document.querySelectorAll(".note[data-n]"));
  if (!notes.length) return;
  document.documentElement.classList.add("scripted");

  const byId = (id) => document.getElementById(id);
  const position = byId("position");
  const numberOf = (note) => Number(note.dataset.n);
  let current = null; // the note that was gone to last
  let openedHere = null; // details that this script opened, and closes again

  // What stands in the text for each finding: its marks, its signs, and source that a reader does not see.
  const inText = new Map();
  for (const element of document.querySelectorAll("mark[data-n], .sign[data-n], .unseen[data-n]")) {
    for (const number of element.dataset.n.split(" ")) {
      const known = inText.get(Number(number));
      if (known) known.push(element);
      else inText.set(Number(number), [element]);
    }
  }

  function light(note, on) {
    for (const element of inText.get(numberOf(note)) || []) element.classList.toggle("lit", on);
  }

  const shown = () => notes.filter((note) => !note.hidden);

  function tell() {
    const visible = shown();
    const at = visible.indexOf(current);
    const all = notes.length.toLocaleString("en");
    const some = visible.length.toLocaleString("en");
    const of = visible.length === notes.length ? all : some + " shown, " + all;
    if (at >= 0) position.textContent = (at + 1).toLocaleString("en") + " of " + of;
    else position.textContent = of + (notes.length === 1 ? " finding" : " findings");
  }

  function select(note) {
    if (current && current !== note) {
      current.classList.remove("current");
      light(current, false);
    }
    current = note;
    if (note) {
      note.classList.add("current");
      light(note, true);
    }
    tell();
  }

  function open(note) {
    const details = note.querySelector("details");
    if (openedHere && openedHere !== details) openedHere.open = false;
    if (!details.open) {
      details.open = true;
      openedHere = details;
    }
  }

  function bring(element) {
    const box = element.getBoundingClientRect();
    const bar = 64;
    if (box.top < bar || box.bottom > window.innerHeight - 24) {
      const higher = box.height > window.innerHeight - bar;
      element.scrollIntoView({ block: higher ? "start" : "center" });
    }
  }

  function goTo(note) {
    select(note);
    open(note);
    note.querySelector("summary").focus({ preventScroll: true });
    bring(note);
    // Rows that were not laid out yet have had an estimated height until now: look again.
    requestAnimationFrame(() => bring(note));
  }

  // The first note at or below the upper edge of the window; notes follow each other down the page.
  function firstBelow(list) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].getBoundingClientRect().bottom < 64) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function step(by) {
    const list = shown();
    if (!list.length) return;
    const box = current && !current.hidden ? current.getBoundingClientRect() : null;
    let at;
    if (box && box.bottom > 0 && box.top < window.innerHeight) at = list.indexOf(current) + by;
    else at = by > 0 ? firstBelow(list) : firstBelow(list) - 1;
    goTo(list[(at + list.length) % list.length]);
  }

  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));

  function toText(note) {
    const sign = byId("m" + note.dataset.n);
    if (!sign) return;
    select(note);
    sign.focus({ preventScroll: true });
    bring(sign);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !byId("keys").checked) return;
    const target = event.target;
    if (target instanceof HTMLInputElement && target.type !== "checkbox") return;
    if (event.key === "n" || event.key === "j") step(1);
    else if (event.key === "p" || event.key === "k") step(-1);
    else if (event.key === "t" && current) toText(current);
    else if (event.key === "Escape") {
      if (byId("filter").open) {
        byId("filter").open = false;
        byId("filter").querySelector("summary").focus();
      } else if (current) current.querySelector("details").open = false;
      else return;
    } else return;
    event.preventDefault();
  });

  // A sign in the text leads to its note; a note that is opened lights its marks.
  document.addEventListener("click", (event) => {
    const element = event.target instanceof Element ? event.target : null;
    if (!element) return;
    const sign = element.closest(".sign, mark[data-n], .unseen[data-n]");
    if (sign) {
      const note = byId("f" + sign.dataset.n.split(" ")[0]);
      if (note && !note.hidden && !String(window.getSelection())) {
        event.preventDefault();
        goTo(note);
      }
      return;
    }
    const summary = element.closest(".note summary");
    if (summary) select(summary.closest(".note"));
  });

  function fromAddress() {
    const named = /^#f(\d+)$/.exec(location.hash);
    const note = named && byId("f" + named[1]);
    if (note) goTo(note);
  }
  window.addEventListener("hashchange", fromAddress);

  // The filter.
  const form = document.querySelector("#filter form");
  const groups = Array.from(form.querySelectorAll("[data-filter]"));

  function filter() {
    const wanted = groups.map((group) => [
      group.dataset.filter,
      new Set(Array.from(group.querySelectorAll("input:checked"), (box) => box.value)),
    ]);
    for (const note of notes) note.hidden = !wanted.every(([what, values]) => values.has(note.dataset[what]));
    const visible = new Set(shown().map(numberOf));
    for (const elements of inText.values()) {
      for (const element of elements) {
        element.classList.toggle("off", !element.dataset.n.split(" ").some((number) => visible.has(Number(number))));
      }
    }
    if (current && current.hidden) select(null);
    tell();
  }

  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("all").addEventListener("click", () => {
    for (const box of form.querySelectorAll("input")) box.checked = true;
    filter();
  });
  byId("no-rules").addEventListener("click", () => {
    for (const box of form.querySelectorAll("[data-filter=rule] input")) box.checked = false;
    filter();
  });

  // On paper every note is open.
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = notes.map((note) => note.querySelector("details")).filter((details) => !details.open);
    for (const details of closed) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });

  filter();
  fromAddress();
})();
