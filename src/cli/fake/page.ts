import { createHash } from "node:crypto";
import { choices } from "./next-report.ts";
import { script } from "./page-script.ts";
import { style } from "./page-style.ts";

/** The page, and the policy under which it runs: nothing but itself, and requests to where it came from. */
export type Page = { readonly html: string; readonly policy: string };

export function renderPage(): Page {
  // A "<" in JSON within a script could end it.
  const code = `const choices = ${JSON.stringify(choices).replaceAll("<", "\\u003c")};\n${script}`;
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(code)}'`,
    `style-src '${hashOf(style)}'`,
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return { html: htmlOf(code), policy };
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** A red dot: no file is asked for. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ccircle cx='8' cy='8' r='6' fill='%23c4314b'/%3E%3C/svg%3E";

function htmlOf(code: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fake Graph</title>
<link rel="icon" href="${icon}">
<style>${style}</style>
</head>
<body>
<header>
  <h1>Fake Graph</h1>
  <p id="alive" role="status">…</p>
  <a id="count" href="#terms" hidden></a>
  <p class="root">Service root for the bot: <code id="root"></code> <button type="button" id="copy">Copy</button></p>
</header>
<main>
  <section class="calls" aria-label="Calls">
    <form id="add">
      <label for="id">Call id</label>
      <input id="id" name="id" autocomplete="off" spellcheck="false" maxlength="1000" placeholder="a fresh GUID">
      <button type="submit" class="first">Add a call</button>
    </form>
    <p id="problem" role="alert" hidden></p>
    <div id="calls"></div>
  </section>
  <aside aria-label="Verdict">
    <h2 id="terms" tabindex="-1">The terms of use</h2>
    <div id="verdict" role="status"></div>
    <h2>From the bot</h2>
    <p>Any Bearer token will do. What the bot persists it tells by <code>POST /note</code>; without that, nothing can be judged:</p>
    <pre tabindex="0" id="note"></pre>
    <p id="notify"></p>
    <h2>From a program</h2>
    <p>What this page does a test can do too:</p>
    <pre tabindex="0" id="program"></pre>
  </aside>
</main>
<template id="call">
  <article>
    <header><h2></h2><span class="status"></span></header>
    <p class="steps"></p>
    <div class="doing">
      <label><span>Next report</span> <select></select></label>
      <button type="button" data-do="script">Set</button>
      <button type="button" data-do="again">Notify again</button>
      <button type="button" data-do="end">End call</button>
    </div>
    <div class="doing" data-group="settle">
      <span>The pending operation</span>
      <button type="button" data-do="settle" data-becomes="completed">has completed</button>
      <button type="button" data-do="settle" data-becomes="failed">has failed</button>
    </div>
    <p class="left"></p>
    <ol></ol>
  </article>
</template>
<script>${code}</script>
</body>
</html>
`;
}
