import { W } from "../../words/spectrum.ts";
import type { Screen } from "../screen.ts";

export const screens: Screen[] = [
  { path: "spectrum/occupancy", area: "spectrum", title: () => W.occupancy(), needs: "read", view: () => import("./Occupancy.svelte") },
  { path: "spectrum/assignments", area: "spectrum", title: () => W.assignments(), needs: "read", view: () => import("./Assignments.svelte") },
];
