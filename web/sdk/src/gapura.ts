import { GapuraButton } from './button';
import { GapuraQr } from './qr';
import { comeBack } from './return';

export { GapuraError, type GapuraCode, type Language } from './errors';
export type { CodeResult, Result, SignInOptions, State, TicketAnswer, TokenResult } from './options';
export { preflight, type Finding } from './preflight';
export type { QrResult, QrState } from './qr-live';
export { resume } from './return';
export { signIn } from './sign-in';
export { GapuraButton, GapuraQr };

declare global {
  interface HTMLElementTagNameMap {
    'gapura-button': GapuraButton;
    'gapura-qr': GapuraQr;
  }
}

// A module may also be loaded where there is no page.
if (typeof location !== 'undefined') void comeBack();
