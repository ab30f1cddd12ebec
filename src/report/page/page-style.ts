/** The style sheet of a page: light or dark as the reader's screen is, and fit to be printed. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--muted:#59636e;--line:#d9dee3;--card:#f6f8fa}
@media(prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--muted:#9aa4af;--line:#2b323a;--card:#161b22}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
main{max-width:960px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:26px;line-height:1.25;margin:0 0 8px}
h2{font-size:18px;margin:36px 0 10px}
.headline{font-size:18px;margin:0 0 4px}
.note,.origin{color:var(--muted);font-size:13px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px;margin:20px 0}
.cards div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 12px}
.cards dt{color:var(--muted);font-size:13px}
.cards dd{margin:0}
.cards .figure{font-size:20px;font-weight:600;font-variant-numeric:tabular-nums}
figure{margin:16px 0;position:relative;overflow-x:auto}
figure svg{display:block;width:100%;min-width:720px;box-sizing:border-box;height:auto;border:1px solid var(--line);border-radius:8px}
.values{position:absolute;top:0;left:0;pointer-events:none;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:6px 9px;font-size:12px;white-space:pre;box-shadow:0 2px 8px #0003}
.cursor{stroke:var(--ink);stroke-width:1;pointer-events:none}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:4px 10px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap;font-weight:400}
thead th{color:var(--muted);position:sticky;top:0;background:var(--paper)}
th:first-child,.words th,.words td{text-align:left}
.words td,.words th{vertical-align:top}
.words td:nth-child(n+3){white-space:normal;min-width:200px}
pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px;overflow-x:auto;font-size:12.5px;line-height:1.5}
details{margin:24px 0}
summary{cursor:pointer;font-size:18px;font-weight:600}
li{margin:4px 0}
@media(max-width:600px){.words td:nth-child(n+3){min-width:150px}th,td{padding:4px 7px}}
@media print{figure svg{min-width:0}.wide{overflow:visible}figure,section{break-inside:avoid}}
`.trim();
