window.told = [];
for (const name of ['gapura-result', 'gapura-error', 'gapura-state']) {
  document.addEventListener(name, ({ target, type, detail }) => told.push({ by: target.localName, type, detail: detail instanceof Error ? detail.code : detail }));
}
