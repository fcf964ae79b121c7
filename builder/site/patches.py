"""What is changed of Material's scripts, and what would be wrong without it."""

from typing import NamedTuple

WORKER, BUNDLE = "workers/search.*.min.js", "bundle.*.min.js"
PLAIN = r'.normalize("NFD").replace(/\p{M}/gu,"")'  # a text without its accents


class Patch(NamedTuple):
    """A change of one script: what stands once, and what stands there from now on."""

    script: str
    old: str
    new: str
    without: str


class Cut(NamedTuple):
    """A module of Material's that no page needs: all from `start` to before `end`."""

    start: str
    end: str
    new: str
    why: str


FINDS = [
    Patch(
        WORKER,
        "g.slice(l,m).toLowerCase()",
        f"g.slice(l,m).toLowerCase(){PLAIN}",
        without='"atencao" does not find "atenção"',
    ),
    Patch(
        WORKER,
        "search(e){if(e=e",
        f"search(e){{if(e=e{PLAIN}",
        without='"atenção" finds nothing, as the index has "atencao"',
    ),
    Patch(
        "lunr/min/lunr.pt.min.js",
        "n.setCurrent(e),n.stem(),n.getCurrent()}):",
        "n.setCurrent(e.replace(/(c?(ao|oes)|[ae]ncia|encias|[ai]vel)$/,function(e){"
        'return{cao:"ção",coes:"ções",ao:"ão",oes:"ões",ancia:"ância",encia:"ência",'
        'encias:"ências",avel:"ável",ivel:"ível"}[e]})),n.stem(),n.getCurrent()'
        f"{PLAIN}}}):",
        without='"anotacoes" does not find "anotação": its stemmer needs the accents',
    ),
    Patch(
        WORKER,
        ":`${r}*`)",
        ":`${r} ${r}*`)",
        without='"gatos" does not find "gato": nothing stems a word that ends in a *',
    ),
    Patch(
        WORKER,
        "let r=le(e).filter(s=>s.presence",
        "let r=le(e).filter(s=>(s.stem=this.index.pipeline.runString(s.term)[0],1)"
        "&&s.presence",
        without="the next one could not tell which stem a word has",
    ),
    Patch(
        WORKER,
        "e[s].startsWith(o.term)",
        "(e[s].startsWith(o.term)||e[s]===o.stem)",
        without="a page found by the stem of a word is listed as lacking that word",
    ),
]
MARKS = [
    Patch(
        WORKER,
        "c=_({},c),",
        "c=_({},c),c.words=new Set,",
        without="there is no place for the words that were found",
    ),
    Patch(
        WORKER,
        "v=Array.isArray(c[l])?q:oe;",
        "v=Array.isArray(c[l])?q:oe;for(let d of m){let y=x[d>>>20][d&1048575];"
        "c.words.add(c[l].substr(y>>>12,y>>>2&1023).toLowerCase())}",
        without='nobody knows that "gatos" was found as "gato" here',
    ),
    Patch(
        WORKER,
        "score:0,terms:{}}",
        "score:0,terms:{},words:o[0].words}",
        without="a page found by its sections only is opened unmarked",
    ),
    Patch(
        BUNDLE,
        'V("search.highlight")&&s.searchParams.set("h",Object.entries(e.terms)'
        '.filter(([,c])=>c).reduce((c,[p])=>`${c} ${p}`.trim(),""));',
        's.searchParams.set("h",[...e.words].slice(0,20).join(" "));',
        without="a hit opens unmarked (place.js marks), or marked as it was typed",
    ),
    Patch(
        BUNDLE,
        "o>0&&e.text.length>0&&e.text,",
        r'o>0&&e.text.length>0&&"<p>"+e.text.replace(/<(?!\/?mark)[^>]*>/g," ")'
        r'.replace(/^[^<]+?\s((?:[^\s<]+\s+){5}[^\s<]*<mark>)/,"… $1")+"</p>",',
        without="a line of a hit ends before the word that was sought",
    ),
]
WEIGHT = [
    Patch(
        BUNDLE,
        '$(location.protocol!=="file:"),',
        "$(!1),",
        without="every page loads the whole index, 100 kB and more, unasked",
    ),
    Patch(
        BUNDLE,
        "t=new Worker(e)",
        "t=Object.assign(new EventTarget,{postMessage(i){"
        "this.w||((this.w=new Worker(e)).onmessage="
        'n=>this.dispatchEvent(new MessageEvent("message",{data:n.data}))),'
        "this.w.postMessage(i)}})",
        without="every page loads the search's worker, and is heavier than it may be",
    ),
]
KEYS = [
    Patch(
        BUNDLE,
        'd&&r?e.setAttribute("tabindex","0")',
        'd?e.setAttribute("tabindex","0")',
        without="on a touch screen no key scrolls code that is wider than the page",
    ),
]
PATCHES = [*FINDS, *MARKS, *WEIGHT, *KEYS]
CUTS = [
    Cut(
        "var xo=Cr((kr,yo)=>",
        "var ro=Cr(",
        "var xo=Cr(()=>{});",
        why="browsers know :focus-visible themselves; styles.py asks for that",
    ),
    Cut(
        "var ao=Cr((Nt,io)=>",
        "var ZM=",
        "var ao=Cr((Nt,io)=>{io.exports={isSupported(){}}});",
        why="a page copies its code by itself (builder/live/copies.js)",
    ),
    Cut(
        'var Xn=".node circle',
        'var ei=x("table");',
        "function Zn(){}",
        why="no page draws a chart with Mermaid",
    ),
    Cut(
        "function ss(e){let t=e.find",
        "function oi(e,t){",
        "function ri(){}",
        why="no page has tabs",
    ),
    Cut(
        "function Dn(e,t,{target$:r})",
        "var Kn=$t(ao());",
        "function Tr(){}function zn(){}",
        why="no code is annotated by numbers in it",
    ),
    Cut(
        'let s=[],a=e.closest("pre"),c=a.closest("[id]")',
        "return es(e).pipe(O(d=>n.next(d))",
        "let l=[];",
        why="lines of code are not selected by a click; copies.js has the buttons",
    ),
    Cut(
        "function bs(e){",
        "function zt(e){return",
        "function gi(){}function xi(){}",
        why="a page is loaded by the browser, and place.js marks what was sought",
    ),
    Cut(
        "function Ai(e,{index$",
        "function Ss(e,{viewport$",
        "function Ai(){}",
        why="place.js marks what was sought",
    ),
    Cut(
        "function wi(e){var l",
        "function ws(e,{worker$",
        "function Ti(){}",
        why="the site has one version",
    ),
    Cut(
        "function Ci(e,t){",
        "function Ms(e,{viewport$",
        "function $i(){}",
        why="no page counts the stars of a repository",
    ),
]
