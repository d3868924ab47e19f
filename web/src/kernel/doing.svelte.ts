/** Something a person asked for: busy, refused, or done; one at a time. */

export interface Doing {
  readonly busy: boolean;
  readonly error: unknown;
  readonly done: boolean;
  /** Do it; returns whether it was done. */
  run(work: () => Promise<unknown>): Promise<boolean>;
  forget(): void;
}

export function doing(): Doing {
  let busy = $state(false);
  let error: unknown = $state.raw(null);
  let done = $state(false);
  return {
    get busy() {
      return busy;
    },
    get error() {
      return error;
    },
    get done() {
      return done;
    },
    async run(work) {
      if (busy) return false;
      busy = true;
      done = false;
      error = null;
      try {
        await work();
        done = true;
      } catch (found) {
        error = found;
      } finally {
        busy = false;
      }
      return done;
    },
    forget() {
      error = null;
      done = false;
    },
  };
}
