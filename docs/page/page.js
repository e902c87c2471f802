// The form, and what is shown. All answers come from Python, in worker.js. The search is
// the object that my.json holds; the form changes only what it shows, so that whatever
// else a file states is kept.
"use strict";

const by = (id) => document.getElementById(id);
const KEPT = "interviewfit-search", KEPT_HOURS = "interviewfit-hours";
const ASPECT_SD = [3, 5, 8, 15];
const STAGE_NAMES = {
  hr_screen: "a talk with HR", hiring_manager: "the hiring manager", panel: "a panel",
  executive: "an executive", take_home: "a task to do at home",
};
const LETTER_NAMES = { en: "English", de: "Deutsch", fr: "français", es: "español" };
let words = null;
let example = "";
let search = null;
let budget = null;
let chosen = 0;

// --- Elements -------------------------------------------------------------------------

let count = 0;

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

// The path is where my.json has what the field states, by which a fault finds its field.
function labelled(text, field, path = "") {
  field.id = `field-${++count}`;
  if (path) field.dataset.path = path;
  return make("div", {}, make("label", { for: field.id }, text), field);
}

// A line beside a field that says what is wrong with it; without a text it goes away.
function tellFault(field, text) {
  const id = `${field.id}-fault`;
  by(id)?.remove();
  field.toggleAttribute("data-fault", Boolean(text));
  if (!text) { field.removeAttribute("aria-invalid"); field.removeAttribute("aria-describedby"); return; }
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", id);
  field.after(make("p", { id, class: "fault" }, text));
}

function ticked(text, checked, change, more = {}) {
  const box = make("input", { type: "checkbox", checked, onchange: () => change(box.checked), ...more });
  return make("label", { class: "tick" }, box, text);
}

function chosenFrom(options, value, change, more = {}) {
  const field = make("select", { onchange: () => change(field.value), ...more });
  for (const [key, text] of options) {
    field.append(make("option", { value: key, selected: key === String(value) }, text));
  }
  return field;
}

function typed(value, change, more = {}) {
  const field = make("input", { type: "text", oninput: () => change(field.value.trim()), ...more });
  field.value = value ?? "";
  return field;
}

function counted(value, change, more = {}) {
  // What is no number says so, and is left out of the search.
  const read = () => {
    const isBad = field.validity.badInput || !Number.isFinite(Number(field.value));
    field.toggleAttribute("data-bad", isBad);
    tellFault(field, isBad ? "This is no number that can be counted, so the answer does without it. Write digits, such as 1200.5." : "");
    change(isBad || field.value === "" ? null : Number(field.value));
  };
  const field = make("input", { type: "number", step: "any", oninput: read, ...more });
  field.value = value ?? "";
  return field;
}

function slid(text, value, [low, high, step], shown, change) {
  const told = make("output", {}, shown(value));
  const field = make("input", { type: "range", oninput: () => {
    const number = Number(field.value);
    told.textContent = shown(number);
    field.setAttribute("aria-valuetext", shown(number));
    change(number);
  } });
  Object.assign(field, { min: Math.min(low, value), max: Math.max(high, value), step });
  field.value = value;
  field.id = `field-${++count}`;
  told.setAttribute("for", field.id);
  field.setAttribute("aria-valuetext", shown(value));
  return make("div", {}, make("label", { for: field.id }, text, " ", told), field);
}

const signed = (value) => `${value > 0 ? "+" : ""}${value} % of pay`;

function put(holder, key, value) {
  const isNone = value === null || value === "" || (typeof value === "object" && !Object.keys(value).length);
  if (isNone) delete holder[key];
  else holder[key] = value;
  changed();
}

// --- The form -------------------------------------------------------------------------

function showForm() {
  const jobs = search.opportunities;
  const add = make("button", { type: "button", onclick: addJob }, "Add an opportunity");
  by("form").replaceChildren(
    candidateFields(search.candidate),
    make("h2", {}, "Your opportunities"),
    ...jobs.map((job, index) => jobFields(job, index)),
    add,
  );
}

function candidateFields(who) {
  let salary = who.salary ?? {};
  const changeSalary = (key) => (value) => {
    salary = { per: "year", ...salary, [key]: value };
    if (value === null || value === "") delete salary[key];
    put(who, "salary", "amount" in salary ? salary : null);
  };
  const priorities = { ...who.priorities };
  const weighed = words.aspectNames.map((aspect) => slid(
    aspect, priorities[aspect] ?? 1, [0, 3, 0.1], (value) => `${value} times as much as to most`,
    (value) => {
      priorities[aspect] = value;
      if (value === 1) delete priorities[aspect];
      put(who, "priorities", { ...priorities });
    },
  ));
  return make("div", {},
    make("h2", {}, "You"),
    make("div", { class: "grid" },
      labelled("Your salary", counted(salary.amount, changeSalary("amount"), { min: "0", name: "salary" }), "candidate.salary.amount"),
      labelled("Currency, such as EUR", typed(salary.currency, changeSalary("currency"), { maxlength: "3" }), "candidate.salary.currency"),
      labelled("Hours that you have for all interviews", counted(budget, (value) => { budget = value; changed(); }, { min: "0", name: "budget" }), "budget"),
      labelled("Interviews that you have done", counted(who.interviews_done, (value) => put(who, "interviews_done", value), { min: "0", step: "1", name: "done" }), "candidate.interviews_done"),
    ),
    labelled("What you would never accept, with commas between", typed(
      (who.dealbreakers ?? []).join(", "), (value) => put(who, "dealbreakers", listOf(value)), { name: "dealbreakers" },
    ), "candidate.dealbreakers"),
    make("details", { id: "priorities" }, make("summary", {}, "What matters to you"), ...weighed),
  );
}

const listOf = (text) => text.split(",").map((word) => word.trim()).filter(Boolean);

function jobFields(job, index) {
  const path = `opportunities[${index}]`;
  const title = make("summary", { class: "job" }, job.name || "New opportunity");
  const rename = (value) => { title.textContent = value || "New opportunity"; put(job, "name", value); listJobs(); };
  // The answer beside the form is about the opportunity that is being written down.
  const follow = () => { if (box.open && chosen !== index) pick(index); };
  const box = make("details", { class: "card", "data-job": String(index), open: index === chosen, ontoggle: follow },
    title,
    make("div", { class: "grid" },
      labelled("Name of the job", typed(job.name, rename), `${path}.name`),
      labelled("Company", typed(job.company, (value) => put(job, "company", value), { name: "company" }), `${path}.company`),
    ),
    stageFields(job),
    payFields(job, path),
    beliefFields(job),
    signFields(job),
    make("details", {}, make("summary", {}, "More about it"),
      labelled("What it is, such as gambling, with commas between; it meets your dealbreaker of that name",
        typed((job.tags ?? []).join(", "), (value) => put(job, "tags", listOf(value))), `${path}.tags`),
      ticked("A recruiter brought me in", job.via_recruiter ?? false, (value) => put(job, "via_recruiter", value || null), { name: "recruiter" }),
      ticked("I know somebody who suits it better", job.knows_someone ?? false, (value) => put(job, "knows_someone", value || null)),
    ),
    make("button", { type: "button", onclick: () => removeJob(index) }, `Remove ${job.name || "it"}`),
  );
  return box;
}

function stageFields(job) {
  const box = make("div", {});
  const kinds = words.stages.map((kind) => [kind, STAGE_NAMES[kind] ?? kind]);
  // The fields are made anew; whoever uses keys goes on where they were.
  const show = (row = -1) => {
    const rows = job.stages.map((stage, index) => make("div", { class: "row" },
      make("label", {}, `Interview ${index + 1}`, chosenFrom(kinds, stage.kind, (kind) => { stage.kind = kind; show(index); changed(); })),
      make("button", { type: "button", disabled: job.stages.length === 1, "aria-label": `Remove interview ${index + 1}`, onclick: () => {
        job.stages.splice(index, 1);
        const at = job.position?.stage ?? 0;
        if (at >= job.stages.length) delete job.position;
        show(Math.min(index, job.stages.length - 1)); changed();
      } }, "Remove"),
    ));
    const add = make("button", { type: "button", onclick: () => { job.stages.push({ kind: "panel" }); show(job.stages.length - 1); changed(); } }, "Add an interview");
    box.replaceChildren(...rows, add, labelled("Where it stands", positionField(job)));
    rows[row]?.querySelector("select").focus();
  };
  show();
  return box;
}

function positionField(job) {
  const options = job.stages.flatMap((stage, index) => {
    const name = stage.name || STAGE_NAMES[stage.kind] || stage.kind;
    return [[`before ${index}`, `before interview ${index + 1}, ${name}`], [`midway ${index}`, `in the middle of interview ${index + 1}, ${name}`]];
  });
  options.push(["offered 0", "I have an offer"], ["rejected 0", "they turned me down"]);
  const now = job.position ?? {};
  const isStage = !["offered", "rejected"].includes(now.phase);
  return chosenFrom(options, `${now.phase ?? "before"} ${isStage ? now.stage ?? 0 : 0}`, (value) => {
    const [phase, stage] = value.split(" ");
    const position = { phase };
    if (["before", "midway"].includes(phase)) position.stage = Number(stage);
    put(job, "position", value === "before 0" ? null : position);
    showLetterOptions();
  }, { name: "position" });
}

function payFields(job, path) {
  const pay = { ...job.pay };
  const isRange = !("amount" in pay);
  const change = (key) => (value) => {
    pay[key] = value;
    if (value === null || value === "") delete pay[key];
    const currency = pay.currency ?? search.candidate.salary?.currency;
    const per = pay.per ?? search.candidate.salary?.per ?? "year";
    const low = pay.low ?? pay.high, high = pay.high ?? pay.low;
    put(job, "pay", low === undefined ? null : { ...pay, low, high, currency, per });
  };
  if (!isRange) return make("p", { class: "note" }, `Pay: ${pay.amount} ${pay.currency ?? ""}, from your file.`);
  return make("div", { class: "grid" },
    labelled("Pay of this job, from", counted(pay.low, change("low"), { min: "0" }), `${path}.pay.low`),
    labelled("Pay of this job, to", counted(pay.high, change("high"), { min: "0" }), `${path}.pay.high`),
  );
}

function beliefFields(job) {
  const rows = words.aspectNames.map((aspect) => {
    const row = make("div", { class: "belief" });
    const show = () => {
      const belief = job.beliefs?.[aspect];
      const tick = ticked(`I know something about ${aspect === "role" ? "the work itself" : aspect}`, Boolean(belief), (value) => {
        const next = { ...job.beliefs };
        if (value) next[aspect] = { mean: 0, sd: 8 };
        else delete next[aspect];
        put(job, "beliefs", next);
        show();
        row.querySelector("input").focus();
      });
      if (!belief) { row.replaceChildren(tick); return; }
      const sds = [...new Set([...ASPECT_SD, belief.sd])].sort((a, b) => a - b).map((sd) => [String(sd), `give or take ${sd} %`]);
      row.replaceChildren(tick,
        slid(`${aspect}, against your present job:`, belief.mean, [-50, 50, 1], signed, (value) => { belief.mean = value; changed(); }),
        labelled(`How sure you are about ${aspect}`, chosenFrom(sds, belief.sd, (value) => { belief.sd = Number(value); changed(); })),
      );
    };
    show();
    return row;
  });
  const known = Object.keys(job.beliefs ?? {}).length > 0;
  return make("details", { open: known }, make("summary", {}, "What you think of it"), ...rows);
}

function signFields(job) {
  const others = () => (job.signals ?? []).filter((signal) => typeof signal !== "string");
  const plain = new Set((job.signals ?? []).filter((signal) => typeof signal === "string"));
  const tell = () => { title.textContent = `What you noticed (${plain.size + others().length})`; };
  const boxes = Object.entries(words.signs).map(([sign, meaning]) => ticked(meaning, plain.has(sign), (value) => {
    if (value) plain.add(sign);
    else plain.delete(sign);
    tell();
    put(job, "signals", [...plain, ...others()]);
  }));
  const more = others().length;
  const note = more ? make("p", { class: "note" }, `Your file has ${more} more; they count as well.`) : null;
  const title = make("summary", {});
  tell();
  return make("details", { class: "signs" }, title, ...boxes, note);
}

function addJob() {
  const names = search.opportunities.map((job) => job.name);
  let number = names.length + 1;
  while (names.includes(`Opportunity ${number}`)) number += 1;
  search.opportunities.push({ name: `Opportunity ${number}`, stages: [{ kind: "hr_screen" }, { kind: "hiring_manager" }] });
  chosen = search.opportunities.length - 1;
  showAll();
  by("form").querySelector("details[data-job][open] input").focus();
}

function removeJob(index) {
  search.opportunities.splice(index, 1);
  if (!search.opportunities.length) { open(EMPTY()); return; }
  chosen = Math.min(chosen, search.opportunities.length - 1);
  showAll();
  by("form").querySelector("summary.job").focus();
}

const EMPTY = () => JSON.stringify({ schema: words.schema, candidate: {}, opportunities: [
  { name: "My first opportunity", stages: [{ kind: "hr_screen" }, { kind: "hiring_manager" }] },
] });

// --- Questions to Python --------------------------------------------------------------

const waiting = new Map();
const TAKES_LONG = new Set(["why", "letter"]);
let asked = 0;

function started(tell) {
  const worker = new Worker("worker.js");
  worker.onmessage = ({ data }) => {
    if (!data.id) { tell(data); return; }
    const { answered, partly } = waiting.get(data.id);
    if (data.part) { partly(data.part); return; }
    waiting.delete(data.id);
    answered(data.answer);
  };
  return worker;
}

const quick = started((data) => {
  if (data.step) by("status").textContent = `Loading ${data.step}. This takes some seconds, once.`;
  else if (data.failed) by("status").textContent = `It could not be loaded: ${data.failed}`;
  else if (data.rehearsed) loaded();
  else begin(data.ready);
});

// A second Python for what takes long, so that no move of a slider waits for it. A device
// with one core or little memory does without.
let patient = quick;

// Two things go on behind the page once it is ready: the first Python rehearses, and the
// second is loaded.
let behind = 2;

function loaded() {
  behind -= 1;
  if (!behind) document.body.dataset.loaded = "yes";
}

function startPatient() {
  const isSmall = (navigator.hardwareConcurrency ?? 2) < 2 || (navigator.deviceMemory ?? 8) <= 2;
  if (isSmall) { loaded(); return; }
  const second = started((data) => {
    if (data.step) return;
    if (data.ready) patient = second;
    loaded();
  });
}

const pending = new Map([[quick, 0]]);
const isIdle = (worker) => !pending.get(worker);

function ask(question, request, worker = TAKES_LONG.has(question) ? patient : quick, partly = () => {}) {
  const text = typeof request === "string" ? request : JSON.stringify(request);
  pending.set(worker, (pending.get(worker) ?? 0) + 1);
  return new Promise((resolve) => {
    const answered = (answer) => {
      pending.set(worker, pending.get(worker) - 1);
      resolve(answer);
    };
    waiting.set(++asked, { answered, partly });
    worker.postMessage({ id: asked, ask: question, text });
  });
}

// What the form shows has changed since an answer was given: it is marked, and dimmed,
// until the answer to what the form shows now takes its place.
const asks = { plan: 0, why: 0, letter: 0 };

function mark(part, isStale) {
  by(part).setAttribute("aria-busy", String(isStale));
  by(part).closest("section").toggleAttribute("data-stale", isStale);
  if (part === "letter") by("copy").disabled = isStale || !by("letter").textContent;
}

function outdate(part) {
  asks[part] += 1;
  mark(part, true);
}

// One question at a time; of those that come meanwhile only the last is asked. An answer
// to an older question is shown only if it is newer than what stands there.
function latest(part, answer) {
  let busy = false, again = false;
  return async function run() {
    outdate(part);
    if (busy) { again = true; return; }
    busy = true;
    do {
      again = false;
      const number = asks[part];
      const show = await answer(() => number === asks[part]);
      if (part === "plan" || number === asks[part]) show();
      if (number === asks[part]) mark(part, false);
    } while (again);
    busy = false;
  };
}

function presentDay() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const dated = (more) => ({ ...search, today: presentDay(), ...more });

function tally(node, what) {
  node.dataset[what] = String(Number(node.dataset[what] ?? 0) + 1);
}

// Where hours are short, the table is there before what all of it is worth. The heading
// says that it is still being worked out.
function showTable(part) {
  by("alone").hidden = true;
  by("faults").replaceChildren();
  markFields([]);
  const note = make("p", { class: "note" }, "What all of it is worth is being worked out.");
  by("plan").replaceChildren(...part.blocks.map(block), note);
  by("plan").setAttribute("aria-busy", "false");
  tally(by("plan"), "tables");
}

const showPlan = latest("plan", async (isNewest) => {
  const start = performance.now();
  let took = 0;
  const partly = (part) => {
    took = performance.now() - start;
    if (isNewest()) showTable(part);
  };
  const answer = await ask("plan", dated(budget === null ? {} : { budget }), quick, partly);
  planTakes = Math.max(took || performance.now() - start, planTakes / 2);
  return () => {
    by("alone").hidden = true;
    by("faults").replaceChildren(...faults(answer));
    markFields(answer.faults ?? []);
    if (answer.faults) {
      by("plan").replaceChildren();
      by("lead").textContent = "There is no answer yet: see the line beside the field.";
      return;
    }
    by("plan").replaceChildren(...answer.blocks.map(block));
    for (const what of took ? ["answers"] : ["tables", "answers"]) tally(by("plan"), what);
    const lead = answer.blocks.find((part) => part.strong);
    by("lead").textContent = lead ? lead.text : "";
  };
});

// Where the table takes its time, because there are many opportunities or hours are
// short, the answer about the chosen opportunity by itself stands over it meanwhile.
const QUICK = 80, GLANCE = 60;
let planTakes = 0, isAsking = false, isMoved = false;

async function showAlone() {
  isMoved = true;
  if (isAsking) return;
  isAsking = true;
  while (isMoved) {
    isMoved = false;
    const glance = new Promise((resolve) => { setTimeout(resolve, GLANCE); });
    const worker = isIdle(patient) || !isIdle(quick) ? patient : quick;
    const answer = await ask("alone", dated({ name: search.opportunities[chosen].name }), worker);
    // A table that comes at once is not announced by a line that goes again.
    await glance;
    if (answer.faults || by("plan").ariaBusy !== "true") continue;
    const others = search.opportunities.length > 1 ? "Beside the others" : "Within your hours";
    by("alone").textContent = `${answer.text} ${others} it is being worked out.`;
    by("alone").hidden = false;
    tally(by("alone"), "answers");
  }
  isAsking = false;
}

const showWhy = latest("why", async () => {
  const answer = await ask("why", dated({ name: search.opportunities[chosen].name }));
  return () => by("why").replaceChildren(...(answer.faults ? [] : answer.blocks.map(block)));
});

const showLetter = latest("letter", async () => {
  const { name } = search.opportunities[chosen];
  const answer = await ask("letter", dated({ name, ...letterOptions }));
  return () => {
    by("letter-faults").replaceChildren(...faults(answer));
    markFields(answer.faults ?? [], "letter-options");
    by("letter").textContent = answer.text ?? "";
  };
});

let idle = 0;

function changed() {
  sessionStorage.setItem(KEPT, JSON.stringify(search));
  if (budget === null) sessionStorage.removeItem(KEPT_HOURS);
  else sessionStorage.setItem(KEPT_HOURS, String(budget));
  const isSingle = search.opportunities.length === 1 && budget === null;
  // In the thread of the table it would make the table wait, so only if that pays.
  if (!isSingle && (isIdle(patient) || planTakes > QUICK)) showAlone();
  showPlan();
  outdate("why");
  outdate("letter");
  // What takes longer waits for a pause; of that the letter is the quicker.
  clearTimeout(idle);
  idle = setTimeout(() => { showLetter(); showWhy(); }, 200);
}

// --- Answers --------------------------------------------------------------------------

function faults(answer, jobs = search.opportunities) {
  return (answer.faults ?? []).map((line) => {
    const [text, path] = line.split(" @ $");
    const index = /opportunities\[(\d+)\]/.exec(path ?? "");
    const name = index && (jobs?.[Number(index[1])]?.name || `Opportunity ${Number(index[1]) + 1}`);
    return make("p", {}, name ? `${name}: ${text}` : text);
  });
}

// What is wrong stands beside its field as well, in words without names from the library.
function markFields(lines, part = "form") {
  for (const field of by(part).querySelectorAll("[data-fault]:not([data-bad])")) tellFault(field, "");
  const all = [...by(part).querySelectorAll("[data-path]")];
  for (const line of lines) {
    for (const field of fieldsOf(line, all)) {
      if (!field.matches("[data-bad]")) tellFault(field, besideField(line));
    }
  }
}

function fieldsOf(line, all) {
  const [text, path = ""] = line.split(" @ $");
  const argument = /^(?:plan|letter)\((\w+)\)/.exec(text);
  if (argument) return all.filter((field) => field.dataset.path === argument[1]);
  if (/different names/.test(text)) {
    const names = all.filter((field) => /^opportunities.*[.]name$/.test(field.dataset.path));
    const twice = names.filter((field) => names.some((other) => other !== field && other.value.trim() === field.value.trim()));
    const shown = twice.filter((field) => field.closest("details").open);
    return shown.length ? shown : twice.slice(-1);
  }
  const wanted = path.slice(1), within = wanted.replace(/[.](low|high)$/, ".");
  const exact = all.filter((field) => wanted.startsWith(field.dataset.path));
  const inside = all.filter((field) => wanted && field.dataset.path.startsWith(within));
  // Whoever states one end of the pay has stated both: the line stands where something does.
  const isThere = exact.some((field) => field.value || !wanted.includes(".pay"));
  if (wanted.endsWith(".salary")) return inside.slice(0, 1);
  return (isThere ? exact : inside.filter((field) => field.value)).slice(-1);
}

function besideField(line) {
  const [text] = line.split(" @ $");
  if (/different names/.test(text)) return "Another opportunity has this name. Add the role or the team.";
  if (/the only word on pay/.test(text)) return "You say so twice: leave this empty, or take away the tick at pay under What you think of it.";
  if (/money of a currency/.test(text)) return "Write your currency, such as EUR, in its field above.";
  if (/^The key '\w+' is missing/.test(text)) return "This is missing.";
  return text.replace(/^\w+[.(]\w+\)? must be/, "It must be");
}

function block(part) {
  if (part.text !== undefined) return make("p", { class: part.strong ? "strong" : "" }, part.text);
  return part.heads.some(Boolean) ? planTable(part) : plainTable(part);
}

const isNumber = (text) => /^(?:[+-]?[\d.,]+( h| %)?|under 1 %|-)$/.test(text);

function planTable(part) {
  const heads = part.heads.map((head) => make("th", { scope: "col", role: "columnheader" }, head));
  const rows = part.rows.map((cells, row) => make("tr", { role: "row" }, ...cells.map((text, column) => {
    const kind = column === 1 ? part.kinds[row] : isNumber(text) ? "number" : "";
    const cell = make("td", { role: "cell", class: kind, "data-head": part.heads[column] });
    cell.append(column === 0 ? make("button", { type: "button", onclick: () => choose(text) }, text) : text);
    return cell;
  })));
  return make("table", { class: "plan", role: "table", "aria-label": "What to do about each opportunity" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)),
    make("tbody", { role: "rowgroup" }, ...rows),
  );
}

function plainTable(part) {
  const rows = part.rows.map((cells, row) => make("tr", {}, ...cells.map((text, column) => {
    // A terminal draws bars of signs; the number stands beside them.
    if (/^[+-]+$/.test(text) && column > 1) {
      const bar = make("span", { class: `bar ${part.kinds[row] ?? ""}` });
      bar.style.width = `${(100 * text.length) / 24}%`;
      return make("td", { "aria-hidden": "true", class: "bars" }, bar);
    }
    return make("td", { class: isNumber(text) ? "number" : "" }, text);
  })));
  return make("table", {}, make("tbody", {}, ...rows));
}

function pick(index) {
  chosen = index;
  by("which").value = String(chosen);
  showLetterOptions();
  showWhy();
}

function choose(name) {
  pick(search.opportunities.findIndex((job) => job.name === name));
  by("which").focus();
}

function listJobs() {
  by("which").replaceChildren(...search.opportunities.map((job, index) => make("option", { value: String(index), selected: index === chosen }, job.name || "New opportunity")));
}

// --- Letters --------------------------------------------------------------------------

let letterOptions = {};

function showLetterOptions() {
  const phase = search.opportunities[chosen].position?.phase ?? "before";
  const purposes = words.purposes[phase];
  if (!purposes.includes(letterOptions.purpose)) delete letterOptions.purpose;
  const named = (options) => options.map((option) => [option, LETTER_NAMES[option] ?? option.replaceAll("_", " ")]);
  const set = (key) => (value) => {
    if (value === "" || value === "advised") delete letterOptions[key];
    else letterOptions[key] = value;
    showLetter();
  };
  by("letter-options").replaceChildren(
    labelled("What it is for", chosenFrom([["advised", "what is advised"], ...named(purposes)], letterOptions.purpose ?? "advised", set("purpose"))),
    labelled("How", chosenFrom(named(words.channels), letterOptions.channel ?? "email", set("channel"))),
    labelled("How much", chosenFrom(named(words.forms), letterOptions.form ?? "short", set("form"))),
    labelled("Language of the letter", chosenFrom(named(words.languages), letterOptions.language ?? "en", set("language"))),
    labelled("To whom, such as Ms Lee", typed(letterOptions.to, set("to")), "to"),
    labelled("A reason, if you want to give one", typed(letterOptions.reason, set("reason")), "reason"),
    labelled("A date, if it needs one", typed(letterOptions.when, set("when")), "when"),
    labelled("Somebody better suited", typed(letterOptions.recommend, set("recommend")), "recommend"),
  );
  showLetter();
}

by("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(by("letter").textContent);
  by("copied").textContent = "Copied.";
});

// --- Files ----------------------------------------------------------------------------

function showAll() {
  listJobs();
  showForm();
  showLetterOptions();
  changed();
}

async function open(text) {
  const answer = await ask("saved", text);
  tellFile(answer, jobsIn(text));
  if (!answer.faults) use(JSON.parse(answer.text));
}

function use(opened) {
  search = opened;
  chosen = 0;
  letterOptions = {};
  showAll();
}

// The opportunities of a text, as far as it has any: a fault names that of the file.
function jobsIn(text) {
  try {
    return JSON.parse(text).opportunities;
  } catch {
    return [];
  }
}

function tellFile(answer, jobs, before = "This file was not opened, and nothing was changed.") {
  const lines = faults(answer, jobs);
  if (lines.length) lines.unshift(make("p", {}, before));
  by("file-faults").replaceChildren(...lines);
}

// What this tab kept is shown even if it has a fault: whoever typed it can mend it.
async function reopen(text) {
  const answer = await ask("saved", text);
  try {
    use(JSON.parse(answer.text ?? text));
  } catch {
    search = null;
  }
}

by("open").addEventListener("change", async () => {
  const [file] = by("open").files;
  by("open").value = "";
  if (file) await open(await file.text());
});

by("save").addEventListener("click", async () => {
  const answer = await ask("saved", search);
  tellFile(answer, search.opportunities, "Nothing was saved yet.");
  if (answer.faults) return;
  const link = make("a", { download: "my.json", href: URL.createObjectURL(new Blob([answer.text], { type: "application/json" })) });
  link.click();
  URL.revokeObjectURL(link.href);
});

by("empty").addEventListener("click", () => open(EMPTY()));
by("show-example").addEventListener("click", () => open(example));
by("which").addEventListener("change", () => pick(Number(by("which").value)));
by("form").addEventListener("submit", (event) => event.preventDefault());

async function begin(ready) {
  words = { ...ready.words, aspectNames: Object.keys(ready.words.aspects) };
  example = ready.example;
  const [kept, hours] = [KEPT, KEPT_HOURS].map((key) => sessionStorage.getItem(key));
  budget = hours === null ? null : Number(hours);
  if (kept !== null) await reopen(kept);
  if (search === null) await open(example);
  for (const id of ["save", "open", "empty", "show-example"]) by(id).disabled = false;
  by("status").textContent = "";
  document.body.dataset.ready = "yes";
  quick.postMessage({ rehearse: true });
  startPatient();
}
