import { W as B } from "../../words/board.ts";
import type { Screen } from "../screen.ts";

export const screens: Screen[] = [
  { path: "plan/board", area: "plan", title: () => B.title(), needs: "read", view: () => import("./Board.svelte") },
];
