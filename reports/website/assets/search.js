// Searches the run's own index files, read when somebody first types. Results are text and links below this folder.
"use strict";
const form = document.querySelector("form.search");
const list = document.querySelector("#hasil");
const output = form.querySelector("output");
const SHOWN = 50;
const PATH = /^[A-Za-z0-9._\/-]+\.html(#[A-Za-z0-9._-]+)?$/;
const fold = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
const entries = [];
let reading = null;
let whole = false;

const read = async () => {
  entries.length = 0;
  for (let n = 1; n <= Number(form.dataset.shards); n += 1) {
    const answer = await fetch("search/" + n + ".json");
    for (const entry of await answer.json()) entries.push([entry, fold(entry[1] + " " + entry[2])]);
    show();
  }
  whole = true;
  show();
};

const item = ([kind, title, beside, path]) => {
  const row = document.createElement("li");
  const link = document.createElement(PATH.test(path) ? "a" : "span");
  if (link.tagName === "A") link.setAttribute("href", path);
  const name = document.createElement("bdi");
  name.textContent = title;
  link.append(name);
  const more = document.createElement("span");
  more.className = "soft small";
  more.textContent = " " + [form.dataset[kind], beside].filter(Boolean).join(" · ");
  row.append(link, more);
  return row;
};

const show = () => {
  const words = fold(form.elements.q.value).trim().split(/\s+/).filter(Boolean);
  const kind = form.elements.kind.value;
  list.replaceChildren();
  if (words.length === 0) { output.textContent = ""; return; }
  let found = 0;
  for (const [entry, text] of entries) {
    if ((kind === "" || entry[0] === kind) && words.every((word) => text.includes(word))) {
      found += 1;
      if (found <= SHOWN) list.append(item(entry));
    }
  }
  const none = whole ? form.dataset.none : form.dataset.wait;
  output.textContent = found === 0 ? none : Math.min(found, SHOWN) + " / " + found;
};

form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", () => {
  // What did not come is asked for again when somebody types on.
  reading ??= read().catch(() => { reading = null; });
  show();
});
