/* How each shape of a figure is drawn: from the numbers of the page and its looks to what Apache ECharts is told. See charts.js. */
"use strict";

const chartShapes = (() => {
  const NARROW = 560; // pixels of a drawing

  const page = document.documentElement;
  const backwards = page.dir === "rtl";
  const [near, far] = backwards ? ["right", "left"] : ["left", "right"];
  const format = new Intl.NumberFormat(page.lang || undefined, { maximumFractionDigits: 1, numberingSystem: "latn" });

  const numbers = (color) => (color.match(/[\d.]+/g) || [0, 0, 0]).slice(0, 3).map(Number);

  /* Between two colours; 0 is the first, 1 the second. */
  function between(first, second, share) {
    const [from, to] = [numbers(first), numbers(second)];
    return `rgb(${from.map((value, index) => Math.round(value + (to[index] - value) * share)).join(",")})`;
  }

  const said = (data, value) => (value === null || value === undefined ? "–" : format.format(value) + (data.perCent ? "\u202f%" : ""));

  const axisOf = (look) => ({
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: look.quiet, fontSize: 12 },
    splitLine: { show: false },
  });

  /* What is written along the base: no more than there is room for. */
  function along(data, look, width) {
    const written = data.labels.map((_, index) => index).filter((index) => data.axis[index] !== "");
    const longest = Math.max(0, ...written.map((index) => data.axis[index].length));
    const every = Math.ceil(written.length / Math.max(2, Math.floor(width / (Math.min(longest, 16) * 7 + 20))));
    const shown = new Set(written.filter((_, place) => place % every === 0));
    return {
      ...axisOf(look),
      type: "category",
      data: data.labels,
      inverse: backwards,
      axisLine: { show: true, lineStyle: { color: look.quiet } },
      axisLabel: {
        ...axisOf(look).axisLabel,
        interval: (index) => shown.has(index),
        formatter: (_, index) => data.axis[index],
        hideOverlap: true,
      },
    };
  }

  function upwards(data, look) {
    return {
      ...axisOf(look),
      type: "value",
      position: near,
      minInterval: 1,
      splitNumber: 4,
      axisLabel: { ...axisOf(look).axisLabel, formatter: (value) => said(data, value) },
      splitLine: { show: true, lineStyle: { color: look.line } },
    };
  }

  const tip = (data) => (points) => {
    const found = Array.isArray(points) ? points : [points];
    const label = data.labels[found[0].dataIndex];
    const place = found[0].dataIndex;
    const lines = data.series
      .filter((one) => one.values[place] !== null && one.values[place] !== undefined)
      .map((one) => (one.name ? `${one.name}: ` : "") + said(data, one.values[place]));
    return [label, ...lines].join("\n");
  };

  function lines(data, look, width) {
    const narrow = width < NARROW;
    const several = data.series.length > 1;
    const aside = several ? (narrow ? 84 : 132) : 16;
    const series = [];
    data.series.forEach((one, place) => {
      const color = one.compared ? look.quiet : place === 0 ? look.accent : look.ink;
      const last = one.values.length - 1;
      const drawn = {
        type: "line",
        name: one.name,
        data: one.apart ? one.values.map((value, index) => (index === last ? null : value)) : one.values,
        showSymbol: one.values.length < 3,
        symbolSize: 6,
        z: one.compared ? 2 : 3,
        lineStyle: { color, width: one.compared ? 1.5 : 2.5, type: one.compared ? [5, 4] : "solid" },
        itemStyle: { color },
        emphasis: { disabled: true },
        endLabel: { show: several && !(one.apart && last > 0), formatter: one.name, color, width: aside - 12, overflow: "break", position: far, align: near, distance: 8, fontSize: 12 },
        labelLayout: { moveOverlap: "shiftY" },
      };
      series.push(drawn);
      if (one.apart && last > 0) {
        series.push({
          ...drawn,
          name: "",
          data: one.values.map((value, index) => (index >= last - 1 ? value : null)),
          lineStyle: { ...drawn.lineStyle, opacity: 0.4 },
          showSymbol: false,
          endLabel: { ...drawn.endLabel, show: several },
        });
      }
    });
    return {
      grid: { [near]: 4, [far]: aside, top: 12, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: { ...along(data, look, width - aside), boundaryGap: false },
      yAxis: upwards(data, look),
      tooltip: { trigger: "axis", formatter: tip(data), axisPointer: { lineStyle: { color: look.quiet } } },
      series,
    };
  }

  /* Where a name stands over its bar, so that it does not run over the edge. */
  function held(name, index, last, width) {
    const half = name.length * 3.5;
    const step = width / (last + 1);
    if (half > (index + 0.25) * step) return near;
    return half > (last - index + 0.25) * step ? far : "center";
  }

  function bars(data, look, width) {
    const several = data.series.length > 1;
    const room = width / Math.max(1, data.labels.length * (data.within ? 1 : data.series.length));
    return {
      grid: { [near]: 4, [far]: 8, top: several ? 34 : 22, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: along(data, look, width),
      yAxis: upwards(data, look),
      tooltip: { trigger: "axis", formatter: tip(data), axisPointer: { type: "none" } },
      series: data.series.map((one, place) => {
        const color = data.within
          ? place === 0 ? between(look.paper, look.accent, 0.3) : look.accent
          : place === 0 ? look.accent : between(look.ink, look.paper, 0.35);
        const last = one.values.length - 1;
        const most = one.values.indexOf(Math.max(...one.values.map((value) => value ?? -1)));
        return {
          type: "bar",
          name: one.name,
          barMaxWidth: 44,
          barGap: data.within ? "-100%" : "8%",
          barCategoryGap: room < 12 ? "12%" : "28%",
          emphasis: { disabled: true },
          itemStyle: { color },
          labelLayout: several ? { moveOverlap: "shiftY" } : { hideOverlap: true },
          data: one.values.map((value, index) => ({
            value,
            itemStyle: one.apart && index === last ? { color: between(color, look.paper, 0.6) } : {},
            label: {
              show: several ? index === most && value > 0 : value !== null && room > 30,
              position: "top",
              align: several ? held(one.name, index, last, width) : "center",
              color: !several ? look.ink : data.within && place === 0 ? look.quiet : color,
              fontSize: 12,
              formatter: several ? one.name : said(data, value),
            },
          })),
        };
      }),
    };
  }

  function lying(data, look, width) {
    const aside = Math.min(width * 0.42, 260);
    const size = width < NARROW ? 12 : 13;
    return {
      grid: { [near]: 0, [far]: 56, top: 0, bottom: 0, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: { type: "value", inverse: backwards, show: false, min: 0 },
      yAxis: {
        ...axisOf(look),
        type: "category",
        position: near,
        inverse: true,
        data: data.labels,
        axisLabel: { color: look.ink, fontSize: size, lineHeight: 15, width: aside, overflow: "break", interval: 0 },
      },
      tooltip: { trigger: "item", formatter: tip(data) },
      series: data.series.map((one, place) => ({
        type: "bar",
        name: one.name,
        barMaxWidth: 20,
        emphasis: { disabled: true },
        itemStyle: { color: one.compared ? look.quiet : place === 0 ? look.accent : look.ink },
        data: one.values.map((value, index) => ({
          value,
          itemStyle: one.apart && index === one.values.length - 1 ? { color: between(look.accent, look.paper, 0.6) } : {},
        })),
        label: { show: true, position: far, color: look.ink, fontSize: 13, formatter: (point) => said(data, point.value) },
      })),
    };
  }

  function heat(data, look, width) {
    const cells = [];
    const most = Math.max(1e-9, ...data.series.flatMap((one) => one.values.map((value) => value ?? 0)));
    const names = Math.min(width * 0.3, 150);
    const room = (width - names) / data.labels.length;
    data.series.forEach((one, row) => {
      const last = one.values.reduce((found, value, index) => (value === null ? found : index), -1);
      one.values.forEach((value, column) => {
        if (value === null) return;
        const share = value / most;
        const open = one.apart && column === last;
        cells.push({
          value: [column, row, value],
          itemStyle: {
            color: between(look.paper, look.accent, 0.04 + 0.96 * share),
            borderColor: open ? look.quiet : look.paper,
            borderType: open ? "dashed" : "solid",
            borderWidth: open ? 1.5 : 2,
          },
          label: { show: room > 38 && data.perCent, color: share > 0.5 ? look.paper : look.ink, fontSize: 11, formatter: said(data, value) },
        });
      });
    });
    const every = Math.ceil(26 / Math.max(1, room));
    return {
      grid: { [near]: 0, [far]: 4, top: 0, bottom: 0, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: {
        ...axisOf(look), type: "category", data: data.labels, inverse: backwards, position: "top",
        axisLabel: {
          color: look.quiet, fontSize: 12, formatter: (_, index) => data.axis[index],
          interval: (index) => data.axis[index] !== "" && index % every === 0,
        },
      },
      yAxis: {
        ...axisOf(look), type: "category", inverse: true, position: near, data: data.series.map((one) => one.name),
        axisLabel: { color: look.ink, fontSize: 12, width: names, overflow: "truncate", interval: 0 },
      },
      tooltip: {
        trigger: "item",
        formatter: ({ value: [column, row, value] }) => `${data.series[row].name}, ${data.labels[column]}: ${said(data, value)}`,
      },
      series: [{ type: "heatmap", data: cells, emphasis: { disabled: true } }],
    };
  }

  return { lines, bars, lying, heat };
})();
