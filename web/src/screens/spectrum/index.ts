import { live } from "../../kernel/live.svelte.ts";
import { session } from "../../kernel/session.svelte.ts";
import { W } from "../../words/spectrum.ts";
import type { Screen } from "../screen.ts";
import { waitsForUs, type Case } from "./case.ts";

const waiting = () =>
  (live.cases.list as unknown as readonly Case[]).filter((one) => waitsForUs(one, session.me.party)).length;

export const screens: Screen[] = [
  { path: "spectrum/occupancy", area: "spectrum", title: () => W.occupancy(), needs: "read", view: () => import("./Occupancy.svelte") },
  { path: "spectrum/assignments", area: "spectrum", title: () => W.assignments(), needs: "read", view: () => import("./Assignments.svelte") },
  { path: "spectrum/free", area: "spectrum", title: () => W.free(), needs: "read", view: () => import("./Free.svelte") },
  { path: "spectrum/assess", area: "spectrum", title: () => W.assess(), needs: "read", view: () => import("./Assess.svelte") },
  { path: "spectrum/interference", area: "spectrum", title: () => W.interference(), needs: "read", view: () => import("./Interference.svelte"), count: waiting },
];
