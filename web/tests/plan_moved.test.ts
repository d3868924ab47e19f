import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyPlace, emptyVolume, timeOf } from "../src/screens/plan/form.ts";
import { move } from "../src/screens/plan/moved.ts";

function volume() {
  const made = emptyVolume("0", "air", 1000, 2000);
  made.lower = { at_m: 100, unit: "m", datum: "msl", open: false };
  made.upper = { at_m: null, unit: "m", datum: "msl", open: true };
  return made;
}

test("a track that is dragged in time takes the times of its places with it", () => {
  const track = volume();
  track.places = [1000, 1500, 2000].map((at_s) => ({ ...emptyPlace(), time: timeOf(at_s) }));
  move(track, { from_s: 1600, to_s: 2600 });
  assert.deepEqual([track.start.at_s, track.end.at_s], [1600, 2600]);
  assert.deepEqual(track.places.map(({ time }) => time?.at_s), [1600, 2100, 2600]);
});

test("dragging in height leaves an open limit open, and times alone", () => {
  const band = volume();
  move(band, { low: 250, high: 900 });
  assert.deepEqual([band.lower.at_m, band.upper.at_m, band.upper.open], [250, null, true]);
  assert.deepEqual([band.start.at_s, band.end.at_s], [1000, 2000]);
});

test("what goes on until further notice does so after it was dragged", () => {
  const endless = volume();
  endless.endless = true;
  move(endless, { from_s: 1100, to_s: 2100 });
  assert.deepEqual([endless.start.at_s, endless.end.at_s], [1100, 2000]);
});
