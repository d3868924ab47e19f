/** A question to the node, its answer, and to what it was the answer. */
import { api } from "../../kernel/api.ts";
import { clock } from "../../kernel/clock.svelte.ts";
import { live } from "../../kernel/live.svelte.ts";

const PATIENCE_MS = 180_000;

export class Question<T> {
  busy = $state(false);
  error: unknown = $state.raw(null);
  answer: T | null = $state.raw(null);
  at_s = $state(0);
  #asked = $state("");
  #version = $state(0);
  #stop: AbortController | null = null;

  /** Ask; what was asked before is not waited for any more. */
  async ask(path: string, body: object): Promise<void> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.busy = true;
    this.error = null;
    const version = live.activities.version;
    try {
      const found = await api.post<T>(path, body, { signal: stop.signal, patience_ms: PATIENCE_MS });
      if (stop.signal.aborted) return;
      [this.answer, this.#asked, this.at_s, this.#version] = [found, JSON.stringify(body), clock.now_s, version];
    } catch (error) {
      if (stop.signal.aborted) return;
      this.error = error;
      this.answer = null;
    } finally {
      if (this.#stop === stop) this.busy = false;
    }
  }

  forget(): void {
    this.#stop?.abort();
    this.#stop = null;
    this.busy = false;
    this.error = null;
    this.answer = null;
  }

  /** Whether the answer is to another question than this. */
  isOther(body: object | null): boolean {
    return body === null || JSON.stringify(body) !== this.#asked;
  }

  /** Whether what is in force has changed since it was asked. */
  get outdated(): boolean {
    return live.activities.version !== this.#version;
  }
}
