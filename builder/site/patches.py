"""What is changed of Material's scripts, and above each what would be without it."""

WORKER, BUNDLE = "workers/search.*.min.js", "bundle.*.min.js"
PLAIN = r'.normalize("NFD").replace(/\p{M}/gu,"")'  # a text without its accents

# A script, what stands in it once, and what stands there from now on.
PATCHES = [
    # --- What is found.
    # "atencao" does not find "atenção".
    (WORKER, "g.slice(l,m).toLowerCase()", f"g.slice(l,m).toLowerCase(){PLAIN}"),
    # "atenção" finds nothing, as the index has "atencao".
    (WORKER, "search(e){if(e=e", f"search(e){{if(e=e{PLAIN}"),
    # "anotacoes" does not find "anotação": its stemmer needs the accents.
    (
        "lunr/min/lunr.pt.min.js",
        "n.setCurrent(e),n.stem(),n.getCurrent()}):",
        "n.setCurrent(e.replace(/(c?(ao|oes)|[ae]ncia|encias|[ai]vel)$/,function(e){"
        'return{cao:"ção",coes:"ções",ao:"ão",oes:"ões",ancia:"ância",encia:"ência",'
        'encias:"ências",avel:"ável",ivel:"ível"}[e]})),n.stem(),n.getCurrent()'
        f"{PLAIN}}}):",
    ),
    # "gatos" does not find "gato": nothing stems a word that ends in a *.
    (WORKER, ":`${r}*`)", ":`${r} ${r}*`)"),
    # The next one could not tell which stem a word has.
    (
        WORKER,
        "let r=le(e).filter(s=>s.presence",
        "let r=le(e).filter(s=>(s.stem=this.index.pipeline.runString(s.term)[0],1)"
        "&&s.presence",
    ),
    # A page found by the stem of a word is listed as lacking that word.
    (WORKER, "e[s].startsWith(o.term)", "(e[s].startsWith(o.term)||e[s]===o.stem)"),
    # --- What is marked.
    # There is no place for the words that were found.
    (WORKER, "c=_({},c),", "c=_({},c),c.words=new Set,"),
    # Nobody knows that "gatos" was found as "gato" here.
    (
        WORKER,
        "v=Array.isArray(c[l])?q:oe;",
        "v=Array.isArray(c[l])?q:oe;for(let d of m){let y=x[d>>>20][d&1048575];"
        "c.words.add(c[l].substr(y>>>12,y>>>2&1023).toLowerCase())}",
    ),
    # A page found by its sections only is opened unmarked.
    (WORKER, "score:0,terms:{}}", "score:0,terms:{},words:o[0].words}"),
    # A hit opens unmarked (place.js marks), or marked as it was typed.
    (
        BUNDLE,
        'V("search.highlight")&&s.searchParams.set("h",Object.entries(e.terms)'
        '.filter(([,c])=>c).reduce((c,[p])=>`${c} ${p}`.trim(),""));',
        's.searchParams.set("h",[...e.words].slice(0,20).join(" "));',
    ),
    # A line of a hit ends before the word that was sought.
    (
        BUNDLE,
        "o>0&&e.text.length>0&&e.text,",
        r'o>0&&e.text.length>0&&"<p>"+e.text.replace(/<(?!\/?mark)[^>]*>/g," ")'
        r'.replace(/^[^<]+?\s((?:[^\s<]+\s+){5}[^\s<]*<mark>)/,"… $1")+"</p>",',
    ),
    # --- What is loaded.
    # Every page loads the whole index, 100 kB and more, unasked.
    (BUNDLE, '$(location.protocol!=="file:"),', "$(!1),"),
    # Every page loads the search's worker, and is heavier than it may be.
    (
        BUNDLE,
        "t=new Worker(e)",
        "t=Object.assign(new EventTarget,{postMessage(i){"
        "this.w||((this.w=new Worker(e)).onmessage="
        'n=>this.dispatchEvent(new MessageEvent("message",{data:n.data}))),'
        "this.w.postMessage(i)}})",
    ),
    # --- Keys.
    # On a touch screen no key scrolls code that is wider than the page.
    (BUNDLE, 'd&&r?e.setAttribute("tabindex","0")', 'd?e.setAttribute("tabindex","0")'),
]
# Modules of the bundle that no page needs: from here to before there, and what instead.
CUTS = [
    # Browsers know :focus-visible themselves; styles.py asks for that.
    ("var xo=Cr((kr,yo)=>", "var ro=Cr(", "var xo=Cr(()=>{});"),
    # A page copies its code by itself (builder/live/copies.js).
    (
        "var ao=Cr((Nt,io)=>",
        "var ZM=",
        "var ao=Cr((Nt,io)=>{io.exports={isSupported(){}}});",
    ),
    # No page draws a chart with Mermaid.
    ('var Xn=".node circle', 'var ei=x("table");', "function Zn(){}"),
    # No page has tabs.
    ("function ss(e){let t=e.find", "function oi(e,t){", "function ri(){}"),
    # No code is annotated by numbers in it.
    (
        "function Dn(e,t,{target$:r})",
        "var Kn=$t(ao());",
        "function Tr(){}function zn(){}",
    ),
    # Lines of code are not selected by a click; copies.js has the buttons.
    (
        'let s=[],a=e.closest("pre"),c=a.closest("[id]")',
        "return es(e).pipe(O(d=>n.next(d))",
        "let l=[];",
    ),
    # A page is loaded by the browser, and place.js marks what was sought.
    ("function bs(e){", "function zt(e){return", "function gi(){}function xi(){}"),
    # place.js marks what was sought.
    ("function Ai(e,{index$", "function Ss(e,{viewport$", "function Ai(){}"),
    # The site has one version.
    ("function wi(e){var l", "function ws(e,{worker$", "function Ti(){}"),
    # No page counts the stars of a repository.
    ("function Ci(e,t){", "function Ms(e,{viewport$", "function $i(){}"),
]
