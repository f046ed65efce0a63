/* Draws every figure of chart.html with Apache ECharts, from the numbers that stand beside it, and then folds its table.

   Colours, font and direction are those of the page: the stylesheet says them on .chart-drawing. Nothing moves, nothing is
   written into the page as markup, and what goes wrong here leaves the open table. */
"use strict";

(() => {
  const HEIGHTS = { lines: 264, bars: 248 };
  const ROW = { lying: 34, heat: 26 };

  /* What the stylesheet gives the drawing, as rgb(): each colour stands in a property that is not used for anything else. */
  function looks(element) {
    const style = getComputedStyle(element);
    return {
      ink: style.color,
      accent: style.caretColor,
      quiet: style.textDecorationColor,
      line: style.columnRuleColor,
      paper: style.outlineColor,
      font: style.fontFamily,
    };
  }

  function shared(look, finding) {
    return {
      animation: false,
      textStyle: { fontFamily: look.font, color: look.ink, fontSize: 13 },
      aria: { enabled: true, label: { enabled: true, description: finding } },
      tooltip: {
        renderMode: "richText",
        confine: true,
        transitionDuration: 0,
        backgroundColor: look.paper,
        borderColor: look.line,
        textStyle: { color: look.ink, fontFamily: look.font, fontSize: 13 },
      },
    };
  }

  function heightOf(data) {
    if (data.shape === "lying") return data.labels.length * data.series.length * ROW.lying + 4;
    if (data.shape === "heat") return data.series.length * ROW.heat + 28;
    return HEIGHTS[data.shape];
  }

  function draw(element) {
    const data = JSON.parse(document.getElementById(element.dataset.chart).textContent);
    const height = heightOf(data);
    element.style.blockSize = `${height}px`;
    const look = looks(element);
    const chart = echarts.init(element, null, { renderer: "svg", width: element.clientWidth, height });
    const paint = (width) => {
      const base = shared(look, element.dataset.finding);
      const own = chartShapes[data.shape](data, look, width);
      chart.resize({ width, height });
      chart.setOption({ ...base, ...own, tooltip: { ...base.tooltip, ...own.tooltip } }, true);
    };
    let drawn = 0;
    const fit = (width) => {
      if (width > 0 && Math.abs(width - drawn) > 1) paint((drawn = width));
    };
    fit(element.clientWidth);
    new ResizeObserver(() => fit(element.clientWidth)).observe(element);
    // A sheet of paper is about so wide.
    window.addEventListener("beforeprint", () => fit(640));
    window.addEventListener("afterprint", () => fit(element.clientWidth));
    const table = element.closest("figure").querySelector("details");
    if (table) table.open = false;
  }

  for (const element of document.querySelectorAll(".chart-drawing")) {
    try {
      draw(element);
      element.classList.add("chart-drawn");
    } catch (error) {
      element.remove();
      console.warn("This chart could not be drawn; its numbers stand in the table.", error);
    }
  }
})();
