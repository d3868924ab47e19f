/** The agreement in force: its clauses, minima and deadlines, asked once and again when it changes. */
import { api, Refusal } from "../../kernel/api.ts";
import { language } from "../../kernel/language.ts";
import { live } from "../../kernel/live.svelte.ts";
import type { AgreementView, Clause } from "../../kernel/types.ts";

let view: AgreementView | null = $state.raw(null);
let error: Refusal | null = $state.raw(null);
let asked = false;

async function ask(): Promise<void> {
  try {
    view = await api.get<AgreementView>("/api/v1/agreement");
    error = null;
  } catch (found) {
    error = found instanceof Refusal ? found : new Refusal(0, { detail: String(found) });
    setTimeout(() => void ask(), 5000);
  }
}

export const agreement = {
  /** Null: not known yet. */
  get view(): AgreementView | null {
    return view;
  },
  get error(): Refusal | null {
    return error;
  },
  /** Have it asked for; safe to call from every component that reads it. */
  start(): void {
    if (asked) return;
    asked = true;
    void ask();
    live.listen((change) => {
      if (change.table === "agreement") void ask();
    });
  },
  clause(id: string): Clause | undefined {
    return view?.clauses.find((one) => one.id === id);
  },
};

/** A clause in the reader's language where it has one, else as agreed. */
export function textOf(clause: Clause): string {
  const said = clause.texts?.find(([tongue]) => tongue.split("-")[0] === language());
  return said?.[1] ?? clause.text;
}
