import { live } from "../../kernel/live.svelte.ts";
import { session } from "../../kernel/session.svelte.ts";
import { W } from "../../words/watch.ts";
import type { Screen } from "../screen.ts";
import { unread } from "./notices/groups.ts";
import { drillsOf, waiting } from "./drills/drills.ts";
import { callsOf, isRinging } from "./hotline/calls.ts";

const ringing = () =>
  callsOf(live.matters.list).filter((one) => isRinging(one) && one.stand.called === session.me.party).length;

const drilled = () => waiting(drillsOf(live.matters.list), session.me.party).length;

export const screens: Screen[] = [
  { path: "watch/live", area: "watch", title: () => W.live(), needs: "read", view: () => import("./live/Live.svelte") },
  { path: "watch/alarms", area: "watch", title: () => W.alarms(), needs: "read", view: () => import("./alarms/Alarms.svelte"), count: () => live.alarms.size },
  { path: "watch/notices", area: "watch", title: () => W.notices(), needs: "read", view: () => import("./notices/Notices.svelte"), count: () => unread(live.notices.list) },
  { path: "watch/hotline", area: "watch", title: () => W.hotline(), needs: "read", view: () => import("./hotline/Hotline.svelte"), count: ringing },
  { path: "watch/log", area: "watch", title: () => W.log(), needs: "hotline", view: () => import("./log/Log.svelte") },
  { path: "watch/drills", area: "watch", title: () => W.drills(), needs: "read", view: () => import("./drills/Drills.svelte"), count: drilled },
  { path: "watch/peers", area: "watch", title: () => W.peers(), needs: "read", view: () => import("./peers/Peers.svelte"), count: () => live.peers.list.filter((one) => one.down_since_s != null).length },
];
