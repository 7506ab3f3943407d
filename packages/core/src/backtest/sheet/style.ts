/** Style of a tear sheet: light or dark as the reader's system asks, for screen, phone and print. */
export const sheetStyle = `
:root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1c2126;--soft:#5c6570;--faint:#8a929b;--rule:#e5e2dc;--accent:#1f4f7d;--gain:#14735a;--loss:#b0402b;--gain-rgb:20 115 90;--loss-rgb:176 64 43;--accent-rgb:31 79 125;--warn:#8a5a00;--warn-paper:#fdf5e3}
@media (prefers-color-scheme:dark){:root{--paper:#121518;--card:#191d21;--ink:#e7e9eb;--soft:#a0a8b1;--faint:#78818a;--rule:#2b3137;--accent:#86b6e6;--gain:#4fc3a1;--loss:#ec8a74;--gain-rgb:79 195 161;--loss-rgb:236 138 116;--accent-rgb:134 182 230;--warn:#e4b95f;--warn-paper:#2a2416}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums;font-feature-settings:"kern"}
main{max-width:1120px;margin:0 auto;padding:56px 32px 72px}
h1{font:600 34px/1.2 Charter,"Iowan Old Style","Source Serif 4",Georgia,serif;letter-spacing:-.01em;margin:0 0 8px;overflow-wrap:anywhere}
h2{font:600 21px/1.3 Charter,"Iowan Old Style","Source Serif 4",Georgia,serif;margin:0 0 20px;padding-top:18px;border-top:1px solid var(--rule)}
h3{font-size:13px;font-weight:600;letter-spacing:.01em;margin:0 0 10px}
p{margin:0 0 10px}
section{margin-top:52px}
.kicker{font-size:12px;letter-spacing:.09em;text-transform:uppercase;color:var(--faint);margin:0 0 14px}
.lead{color:var(--soft);margin:0;overflow-wrap:anywhere}.lead span{display:inline-block;max-width:100%}
.note{color:var(--soft);font-size:13px;max-width:80ch}
.verdict{margin-top:32px;padding:22px 26px;background:var(--card);border:1px solid var(--rule);border-left:4px solid var(--soft);border-radius:4px}
.verdict.good{border-left-color:var(--gain)}.verdict.weak{border-left-color:var(--warn)}.verdict.none{border-left-color:var(--loss)}
.verdict strong{display:block;font:600 20px/1.3 Charter,"Iowan Old Style","Source Serif 4",Georgia,serif;margin-bottom:8px}
.verdict ul,.warnings ul{margin:0;padding:0;list-style:none}
.verdict li,.warnings li{padding:2px 0;color:var(--soft);max-width:90ch;overflow-wrap:anywhere}
.warnings{margin-top:14px;padding:16px 26px;background:var(--warn-paper);border:1px solid var(--rule);border-radius:4px}
.warnings h3{color:var(--warn);margin-bottom:4px}
.warnings li{color:var(--ink)}
.cards{display:grid;grid-template-columns:repeat(4,1fr);margin:32px 0 0;border:1px solid var(--rule);border-radius:4px;background:var(--rule);gap:1px;overflow:hidden}
.cards div{padding:18px 22px 16px;background:var(--card)}
.cards dt{font-size:13px;color:var(--soft)}
.cards dd{margin:2px 0 0;font-size:27px;line-height:1.25;letter-spacing:-.015em;white-space:nowrap}
.cards dd small{display:block;font-size:12.5px;letter-spacing:0;color:var(--faint);white-space:normal}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:36px 44px}
figure{margin:0;min-width:0}
figcaption{font-size:13px;font-weight:600;margin-bottom:8px}
figcaption span{font-weight:400;color:var(--soft)}
.stack>*+*{margin-top:30px}
.chart{display:block;overflow:visible;margin-left:58px;width:calc(100% - 58px)}
.chart path{vector-effect:non-scaling-stroke;stroke-linejoin:round;fill:none}
.chart .line{stroke-width:1.6}
.chart .area{stroke:none}
.chart .dots{stroke-width:5;stroke-linecap:round;opacity:.55}
.chart .grid{stroke:var(--rule);stroke-width:1;shape-rendering:crispEdges}
.chart text{font-size:11.5px;fill:var(--faint)}
.line.accent,.dots.accent{stroke:var(--accent)}.line.loss,.dots.loss{stroke:var(--loss)}.dots.gain{stroke:var(--gain)}
.line.quiet{stroke:var(--faint);stroke-width:1;stroke-dasharray:3 4}.line.soft{stroke:var(--soft);stroke-width:1.2}
.chart .area.accent{fill:rgb(var(--accent-rgb)/.1)}.chart .area.loss{fill:rgb(var(--loss-rgb)/.22)}
.chart .area.gains{fill:rgb(var(--gain-rgb)/.75)}.chart .area.losses{fill:rgb(var(--loss-rgb)/.75)}
.scroll{overflow-x:auto;-webkit-overflow-scrolling:touch}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:4px}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.4}
th,td{padding:6px 10px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--rule);vertical-align:baseline}
th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
thead th{font-weight:500;color:var(--soft);font-size:12.5px;border-bottom-color:var(--faint)}
tbody th{font-weight:400}
.text{text-align:left;white-space:normal;overflow-wrap:anywhere;min-width:9ch}
thead .text{white-space:nowrap}
.name{text-align:left}
.gain{color:var(--gain)}.loss{color:var(--loss)}
.figures{width:100%}.figures th{text-align:left;color:var(--soft);white-space:normal}
.heat td{text-align:center;padding:7px 4px;min-width:50px;border:2px solid var(--paper);font-size:12.5px}
.heat thead th{text-align:center;padding:6px 4px;border-bottom:none}.heat tbody th{text-align:left;border-bottom:none;padding-right:12px}
.heat thead th:first-child{text-align:left}
.heat .total{font-weight:600}
.g1{background:rgb(var(--gain-rgb)/.1)}.g2{background:rgb(var(--gain-rgb)/.2)}.g3{background:rgb(var(--gain-rgb)/.32)}.g4{background:rgb(var(--gain-rgb)/.46)}.g5{background:rgb(var(--gain-rgb)/.6)}
.l1{background:rgb(var(--loss-rgb)/.1)}.l2{background:rgb(var(--loss-rgb)/.2)}.l3{background:rgb(var(--loss-rgb)/.32)}.l4{background:rgb(var(--loss-rgb)/.46)}.l5{background:rgb(var(--loss-rgb)/.6)}
.bar{display:block;width:100%;min-width:56px;height:10px}
.bar .gain{fill:rgb(var(--gain-rgb)/.75)}.bar .loss{fill:rgb(var(--loss-rgb)/.75)}.bar line{stroke:var(--faint);stroke-width:1}
code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere;white-space:pre-wrap}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:7px 26px;margin:0}
.facts dt{color:var(--soft)}.facts dd{margin:0;overflow-wrap:anywhere}
.facts ul{margin:0;padding:0;list-style:none}
footer{margin-top:56px;padding-top:18px;border-top:1px solid var(--rule);color:var(--faint);font-size:13px}
@media screen and (max-width:760px){
main{padding:32px 18px 48px}h1{font-size:27px}section{margin-top:42px}
.cards{grid-template-columns:repeat(2,1fr)}.cards div{padding:14px 16px 12px}.cards dd{font-size:22px}
.pair{grid-template-columns:minmax(0,1fr);gap:32px}
.verdict,.warnings{padding:18px 18px}.facts{grid-template-columns:minmax(0,1fr);gap:2px}.facts dd{margin-bottom:10px}
}
@media print{
:root{color-scheme:light;--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--faint:#666;--rule:#d5d5d5;--accent:#1f4f7d;--gain:#14735a;--loss:#b0402b;--gain-rgb:20 115 90;--loss-rgb:176 64 43;--accent-rgb:31 79 125;--warn:#8a5a00;--warn-paper:#fff}
@page{margin:16mm 14mm}
body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}
section{margin-top:28px}.scroll{overflow:visible}h2,h3,figcaption{break-after:avoid}
figure,tr,.verdict,.warnings,.cards{break-inside:avoid}table{font-size:8.5pt}th,td{padding:3px 5px}.heat td{min-width:0}
}
`
