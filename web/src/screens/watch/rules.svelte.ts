/** What of the agreement the watch goes by: whom to call, who is rung, who is told. */
import type { AgreementView } from "../../kernel/types.ts";
import { agreement } from "../plan/agreement.svelte.ts";

export const rules = {
  /** Null: not known yet. */
  get view(): AgreementView | null {
    return agreement.view;
  },
  get error(): unknown {
    return agreement.error;
  },
  /** Roles that may be called. */
  get roles(): readonly string[] {
    return agreement.view?.council.hotline?.roles ?? [];
  },
  /** Ids of a party's units, with their titles. */
  unitsOf(party: string): { id: string; title: string }[] {
    const units = agreement.view?.notice.units ?? [];
    return units.filter((one) => one.party === party).map(({ id, title }) => ({ id, title: title ?? "" }));
  },
  start: () => agreement.start(),
};
