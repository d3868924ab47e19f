/** The node's clock, ticking each second. */

let skew_s = 0;
let now_s = $state(Math.floor(Date.now() / 1000));
let known = $state(false);

setInterval(() => {
  now_s = Math.floor(Date.now() / 1000 + skew_s);
}, 250);

export const clock = {
  /** Whole seconds UTC, by the node. */
  get now_s(): number {
    return now_s;
  },
  /** Whether the node has told its time yet; until then it is the computer's. */
  get known(): boolean {
    return known;
  },
  /** The node's time less this computer's. */
  get skew_s(): number {
    return skew_s;
  },
  /** Take the node's time; small differences are the line's. */
  hear(at_s: number): void {
    const found = at_s - Date.now() / 1000;
    if (!known || Math.abs(found - skew_s) > 0.5) skew_s = found;
    known = true;
  },
};
