import { part } from './elements';

/** The picture of the code. A new one takes the place of the old one when it is ready to be painted, never before. */
export class CodeBox {
  private readonly box: HTMLElement;
  private readonly here: HTMLAnchorElement;

  constructor(panel: HTMLElement) {
    this.box = part(panel, 'code', HTMLElement);
    this.here = part(panel, 'here', HTMLAnchorElement);
  }

  /** On a phone nobody can scan what that same phone shows: there the code is a link. */
  get isLink(): boolean {
    return this.here.offsetParent !== null;
  }

  async show(png: string, sessionId: string): Promise<void> {
    const before = part(this.box, 'image', HTMLImageElement);
    const next = before.cloneNode() as HTMLImageElement;
    next.src = `data:image/png;base64,${png}`;
    await next.decode();
    next.hidden = false;
    part(this.box, 'image', HTMLImageElement).replaceWith(next);
    this.here.href = `/authenticator/#scan=${encodeURIComponent(sessionId)}`;
    this.box.classList.remove('covered');
  }

  cover(): void {
    this.box.classList.add('covered');
    this.here.removeAttribute('href');
  }
}
