import { A } from "../../../words/council_acts.ts";
import { F } from "../../../words/council_fields.ts";
import { footprintOf } from "../matter/area.ts";
import { CLAUSE, REASON, ROLE, TITLE, WORDS } from "../matter/common.ts";
import { list, lines, number, text, type About, type Act, type Values } from "../matter/spec.ts";
import { standOf, type AssuranceStand } from "../matter/stands.ts";

const FT_M = 0.3048;
const DAY_S = 86_400;
const stand = (about: About) => standOf<AssuranceStand>(about.matter);
const mine = (about: About) => about.matter?.matter.opener === about.us && stand(about).state === "given" && about.now_s < stand(about).until_s;
const radio = (values: Values) => list(values, "arenas").includes("spectrum");
const solid = (values: Values) => list(values, "arenas").some((one) => one !== "spectrum");

function heights(values: Values): Record<string, unknown> | null {
  const [lower, upper] = [number(values, "lower_ft"), number(values, "upper_ft")];
  if (!solid(values) || (lower === null && upper === null)) return null;
  return { lower_m: lower === null ? null : lower * FT_M, lower_datum: "msl", upper_m: upper === null ? null : upper * FT_M, upper_datum: "msl" };
}

function band(values: Values): Record<string, unknown> | null {
  const [low, high] = [number(values, "low_mhz"), number(values, "high_mhz")];
  return radio(values) && low !== null && high !== null ? { low_hz: Math.round(low * 1e6), high_hz: Math.round(high * 1e6) } : null;
}

export const ASSURANCE: readonly Act[] = [
  {
    kind: "assurance", right: "council", word: "", type: "assurance_given", label: A.assuranceOpen, tone: "primary", fits: () => true,
    fields: [
      ROLE, TITLE, { ...WORDS, rows: 4 },
      { name: "start_s", as: "time", label: F.start, required: true },
      { name: "end_s", as: "time", label: F.end, required: true },
      {
        name: "arenas", as: "ticks", label: F.arenas, required: true,
        options: () => [{ value: "air", label: F.air() }, { value: "sea", label: F.sea() }, { value: "spectrum", label: F.spectrum() }],
      },
      { name: "kinds", as: "text", label: F.kinds, rows: 2, required: true },
      { name: "area", as: "area", label: F.area },
      { name: "lower_ft", as: "figure", label: F.lower, shows: solid },
      { name: "upper_ft", as: "figure", label: F.upper, shows: solid },
      { name: "low_mhz", as: "figure", label: F.lowFreq, shows: radio },
      { name: "high_mhz", as: "figure", label: F.highFreq, shows: radio },
      CLAUSE,
      { name: "answers", as: "matter", label: F.answers, kinds: ["concern"] },
    ],
    start: (about, query) => ({ start_s: about.now_s, end_s: about.now_s + 7 * DAY_S, arenas: ["air"], kinds: "*", answers: query.answers ?? "" }),
    body: (values) => ({
      title: text(values, "title"),
      clause: text(values, "clause"),
      answers: text(values, "answers"),
      scope: {
        start_s: number(values, "start_s"),
        end_s: number(values, "end_s"),
        arenas: list(values, "arenas"),
        kinds: lines(text(values, "kinds")),
        area: footprintOf(values, "area"),
        heights: heights(values),
        band: band(values),
      },
    }),
  },
  {
    kind: "assurance", right: "council", word: "renew", type: "assurance_renewed", label: A.assuranceRenew, tone: "primary", fits: mine,
    fields: [ROLE, { name: "until_s", as: "time", label: F.until, required: true }, WORDS],
    start: (about) => ({ until_s: stand(about).until_s + 7 * DAY_S }),
  },
  {
    kind: "assurance", right: "council", word: "withdraw", type: "assurance_withdrawn", label: A.withdraw, tone: "danger", fits: mine,
    fields: [ROLE, { name: "ends_s", as: "time", label: F.ends, hint: F.doneAt }, REASON],
    body: (values, about) => ({ ends_s: number(values, "ends_s") ?? about.now_s + 5 }),
  },
];
