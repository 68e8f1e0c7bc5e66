/*
 * The documented browser plugin: class NLEAuth, as pages in the wild use it. Written without anything younger than
 * ES5, because old pages load it in old browsers.
 */

interface NleMessage {
  access_token: string;
  expires_in: number;
  username: string;
  npwp: string;
}

interface NleOptions {
  token: string;
  /** Address of the platform, as it is registered. */
  platform_domain?: string;
  /** After the sign-in the page goes on to `platform_domain`, unless `onsuccess` says where to. */
  redirect?: boolean;
  onsuccess?: (this: NleAuth, message: NleMessage) => void;
}

interface NleAuth {
  token: string;
  platform_domain: string;
  redirect: boolean;
  onsuccess: NleOptions['onsuccess'];
  popup: Window | null;
  openFormLogin(): boolean;
  setCookie(name: string, value: string, maxAgeSeconds: number): void;
}

(function (window: Window & { NLEAuth?: unknown }, document: Document) {
  // Only while it loads does a script know its own address: the server of this file is the one that signs people in.
  var script = document.currentScript as HTMLScriptElement | null;
  var own = document.createElement('a');
  own.href = (script && script.src) || lastScript();
  var issuer = own.protocol + '//' + own.host.replace(own.protocol === 'https:' ? /:443$/ : /:80$/, '');

  function lastScript(): string {
    var all = document.getElementsByTagName('script');
    for (var i = all.length - 1; i >= 0; i--) if (/nlelogin\.min\.js/.test(all[i]!.src)) return all[i]!.src;
    return location.href;
  }

  function NLEAuth(this: NleAuth, options: NleOptions) {
    this.token = options.token;
    this.platform_domain = options.platform_domain || '';
    this.redirect = options.redirect === true;
    this.onsuccess = options.onsuccess;
    this.popup = null;
  }

  NLEAuth.prototype.openFormLogin = function (this: NleAuth): boolean {
    var self = this;
    // The documented link has href="": the click that brought us here must not load the page anew.
    var click = window.event;
    if (click && click.preventDefault) click.preventDefault();

    if (self.popup && !self.popup.closed) {
      self.popup.focus();
      return false;
    }

    var left = Math.round(window.screenX + (window.outerWidth - 445) / 2);
    var top = Math.round(window.screenY + (window.outerHeight - 650) / 2);
    var popup = self.popup = window.open(issuer + '/seamlesslogin/?token=' + encodeURIComponent(self.token), '_blank', 'width=445,height=650,left=' + left + ',top=' + top);
    if (!popup) {
      console.warn('NLEAuth: the browser blocked the sign-in window; call openFormLogin() in a click.');
      return false;
    }

    function hear(event: MessageEvent): void {
      // The exact server, the very window: anybody may post to a page.
      if (event.origin !== issuer || event.source !== popup || !event.data || !event.data.access_token) return;
      window.removeEventListener('message', hear, false);
      if (self.onsuccess) self.onsuccess(event.data);
      else if (self.redirect && self.platform_domain) location.href = self.platform_domain;
    }
    window.addEventListener('message', hear, false);
    return false;
  };

  NLEAuth.prototype.setCookie = function (name: string, value: string, maxAgeSeconds: number): void {
    var secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = encodeURIComponent(name) + '=' + encodeURIComponent(value) + '; Path=/; Max-Age=' + Math.floor(maxAgeSeconds) + '; SameSite=Lax' + secure;
  };

  window.NLEAuth = NLEAuth;
})(window, document);
