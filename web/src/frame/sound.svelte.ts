/** Two tones for alarms, made here: no file, no device of ours. Never the only sign. */

let context: AudioContext | null = null;
let awake = $state(false);
let silenced: ReadonlySet<string> = $state.raw(new Set());

function tone(at_s: number, of_hz: number, for_s: number): void {
  if (!context) return;
  const voice = context.createOscillator();
  const gain = context.createGain();
  voice.frequency.value = of_hz;
  gain.gain.setValueAtTime(0.0001, at_s);
  gain.gain.exponentialRampToValueAtTime(0.3, at_s + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, at_s + for_s);
  voice.connect(gain).connect(context.destination);
  voice.start(at_s);
  voice.stop(at_s + for_s);
}

export const sound = {
  /** Whether the browser lets us be heard. */
  get awake(): boolean {
    return awake;
  },
  /** Whether this alarm was silenced here; others are heard all the same. */
  isSilenced(alarm: string): boolean {
    return silenced.has(alarm);
  },
  silence(alarms: Iterable<string>): void {
    silenced = new Set(alarms);
  },
  /** Browsers allow sound once somebody has touched the page. */
  wake(): void {
    const here = (context ??= new AudioContext());
    const look = () => (awake = here.state === "running");
    here.onstatechange = look;
    if (here.state === "running") look();
    else void here.resume().then(look, look);
  },
  alarm(urgent: boolean): void {
    if (!context || context.state !== "running") return;
    const now = context.currentTime;
    const tones: [number, number][] = urgent ? [[0, 880], [0.25, 660], [0.5, 880], [0.75, 660]] : [[0, 660], [0.3, 520]];
    for (const [after_s, of_hz] of tones) tone(now + after_s, of_hz, 0.22);
  },
};
