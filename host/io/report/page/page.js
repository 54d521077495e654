// Draws the curves of the page with uPlot from the data inside the page. Without a script, or where
// a chart fails, every figure is still in the tables.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colour = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const utc = (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC");
  const percent = (value, digits = 1) =>
    value == null ? "–" : (value * 100).toFixed(Math.max(digits - 2, 1)) + " %";
  const times = (value, digits = 3) => (value == null ? "–" : value.toFixed(Math.max(digits, 3)));
  const plain = (value) =>
    value == null ? "–" : value.toLocaleString("en", { maximumSignificantDigits: 8 });
  let drawn = [];

  function axes(write) {
    const base = { stroke: colour("quiet"), grid: { stroke: colour("line"), width: 1 },
      ticks: { stroke: colour("line"), width: 1 }, font: "11px system-ui, sans-serif" };
    // As many digits as tell one tick from the next: a quiet hour moves in the fifth.
    const digits = (ticks) =>
      ticks.length < 2 ? 3 : Math.min(9, Math.ceil(-Math.log10(ticks[1] - ticks[0]) - 1e-9));
    const values = (_, ticks) => ticks.map((tick) => write(tick, digits(ticks)));
    return [base, { ...base, size: 72, values }];
  }

  function chart(place, height, series, columns, write, extra) {
    const host = document.getElementById(place);
    if (!host || columns[0].length < 2) return;
    const plot = new uPlot({
      width: host.clientWidth, height, tzDate: utc, axes: axes(write),
      scales: { x: { time: true } },
      series: [{ value: "{YYYY}-{MM}-{DD} {HH}:{mm}" }, ...series.map((one) => ({
        width: 1.5, spanGaps: true, value: (_, value) => write(value), ...one }))],
      ...extra,
    }, columns, host);
    drawn.push({ plot, host, height });
  }

  // Triangles for fills: up and below for a purchase, down and above for a sale.
  function marks(fills) {
    return (plot) => {
      const context = plot.ctx;
      const size = 5 * devicePixelRatio;
      context.save();
      context.beginPath();
      context.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
      context.clip();
      for (const [time, price, bought] of fills) {
        const x = plot.valToPos(time, "x", true);
        const y = plot.valToPos(price, "y", true);
        const to = bought ? size * 1.6 : -size * 1.6;
        context.fillStyle = colour(bought ? "up" : "down");
        context.beginPath();
        context.moveTo(x, y);
        context.lineTo(x - size, y + to);
        context.lineTo(x + size, y + to);
        context.fill();
      }
      context.restore();
    };
  }

  function prices() {
    const host = document.getElementById("chart-prices");
    if (!host) return;
    host.replaceChildren();
    data.prices.forEach((one, index) => {
      const box = document.createElement("div");
      box.id = "price-" + index;
      host.append(box);
      chart(box.id, 280, [{ label: one.instrument, stroke: colour("hold"), width: 1 }],
        [one.t, one.price], plain, { hooks: { draw: [marks(one.fills)] } });
    });
  }

  const reach = (values) => {
    const known = values.filter((value) => value != null);
    return Math.max(...known) - Math.min(...known);
  };

  function draw() {
    for (const { plot } of drawn) plot.destroy();
    drawn = [];
    const e = data.equity;
    const curves = [{ label: "run", stroke: colour("run"), width: 2 }];
    const columns = [e.t, e.run];
    if (e.hold.some((value) => value != null)) {
      // Where holding would flatten the run to a line, it is shown on a click.
      const dwarfs = reach(e.hold) > 6 * Math.max(reach(e.run), reach(e.weight));
      curves.push({ label: dwarfs ? "hold (click)" : "hold", stroke: colour("hold"),
        show: !dwarfs },
        { label: "constant weight", stroke: colour("weight") });
      columns.push(e.hold, e.weight);
    }
    const cursor = { cursor: { sync: { key: "time" } } };
    chart("chart-equity", 300, curves, columns, times, cursor);
    chart("chart-drawdown", 150, [{ label: "drawdown", stroke: colour("down"),
      fill: colour("down") + "33" }], [e.t, e.drawdown], percent, cursor);
    chart("chart-exposure", 180, [{ label: "gross", stroke: colour("run") },
      { label: "net", stroke: colour("weight") }], [e.t, e.gross, e.net], percent, cursor);
    prices();
  }

  draw();
  dark.addEventListener("change", draw);
  let waiting = 0;
  window.addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      for (const { plot, host, height } of drawn) plot.setSize({ width: host.clientWidth, height });
    });
  });
})();
