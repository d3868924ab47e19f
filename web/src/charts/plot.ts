/** uPlot as the charts use it: axes, grid and the crosshair; shapes are drawn by ourselves. */
import uPlot from "uplot";
import type { Tick, TimeRange } from "./item.ts";
import type { Colours } from "./palette.ts";
import type { Axis } from "./scale.ts";
import { timeTicks } from "./time_ticks.ts";
import { localTime } from "./moments.ts";

export interface View {
  range: TimeRange;
  axis: Axis;
  ticks: (size_px: number) => Tick[];
  colours: Colours;
  gutter_px: number;
  /** Room on the other side of the plot. */
  margin_px: number;
  right_to_left: boolean;
  /** Whether local time has a line of its own under the Zulu one. */
  local: boolean;
}

const NO_DATA: uPlot.AlignedData = [[0, 1], [null, null]];
const TIME_PX = 36;

export function makePlot(
  root: HTMLElement,
  size: { width: number; height: number },
  view: () => View,
  draw: (plot: uPlot) => void,
  zoom: (plot: uPlot) => void,
): uPlot {
  const { right_to_left, margin_px } = view();
  return new uPlot(
    {
      ...size,
      legend: { show: false },
      padding: [8, right_to_left ? 0 : margin_px, 0, right_to_left ? margin_px : 0],
      cursor: {
        points: { show: false },
        drag: { x: true, y: true, uni: 40, setScale: false },
        sync: { key: "wideberth", scales: ["x", null], setSeries: false },
        bind: { mousedown: (_plot, _target, handler) => (event) => onlyShift(event, handler), dblclick: () => null },
      },
      scales: {
        x: { time: false, range: () => [view().range.from_s, view().range.to_s] },
        y: {
          range: () => [view().axis.low, view().axis.high],
          dir: view().axis.top ? -1 : 1,
          distr: view().axis.log ? 3 : 1,
        },
      },
      series: [{}, { scale: "y", show: true, paths: () => null, points: { show: false } }],
      axes: [timeAxis(view), valueAxis(view)],
      hooks: { draw: [draw], setSelect: [zoom] },
    },
    NO_DATA,
    root,
  );
}

/**
 * A canvas to draw shapes on, as large as another and empty each time. It lies in memory: without a
 * graphics processor, dashed lines and patterns are drawn there many times as fast.
 */
export function makeLayer(): (like: HTMLCanvasElement) => CanvasRenderingContext2D {
  const canvas = document.createElement("canvas");
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  if (!ctx) throw new Error("no 2D canvas");
  return ({ width, height }) => {
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    } else {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, width, height);
    }
    return ctx;
  };
}

/** A drag with Shift marks out a part; without, it is ours. */
function onlyShift(event: MouseEvent, handler: (event: MouseEvent) => void): null {
  if (event.shiftKey) handler(event);
  return null;
}

function timeAxis(view: () => View): uPlot.Axis {
  const marks = (plot: uPlot) => {
    const { range } = view();
    return timeTicks(range.from_s, range.to_s, plot.bbox.width / uPlot.pxRatio);
  };
  return {
    ...lines(view),
    size: () => (view().local ? TIME_PX + 12 : TIME_PX - 6),
    splits: (plot) => marks(plot).map(({ at_s }) => at_s),
    values: (plot) =>
      marks(plot).map(({ at_s, label, midnight }) => {
        const first = midnight ? label : `${label}Z`;
        return view().local ? `${first}\n${localTime(at_s)}` : first;
      }),
  };
}

function valueAxis(view: () => View): uPlot.Axis {
  const marks = (plot: uPlot) => view().ticks(plot.bbox.height / uPlot.pxRatio);
  return {
    ...lines(view),
    scale: "y",
    side: view().right_to_left ? 1 : 3,
    size: () => view().gutter_px,
    splits: (plot) => marks(plot).map(({ at }) => at),
    filter: (_plot, splits) => splits,
    values: (plot) => marks(plot).map(({ label }) => label),
  };
}

function lines(view: () => View): uPlot.Axis {
  return {
    stroke: () => view().colours.soft,
    font: `12px ${view().colours.font}`,
    gap: 4,
    lineGap: 1.25,
    grid: { stroke: () => view().colours.rule, width: 1 },
    ticks: { stroke: () => view().colours.rule, width: 1, size: 5 },
  };
}
