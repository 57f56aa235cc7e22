// What runs in the page. Each function is put there as its own text, so it knows nothing but the others in the list at the end, and `choices`.
import type { choices as allChoices } from "./next-report.ts";
import type { Line } from "./tell-event.ts";
import type { CallView, FakeView } from "./view.ts";

declare const choices: typeof allChoices;

function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}

/** Text in an element, only where it differs: what does not change is not read out again, and keeps its selection. */
function write(element: Element | null, text: string): void {
  if (element !== null && element.textContent !== text) element.textContent = text;
}

async function send(action: string, body: object): Promise<boolean> {
  const problem = byId("problem");
  try {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`/fake/${action}`, { method: "POST", headers, body: JSON.stringify(body) });
    const said = answer.ok ? "" : ((await answer.json()) as { error: string }).error;
    write(problem, said);
    problem.hidden = answer.ok;
    return answer.ok;
  } catch {
    write(problem, "The fake does not answer: was it stopped?");
    problem.hidden = false;
    return false;
  }
}

function lineElement(line: Line): HTMLLIElement {
  const item = document.createElement("li");
  item.className = line.tone;
  const time = document.createElement("time");
  const at = new Date(line.at);
  time.dateTime = at.toISOString();
  time.textContent = `${at.toLocaleTimeString("en-GB")}.${String(at.getMilliseconds()).padStart(3, "0")}`;
  const [who, what] = [document.createElement("b"), document.createElement("span")];
  who.textContent = line.who;
  what.textContent = line.what;
  item.append(time, who, what);
  return item;
}

function makeCall(id: string): HTMLElement {
  const article = byId<HTMLTemplateElement>("call").content.firstElementChild?.cloneNode(true) as HTMLElement;
  article.dataset.call = id;
  article.setAttribute("aria-label", `Call ${id}`);
  article.tabIndex = -1;
  write(article.querySelector("h2"), id);
  const select = article.querySelector("select") as HTMLSelectElement;
  choices.forEach(({ label }, index) => {
    select.add(new Option(label, String(index)));
  });
  article.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("button");
    const action = button?.dataset.do;
    if (button === null || action === undefined) return;
    const step = action === "script" ? { step: choices[Number(select.value)]?.step } : {};
    const becomes = button.dataset.becomes === undefined ? {} : { becomes: button.dataset.becomes };
    void send(action, { callId: id, ...step, ...becomes }).then(refresh);
  });
  return article;
}

function drawCall(article: HTMLElement, call: CallView, notify: string | null): void {
  article.className = call.isOver ? "over" : call.status === "recording" ? "recording" : "";
  write(article.querySelector(".status"), call.isOver ? "the call is over" : call.status);
  const steps = article.querySelector(".steps");
  write(steps, call.steps.length === 0 ? "" : `Next: ${call.steps.join(" · ")}`);
  write(article.querySelector(".left"), call.left === 0 ? "" : `${call.left} earlier lines are not shown.`);
  const show = (selector: string, isShown: boolean) => {
    const part = article.querySelector(selector) as HTMLElement;
    // What goes must not take the keyboard's place in the page with it.
    if (!isShown && part.contains(document.activeElement)) article.focus();
    part.hidden = !isShown;
  };
  if (call.isOver && article.querySelector(".doing")?.contains(document.activeElement) && article.dataset.over !== "true") article.focus();
  article.dataset.over = String(call.isOver);
  show('[data-group="settle"]', call.isPending);
  show('[data-do="again"]', notify !== null);
  (article.querySelector('[data-do="again"]') as HTMLButtonElement).disabled = call.notified === 0;
  // A call that is over takes no report.
  for (const control of article.querySelectorAll<HTMLButtonElement>('[data-do="end"], [data-do="script"], select'))
    control.disabled = call.isOver;
  drawLines(article.querySelector("ol") as HTMLOListElement, call.lines);
}

/** The list follows its end, unless somebody reads further up. */
function drawLines(list: HTMLOListElement, lines: readonly Line[]): void {
  const text = JSON.stringify(lines);
  if (list.dataset.lines === text) return;
  const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
  list.dataset.lines = text;
  list.replaceChildren(...lines.map(lineElement));
  list.tabIndex = list.scrollHeight > list.clientHeight ? 0 : -1;
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

function drawVerdict(state: FakeView): void {
  const verdict = byId("verdict");
  const text = JSON.stringify([state.violations, state.ifDone, state.calls.length > 0]);
  if (verdict.dataset.text === text) return;
  verdict.dataset.text = text;
  const list = (title: string, className: string, sentences: readonly string[]) => {
    const [head, items] = [document.createElement("p"), document.createElement("ul")];
    head.textContent = title;
    items.className = className;
    items.append(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
    return [head, items];
  };
  const count = state.violations.length;
  const link = byId("count");
  link.hidden = count === 0;
  write(link, count === 1 ? "1 violation" : `${count} violations`);
  const fine = Object.assign(document.createElement("p"), { className: "fine", textContent: "Nothing is broken so far." });
  verdict.replaceChildren(
    ...(count === 0 ? [fine] : list(count === 1 ? "One violation:" : `${count} violations:`, "violations", state.violations)),
    ...(state.ifDone.length === 0 ? [] : list("If the bot were done now:", "if-done", state.ifDone)),
  );
}

function drawCalls(state: FakeView): void {
  const place = byId("calls");
  const made = new Map([...place.querySelectorAll<HTMLElement>("article")].map((article) => [article.dataset.call, article]));
  if (state.calls.length === 0) {
    const empty = Object.assign(document.createElement("p"), { className: "empty" });
    empty.textContent = "No call yet. Add one, and let the bot report on it.";
    if (place.querySelector(".empty") === null) place.replaceChildren(empty);
    return;
  }
  place.querySelector(".empty")?.remove();
  state.calls.forEach((call, index) => {
    const article = made.get(call.id) ?? makeCall(call.id);
    // Moved only where it must be: what moves loses the keyboard's focus.
    if (place.children[index] !== article) place.insertBefore(article, place.children[index] ?? null);
    drawCall(article, call, state.notify);
  });
}

function draw(state: FakeView): void {
  const origin = location.origin;
  const id = state.calls[0]?.id ?? "my-call";
  write(byId("root"), state.baseUrl);
  const note = JSON.stringify({ type: "persisted", callId: id, chunk: "line 1" });
  write(byId("note"), `curl ${origin}/note -d '${note}'`);
  const add = JSON.stringify({ callId: id });
  const json = "-H 'content-type: application/json'";
  write(byId("program"), `curl ${origin}/fake/add ${json} -d '${add}'\ncurl ${origin}/fake/state`);
  const posts =
    state.notify === null ? "Notifications go nowhere: start it with --notify URL." : `Notifications are posted to ${state.notify}.`;
  write(byId("notify"), posts);
  drawCalls(state);
  drawVerdict(state);
}

async function refresh(): Promise<void> {
  const alive = byId("alive");
  try {
    // The browser asks with the ETag that it has, and takes what it has for an answer of 304.
    const answer = await fetch("/fake/state");
    if (answer.ok) draw((await answer.json()) as FakeView);
    alive.className = answer.ok ? "on" : "off";
    write(alive, answer.ok ? "live" : `the fake answers ${answer.status}`);
  } catch {
    alive.className = "off";
    write(alive, "the fake was stopped");
  }
}

function begin(): void {
  const id = byId<HTMLInputElement>("id");
  byId("add").addEventListener("submit", (event) => {
    event.preventDefault();
    void send("add", { callId: id.value.trim() || crypto.randomUUID() }).then((isDone) => {
      if (isDone) id.value = "";
      return refresh();
    });
  });
  byId("copy").addEventListener("click", () => void navigator.clipboard.writeText(byId("root").textContent));
  const tick = () => void refresh().then(() => setTimeout(tick, 500));
  tick();
}

const functions = [byId, write, send, lineElement, makeCall, drawCall, drawLines, drawVerdict, drawCalls, draw, refresh, begin];

/** The script of the page. */
export const script = `${functions.map(String).join("\n")}\nbegin();`;
