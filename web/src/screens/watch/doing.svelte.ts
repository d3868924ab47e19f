/** Something that was asked of the node: under way, refused, or done. */

export class Doing {
  busy = $state(false);
  error: unknown = $state.raw(null);
  /** What was done, to be said to the person. */
  said = $state("");

  /** Ask; `said` is shown when it was done. Undefined: it was refused, or one is under way. */
  async run<T>(work: () => Promise<T>, said: string | ((found: T) => string) = ""): Promise<T | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.error = null;
    this.said = "";
    try {
      const found = await work();
      this.said = typeof said === "string" ? said : said(found);
      return found;
    } catch (error) {
      this.error = error;
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
