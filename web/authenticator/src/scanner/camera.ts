import { readPicture } from './reader';

export type CameraTrouble = 'denied' | 'absent' | 'busy';

/** The back camera, looking for codes until it is stopped. */
export class Camera {
  readonly #stream: MediaStream;
  readonly #video: HTMLVideoElement;
  #stopped = false;

  private constructor(stream: MediaStream, video: HTMLVideoElement) {
    this.#stream = stream;
    this.#video = video;
  }

  static async open(video: HTMLVideoElement): Promise<Camera | CameraTrouble> {
    if (!navigator.mediaDevices?.getUserMedia) return 'absent';
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'environment', width: { ideal: 1280 } } });
      video.srcObject = stream;
      // Leaving the page while it starts breaks it off; there is nobody left to tell.
      await video.play().catch(() => undefined);
      return new Camera(stream, video);
    } catch (error) {
      const name = error instanceof DOMException ? error.name : '';
      if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
      return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'absent' : 'busy';
    }
  }

  /** Calls `found` with each text seen, one after the other: the same text again only after three seconds. */
  async watch(found: (text: string) => Promise<void>): Promise<void> {
    let last = '';
    let lastSeen = 0;
    while (!this.#stopped) {
      const text = document.hidden ? null : await readPicture(this.#video);
      if (this.#stopped) return;
      if (text && (text !== last || Date.now() - lastSeen > 3000)) {
        last = text;
        await found(text);
        lastSeen = Date.now();
      }
      await new Promise((done) => setTimeout(done, 120));
    }
  }

  get hasTorch(): boolean {
    const capabilities = this.#track?.getCapabilities?.() as { torch?: boolean } | undefined;
    return capabilities?.torch === true;
  }

  async torch(on: boolean): Promise<void> {
    await this.#track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] });
  }

  stop(): void {
    this.#stopped = true;
    for (const track of this.#stream.getTracks()) track.stop();
    this.#video.srcObject = null;
  }

  get #track(): MediaStreamTrack | undefined {
    return this.#stream.getVideoTracks()[0];
  }
}
