/** All screens, by area in the order in which they are offered. */
import { screens as admin } from "./admin/index.ts";
import { screens as council } from "./council/index.ts";
import { screens as plan } from "./plan/index.ts";
import type { Screen } from "./screen.ts";
import { screens as spectrum } from "./spectrum/index.ts";
import { screens as watch } from "./watch/index.ts";

export const SCREENS: readonly Screen[] = [...watch, ...plan, ...spectrum, ...council, ...admin];
