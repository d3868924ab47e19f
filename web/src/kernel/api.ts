/** Asking the node. What was not answered is a Refusal too: silence is never "nothing". */

export interface Fault {
  where: string;
  what: string;
  remedy: string;
}

interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  where?: string;
  remedy?: string;
  problems?: Fault[];
  held?: number;
  reference?: string;
}

export const NO_ANSWER = 0;
const PATIENCE_MS = 30_000;

/** Why the node did not do what was asked (RFC 9457); status 0: it did not answer at all. */
export class Refusal extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly where: string;
  readonly remedy: string;
  readonly problems: readonly Fault[];
  readonly held: number | null;
  readonly reference: string;

  constructor(status: number, problem: Problem) {
    super(problem.detail ?? problem.title ?? "");
    this.status = status;
    this.title = problem.title ?? "";
    this.detail = problem.detail ?? "";
    this.where = problem.where ?? "";
    this.remedy = problem.remedy ?? "";
    this.problems = problem.problems ?? [];
    this.held = problem.held ?? null;
    this.reference = problem.reference ?? "";
  }

  get silent(): boolean {
    return this.status === NO_ANSWER;
  }
}

export interface Asking {
  headers?: Record<string, string>;
  signal?: AbortSignal;
  patience_ms?: number;
}

let csrf = "";
let onSignedOut: () => void = () => {};

/** Say with which secret changes are sent, and what to do when the session is over. */
export function signAs(secret: string, signedOut: () => void): void {
  csrf = secret;
  onSignedOut = signedOut;
}

async function ask(method: string, path: string, body: BodyInit | null, more: Asking) {
  const headers: Record<string, string> = { Accept: "application/json", ...more.headers };
  if (method !== "GET" && csrf) headers["X-CSRF-Token"] = csrf;
  const late = AbortSignal.timeout(more.patience_ms ?? PATIENCE_MS);
  const signal = more.signal ? AbortSignal.any([late, more.signal]) : late;
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body, signal, credentials: "same-origin" });
  } catch (error) {
    if (more.signal?.aborted) throw error;
    throw new Refusal(NO_ANSWER, { detail: String(error) });
  }
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (response.status === 401 && !/\/session(\/password)?$/.test(path)) onSignedOut();
  throw problem;
}

async function problemOf(response: Response): Promise<Refusal> {
  try {
    return new Refusal(response.status, (await response.json()) as Problem);
  } catch {
    return new Refusal(response.status, { title: response.statusText });
  }
}

async function json<T>(asked: Promise<Response>): Promise<T> {
  const response = await asked;
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw new Refusal(NO_ANSWER, { detail: String(error) });
  }
}

const JSON_TYPE = { "Content-Type": "application/json" };

function withBody<T>(method: string, path: string, body: unknown, more: Asking): Promise<T> {
  const headers = { ...JSON_TYPE, ...more.headers };
  return json<T>(ask(method, path, JSON.stringify(body), { ...more, headers }));
}

export const api = {
  get: <T>(path: string, more: Asking = {}) => json<T>(ask("GET", path, null, more)),
  post: <T>(path: string, body?: unknown, more: Asking = {}) =>
    body === undefined
      ? json<T>(ask("POST", path, null, more))
      : withBody<T>("POST", path, body, more),
  put: <T>(path: string, body: unknown, more: Asking = {}) =>
    withBody<T>("PUT", path, body, more),
  del: <T>(path: string, more: Asking = {}) => json<T>(ask("DELETE", path, null, more)),
  /** Send bytes as they are: a file, or text of a type of its own. */
  send: <T>(path: string, body: BodyInit, type: string, more: Asking = {}) =>
    json<T>(ask("POST", path, body, { ...more, headers: { "Content-Type": type, ...more.headers } })),
  text: async (path: string, more: Asking = {}) =>
    (await ask("GET", path, null, { ...more, headers: { Accept: "*/*", ...more.headers } })).text(),
};

/** A path of the API from its parts, each percent-encoded as the node expects. */
export function at(...parts: (string | number)[]): string {
  return `/api/v1/${parts.map((part) => strictly(String(part))).join("/")}`;
}

/** A path with a query; what is undefined or empty is left out. */
export function asking(
  path: string,
  query: Record<string, string | number | boolean | undefined>,
): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

export function strictly(part: string): string {
  return encodeURIComponent(part.toWellFormed()).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export interface Page<T> {
  items: T[];
  next: string;
}

/** Every item of a list that comes in pages; `most` stops a list that never ends. */
export async function all<T>(path: string, most = 100_000): Promise<T[]> {
  const found: T[] = [];
  let after = "";
  do {
    const join = path.includes("?") ? "&" : "?";
    const more = after ? `&after=${encodeURIComponent(after)}` : "";
    const page = await api.get<Page<T>>(`${path}${join}limit=1000${more}`);
    found.push(...page.items);
    after = page.next ?? "";
  } while (after && found.length < most);
  return found;
}
