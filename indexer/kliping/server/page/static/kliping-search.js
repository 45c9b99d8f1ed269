// <kliping-search endpoint="https://arsip.example" lang="id" limit="5"></kliping-search>
//
// Searches a kliping archive from a page of another site: no frame, no library, nothing stored.
// The archive must be served with --cors and that site's origin. All text is put in as text.
"use strict";

(() => {
  const WORDS = {
    id: {
      label: "Cari dalam arsip",
      search: "Cari",
      searching: "Mencari…",
      none: "Tidak ada yang ditemukan.",
      failed: "Arsip sedang tidak dapat dicari.",
      all: (n) => `Semua hasil (${n.toLocaleString("id")})`,
      day: "id",
    },
    en: {
      label: "Search the archive",
      search: "Search",
      searching: "Searching…",
      none: "Nothing found.",
      failed: "The archive cannot be searched now.",
      all: (n) => `All results (${n.toLocaleString("en")})`,
      day: "en-GB",
    },
  };
  const DAY = { day: "numeric", month: "long", year: "numeric", timeZone: "Asia/Jakarta" };
  const STYLE = `
    :host { display: block; font: 1rem/1.5 system-ui, sans-serif; color: inherit; }
    form { display: flex; gap: .5rem; }
    input { flex: 1; min-width: 0; }
    input, button { font: inherit; padding: .4rem .7rem; }
    ol { list-style: none; margin: .75rem 0; padding: 0; }
    li { padding: .5rem 0; border-top: 1px solid #8886; }
    li a { font-weight: 600; color: inherit; }
    p { margin: .2rem 0 0; overflow-wrap: anywhere; }
    .about { opacity: .75; font-size: .85em; }
    mark { background: #ffe58f; color: #1d1a16; }
  `;

  function element(name, text = "") {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  // Text with its spans, which count characters, not the halves that JavaScript counts.
  function lit(name, text, spans) {
    const made = element(name);
    const characters = [...text];
    const piece = (from, to) => characters.slice(from, to).join("");
    let at = 0;
    for (const [start, stop] of spans) {
      made.append(piece(at, start), element("mark", piece(start, stop)));
      at = stop;
    }
    made.append(piece(at));
    return made;
  }

  class KlipingSearch extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const style = new CSSStyleSheet();
      style.replaceSync(STYLE);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [style];
      const form = element("form");
      form.role = "search";
      this.box = element("input");
      Object.assign(this.box, { type: "search", name: "q", maxLength: 1000 });
      this.box.setAttribute("aria-label", this.words.label);
      form.append(this.box, element("button", this.words.search));
      this.said = element("p");
      this.said.role = "status";
      this.list = element("ol");
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.search(this.box.value);
      });
      root.append(form, this.said, this.list);
    }

    get words() {
      return WORDS[this.lang] ?? WORDS.id;
    }

    address(path, values) {
      const address = new URL(path, new URL(this.getAttribute("endpoint") ?? "", document.baseURI));
      for (const [name, value] of Object.entries(values)) address.searchParams.set(name, value);
      if (this.lang === "en" && !path.startsWith("/api/")) address.searchParams.set("lang", "en");
      return address;
    }

    async search(query) {
      this.asked?.abort();
      this.asked = new AbortController();
      this.said.textContent = this.words.searching;
      const limit = this.getAttribute("limit") ?? "5";
      try {
        const answer = await fetch(this.address("/api/search", { q: query, limit }), {
          signal: this.asked.signal, referrerPolicy: "no-referrer", credentials: "omit",
        });
        if (!answer.ok) throw new Error(String(answer.status));
        this.show(query, await answer.json());
      } catch (error) {
        if (error.name === "AbortError") return;
        this.said.textContent = this.words.failed;
        this.list.replaceChildren();
      }
    }

    show(query, results) {
      this.list.replaceChildren(...results.hits.map((hit) => this.row(query, hit)));
      this.said.textContent = results.total ? "" : this.words.none;
      if (results.total > results.hits.length) {
        const all = element("a", this.words.all(results.total));
        all.href = this.address("/", { q: query });
        this.said.append(all);
      }
    }

    row(query, hit) {
      const row = element("li");
      const link = lit("a", hit.title ?? hit.id, hit.title ? hit.title_spans : []);
      // A browser takes one or two dots for a step in a path, however quoted.
      const named = /^\.{1,2}$/.test(hit.id) ? { key: hit.id } : {};
      const path = `/artikel/${named.key ? "" : encodeURIComponent(hit.id)}`;
      link.href = this.address(path, { ...named, q: query });
      const moment = hit.published && new Date(hit.published);
      const day = moment ? moment.toLocaleDateString(this.words.day, DAY) : "";
      const about = element("p", [hit.source, day].filter(Boolean).join(" · "));
      about.className = "about";
      row.append(link, about);
      for (const passage of hit.passages) row.append(lit("p", passage.text, passage.spans));
      return row;
    }
  }

  customElements.define("kliping-search", KlipingSearch);
})();
