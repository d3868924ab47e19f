/** What is picked out on list, map and charts at once. */

let activity = $state("");
let conflict = $state("");

export const focus = {
  /** Key of the activity: `keyOf(party, id)`; empty: none. */
  get activity(): string {
    return activity;
  },
  set activity(key: string) {
    activity = key;
    if (key) conflict = "";
  },
  get conflict(): string {
    return conflict;
  },
  set conflict(id: string) {
    conflict = id;
    if (id) activity = "";
  },
};
