"use strict";
(() => {
  const svg = document.getElementById("map-picture");
  if (!svg) return;
  const W = 1000, H = 620;
  const perNm = Number(svg.dataset.pxPerNm);
  const bar = svg.querySelector(".scale-bar");
  const barPath = bar.querySelector("path"), barText = bar.querySelector("text");
  const firstBar = [barPath.getAttribute("d"), barText.textContent];
  const names = [...svg.querySelectorAll(".grid-name")];
  const lines = [...svg.querySelectorAll(".graticule path")].map((path) =>
    path.getAttribute("d").split("M").slice(1).map((run) => run.split("L").map((at) => at.split(" ").map(Number))));
  const home = names.map((name) => name.getAttribute("transform"));
  const hatch = document.getElementById("hatch-map");
  let x = 0, y = 0, k = 1;

  for (const node of document.querySelectorAll(".zoom, .needs-script")) node.hidden = false;

  function keepInside() {
    k = Math.min(Math.max(k, 0.5), 60);
    x = Math.min(Math.max(x, -W), 2 * W - W / k);
    y = Math.min(Math.max(y, -H), 2 * H - H / k);
  }

  function crossing(runs, meridian) {
    const edge = meridian ? y + (H - 8) / k : x + 2 / k;
    const a = meridian ? 1 : 0;
    for (const run of runs) {
      for (let i = 1; i < run.length; i += 1) {
        const p = run[i - 1], q = run[i];
        if ((p[a] - edge) * (q[a] - edge) <= 0 && p[a] !== q[a]) {
          const t = (edge - p[a]) / (q[a] - p[a]);
          return [p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])];
        }
      }
    }
    return null;
  }

  function draw() {
    keepInside();
    svg.setAttribute("viewBox", `${x} ${y} ${W / k} ${H / k}`);
    svg.style.setProperty("--k", k);
    svg.classList.toggle("close", k >= 3);
    hatch.setAttribute("patternTransform", `rotate(45) scale(${1 / k})`);
    const atHome = x === 0 && y === 0 && k === 1;
    names.forEach((name, i) => {
      if (atHome) { name.setAttribute("transform", home[i]); return; }
      const at = crossing(lines[i], name.dataset.meridian === "1");
      name.setAttribute("transform", at ? `translate(${at[0]} ${at[1]})` : "translate(-9999 -9999)");
    });
    bar.setAttribute("transform", `translate(${x + 20 / k} ${y + (H - 20) / k}) scale(${1 / k})`);
    if (atHome) {
      barPath.setAttribute("d", firstBar[0]);
      barText.textContent = firstBar[1];
      return;
    }
    const room = W / 6 / (perNm * k);
    const power = 10 ** Math.floor(Math.log10(room));
    const nm = [5, 2, 1].map((n) => n * power).find((n) => n <= room) || power;
    barPath.setAttribute("d", `M0 -5V0H${(nm * perNm * k).toFixed(1)}V-5`);
    barText.textContent = `${Number(nm.toPrecision(3))} NM (${Number((nm * 1.852).toPrecision(3))} km)${bar.dataset.note}`;
  }

  function zoom(factor, cx, cy) {
    const next = Math.min(Math.max(k * factor, 0.5), 60);
    x = cx - (cx - x) * k / next;
    y = cy - (cy - y) * k / next;
    k = next;
    draw();
  }

  const middle = () => [x + W / k / 2, y + H / k / 2];
  const all = () => { x = 0; y = 0; k = 1; draw(); };
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    return [x + (event.clientX - box.left) / box.width * W / k, y + (event.clientY - box.top) / box.height * H / k];
  };

  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      if (button.dataset.zoom === "all") all();
      else zoom(button.dataset.zoom === "in" ? 1.6 : 1 / 1.6, ...middle());
    });
  }
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.25 : 0.8, ...at(event));
  }, { passive: false });
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    from = at(event);
    svg.setPointerCapture(event.pointerId);
    svg.classList.add("moving");
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    x -= to[0] - from[0];
    y -= to[1] - from[1];
    draw();
  });
  const stop = () => { from = null; svg.classList.remove("moving"); };
  svg.addEventListener("pointerup", stop);
  svg.addEventListener("pointercancel", stop);
  svg.addEventListener("keydown", (event) => {
    const step = 80 / k;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) { x += moves[event.key][0]; y += moves[event.key][1]; draw(); }
    else if (event.key === "+" || event.key === "=") zoom(1.6, ...middle());
    else if (event.key === "-") zoom(1 / 1.6, ...middle());
    else if (event.key === "0") all();
    else return;
    event.preventDefault();
  });
  for (const link of document.querySelectorAll("[data-look]")) {
    link.addEventListener("click", () => {
      const [cx, cy, wide] = link.dataset.look.split(" ").map(Number);
      k = Math.min(W / wide, H / wide);
      x = cx - W / k / 2;
      y = cy - H / k / 2;
      draw();
    });
  }
})();
