/** A text for a person. Both languages stand side by side, so that a missing translation cannot compile. */
export interface Text {
  readonly id: string;
  readonly en: string;
}

export type Language = keyof Text;

export const text = (id: string, en: string): Text => ({ id, en });
