/** The one stylesheet. Contrast of text is 4.5 or more in light and dark. */
export const style = `:root {
  color-scheme: light dark;
  --ground: #f3f5f9; --card: #ffffff; --ink: #16202e; --soft: #526071; --line: #c9d1dc; --field: #ffffff; --field-line: #7b8798;
  --act: #0b57c2; --act-over: #08438f; --act-ink: #ffffff; --link: #0b57c2; --bad: #a8231c; --bad-ground: #fdeeed; --good: #17693a; --good-ground: #e9f6ee;
  --shadow: 0 1px 2px rgb(16 32 56 / 8%), 0 12px 32px rgb(16 32 56 / 8%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e141c; --card: #18212c; --ink: #e8edf4; --soft: #a6b3c3; --line: #344252; --field: #101820; --field-line: #73839a;
    --act: #7fb2ff; --act-over: #a9cbff; --act-ink: #0b1622; --link: #8fbcff; --bad: #ffaaa3; --bad-ground: #3a1d1d; --good: #8fdcae; --good-ground: #16301f;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 30%);
  }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; padding: 0 16px 48px; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
.brand { max-width: 440px; margin: 0 auto; padding: 40px 0 20px; font-size: 20px; font-weight: 650; letter-spacing: -0.01em; text-align: center; }
.brand a { color: var(--ink); text-decoration: none; display: inline-flex; align-items: center; gap: 10px; }
.mark { width: 22px; height: 26px; background: var(--act); clip-path: polygon(50% 0, 100% 16%, 100% 56%, 82% 82%, 50% 100%, 18% 82%, 0 56%, 0 16%); }
.card { max-width: 440px; margin: 0 auto; padding: 32px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); }
.card.wide { max-width: 680px; }
h1 { margin: 0 0 20px; font-size: 24px; line-height: 1.25; letter-spacing: -0.015em; overflow-wrap: anywhere; }
main > :last-child { margin-bottom: 0; }
h2 { margin: 32px 0 8px; font-size: 17px; }
p { margin: 0 0 16px; }
.soft, .hint { color: var(--soft); }
.hint { margin: 0 0 6px; font-size: 14px; }
a { color: var(--link); text-underline-offset: 2px; }
.field { margin: 0 0 18px; }
label, legend, .saml-account-name { display: block; margin: 0 0 6px; padding: 0; font-weight: 600; }
input[type="text"], input[type="password"], input[type="email"] { width: 100%; min-height: 44px; padding: 8px 12px; font: inherit; color: inherit; background: var(--field); border: 1px solid var(--field-line); border-radius: 8px; }
input[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
button { width: 100%; min-height: 44px; padding: 8px 20px; font: inherit; font-weight: 600; color: var(--act-ink); background: var(--act); border: 1px solid transparent; border-radius: 8px; cursor: pointer; }
button:hover { background: var(--act-over); }
button.plain { color: var(--link); background: transparent; border-color: var(--field-line); }
button.plain:hover { color: var(--ink); border-color: var(--ink); }
button.small { width: auto; min-height: 36px; padding: 4px 14px; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.tabs { display: grid; grid-template-columns: 1fr 1fr; margin: 0 0 24px; padding: 4px; gap: 4px; background: var(--ground); border-radius: 10px; }
.tabs a { padding: 8px; min-height: 40px; text-align: center; color: var(--soft); text-decoration: none; border-radius: 7px; font-weight: 600; font-size: 15px; }
.tabs a[aria-current] { color: var(--ink); background: var(--card); box-shadow: 0 1px 3px rgb(16 32 56 / 20%); }
.alert { margin: 0 0 20px; padding: 12px 14px; color: var(--bad); background: var(--bad-ground); border-left: 4px solid var(--bad); border-radius: 6px; overflow-wrap: anywhere; }
.note { margin: 0 0 20px; padding: 12px 14px; color: var(--good); background: var(--good-ground); border-left: 4px solid var(--good); border-radius: 6px; overflow-wrap: anywhere; }
fieldset { margin: 0 0 18px; padding: 0; border: 0; min-width: 0; }
.choice { position: relative; display: flex; gap: 12px; align-items: flex-start; margin: 0 0 8px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; font-weight: 400; cursor: pointer; overflow-wrap: anywhere; }
.choice:has(:checked) { border-color: var(--act); box-shadow: inset 0 0 0 1px var(--act); }
.choice input { margin: 4px 0 0; width: 18px; height: 18px; flex: none; accent-color: var(--act); }
.choice span { min-width: 0; }
.choice label { margin: 0; font-weight: 400; }
.choice label::after { content: ''; position: absolute; inset: 0; cursor: pointer; }
.saml-account { margin: 0 0 18px; }
.choice small { display: block; color: var(--soft); font-size: 13px; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 6px 20px; margin: 0 0 24px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
code, .codes { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 14px; }
.codes { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 6px 24px; margin: 0 0 20px; padding: 16px; list-style: none; background: var(--ground); border-radius: 8px; }
.code { display: block; padding: 16px; margin: 0 0 16px; background: var(--ground); border-radius: 8px; overflow-wrap: anywhere; user-select: all; }
.actions { display: grid; gap: 12px; margin-top: 24px; }
.list { margin: 0 0 16px; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.list li { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; justify-content: space-between; padding: 12px 0; border-bottom: 1px solid var(--line); }
.list li > div { min-width: 0; overflow-wrap: anywhere; }
.below { margin: 20px 0 0; text-align: center; }
@media (min-width: 481px) { .list li { flex-wrap: nowrap; } .list li > span { flex: none; } }
@media (max-width: 480px) {
  .brand { padding: 24px 0 16px; }
  .card { padding: 24px 20px; }
  dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin: 0 0 10px; }
}
@media (prefers-reduced-motion: no-preference) { button, input { transition: background-color 120ms, border-color 120ms; } }
`
