// Narrows a table to what the reader types or picks. Without JavaScript the whole table stands there.
"use strict";
for (const form of document.querySelectorAll("form.filter")) {
  const rows = Array.from(document.querySelectorAll("#" + form.dataset.rows + " tbody tr"));
  const words = rows.map((row) => row.textContent.toLowerCase());
  const result = form.querySelector("output");
  const narrow = () => {
    const text = form.elements.q.value.trim().toLowerCase().split(/\s+/);
    const picks = Array.from(form.querySelectorAll("select")).filter((pick) => pick.value !== "");
    let shown = 0;
    rows.forEach((row, n) => {
      const fits = text.every((word) => words[n].includes(word)) && picks.every((pick) => row.dataset[pick.name] === pick.value);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    result.textContent = shown + " / " + rows.length;
  };
  form.hidden = false;
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  narrow();
}
