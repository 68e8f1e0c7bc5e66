import { newSecret } from './secret';
import { Round, type Surroundings } from './round';

/** One round after another: a new verifier each time somebody asks for one. Nothing is asked while nobody looks. */
export class PhoneSignIn {
  private round: Round | null = null;
  private wanted = 0;
  private isOpen = false;

  constructor(
    private readonly around: Surroundings,
    private readonly crypto: Pick<Crypto, 'getRandomValues' | 'subtle'>,
  ) {}

  /** The panel came into view, or left it. */
  open(isOpen: boolean): void {
    if (this.isOpen === isOpen) return;
    this.isOpen = isOpen;
    if (isOpen) void this.again();
    else this.close();
  }

  /** The page came into view, or left it. */
  look(): void {
    if (this.around.isSeen()) this.round?.seen();
    else this.round?.unseen();
  }

  async again(): Promise<void> {
    this.close();
    const turn = this.wanted;
    const secret = await newSecret(this.crypto);
    if (turn !== this.wanted || !this.isOpen) return;
    this.round = new Round(secret, this.around);
    this.round.begin();
  }

  typed(code: string): void {
    void this.round?.confirm(code);
  }

  close(): void {
    this.wanted++;
    this.round?.abandon();
    this.round = null;
  }
}
