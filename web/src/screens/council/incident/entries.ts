/** Entries of an excerpt as a reader sees them: envelopes carry a payload in base64url. */

export interface EntryHead {
  kind: string;
  sender: string;
  sent_s: number | null;
}

function decoded(base64: string): string {
  const bytes = Uint8Array.from(atob(base64.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

function payloadOf(raw: string): Record<string, unknown> | null {
  try {
    const envelope = JSON.parse(decoded(raw)) as { payload?: string };
    return JSON.parse(decoded(envelope.payload ?? "")) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** Who sent it and when, as far as it can be read. */
export function headOf(raw: string): EntryHead {
  const payload = payloadOf(raw);
  const head = (payload?.head ?? payload ?? {}) as Record<string, unknown>;
  const body = (payload?.body ?? {}) as Record<string, unknown>;
  const sent_s = head.sent_s ?? head.received_s;
  return {
    kind: String(body.type ?? payload?.type ?? (payload && "received_s" in payload ? "receipt" : "—")),
    sender: String(head.sender ?? head.party ?? "—"),
    sent_s: typeof sent_s === "number" ? sent_s : null,
  };
}

/** What it holds, laid out for reading; what is no envelope is shown as it is. */
export function bodyOfEntry(raw: string): string {
  const payload = payloadOf(raw);
  try {
    return payload ? JSON.stringify(payload, null, 1) : decoded(raw);
  } catch {
    return raw;
  }
}
