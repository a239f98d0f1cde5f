// @ts-check
// Draws the charts of a page. Each place has its kind in data-chart and its numbers as JSON in
// data-values; when these change, the chart moves to the new ones. The same numbers are in a table
// below each chart.

/**
 * @typedef {{key: string, title: string, values: (number | null)[]}} Series
 * @typedef {{labels: string[], series: Series[], low?: (number | null)[], high?: (number | null)[]}} Values
 */

const echarts = /** @type {any} */ (globalThis).echarts;
const locale = document.documentElement.lang === "en" ? navigator.language : undefined;
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
const dayOf = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
const fullDay = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });

/** @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** @param {string} iso @param {Intl.DateTimeFormat} format */
function day(iso, format) {
  return format.format(new Date(iso + "T00:00:00Z"));
}

/**
 * The box that shows the numbers under the pointer, built of elements so that no text is markup.
 * @param {string} heading
 * @param {{name: string, colour: string, value: string}[]} lines
 */
function tip(heading, lines) {
  const box = document.createElement("div");
  box.className = "chart-tip";
  const title = document.createElement("b");
  title.textContent = heading;
  box.append(title);
  for (const line of lines) {
    const row = document.createElement("div");
    const dot = document.createElement("span");
    dot.className = "dot";
    dot.style.background = line.colour;
    const name = document.createElement("span");
    name.textContent = line.name;
    const value = document.createElement("span");
    value.textContent = line.value;
    row.append(dot, name, value);
    box.append(row);
  }
  return box;
}

/** @param {Values} values @param {(n: number) => string} write @param {(n: number) => string} axis */
function base(values, write, axis) {
  const quiet = colour("--quiet");
  const line = colour("--line");
  return {
    animationDuration: 250,
    animationDurationUpdate: 250,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 46, right: 16, top: 10, bottom: 28 },
    tooltip: {
      trigger: "axis",
      confine: true,
      backgroundColor: colour("--surface"),
      borderColor: colour("--line-strong"),
      padding: [6, 10],
      axisPointer: { lineStyle: { color: colour("--line-strong"), type: "solid" } },
      formatter: (/** @type {any[]} */ points) =>
        tip(
          day(points[0].axisValue, fullDay),
          points
            .filter((point) => !point.seriesName.startsWith("\u0000") && point.value != null)
            .map((point) => ({ name: point.seriesName, colour: point.color, value: write(point.value) })),
        ),
    },
    xAxis: {
      type: "category",
      data: values.labels,
      boundaryGap: false,
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      axisLabel: { color: quiet, fontSize: 11, hideOverlap: true, margin: 12, formatter: (/** @type {string} */ v) => day(v, dayOf) },
    },
    yAxis: {
      type: "value",
      splitNumber: 3,
      axisLabel: { color: quiet, fontSize: 11, formatter: axis },
      splitLine: { lineStyle: { color: line } },
    },
  };
}

/** @param {Series} series @param {number} count */
function lineOf(series, count) {
  const stroke = colour(`--c-${series.key}`);
  return {
    type: "line",
    name: series.title,
    data: series.values,
    color: stroke,
    lineStyle: { width: 2 },
    symbol: "circle",
    symbolSize: 5,
    showSymbol: count < 2,
    connectNulls: false,
  };
}

/** @param {Values} values */
function trend(values) {
  const few = values.labels.length < 4;
  return {
    ...base(values, (n) => whole.format(n), (n) => short.format(n)),
    ...(few ? { xAxis: { ...base(values, String, String).xAxis, boundaryGap: true } } : {}),
    series: values.series.map((series) =>
      few
        ? { type: "bar", name: series.title, data: series.values, color: colour(`--c-${series.key}`), barMaxWidth: 28, itemStyle: { borderRadius: [2, 2, 0, 0] } }
        : lineOf(series, values.labels.length),
    ),
  };
}

/** @param {Values} values */
function rates(values) {
  return {
    ...base(values, (n) => decimal.format(n) + " %", (n) => short.format(n) + " %"),
    series: values.series.map((series) => ({
      ...lineOf(series, values.labels.length),
      lineStyle: { width: 2, type: series.key === "control" ? [5, 4] : "solid" },
    })),
  };
}

/** @param {Values} values */
function difference(values) {
  const low = values.low ?? [];
  const high = values.high ?? [];
  const bounded = low.map((l, i) => l != null && high[i] != null);
  const edge = { type: "line", stack: "interval", stackStrategy: "all", symbol: "none", silent: true, lineStyle: { opacity: 0 } };
  return {
    ...base(values, (n) => decimal.format(n) + " pp", (n) => short.format(n) + " pp"),
    series: [
      { ...edge, name: "\u0000low", data: low.map((l, i) => (bounded[i] ? l : null)) },
      {
        ...edge,
        name: "\u0000range",
        data: low.map((l, i) => (bounded[i] ? (high[i] ?? 0) - (l ?? 0) : null)),
        areaStyle: { color: colour("--c-converted"), opacity: 0.22 },
      },
      {
        ...lineOf(values.series[0], values.labels.length),
        markLine: {
          silent: true,
          symbol: "none",
          label: { show: false },
          lineStyle: { color: colour("--quiet"), type: [4, 4], width: 1 },
          data: [{ yAxis: 0 }],
        },
      },
    ],
  };
}

/** @type {Record<string, (values: Values) => object>} */
const kinds = { trend, rates, difference };
/** @type {Map<Element, {chart: any, values: string}>} */
const drawn = new Map();

/** @param {boolean} all */
function draw(all) {
  for (const [place, { chart }] of drawn) {
    if (!place.isConnected) {
      chart.dispose();
      drawn.delete(place);
    }
  }
  for (const place of document.querySelectorAll("[data-chart]")) {
    const text = place.getAttribute("data-values") ?? "{}";
    const known = drawn.get(place);
    if (known && known.values === text && !all) {
      continue;
    }
    const kind = kinds[place.getAttribute("data-chart") ?? ""];
    /** @type {Values} */
    const values = JSON.parse(text);
    if (!kind || !values.labels?.length) {
      continue;
    }
    const chart = known?.chart ?? echarts.init(place, null, { renderer: "canvas" });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    chart.setOption({ ...kind(values), ...(still ? { animation: false } : {}) }, { replaceMerge: ["series"] });
    drawn.set(place, { chart, values: text });
  }
}

document.addEventListener("DOMContentLoaded", () => draw(false));
document.addEventListener("morphed", () => draw(false));
document.addEventListener("themechange", () => draw(true));
addEventListener("resize", () => drawn.forEach(({ chart }) => chart.resize()));
