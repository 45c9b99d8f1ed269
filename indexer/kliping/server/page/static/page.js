// What the page does beyond its links and forms. Without this all of it works, only less handily.
"use strict";

const box = document.querySelector("#q");
const said = document.querySelector("#said");
for (const each of document.querySelectorAll(".keys, .hint")) each.hidden = false;

function attributes(element, values) {
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  return element;
}

function element(name, text, values = {}) {
  const made = attributes(document.createElement(name), values);
  made.textContent = text;
  return made;
}

// Suggestions below the box: a listbox that the arrows walk through.
class Suggestions {
  constructor(box) {
    this.box = box;
    this.words = box.parentElement.dataset;
    this.asked = null;
    this.chosen = -1;
    this.typed = box.value;
    this.list = element("ul", "", {
      id: "options", class: "options", role: "listbox", "aria-label": this.words.suggestions,
    });
    this.list.hidden = true;
    box.parentElement.append(this.list);
    attributes(box, {
      role: "combobox", "aria-autocomplete": "list", "aria-controls": "options",
      "aria-expanded": "false",
    });
    box.addEventListener("input", () => this.ask());
    box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    box.addEventListener("keydown", (event) => this.obey(event));
    box.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("pointerdown", (event) => this.take(event));
  }

  close() {
    this.asked?.abort();
    this.list.hidden = true;
    this.chosen = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }

  async ask() {
    this.asked?.abort();
    this.asked = new AbortController();
    this.typed = this.box.value;
    if (this.typed.trim().length < 2) return this.close();
    const { signal } = this.asked;
    try {
      await new Promise((done) => setTimeout(done, 120));
      if (signal.aborted) return;
      const query = new URLSearchParams({ q: this.typed.slice(-200), limit: "8" });
      const answer = await fetch(`/api/suggest?${query}`, { signal });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(suggestions) {
    this.list.replaceChildren(...suggestions.map((each, at) => {
      const row = element("li", "", {
        id: `option-${at}`, role: "option", "aria-selected": "false", "data-text": each.text,
      });
      row.append(element("bdi", each.text), element("span", String(each.articles)));
      return row;
    }));
    this.chosen = -1;
    this.list.hidden = suggestions.length === 0;
    this.box.setAttribute("aria-expanded", String(!this.list.hidden));
    const [one, many] = this.words.suggested.split("|");
    const text = suggestions.length === 1 ? one : many ?? one;
    said.textContent = this.list.hidden ? "" : text.replace("{n}", String(suggestions.length));
  }

  choose(next) {
    const rows = [...this.list.children];
    this.chosen = next < -1 ? rows.length - 1 : next < rows.length ? next : -1;
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === this.chosen)));
    const row = rows[this.chosen];
    this.box.value = row?.dataset.text ?? this.typed;
    if (row) this.box.setAttribute("aria-activedescendant", row.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  obey(event) {
    if (this.list.hidden) return;
    if (event.key === "ArrowDown") this.choose(this.chosen + 1);
    else if (event.key === "ArrowUp") this.choose(this.chosen - 1);
    else if (event.key === "Escape") {
      this.box.value = this.typed;
      this.close();
    } else return;
    event.preventDefault();
  }

  take(event) {
    const row = event.target.closest("[role=option]");
    if (!row) return;
    event.preventDefault();
    this.box.value = row.dataset.text;
    this.box.form.requestSubmit();
  }
}

// Says that the search is under way; gone back to, the page is as it was left.
function busy(form) {
  form.addEventListener("submit", () => {
    said.textContent = form.dataset.searching;
    form.setAttribute("aria-busy", "true");
  });
  addEventListener("pageshow", () => form.removeAttribute("aria-busy"));
}

// A press on one bar and a release on another choose the time between.
function draggable(chart) {
  const bars = [...chart.querySelectorAll("a")];
  let from = null;
  const at = (event) => {
    const edge = chart.getBoundingClientRect();
    const place = Math.floor(((event.clientX - edge.left) / edge.width) * bars.length);
    return Math.max(0, Math.min(bars.length - 1, place));
  };
  const paint = (first, last) => bars.forEach((bar, number) =>
    bar.classList.toggle("chosen", first !== null && number >= first && number <= last));

  chart.addEventListener("dragstart", (event) => event.preventDefault());
  chart.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary) from = at(event);
  });
  chart.addEventListener("pointermove", (event) => {
    if (from !== null && at(event) !== from) {
      chart.setPointerCapture(event.pointerId);
      paint(Math.min(from, at(event)), Math.max(from, at(event)));
    }
  });
  chart.addEventListener("pointerup", (event) => {
    const [first, last] = [Math.min(from, at(event)), Math.max(from, at(event))];
    const dragged = from !== null && first !== last;
    from = null;
    if (!dragged) return;
    const address = new URL(chart.dataset.home, location.href);
    address.searchParams.set("since", bars[first].dataset.since);
    address.searchParams.set("until", bars[last].dataset.until);
    location.assign(address);
  });
  chart.addEventListener("pointercancel", () => {
    from = null;
    paint(null);
  });
}

// Keys: / to the box, j and k through hits or lit sentences, o to open.
function keys() {
  const places = [...document.querySelectorAll(".hit h2 a, .text .lit")];
  const on = document.querySelector("#keys-on");
  let now = -1;
  try {
    on.checked = localStorage.getItem("keys") !== "off";
    on.addEventListener("change", () => localStorage.setItem("keys", on.checked ? "on" : "off"));
  } catch {
    // Where nothing may be kept, the choice holds for this page.
  }

  function go(step) {
    const next = places[Math.max(0, Math.min(places.length - 1, now + step))];
    if (!next) return;
    places[now]?.classList.remove("now");
    now = places.indexOf(next);
    next.classList.add("now");
    if (next.tagName !== "A") next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (!on.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      box.focus();
      box.select();
    } else if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "o" && places[now]?.href) location.assign(places[now].href);
    else return;
    event.preventDefault();
  });
}

new Suggestions(box);
busy(box.form);
keys();
document.querySelectorAll(".histogram svg").forEach(draggable);
