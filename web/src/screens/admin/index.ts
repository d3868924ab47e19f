import { W } from "../../words/admin.ts";
import type { Screen } from "../screen.ts";

export const screens: Screen[] = [
  { path: "admin/node", area: "admin", title: () => W.node(), needs: "admin", view: () => import("./Node.svelte") },
  { path: "admin/peers", area: "admin", title: () => W.peers(), needs: "admin", view: () => import("./Peers.svelte") },
  { path: "admin/users", area: "admin", title: () => W.users(), needs: "admin", view: () => import("./Users.svelte") },
  { path: "admin/tokens", area: "admin", title: () => W.tokens(), needs: "admin", view: () => import("./Tokens.svelte") },
  { path: "admin/ledger", area: "admin", title: () => W.ledger(), needs: "admin", view: () => import("./Ledger.svelte") },
  { path: "admin/audit", area: "admin", title: () => W.audit(), needs: "admin", view: () => import("./Audit.svelte") },
];
