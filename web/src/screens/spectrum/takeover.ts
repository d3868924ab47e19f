/** A free channel as a draft in the planner's editor; nobody is told by it. */
import { clock } from "../../kernel/clock.svelte.ts";
import { keepDraft } from "../../kernel/draft.svelte.ts";
import { live } from "../../kernel/live.svelte.ts";
import { go } from "../../kernel/router.svelte.ts";
import { session } from "../../kernel/session.svelte.ts";
import { emptyForm, emptyPlace, emptyVolume, freshId, HEAD, type Form } from "../plan/form.ts";
import type { Channel } from "./answers.ts";
import type { FreeForm } from "./wish.ts";

/** The form that the editor opens with: one volume, a circle, in the channel. */
export function formOf(channel: Pick<Channel, "freq_low_hz" | "freq_high_hz">, wish: FreeForm, id: string, now_s: number): Form {
  const volume = emptyVolume("1", "spectrum", wish.start_s, wish.end_s);
  return {
    ...emptyForm(id, now_s),
    volumes: [
      {
        ...volume,
        shape: "circle",
        places: [{ ...emptyPlace(), text: wish.spot.text, at: wish.spot.at }],
        size_m: wish.spot.radius_m,
        lower: { ...volume.lower, at_m: 0, open: false, unit: "m" },
        upper: { ...volume.upper, at_m: wish.height_m, open: wish.height_m === null, unit: "m" },
        low_hz: channel.freq_low_hz,
        high_hz: channel.freq_high_hz,
        role: wish.role,
        eirp_dbm: wish.role === "emit" ? wish.eirp_dbm : null,
      },
    ],
  };
}

/** Keep it as a draft and open the editor on it. */
export function takeOver(channel: Channel, wish: FreeForm): void {
  const us = session.me.party;
  const id = freshId(us, clock.now_s, (taken) => live.activity(us, taken) !== undefined);
  const token = `free-${clock.now_s.toString(36)}`;
  keepDraft(HEAD + token, formOf(channel, wish, id, clock.now_s));
  go("plan/edit", { draft: token });
}
