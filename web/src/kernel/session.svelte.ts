/** Who is signed in, and what they may do. */
import { api, Refusal, signAs } from "./api.ts";
import { forgetDrafts } from "./draft.svelte.ts";

export interface Me {
  name: string;
  party: string;
  permissions: string[];
  roles?: string[];
  csrf: string;
}

type State = "asking" | "out" | "in" | "silent";

const HINT = "wideberth.signed-in"; // spares the node a question whose answer is known

let state: State = $state("asking");
let me: Me | null = $state.raw(null);
let ended = $state(false);

/** Another person: nothing of the one before may stay on the screen or in memory. */
function startAnew(): void {
  state = "asking";
  history.replaceState(null, "", location.pathname);
  location.reload();
}

function take(found: Me): void {
  if (me && (me.name !== found.name || me.party !== found.party)) return startAnew();
  me = found;
  ended = false;
  signAs(found.csrf, () => {
    ended = true;
  });
  state = "in";
  remember(true);
}

function remember(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(HINT, "yes");
    else localStorage.removeItem(HINT);
  } catch {
    // a browser that keeps nothing: the node is asked
  }
}

function remembered(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return true;
  }
}

export const session = {
  get state(): State {
    return state;
  },
  get me(): Me {
    return me ?? { name: "", party: "", permissions: [], csrf: "" };
  },
  /** The session ended while the console was open; what was typed is kept. */
  get ended(): boolean {
    return ended;
  },
  may(permission: string): boolean {
    return permission === "" || (me?.permissions.includes(permission) ?? false);
  },
  /** Ask the node who we are. */
  async ask(): Promise<void> {
    if (state === "asking" && !remembered()) {
      state = "out";
      return;
    }
    try {
      take(await api.get<Me>("/api/v1/session"));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 401 && state === "in") ended = true;
      else state = error.status === 401 ? "out" : state === "in" ? "in" : "silent";
    }
  },
  async signIn(name: string, password: string): Promise<void> {
    take(await api.post<Me>("/api/v1/session", { name, password }));
  },
  /** Make the first administrator of a new node. */
  async claim(code: string, name: string, password: string): Promise<void> {
    take(await api.post<Me>("/api/v1/session/claim", { code, name, password }));
  },
  /** A new password ends all sessions of its user; this one begins again. */
  async setPassword(old: string, fresh: string): Promise<void> {
    await api.put("/api/v1/session/password", { old, new: fresh });
    await session.signIn(session.me.name, fresh);
  },
  async signOut(): Promise<void> {
    await api.del("/api/v1/session").catch((error: unknown) => {
      if (!(error instanceof Refusal && error.status === 401)) throw error; // else it is over already
    });
    forgetDrafts(me?.name ?? "");
    remember(false);
    startAnew();
  },
};
