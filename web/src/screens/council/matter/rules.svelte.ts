/** The agreement in force as the node works by it; asked anew when another one is. */
import { api, Refusal } from "../../../kernel/api.ts";
import { language } from "../../../kernel/language.ts";
import { live } from "../../../kernel/live.svelte.ts";
import { session } from "../../../kernel/session.svelte.ts";
import type { AgreementView, Clause } from "../../../kernel/types.ts";

let view: AgreementView | null = $state.raw(null);
let error: Refusal | null = $state.raw(null);
let started = false;

async function ask(): Promise<void> {
  try {
    view = await api.get<AgreementView>("/api/v1/agreement");
    error = null;
  } catch (why) {
    error = why instanceof Refusal ? why : new Refusal(0, { detail: String(why) });
  }
}

export const rules = {
  get view(): AgreementView | null {
    return view;
  },
  get error(): Refusal | null {
    return error;
  },
  /** Ask for it; call it when a screen is opened. */
  need(): void {
    void ask();
    if (started) return;
    started = true;
    live.listen((change) => {
      if (change.table === "agreement") void ask();
    });
  },
  /** The role that leads a party's side. */
  lead(party: string): string {
    return view?.council.leads?.find((one) => one.party === party)?.role ?? "deputy";
  },
  /** Roles that people of ours speak in, the lead first. */
  get ownRoles(): string[] {
    const ours = session.me.party;
    const named = [
      rules.lead(ours),
      ...(view?.signatories ?? []).filter((one) => one.party === ours).map((one) => one.role),
      ...(view?.contacts ?? []).filter((one) => one.party === ours).map((one) => one.role),
      ...(view?.notice.escalation ?? []).map((one) => one.role),
    ];
    return [...new Set(named)];
  },
};

/** A clause in the reader's language where it is authentic in it, else in the first. */
export function clauseText(clause: Clause): string {
  return clause.texts?.find(([speaks]) => speaks === language())?.[1] ?? clause.text;
}
