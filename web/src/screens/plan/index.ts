import { W as B } from "../../words/board.ts";
import { W as E } from "../../words/edit.ts";
import type { Screen } from "../screen.ts";

export const screens: Screen[] = [
  { path: "plan/board", area: "plan", title: () => B.title(), needs: "read", view: () => import("./Board.svelte") },
  { path: "plan/edit", area: "plan", title: () => E.title(), needs: "declare", view: () => import("./Edit.svelte") },
];
