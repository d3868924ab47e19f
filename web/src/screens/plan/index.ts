import { live } from "../../kernel/live.svelte.ts";
import { W as B } from "../../words/board.ts";
import { W as C } from "../../words/conflicts.ts";
import { W as E } from "../../words/edit.ts";
import { W as I } from "../../words/import.ts";
import type { Screen } from "../screen.ts";
import { waiting } from "./readback.ts";

export const screens: Screen[] = [
  { path: "plan/board", area: "plan", title: () => B.title(), needs: "read", view: () => import("./Board.svelte") },
  { path: "plan/edit", area: "plan", title: () => E.title(), needs: "declare", view: () => import("./Edit.svelte") },
  { path: "plan/import", area: "plan", title: () => I.title(), needs: "declare", view: () => import("./Import.svelte") },
  { path: "plan/conflicts", area: "plan", title: () => C.title(), needs: "read", view: () => import("./Conflicts.svelte"), count: () => live.conflicts.size },
  { path: "plan/read-back", area: "plan", title: () => C.readBack(), needs: "read", view: () => import("./ReadBack.svelte"), count: () => waiting(live.notices.list) },
];
