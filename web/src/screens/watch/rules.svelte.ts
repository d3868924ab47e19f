/** What of the agreement the watch goes by: whom to call, who is rung, who is told. */
import { api } from "../../kernel/api.ts";
import { live } from "../../kernel/live.svelte.ts";
import type { AgreementView, HotlineRules } from "../../kernel/types.ts";

let view: AgreementView | null = $state.raw(null);
let error: unknown = $state.raw(null);
let asked = false;

async function ask(): Promise<void> {
  try {
    view = await api.get<AgreementView>("/api/v1/agreement");
    error = null;
  } catch (found) {
    error = found;
  }
}

export const rules = {
  /** Null: not known yet. */
  get view(): AgreementView | null {
    return view;
  },
  get error(): unknown {
    return error;
  },
  get hotline(): HotlineRules {
    return view?.council.hotline ?? {};
  },
  /** Roles that may be called. */
  get roles(): readonly string[] {
    return view?.council.hotline?.roles ?? [];
  },
  /** Ids of a party's units, with their titles. */
  unitsOf(party: string): { id: string; title: string }[] {
    const units = view?.notice.units ?? [];
    return units.filter((one) => one.party === party).map(({ id, title }) => ({ id, title: title ?? "" }));
  },
  start(): void {
    if (asked) return;
    asked = true;
    void ask();
    live.listen((change) => {
      if (change.table === "agreement") void ask();
    });
  },
};
