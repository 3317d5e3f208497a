// Filters what is there; without it everything is shown.
'use strict';
(() => {
  const $ = id => document.getElementById(id);
  const form = $('filters');
  const search = $('search');
  const rule = $('rule');
  const file = $('file');
  const states = [...form.querySelectorAll('input[name="state"]')];
  const files = [...document.querySelectorAll('section[data-file]')].map(section => ({
    section, name: section.dataset.file, head: section.querySelector('h2').textContent.toLowerCase(),
    findings: [...section.querySelectorAll('details')].map(element => ({ element, rule: element.dataset.rule, state: element.dataset.state, hidden: false, text: undefined })),
  }));
  const all = files.reduce((sum, { findings }) => sum + findings.length, 0);

  function textOf(finding, head) {
    finding.text ??= `${head} ${finding.element.textContent.toLowerCase()}`;
    return finding.text;
  }

  function show() {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    const wanted = new Set(states.filter(({ checked }) => checked).map(({ value }) => value));
    let shown = 0;
    for (const { section, name, head, findings } of files) {
      let some = false;
      for (const finding of findings) {
        const fits = wanted.has(finding.state) && (!rule.value || finding.rule === rule.value) && (!file.value || name === file.value)
          && words.every(word => textOf(finding, head).includes(word));
        // Only what changes is written: thousands of others stay as they are.
        if (finding.hidden === fits) finding.element.hidden = finding.hidden = !fits;
        some ||= fits;
        shown += fits;
      }
      section.hidden = !some;
    }
    document.documentElement.dataset.theme = $('theme').value;
    $('shown').textContent = `${shown} of ${all} shown`;
  }

  form.addEventListener('input', show);
  form.addEventListener('submit', event => event.preventDefault());
  $('all').addEventListener('click', () => {
    form.reset();
    show();
  });
  document.addEventListener('keydown', event => {
    const writing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '');
    if (event.key === '/' && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === 'Escape' && document.activeElement === search) {
      search.value = '';
      show();
    }
  });
  form.hidden = false;
  // A browser may have kept what was chosen before.
  show();
})();
