/** Two tones for alarms, made here: no file, no device of ours. Never the only sign. */

let context: AudioContext | null = null;
let silenced_s = $state(0);

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
  /** Alarms raised until then make no sound. */
  get silenced_s(): number {
    return silenced_s;
  },
  silence(now_s: number): void {
    silenced_s = now_s;
  },
  /** Browsers allow sound once somebody has touched the page. */
  wake(): void {
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
  },
  alarm(urgent: boolean): void {
    if (!context || context.state !== "running") return;
    const now = context.currentTime;
    const tones: [number, number][] = urgent ? [[0, 880], [0.25, 660], [0.5, 880], [0.75, 660]] : [[0, 660], [0.3, 520]];
    for (const [after_s, of_hz] of tones) tone(now + after_s, of_hz, 0.22);
  },
};
