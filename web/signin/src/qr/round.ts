import type { Hearing } from './listen';
import type { Secret } from './secret';
import type { Scanned, State } from './state';
import type { View } from './view';
import type { Wire } from './wire';

export interface Surroundings {
  readonly wire: Pick<Wire, 'open' | 'confirm' | 'collect' | 'abandon'>;
  readonly view: View;
  /** Hears what becomes of a nonce; the answer ends it. */
  listen(nonce: string, hearing: Hearing): () => void;
  /** Whether somebody can see the page. */
  isSeen(): boolean;
  /** Milliseconds after which the next code is shown. */
  readonly renewEvery: number;
}

/** A code can be scanned for 30 seconds: one that is older, less the way to the phone, is covered. */
const scannableFor = 28_000;
/** Unseen, a scan of the last code may still come for this long; after it nothing more is listened for. */
const listenUnseenFor = 45_000;
/** The server keeps what was approved for a minute. */
const collectFor = 60_000;
/** A decision of the last moment is still on its way when the time is over. */
const grace = 1_500;

type Phase = 'waiting' | 'scanned' | 'approved' | 'over';

/** The life of one verifier: codes are shown until one is scanned, then it is confirmed, approved and collected, or over. */
export class Round {
  private phase: Phase = 'waiting';
  private sessionId = '';
  private ahead = 0;
  private opening = false;
  private stopListening: (() => void) | null = null;
  private readonly ails = new Set<'asking' | 'hearing'>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly secret: Secret, private readonly around: Surroundings) {}

  begin(): void {
    this.around.view.waiting();
    if (this.around.isSeen()) this.seen();
  }

  /** The page can be seen: there is a fresh code at once. */
  seen(): void {
    this.cancel('deafen');
    this.stopListening ??= this.around.listen(this.secret.nonce, {
      state: (state) => this.heard(state),
      refused: (error) => this.refused(error),
      trouble: () => this.trouble('hearing', true),
    });
    void this.renew();
  }

  unseen(): void {
    this.cancel('renew');
    if (this.phase === 'waiting') this.later('deafen', listenUnseenFor, () => this.deafen());
  }

  /** The person begins again: a phone that has scanned hears that nobody waits for it. */
  abandon(): void {
    if (this.phase === 'scanned') this.around.wire.abandon(this.sessionId, this.secret.verifier);
    this.end();
  }

  end(): void {
    this.phase = 'over';
    for (const name of [...this.timers.keys()]) this.cancel(name);
    this.deafen();
  }

  /** Sends the four digits that somebody typed from the phone's screen. */
  async confirm(code: string): Promise<void> {
    const answer = await this.around.wire.confirm(this.sessionId, this.secret.verifier, code);
    if (this.phase !== 'scanned') return;
    if (answer.kind === 'trouble') return this.around.view.typeAgain(null);
    if (answer.kind === 'confirmed') return; // told like every other change
    if (answer.error === 'wrong_code') return this.around.view.typeAgain(answer.triesLeft ?? null);
    if (answer.error === 'sign_in_denied') return this.deny('wrong_code');
    this.expire();
  }

  private async renew(): Promise<void> {
    if (this.phase !== 'waiting' || this.opening || !this.around.isSeen()) return;
    this.cancel('renew');
    this.opening = true;
    const answer = await this.around.wire.open(this.secret.nonce);
    this.opening = false;
    if (this.phase !== 'waiting') return;
    if (answer.kind === 'refused') return this.refused(answer.error);
    if (answer.kind === 'trouble') {
      this.trouble('asking', true);
      return this.later('renew', answer.retryIn, () => void this.renew());
    }

    this.ahead = answer.ahead;
    this.later('cover', scannableFor, () => this.around.view.cover());
    this.later('renew', this.around.renewEvery, () => void this.renew());
    await this.around.view.code(answer.png, answer.sessionId);
    if (this.phase === 'waiting') this.trouble('asking', false);
  }

  private heard(state: State): void {
    if (this.phase === 'over' || this.phase === 'approved') return;
    this.trouble('hearing', false);
    switch (state.state) {
      case 'waiting':
        return; // after a scan this is another node that has not heard of it yet
      case 'scanned':
        this.bound(state);
        return state.confirmation === 'none' ? this.around.view.confirmed(state.by) : this.around.view.scanned(state.by, state);
      case 'confirmed':
        this.bound(state);
        return this.around.view.confirmed(state.by);
      case 'approved':
        return void this.collect(state.sessionId);
      case 'denied':
        return this.deny(state.reason);
      case 'collected':
        return this.expire();
    }
  }

  /** One of the two may fail alone: the note stays until both are well. */
  private trouble(what: 'asking' | 'hearing', is: boolean): void {
    if (is) this.ails.add(what);
    else this.ails.delete(what);
    this.around.view.trouble(this.ails.size > 0);
  }

  private bound(to: Pick<Scanned, 'sessionId' | 'expires'>): void {
    this.phase = 'scanned';
    this.sessionId = to.sessionId;
    for (const name of ['renew', 'cover', 'deafen']) this.cancel(name);
    this.trouble('asking', false); // no code is asked for any more
    this.later('expire', Math.max(0, to.expires * 1_000 + this.ahead - Date.now()) + grace, () => this.expire());
  }

  private async collect(sessionId: string): Promise<void> {
    this.phase = 'approved';
    this.cancel('expire');
    this.around.view.approved();
    for (const until = Date.now() + collectFor; Date.now() < until; ) {
      const answer = await this.around.wire.collect(sessionId, this.secret.verifier);
      if (this.phase !== 'approved') return;
      if (answer.kind === 'tokens') {
        this.end();
        return this.around.view.finish(answer.accessToken);
      }
      if (answer.kind === 'refused' && answer.error === 'sign_in_denied') return this.deny('declined');
      // Not approved, after it was told to be: this node hears of it in a moment.
      if (answer.kind === 'refused' && answer.error !== 'not_approved') break;
      this.trouble('asking', answer.kind === 'trouble');
      await new Promise((resolve) => setTimeout(resolve, 300));
      if (this.phase !== 'approved') return;
    }
    this.expire();
  }

  private refused(error: string): void {
    // The sign-in was decided while a new code was asked for: that is told in a moment.
    if (error === 'nonce_spent') return;
    this.end();
    this.around.view.gone();
  }

  private deny(reason: string): void {
    this.end();
    this.around.view.denied(reason);
  }

  private expire(): void {
    this.end();
    this.around.view.expired();
  }

  private deafen(): void {
    this.stopListening?.();
    this.stopListening = null;
  }

  private later(name: string, milliseconds: number, act: () => void): void {
    this.cancel(name);
    this.timers.set(name, setTimeout(act, milliseconds));
  }

  private cancel(name: string): void {
    clearTimeout(this.timers.get(name));
    this.timers.delete(name);
  }
}
