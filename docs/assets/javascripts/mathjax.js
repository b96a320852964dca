// Configuration of the MathJax beside this file, and its marriage to Material's instant navigation.
// Loaded before MathJax itself, which reads window.MathJax when it starts.
window.MathJax = {
  loader: {
    load: [
      "core",
      "input/tex-base",
      "output/chtml",
      "a11y/assistive-mml",
      "[tex]/ams",
      "[tex]/boldsymbol",
    ],
    paths: { fonts: "[mathjax]/fonts" }, // the default is another host
  },
  tex: {
    packages: ["base", "ams", "boldsymbol"],
    inlineMath: [["\\(", "\\)"]],
    displayMath: [["\\[", "\\]"]],
    tags: "none",
  },
  output: {
    displayAlign: "left",
    displayIndent: "0",
    displayOverflow: "linebreak",
    linebreaks: { inline: true, width: "100%", lineleading: 0.4 },
    matchFontHeight: false, // the same size whatever the system's font is
    scale: 1.15,
  },
  options: { ignoreHtmlClass: ".*|", processHtmlClass: "arithmatex" },
  startup: {
    typeset: false,
    ready() {
      delete window.MathJax.config.options.menuOptions; // set by a component for the menu, which is not here
      window.MathJax.startup.defaultReady();
      window.MathJax.startup.document.inputJax[0].postFilters.add(({ data }) => guideBreaks(data.root));
    },
  },
};

// Where a displayed formula breaks: never between a factor and its sum, never in a short parenthesis such as
// (1 − y), and what follows is indented.
function guideBreaks(root) {
  if (root.attributes.get("display") !== "block") return;
  root.walkTree((node) => {
    if (!node.isKind("mo")) return;
    if (node.getText() === "\u2211" || inShortParenthesis(node)) node.attributes.set("linebreak", "nobreak");
    node.attributes.set("indentshift", window.innerWidth < 480 ? "0.8em" : "1.6em");
    node.attributes.set("indentshiftfirst", "0");
  });
}

function inShortParenthesis(node) {
  const { parent } = node;
  if (!parent?.isKind("mrow") || parent.childNodes[0] === node) return false;
  if (!parent.childNodes[0].isKind("mo") || parent.childNodes[0].getText() !== "(") return false;
  let letters = 0;
  parent.walkTree((leaf) => {
    if (leaf.isToken) letters += leaf.getText().length;
  });
  return letters < 20;
}

(() => {
  // Material replaces the head on every navigation and drops what scripts have put there.
  const keepStyles = (records) => {
    for (const node of records.flatMap((record) => [...record.removedNodes])) {
      const ours = node.nodeName === "STYLE" && node.id.startsWith("MJX");
      if (ours && !document.getElementById(node.id)) document.head.append(node);
    }
  };

  // What is too wide after line breaking scrolls in its own box; the keyboard must reach it.
  const markScrollable = () => {
    for (const formula of document.querySelectorAll("span.arithmatex")) {
      formula.classList.remove("boxed");
      const room = formula.closest("p, li, dd, td, .chain-why") ?? formula.parentElement;
      const end = (element) => element.getBoundingClientRect().right;
      formula.classList.toggle("boxed", end(formula) > end(room) + 1);
    }
    const boxes = "div.arithmatex, span.arithmatex, pre.chainrule-message";
    for (const box of document.querySelectorAll(boxes)) {
      const wide = box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1;
      box.toggleAttribute("data-wide", wide);
      const attributes = { tabindex: "0", role: "group", "aria-label": "Scrolls sideways" };
      for (const [name, value] of Object.entries(attributes)) {
        if (wide) box.setAttribute(name, value);
        else box.removeAttribute(name);
      }
    }
  };

  // Before the formulas are drawn, the browser could not know where the target of the address is.
  const showTarget = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (target && scrolled === window.scrollY) target.scrollIntoView();
  };

  let queue = Promise.resolve();
  let scrolled = 0;
  const root = document.documentElement;

  const typeset = (work) => {
    queue = queue
      .then(() => window.MathJax.startup.promise)
      .then(work)
      .then(markScrollable)
      .then(() => root.setAttribute("data-math", "drawn"))
      .catch((error) => {
        root.setAttribute("data-math", "failed");
        console.error("MathJax:", error);
      });
  };

  const drawPage = async () => {
    const { MathJax } = window;
    root.setAttribute("data-math", "waiting");
    scrolled = window.scrollY;
    MathJax.startup.output.clearCache();
    MathJax.typesetClear();
    MathJax.texReset();
    await MathJax.typesetPromise();
    showTarget();
  };

  // Line breaks depend on the width: draw again when it has changed (a phone turned, a window resized).
  let width = window.innerWidth;
  let timer;
  const redraw = () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    clearTimeout(timer);
    timer = setTimeout(() => typeset(drawAgain), 200);
  };
  const drawAgain = async () => {
    const { MathJax } = window;
    await MathJax._.mathjax.mathjax.handleRetriesFor(() =>
      MathJax.startup.document.rerender(MathJax._.core.MathItem.STATE.METRICS),
    );
  };

  new MutationObserver(keepStyles).observe(document.head, { childList: true });
  window.addEventListener("resize", redraw);
  // document$ replays the current document on subscription and emits after each instant navigation.
  document.addEventListener("DOMContentLoaded", () => document$.subscribe(() => typeset(drawPage)));
})();
