import { reviewTexts } from '../texts/review';
import type { App } from '../frame/app';
import { h } from '../frame/element';

export interface Countdown {
  readonly element: HTMLElement;
  stop(): void;
}

/** The seconds that are left. Screen readers hear it when they ask for it, not every second. */
export function countdown(app: App, decision: { readonly left: number }, over: () => void): Countdown {
  const element = h('p', { class: 'left', role: 'timer' });
  const show = (): void => {
    element.textContent = app.say(reviewTexts.left(decision.left));
    if (decision.left > 0) return;
    clearInterval(timer);
    over();
  };
  const timer = setInterval(show, 1000);
  element.textContent = app.say(reviewTexts.left(decision.left));
  return { element, stop: () => clearInterval(timer) };
}
