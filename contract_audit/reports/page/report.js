"use strict";
const form = document.getElementById("filters");
const cards = [...document.querySelectorAll(".card")];
const marks = [...document.querySelectorAll("mark")];

function chosen(name) {
  return new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
}

function filter() {
  const severities = chosen("severity"), verdicts = chosen("verdict");
  const dimension = form.elements.dimension.value, unit = form.elements.unit.value, words = form.elements.words.value.trim();
  const shown = new Set();
  for (const card of cards) {
    const keep = severities.has(card.dataset.severity) && verdicts.has(card.dataset.verdict)
      && (!dimension || card.dataset.dimension === dimension) && (!unit || card.dataset.unit === unit)
      && (!words || card.textContent.includes(words));
    card.classList.toggle("off", !keep);
    if (keep) shown.add(card.id.slice(1));
  }
  for (const mark of marks) mark.classList.toggle("off", !mark.dataset.findings.split(" ").some((number) => shown.has(number)));
  document.getElementById("shown").textContent = `显示 ${shown.size} / ${cards.length} 项`;
}

function light(numbers) {
  const wanted = new Set(numbers);
  for (const mark of marks) mark.classList.toggle("lit", mark.dataset.findings.split(" ").some((number) => wanted.has(number)));
  for (const card of cards) card.classList.toggle("lit", wanted.has(card.id.slice(1)));
}

// Scrolls only the pane: scrolling the page as well would move what the reader just pressed.
function bring(element) {
  const pane = element.closest(".text, .cards");
  if (pane.scrollHeight <= pane.clientHeight) element.scrollIntoView({ block: "center" });
  else pane.scrollTop += element.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
}

for (const card of cards) {
  const show = () => {
    const number = card.id.slice(1);
    light([number]);
    const mark = marks.find((one) => one.dataset.findings.split(" ").includes(number));
    if (mark) bring(mark);
  };
  card.addEventListener("click", show);
  card.addEventListener("keydown", (event) => { if (event.key === "Enter") show(); });
}
for (const mark of marks) {
  mark.addEventListener("click", () => {
    const numbers = mark.dataset.findings.split(" ");
    light(numbers);
    const card = document.getElementById(`f${numbers[0]}`);
    if (card) bring(card);
  });
}
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
// What was not read is printed as well, folded or not.
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((part) => { part.open = true; }));
filter();
