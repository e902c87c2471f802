// Python in a thread of its own, so that the page never stands still.
"use strict";

// Answers before the page is ready; each takes a tenth of a second.
const MOVES = 8;
// Milliseconds without a question before the next kind of move is rehearsed.
const PAUSE = 150;
let python = null;
let tidy = null;
let rehearsed = 0;
let next = 0;

async function bytes(name) {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function start() {
  const say = (step) => postMessage({ step });
  const config = await (await fetch("config.json")).json();
  const runtime = new URL(config.runtime, self.location.href).href;
  say("Python");
  importScripts(`${runtime}pyodide.js`);
  python = await loadPyodide({ indexURL: runtime });
  say("NumPy");
  await python.loadPackage("numpy", { messageCallback: () => {} });
  say("interviewfit");
  for (const wheel of config.wheels) {
    python.unpackArchive(await bytes(`wheels/${wheel}`), "wheel");
  }
  python.FS.writeFile("answers.py", await bytes("answers.py"));
  const answers = python.pyimport("answers");
  const ready = { words: JSON.parse(answers.vocabulary()), example: answers.example() };
  // The first answer imports all that later ones need, and a browser compiles anew what
  // runs often: some moves now make those of the user as quick as all later ones.
  for (let move = 0; move < MOVES; move++) answers.plan(moved(ready.example, move));
  answers.why(withName(ready.example));
  // What is loaded now stays: looking through it for what to throw away takes long. What
  // an answer leaves is thrown away after it was sent, and not in the midst of the next.
  tidy = python.runPython("import gc; gc.disable(); gc.collect(); gc.freeze(); gc.collect");
  self.answers = answers;
  postMessage({ ready });
}

// A search after a move that changes every number of a process.
function moved(text, move) {
  const search = JSON.parse(text);
  const [job] = search.opportunities;
  job.beliefs = { ...job.beliefs, role: { mean: move, sd: 8 + move } };
  return JSON.stringify(search);
}

function withName(text) {
  const search = JSON.parse(text);
  return JSON.stringify({ ...search, name: search.opportunities[0].name });
}

// While nobody asks, one move of each other kind is answered, so that the first of the
// user's own takes no longer than later ones. A question waits for one of them at most.
function rehearse() {
  const isLast = self.answers.rehearse(rehearsed++);
  tidy();
  if (!isLast) { next = setTimeout(rehearse, PAUSE); return; }
  next = 0;
  python.runPython("gc.freeze()");
  postMessage({ rehearsed: true });
}

self.onmessage = ({ data }) => {
  const { id, ask, text } = data;
  if (next || data.rehearse) { clearTimeout(next); next = setTimeout(rehearse, PAUSE); }
  if (data.rehearse) return;
  const more = ask === "plan" ? [(part) => postMessage({ id, part: JSON.parse(part) })] : [];
  try {
    postMessage({ id, answer: JSON.parse(self.answers[ask](text, ...more)) });
  } catch (error) {
    postMessage({ id, answer: { faults: [String(error.message || error)] } });
  }
  tidy();
};

start().catch((error) => postMessage({ failed: String(error.message || error) }));
