/** The role that a person speaks in on this screen. */
import { session } from "../../kernel/session.svelte.ts";

export function ourRole(): string {
  const roles = session.me.roles ?? [];
  return roles.find((role) => role === "spectrum" || role === "watch") ?? roles[0] ?? "";
}
