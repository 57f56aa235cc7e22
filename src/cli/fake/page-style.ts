/** The look of the page: narrow and wide, light and dark. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f7f9, #14161a);
  --panel: light-dark(#ffffff, #1d2026);
  --ink: light-dark(#1b1f27, #e8eaee);
  --soft: light-dark(#596070, #a0a7b4);
  --line: light-dark(#d9dde4, #343943);
  --link: light-dark(#2455c3, #8db4ff);
  --record: light-dark(#b3243d, #ff8597);
  --record-paper: light-dark(#fdecef, #3d1820);
  --good: light-dark(#1d6b3a, #7fd49b);
  --good-paper: light-dark(#e6f5eb, #15301f);
  --wait: light-dark(#805500, #ebbf63);
  --wait-paper: light-dark(#fdf3dc, #352a12);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, sans-serif;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0; background: var(--paper); color: var(--ink); }
body > header, main { max-width: 82rem; margin: 0 auto; padding: 0 1.25rem; }
body > header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 1rem; padding-top: 1rem; padding-bottom: 0.75rem; }
h1 { font-size: 1.35rem; margin: 0; }
h2 { font-size: 1rem; margin: 0; }
p { margin: 0; }
#alive { font-size: 0.85rem; color: var(--soft); }
#alive::before { content: ""; display: inline-block; width: 0.6rem; height: 0.6rem; margin-right: 0.4rem; border-radius: 50%; background: var(--soft); }
#alive.on::before { background: var(--good); }
#alive.off { color: var(--record); font-weight: 600; }
#alive.off::before { background: var(--record); }
#count { font-size: 0.85rem; font-weight: 600; color: var(--record); }
.root { margin-left: auto; font-size: 0.9rem; color: var(--soft); }
code, pre, .calls h2 { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
code { font-size: 0.9em; color: var(--ink); overflow-wrap: anywhere; }
main { display: grid; grid-template-columns: minmax(0, 1fr) 24rem; gap: 1.25rem; align-items: start; padding-bottom: 3rem; }
form, article, aside, .empty { background: var(--panel); border: 1px solid var(--line); border-radius: 0.5rem; }
form { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; padding: 0.75rem 1rem; }
form label { font-weight: 600; }
form input { flex: 1 1 14rem; min-width: 0; }
input, select, button { font: inherit; font-size: 0.9rem; min-height: 2.1rem; padding: 0.2rem 0.6rem; color: var(--ink); background: var(--panel); border: 1px solid light-dark(#8a92a1, #6b7382); border-radius: 0.35rem; }
input { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
input::placeholder { color: var(--soft); opacity: 1; }
select { max-width: 100%; }
button { cursor: pointer; }
button:hover:not(:disabled) { border-color: var(--link); color: var(--link); }
button:disabled { cursor: default; opacity: 0.5; }
button.first { background: var(--link); border-color: var(--link); color: light-dark(#ffffff, #10131a); font-weight: 600; }
button.first:hover { color: light-dark(#ffffff, #10131a); filter: brightness(1.1); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
#problem { margin-top: 0.75rem; padding: 0.6rem 1rem; border-radius: 0.4rem; background: var(--record-paper); color: var(--record); }
.empty { margin-top: 1rem; padding: 2rem 1rem; text-align: center; color: var(--soft); }
article { margin-top: 1rem; padding: 0.9rem 1rem 1rem; border-left: 4px solid var(--line); }
article.recording { border-left-color: var(--record); }
article.over { border-left-color: var(--soft); }
article > header { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; }
article h2 { font-weight: 600; overflow-wrap: anywhere; min-width: 0; }
.status { padding: 0.05rem 0.6rem; border-radius: 1rem; font-size: 0.85rem; font-weight: 600; border: 1px solid var(--line); color: var(--soft); }
.recording .status { color: var(--record); background: var(--record-paper); border-color: transparent; }
.recording .status::before { content: "● "; }
.steps, .left { font-size: 0.85rem; color: var(--wait); }
.left { color: var(--soft); }
.doing { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; margin: 0.6rem 0; }
.doing label { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem; font-size: 0.9rem; color: var(--soft); min-width: 0; }
.doing [data-do="end"] { margin-left: auto; }
.doing > span { font-size: 0.9rem; color: var(--wait); }
ol { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); font-size: 0.9rem; max-height: 26rem; overflow: auto; }
li { display: grid; grid-template-columns: 6.6rem 5rem minmax(0, 1fr); gap: 0 0.75rem; padding: 0.22rem 0.4rem; border-bottom: 1px solid var(--line); }
li time { color: var(--soft); font-variant-numeric: tabular-nums; }
li b { font-weight: 600; overflow-wrap: anywhere; }
li span { overflow-wrap: anywhere; }
li.good span { color: var(--good); }
li.bad span { color: var(--record); }
li.wait span { color: var(--wait); }
aside { padding: 1rem; font-size: 0.9rem; }
aside h2 { margin-top: 1.25rem; }
aside h2:first-child { margin-top: 0; }
aside p { margin-top: 0.4rem; }
aside ul { margin: 0.4rem 0 0; padding: 0; list-style: none; }
aside li { display: block; margin-top: 0.4rem; padding: 0.5rem 0.7rem; border: 0; border-radius: 0.4rem; overflow-wrap: anywhere; }
.fine { color: var(--good); }
.violations li { background: var(--record-paper); color: var(--record); }
.if-done li { background: var(--wait-paper); color: var(--wait); }
pre { margin: 0.4rem 0 0; padding: 0.6rem 0.7rem; font-size: 0.78rem; line-height: 1.45; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper); border: 1px solid var(--line); border-radius: 0.4rem; }
@media (max-width: 60rem) {
  main { grid-template-columns: minmax(0, 1fr); }
  .root { margin-left: 0; }
}
@media (max-width: 34rem) {
  body > header, main { padding-left: 0.75rem; padding-right: 0.75rem; }
  li { grid-template-columns: 6.6rem minmax(0, 1fr); }
  li span { grid-column: 1 / -1; }
  aside li { padding: 0.5rem 0.7rem; }
  .doing label { flex: 1 1 100%; }
  .doing select { flex: 1; min-width: 0; }
  .doing [data-do="end"] { margin-left: 0; }
}
@media (prefers-reduced-motion: no-preference) { .recording .status { animation: pulse 2s infinite; } }
@keyframes pulse { 50% { opacity: 0.65; } }
`;
