// What the page does beyond its links and forms. Without this all of it works, only less handily.
"use strict";

const box = document.querySelector("#q");
const said = document.querySelector("#said");
for (const each of document.querySelectorAll(".keys, .hint")) each.hidden = false;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Suggestions below the box: a listbox that the arrows walk through.
function suggest(box) {
  const home = box.parentElement;
  const options = element("ul", "", {
    id: "options", class: "options", role: "listbox", "aria-label": home.dataset.suggestions,
  });
  options.hidden = true;
  home.append(options);
  for (const [key, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": "options",
    "aria-expanded": "false",
  })) box.setAttribute(key, value);

  let asked = null;
  let chosen = -1;
  let typed = box.value;

  function close() {
    asked?.abort();
    options.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function choose(next) {
    const rows = [...options.children];
    chosen = (next + rows.length + 1) % (rows.length + 1);
    rows.forEach((row, at) => row.setAttribute("aria-selected", String(at === chosen)));
    box.value = rows[chosen]?.dataset.text ?? typed;
    if (rows[chosen]) box.setAttribute("aria-activedescendant", rows[chosen].id);
    else box.removeAttribute("aria-activedescendant");
  }

  function show(suggestions) {
    options.replaceChildren(...suggestions.map((each, at) => {
      const row = element("li", "", {
        id: `option-${at}`, role: "option", "aria-selected": "false", "data-text": each.text,
      });
      row.append(element("bdi", each.text), element("span", String(each.articles)));
      return row;
    }));
    chosen = -1;
    options.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(!options.hidden));
    const [one, many] = home.dataset.suggested.split("|");
    const text = suggestions.length === 1 ? one : many ?? one;
    said.textContent = options.hidden ? "" : text.replace("{n}", String(suggestions.length));
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    typed = box.value;
    if (typed.trim().length < 2) return close();
    const { signal } = asked;
    try {
      await new Promise((done) => setTimeout(done, 120));
      if (signal.aborted) return;
      const query = new URLSearchParams({ q: typed.slice(-200), limit: "8" });
      const answer = await fetch(`/api/suggest?${query}`, { signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  box.addEventListener("input", ask);
  box.addEventListener("blur", () => setTimeout(close, 150));
  box.addEventListener("keydown", (event) => {
    if (options.hidden) return;
    if (event.key === "Escape") {
      box.value = typed;
      close();
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      choose(event.key === "ArrowDown" ? chosen + 1 : chosen < 0 ? options.children.length - 1 : chosen - 1);
      event.preventDefault();
    }
  });
  options.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("[role=option]");
    if (!row) return;
    event.preventDefault();
    box.value = row.dataset.text;
    box.form.requestSubmit();
  });
  box.form.addEventListener("submit", () => {
    close();
    said.textContent = box.form.dataset.searching;
    box.form.setAttribute("aria-busy", "true");
  });
  // Gone back to, the page is as it was left.
  addEventListener("pageshow", () => box.form.removeAttribute("aria-busy"));
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

suggest(box);
keys();
document.querySelectorAll(".histogram svg").forEach(draggable);
