/** Times are Unix seconds. Members the server does not know are null or left out. See docs/phone.md. */
export interface Account {
  readonly name: string;
  readonly username: string;
}

export interface Platform {
  readonly clientId: string;
  readonly name: string;
  readonly company?: string | null;
  /** A web origin. */
  readonly domain: string;
}

export interface Screen {
  readonly browser?: string | null;
  readonly system?: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string | null;
  readonly network?: string | null;
  readonly sameNetwork?: boolean | null;
  readonly openedAt?: number | null;
}

export type Reason = 'other_country' | 'other_network' | 'new_browser' | 'first_use' | 'unknown_screen' | 'policy';

/** What the person must see before they decide. */
export interface Scanned {
  readonly sessionId: string;
  readonly expires: number;
  readonly platform: Platform;
  readonly screen?: Screen | null;
  readonly firstTime?: boolean | null;
  readonly risky: boolean;
  readonly reasons: readonly (Reason | string)[];
  readonly confirmation: 'match' | 'type' | 'none';
  readonly choices?: readonly string[] | null;
  readonly code?: string | null;
  readonly confirmed?: boolean;
}

/** What a platform asks without a screen. */
export interface Asked {
  readonly id: string;
  readonly openedAt: number;
  readonly expires: number;
  readonly platform: Platform;
  /** What the platform shows or says as well; null for nothing. */
  readonly message: string | null;
  /** Words of docs/openid.md. */
  readonly scope: readonly string[];
}

/** `report` is a no that says that somebody else asked for it. */
export type Decided = 'approve' | 'decline' | 'report';

export interface SignIn {
  readonly id: string;
  readonly at: number;
  /** Without a domain where the platform is no more. */
  readonly platform: Omit<Platform, 'domain' | 'company'> & { readonly domain?: string | null };
  readonly outcome: 'approved' | 'declined' | 'reported';
  readonly door: 'qr' | 'password';
  readonly browser?: string | null;
  readonly system?: string | null;
  readonly country?: string | null;
  readonly network?: string | null;
  /** A phone's name. */
  readonly device?: string | null;
  /** What it opened has not been revoked. */
  readonly standing: boolean;
}

export interface Device {
  readonly id: string;
  readonly name: string;
  readonly publicKey: string;
  readonly enrolledAt: number;
  readonly lastUsedAt?: number | null;
  readonly revokedAt?: number | null;
}

export interface Challenge {
  readonly challenge: string;
  readonly expires: number;
}

export interface Own {
  readonly account: Account;
  /** VAPID public key, base64url; null where the server does not push. */
  readonly pushKey?: string | null;
}
